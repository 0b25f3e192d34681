/**
 * A customer writes on a Freshdesk or a Gorgias, which calls, and one answer goes out: over HTTP, Temporal and back,
 * whatever breaks on the way. Reply, fields and note are three requests there, and each of them is lost once. One engine
 * serves both accounts.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { RunningEmbedded } from '../../src/helpdesk/embedded/common/runEmbedded';
import { startEmbeddedFreshdesk } from '../../src/helpdesk/embedded/freshdesk/startFreshdesk';
import { startEmbeddedGorgias } from '../../src/helpdesk/embedded/gorgias/startGorgias';
import { createFreshdeskDesk } from '../../src/helpdesk/freshdesk/createFreshdeskDesk';
import { createGorgiasDesk } from '../../src/helpdesk/gorgias/createGorgiasDesk';
import type { Helpdesk } from '../../src/helpdesk/port';
import { watchAccount } from '../../src/helpdesk/watchAccount';
import { createLogger } from '../../src/log/logger';
import { openDemoShop } from '../../src/orders/demoShop';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import { createPolicyProcessor } from '../../src/policy/processor';
import { withSettings } from '../../src/policy/withSettings';
import type { Fault } from '../../src/remote/faults';
import { createTemporalAllowances } from '../../src/temporal/allowances/moneyAllowances';
import { hintTicket } from '../../src/temporal/hintTicket';
import { createRequestBudget, type RequestBudget } from '../../src/remote/budget/requestBudget';
import { askingStep } from '../../src/temporal/budget/askingStep';
import { createWorkers, type AccountPorts, type RunningWorkers } from '../../src/temporal/worker';
import { anyCall, PeopleAtTheDesk } from '../helpdesk/contract/deskUnderTest';
import { runServer, type TestServer } from '../server/running';
import { demoClassifier } from '../support/classifier';
import { ana } from '../support/deskhand';
import { startTestTemporal, workflowBundle, type TestTemporal } from '../support/temporalServer';
import { until } from '../support/until';

const secret = 'a-secret-of-the-rule';
const served = { desk: 'freshdesk', account: 'demo' };
const alsoServed = { desk: 'gorgias', account: 'demo' };
const logger = createLogger('test', 'error');

let folder: string;
let temporal: TestTemporal;
let server: TestServer;
let desk: RunningEmbedded;
let helpdesk: Helpdesk;
let people: PeopleAtTheDesk;
let gorgias: RunningEmbedded;
let gorgiasDesk: Helpdesk;
let peopleAtGorgias: PeopleAtTheDesk;
let workers: RunningWorkers;
const budget = createRequestBudget({ perMinute: 100, asking: askingStep });

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-freshdesk-'));
  temporal = await startTestTemporal();
  const calledWith = { webhookSecret: () => Promise.resolve(secret), botUserId: () => Promise.resolve(null) };
  server = await runServer(temporal, {
    accounts: [
      { ...served, ...calledWith, secretName: 'FRESHDESK_WEBHOOK_SECRET' },
      { ...alsoServed, ...calledWith, secretName: 'GORGIAS_WEBHOOK_SECRET' },
    ],
  });
  desk = await startEmbeddedFreshdesk({
    ...{ host: '127.0.0.1', port: 0, stateDir: folder, limits: { requestsPerMinute: 100_000 } },
    webhook: { url: `${server.server.url}/webhooks/freshdesk`, secret },
    rule: { copies: 2 },
  });
  helpdesk = createFreshdeskDesk({
    ...{ apiUrl: desk.apiUrl, apiKey: desk.credentials.token, account: served.account },
    ...{ companyAddresses: [], ticketUrl: null, settleMs: 200, budget },
  });
  gorgias = await startEmbeddedGorgias({
    ...{ host: '127.0.0.1', port: 0, stateDir: folder, limits: { bucket: 100_000 } },
    webhook: { url: `${server.server.url}/webhooks/gorgias`, secret },
    integration: { copies: 2 },
  });
  const { apiUrl, credentials } = gorgias;
  gorgiasDesk = createGorgiasDesk({
    ...{ apiUrl, email: credentials.email, apiKey: credentials.token, account: alsoServed.account },
    ...{ companyAddresses: [], ticketUrl: null, settleMs: 200 },
  });
  people = new PeopleAtTheDesk(desk.url);
  peopleAtGorgias = new PeopleAtTheDesk(gorgias.url);
  await Promise.all([people.come(), peopleAtGorgias.come()]);
  const shop = openDemoShop({ file: path.join(folder, 'orders.json'), clock: Date.now });
  const policy = await loadPolicy(path.resolve(__dirname, '../../policies/demo-shop'));
  const classifier = await demoClassifier();
  const accountOf = (adapter: Helpdesk, requests: RequestBudget): AccountPorts => {
    const allowances = createTemporalAllowances(temporal.client, adapter);
    return {
      ...{ classifier, shop, allowances, budget: requests, desk: watchAccount(adapter, logger) },
      notifier: { tell: () => Promise.resolve(), send: () => Promise.resolve() },
      policy: withSettings(createPolicyProcessor(policy, shop, { allowances }), { settleMs: 0 }),
      hintTicket: async (ref, id) => {
        await hintTicket(temporal.client, ref, { id, source: 'poll', kind: 'changed', commentId: null });
      },
    };
  };
  workers = await createWorkers({
    connection: temporal.nativeConnection,
    namespace: temporal.namespace,
    workflowBundle: await workflowBundle(),
    accounts: [
      accountOf(helpdesk, budget),
      accountOf(gorgiasDesk, createRequestBudget({ perMinute: 100_000, asking: askingStep })),
    ],
  });
});
afterAll(async () => {
  await workers.stop();
  await server.server.stop();
  await temporal.stop();
  await Promise.all([desk.close(), gorgias.close()]);
  await rm(folder, { recursive: true, force: true });
});

const writes = (ticketId: string) => ({
  freshdesk: [
    `POST /api/v2/tickets/${ticketId}/reply`,
    `PUT /api/v2/tickets/${ticketId}`,
    `POST /api/v2/tickets/${ticketId}/notes`,
  ],
  // Reply and note have one address.
  gorgias: [
    `POST /api/tickets/${ticketId}/messages`,
    `PUT /api/tickets/${ticketId}`,
    `POST /api/tickets/${ticketId}/messages`,
  ],
});

/** One ticket each, at the same time: all of them wait for their retries. */
test('each request is lost once, before it arrived or after it was applied: one reply, one note, the ticket pending', async () => {
  const troubles: Readonly<Record<string, Fault>> = {
    1: { type: 'reset-after' },
    2: { type: 'reset-before' },
  };
  const desks = [
    { name: 'freshdesk', faults: desk.faults, adapter: helpdesk, customers: people },
    { name: 'gorgias', faults: gorgias.faults, adapter: gorgiasDesk, customers: peopleAtGorgias },
  ] as const;
  for (const { name, faults, customers } of desks) {
    for (const [ticketId, fault] of Object.entries(troubles)) {
      for (const route of writes(ticketId)[name]) faults.add({ route, times: 1, fault });
      expect((await customers.customerOpens('Where is my order?', ana)).ticketId).toBe(ticketId);
    }
  }
  for (const { name, faults, adapter } of desks) {
    for (const ticketId of Object.keys(troubles)) {
      const ticket = await until(`ticket ${ticketId} of ${name} to be answered`, async () => {
        const { comments, ...rest } = await adapter.fetchTicket(ticketId, anyCall());
        const ours = comments.filter(({ author }) => author === 'bot');
        return rest.status === 'pending' && ours.some((comment) => !comment.public)
          ? { ...rest, ours }
          : null;
      });
      expect(ticket.ours.map((comment) => comment.public)).toEqual([true, false]);
      expect(ticket.tags).toContain('deskhand_answered');
      const workflow = temporal.client.workflow.getHandle(`ticket:${name}:demo:${ticketId}`);
      expect((await workflow.describe()).status.name).toBe('RUNNING');
    }
    expect(faults.list().map(({ struck }) => struck)).toEqual([1, 1, 1, 1, 1, 1]);
  }
});

test('the steps kept within the budget that the desk told of, a few requests each', () => {
  expect(budget.state()).toMatchObject({ limit: 100_000, isLearnt: true, waiting: 0, closedForMs: 0 });
  expect(budget.state().requestsPerStep).toBeGreaterThan(1.5);
  expect(budget.state().requestsPerStep).toBeLessThan(8);
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
