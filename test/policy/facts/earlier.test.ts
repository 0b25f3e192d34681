/** Rules know what was done before, that a conversation was opened again, and how the customer rated the ticket. */
import type { ConsultInput } from '../../../src/core/effects';
import type { Plan } from '../../../src/core/policy/plan';
import { readFacts } from '../../../src/policy/compare/recordedPlan';
import { PolicyError } from '../../../src/policy/load/loadPolicy';
import { createPolicyProcessor } from '../../../src/policy/processor';
import { smallPolicy, type Edits } from '../smallPolicy';
import { inputOf, order, shopOf } from '../support';

const refund = {
  key: '35436/1/refund/48213',
  type: 'refund' as const,
  order: '48213',
  what: 'refund EUR 15.00 on order 48213',
};

/** One rule more, before all others. */
const ruled = (when: string): Edits => ({
  'rules.yaml': (text) =>
    text.replace(
      'first:\n',
      `first:\n  - rule: known-before\n    why: Something came before.\n    when: '${when}'\n    then:\n      - reply: hand-off\n      - hand-off: { reason: policy }\n`,
    ),
});

async function decided(
  when: string,
  more: Partial<ConsultInput>,
  text = 'Where is my order?',
): Promise<Plan> {
  const processor = createPolicyProcessor(await smallPolicy(ruled(when)), shopOf(order()));
  return processor.consult(
    { ...inputOf({ text, numbers: ['48213'] }), ...more },
    new AbortController().signal,
  );
}

test.each<[string, Partial<ConsultInput>, boolean]>([
  ['"refund" in done.thisOrder', { done: [refund] }, true],
  ['"refund" in done.thisOrder', { done: [{ ...refund, order: '#48213' }] }, true],
  ['"refund" in done.thisOrder', { done: [{ ...refund, order: '70001' }] }, false],
  ['"refund" in done.anyOrder', { done: [{ ...refund, order: '70001' }] }, true],
  ['"cancel" in done.anyOrder', { done: [refund] }, false],
  ['size(done.anyOrder) > 0', {}, false],
  [
    'size(done.anyOrder) == 1',
    { done: [refund, { ...refund, what: 'refund EUR 1.00 on order 48213' }] },
    true,
  ],
  ['ticket.reopened', { reopened: true }, true],
  ['ticket.reopened', {}, false],
  ['ticket.rating == "bad"', { rating: 'bad' }, true],
  ['ticket.rating == "bad"', { rating: 'good' }, false],
  ['ticket.rating == ""', {}, true],
])('%s, with %j: %s', async (when, more, holds) => {
  const plan = await decided(when, more);
  expect(plan.rule === 'known-before').toBe(holds);
});

test('they stand in the decision, and decisions of before they were known have none', async () => {
  const { facts } = await decided('ticket.reopened', { done: [refund], reopened: true, rating: 'bad' });
  expect(facts[0]).toMatchObject({
    ticket: { reopened: true, rating: 'bad' },
    done: { thisOrder: ['refund'], anyOrder: ['refund'] },
  });
  expect(readFacts({ intent: 'refund', ticket: { tags: [], channel: 'email', turn: 3 } })).toMatchObject({
    ticket: { turn: 3, rating: '', reopened: false },
    done: { thisOrder: [], anyOrder: [] },
  });
  // Recorded in Zendesk's word.
  expect(readFacts({ ticket: { channel: 'web' } })?.ticket.channel).toBe('form');
  expect(readFacts({})?.ticket.channel).toBe('other');
});

test.each([
  ['a word that a rating never is', 'ticket.rating == "terrible"', /never.*"good" or "bad"/],
  ['an action that is none', '"refunds" in done.thisOrder', /"refund"/],
  ['a fact that is none', 'done.thisorder == ""', /thisOrder/],
])('%s is a mistake', async (_, when, mistake) => {
  await expect(smallPolicy(ruled(when))).rejects.toThrow(PolicyError);
  await expect(smallPolicy(ruled(when))).rejects.toThrow(mistake);
});
