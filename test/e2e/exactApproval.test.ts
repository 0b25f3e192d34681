/**
 * A refund that a person must approve, on real processes: the server's HTTP, a worker that is killed, a desk and a shop
 * behind their contracts. Money moves once, for the approval of exactly this, to the order as it was shown.
 */
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { TicketView } from '../../src/contracts/messages';
import { startShopServer, type ShopServer } from '../../src/orders/http/shopServer';
import { Command } from '../cli/processes';
import { apiToken, runServer, type TestServer } from '../server/running';
import { Deskhand } from '../support/deskhand';
import { mugs, tells, writeRefundPolicy } from '../support/refundPolicy';
import { until } from '../support/until';
import { startWorkerProcess } from '../support/workerProcess';

const token = 'shop-token';
/** Of the desk's team, as it begins. */
const nora = 'nora@demo-shop.example';
const ada = 'ada@demo-shop.example';
const tomas = 'tomas@demo-shop.example';
const orderFile = z.looseObject({
  orders: z.array(z.looseObject({ number: z.string() })),
  done: z.array(z.looseObject({ action: z.looseObject({ order: z.string() }) })).default([]),
});

let deskhand: Deskhand;
let shop: ShopServer;
let server: TestServer;
let worker: Command;
let ordersUsed = 0;

const ordersFile = () => path.join(deskhand.folder, 'orders.json');
const policyFolder = () => path.join(deskhand.folder, 'policy');
const startWorker = () =>
  startWorkerProcess(deskhand, {
    ...{ DESKHAND_POLICY: policyFolder(), SHOP_API_URL: shop.url, SHOP_API_TOKEN: token },
  });

beforeAll(async () => {
  deskhand = await Deskhand.start({ workers: false });
  const orders = Array.from({ length: 20 }, (_, index) => mugs(61_000 + index));
  await writeFile(ordersFile(), JSON.stringify({ orders }));
  shop = await startShopServer({ host: '127.0.0.1', port: 0, token, shop: deskhand.shop });
  await writeRefundPolicy(policyFolder());
  const rules = path.join(policyFolder(), 'rules.yaml');
  await appendFile(
    path.join(policyFolder(), 'policy.yaml'),
    `
approvers:
  - { actions: [refund], up-to: { EUR: 4000 }, groups: [Billing] }
  - { actions: [refund], groups: [Tier 2] }
`,
  );
  const asking = await readFile(rules, 'utf8');
  const approved = asking
    .replace(/^ *- confirm: \{ with: refund-ask.*\n/m, '')
    .replace('- rule: refund-on-yes', '- rule: refund-on-yes\n      needs-approval: true');
  await writeFile(rules, approved);
  server = await runServer(deskhand.temporal);
  worker = await startWorker();
});
afterEach(() => {
  shop.faults.clear();
  deskhand.desk.faults.clear();
});
afterAll(async () => {
  await worker.kill();
  await server.server.stop();
  await shop.close();
  await deskhand.stop();
});

interface Waiting {
  readonly ticketId: number;
  readonly order: string;
  readonly view: TicketView;
  readonly draftId: string;
}

async function show(ticketId: number): Promise<TicketView> {
  return (await server.api.get<TicketView>(`/api/tickets/zendesk/${ticketId}`)).data;
}

async function refundWanted(): Promise<Waiting> {
  const order = String(61_000 + ordersUsed);
  ordersUsed += 1;
  const ticketId = await deskhand.ask(`I want a refund for order ${order}, please.`);
  await deskhand.untilStage(ticketId, 'waiting-for-approval');
  const view = await show(ticketId);
  return { ticketId, order, view, draftId: view.approval?.draftId ?? '' };
}

interface Answer {
  readonly status: number;
  readonly data: { readonly detail?: string; readonly stage?: string };
}

function decide(
  { ticketId }: Waiting,
  action: 'approve' | 'reject',
  by: string,
  draftId?: string,
  key?: string,
): Promise<Answer> {
  const named = draftId === undefined ? {} : { draftId };
  return server.api.post(
    `/api/tickets/zendesk/${ticketId}/actions`,
    { action, by, ...named },
    key === undefined ? {} : { headers: { 'idempotency-key': key } },
  );
}

async function timesRefunded({ order }: Waiting): Promise<number> {
  const { done } = orderFile.parse(JSON.parse(await readFile(ordersFile(), 'utf8')));
  return done.filter(({ action }) => action.order === order).length;
}

async function expectRefundedOnce(waiting: Waiting): Promise<void> {
  await until(`ticket ${waiting.ticketId} to be told`, async () =>
    (await deskhand.publicReplies(waiting.ticketId)).length > 0 ? true : null,
  );
  await deskhand.untilStage(waiting.ticketId, 'waiting-for-customer');
  const replies = await deskhand.publicReplies(waiting.ticketId);
  expect(replies.map(({ text }) => text)).toEqual([expect.stringContaining(tells)]);
  expect(await timesRefunded(waiting)).toBe(1);
}

async function changeOrder({ order }: Waiting, change: Record<string, unknown>): Promise<void> {
  const file = orderFile.parse(JSON.parse(await readFile(ordersFile(), 'utf8')));
  const orders = file.orders.map((one) => (one.number === order ? { ...one, ...change } : one));
  await writeFile(ordersFile(), JSON.stringify({ ...file, orders }));
}

it('two approve at once: one is told that it is done, the other who has, and the money moves once', async () => {
  const waiting = await refundWanted();
  const { draftId, order, view } = waiting;
  const amount = { minor: 4_800, currency: 'EUR' };
  expect(view.approval).toMatchObject({
    actions: [{ type: 'refund', order, amount }],
    reply: expect.stringContaining(tells) as string,
    decidedOn: { orders: [{ order, status: 'delivered', paid: 'EUR 48.00', refunded: 'nothing' }] },
  });
  const [note] = await until('the note', async () => {
    const notes = await deskhand.notes(waiting.ticketId);
    return notes.length > 0 ? notes : null;
  });
  expect(note?.text).toContain(`To do: refund EUR 48.00 on order ${order}.`);
  expect(note?.text).toContain(draftId);

  const unnamed = await decide(waiting, 'approve', nora);
  expect(unnamed.status).toBe(409);
  expect(unnamed.data.detail).toContain(`${draftId} waits`);
  const answers = await Promise.all([
    decide(waiting, 'approve', nora, draftId, 'one'),
    decide(waiting, 'approve', ada, draftId, 'two'),
  ]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const loser = answers.find(({ status }) => status === 409);
  const isNoras = answers[0].status === 200;
  const winner = isNoras ? 'Nora Lind' : 'Ada Moreno';
  expect(loser?.data.detail).toMatch(new RegExp(`Draft ${draftId} was approved by ${winner} at 20.* UTC: `));
  await expectRefundedOnce(waiting);

  const again = await decide(waiting, 'approve', isNoras ? nora : ada, draftId, isNoras ? 'one' : 'two');
  expect(again.status).toBe(200);
  const late = await decide(waiting, 'reject', 'lea', draftId);
  expect(late.data.detail).toContain(`was approved by ${winner}`);
  expect(await timesRefunded(waiting)).toBe(1);
});

it('kill -9 between the approval and the shop, before it or after it has done it: once', async () => {
  const before = await refundWanted();
  const after = await refundWanted();
  const goOn = await deskhand.holdAt(`GET /api/v2/tickets/${before.ticketId}`, async () => {
    expect((await decide(before, 'approve', nora, before.draftId)).status).toBe(200);
  });
  shop.faults.add({ route: 'POST /actions', times: 1, fault: { type: 'reset-after' } });
  expect((await decide(after, 'approve', ada, after.draftId)).status).toBe(200);
  await until('the shop to have done it', async () => ((await timesRefunded(after)) === 1 ? true : null));
  expect(await timesRefunded(before)).toBe(0);
  await worker.kill();
  goOn();
  expect((await decide(before, 'approve', nora, before.draftId)).status).not.toBe(200);
  worker = await startWorker();
  await expectRefundedOnce(before);
  await expectRefundedOnce(after);
});

it('an order that changed since is not touched: what is right by now is asked anew, in a note', async () => {
  const waiting = await refundWanted();
  await changeOrder(waiting, { refund: { amount: { minor: 1_000, currency: 'EUR' }, on: '2026-11-25' } });
  expect((await decide(waiting, 'approve', nora, waiting.draftId)).status).toBe(200);
  const next = await until('the new draft', async () => {
    const { approval } = await show(waiting.ticketId);
    return approval === null || approval.draftId === waiting.draftId ? null : approval;
  });
  expect(next.actions).toMatchObject([{ amount: { minor: 3_800 } }]);
  expect(await timesRefunded(waiting)).toBe(0);
  expect(await deskhand.publicReplies(waiting.ticketId)).toEqual([]);
  await until('the notes', async () => ((await deskhand.notes(waiting.ticketId)).length === 3 ? true : null));
  const notes = (await deskhand.notes(waiting.ticketId)).map(({ text }) => text);
  expect(notes[1]).toContain(`Not done: refund EUR 48.00 on order ${waiting.order}.`);
  expect(notes[1]).toContain('nothing had gone back and EUR 10.00 has by now');
  const late = await decide(waiting, 'approve', ada, waiting.draftId);
  expect(late.data.detail).toContain('is void since');

  const cli = new Command(
    ['ticket', 'act', 'zendesk', String(waiting.ticketId), 'approve', '--by', tomas, '--yes'],
    {
      DESKHAND_STATE_DIR: deskhand.folder,
      DESKHAND_PORT: new URL(server.server.url).port,
      DESKHAND_API_TOKEN: apiToken,
    },
  );
  const ended = await cli.ended;
  expect(ended.err).toContain(`To do     refund EUR 38.00 on order ${waiting.order}`);
  await expectRefundedOnce(waiting);
});

it('an approval that names nothing, by signal, is told in the timeline and does nothing', async () => {
  const waiting = await refundWanted();
  await deskhand.handle(waiting.ticketId).signal('approve', { by: nora });
  const told = await until('the refusal', async () => {
    const { timeline } = await show(waiting.ticketId);
    return timeline.find(({ text }) => text.startsWith(`approve by ${nora} refused`)) ?? null;
  });
  expect(told.text).toContain(`${waiting.draftId} waits`);
  expect(await timesRefunded(waiting)).toBe(0);
  await deskhand.handle(waiting.ticketId).signal('approve', { by: nora, draftId: waiting.draftId });
  await expectRefundedOnce(waiting);
});

it('the desk says who somebody is, the policy what they may approve: all others are told so, and it waits on', async () => {
  const waiting = await refundWanted();
  const { ticketId, draftId } = waiting;
  const refused = async (by: string, key?: string) => {
    const { status, data } = await decide(waiting, 'approve', by, draftId, key);
    return { status, why: data.detail };
  };
  const notTomas = {
    status: 409,
    why: 'The policy does not let Tomas Reyes approve this. For refund it takes Tier 2.',
  };
  expect(await refused(tomas, 'tomas')).toEqual(notTomas);
  expect(await refused(tomas, 'tomas')).toEqual(notTomas);
  expect((await refused('maria')).why).toContain('The desk has no agent "maria"');
  const left = { id: 4_711, name: 'Lea', email: 'lea@demo-shop.example', role: 'agent', suspended: true };
  const route = 'GET /api/v2/users/show_many';
  deskhand.desk.faults.add({
    route,
    times: 1,
    fault: { type: 'status', status: 200, body: { users: [left] } },
  });
  expect((await refused('4711')).why).toBe(
    '"4711" is no active agent of the desk: somebody else must decide.',
  );

  const stranger = await decide(waiting, 'reject', 'maria', draftId);
  expect([stranger.status, stranger.data.detail]).toEqual([
    409,
    expect.stringContaining('The desk has no agent "maria"'),
  ]);
  expect((await refused(deskhand.desk.credentials.email)).why).toContain('is Deskhand itself on the desk');
  expect((await show(ticketId)).stage).toBe('waiting-for-approval');

  const { tags } = await deskhand.people.ticket(ticketId);
  await deskhand.people.agentDoes(ticketId, { tags: [...tags, 'deskhand_send'] });
  await deskhand.hint(ticketId);
  await deskhand.untilStage(ticketId, 'waiting-for-approval');
  expect((await show(ticketId)).approval?.draftId).toBe(draftId);
  expect(await timesRefunded(waiting)).toBe(0);

  expect((await decide(waiting, 'approve', ada, draftId)).status).toBe(200);
  await expectRefundedOnce(waiting);
  const { settledDrafts } = await show(ticketId);
  expect(settledDrafts).toMatchObject([{ draftId, how: 'approved', by: 'Ada Moreno' }]);
});
