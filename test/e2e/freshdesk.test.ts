/**
 * A customer writes on a Freshdesk, its automation rule calls, and one answer goes out: over HTTP, Temporal and back,
 * whatever breaks on the way. Reply, fields and note are three requests there, and each of them is lost once.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  startEmbeddedFreshdesk,
  type RunningFreshdesk,
} from '../../src/helpdesk/embedded/freshdesk/startFreshdesk';
import { createFreshdeskDesk } from '../../src/helpdesk/freshdesk/createFreshdeskDesk';
import type { Helpdesk } from '../../src/helpdesk/port';
import { watchAccount } from '../../src/helpdesk/watchAccount';
import { createLogger } from '../../src/log/logger';
import { openDemoShop } from '../../src/orders/demoShop';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import { createPolicyProcessor } from '../../src/policy/processor';
import { withSettings } from '../../src/policy/withSettings';
import type { Fault } from '../../src/remote/faults';
import { createTemporalAllowances } from '../../src/temporal/allowances';
import { hintTicket } from '../../src/temporal/hintTicket';
import { createWorkers, type RunningWorkers } from '../../src/temporal/worker';
import { anyCall, PeopleAtTheDesk } from '../helpdesk/contract/deskUnderTest';
import { runServer, type TestServer } from '../server/running';
import { demoClassifier } from '../support/classifier';
import { ana, until } from '../support/deskhand';
import { startTestTemporal, workflowBundle, type TestTemporal } from '../support/temporalServer';

const secret = 'a-secret-of-the-rule';
const served = { desk: 'freshdesk', account: 'demo' };
const logger = createLogger('test', 'error');

let folder: string;
let temporal: TestTemporal;
let server: TestServer;
let desk: RunningFreshdesk;
let helpdesk: Helpdesk;
let people: PeopleAtTheDesk;
let workers: RunningWorkers;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-freshdesk-'));
  temporal = await startTestTemporal();
  server = await runServer(temporal, { desk: served, webhookSecret: () => Promise.resolve(secret) });
  desk = await startEmbeddedFreshdesk({
    ...{ host: '127.0.0.1', port: 0, stateDir: folder, limits: { requestsPerMinute: 100_000 } },
    webhook: { url: `${server.server.url}/webhooks/freshdesk`, secret },
    rule: { copies: 2 },
  });
  helpdesk = createFreshdeskDesk({
    ...{ apiUrl: desk.apiUrl, apiKey: desk.credentials.token, account: served.account },
    ...{ companyAddresses: [], ticketUrl: null, settleMs: 200 },
  });
  people = new PeopleAtTheDesk(desk.url);
  await people.come();
  const shop = openDemoShop({ file: path.join(folder, 'orders.json'), clock: Date.now });
  const allowances = createTemporalAllowances(temporal.client, served);
  const policy = await loadPolicy(path.resolve(__dirname, '../../policies/demo-shop'));
  const processor = withSettings(createPolicyProcessor(policy, shop, { allowances }), { settleMs: 0 });
  workers = await createWorkers({
    connection: temporal.nativeConnection,
    namespace: temporal.namespace,
    workflowBundle: await workflowBundle(),
    accounts: [
      {
        classifier: await demoClassifier(),
        notifier: { tell: () => Promise.resolve(), send: () => Promise.resolve() },
        desk: watchAccount(helpdesk, logger),
        policy: processor,
        shop,
        allowances,
        hintTicket: async (ref, id) => {
          await hintTicket(temporal.client, ref, { id, source: 'poll', kind: 'changed', commentId: null });
        },
      },
    ],
  });
}, 60_000);
afterAll(async () => {
  await workers.stop();
  await server.server.stop();
  await temporal.stop();
  await desk.close();
  await rm(folder, { recursive: true, force: true });
});

const writes = (ticketId: string) => [
  `POST /api/v2/tickets/${ticketId}/reply`,
  `PUT /api/v2/tickets/${ticketId}`,
  `POST /api/v2/tickets/${ticketId}/notes`,
];

/** One ticket each, at the same time: both wait for their retries. */
test('each request is lost once, before it arrived or after it was applied: one reply, one note, the ticket pending', async () => {
  const troubles: Readonly<Record<string, Fault>> = {
    1: { type: 'reset-after' },
    2: { type: 'reset-before' },
  };
  for (const [ticketId, fault] of Object.entries(troubles)) {
    for (const route of writes(ticketId)) desk.faults.add({ route, times: 1, fault });
  }
  const asked = [
    await people.customerOpens('Where is my order?', ana),
    await people.customerOpens('Where is my order?', ana),
  ];
  expect(asked.map(({ ticketId }) => ticketId)).toEqual(Object.keys(troubles));
  for (const { ticketId } of asked) {
    const ticket = await until(`ticket ${ticketId} to be answered`, async () => {
      const { comments, ...rest } = await helpdesk.fetchTicket(ticketId, anyCall());
      const ours = comments.filter(({ author }) => author === 'bot');
      return rest.status === 'pending' && ours.some((comment) => !comment.public) ? { ...rest, ours } : null;
    });
    expect(ticket.ours.map((comment) => comment.public)).toEqual([true, false]);
    expect(ticket.tags).toContain('deskhand_answered');
    const workflow = temporal.client.workflow.getHandle(`ticket:freshdesk:demo:${ticketId}`);
    expect((await workflow.describe()).status.name).toBe('RUNNING');
  }
  expect(desk.faults.list().map(({ struck }) => struck)).toEqual([1, 1, 1, 1, 1, 1]);
});

test('who has no secret, and a webhook of another desk, start nothing', async () => {
  const send = (where: string, headers: Record<string, string>) =>
    server.anyone.post<{ code: string }>(`/webhooks/${where}`, { ticket_id: 999 }, { headers });
  const answers = await Promise.all([
    send('freshdesk', {}),
    send('freshdesk', { 'x-deskhand-secret': 'a-guess-of-sixteen' }),
    send('zendesk', { 'x-deskhand-secret': secret }),
  ]);
  expect(answers.map(({ status, data }) => [status, data.code])).toEqual([
    [401, 'unauthorized'],
    [401, 'unauthorized'],
    [404, 'desk-unknown'],
  ]);
  await expect(temporal.client.workflow.getHandle('ticket:freshdesk:demo:999').describe()).rejects.toThrow();
});
