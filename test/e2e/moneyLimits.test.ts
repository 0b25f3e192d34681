/** The policy's limits over all tickets: what is over them is not done, and a person is told why. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { MoneyLimits } from '../../src/core/moneyLimits';
import { loadPolicy } from '../../src/policy/loadPolicy';
import { createPolicyProcessor } from '../../src/policy/processor';
import { createAllowances } from '../../src/temporal/allowances';
import { ana, Deskhand, until } from '../support/deskhand';
import { mugs, tells, writeRefundPolicy } from '../support/refundPolicy';

const ben = { name: 'Ben Okafor', email: 'ben@example.com' };

let folder: string;
let deskhand: Deskhand;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-limits-'));
  const limits =
    '{ refunds: { per-customer: { within: 30d, amount: { EUR: 9000 } }, per-day: { EUR: 10000 } } }';
  await writeRefundPolicy(folder, limits);
  const policy = await loadPolicy(folder);
  deskhand = await Deskhand.start({ policy: (shop) => createPolicyProcessor(policy, shop) });
  const orders = [mugs(62_001), mugs(62_002), mugs(62_003, ben.email), mugs(62_004, ben.email)];
  await writeFile(path.join(deskhand.folder, 'orders.json'), JSON.stringify({ orders }));
}, 90_000);
afterAll(async () => {
  await deskhand.stop();
  await rm(folder, { recursive: true, force: true });
});

async function agreeToRefund(order: string, customer: typeof ana): Promise<number> {
  const ticketId = await deskhand.ask(`I want a refund for order ${order}, please.`, customer);
  await until('the question', async () =>
    (await deskhand.publicReplies(ticketId)).length === 1 ? true : null,
  );
  const commentId = await deskhand.people.customerWrites(ticketId, 'Yes please');
  await deskhand.hint(ticketId, { commentId });
  await until('an answer to the yes', async () =>
    (await deskhand.publicReplies(ticketId)).length === 2 ? true : null,
  );
  return ticketId;
}

async function isRefunded(order: string): Promise<boolean> {
  return (await deskhand.shop.findByNumber(order, new AbortController().signal))?.refund !== null;
}

async function expectLeftToPerson(ticketId: number, order: string, why: string): Promise<void> {
  await deskhand.untilStage(ticketId, 'handed-off');
  expect(await isRefunded(order)).toBe(false);
  expect((await deskhand.publicReplies(ticketId)).map(({ text }) => text).join()).not.toContain(tells);
  const notes = (await deskhand.notes(ticketId)).map(({ text }) => text).join('\n');
  expect(notes).toContain(`Not done: refund EUR 48.00 on order ${order}`);
  expect(notes).toContain(why);
}

it('one customer, then all customers: what is over a limit is a person’s to decide', async () => {
  await agreeToRefund('62001', ana);
  expect(await isRefunded('62001')).toBe(true);
  const second = await agreeToRefund('62002', ana);
  await expectLeftToPerson(
    second,
    '62002',
    'The policy allows EUR 90.00 to one customer within 30 days: EUR 48.00 were given, and this is EUR 48.00.',
  );
  await agreeToRefund('62003', ben);
  expect(await isRefunded('62003')).toBe(true);
  // The two that were given, and not the one that was refused, count for the day.
  const carla = await createAllowances(deskhand.temporal.client, { desk: 'zendesk', account: 'demo' }).take(
    { key: 'carla', amount: { minor: 401, currency: 'EUR' }, customer: 'carla@example.com' },
    { perCustomer: null, perDay: { EUR: 10_000 } },
  );
  expect(carla).toMatch(
    /allows EUR 100\.00 to all customers on .*: EUR 96\.00 were given, and this is EUR 4\.01\./,
  );
}, 90_000);

describe('the accounts', () => {
  const desk = { desk: 'zendesk', account: 'other' };
  const gift = (key: string, minor: number) => ({
    key,
    amount: { minor, currency: 'EUR' },
    customer: ana.email,
  });
  const open = () => createAllowances(deskhand.temporal.client, desk);

  it('hold when many ask at once, and a key asks twice', async () => {
    const limits: MoneyLimits = {
      perCustomer: { withinMs: 86_400_000, amount: { EUR: 500 }, count: null },
      perDay: null,
    };
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, index) => open().take(gift(`key-${index % 10}`, 100), limits)),
    );
    expect(asked.filter((why) => why === null)).toHaveLength(10);
    expect(asked.filter((why) => why !== null)).toHaveLength(10);
  });

  it('get back what was refused elsewhere', async () => {
    const limits: MoneyLimits = {
      perCustomer: { withinMs: 3_600_000, amount: null, count: 1 },
      perDay: { EUR: 50 },
    };
    const accounts = createAllowances(deskhand.temporal.client, { ...desk, account: 'third' });
    expect(await accounts.take(gift('too-much', 51), limits)).toContain('to all customers on');
    expect(await accounts.take(gift('fits', 50), limits)).toBeNull();
    await accounts.giveBack(gift('fits', 50), limits);
    expect(await accounts.take(gift('another', 50), limits)).toBeNull();
    expect(await accounts.take(gift('one-more', 1), limits)).toContain(
      'allows 1 refund to one customer within 1 hour',
    );
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
