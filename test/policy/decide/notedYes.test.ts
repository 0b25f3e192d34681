/** An agent may know what speaks against a deed: after a note of theirs, a yes alone does not do it. */
import type { Plan } from '../../../src/core/policy/plan';
import { openQuestion } from '../../../src/core/conversation/dialogue';
import { processing, shop, Conversation } from '../dialogue/dialogueShop';

beforeAll(shop, 120_000);

const noteOf = (plan: Plan | undefined) =>
  plan?.actions.flatMap((action) => (action.type === 'note' ? [action.text] : [])).join('\n') ?? '';

async function askedToCancel(): Promise<Conversation> {
  const ana = new Conversation([processing]);
  await ana.customer('Please cancel order 48213');
  await ana.customer('I found it cheaper in another shop');
  expect(openQuestion(ana.dialogue)?.kind).toBe('confirm');
  return ana;
}
const plan = (ana: Conversation) => ana.plans.at(-1);

test('without a note a yes does it', async () => {
  const ana = await askedToCancel();
  await ana.customer('Yes');
  expect(plan(ana)).toMatchObject({ needsApproval: false });
  expect(ana.done).toHaveLength(1);
  expect(noteOf(plan(ana))).not.toContain('written a note');
});

test('with one it waits for an agent, and the note says why', async () => {
  const ana = await askedToCancel();
  await ana.customer('Yes', { agentNoted: true });
  expect(plan(ana)).toMatchObject({ needsApproval: true });
  expect(ana.done).toHaveLength(1);
  expect(noteOf(plan(ana))).toContain(
    'An agent has written a note since the customer was asked: what the yes allows waits for an agent.',
  );
});

test('a no needs nobody', async () => {
  const ana = await askedToCancel();
  await ana.customer('No', { agentNoted: true });
  expect(plan(ana)).toMatchObject({ needsApproval: false });
  expect(ana.done).toEqual([]);
});

test.each(['How do I get my password back?', 'Hmm, let me see'])(
  'the note is not forgotten over what comes between: %s',
  async (between) => {
    const ana = await askedToCancel();
    await ana.customer(between, { agentNoted: true });
    expect(plan(ana)).toMatchObject({ needsApproval: false });
    await ana.customer('Yes');
    expect(plan(ana)).toMatchObject({ needsApproval: true });
  },
);

test('what is asked for the first time after the note is asked by somebody who could read it', async () => {
  const ana = new Conversation([processing]);
  await ana.customer('Please cancel order 48213');
  await ana.customer('I found it cheaper in another shop', { agentNoted: true });
  await ana.customer('Yes');
  expect(plan(ana)).toMatchObject({ needsApproval: false });
  expect(ana.done).toHaveLength(1);
});
