/** Every intent against every state an order can be in: what is said is true, and who decides is right. */
import type { Plan } from '../../../src/core/policy/plan';
import type { Order } from '../../../src/orders/port';
import { consult, demo, handOffOf, noteOf, order, parcel, questionOf, replyOf, type Said } from '../support';

const refund = { amount: { minor: 4_900, currency: 'EUR' }, on: '2026-11-20' };
const preparing = parcel({ status: 'preparing', carrier: null, tracking: null, shippedOn: null });
const overdue = '2026-11-20';
const second = order({ number: '51877', status: 'processing', shipments: [preparing] });

interface Case {
  readonly orders: readonly Order[];
  readonly numbers: readonly string[];
}
const one = (change: Partial<Order>): Case => ({ orders: [order(change)], numbers: ['48213'] });

const states = {
  processing: one({ status: 'processing', shipments: [preparing] }),
  'processing, late': one({
    status: 'processing',
    shipments: [{ ...preparing, expectedOn: overdue }],
  }),
  shipped: one({ status: 'shipped', shipments: [parcel({ status: 'shipped' })] }),
  'in transit': one({}),
  late: one({ shipments: [parcel({ expectedOn: overdue })] }),
  'late, never sent': one({ status: 'late', shipments: [{ ...preparing, expectedOn: overdue }] }),
  'partly shipped': one({ status: 'partly-shipped', shipments: [parcel(), preparing] }),
  delivered: one({
    status: 'delivered',
    shipments: [parcel({ status: 'delivered', deliveredOn: '2026-11-24' })],
  }),
  'delivered, no parcels known': one({ status: 'delivered', shipments: [] }),
  cancelled: one({ status: 'cancelled', shipments: [], refund }),
  'cancelled, no refund': one({ status: 'cancelled', shipments: [] }),
  refunded: one({ status: 'refunded', shipments: [], refund }),
  'refunded, no day': one({ status: 'refunded', shipments: [] }),
  'unknown number': { orders: [], numbers: ['99999'] },
  'no order': { orders: [], numbers: [] },
  'several orders': { orders: [order(), second], numbers: [] },
  'several named': { orders: [order(), second], numbers: ['48213', '51877'] },
} as const satisfies Readonly<Record<string, Case>>;
type State = keyof typeof states;

const knowsPostalCode = {
  questions: [],
  mismatches: 0,
  slots: { 'postal-code': { value: '1050', from: 'said', commentId: '0' } },
} as const;

const ask = (intent: string, state: State, more: Said = {}): Promise<Plan> => {
  const { orders, numbers } = states[state];
  return consult({ intent, numbers, text: 'the words of the customer', ...more }, ...orders);
};

/** The template, and `!` when a person takes over. */
async function outcome(intent: string, state: State): Promise<string> {
  const plan = await ask(intent, state);
  return `${replyOf(plan).template}${handOffOf(plan) === null ? '' : '!'}`;
}

const aboutOrders = [
  'order_status',
  'cancel_order',
  'change_order',
  'change_address',
  'return_refund',
  'refund_status',
] as const;

type Row = readonly [State, ...string[]];
const left = 'order-already-left';
const arrived = 'order-already-delivered';
const redirect = 'address-after-shipping!';
const again = 'order-not-found';
// prettier-ignore
const table: readonly Row[] = [
  //                  where is it               cancel                change it             change the address    money back            where is my refund
  ['processing',       'order-processing',       'confirm-cancel',     'hand-off!',          'ask-address',        'hand-off!',          'hand-off!'],
  ['processing, late', 'order-processing-late!', 'confirm-cancel',     'hand-off!',          'ask-address',        'hand-off!',          'hand-off!'],
  ['shipped',          'order-shipped',          left,                 left,                 redirect,             left,                 'hand-off!'],
  ['in transit',       'order-in-transit',       left,                 left,                 redirect,             left,                 'hand-off!'],
  ['late',             'order-late!',            'order-late!',        'order-late!',        'order-late!',        'order-late!',        'hand-off!'],
  ['late, never sent', 'order-late!',            'hand-off!',          'hand-off!',          'hand-off!',          'order-late!',        'hand-off!'],
  ['partly shipped',   'order-partly-shipped',   'order-partly-left!', 'order-partly-left!', 'order-partly-left!', 'hand-off!',          'hand-off!'],
  ['delivered',        'order-delivered',        arrived,              arrived,              'hand-off!',          'return-how-to',      'hand-off!'],
  ['delivered, no parcels known', 'order-delivered', arrived,          arrived,              'hand-off!',          'return-how-to',      'hand-off!'],
  ['cancelled',        'order-cancelled',        'order-cancelled',    'order-cancelled',    'order-cancelled',    'order-cancelled',    'refund-sent'],
  ['cancelled, no refund', 'order-cancelled',    'order-cancelled',    'order-cancelled',    'order-cancelled',    'hand-off!',          'hand-off!'],
  ['refunded',         'order-refunded',         'order-refunded',     'order-refunded',     'order-refunded',     'order-refunded',     'refund-sent'],
  ['refunded, no day', 'order-refunded',         'order-refunded',     'order-refunded',     'order-refunded',     'hand-off!',          'hand-off!'],
  ['unknown number',   again,                    again,                again,                again,                again,                again],
  ['no order',         'ask-order-number',       'ask-order-number',   'ask-order-number',   'ask-order-number',   'return-how-to',      'hand-off!'],
  ['several orders',   'which-order',            'which-order',        'which-order',        'which-order',        'return-how-to',      'hand-off!'],
  ['several named',    'orders-named',           'hand-off!',          'hand-off!',          'hand-off!',          'hand-off!',          'hand-off!'],
];

const everyState = table.map(([state]) => state);

test('the table has every state', () => {
  expect(everyState).toEqual(Object.keys(states));
});

test.each(table.map(([state, ...expected]) => ({ state, expected })))(
  '$state: $expected',
  async ({ state, expected }) => {
    expect(await Promise.all(aboutOrders.map((intent) => outcome(intent, state)))).toEqual(expected);
  },
);

test.each(['delivery_info', 'payment_issue', 'account_access', 'complaint', 'human_agent'])(
  '%s is answered alike, however the order stands',
  async (intent) => {
    const said = await Promise.all(everyState.map(async (state) => replyOf(await ask(intent, state)).text));
    expect(new Set(said).size).toBe(1);
    expect(said[0]).not.toMatch(/48213|99999|cancelled|delivered|warehouse/);
  },
);

test('an invoice is sent again of any one order of theirs, and of no other', async () => {
  const said = await Promise.all(everyState.map(async (state) => [state, await outcome('invoice', state)]));
  const others: Readonly<Record<string, string>> = {
    'unknown number': 'order-not-found',
    'no order': 'invoice-how-to',
    'several orders': 'invoice-how-to',
    'several named': 'hand-off!',
  };
  expect(said).toEqual(everyState.map((state) => [state, others[state] ?? 'invoice-sent']));
});

/** Words, and the only states in which they are true. They may stand in a reply or in a note. */
const trueOnlyIn: readonly (readonly [RegExp, readonly State[]])[] = [
  [/before it ships|has not left/, ['processing', 'processing, late', 'late, never sent']],
  [/(?<!A part of your order 48213) has already left|has left the shop and/, ['shipped', 'in transit']],
  [/has left our warehouse/, ['shipped']],
  [/A part of/, ['partly shipped']],
  [/once it is with you/, ['shipped', 'in transit']],
  [/(?<!not )\bdelivered(?! yet)/, ['delivered', 'delivered, no parcels known']],
  [/was cancelled and/, ['cancelled', 'cancelled, no refund']],
  [/was refunded/, ['refunded', 'refunded, no day']],
  [/[Ww]e refunded|back on 20 November/, ['cancelled', 'refunded']],
  [/start a return/, ['delivered', 'delivered, no parcels known', 'no order', 'several orders']],
  [/cannot find/, ['unknown number']],
  [/no order 99999/, ['unknown number']],
  [/is late\b/, ['late', 'late, never sent']],
];

describe.each(everyState)('%s', (state) => {
  test('nothing is said that is not so', async () => {
    for (const intent of aboutOrders) {
      const plan = await ask(intent, state);
      // The facts in the note name the status by themselves; what the rules and templates claim is judged.
      const claims = `${replyOf(plan).text}\n${noteOf(plan).replaceAll(/^Order facts:.*$/gm, '')}`;
      const untrue = trueOnlyIn.flatMap(([words, where]) =>
        !where.includes(state) && words.test(claims) ? [`${intent} ${plan.rule}: ${String(words)}`] : [],
      );
      expect(untrue).toEqual([]);
    }
  });

  test('nothing is said to be done, or promised, that nobody does', async () => {
    const done =
      /\b(?:I|we)(?: have|'ve| will|'ll)? (?:now |just )?(?:cancel|chang(?:e|ed) |redirect|stop)|will be (?:refunded|cancelled|changed)|you will get your money/i;
    for (const intent of (await demo()).intents.map(({ intent: name }) => name)) {
      const plan = await ask(intent, state);
      // What is asked ("Shall I cancel it?") is not said to be done, and nothing is done before the answer.
      const claims = replyOf(plan).text.replaceAll(/Shall I [^?]*\?/g, '');
      expect(claims).not.toMatch(done);
      if (intent !== 'invoice') expect(plan.actions.map(({ type }) => type)).not.toContain('order-action');
      // "A colleague will answer" is true only when one was given the ticket.
      const promised = /I have (?:passed|asked)/.test(replyOf(plan).text);
      expect([intent, promised]).toEqual([intent, handOffOf(plan) !== null]);
    }
  });

  test('each language says it by the same template', async () => {
    for (const intent of aboutOrders) {
      const { template } = replyOf(await ask(intent, state));
      for (const language of ['de', 'fr', 'es', 'da'])
        expect(replyOf(await ask(intent, state, { language }))).toMatchObject({ template, language });
    }
  });
});

test('what people must hurry with is marked', async () => {
  for (const [intent, state] of [
    ['change_order', 'processing'],
    ['cancel_order', 'partly shipped'],
    ['change_order', 'partly shipped'],
    ['change_address', 'partly shipped'],
  ] as const)
    expect((await ask(intent, state)).actions).toContainEqual({ type: 'set-priority', priority: 'high' });
});

test('an order that is open to all who know its postal code is cancelled for who reads its mail, and sent elsewhere by people only', async () => {
  const said = { trusted: false, dialogue: knowsPostalCode };
  const cancel = await ask('cancel_order', 'processing', said);
  expect([questionOf(cancel)?.slot, handOffOf(cancel)]).toEqual(['mailed-code', null]);
  expect(cancel.actions.map(({ type }) => type)).not.toContain('order-action');
  const elsewhere = await ask('change_address', 'processing', said);
  expect([questionOf(elsewhere), handOffOf(elsewhere)]).toEqual([
    null,
    { reason: 'policy', group: 'Support' },
  ]);
  expect(await outcome('order_status', 'processing')).toBe(
    replyOf(await ask('order_status', 'processing', said)).template,
  );
});

describe('the customer says that it is not there', () => {
  const signals = ['not-received'] as const;

  test.each(['cancel_order', 'change_order'])(
    '%s of what the shop calls delivered: a person looks, and nobody is told to send it back',
    async (intent) => {
      const plan = await ask(intent, 'delivered', { signals });
      expect(replyOf(plan).template).toBe('hand-off');
      expect(handOffOf(plan)?.group).toBe('Support');
    },
  );

  test('money back for what the shop calls delivered: only once an agent approves', async () => {
    const plan = await ask('return_refund', 'delivered', { signals });
    expect([plan.rule, plan.needsApproval]).toEqual(['refund-missing-order', true]);
    expect(plan.actions).toContainEqual({
      type: 'order-action',
      action: { type: 'refund', order: '48213', amount: { minor: 4_900, currency: 'EUR' }, lines: [] },
    });
  });

  test('a refund of what is on its way and missed goes to a person', async () => {
    expect(handOffOf(await ask('return_refund', 'in transit', { signals }))?.group).toBe('Support');
  });
});

test('a picture alone is not called a fault', async () => {
  const plan = await ask('return_refund', 'delivered', { files: ['kettle.png'] });
  expect(noteOf(plan)).toContain('says that something is broken or wrong, or sent a picture');
});

describe('several numbers in one message', () => {
  const numbers = ['48213', '51877'];
  const said = async (other: Partial<Order>) =>
    consult({ numbers }, order(), order({ number: '51877', ...other }));

  test.each([
    ['called late by the shop, never sent', { status: 'late', shipments: [preparing] }],
    ['overdue in the shop', { status: 'processing', shipments: [{ ...preparing, expectedOn: overdue }] }],
    [
      'overdue in part',
      {
        status: 'partly-shipped',
        shipments: [parcel({ expectedOn: overdue }), { ...preparing, expectedOn: overdue }],
      },
    ],
  ] as const)('%s: sorry, no past day is promised, and a person comes', async (_what, other) => {
    const plan = await said(other);
    expect(plan.rule).toBe('orders-named-late');
    const line = replyOf(plan)
      .text.split('\n')
      .find((words) => words.startsWith('- 51877'));
    expect(line).toContain('later than planned');
    expect(line).not.toMatch(/20 November/);
    if (other.status !== 'partly-shipped') expect(line).not.toContain('on the way');
  });

  test('what was cancelled or refunded is expected by nobody', async () => {
    for (const status of ['cancelled', 'refunded'] as const)
      expect(replyOf(await said({ status, shipments: [preparing] })).text).toContain(
        `- 51877 (Kettle): ${status}\n`,
      );
  });

  test('returning several: the page when all are there, otherwise a person', async () => {
    const there = { status: 'delivered', shipments: [parcel({ status: 'delivered' })] } as const;
    const both = await consult(
      { intent: 'return_refund', numbers },
      order(there),
      order({ number: '51877', ...there }),
    );
    expect(replyOf(both).template).toBe('return-how-to');
    expect(await outcome('return_refund', 'several named')).toBe('hand-off!');
  });

  test('several refunds on record are not called none', async () => {
    const plan = await consult(
      { intent: 'refund_status', numbers },
      order({ refund }),
      order({ number: '51877', refund }),
    );
    expect(handOffOf(plan)?.group).toBe('Billing');
    expect(noteOf(plan)).not.toMatch(/No refund/i);
  });
});
