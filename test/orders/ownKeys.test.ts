/**
 * Two accounts whose tickets, messages and orders are called the same. With shops of their own they share nothing; with
 * one shop they share what a customer may get, and no key.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { orderActionKey } from '../../src/core/businessKeys';
import type { GiftTerms } from '../../src/core/orders/moneyLimits';
import type { OrderAction } from '../../src/core/orders/orderAction';
import { actWithinLimits } from '../../src/orders/actWithinLimits';
import { openDemoShop } from '../../src/orders/demoShop';
import { ownKeysOf } from '../../src/orders/ownKeys';
import type { Allowances, Shop } from '../../src/orders/port';
import { createMemoryAllowances } from '../../src/scenarios/world/memoryAllowances';

const now = Date.parse('2026-11-25T10:00:00Z');
const { signal } = new AbortController();
const north = { desk: 'zendesk', account: 'north' } as const;
const south = { desk: 'freshdesk', account: 'south' } as const;

/** Ticket 12 and message 34, of either desk. */
const keyFor = (action: OrderAction) => orderActionKey({ ticketId: '12' }, '34', action);
const refund = (minor: number): OrderAction => ({
  type: 'refund',
  order: '47001',
  amount: { minor, currency: 'EUR' },
  lines: [],
});
const terms = (most: number): GiftTerms => ({
  limits: {
    perCustomer: { withinMs: 86_400_000, amount: { EUR: most }, count: null },
    perDay: null,
  },
  at: now,
  approved: false,
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-two-accounts-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const shopOf = (name: string) => openDemoShop({ file: path.join(folder, `${name}.json`), clock: () => now });
const backOn = async (shop: Shop) => (await shop.findByNumber('47001', signal))?.refund?.amount.minor ?? 0;

function give(shop: Shop, allowances: Allowances, minor: number, most = 10_000) {
  const action = refund(minor);
  return actWithinLimits({ shop, allowances }, { action, key: keyFor(action) }, terms(most), signal);
}

describe('with one shop', () => {
  const accounts = (first: typeof north, second: typeof south) => {
    const [shared, allowances] = [shopOf('shared'), createMemoryAllowances()];
    const as = (account: typeof north | typeof south) => {
      const own = ownKeysOf(account, first);
      return { shop: own.shop(shared), allowances: own.allowances(allowances) };
    };
    return { one: as(first), other: as(second) };
  };

  test('the refund of the one is not taken for that of the other', async () => {
    const { one, other } = accounts(north, south);
    expect(await give(one.shop, one.allowances, 500)).toMatchObject({ type: 'done', reference: 'demo-1' });
    expect(await give(other.shop, other.allowances, 500)).toMatchObject({
      type: 'done',
      reference: 'demo-2',
    });
    expect(await backOn(one.shop)).toBe(1_000);
  });

  test('nor refused for another amount', async () => {
    const { one, other } = accounts(north, south);
    await give(one.shop, one.allowances, 500);
    expect(await give(other.shop, other.allowances, 700)).toMatchObject({ type: 'done' });
    expect(await backOn(one.shop)).toBe(1_200);
  });

  test('a retry of either is one', async () => {
    const { one, other } = accounts(north, south);
    for (const { shop, allowances } of [one, other, other, one, other]) await give(shop, allowances, 500);
    expect(await backOn(one.shop)).toBe(1_000);
  });

  test('both count against what the customer may get', async () => {
    const { one, other } = accounts(north, south);
    expect(await give(one.shop, one.allowances, 500, 900)).toMatchObject({ type: 'done' });
    expect(await give(other.shop, other.allowances, 500, 900)).toMatchObject({
      type: 'refused',
      why: expect.stringContaining('to one customer') as string,
    });
    expect(
      await other.allowances.left(
        { customer: 'ana.costa@example.com', currency: 'EUR', at: now },
        terms(900).limits,
      ),
    ).toBe(
      await one.allowances.left(
        { customer: 'ana.costa@example.com', currency: 'EUR', at: now },
        terms(900).limits,
      ),
    );
  });

  test('what the one did not give after all is given back to the ledger, and nothing of the other', async () => {
    const { one, other } = accounts(north, south);
    await give(one.shop, one.allowances, 500, 1_000);
    // More than is left of the order: the shop refuses.
    expect(await give(other.shop, other.allowances, 1_000_000, 2_000_000)).toMatchObject({ type: 'refused' });
    expect(await give(other.shop, other.allowances, 500, 1_000)).toMatchObject({ type: 'done' });
    expect(await give(other.shop, other.allowances, 501, 1_000)).toMatchObject({ type: 'refused' });
  });

  test('a guess at a postal code counts for both, and not as a retry of the other’s', async () => {
    const taken: string[] = [];
    const counting = {
      take: (order: string, key: string) => Promise.resolve(taken.push(`${order} ${key}`) > 0),
    };
    await ownKeysOf(north, north).perOrder(counting).take('47001', 'guess');
    await ownKeysOf(south, north).perOrder(counting).take('47001', 'guess');
    expect(taken).toEqual(['47001 guess', '47001 freshdesk/south/guess']);
  });
});

test('with a shop each, orders of one name are two, and so are keys and ledgers', async () => {
  const northOwn = ownKeysOf(north, north);
  const southOwn = ownKeysOf(south, south);
  const [northShop, southShop] = [northOwn.shop(shopOf('north')), southOwn.shop(shopOf('south'))];
  await give(northShop, northOwn.allowances(createMemoryAllowances()), 500, 500);
  expect(await backOn(southShop)).toBe(0);
  const southLedgers = southOwn.allowances(createMemoryAllowances());
  expect(await give(southShop, southLedgers, 500, 500)).toEqual({ type: 'done', reference: 'demo-1' });
});

test('an account alone keeps its keys as they ever were: what was done before is known again', async () => {
  const shared = shopOf('shared');
  const action = refund(500);
  await shared.act(action, keyFor(action), signal);
  await give(ownKeysOf(north, north).shop(shared), createMemoryAllowances(), 500);
  expect(await backOn(shared)).toBe(500);
});
