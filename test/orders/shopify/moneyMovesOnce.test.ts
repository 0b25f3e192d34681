/** No sequence of lost requests, lost answers, throttling, errors and repetitions does an action twice. */
import fc from 'fast-check';
import type { OrderAction, OrderActionOutcome } from '../../../src/core/orders/orderAction';
import { RemoteFailure } from '../../../src/remote/failures';
import { startShopifyDouble, type Fault, type ShopifyDouble } from './double/startShopifyDouble';
import { addOrder, emptyShop, type StoredOrder } from './double/storedShop';
import { openedShop } from './openedShop';

let double: ShopifyDouble;

beforeAll(async () => {
  double = await startShopifyDouble();
});

afterAll(async () => {
  await double.stop();
});

const amount = { minor: 1_000, currency: 'EUR' };
const actions: readonly OrderAction[] = [
  { type: 'refund', order: '1001', amount, lines: [] },
  { type: 'store-credit', order: '1001', amount },
  { type: 'cancel', order: '1001' },
  { type: 'resend-invoice', order: '1001' },
  { type: 'change-address', order: '1001', address: 'Avenue Louise 250\n1050 Ixelles' },
];

/** How often the deed shows in the shop. */
function deeds({ type }: OrderAction, order: StoredOrder): number {
  switch (type) {
    case 'refund':
      return order.refunds.filter(({ minor }) => minor === amount.minor).length;
    case 'store-credit':
      return double.shop.credits.length;
    case 'cancel':
      return order.refunds.filter(({ minor }) => minor === 5_900).length;
    case 'resend-invoice':
      return double.shop.invoicesSent.length;
    case 'change-address':
      return order.address?.address1 === 'Avenue Louise 250' ? 1 : 0;
  }
}

/** On whichever requests come next, one each. */
const faults = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Fault>({ on: 'any', type: 'none' }) },
    { weight: 2, arbitrary: fc.constant<Fault>({ on: 'any', type: 'reset-before' }) },
    { weight: 4, arbitrary: fc.constant<Fault>({ on: 'any', type: 'reset-after' }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Fault>(
        { on: 'any', type: 'throttled', requested: 300, available: 100, restoreRate: 100 },
        { on: 'any', type: 'answer', status: 502, body: '<html>' },
        { on: 'any', type: 'answer', status: 429, headers: { 'retry-after': '2' } },
        { on: 'any', type: 'answer', status: 200, body: '{"data":' },
        {
          on: 'any',
          type: 'errors',
          errors: [{ message: 'x', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
        },
        { on: 'any', type: 'unknown-fields' },
      ),
    },
  ),
  { maxLength: 14 },
);

function fresh(): StoredOrder {
  const { shop } = double;
  const empty = emptyShop();
  shop.orders.length = 0;
  shop.credits.length = 0;
  shop.invoicesSent.length = 0;
  shop.jobs.clear();
  shop.refundsByKey.clear();
  shop.clock = empty.clock;
  double.faults.length = 0;
  return addOrder(shop, { name: '#1001' });
}

/**
 * As Temporal does: again and again, as late as it is told, until there is an outcome. `atOnce`: so many at the same
 * moment, as when a worker is taken for dead and is not; time goes on when all of them have ended.
 */
async function persist(action: OrderAction, atOnce = 1): Promise<OrderActionOutcome> {
  const { act } = openedShop(double);
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const attempts = await Promise.allSettled(
      Array.from({ length: atOnce }, () => act(action, 'the one key')),
    );
    let waitMs = 1_000;
    for (const ended of attempts) {
      if (ended.status === 'fulfilled') continue;
      const failure: unknown = ended.reason;
      if (!(failure instanceof RemoteFailure) || !failure.retryable) throw failure;
      waitMs = Math.max(waitMs, failure.retryAfterMs ?? 0);
    }
    const outcome = attempts.find(({ status }) => status === 'fulfilled');
    if (outcome?.status === 'fulfilled') return outcome.value;
    double.shop.clock += waitMs;
  }
  throw new Error('it came to no end');
}

describe.each(actions)('whatever happens on the way, $type', (action) => {
  it('is done once', async () => {
    await fc.assert(
      fc.asyncProperty(faults, fc.boolean(), async (storm, forgetful) => {
        const order = fresh();
        double.faults.push(...storm);
        const outcome = await persist(action);
        const done = deeds(action, order);
        expect(done).toBeLessThanOrEqual(1);
        if (outcome.type === 'done') expect(done).toBe(1);
        // Where Shopify tells nobody whether a mail went out, a person looks.
        else expect(action.type).toBe('resend-invoice');

        // The worker that asked is gone, another one asks again, and Shopify has forgotten its idempotency keys.
        double.faults.length = 0;
        if (forgetful) double.shop.refundsByKey.clear();
        double.shop.clock += 3 * 86_400_000;
        expect((await persist(action)).type).toBe(outcome.type);
        expect(deeds(action, order)).toBe(done);
      }),
      { numRuns: 20 },
    );
  });

  it('is done once by three at the same moment', async () => {
    await fc.assert(
      fc.asyncProperty(faults, async (storm) => {
        const order = fresh();
        double.faults.push(...storm);
        await persist(action, 3);
        expect(deeds(action, order)).toBeLessThanOrEqual(1);
        double.shop.clock += 86_400_000;
        await persist(action);
        expect(deeds(action, order)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 8 },
    );
  });
});
