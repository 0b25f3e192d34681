/** The policy's limits over all tickets: what is over them is not offered, not done, and a person is told why. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  allowanceWorkflowType,
  giveBackSignal,
  givenQuery,
  leftQuery,
  takeUpdate,
  ticketTaskQueue,
} from '../../src/contracts/messages';
import type { Given, MoneyLimits } from '../../src/core/orders/moneyLimits';
import type { Gift } from '../../src/orders/port';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import { createPolicyProcessor } from '../../src/policy/processor';
import { createTemporalAllowances } from '../../src/temporal/allowances/moneyAllowances';
import { createCodesPerOrder } from '../../src/temporal/allowances/codesPerOrder';
import { createPostalCodeGuesses } from '../../src/temporal/allowances/postalCodeGuesses';
import { dayWithTime } from '../support/dayWithTime';
import { ana, Deskhand } from '../support/deskhand';
import { asks, mugs, tells, writeRefundPolicy } from '../support/refundPolicy';
import { until } from '../support/until';

const ben = { name: 'Ben Okafor', email: 'ben@example.com' };

let folder: string;
let deskhand: Deskhand;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-limits-'));
  const limits =
    '{ refunds: { per-customer: { within: 30d, amount: { EUR: 9000 } }, per-day: { EUR: 10000 } } }';
  await writeRefundPolicy(folder, limits);
  const policy = await loadPolicy(folder);
  deskhand = await Deskhand.start({
    policy: (shop, allowances) => createPolicyProcessor(policy, shop, { allowances }),
  });
  const orders = [mugs(62_001), mugs(62_002), mugs(62_003, ben.email), mugs(62_005)];
  await writeFile(path.join(deskhand.folder, 'orders.json'), JSON.stringify({ orders }));
});
afterAll(async () => {
  await deskhand.stop();
  await rm(folder, { recursive: true, force: true });
});

async function untilReplies(ticketId: number, count: number): Promise<string> {
  const replies = await until(`${count} replies`, async () => {
    const said = await deskhand.publicReplies(ticketId);
    return said.length === count ? said : null;
  });
  return replies.at(-1)?.text ?? '';
}

async function wantRefund(order: string, customer: typeof ana): Promise<{ ticketId: number; reply: string }> {
  const ticketId = await deskhand.ask(`I want a refund for order ${order}, please.`, customer);
  return { ticketId, reply: await untilReplies(ticketId, 1) };
}

async function agree(ticketId: number): Promise<string> {
  const commentId = await deskhand.people.customerWrites(ticketId, 'Yes please');
  await deskhand.hint(ticketId, { commentId });
  return untilReplies(ticketId, 2);
}

async function isRefunded(order: string): Promise<boolean> {
  return (await deskhand.shop.findByNumber(order, new AbortController().signal))?.refund !== null;
}

it('one customer, then all customers: over a limit nothing is offered, and what was offered before is a person’s', async () => {
  await dayWithTime();
  const [first, second] = await Promise.all([wantRefund('62001', ana), wantRefund('62002', ana)]);
  expect(second.reply).toContain(asks);
  expect(await agree(first.ticketId)).toContain(tells);
  expect(await isRefunded('62001')).toBe(true);

  expect(await agree(second.ticketId)).not.toContain(tells);
  await deskhand.untilStage(second.ticketId, 'handed-off');
  expect(await isRefunded('62002')).toBe(false);
  const notes = (await deskhand.notes(second.ticketId)).map(({ text }) => text).join('\n');
  expect(notes).toContain('Not done: refund EUR 48.00 on order 62002');
  expect(notes).toContain(
    'The policy allows EUR 90.00 to one customer within 30 days: EUR 48.00 were given, and this is EUR 48.00.',
  );

  const [third, bens] = await Promise.all([wantRefund('62005', ana), wantRefund('62003', ben)]);
  expect(third.reply).not.toContain(asks);
  expect(bens.reply).toContain(asks);
  expect(await agree(bens.ticketId)).toContain(tells);

  // The two that were given, and not the one that was refused, count for the day.
  const accounts = createTemporalAllowances(deskhand.temporal.client, { desk: 'zendesk', account: 'demo' });
  const limits = { perCustomer: null, perDay: { EUR: 10_000 } };
  const whom = { customer: 'carla@example.com', currency: 'EUR', at: Date.now() };
  expect(await accounts.left(whom, limits)).toBe(400);
  const carla = await accounts.take({
    key: 'carla',
    amount: { minor: 401, currency: 'EUR' },
    customer: whom.customer,
    terms: { limits, at: whom.at, approved: false },
    by: '',
  });
  expect(carla).toMatch(
    /allows EUR 100\.00 to all customers on .*: EUR 96\.00 were given, and this is EUR 4\.01\./,
  );
});

describe('the codes of one order', () => {
  const codes = (account: string) =>
    createCodesPerOrder(deskhand.temporal.client, { desk: 'zendesk', account });

  it('are five a day, however it is spelled, whichever ticket asks; a retry counts once', async () => {
    const { take } = codes('codes');
    for (const key of ['1', '2', '3', '4', '4', '5']) expect(await take('W-48213', key)).toBe(true);
    expect(await take(' #w-48213', '6')).toBe(false);
    expect(await take('W-48213', '5')).toBe(true);
    expect(await take('W4-8213', '6')).toBe(true);
    expect(await codes('another').take('W-48213', '6')).toBe(true);
  });

  it('asked for in a way that no account takes, fail for good', async () => {
    await expect(codes('codes').take('W-48213', 'k'.repeat(501))).rejects.toMatchObject({
      kind: 'rejected',
      retryable: false,
      message: expect.stringContaining('the ledger of the codes sent so far') as string,
    });
  });
});

it('postal codes that were tried are counted the same way, apart from the codes', async () => {
  const desk = { desk: 'zendesk', account: 'postal' };
  const guesses = createPostalCodeGuesses(deskhand.temporal.client, desk);
  for (const key of ['1', '2', '3', '4', '5']) expect(await guesses.take('48213', key)).toBe(true);
  expect(await guesses.take('48213', '6')).toBe(false);
  expect(await guesses.take('48213', '5')).toBe(true);
  expect(await createCodesPerOrder(deskhand.temporal.client, desk).take('48213', '6')).toBe(true);
});

describe('the accounts', () => {
  const open = (account: string) =>
    createTemporalAllowances(deskhand.temporal.client, { desk: 'zendesk', account });
  const gift = (key: string, minor: number, limits: MoneyLimits, change: Partial<Gift> = {}): Gift => ({
    key,
    amount: { minor, currency: 'EUR' },
    customer: ana.email,
    terms: { limits, at: Date.now(), approved: false },
    by: 'first',
    ...change,
  });

  it('hold when many ask at once, and a key asks twice', async () => {
    const limits: MoneyLimits = {
      perCustomer: { withinMs: 86_400_000, amount: { EUR: 500 }, count: null },
      perDay: null,
    };
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, index) => open('other').take(gift(`key-${index % 10}`, 100, limits))),
    );
    expect(asked.filter((why) => why === null)).toHaveLength(10);
    expect(asked.filter((why) => why !== null)).toHaveLength(10);
  });

  it('get back what was refused elsewhere, and only from the attempt that took it last', async () => {
    const limits: MoneyLimits = {
      perCustomer: { withinMs: 3_600_000, amount: null, count: 1 },
      perDay: { EUR: 50 },
    };
    const accounts = open('third');
    expect(await accounts.take(gift('too-much', 51, limits))).toContain('to all customers on');
    expect(await accounts.take(gift('fits', 50, limits))).toBeNull();
    await accounts.giveBack(gift('fits', 50, limits));
    expect(await accounts.take(gift('another', 50, limits))).toBeNull();
    expect(await accounts.take(gift('another', 50, limits, { by: 'second' }))).toBeNull();
    await accounts.giveBack(gift('another', 50, limits));
    await accounts.giveBack(gift('never-taken', 50, limits));
    expect(await accounts.take(gift('one-more', 1, limits))).toContain(
      'allows 1 refund to one customer within 1 hour',
    );
    await accounts.giveBack(gift('another', 50, limits, { by: 'second' }));
    expect(await accounts.take(gift('one-more', 1, limits))).toBeNull();
  });

  it('are those of the day on which it was decided, on every attempt', async () => {
    const limits: MoneyLimits = { perCustomer: null, perDay: { EUR: 50 } };
    const accounts = open('midnight');
    const now = Date.now();
    const yesterday = { terms: { limits, at: now - 86_400_000, approved: false } };
    expect(await accounts.take(gift('late', 50, limits, yesterday))).toBeNull();
    expect(await accounts.take(gift('late', 50, limits, yesterday))).toBeNull();
    const today = { customer: ana.email, currency: 'EUR', at: now };
    expect(await accounts.left(today, limits)).toBe(50);
    expect(await accounts.left({ ...today, at: yesterday.terms.at }, limits)).toBe(0);
    await accounts.giveBack(gift('late', 50, limits, yesterday));
    expect(await accounts.left({ ...today, at: yesterday.terms.at }, limits)).toBe(50);
  });

  it('count what a person approved, and let it through', async () => {
    const limits: MoneyLimits = { perCustomer: null, perDay: { EUR: 50 } };
    const accounts = open('approved');
    const approved = { terms: { limits, at: Date.now(), approved: true } };
    expect(await accounts.take(gift('approved', 9_000, limits, approved))).toBeNull();
    expect(await accounts.take(gift('alone', 1, limits))).toContain('EUR 90.00 were given');
  });

  it('go on, whatever is sent to them by hand', async () => {
    const { client } = deskhand.temporal;
    const limit = { withinMs: 60_000, amount: { EUR: 500 }, count: null, whose: 'to one customer' };
    const request = { key: 'a', amount: { minor: 100, currency: 'EUR' }, limit };
    const workflowId = 'allowance:zendesk:by-hand:day:2026-11-26';
    const started = { taskQueue: ticketTaskQueue, workflowId };
    const broken = await client.workflow.start(allowanceWorkflowType, { ...started, args: ['x'] });
    await expect(broken.result()).rejects.toMatchObject({ cause: { type: 'invalid-message' } });
    const args = [{ given: [], keptUntil: Date.now() + 600_000 }];
    const account = await client.workflow.start(allowanceWorkflowType, { ...started, args });
    const garbage = [undefined, null, 7, 'x', [], {}, { ...request, amount: { minor: 1, currency: 'euro' } }];
    for (const value of garbage) {
      await account.signal(giveBackSignal, value);
      await expect(account.executeUpdate(takeUpdate, { args: [value] })).rejects.toMatchObject({
        cause: { type: 'invalid-message', message: expect.stringMatching(/must be|expected/) as string },
      });
      await expect(account.query(leftQuery, value)).rejects.toThrow(/must be|expected/);
    }
    expect(await account.executeUpdate(takeUpdate, { args: [{ ...request, at: 8e15 }] })).toBeNull();
    const [given] = await account.query<readonly Given[]>(givenQuery);
    expect(given).toMatchObject({ key: 'a', by: '' });
    expect(given?.at).toBeLessThanOrEqual(Date.now());
    await account.signal(giveBackSignal, 'a');
    expect(await account.query(givenQuery)).toEqual([]);
  });

  it('name nobody: their ids hold no address', async () => {
    const found: string[] = [];
    for await (const { workflowId } of deskhand.temporal.client.workflow.list({
      query: 'WorkflowType = "allowanceWorkflow"',
    })) {
      found.push(workflowId);
    }
    expect(found.length).toBeGreaterThan(0);
    expect(found.join()).not.toMatch(/example|ana@|ben/);
  });
});
