import fc from 'fast-check';
import { newDialogue } from '../../src/core/conversation/dialogue';
import { messageSignals } from '../../src/core/conversation/understanding';
import { orderStatuses, type Order, type Shipment } from '../../src/orders/port';
import { loadPolicy, type LoadedPolicy } from '../../src/policy/load/loadPolicy';
import { createPolicyProcessor } from '../../src/policy/processor';
import { asked, demoPolicy, inputOf, questionOf, shopOf, someCodes } from './support';

const day = fc.constantFrom('2026-11-20', '2026-11-25', '2026-12-01');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const item = fc.record({ name: fc.constantFrom('Mug', 'Lamp'), quantity: fc.integer({ min: 1, max: 9 }) });
const some = { minLength: 1, maxLength: 3 };
const items = fc.array(item, some);
const lines = fc.array(
  fc.tuple(item, maybe(fc.nat())).map(([named, minor]) => ({
    ...named,
    line: '1',
    price: minor === null ? null : { minor, currency: 'EUR' },
  })),
  some,
);
const shipment: fc.Arbitrary<Shipment> = fc.record({
  items,
  status: fc.constantFrom('preparing', 'shipped', 'in-transit', 'delivered'),
  carrier: maybe(fc.constant('Swift')),
  tracking: maybe(
    fc.record({
      number: fc.constant('AA1'),
      url: maybe(fc.constantFrom('https://c.example/1', 'javascript:x')),
    }),
  ),
  shippedOn: maybe(day),
  expectedOn: maybe(day),
  deliveredOn: maybe(day),
});
const order = (number: string, customerEmail: string): fc.Arbitrary<Order> =>
  fc.record({
    number: fc.constant(number),
    customerEmail: fc.constant(customerEmail),
    postalCode: maybe(fc.constant('1050')),
    status: fc.constantFrom(...orderStatuses),
    placedOn: day,
    items: lines,
    shipments: fc.array(shipment, { maxLength: 3 }),
    total: fc.record({ minor: fc.nat(), currency: fc.constantFrom('EUR', 'USD') }),
    refund: maybe(
      fc.record({ amount: fc.record({ minor: fc.nat(), currency: fc.constant('EUR') }), on: day }),
    ),
  });

const intents = [
  'order_status',
  'delivery_info',
  'cancel_order',
  'return_refund',
  'refund_status',
  'invoice',
  'no_such_intent',
];
const said = fc.record({
  text: fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.constantFrom('thanks', 'hi', '48213', '{{ order.number }}', '<b>x</b>'),
  ),
  intent: maybe(fc.constantFrom(...intents)),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  language: fc.constantFrom('en', 'de', 'fr', 'es', 'da', 'it', 'und', '__proto__'),
  numbers: fc.subarray(['48213', '51877', '99999', 'constructor']),
  signals: fc.subarray([...messageSignals]),
  name: maybe(fc.string({ maxLength: 60 })),
  trusted: fc.boolean(),
  email: fc.constantFrom('ana@mail.example', 'ANA@mail.example', '', null),
  question: maybe(
    fc
      .record({
        kind: fc.constantFrom('ask', 'confirm'),
        slot: fc.constantFrom('order-number', 'topic', 'postal-code', 'item', 'confirmation', 'forgotten'),
        intent: fc.constantFrom(...intents, ''),
        tries: fc.integer({ min: 1, max: 4 }),
        order: fc.constantFrom(null, '48213', '99999'),
      })
      .map(asked),
  ),
});

describe('whatever comes in', () => {
  let policy: LoadedPolicy;
  const { signal } = new AbortController();
  const consult = (input: ReturnType<typeof inputOf>, orders: readonly Order[]) =>
    createPolicyProcessor(policy, shopOf(...orders), { codes: someCodes }).consult(input, signal);

  beforeAll(async () => {
    policy = await loadPolicy(demoPolicy);
  });

  test('ends in a reply, a person or a wanted silence; the same every time; without holes', async () => {
    await fc.assert(
      fc.asyncProperty(
        said,
        fc.tuple(order('48213', 'ana@mail.example'), order('51877', 'ana@mail.example')),
        async (words, orders) => {
          const input = inputOf(words);
          const plan = await consult(input, orders);
          expect(await consult(input, orders)).toEqual(plan);
          expect(plan.trace.at(-1)).toMatchObject({ rule: plan.rule.split(' + ').at(-1) });
          const replies = plan.actions.filter((action) => action.type === 'reply');
          const ends = replies.length === 1 || plan.actions.some(({ type }) => type === 'hand-off');
          expect(ends || ['thanks', 'courtesy-with-open-question'].includes(plan.rule)).toBe(true);
          for (const { text, html } of replies) {
            // The name is the customer's own; everything else is ours.
            const ours = text.replace(/^[^\n]*\n/, '');
            expect(ours).not.toMatch(/\bnull\b|undefined|NaN|\{\{|\{%| {2}\S|:\s*$/);
            expect(html).not.toMatch(/href=""|javascript:|<(?!\/?(p|br|a)\b)/);
          }
        },
      ),
      { numRuns: 250 },
    );
  });

  test("another customer's order changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        said,
        order('48213', 'tom@mail.example'),
        order('51877', 'tom@mail.example'),
        async (words, ...theirs) => {
          expect(await consult(inputOf(words), theirs)).toEqual(await consult(inputOf(words), []));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('no customer is asked for ever', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(said, { minLength: 8, maxLength: 8 }), async (messages) => {
        let dialogue = newDialogue;
        let asked = 0;
        for (const words of messages) {
          const plan = await consult(
            inputOf({
              ...words,
              intent: 'order_status',
              confidence: 0.9,
              signals: [],
              trusted: true,
              email: 'ana@mail.example',
              dialogue,
            }),
            [],
          );
          if (questionOf(plan) === null) break;
          dialogue = plan.dialogue;
          asked += 1;
        }
        // The number twice, the postal code, the mailed code twice, and the number of a postal code twice.
        expect(asked).toBeLessThanOrEqual(7);
      }),
      { numRuns: 100 },
    );
  });
});
