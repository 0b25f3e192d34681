/** Which of a requester's orders are meant when they name none. */
import { findOrders } from '../../../src/policy/lookUp/findOrders';
import type { OrderScope } from '../../../src/policy/schema';
import type { Order } from '../../../src/orders/port';
import { line, order, shopOf } from '../support';

const refund = { amount: { minor: 4_900, currency: 'EUR' }, on: '2026-11-20' };
const all = [
  order({ number: '1', status: 'processing' }),
  order({ number: '2', status: 'late' }),
  order({ number: '3', status: 'delivered' }),
  order({ number: '4', status: 'delivered', refund }),
  order({ number: '5', status: 'refunded', refund }),
  order({ number: '6', status: 'cancelled' }),
  order({ number: '7', status: 'delivered', customerEmail: 'tom@mail.example' }),
];

const found = (scope: OrderScope, orders: readonly Order[] = all, spokenOf = '') =>
  findOrders(
    shopOf(...orders),
    {
      ...{ numbers: [], scope, email: 'ana@mail.example', postalCode: '', spokenOf, another: false },
      ...{ words: '', isAboutThing: false },
      ...{ opensByCode: () => false, hasCode: false, mayTryPostalCode: () => Promise.resolve(true) },
    },
    new AbortController().signal,
  );

test.each<[OrderScope, readonly string[]]>([
  ['open', ['1', '2']],
  ['delivered', ['3', '4']],
  ['refunded', ['4', '5']],
  ['none', []],
])('%s', async (scope, numbers) => {
  const { orders } = await found(scope);
  expect(orders.map(({ number }) => number)).toEqual(numbers);
});

test('of one that was delivered nobody is asked for the number', async () => {
  const { outcome, orders } = await found('delivered', all.slice(0, 3));
  expect(outcome).toBe('only-one');
  expect(orders.map(({ number }) => number)).toEqual(['3']);
});

describe('what needs no order may be about the one that was spoken of', () => {
  const about = (more: Partial<Parameters<typeof findOrders>[1]>) =>
    findOrders(
      shopOf(...all),
      {
        ...{ numbers: [], scope: 'none', email: 'ana@mail.example', postalCode: '', spokenOf: '3' },
        ...{ another: false, words: '', isAboutThing: false, opensByCode: () => false, hasCode: false },
        mayTryPostalCode: () => Promise.resolve(true),
        ...more,
      },
      new AbortController().signal,
    );

  test('"the mug in it arrived broken"', async () => {
    const { outcome, orders, proof } = await about({});
    expect({ outcome, proof }).toEqual({ outcome: 'only-one', proof: 'email' });
    expect(orders.map(({ number }) => number)).toEqual(['3']);
  });

  test.each<[string, Partial<Parameters<typeof findOrders>[1]>]>([
    ['none was', { spokenOf: '' }],
    ['it is another one', { another: true }],
    ['the requester is nobody', { email: '' }],
    ['it is not theirs', { spokenOf: '7' }],
    ['it does not exist', { spokenOf: '99' }],
  ])('not where %s', async (_what, more) => {
    expect(await about(more)).toMatchObject({ outcome: 'not-needed', orders: [], notFound: [] });
  });
});

describe('a thing that is named tells which of several orders is meant', () => {
  const kettle = order({ number: '11', status: 'processing', items: [line('Red kettle', 1, 3_000)] });
  const candle = order({ number: '12', status: 'processing', items: [line('Candle 10 cm', 2, 900)] });
  const lamp = order({ number: '13', status: 'delivered', items: [line('Red lamp', 1, 4_000)] });
  const carlas = order({
    number: '14',
    customerEmail: 'carla@mail.example',
    items: [line('Teapot', 1, 2_000)],
  });
  const numbersFor = async (words: string, more: Partial<Parameters<typeof findOrders>[1]> = {}) => {
    const { orders } = await findOrders(
      shopOf(kettle, candle, lamp, carlas),
      {
        ...{ numbers: [], scope: 'open', email: 'ana@mail.example', postalCode: '', spokenOf: '' },
        ...{ another: false, words, isAboutThing: false, opensByCode: () => false, hasCode: false },
        mayTryPostalCode: () => Promise.resolve(true),
        ...more,
      },
      new AbortController().signal,
    );
    return orders.map(({ number }) => number);
  };

  test.each([
    ['please cancel the kettle', ['11']],
    ['cancel the one with the candles', ['12']],
    ['the kettle and the candle', ['11', '12']],
    ['not the kettle', ['11', '12']],
    ['I ordered it 10 days ago', ['11', '12']],
    ['where is it?', ['11', '12']],
    ['the teapot', ['11', '12']],
    [`the kettle ${'and so on '.repeat(30)}`, ['11', '12']],
  ])('%s', async (words, numbers) => {
    expect(await numbersFor(words)).toEqual(numbers);
  });

  test('rather than the one that was spoken of', async () => {
    expect(await numbersFor('cancel the kettle', { spokenOf: '12' })).toEqual(['11']);
    expect(await numbersFor('cancel it', { spokenOf: '12' })).toEqual(['12']);
  });

  test('of the others, where another one is meant', async () => {
    expect(await numbersFor('not the candle, the other one', { spokenOf: '12', another: true })).toEqual([
      '11',
    ]);
  });

  test('what came broken is in one that was delivered, and needs no number', async () => {
    const broken = { scope: 'none', isAboutThing: true } as const;
    expect(await numbersFor('my lamp is broken', broken)).toEqual(['13']);
    expect(await numbersFor('my lamp is broken', { ...broken, spokenOf: '12' })).toEqual(['13']);
    expect(await numbersFor('the red one is broken', broken)).toEqual([]);
    expect(await numbersFor('my teapot is broken', broken)).toEqual([]);
    expect(await numbersFor('my lamp is broken', { ...broken, email: '' })).toEqual([]);
    expect(await numbersFor('my lamp', { ...broken, isAboutThing: false })).toEqual([]);
  });
});

test('where no order is open, the one that was spoken of is meant: "it is not here"', async () => {
  const about = async (spokenOf: string, orders: readonly Order[]) =>
    (await found('open', orders, spokenOf)).orders.map(({ number }) => number);
  expect(await about('3', all.slice(2, 3))).toEqual(['3']);
  expect(await about('3', all)).toEqual(['1', '2']);
  expect(await about('7', all.slice(6))).toEqual([]);
});
