/** The same delivery again: within the window, past it, from somebody who recorded it, and after restarts. */
import { defaultPayloadConverter } from '@temporalio/common';
import type { Hint } from '../../src/core/events';
import { hintSignal } from '../../src/contracts/messages';
import { Deskhand } from '../support/deskhand';
import { until } from '../support/until';
import { deliver, metric, runServer, type TestServer } from './running';

let deskhand: Deskhand;
let server: TestServer;

beforeAll(async () => {
  deskhand = await Deskhand.start();
  server = await runServer(deskhand.temporal);
});
afterAll(async () => {
  await server.server.stop();
  await deskhand.stop();
});

async function history(ticketId: number): Promise<{ hints: string[]; looks: number }> {
  const { events } = await deskhand.handle(ticketId).fetchHistory();
  const hints = (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => {
    const payload = signal?.signalName === hintSignal ? signal.input?.payloads?.[0] : undefined;
    return payload === undefined ? [] : [defaultPayloadConverter.fromPayload<Hint>(payload).id];
  });
  const looks = (events ?? []).filter(
    (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'fetchTicket',
  ).length;
  return { hints, looks };
}

async function restartServer(): Promise<void> {
  await server.server.stop();
  server = await runServer(deskhand.temporal);
}

async function answered(ticketId: number): Promise<void> {
  await until(`a reply on ${ticketId}`, async () =>
    (await deskhand.publicReplies(ticketId)).length > 0 ? true : null,
  );
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
}

const eventOf = (ticketId: number, id: string): string =>
  JSON.stringify({
    id,
    type: 'zen:event-type:ticket.comment_added',
    subject: `zen:ticket:${ticketId}`,
    detail: { id: String(ticketId) },
    event: { comment: { id: '501', author: { id: '77' } } },
  });

test('an event delivered over and over, by servers and workers that come and go, is one reply', async () => {
  const ticketId = await deskhand.people.customerOpens('Where is my order?');
  const event = eventOf(ticketId, '01EVENT');
  expect((await deliver(server, event)).status).toBe(202);
  await answered(ticketId);
  const { looks } = await history(ticketId);

  await restartServer();
  expect((await deliver(server, event)).status).toBe(202);
  await deskhand.stopWorkers();
  expect((await deliver(server, event)).status).toBe(202);
  await deskhand.startWorkers();
  await restartServer();
  expect((await deliver(server, event)).status).toBe(202);

  await deskhand.untilStage(ticketId, 'waiting-for-customer');
  expect(await history(ticketId)).toEqual({ hints: Array(4).fill('zendesk-01EVENT'), looks });
  expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);
});

test("a trigger's delivery repeated after a restart keeps its id, and is no second turn", async () => {
  const ticketId = await deskhand.people.customerOpens('Where is my order?');
  const body = JSON.stringify({ ticket_id: String(ticketId) });
  await deliver(server, body, { invocationId: '01INVOCATION' });
  await answered(ticketId);
  await restartServer();
  await deliver(server, body, { invocationId: '01INVOCATION' });
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
  expect((await history(ticketId)).hints).toEqual(['zendesk-01INVOCATION', 'zendesk-01INVOCATION']);
  expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);
  expect((await deskhand.view(ticketId)).turns).toBe(1);
});

test('somebody who replays a recorded delivery under a new name causes a look, never a reply', async () => {
  const ticketId = await deskhand.people.customerOpens('Where is my order?');
  const body = JSON.stringify({ ticket_id: String(ticketId) });
  const at = new Date();
  await deliver(server, body, { at, invocationId: 'first' });
  await answered(ticketId);
  for (const invocationId of ['second', 'third']) {
    expect((await deliver(server, body, { at, invocationId })).status).toBe(202);
  }
  await until('the looks', async () => ((await history(ticketId)).hints.length === 3 ? true : null));
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
  expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);
});

test.each([
  ['a name of 5,000 characters', 'n'.repeat(5_000)],
  ['a name with spaces and quotes', `a b'"c`],
])(
  '%s in the unsigned header is left out of the id, and the hint is not lost',
  async (_what, invocationId) => {
    const ticketId = await deskhand.people.customerOpens('Where is my order?');
    const body = JSON.stringify({ ticket_id: String(ticketId) });
    const at = new Date();
    for (let time = 0; time < 2; time++) {
      expect((await deliver(server, body, { at, invocationId })).status).toBe(202);
    }
    await answered(ticketId);
    const { hints } = await history(ticketId);
    expect(hints[0]).toMatch(/^zendesk-[0-9a-f]{32}$/);
    expect(new Set(hints).size).toBe(1);
  },
);

describe('the window of 5 minutes', () => {
  test.each([
    [-290_000, 202],
    [290_000, 202],
    [-310_000, 401],
    [310_000, 401],
  ])('a delivery %d ms off is answered %d', async (offset, expected) => {
    const { status } = await deliver(server, '{"ticket_id":"999001"}', { at: new Date(Date.now() + offset) });
    expect(status).toBe(expected);
  });

  test('a delivery recorded before is stale after it, and does not reach the ticket', async () => {
    const before = await metric(server, 'deskhand_webhooks_total{outcome="stale"}');
    const answer = await deliver(server, '{"ticket_id":"999002"}', { at: new Date(Date.now() - 301_000) });
    expect(answer.status).toBe(401);
    expect(await metric(server, 'deskhand_webhooks_total{outcome="stale"}')).toBe(before + 1);
    await expect(deskhand.handle(999_002).describe()).rejects.toThrow();
  });
});
