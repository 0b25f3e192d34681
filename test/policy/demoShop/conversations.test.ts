import { converse, handOffOf, line, noteOf, order, parcel, questionOf, replyOf } from '../support';

const kettle = order();
const mugs = order({
  number: '51877',
  status: 'processing',
  shipments: [],
  items: [line('Mug', 4)],
});
const both = [kettle, mugs];
const dunno = { text: 'dunno', intent: null, confidence: 0.1 };
const rules = (plans: Awaited<ReturnType<typeof converse>>) => plans.map(({ rule }) => rule);

function turn(plans: Awaited<ReturnType<typeof converse>>, index: number): (typeof plans)[number] {
  const plan = plans.at(index);
  if (plan === undefined) throw new Error(`there is no turn ${index}`);
  return plan;
}

describe('asking for the order', () => {
  test('which of two, answered by number', async () => {
    const plans = await converse(
      { orders: both },
      { text: '51877', numbers: ['51877'], intent: null, orders: both },
    );
    expect(rules(plans)).toEqual(['which-order', 'order-processing']);
    expect(questionOf(plans[1])).toBeNull();
  });

  test('"neither" is understood in the light of the question, then a person comes', async () => {
    const neither = {
      text: 'neither',
      intent: null,
      confidence: 0,
      signals: ['none-of-these'] as const,
      orders: both,
    };
    const plans = await converse({ orders: both }, neither, neither);
    expect(rules(plans)).toEqual(['which-order', 'none-of-these-orders', 'order-number-given-up']);
    expect(plans.map((plan) => questionOf(plan)?.tries ?? null)).toEqual([1, 2, null]);
  });

  test('never in the same words twice when no order is known', async () => {
    const [first, second, third] = await converse({}, dunno, dunno);
    if (first === undefined || second === undefined || third === undefined) throw new Error('three turns');
    expect(replyOf(first).text).not.toBe(replyOf(second).text);
    expect(handOffOf(third)).toEqual({ reason: 'policy', group: 'Support' });
    expect(noteOf(third)).toContain('asked for the order number 2 times');
  });

  test('an order that is not found: the number once more, then the postal code, then a mailed code, then a person', async () => {
    const wrong = { text: '99999', numbers: ['99999'], intent: null };
    expect(rules(await converse({}, wrong, dunno, dunno, dunno))).toEqual([
      'ask-order-number',
      'ask-postal-code-too',
      'ask-mailed-code',
      'ask-mailed-code',
      'order-number-given-up',
    ]);
    const another = { ...wrong, numbers: ['99998'] };
    expect(rules(await converse({ numbers: ['99999'] }, another, dunno, dunno, dunno))).toEqual([
      'order-not-found',
      'ask-postal-code-too',
      'ask-mailed-code',
      'ask-mailed-code',
      'order-number-given-up',
    ]);
  });

  test.each([
    [0, 'asked for the order number once'],
    [1, 'asked for the order number 2 times'],
  ])('the note counts the questions: after %i useless answers, "%s"', async (answers, words) => {
    const useless = Array.from({ length: answers }, () => dunno);
    const person = { signals: ['asks-for-human'] as const, intent: null };
    const plans = await converse({ numbers: ['99999'] }, ...useless, person);
    expect(noteOf(turn(plans, -1))).toContain(`Tried: ${words}`);
  });

  test.each(['cancel_order', 'change_order', 'change_address'])(
    '%s asks for the order as well, and goes on with the answer',
    async (intent) => {
      const plans = await converse(
        { intent, orders: both },
        { text: '48213', numbers: ['48213'], intent: null, orders: both },
      );
      expect(plans[0]?.rule).toBe('which-order');
      expect(plans[1]).toMatchObject({ intent, dialogue: { questions: [] } });
      expect(replyOf(turn(plans, 1)).text).toContain('48213 has already left our warehouse');
    },
  );

  test('the right number after a wrong one is answered', async () => {
    const right = { text: '48213', numbers: ['48213'], intent: null, orders: [kettle] };
    const plans = await converse({ numbers: ['99999'], orders: [kettle] }, right);
    expect(rules(plans)).toEqual(['order-not-found', 'order-in-transit']);
  });

  test('tries begin anew once the question was answered', async () => {
    const plans = await converse({}, { numbers: ['48213'], text: '48213', orders: [kettle] }, {});
    expect(plans.map((plan) => questionOf(plan)?.tries ?? null)).toEqual([1, null, 1]);
  });
});

describe('an open question', () => {
  test('stays open through thanks and through an aside, and is then answered', async () => {
    const plans = await converse(
      { orders: both },
      { text: 'thanks', intent: null, signals: ['thanks', 'courtesy-only'], orders: both },
      { text: 'do you ship to Norway?', intent: 'delivery_info', orders: both },
      { text: '51877', numbers: ['51877'], intent: null, orders: both },
    );
    expect(rules(plans)).toEqual([
      'which-order',
      'courtesy-with-open-question',
      'delivery-info',
      'order-processing',
    ]);
    expect(plans[1]?.actions).toEqual([]);
    expect(questionOf(plans[2])).toEqual({ ...questionOf(plans[0]), reminded: true });
  });

  test('is dropped for another matter of an order', async () => {
    const cancel = {
      text: 'actually cancel 51877',
      intent: 'cancel_order',
      numbers: ['51877'],
      orders: both,
    };
    const plans = await converse({ orders: both }, cancel);
    expect(plans[1]).toMatchObject({ rule: 'cancel-now' });
    expect(plans[1]?.dialogue.questions).toMatchObject([{ kind: 'confirm', intent: 'cancel_order' }]);
  });

  test('is dropped for a person', async () => {
    const plans = await converse(
      { orders: both },
      { intent: null, signals: ['asks-for-human'], orders: both },
    );
    expect(plans[1]).toMatchObject({ rule: 'asked-for-person', dialogue: { questions: [] } });
  });

  test('"hello??" is no courtesy: the question is asked again', async () => {
    const nudge = {
      text: 'hello??',
      intent: null,
      signals: ['greeting', 'courtesy-only'] as const,
      orders: both,
    };
    expect(rules(await converse({ orders: both }, nudge))).toEqual(['which-order', 'which-order']);
  });

  test('thanks with a picture are looked at', async () => {
    const plans = await converse({
      text: 'thanks',
      intent: null,
      signals: ['thanks', 'courtesy-only'],
      files: ['a.png'],
    });
    expect(rules(plans)).toEqual(['not-sure']);
  });
});

describe('a message that is only an order number', () => {
  test('is asked about, and the answer is about that order', async () => {
    const plans = await converse(
      { text: '51877', numbers: ['51877'], intent: null, confidence: 0.1, orders: both },
      { text: 'where is it', orders: both },
    );
    expect(rules(plans)).toEqual(['only-an-order-number', 'order-processing']);
    expect(questionOf(plans[0])).toMatchObject({ slot: 'topic', intent: '', tries: 1, order: '51877' });
  });

  test('another number in the answer counts more', async () => {
    const plans = await converse(
      { text: '51877', numbers: ['51877'], intent: null, confidence: 0.1, orders: both },
      { text: 'sorry, where is 48213', numbers: ['48213'], orders: both },
    );
    expect(plans[1]?.rule).toBe('order-in-transit');
  });

  test("of a stranger's order is no order", async () => {
    const theirs = order({ number: '60000', customerEmail: 'tom@mail.example' });
    const plans = await converse({ text: '60000', numbers: ['60000'], intent: null, orders: [theirs] });
    expect(plans[0]?.rule).toBe('not-sure');
  });
});

test('"hi" waits, is asked, and a second fragment reaches a person', async () => {
  const hi = { text: 'hi', intent: null, confidence: 0, signals: ['greeting', 'courtesy-only'] as const };
  const plans = await converse(hi, { text: 'well', intent: null, confidence: 0.1 });
  expect(plans.map(({ rule, awaitsMore }) => [rule, awaitsMore])).toEqual([
    ['fragment', true],
    ['not-sure', false],
  ]);
});

test('two refunds on record: which one is asked, then told', async () => {
  const refunded = (number: string) =>
    order({
      number,
      status: 'refunded',
      refund: { amount: { minor: 1_200, currency: 'EUR' }, on: '2026-11-20' },
    });
  const orders = [refunded('48213'), refunded('51877'), order({ number: '7', shipments: [parcel()] })];
  const plans = await converse(
    { intent: 'refund_status', orders },
    { text: '51877', numbers: ['51877'], intent: null, orders },
  );
  expect(rules(plans)).toEqual(['which-order', 'refund-sent']);
  expect(questionOf(plans[0])?.choices).toEqual(['48213', '51877']);
});
