/**
 * Deskhand polls the desk's export for what its webhooks may have missed: through restarts, storms and broken
 * answers it hears of every change, oldest first, and asks for none twice.
 */
import { createZendeskDesk } from '../../../../src/helpdesk/zendesk/createZendeskDesk';
import type { ChangedTickets, Helpdesk } from '../../../../src/helpdesk/port';
import type { Fault } from '../../../../src/remote/faults';
import { anyCall } from '../../zendesk/wire';
import { agents, matching, roomyLimits, TestDesk } from './harness';

const start = Date.parse('2026-03-02T10:00:00Z');
const beginning = { since: start - 120_000 };
let now = start;
let desk: TestDesk;
let helpdesk: Helpdesk;
const options = () => ({ clock: () => now, limits: roomyLimits });
beforeEach(async () => {
  now = start;
  desk = await TestDesk.start(options());
  helpdesk = connect();
});
afterEach(() => desk.stop());

function connect(): Helpdesk {
  const { apiUrl, credentials } = desk.desk;
  return createZendeskDesk({
    apiUrl,
    auth: { type: 'api-token', email: credentials.email, token: credentials.token },
    account: 'demo',
    companyAddresses: [],
    ticketUrl: null,
  });
}
const ask = (from: { cursor: string } | { since: number }) => helpdesk.changedTickets(from, anyCall());
const idsOf = ({ changes }: ChangedTickets) => changes.map(({ ticketId }) => ticketId);
const seconds = (count: number) => {
  now += count * 1_000;
};
function cursorOf({ cursor }: ChangedTickets): { cursor: string } {
  if (cursor === null) throw new Error('no cursor');
  return { cursor };
}

it('hears of new tickets and of changes, oldest first, a minute later', async () => {
  const [first, second] = [await desk.newTicket(), await desk.newTicket()];
  expect(await ask(beginning)).toEqual({ changes: [], cursor: null, complete: true });
  seconds(61);
  const answer = await ask(beginning);
  expect(idsOf(answer)).toEqual([first, second]);
  await desk.put(first, { priority: 'high' });
  expect(idsOf(await ask(cursorOf(answer)))).toEqual([]);
  seconds(61);
  expect(idsOf(await ask(cursorOf(answer)))).toEqual([first]);
});

it.each<[string, (id: string) => Promise<unknown>]>([
  ["a customer's words", (id) => desk.customerWrites(id, 'Hello?')],
  ["an agent's reply", (id) => desk.put(id, { comment: { body: 'x' } }, { as: agents.nora })],
  ["an agent's note", (id) => desk.put(id, { comment: { body: 'x', public: false } }, { as: agents.nora })],
  ['an assignment', (id) => desk.put(id, { assignee_email: agents.nora })],
  ['a status', (id) => desk.put(id, { status: 'solved' })],
  ['its closing', (id) => desk.put(id, { status: 'closed' })],
  ['its tags', (id) => desk.call('POST', `/api/v2/tickets/${id}/tags`, { tags: ['a'] })],
])('hears of a ticket again after %s', async (_what, change) => {
  const id = await desk.newTicket();
  seconds(61);
  const answer = await ask(beginning);
  await change(id);
  seconds(61);
  const next = await ask(cursorOf(answer));
  expect(next.changes).toEqual([{ ticketId: id, updatedAt: (await desk.ticket(id)).updated_at }]);
});

it('hears nothing of a refused write, and of one without effect', async () => {
  const id = await desk.newTicket();
  seconds(61);
  const answer = await ask(beginning);
  await desk.put(id, { status: 'asleep' });
  await desk.put(id, { status: 'new' });
  seconds(61);
  expect(await ask(cursorOf(answer))).toEqual({ changes: [], cursor: answer.cursor, complete: true });
});

it('reads a long list in pages, each ticket once', async () => {
  const opened: string[] = [];
  for (let n = 0; n < 450; n += 1) opened.push(await desk.newTicket());
  seconds(61);
  const heard: string[] = [];
  let answer = await ask(beginning);
  heard.push(...idsOf(answer));
  while (!answer.complete) {
    answer = await ask(cursorOf(answer));
    heard.push(...idsOf(answer));
  }
  expect(heard).toEqual(opened);
});

it('goes on with its cursor when both sides were started anew', async () => {
  const first = await desk.newTicket();
  seconds(61);
  const answer = await ask(beginning);
  const second = await desk.newTicket();
  desk = await desk.restart(options());
  helpdesk = connect();
  await desk.put(first, { status: 'open' });
  seconds(61);
  expect(idsOf(await ask(cursorOf(answer)))).toEqual([second, first]);
});

it.each<[string, Fault, Record<string, unknown>]>([
  ['a storm', { type: 'status', status: 429, retryAfter: 30 }, { kind: 'throttled', retryAfterMs: 30_000 }],
  ['a break', { type: 'status', status: 503 }, { kind: 'unavailable', retryable: true }],
  ['a reset', { type: 'reset-before' }, { kind: 'unavailable', retryable: true }],
  ['half an answer', { type: 'malformed' }, { kind: 'malformed', retryable: true }],
  ['a page of a proxy', { type: 'status', status: 200, body: '<html>' }, { kind: 'malformed' }],
])('after %s it asks again from where it was, and has missed nothing', async (_what, fault, failure) => {
  const first = await desk.newTicket();
  seconds(61);
  const answer = await ask(beginning);
  expect(idsOf(answer)).toEqual([first]);
  const second = await desk.newTicket();
  seconds(61);
  desk.desk.faults.add({ route: 'GET /api/v2/incremental/**', times: 1, fault });
  await expect(ask(cursorOf(answer))).rejects.toMatchObject({ name: 'RemoteFailure', ...failure });
  expect(idsOf(await ask(cursorOf(answer)))).toEqual([second]);
});

it('is told when it asks too often, and how long to wait', async () => {
  const tight = await TestDesk.start({ limits: { incrementalPerMinute: 2 } });
  const { apiUrl, credentials } = tight.desk;
  const poller = createZendeskDesk({
    apiUrl,
    auth: { type: 'api-token', email: credentials.email, token: credentials.token },
    account: 'demo',
    companyAddresses: [],
    ticketUrl: null,
  });
  await poller.changedTickets(beginning, anyCall());
  await poller.changedTickets(beginning, anyCall());
  const error: unknown = await poller.changedTickets(beginning, anyCall()).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ kind: 'throttled', retryable: true });
  expect(error).toHaveProperty('retryAfterMs', expect.any(Number));
  await tight.stop();
});

it('is refused to an agent who is no admin, with the mend', async () => {
  const { apiUrl, credentials } = desk.desk;
  const agent = createZendeskDesk({
    apiUrl,
    auth: { type: 'api-token', email: agents.nora, token: credentials.token },
    account: 'demo',
    companyAddresses: [],
    ticketUrl: null,
  });
  await expect(agent.changedTickets(beginning, anyCall())).rejects.toMatchObject({
    kind: 'unauthorized',
    message: matching(/DESKHAND_POLL_SECONDS=0/),
  });
});
