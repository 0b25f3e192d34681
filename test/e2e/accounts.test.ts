/**
 * Two companies' desks in one engine, a Zendesk and a Freshdesk, served by one worker and one server: each customer is
 * answered by the desk they wrote to, and what goes wrong at one is no matter of the other.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { startApi } from '../../src/cli/engine/startApi';
import { readEngineSettings } from '../../src/config/settings';
import type { RunningEmbedded } from '../../src/helpdesk/embedded/common/runEmbedded';
import { startEmbeddedFreshdesk } from '../../src/helpdesk/embedded/freshdesk/startFreshdesk';
import { startEmbeddedZendesk } from '../../src/helpdesk/embedded/zendesk/desk';
import { createLogger } from '../../src/log/logger';
import type { RunningServer } from '../../src/server/startServer';
import { hintTicket } from '../../src/temporal/hintTicket';
import { freePort } from '../../src/temporal/provision/ports';
import { Command } from '../cli/processes';
import { fillStateFolder } from '../support/stateFolder';
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';
import { until } from '../support/until';

const secrets = {
  ACME_WEBHOOKS: 'signing-secret-of-acme',
  BRAVO_WEBHOOKS: 'header-secret-of-bravo',
};

let temporal: TestTemporal;
let folder: string;
let acme: RunningEmbedded;
let bravo: RunningEmbedded;
let env: Record<string, string>;
let server: RunningServer;
let worker: Command;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-two-'));
  await fillStateFolder(folder);
  temporal = await startTestTemporal();
  const port = await freePort();
  const webhookOf = (account: string, secret: string) => ({
    url: `http://127.0.0.1:${port}/webhooks/${account}`,
    secret,
  });
  const local = { host: '127.0.0.1', port: 0, stateDir: folder };
  acme = await startEmbeddedZendesk({ ...local, webhook: webhookOf('zendesk/acme', secrets.ACME_WEBHOOKS) });
  bravo = await startEmbeddedFreshdesk({
    ...local,
    webhook: webhookOf('freshdesk/bravo', secrets.BRAVO_WEBHOOKS),
  });
  const file = path.join(folder, 'accounts.yaml');
  await writeFile(
    file,
    `accounts:
  - name: acme
    desk: zendesk
    address: ${acme.apiUrl}
    email: ${acme.credentials.email}
    token: { env: ACME_TOKEN }
    webhookSecret: { env: ACME_WEBHOOKS }
    pollSeconds: 0
  - name: bravo
    desk: freshdesk
    address: ${bravo.apiUrl}
    apiKey: { file: bravo-key }
    webhookSecret: { env: BRAVO_WEBHOOKS }
    pollSeconds: 0
  - name: charlie
    desk: zendesk
    address: http://127.0.0.1:9/api/v2
    oauthToken: { env: ACME_TOKEN }
    policy: policy-of-charlie
`,
  );
  await writeFile(path.join(folder, 'bravo-key'), `${bravo.credentials.token}\n`);
  env = {
    ...secrets,
    ACME_TOKEN: acme.credentials.token,
    DESKHAND_ACCOUNTS: file,
    DESKHAND_STATE_DIR: folder,
    DESKHAND_API_TOKEN: 'a-token-only-for-tests',
    DESKHAND_PORT: String(port),
    DESKHAND_LOG_LEVEL: 'error',
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
  };
  const logger = createLogger('test', 'error');
  server = await startApi(readEngineSettings(env), temporal.client, logger, { askDeskEveryMs: 0 });
  await hintTicket(
    temporal.client,
    { desk: 'zendesk', account: 'before', ticketId: '1' },
    { id: 'poll:1', source: 'poll', kind: 'changed', commentId: null },
  );
  worker = new Command(['worker'], env);
  await worker.says(/worker ready/);
});
afterAll(async () => {
  await worker.kill();
  await server.stop();
  await temporal.stop();
  await Promise.all([acme.close(), bravo.close()]);
  await rm(folder, { recursive: true, force: true });
});

/** @returns the ticket's id there. */
async function ask(desk: { readonly url: string }): Promise<string> {
  const { data } = await axios.post<{ ticketId: string }>(`${desk.url}/_desk/customer/tickets`, {
    name: 'Ana Costa',
    email: 'ana@example.com',
    subject: 'My order',
    body: 'Where is my order?',
  });
  return data.ticketId;
}

interface Comment {
  readonly text: string;
  readonly public: boolean;
  readonly staff: boolean;
}

async function repliesOn(desk: { readonly url: string }, ticketId: string): Promise<readonly string[]> {
  const { data } = await axios.get<{ comments: Comment[] }>(`${desk.url}/_desk/tickets/${ticketId}`);
  return data.comments.filter((one) => one.staff && one.public).map(({ text }) => text);
}

function answered(desk: { readonly url: string }, ticketId: string): Promise<readonly string[]> {
  return until(`ticket ${ticketId} at ${desk.url} to be answered`, async () => {
    const replies = await repliesOn(desk, ticketId);
    return replies.length > 0 ? replies : null;
  });
}

interface Ready {
  readonly ready: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

async function readiness(): Promise<Ready> {
  return (await axios.get<Ready>(`${server.url}/health/ready`, { validateStatus: () => true })).data;
}

function stageOf(workflowId: string): Promise<string> {
  return temporal.client.workflow
    .getHandle(workflowId)
    .query<{ stage: string }>('state')
    .then(({ stage }) => stage);
}

test('two tickets of one number are two tickets, each answered once at its own desk', async () => {
  const [ours, theirs] = await Promise.all([ask(acme), ask(bravo)]);
  expect([ours, theirs]).toEqual(['1', '1']);
  const replies = await Promise.all([answered(acme, '1'), answered(bravo, '1')]);
  expect(replies.map(({ length }) => length)).toEqual([1, 1]);
  for (const id of ['ticket:zendesk:acme:1', 'ticket:freshdesk:bravo:1']) {
    await until(id, async () => ((await stageOf(id)) === 'waiting-for-customer' ? true : null));
  }
});

test('one that cannot be served keeps no other waiting, and both are told as they are', async () => {
  const { ready, checks } = await readiness();
  expect(ready).toBe(true);
  expect(checks.map(({ name, ok }) => [name, ok])).toEqual([
    ['temporal', true],
    ['worker-tickets', true],
    ['worker-desk zendesk/acme', true],
    ['desk zendesk/acme', true],
    ['poll zendesk/acme', true],
    ['worker-desk freshdesk/bravo', true],
    ['desk freshdesk/bravo', true],
    ['poll freshdesk/bravo', true],
    ['worker-desk zendesk/charlie', false],
    ['desk zendesk/charlie', false],
    ['poll zendesk/charlie', false],
  ]);
  expect(worker.errors).toMatch(/zendesk\/charlie cannot be served, and is tried again: .*policy-of-charlie/);
});

const left = '1 open ticket belongs to accounts that are not served here (zendesk/before)';

test('what is open of an account that the file does not name any more is told', async () => {
  await until('the worker to tell', () => Promise.resolve(worker.errors.includes(left) ? true : null));
});

test('one whose credentials are revoked waits and is told, and the other goes on answering', async () => {
  acme.faults.add({ fault: { type: 'status', status: 401 } });
  const [ours, theirs] = await Promise.all([ask(acme), ask(bravo)]);
  expect(await answered(bravo, theirs)).toHaveLength(1);
  const refusal = /"account":"acme".*credentials/;
  await until('the refusal to be told', () => Promise.resolve(refusal.test(worker.errors) || null));
  expect(await repliesOn(acme, ours)).toEqual([]);
  const itsStage = () => stageOf(`ticket:zendesk:acme:${ours}`);
  await until('its ticket to wait', async () => ((await itsStage()) === 'answering' ? true : null));
  const { ready, checks } = await readiness();
  expect(ready).toBe(true);
  expect(checks).toContainEqual({
    ...{ name: 'desk zendesk/acme', ok: false },
    detail: expect.stringContaining('401') as string,
  });
  expect(worker.errors).not.toMatch(/"account":"bravo"/);
});

/** Together, since each is a process of its own. */
test('the doctor looks at all of them, and one switch stops them all', async () => {
  const run = (...args: readonly string[]) => new Command(args, env).ended;
  const [doctor, switched] = await Promise.all([
    run('doctor'),
    run('mode', 'set', 'off', '--by', 'maria', '--json'),
  ]);
  expect(doctor.code).toBe(1);
  expect(doctor.out).toMatch(/^ok +desk freshdesk\/bravo: freshdesk \(bravo\), we are/m);
  expect(doctor.out).toMatch(/^FAILED +desk zendesk\/acme: .*401/m);
  expect(doctor.out).toContain(`FAILED       tickets: ${left}`);
  expect(doctor.out).toMatch(/^FAILED +policy zendesk\/charlie: .*policy-of-charlie/m);
  expect(doctor.out + doctor.err).not.toContain(bravo.credentials.token);
  const off = { switched: { company: { mode: 'off', by: 'maria' } } };
  expect(JSON.parse(switched.out)).toMatchObject({
    'zendesk/acme': off.switched,
    'freshdesk/bravo': off.switched,
    'zendesk/charlie': off.switched,
  });
});
