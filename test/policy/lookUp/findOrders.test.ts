/** Which of a requester's orders are meant when they name none. */
import { findOrders } from '../../../src/policy/lookUp/findOrders';
import type { OrderScope } from '../../../src/policy/schema';
import { order, shopOf } from '../support';

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

const found = (scope: OrderScope, orders = all) =>
  findOrders(
    shopOf(...orders),
    {
      ...{ numbers: [], scope, email: 'ana@mail.example', postalCode: '', spokenOf: '', another: false },
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
