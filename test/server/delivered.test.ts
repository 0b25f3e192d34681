/** The embedded desk's real deliveries to a real server: what they cost a ticket, and what survives when Temporal is away. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { hintSignal, type TicketView } from '../../src/contracts/messages';
import { startEmbeddedZendesk } from '../../src/helpdesk/embedded/zendesk/desk';
import { createLogger } from '../../src/log/logger';
import { startServer } from '../../src/server/startServer';
import { connectTemporal } from '../../src/temporal/connection';
import { startTemporalServer, type RunningServer } from '../../src/temporal/provision/startTemporalServer';
import { Deskhand } from '../support/deskhand';
import { ownPort } from '../support/ports';
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';
import { readTestRun } from '../support/testRun';
import { until } from '../support/until';
import { metric, runServer, webhookSecret, type TestServer } from './running';

describe('a plain answered ticket', () => {
  let temporal: TestTemporal;
  let deskhand: Deskhand;
  let server: TestServer;

  beforeAll(async () => {
    temporal = await startTestTemporal();
    server = await runServer(temporal, {
      botUserId: async () => (await deskhand.helpdesk.whoAmI({ signal: AbortSignal.timeout(2_000) })).userId,
    });
    deskhand = await Deskhand.start({
      temporal,
      desk: { webhook: { url: `${server.server.url}/webhooks/zendesk`, secret: webhookSecret } },
      // A message that opens a ticket again is two events, and the second names no comment: the window in which messages
      // settle is there for that.
      settings: { settleMs: 2_500 },
    });
  });
  afterAll(async () => {
    await server.server.stop();
    await deskhand.stop();
  });

  async function counts(ticketId: number): Promise<{ hints: number; fetches: number }> {
    const { events } = await deskhand.handle(ticketId).fetchHistory();
    const named = (name: string): number =>
      (events ?? []).filter(
        (event) =>
          event.workflowExecutionSignaledEventAttributes?.signalName === name ||
          event.activityTaskScheduledEventAttributes?.activityType?.name === name,
      ).length;
    return { hints: named(hintSignal), fetches: named('fetchTicket') };
  }

  const dropped = (): Promise<number> => metric(server, 'deskhand_webhooks_total{outcome="own-write"}');

  test('is hinted at by what the customer did, read once, and not disturbed by our own reply', async () => {
    const ticketId = await deskhand.people.customerOpens('Where is my order?');
    await until(`a reply on ${ticketId}`, async () =>
      (await deskhand.publicReplies(ticketId)).length > 0 ? true : null,
    );
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    await until('our own writes to be dropped', async () => ((await dropped()) >= 2 ? true : null));
    // "created" and "comment_added" are two events of one message.
    expect(await counts(ticketId)).toEqual({ hints: 2, fetches: 1 });
    expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);

    await deskhand.people.customerWrites(ticketId, 'Thank you, and where is it now?');
    await until('the second turn', async () => ((await deskhand.view(ticketId)).turns === 2 ? true : null));
    await deskhand.untilStage(ticketId, 'waiting-for-customer', 'handed-off', 'solved');
    // One look for the message; one more where the event that names no comment came after it. Our own reply adds none.
    expect([2, 3]).toContain((await counts(ticketId)).fetches);
  });

  test('two colleagues who take a ticket over at once: one has it, the other is refused', async () => {
    const ticketId = await deskhand.people.customerOpens('Where is my order?');
    await until(`ticket ${ticketId} to be known`, async () => {
      const { status } = await server.api.get(`/api/tickets/zendesk/${ticketId}`);
      return status === 200 ? true : null;
    });
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    const answers = await Promise.all(
      ['maria', 'jonas'].map((by) =>
        server.api.post<TicketView & { detail?: string }>(`/api/tickets/zendesk/${ticketId}/actions`, {
          action: 'take-over',
          by,
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.data.detail).toBe(
      'A person has the ticket already.',
    );
  });
});

test('a message that comes while Temporal is down is put off, and taken by the desk’s repetition', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-away-'));
  const port = await ownPort();
  const start = (): Promise<RunningServer> =>
    startTemporalServer({
      cli: readTestRun().cli,
      stateDir: folder,
      port,
      uiPort: null,
      onProgress: () => undefined,
    });
  let temporal = await start();
  const connected = await connectTemporal({ address: temporal.address, namespace: 'default' });
  const server = await startServer(
    {
      api: { host: '127.0.0.1', port: 0, token: null, trustedProxies: null },
      temporal: { address: temporal.address, namespace: 'default', uiUrl: null },
    },
    {
      client: connected.client,
      logger: createLogger('test', 'error'),
      apiToken: 'a-token-only-for-tests',
      accounts: [
        {
          desk: 'zendesk',
          account: 'demo',
          secretName: 'ZENDESK_WEBHOOK_SECRET',
          webhookSecret: () => Promise.resolve(webhookSecret),
          botUserId: () => Promise.resolve(null),
        },
      ],
      answerWithinMs: 1_000,
    },
  );
  const desk = await startEmbeddedZendesk({
    host: '127.0.0.1',
    port: 0,
    stateDir: folder,
    webhook: { url: `${server.url}/webhooks/zendesk`, secret: webhookSecret },
  });
  const deliveries = async (outcome: string): Promise<number> => {
    const { data } = await axios.get<string>(`${server.url}/metrics`);
    return Number(new RegExp(`webhooks_total\\{outcome="${outcome}"\\} (\\d+)`).exec(data)?.[1] ?? 0);
  };
  try {
    await temporal.stop();
    const { data } = await axios.post<{ ticketId: string }>(`${desk.url}/_desk/customer/tickets`, {
      name: 'Ana Silva',
      email: 'ana@example.com',
      subject: 'My order',
      body: 'Where is my order?',
    });
    await until('the deliveries to be put off', async () =>
      (await deliveries('temporal-unavailable')) >= 2 ? true : null,
    );
    expect(await deliveries('accepted')).toBe(0);
    const ready = await axios.get<{ checks: { name: string; ok: boolean }[] }>(`${server.url}/health/ready`, {
      validateStatus: () => true,
    });
    expect(ready.status).toBe(503);
    expect(ready.data.checks).toMatchObject([{ name: 'temporal', ok: false }]);

    temporal = await start();
    await until('both to be accepted', async () => ((await deliveries('accepted')) >= 2 ? true : null));
    const handle = connected.client.workflow.getHandle(`ticket:zendesk:demo:${data.ticketId}`);
    expect((await handle.describe()).status.name).toBe('RUNNING');
  } finally {
    await desk.close();
    await server.stop();
    await connected.close();
    await temporal.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
