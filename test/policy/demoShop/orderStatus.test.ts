import { consult, handOffOf, line, noteOf, order, parcel, questionOf, replyOf } from '../support';

const mugs = [line('Mug', 4)];

describe('"Where is my order?" is answered from the order', () => {
  test('in transit: carrier, day and tracking link', async () => {
    const plan = await consult({}, order());
    const reply = replyOf(plan);
    expect(reply.text).toBe(
      'Hello Ana,\n\nYour order 48213 is on its way with Swift Parcel and should reach you by 27 November.\n\n' +
        'You can follow it here: https://carrier.example/AA100200300\n\nKind regards,\nDemo Shop',
    );
    expect(reply.html).toContain('<a href="https://carrier.example/AA100200300">');
    expect(plan).toMatchObject({
      rule: 'order-in-transit',
      intent: 'order_status',
      dialogue: { questions: [] },
    });
    expect(noteOf(plan)).toContain('order_status, 93 % sure');
    expect(noteOf(plan)).not.toMatch(/mail\.example/);
  });

  test.each([
    ['Ana Costa', 'Hello Ana,'],
    ['evil-prize.example', 'Hello,'],
    ['Win at evil-prize.example now', 'Hello,'],
    ['www.evil', 'Hello,'],
    ['Dr. Costa', 'Hello Dr.,'],
  ])('a requester named %j is greeted %j: nobody makes us send a link', async (name, greeting) => {
    expect(replyOf(await consult({ name }, order())).text.split('\n')[0]).toBe(greeting);
  });

  test.each([
    ['processing', order({ status: 'processing', shipments: [] }), 'has not left our warehouse yet'],
    [
      'delivered',
      order({ status: 'delivered', shipments: [parcel({ status: 'delivered', deliveredOn: '2026-11-24' })] }),
      'was delivered on 24 November',
    ],
    ['cancelled', order({ status: 'cancelled', shipments: [] }), 'was cancelled and will not be sent'],
    [
      'refunded',
      order({ status: 'refunded', refund: { amount: { minor: 4_900, currency: 'EUR' }, on: '2026-11-20' } }),
      'We sent €49.00 back on 20 November',
    ],
  ])('%s', async (_status, known, words) => {
    expect(replyOf(await consult({ numbers: ['48213'] }, known)).text).toContain(words);
  });

  test('what should have arrived is late whatever the shop says, and a person looks into it', async () => {
    const plan = await consult({}, order({ shipments: [parcel({ expectedOn: '2026-11-20' })] }));
    expect(replyOf(plan).text).toContain('should have reached you by 20 November');
    expect(handOffOf(plan)).toEqual({ reason: 'policy', group: 'Support' });
  });

  test('a day that has passed is not promised for what never left the shop', async () => {
    const plan = await consult(
      {},
      order({ status: 'processing', shipments: [parcel({ status: 'preparing', expectedOn: '2026-11-20' })] }),
    );
    expect(replyOf(plan).text).not.toContain('20 November');
  });

  test('shipped without tracking: said truthfully, without an empty link', async () => {
    const plan = await consult(
      {},
      order({ status: 'shipped', shipments: [parcel({ tracking: null, carrier: null })] }),
    );
    expect(replyOf(plan).text).toContain('There is no tracking number for it yet.');
    expect(replyOf(plan).html).not.toMatch(/href|null|undefined/);
  });

  test('each parcel keeps its own tracking', async () => {
    const shipments = [
      parcel(),
      parcel({ items: mugs, status: 'shipped', tracking: null, expectedOn: null }),
    ];
    const { text } = replyOf(
      await consult({ numbers: ['48213'] }, order({ status: 'partly-shipped', shipments })),
    );
    const [kettle, cups] = text.split('\n').filter((line) => line.startsWith('- '));
    expect(kettle).toContain('AA100200300');
    expect(cups).toBe('- 4 × Mug: on the way. There is no tracking number for it yet');
  });

  test('delivered, the customer says, but not there: a person', async () => {
    const plan = await consult(
      { numbers: ['48213'], signals: ['not-received'] },
      order({ status: 'delivered', shipments: [parcel({ status: 'delivered', deliveredOn: '2026-11-24' })] }),
    );
    expect(plan.rule).toBe('order-delivered-but-missing');
    expect(handOffOf(plan)?.group).toBe('Support');
  });

  test.each([
    ['de', 'ist mit Swift Parcel unterwegs. Sie sollte bis zum 27. November'],
    ['fr', 'est en route avec Swift Parcel. Elle devrait vous parvenir au plus tard le 27 novembre'],
    ['es', 'está en camino con Swift Parcel. Debería llegarle a más tardar el 27 de noviembre'],
    ['da', 'er på vej med Swift Parcel. Den skulle være hos dig senest 27. november'],
    ['it', 'is on its way with Swift Parcel'],
  ])('in %s', async (language, words) => {
    expect(replyOf(await consult({ language }, order())).text).toContain(words);
  });
});

describe('which order is meant is asked, not guessed', () => {
  const other = order({ number: '51877', status: 'processing', shipments: [], items: mugs });

  test('several open orders are both named', async () => {
    const plan = await consult({ text: "where's my stuff" }, order(), other);
    expect(replyOf(plan).text).toContain('- 48213 of 21 November: Kettle\n- 51877 of 21 November: 4 × Mug');
    expect(questionOf(plan)).toMatchObject({
      slot: 'order-number',
      intent: 'order_status',
      tries: 1,
      choices: ['48213', '51877'],
    });
  });

  test('a bare number goes on with the question, whatever a classifier makes of it', async () => {
    const question = questionOf(await consult({}, order(), other));
    const plan = await consult(
      { text: '51877', numbers: ['51877'], intent: 'invoice', confidence: 0.9, question },
      order(),
      other,
    );
    expect(plan).toMatchObject({
      intent: 'order_status',
      rule: 'order-processing',
      dialogue: { questions: [] },
    });
  });

  test('nothing usable is asked once more, then a person comes', async () => {
    const first = await consult({});
    const second = await consult({
      text: 'no idea',
      intent: null,
      confidence: 0.2,
      question: questionOf(first),
    });
    const third = await consult({
      text: 'dunno',
      intent: null,
      confidence: 0.2,
      question: questionOf(second),
    });
    expect([first.rule, second.rule, third.rule]).toEqual([
      'ask-order-number',
      'ask-order-number-again',
      'order-number-given-up',
    ]);
    expect(handOffOf(third)).not.toBeNull();
    expect(noteOf(third)).toContain('asked for the order number 2 times');
    expect(third.trace.find(({ rule }) => rule === 'ask-order-number')?.why).toBe(
      'it may ask at most 2 times, and did',
    );
  });

  test('an unknown number is asked for again, then the postal code, then a mailed code, then a person comes', async () => {
    const first = await consult({ numbers: ['99999'] });
    expect(replyOf(first).text).toContain('I cannot find an order 99999');
    const second = await consult({ text: '99998', numbers: ['99998'], dialogue: first.dialogue });
    expect(replyOf(second).text).toContain('I cannot find an order 99998');
    expect(questionOf(second)?.slot).toBe('postal-code');
    const third = await consult({ text: 'no idea', intent: null, dialogue: second.dialogue });
    expect(questionOf(third)?.slot).toBe('mailed-code');
    const fourth = await consult({ text: 'no mail came', intent: null, dialogue: third.dialogue });
    const fifth = await consult({ text: 'still none', intent: null, dialogue: fourth.dialogue });
    expect(fifth.rule).toBe('order-number-given-up');
    expect(handOffOf(fifth)).not.toBeNull();
  });

  test('a new topic said clearly wins; an aside leaves the question open', async () => {
    const question = questionOf(await consult({}));
    const aside = await consult({ text: 'Do you deliver to Ireland?', intent: 'delivery_info', question });
    expect(aside.rule).toBe('delivery-info');
    expect(questionOf(aside)).toEqual({ ...question, reminded: true });
    expect(replyOf(aside).text).toContain(question?.text);
    const topic = await consult(
      { text: 'cancel it', intent: 'cancel_order', question },
      order({ status: 'processing', shipments: [] }),
    );
    expect(topic.rule).toBe('cancel-now');
    expect(questionOf(topic)).toMatchObject({ kind: 'confirm', intent: 'cancel_order' });
  });
});

describe("nobody hears of another customer's order", () => {
  const toms = order({ number: '51877', customerEmail: 'tom@mail.example' });

  test('it is answered exactly like an unknown number', async () => {
    const said = { numbers: ['51877'] };
    expect(await consult(said, toms)).toEqual(await consult(said));
  });

  test('a number is never taken for an internal id', async () => {
    const mine = order({ number: '4', status: 'shipped' });
    const plan = await consult(
      { numbers: ['4'] },
      mine,
      order({ number: 'WEB-00097', customerEmail: 'tom@mail.example' }),
    );
    expect(plan.rule).toBe('order-shipped');
  });

  test('a forged sender gets no order data, and the finding stands in the note', async () => {
    const plan = await consult({ trusted: false, numbers: ['48213'] }, order());
    expect(questionOf(plan)?.slot).toBe('postal-code');
    expect(replyOf(plan)).toEqual(replyOf(await consult({ trusted: false, numbers: ['48213'] })));
    expect(noteOf(plan)).toContain('address is not proven');
    expect(noteOf(plan)).not.toContain('in-transit');
  });

  test('nor does a requester without any address', async () => {
    expect((await consult({ email: null, numbers: ['48213'] }, order())).rule).toBe('ask-postal-code');
    expect(handOffOf(await consult({ email: null }, order()))?.reason).toBe('identity');
  });
});
