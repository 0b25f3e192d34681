/**
 * Money moves once, end to end: a worker of its own process as a user starts it, a policy that asks before it refunds,
 * the embedded desk and an HTTP shop, both of which break on demand. What is counted is what the shop's file holds
 * and what the customer reads.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { startShopServer, type ShopServer } from '../../src/orders/http/shopServer';
import type { Order } from '../../src/orders/port';
import type { Fault } from '../../src/remote/faults';
import type { Command } from '../cli/processes';
import { Deskhand } from '../support/deskhand';
import { MailServer } from '../mail/mailServer';
import { asks, declined, mugs, price, tells, writeRefundPolicy } from '../support/refundPolicy';
import { holdNext } from '../support/holdNext';
import { until } from '../support/until';
import { startWorkerProcess } from '../support/workerProcess';

const token = 'shop-token';
const hasDone = z.object({
  done: z
    .array(z.object({ key: z.string(), action: z.object({ order: z.string(), type: z.string() }) }))
    .default([]),
});

const carlas: Order = { ...mugs(50_926, 'carla@mail.example'), status: 'processing' };

let deskhand: Deskhand;
let shop: ShopServer;
let mail: MailServer;
let worker: Command | null = null;
let ordersUsed = 0;

beforeAll(async () => {
  deskhand = await Deskhand.start({ workers: false });
  await writeFile(
    ordersFile(),
    JSON.stringify({ orders: [...Array.from({ length: 60 }, (_, index) => mugs(61_000 + index)), carlas] }),
  );
  mail = await MailServer.start();
  shop = await startShopServer({ host: '127.0.0.1', port: 0, token, shop: deskhand.shop });
  await writeRefundPolicy(policyFolder());
  worker = await startWorker();
});
afterEach(() => {
  shop.faults.clear();
  deskhand.desk.faults.clear();
});
afterAll(async () => {
  await worker?.kill();
  await shop.close();
  await mail.close();
  await deskhand.stop();
});

const ordersFile = () => path.join(deskhand.folder, 'orders.json');
const policyFolder = () => path.join(deskhand.folder, 'policy');

function startWorker(): Promise<Command> {
  return startWorkerProcess(deskhand, {
    DESKHAND_POLICY: policyFolder(),
    SHOP_API_URL: shop.url,
    SHOP_API_TOKEN: token,
    DESKHAND_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    DESKHAND_MAIL_FROM: 'Demo Shop <care@shop.example>',
  });
}

async function killAndRestartWorker(): Promise<void> {
  if (worker === null) throw new Error('no worker runs');
  await worker.kill();
  worker = await startWorker();
}

interface Conversation {
  readonly ticketId: number;
  readonly order: string;
}

/** The customer asks for the refund of an order that nobody else has, and is asked back. */
async function askForRefund(): Promise<Conversation> {
  const order = String(61_000 + ordersUsed);
  ordersUsed += 1;
  const ticketId = await deskhand.ask(`I want a refund for order ${order}, please.`);
  // Not when the reply is there: its note may still be on its way, and a customer who is faster would hold it up.
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
  expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);
  return { ticketId, order };
}

async function say({ ticketId }: Conversation, text: string): Promise<void> {
  const commentId = await deskhand.people.customerWrites(ticketId, text);
  await deskhand.hint(ticketId, { commentId });
}

async function timesRefunded({ order }: Conversation): Promise<number> {
  const { done } = hasDone.parse(JSON.parse(await readFile(ordersFile(), 'utf8')));
  return done.filter(({ action }) => action.type === 'refund' && action.order === order).length;
}

async function told({ ticketId }: Conversation): Promise<readonly string[]> {
  return (await deskhand.publicReplies(ticketId)).map(({ text }) => text);
}

async function notes({ ticketId }: Conversation): Promise<string> {
  return (await deskhand.notes(ticketId)).map(({ text }) => text).join('\n');
}

/** Refunded once, told once, noted for agents; the ticket waits for the customer. */
async function expectRefundedOnce(conversation: Conversation): Promise<void> {
  const { ticketId, order } = conversation;
  await until(`ticket ${ticketId} to be told`, async () => {
    const replies = await told(conversation);
    return replies.some((text) => text.includes(tells)) ? true : null;
  });
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
  expect(await timesRefunded(conversation)).toBe(1);
  const found = await deskhand.shop.findByNumber(order, new AbortController().signal);
  expect(found?.refund?.amount.minor).toBe(price);
  expect((await told(conversation)).filter((text) => text.includes(tells))).toHaveLength(1);
  expect(await notes(conversation)).toContain(`Done: refund EUR 48.00 on order ${order}`);
}

describe('a refund that the customer confirms', () => {
  it('is asked for, done after the yes, and told', async () => {
    const conversation = await askForRefund();
    expect((await told(conversation))[0]).toContain(asks);
    expect(await timesRefunded(conversation)).toBe(0);
    await say(conversation, 'Yes please');
    await expectRefundedOnce(conversation);
  });

  it('is known on the ticket that follows, once the desk has closed the first: not offered again, and agents read of it', async () => {
    const conversation = await askForRefund();
    const { ticketId, order } = conversation;
    await say(conversation, 'Yes please');
    await expectRefundedOnce(conversation);
    await deskhand.people.agentDoes(ticketId, { status: 'closed' });
    const follows = await deskhand.people.customerAnswersClosed(ticketId, 'I want my money back, please.');
    await deskhand.hint(follows);
    const next = { ticketId: follows, order };
    const note = await until('a note on the ticket that follows', async () => {
      const [first] = await deskhand.notes(follows);
      return first?.text ?? null;
    });
    expect(note).toContain(
      `This ticket follows ${ticketId}, which is closed. Done by then: refund EUR 48.00 on order ${order}.`,
    );
    expect((await told(next)).join()).not.toContain(asks);
    expect(await timesRefunded(next)).toBe(1);
  });

  it('is not done after a no', async () => {
    const conversation = await askForRefund();
    await say(conversation, 'No, I changed my mind');
    await until('the answer to the no', async () => ((await told(conversation)).length === 2 ? true : null));
    expect((await told(conversation))[1]).toContain(declined);
    expect(await timesRefunded(conversation)).toBe(0);
  });

  it('is done once when the customer says yes twice, and every webhook comes five times', async () => {
    const conversation = await askForRefund();
    const { ticketId } = conversation;
    const first = await deskhand.people.customerWrites(ticketId, 'Yes please');
    const second = await deskhand.people.customerWrites(ticketId, 'yes');
    await Promise.all(
      [first, second].flatMap((commentId) =>
        Array.from({ length: 5 }, () => deskhand.hint(ticketId, { id: `event-${commentId}`, commentId })),
      ),
    );
    await expectRefundedOnce(conversation);
    await say(conversation, 'Yes!');
    await deskhand.untilStage(ticketId, 'waiting-for-customer', 'handed-off');
    expect(await timesRefunded(conversation)).toBe(1);
    expect((await told(conversation)).filter((text) => text.includes(tells))).toHaveLength(1);
  });

  it('is not done when a person has taken the ticket in between', async () => {
    const conversation = await askForRefund();
    await deskhand.people.agentWrites(conversation.ticketId, 'I will look at the mugs myself.');
    await say(conversation, 'Yes please');
    await deskhand.untilStage(conversation.ticketId, 'with-person');
    expect(await timesRefunded(conversation)).toBe(0);
    expect((await told(conversation)).join()).not.toContain(tells);
  });

  it('is not done when an agent takes over while the desk is slow to tell how the ticket stands', async () => {
    const conversation = await askForRefund();
    const { ticketId } = conversation;
    const route = `GET /api/v2/tickets/${ticketId}/audits`;
    const goOn = await deskhand.holdAt(route, () => say(conversation, 'Yes please'));
    expect((await deskhand.view(ticketId)).turnPhase).toBe('acting');
    await deskhand.handle(ticketId).executeUpdate('takeOver', { args: [{ by: 'maria' }] });
    // At once: no heartbeat has told the step yet that it is to stop.
    goOn();
    await until('the note', async () => ((await notes(conversation)).includes('was stopped') ? true : null));
    expect(await timesRefunded(conversation)).toBe(0);
    expect((await told(conversation)).join()).not.toContain(tells);
  });

  it('is not done, and a person is told why, when the shop no longer allows it', async () => {
    const conversation = await askForRefund();
    const { order } = conversation;
    // Somebody refunds it by hand at the very moment: after the look-up, before the action.
    const { signal } = new AbortController();
    const { asked, goOn } = holdNext(shop.faults, 'POST /actions');
    await say(conversation, 'Yes please');
    await asked();
    const byHand = { type: 'refund', order, amount: { minor: price, currency: 'EUR' }, lines: [] } as const;
    await deskhand.shop.act(byHand, 'by-hand', signal);
    goOn();
    await deskhand.untilStage(conversation.ticketId, 'handed-off');
    expect(await timesRefunded(conversation)).toBe(1);
    expect((await told(conversation)).join()).not.toContain(tells);
    expect(await notes(conversation)).toContain('Not done: refund EUR 48.00');
    expect(await notes(conversation)).toContain('Nothing is left of the order.');
  });
});

describe('whatever breaks, once or several times', () => {
  const shopFaults: readonly Fault[] = [
    { type: 'reset-before' },
    { type: 'reset-after' },
    { type: 'malformed' },
    { type: 'status', status: 503, retryAfter: 1 },
    { type: 'status', status: 429, retryAfter: 1 },
    { type: 'status', status: 409 },
    { type: 'delay', ms: 500 },
  ];

  it('at the shop: done once, told once', async () => {
    const conversations = await Promise.all(shopFaults.map(() => askForRefund()));
    for (const fault of shopFaults) shop.faults.add({ route: 'POST /actions', times: 2, fault });
    await Promise.all(conversations.map((conversation) => say(conversation, 'Yes please')));
    for (const conversation of conversations) await expectRefundedOnce(conversation);
    expect(shop.faults.list().map(({ struck }) => struck)).toEqual(shopFaults.map(() => 2));
  });

  it('at the desk, before the action or after it: done once, told once', async () => {
    const rows: readonly (readonly [route: string, fault: Fault])[] = [
      ['GET /api/v2/tickets/{id}', { type: 'status', status: 503, retryAfter: 1 }],
      ['GET /api/v2/tickets/{id}/comments', { type: 'reset-after' }],
      ['GET /api/v2/tickets/{id}/audits', { type: 'malformed' }],
      ['PUT /api/v2/tickets/{id}', { type: 'status', status: 503, retryAfter: 1 }],
      ['PUT /api/v2/tickets/{id}', { type: 'reset-before' }],
      ['PUT /api/v2/tickets/{id}', { type: 'reset-after' }],
      ['PUT /api/v2/tickets/{id}', { type: 'malformed' }],
    ];
    const conversations = await Promise.all(rows.map(() => askForRefund()));
    for (const [index, [route, fault]] of rows.entries()) {
      const { ticketId } = conversations[index] ?? { ticketId: 0 };
      deskhand.desk.faults.add({ route: route.replace('{id}', String(ticketId)), times: 2, fault });
    }
    await Promise.all(conversations.map((conversation) => say(conversation, 'Yes please')));
    for (const conversation of conversations) await expectRefundedOnce(conversation);
  });
});

it('a code that is mailed to the address of an order lets whoever reads it there cancel the order', async () => {
  const cancel = (order: string) => deskhand.ask(`Please cancel order ${order}, the postal code is 1050`);
  const isAsked = (ticketId: number) =>
    until(`ticket ${ticketId} to be asked`, async () => (await deskhand.publicReplies(ticketId))[0] ?? null);
  // Nobody knows whether it arrived: it is sent once more, and is the same mail.
  mail.fault = { at: 'data', answer: 'reset', once: true };
  const ticketId = await cancel(carlas.number);
  expect((await isAsked(ticketId)).text).toContain('a code of six digits');
  const [first, second, ...more] = mail.received;
  expect(more).toHaveLength(0);
  expect(first?.to).toEqual(['carla@mail.example']);
  expect(second?.raw.replace(/^Date: .*$/m, '')).toBe(first?.raw.replace(/^Date: .*$/m, ''));
  const code = /^\d{6}\r?$/m.exec(first?.raw ?? '')?.[0].trim() ?? '';
  expect(code).toMatch(/^\d{6}$/);
  const history = await deskhand.handle(ticketId).fetchHistory();
  const decoded = JSON.stringify(history, (key, value: unknown) =>
    key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value,
  );
  expect([decoded.includes('send-code'), decoded.includes(code)]).toEqual([true, false]);

  const conversation = { ticketId, order: carlas.number };
  await say(conversation, `It is ${code}.`);
  await until('the proposal', async () => ((await told(conversation)).length === 2 ? true : null));
  expect((await told(conversation))[1]).toContain('Shall I cancel it?');
  await say(conversation, 'Yes please');
  await until('the word that it is done', async () =>
    (await told(conversation)).length === 3 ? true : null,
  );
  const found = await deskhand.shop.findByNumber(carlas.number, new AbortController().signal);
  expect(found?.status).toBe('cancelled');
  expect(await notes(conversation)).not.toContain(code);
  expect(mail.received).toHaveLength(2);
});

it('kill -9 of the worker at every step, between the yes and the word that it was done', async () => {
  /** Held there when the worker dies, before the other side applied it or after. */
  const deskSteps: readonly (readonly [route: string, type: 'delay' | 'reset-after'])[] = [
    ['GET /api/v2/tickets/{id}', 'delay'],
    ['GET /api/v2/tickets/{id}/comments', 'delay'],
    ['GET /api/v2/tickets/{id}/audits', 'delay'],
    ['PUT /api/v2/tickets/{id}', 'delay'],
    ['PUT /api/v2/tickets/{id}', 'reset-after'],
  ];
  const shopSteps = ['delay', 'delay', 'reset-after', 'reset-after'] as const;
  const faultOf = (type: 'delay' | 'reset-after'): Fault =>
    type === 'delay' ? { type, ms: 5_000 } : { type };
  const atDesk = await Promise.all(deskSteps.map(() => askForRefund()));
  const atShop = await Promise.all(shopSteps.map(() => askForRefund()));
  const between = await Promise.all(Array.from({ length: 4 }, () => askForRefund()));
  for (const [index, [route, type]] of deskSteps.entries()) {
    const { ticketId } = atDesk[index] ?? { ticketId: 0 };
    deskhand.desk.faults.add({
      route: route.replace('{id}', String(ticketId)),
      times: 1,
      fault: faultOf(type),
    });
  }
  for (const type of shopSteps) shop.faults.add({ route: 'POST /actions', times: 1, fault: faultOf(type) });
  await Promise.all([...atShop, ...atDesk].map((conversation) => say(conversation, 'Yes please')));
  for (const conversation of between) {
    await say(conversation, 'Yes please');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  await killAndRestartWorker();
  for (const conversation of [...atShop, ...atDesk, ...between]) await expectRefundedOnce(conversation);
});
