import { messageSignals } from '../../../src/core/conversation/understanding';
import { orderStatuses, type OrderStatus } from '../../../src/orders/port';
import { asked, consult, demo, handOffOf, noteOf, order, questionOf, replyOf } from '../support';

const refund = { amount: { minor: 4_900, currency: 'EUR' }, on: '2026-11-20' };
const toms = (status: OrderStatus) =>
  order({ number: '51877', customerEmail: 'tom@mail.example', status, refund });

describe("another customer's order is an unknown order", () => {
  test.each(orderStatuses)('%s: in every intent, every language, with every signal', async (status) => {
    const { intents, languages } = await demo();
    for (const { intent } of intents) {
      for (const language of languages) {
        const said = { intent, language, numbers: ['51877'] };
        expect(await consult(said, toms(status))).toEqual(await consult(said));
      }
      for (const signal of messageSignals) {
        const said = { intent, numbers: ['51877'], signals: [signal] };
        expect(await consult(said, toms(status))).toEqual(await consult(said));
      }
    }
  });

  test('beside one of their own, it is the number that cannot be found', async () => {
    const said = { numbers: ['48213', '51877'] };
    const plan = await consult(said, order(), toms('late'));
    expect(plan).toEqual(await consult(said, order()));
    expect(replyOf(plan).text).toContain('I cannot find 51877');
  });

  test('also as the answer to our question, and as a number alone', async () => {
    const question = asked();
    for (const said of [{ question }, { intent: null }]) {
      const whole = { ...said, text: '51877', numbers: ['51877'] };
      expect(await consult(whole, toms('delivered'))).toEqual(await consult(whole));
    }
  });

  test('an address that only looks like the owner is another one', async () => {
    for (const email of [
      'ana@mail.example.evil.example',
      'xana@mail.example',
      'ana@mail.exampl',
      'ana @mail.example',
    ]) {
      expect((await consult({ email, numbers: ['48213'] }, order())).rule).toBe('order-not-found');
    }
    expect((await consult({ email: ' ANA@Mail.Example ', numbers: ['48213'] }, order())).rule).toBe(
      'order-in-transit',
    );
  });
});

const aboutOrders = [
  'order_status',
  'cancel_order',
  'change_order',
  'change_address',
  'return_refund',
  'refund_status',
  'invoice',
];

describe('a sender that is not proven', () => {
  test('gets no order data: the postal code is asked for, or a person comes, in every intent that looks up orders', async () => {
    const { intents } = await demo();
    for (const { intent, orders } of intents) {
      for (const numbers of [[], ['48213']]) {
        const plan = await consult({ intent, numbers, trusted: false }, order());
        if (intent === 'human_agent') expect(handOffOf(plan)?.reason).toBe('asked-for-human');
        else if (numbers.length > 0 && aboutOrders.includes(intent))
          expect([plan.rule, questionOf(plan)?.slot]).toEqual(['ask-postal-code', 'postal-code']);
        else if (numbers.length > 0 || orders !== 'none')
          expect(handOffOf(plan)).toEqual({ reason: 'identity', group: 'Support' });
        expect(plan).toEqual(await consult({ intent, numbers, trusted: false }));
        expect(
          `${noteOf(plan)} ${plan.actions.map((action) => (action.type === 'reply' ? action.text : '')).join()}`,
        ).not.toMatch(/in-transit|Swift|27 November|AA100200300/);
      }
    }
  });

  test('is told nothing about the suspicion; agents are, with a tag', async () => {
    const plan = await consult({ trusted: false }, order());
    expect(replyOf(plan).template).toBe('hand-off');
    expect(plan.actions).toContainEqual({ type: 'tag', add: ['sender_not_proven'], remove: [] });
    expect(noteOf(plan)).toContain("the sender's address is not proven");
  });

  test('may still ask what is no secret', async () => {
    expect((await consult({ trusted: false, intent: 'delivery_info' })).rule).toBe('delivery-info');
  });
});

describe('the note to a person', () => {
  const text =
    'Charge 4111 1111 1111 1111, mail ana@mail.example, call +353 1 555 0102, send it to 9 Harbour Road. ' +
    'x'.repeat(900);

  test.each([...messageSignals, null])(
    'with signal %s says what was understood, and nothing private',
    async (signal) => {
      const plan = await consult(
        { text, signals: signal === null ? [] : [signal], intent: null, confidence: 0.2, numbers: ['48213'] },
        order(),
      );
      const note = noteOf(plan);
      expect(note).not.toMatch(/4111 |@|353|555|Harbour|Ana Costa/);
      expect(note).toContain(`Rule: ${plan.rule}`);
      expect(note).toContain(plan.policyVersion);
      expect(note.length).toBeLessThan(1_000);
      if (handOffOf(plan) !== null) {
        expect(note).toMatch(/^Deskhand hands this over to (Support|Tier 2|Billing)\. Reason: /);
        expect(note).toContain('[card number ending 1111]');
        expect(note).toContain('The customer was told "');
      }
    },
  );

  test('names the order, its dates, and how it was found', async () => {
    expect(noteOf(await consult({}, order()))).toBe(
      [
        'Deskhand answered with "order-in-transit" (en).',
        'Understood: the customer wants to know where an order is (order_status, 93 % sure).',
        `Rule: order-in-transit (The parcel is on its way.), policy ${(await demo()).version}.`,
        "Order facts: order 48213 is in-transit (placed 2026-11-21, expected 2026-11-27); no number was given, it is the requester's only one in question.",
      ].join('\n'),
    );
  });

  test.each([
    [
      'several',
      {},
      [order(), order({ number: '51877', status: 'shipped' })],
      'several orders fit: 48213 (in-transit), 51877 (shipped)',
    ],
    [
      'named',
      { numbers: ['48213', '51877', '9'] },
      [order(), order({ number: '51877', status: 'shipped' })],
      "48213 (in-transit), 51877 (shipped); the requester's address is theirs; the requester has no order 9",
    ],
    ['unknown', { numbers: ['9'] }, [order()], 'the requester has no order 9'],
    ['none', {}, [], 'no number was given, and the requester has no order in question'],
    ['not needed', { intent: 'delivery_info' }, [order()], 'Order facts: none needed.'],
  ])('%s orders', async (_what, said, orders, words) => {
    expect(noteOf(await consult(said, ...orders))).toContain(words);
  });
});
