/** Whoever decides on the terminal has seen what about, and decides about nothing else. */
import { PassThrough } from 'node:stream';
import { viewOf, type TicketView } from '../../../src/contracts/messages';
import { newTicketState } from '../../../src/core/newTicketState';
import type { PendingApproval, SettledDraft } from '../../../src/core/state';
import { approvalLines, draftToDecide } from '../../../src/cli/ticket/approval';

const approval: PendingApproval = {
  draftId: '7/9001/draft-1-abc',
  text: 'To do: refund EUR 48.00 on order 48213.\n\nIt is on its way back.',
  actions: [
    { type: 'refund', order: '48213', amount: { minor: 4_800, currency: 'EUR' }, lines: [] },
    { type: 'change-address', order: '48213', address: 'Hoofdstraat 1\n1050 Brussel' },
  ],
  revision: '2026-11-25T10:00:00Z',
  decidedOn: {
    hash: 'abc',
    messages: ['9001', '9003'],
    requesterId: 'r-1',
    orders: [
      {
        ...{ order: '48213', status: 'delivered', paid: 'EUR 48.00', refunded: 'nothing' },
        ...{ storeCredit: 'nothing', lines: '1: 4 pieces, 0 went back', customer: 'c', address: 'a' },
      },
    ],
  },
};
const rejected: SettledDraft = {
  ...{ draftId: '7/9001/draft-0', how: 'rejected', by: 'nora', why: null },
  at: Date.UTC(2026, 10, 25, 10),
};

function view(change: Partial<TicketView>): TicketView {
  const ref = { desk: 'zendesk', account: 'acme', ticketId: '7' };
  return { ...viewOf(newTicketState(ref), 0), approval, ...change };
}

/** @param typed - null: no terminal. */
async function decide(typed: string | null, { yes = false, change = {} } = {}) {
  const input = Object.assign(new PassThrough(), { isTTY: typed !== null });
  const output = new PassThrough();
  let shown = '';
  output.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  if (typed !== null) input.write(`${typed}\n`);
  const decided = await draftToDecide('approve', view(change), { yes }, { input, output }).catch(
    (error: unknown) => error,
  );
  return { decided, shown };
}

it('shows the exact actions, the words, the order as it was, and what it answers', () => {
  expect(approvalLines(view({}))).toEqual([
    'Approval  draft 7/9001/draft-1-abc waits, answers 9001, 9003, ticket as of 2026-11-25T10:00:00Z',
    'To do     refund EUR 48.00 on order 48213',
    'To do     change the delivery address of order 48213 to:, Hoofdstraat 1, 1050 Brussel',
    'Order     48213 is delivered: paid EUR 48.00, refunded nothing, store credit nothing',
  ]);
});

it('of an older worker, shows what that tells', () => {
  const { draftId, text } = approval;
  expect(approvalLines(view({ approval: { draftId, text } }))).toEqual([`Approval  draft ${draftId} waits`]);
});

it('tells what became of the one before', () => {
  expect(approvalLines(view({ approval: null, settledDrafts: [rejected] }))).toEqual([
    'Draft     Draft 7/9001/draft-0 was rejected by nora at 2026-11-25 10:00 UTC: people have the ticket.',
  ]);
  const approved = { ...rejected, how: 'approved' } as const;
  expect(approvalLines(view({ approval: null, settledDrafts: [approved] }))).toEqual([]);
});

it.each(['y', 'Yes', ' YES '])('"%s" is a yes to the draft that was shown', async (typed) => {
  const { decided, shown } = await decide(typed);
  expect(decided).toBe(approval.draftId);
  expect(shown).toContain(approval.text);
  expect(shown).toContain('approve this draft? [y/N]');
});

it.each(['', 'n', 'yeah', 'approve'])('"%s" is none', async (typed) => {
  expect((await decide(typed)).decided).toMatchObject({ message: 'Nothing was done.' });
});

it('without a terminal it must be named, or agreed to beforehand', async () => {
  expect((await decide(null)).decided).toMatchObject({
    message: `Nobody is there to be asked: name the draft that was read (--draft ${approval.draftId}), or give --yes.`,
  });
  const { decided, shown } = await decide(null, { yes: true });
  expect(decided).toBe(approval.draftId);
  expect(shown).toContain(approval.text);
});

it('where none waits, says so, and who was faster', async () => {
  const { decided } = await decide('y', { change: { approval: null, settledDrafts: [rejected] } });
  expect(decided).toMatchObject({
    message: expect.stringMatching(/^No draft waits for approval\. Draft .* was rejected by nora/) as string,
  });
});
