import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { startApi } from '../../../src/cli/engine/startApi';
import { readApiToken } from '../../../src/config/apiToken';
import { readEngineSettings, type EngineSettings } from '../../../src/config/settings';
import { startEmbeddedZendesk } from '../../../src/helpdesk/embedded/zendesk/desk';
import { createLogger } from '../../../src/log/logger';
import type { RunningServer } from '../../../src/server/startServer';
import { startTestTemporal, type TestTemporal } from '../../support/temporalServer';
import { until } from '../../support/until';

let temporal: TestTemporal;
let folder: string;
let settings: EngineSettings;
let server: RunningServer;

beforeAll(async () => {
  temporal = await startTestTemporal();
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-api-'));
  settings = readEngineSettings({
    DESKHAND_STATE_DIR: folder,
    DESKHAND_PORT: '0',
    TEMPORAL_NAMESPACE: temporal.namespace,
  });
  server = await startApi(settings, temporal.client, createLogger('test', 'error'));
});
afterAll(async () => {
  await server.stop();
  await temporal.stop();
  await rm(folder, { recursive: true, force: true });
});

test('before the embedded desk was ever started, deliveries are put off with the reason', async () => {
  const { status, headers, data } = await axios.post<{ code: string }>(
    `${server.url}/webhooks/zendesk`,
    { ticket_id: '1' },
    { validateStatus: () => true },
  );
  expect(status).toBe(503);
  expect(data.code).toBe('webhooks-not-set-up');
  expect(headers['retry-after']).toBe('5');
});

test("once it runs, its secret and the account's id are found without a restart", async () => {
  const desk = await startEmbeddedZendesk({
    host: '127.0.0.1',
    port: 0,
    stateDir: folder,
    webhook: { url: `${server.url}/webhooks/zendesk` },
  });
  try {
    await axios.post(`${desk.url}/_desk/customer/tickets`, {
      name: 'Ana Silva',
      email: 'ana@example.com',
      subject: 'My order',
      body: 'Where is my order?',
    });
    const authorization = `Bearer ${await readApiToken(settings)}`;
    const tickets = await until('the ticket to be listed', async () => {
      const { data } = await axios.get<{ tickets: { desk: string; account: string }[] }>(
        `${server.url}/api/tickets`,
        { headers: { authorization } },
      );
      return data.tickets.length > 0 ? data.tickets : null;
    });
    expect(tickets).toMatchObject([{ desk: 'zendesk', account: 'demo', stage: 'answering' }]);
  } finally {
    await desk.close();
  }
});
