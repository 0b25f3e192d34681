/** Who writes is asked once more right before: whether it is still wanted, and whether the mode still allows it. */
import { plainUpdate } from '../../../src/core/ticket/update';
import type { CallContext } from '../../../src/helpdesk/port';
import { openDeskWithPeople, type DeskWithPeople } from './deskWithPeople';
import { anyCall } from './wire';

let people: DeskWithPeople;
beforeAll(async () => {
  people = await openDeskWithPeople();
});
afterEach(() => people.desk.faults.clear());
afterAll(() => people.close());

const reply = plainUpdate('k/reply', {
  comment: { public: true, text: 'It arrives on Friday.', html: null },
});
const note = plainUpdate('k/note', { comment: { public: false, text: 'By rule order-late.', html: null } });

class Asked {
  readonly log: string[] = [];
  forbids = false;

  get call(): CallContext {
    return {
      ...anyCall(),
      beforeWriting: () => {
        this.log.push('writing');
        return this.forbids ? Promise.reject(new Error('the mode is off now')) : Promise.resolve();
      },
      beforePublicWords: () => {
        this.log.push('public words');
        return Promise.resolve();
      },
    };
  }
}

const asks = () => people.customerOpens('Where is my order?').then(({ ticketId }) => ticketId);
const write = (ticketId: string, updates: readonly (typeof reply)[], call: CallContext) =>
  people.open().applyUpdates(ticketId, updates, { kind: 'any' }, call);
const botComments = async (ticketId: string) =>
  (await people.open().fetchTicket(ticketId, anyCall())).comments.filter(({ author }) => author === 'bot');

it('before a note, and before words to the customer, which are asked for twice', async () => {
  const asked = new Asked();
  await write(await asks(), [note], asked.call);
  expect(asked.log).toEqual(['writing']);
  await write(await asks(), [reply], asked.call);
  expect(asked.log).toEqual(['writing', 'writing', 'public words']);
});

it.each([
  ['a reply', reply],
  ['a note', note],
  ['a tag alone', plainUpdate('k/tag', { addTags: ['vip'] })],
])('%s that is not allowed any more is not written', async (_what, update) => {
  const ticketId = await asks();
  const before = await people.open().fetchTicket(ticketId, anyCall());
  const asked = new Asked();
  asked.forbids = true;
  await expect(write(ticketId, [update], asked.call)).rejects.toThrow('the mode is off now');
  expect(await people.open().fetchTicket(ticketId, anyCall())).toEqual(before);
});

it('what was begun is finished: a reply that is out gets its note, whatever holds by then', async () => {
  const ticketId = await asks();
  const asked = new Asked();
  await write(ticketId, [reply], asked.call);
  asked.forbids = true;
  await write(ticketId, [reply, note], asked.call);
  expect(await botComments(ticketId)).toHaveLength(2);
});

it('what an earlier attempt has written is found without asking', async () => {
  const ticketId = await asks();
  people.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'reset-after' } });
  const asked = new Asked();
  await expect(write(ticketId, [reply], asked.call)).rejects.toMatchObject({ kind: 'unavailable' });
  asked.forbids = true;
  expect(await write(ticketId, [reply], asked.call)).toMatchObject([{ outcome: 'already-applied' }]);
  expect(await botComments(ticketId)).toHaveLength(1);
});

it('it is asked anew for each try at a ticket that has changed in between', async () => {
  const ticketId = await asks();
  const asked = new Asked();
  const { beforeWriting, ...call } = asked.call;
  let touched = false;
  await write(ticketId, [note], {
    ...call,
    beforeWriting: async () => {
      await beforeWriting?.();
      if (touched) return;
      touched = true;
      // A second later, by the desk's whole seconds: the stamp that was read no longer holds.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await people.agentActs(ticketId, 'Nora Lind', { tags: ['touched'] });
    },
  });
  expect(asked.log).toEqual(['writing', 'writing']);
  expect(await botComments(ticketId)).toHaveLength(1);
});
