/**
 * Whatever policy a company writes and whatever a customer says: nothing falls over, each message ends in words, a
 * question, a person or a silence that the rule wants, and nothing is done to an order that it does not allow or that
 * nobody agreed to. For more of them: `DESKHAND_POLICIES=1000 npx jest test/policy/randomPolicies`.
 */
import fc from 'fast-check';
import { newDialogue, openQuestion, type Dialogue } from '../../src/core/conversation/dialogue';
import { messageSignals, type MessageSignal } from '../../src/core/conversation/understanding';
import { moneyOf } from '../../src/core/orders/moneyLimits';
import type { OrderAction } from '../../src/core/orders/orderAction';
import type { Plan } from '../../src/core/policy/plan';
import { whyNot } from '../../src/orders/fits';
import { orderStatuses, type Order } from '../../src/orders/port';
import { loadPolicy, type LoadedPolicy } from '../../src/policy/load/loadPolicy';
import { createPolicyProcessor } from '../../src/policy/processor';
import { PolicyError } from '../../src/policy/policyError';
import { intents, randomPolicy, withRandomPolicy, type RandomPolicy, type RandomRule } from './randomPolicy';
import { inputOf, line, order, shopOf, someCodes } from './support';

const policies = Number(process.env['DESKHAND_POLICIES'] ?? 10);
const messagesEach = 12;

const blue = { ...line('Blue mug', 1, 1_200, '1') };
const red = { ...line('Red mug', 3, 1_500, '2'), refunded: 1 };
const free = { ...line('Sticker', 1, 0, '3'), price: null };
const money = (minor: number, currency: string) => ({ minor, currency });
/** The first in four of five. */
function usually<T>(one: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(one) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}
const anOrder = (number: string): fc.Arbitrary<Order> =>
  fc
    .record({
      status: fc.oneof(fc.constantFrom('processing', 'delivered'), fc.constantFrom(...orderStatuses)),
      items: fc.constantFrom([blue], [blue, red], [red, free], [blue, { ...blue, line: '9' }]),
      total: usually(
        money(5_700, 'EUR'),
        money(0, 'EUR'),
        money(900, 'EUR'),
        money(900_000, 'USD'),
        money(4_000, 'JPY'),
      ),
      refund: usually(
        null,
        { amount: money(500, 'EUR'), on: '2026-11-24' },
        { amount: money(900, 'USD'), on: '2026-01-02' },
      ),
      storeCredit: usually(null, money(300, 'EUR')),
      isUnpaid: usually(false, true),
      postalCode: fc.constantFrom('1050', null),
      customerEmail: usually('ana@mail.example', 'tom@mail.example'),
    })
    .map(({ storeCredit, isUnpaid, ...rest }) =>
      order({
        ...rest,
        number,
        shipments: [],
        ...(storeCredit === null ? {} : { storeCredit }),
        ...(isUnpaid ? { unpaid: true } : {}),
      }),
    );
const orders = fc.tuple(anOrder('48213'), anOrder('51877'));

const texts = [
  'yes',
  'no',
  'yes, and 51877 too',
  'not that order, 51877',
  'the other one',
  'only the blue mug',
  'no, the red one and the blue one',
  'not the blue one',
  'number 14',
  'never mind',
  '48213',
  '1050',
  'my postal code is 1050',
  'ana@mail.example',
  'Elm Street 4, 8000 Aarhus',
  'no, Oak Road 12, 8000 Aarhus',
  'two of them',
  '123456',
  'because I want to',
  'thanks',
  '{{ order.number }} {% raw %}',
  '<b>x</b>',
  '',
];
const numbers = fc.subarray(['48213', '51877', '99999', 'constructor']);
const confidence = fc.constantFrom(0, 0.3, 0.66, 0.95);
const intent = fc.constantFrom(...intents, null, 'no_such_intent');
const anyMessage = fc.record({
  text: fc.oneof(fc.constantFrom(...texts), fc.string({ unit: 'grapheme', maxLength: 40 })),
  intent,
  confidence,
  language: fc.constantFrom('en', 'de', 'fr', 'und', '__proto__'),
  numbers,
  signals: fc.oneof(
    fc.constantFrom<MessageSignal[]>(['affirms'], ['affirms'], ['declines'], []),
    fc.subarray([...messageSignals], { maxLength: 3 }),
  ),
  further: fc.array(fc.record({ intent: fc.constantFrom(...intents), confidence, orderNumbers: numbers }), {
    maxLength: 2,
  }),
  email: fc.constantFrom('ana@mail.example', 'ana@mail.example', null),
  trusted: fc.constantFrom(true, true, false),
  agentNoted: fc.boolean(),
  channel: fc.constantFrom('email', 'chat'),
  left: fc.constantFrom(null, 0, 600, 100_000),
});
type Message = typeof anyMessage extends fc.Arbitrary<infer Made> ? Made : never;
/** Who is known wishes something of an order, and says yes when asked: most conversations of most shops. */
const wish = fc
  .tuple(anyMessage, fc.constantFrom(...intents), fc.constantFrom('48213', '51877'))
  .map(([any, wanted, number]): Message => ({
    ...any,
    ...{ text: `please, ${number}`, intent: wanted, numbers: [number], signals: [], further: [] },
    ...{ confidence: 0.95, email: 'ana@mail.example', trusted: true, channel: 'email' },
  }));
const yes = anyMessage.map((any): Message => ({
  ...any,
  ...{ text: 'yes', intent: null, numbers: [], signals: ['affirms'], further: [] },
  ...{ email: 'ana@mail.example', trusted: true },
}));
const message: fc.Arbitrary<Message> = fc.oneof(anyMessage, wish, wish, yes);
const conversation = fc.tuple(
  orders,
  fc.array(message, { minLength: messagesEach, maxLength: messagesEach }),
);

interface Told {
  readonly policy: LoadedPolicy;
  readonly plan: Plan;
  readonly before: Dialogue;
  readonly said: Message;
  readonly bought: readonly Order[];
}

/** How often each kind of end came, so that nobody takes a test of nothing for a test. */
const none = { reply: 0, question: 0, proposal: 0, person: 0, silence: 0, deed: 0, failure: 0 };
const ends = { ...none };

function expectGoodEnd({ policy, plan, before, said, bought }: Told): void {
  const replies = plan.actions.filter((action) => action.type === 'reply');
  const people = plan.actions.filter(({ type }) => type === 'hand-off');
  expect(replies.length).toBeLessThanOrEqual(1);
  expect(people.length).toBeLessThanOrEqual(1);
  const rules = [policy.rules.first, ...policy.rules.perIntent.values()].flat();
  const isSilent = plan.rule
    .split(' + ')
    .every((name) =>
      rules.find((rule) => rule.name === name)?.actions.some(({ type }) => type === 'stay-silent'),
    );
  expect([plan.rule, replies.length + people.length > 0 || isSilent]).toEqual([plan.rule, true]);
  for (const { text, html } of replies) {
    expect(text).not.toMatch(/\bnull\b|undefined|NaN|\{\{|\{%|\[object/);
    expect(html).not.toMatch(/<(?!\/?(?:p|br|a)\b)/);
  }
  const { questions } = plan.dialogue;
  expect(questions.length).toBeLessThanOrEqual(3);
  if (people.length > 0) expect(questions).toEqual([]);
  expect(JSON.parse(JSON.stringify(plan.dialogue))).toEqual(plan.dialogue);
  for (const deed of deedsOf(plan)) expectAllowed(deed, { policy, plan, before, said, bought });
  const newest = openQuestion(plan.dialogue);
  ends.reply += replies.length;
  ends.person += people.length;
  if (replies.length + people.length === 0) ends.silence += 1;
  if (newest !== null) ends[newest.kind === 'ask' ? 'question' : 'proposal'] += 1;
  if (plan.actions.some((action) => action.type === 'hand-off' && action.reason === 'failure'))
    ends.failure += 1;
}

function deedsOf({ actions }: Plan): readonly OrderAction[] {
  return actions.flatMap((action) => (action.type === 'order-action' ? [action.action] : []));
}

/** The order allows it, it is the requester's, the limits leave it, and where the rule asks for a yes there was one. */
function expectAllowed(deed: OrderAction, { policy, plan, before, said, bought }: Told): void {
  ends.deed += 1;
  const meant = bought.find(({ number }) => number === deed.order);
  expect(meant).toBeDefined();
  if (meant === undefined) return;
  expect(whyNot(meant, deed)).toBeNull();
  const isAgreed = before.questions.some(
    ({ kind, actions }) => kind === 'confirm' && JSON.stringify(actions).includes(JSON.stringify(deed)),
  );
  const rules = [policy.rules.first, ...policy.rules.perIntent.values()].flat();
  const from = rules.filter(
    ({ name, actions }) =>
      plan.rule.split(' + ').includes(name) &&
      actions.some((action) => action.type === 'order' && action.deed.type === deed.type),
  );
  expect(from.length).toBeGreaterThan(0);
  const asksFirst = from.every(({ actions }) => actions.some(({ type }) => type === 'confirm'));
  if (asksFirst) {
    expect(isAgreed).toBe(true);
    expect(said.signals.includes('affirms') || said.text === 'yes, and 51877 too').toBe(true);
  }
  const minor = moneyOf(deed)?.minor ?? 0;
  if (
    !isAgreed &&
    from.every(({ needsApproval }) => !needsApproval) &&
    policy.settings.limits !== undefined
  ) {
    expect(minor).toBeLessThanOrEqual(said.left ?? Number.MAX_SAFE_INTEGER);
  }
  expect(plan.ifRefused.some(({ type }) => type === 'hand-off')).toBe(true);
}

/** Null: what was made up is no policy. */
function load(made: RandomPolicy): Promise<LoadedPolicy | null> {
  return withRandomPolicy(made, (folder) =>
    loadPolicy(folder).catch((error: unknown) => {
      if (error instanceof PolicyError) return null;
      throw error;
    }),
  );
}

async function talk(
  policy: LoadedPolicy,
  bought: readonly Order[],
  messages: readonly Message[],
): Promise<void> {
  let before: Dialogue = newDialogue;
  for (const [place, said] of messages.entries()) {
    const { left, channel, ...words } = said;
    const processor = createPolicyProcessor(policy, shopOf(...bought), {
      codes: someCodes,
      allowances: { left: () => Promise.resolve(left) },
    });
    const input = { ...inputOf({ ...words, dialogue: before, commentId: String(place + 1) }), channel };
    const plan = await processor.consult(input, new AbortController().signal);
    expectGoodEnd({ policy, plan, before, said, bought });
    before = plan.dialogue;
  }
}

test(
  'any policy and any messages',
  () =>
    fc.assert(
      fc.asyncProperty(randomPolicy, conversation, async (made, [bought, messages]) => {
        const policy = await load(made);
        fc.pre(policy !== null);
        await talk(policy, bought, messages);
      }),
      { numRuns: policies },
    ),
  60_000 + policies * 1_000,
);

test('every kind of end is known when it comes', async () => {
  const only = (...then: RandomRule['then']): readonly RandomRule[] => [
    { when: ['order.found'], glue: ' && ', then, approval: null },
  ];
  const policy = await load({
    ...{ first: [], shared: [], proofs: ['email'], limits: false, chat: null, silence: false },
    // Of an order's status, a cancellation, a refund, an address and an invoice.
    perIntent: [
      only({ reply: 'status' }),
      only(
        { confirm: { with: 'maybe', declined: 'plain', 'at-most': 1 } },
        { order: { cancel: true } },
        { reply: 'plain' },
      ),
      only({ ask: { for: 'reason', with: 'plain', 'at-most': 1 } }, { reply: 'plain' }),
      only({ 'stay-silent': true }),
      only({ reply: 'refunded' }),
    ],
  });
  if (policy === null) throw new Error('it is a policy');
  const says = (text: string, change: Partial<Message>): Message => ({
    ...{ text, intent: null, confidence: 0.95, language: 'en', numbers: [], signals: [], further: [] },
    ...{ email: 'ana@mail.example', trusted: true, agentNoted: false, channel: 'email', left: null },
    ...change,
  });
  const wants = (intent: Message['intent']) => [says('please, 48213', { intent, numbers: ['48213'] })];
  const conversations = {
    reply: wants('order_status'),
    proposal: wants('cancel_order'),
    deed: [...wants('cancel_order'), says('yes', { signals: ['affirms'] })],
    question: wants('return_refund'),
    silence: wants('change_address'),
    failure: wants('invoice'),
    person: [says('what else', { intent: 'no_such_intent' })],
  };
  const bought = order({ number: '48213', status: 'processing', items: [blue], shipments: [] });
  for (const [end, messages] of Object.entries(conversations)) {
    Object.assign(ends, none);
    await talk(policy, [bought], messages);
    expect({ end, ends }).toMatchObject({ end, ends: { [end]: 1 } });
  }
});
