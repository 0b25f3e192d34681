/** Random conversations with a shop that asks, proposes and acts: it never crashes, nags or acts unasked. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { newDialogue, openQuestion, type Dialogue } from '../../../src/core/conversation/dialogue';
import { messageSignals } from '../../../src/core/conversation/understanding';
import type { LoadedPolicy } from '../../../src/policy/load/loadPolicy';
import type { Order } from '../../../src/orders/port';
import { createPolicyProcessor } from '../../../src/policy/processor';
import { sameQuestion } from '../../../src/policy/decide/timesAsked';
import { talkativePolicy } from './dialogueShop';
import { inputOf, line, order, shopOf, type Said } from '../support';

const intents = [
  'order_status',
  'cancel_order',
  'return_refund',
  'change_address',
  'invoice',
  'delivery_info',
  'no_such_intent',
];
const texts = [
  'yes',
  'no',
  'ok',
  'never mind',
  'the blue one',
  'no, the red one',
  'yes, and 51877 too',
  'not that order, 51877',
  'the other one',
  'only the blue one',
  'number 14',
  '48213',
  '77001',
  '1050',
  'my postal code is 2100',
  'ana@mail.example',
  'Elm Street 4, 8000 Aarhus',
  'no, Oak Road 12, 8000 Aarhus',
  'because I want to',
  'where is my other order?',
  'thanks',
  '{{ order.number }}',
  '',
  '\u202E?',
  '48213. And what about 51877?',
];
const numbers = fc.subarray(['48213', '51877', '77001', '99999', 'constructor']);
const line1 = line('Blue mug', 1, 1_200, '1');
const line2 = line('Red mug', 1, 1_500, '2');
const anOrder = (number: string, customerEmail: string): fc.Arbitrary<Order> =>
  fc
    .record({
      status: fc.constantFrom(
        'processing' as const,
        'in-transit' as const,
        'delivered' as const,
        'cancelled' as const,
      ),
      minor: fc.constantFrom(0, 900, 2_700, 90_000),
      items: fc.constantFrom([line1], [line1, line2]),
      postalCode: fc.constantFrom('1050', '2100', null),
    })
    .map(({ minor, ...rest }) =>
      order({ ...rest, number, customerEmail, total: { minor, currency: 'EUR' }, shipments: [] }),
    );
const shops = fc.tuple(
  anOrder('48213', 'ana@mail.example'),
  anOrder('51877', 'ana@mail.example'),
  anOrder('77001', 'tom@mail.example'),
);
const confidence = fc.double({ min: 0, max: 1, noNaN: true });
const message: fc.Arbitrary<Said> = fc.record({
  text: fc.oneof(fc.constantFrom(...texts), fc.string({ unit: 'grapheme', maxLength: 60 })),
  intent: fc.option(fc.constantFrom(...intents), { nil: null }),
  confidence,
  language: fc.constantFrom('en', 'de', 'und', '__proto__'),
  numbers,
  signals: fc.subarray(
    [...messageSignals].filter((signal) => signal !== 'courtesy-only'),
    { maxLength: 3 },
  ),
  further: fc.array(fc.record({ intent: fc.constantFrom(...intents), confidence, orderNumbers: numbers }), {
    maxLength: 4,
  }),
  email: fc.constantFrom('ana@mail.example', 'eve@mail.example', null),
  trusted: fc.boolean(),
});

let policy: LoadedPolicy;
beforeAll(async () => {
  policy = await talkativePolicy();
});

const consult = (said: Said, orders: readonly Order[]) =>
  createPolicyProcessor(policy, shopOf(...orders)).consult(inputOf(said), new AbortController().signal);

const conversation = fc.array(fc.tuple(message, shops), { minLength: 1, maxLength: 12 });

test('each message ends in words, a person or a wanted silence; and nothing is done that was not agreed to', async () => {
  await fc.assert(
    fc.asyncProperty(conversation, async (turns) => {
      let dialogue: Dialogue = newDialogue;
      for (const [said, orders] of turns) {
        const open = openQuestion(dialogue);
        const plan = await consult({ ...said, dialogue }, orders);
        const replies = plan.actions.filter(({ type }) => type === 'reply');
        const handsOver = plan.actions.filter(({ type }) => type === 'hand-off');
        expect(replies.length).toBeLessThanOrEqual(1);
        expect(handsOver.length).toBeLessThanOrEqual(1);
        expect(replies.length + handsOver.length > 0 || plan.rule === 'polite').toBe(true);
        // A question that is open was read by the customer, now or before.
        if (handsOver.length > 0) expect(plan.dialogue.questions).toEqual([]);
        expect(plan.dialogue.questions.length).toBeLessThanOrEqual(3);
        const deeds = plan.actions.flatMap((action) =>
          action.type === 'order-action' ? [action.action] : [],
        );
        if (deeds.length > 0) {
          expect(open).toMatchObject({ kind: 'confirm', actions: deeds });
          expect(said.signals?.includes('affirms') === true || said.text === 'yes, and 51877 too').toBe(true);
          expect(plan.ifRefused.some(({ type }) => type === 'hand-off')).toBe(true);
        }
        const written: unknown = JSON.parse(JSON.stringify(plan.dialogue));
        expect(isDeepStrictEqual(written, { ...plan.dialogue })).toBe(true);
        dialogue = plan.dialogue;
      }
    }),
    { numRuns: 150 },
  );
});

test('who answers a question with anything but an answer is asked a few times, and then there is a person', async () => {
  const nonsense: fc.Arbitrary<Said> = fc.record({
    text: fc.constantFrom('hm', 'what?', 'no, the blue one', 'no, the red one', 'I said so'),
    intent: fc.constant(null),
    confidence: fc.constant(0.1),
  });
  const begin = fc.constantFrom('order_status', 'cancel_order', 'return_refund', 'change_address');
  await fc.assert(
    fc.asyncProperty(
      begin,
      numbers,
      shops,
      fc.array(nonsense, { minLength: 12, maxLength: 12 }),
      async (intent, named, orders, answers) => {
        let { dialogue } = await consult({ text: 'please', intent, numbers: named, confidence: 0.9 }, orders);
        let asked = dialogue.questions.length;
        for (const said of answers) {
          if (dialogue.questions.length === 0) break;
          ({ dialogue } = await consult({ ...said, dialogue }, orders));
          asked += dialogue.questions.length;
        }
        expect(dialogue.questions).toEqual([]);
        // A reason, an item, the proposal and its changes: each at most as often as its rule says.
        expect(asked).toBeLessThanOrEqual(7);
      },
    ),
    { numRuns: 60 },
  );
});

/** The rules ask for a value twice at most; a proposal may change twice besides; each is reminded of once. */
const putsAtMost = { ask: 2 * 2, confirm: (2 + 2) * 2 };

test('whatever comes between, nothing is asked more often than its rule says, and reminded of once each time', async () => {
  const evasive: fc.Arbitrary<Said> = fc.record({
    text: fc.constantFrom(
      'hm',
      'what?',
      'I said so',
      'no, the blue one',
      '99999',
      'yes, but',
      'Do you ship?',
    ),
    intent: fc.constantFrom(
      null,
      'order_status',
      'cancel_order',
      'change_address',
      'return_refund',
      'delivery_info',
    ),
    confidence: fc.constantFrom(0.2, 0.6, 0.9),
    numbers: fc.constantFrom([], [], ['48213'], ['51877'], ['99999']),
  });
  await fc.assert(
    fc.asyncProperty(shops, fc.array(evasive, { minLength: 8, maxLength: 16 }), async (orders, messages) => {
      let dialogue: Dialogue = newDialogue;
      const puts = new Map<string, number>();
      for (const said of messages) {
        const plan = await consult({ ...said, dialogue }, orders);
        const reply = plan.actions.find((action) => action.type === 'reply');
        const open = plan.dialogue.questions;
        const put = new Map(
          open.flatMap((question) =>
            reply?.text.includes(question.text) === true
              ? [[sameQuestion(question), putsAtMost[question.kind]] as const]
              : [],
          ),
        );
        for (const [same, atMost] of put) {
          puts.set(same, (puts.get(same) ?? 0) + 1);
          expect(puts.get(same)).toBeLessThanOrEqual(atMost);
        }
        // What is answered, and what a person takes over, may be asked anew.
        const isOpen = new Set(open.map(sameQuestion));
        const asked = Object.keys(plan.dialogue.asked ?? {});
        for (const same of puts.keys()) if (!isOpen.has(same) && !asked.includes(same)) puts.delete(same);
        dialogue = plan.dialogue;
      }
    }),
    { numRuns: 60 },
  );
});

test('somebody else’s order changes nothing, whatever is said', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { minLength: 1, maxLength: 6 }),
      anOrder('77001', 'tom@mail.example'),
      async (messages, toms) => {
        let there: Dialogue = newDialogue;
        let gone: Dialogue = newDialogue;
        for (const said of messages) {
          const one = await consult({ ...said, dialogue: there }, [{ ...toms, postalCode: '3333' }]);
          const other = await consult({ ...said, dialogue: gone }, []);
          expect(one).toEqual(other);
          there = one.dialogue;
          gone = other.dialogue;
        }
      },
    ),
    { numRuns: 60 },
  );
});
