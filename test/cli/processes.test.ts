/**
 * Desk, worker and server as processes, as they run in production: they find each other by the settings alone, a
 * customer is answered, a policy is published beside them, the documented requests are made, and each ends in order
 * when it is told to.
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import axios from 'axios';
import { openDeskPage, type DeskPage } from '../../src/cli/up/embeddedDesk';
import { demoPolicy } from '../support/embeddings';
import { ownPort } from '../support/ports';
import { fillStateFolder } from '../support/stateFolder';
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';
import { repository } from '../support/testRun';
import { until } from '../support/until';
import { Command, isAlive, isListening } from './processes';

const run = promisify(execFile);

let home: string;
let temporal: TestTemporal;
let apiPort: number;
let deskPort: number;
let metricsPort: number;
let env: Record<string, string>;
const commands: Command[] = [];

function start(...args: string[]): Command {
  const command = new Command(args, env);
  commands.push(command);
  return command;
}

/** How a new ticket is greeted. */
async function greeting(): Promise<string> {
  const id = await page.ask('Where is my order?');
  const reply = await until('the reply', async () => {
    const comments = await page.thread(id);
    return comments.find((comment) => comment.staff && comment.public) ?? null;
  });
  return reply.text.split(',')[0] ?? '';
}

const withMetrics = () => ({ ...env, DESKHAND_WORKER_METRICS: `127.0.0.1:${metricsPort}` });

let desk: Command;
let server: Command;
let worker: Command;
let page: DeskPage;
let ticketId: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'deskhand-processes-'));
  temporal = await startTestTemporal();
  [apiPort, deskPort, metricsPort] = [await ownPort(), await ownPort(), await ownPort()];
  page = openDeskPage(`http://127.0.0.1:${deskPort}`);
  await fillStateFolder(path.join(home, '.deskhand'));
  env = {
    DESKHAND_STATE_DIR: path.join(home, '.deskhand'),
    DESKHAND_PORT: String(apiPort),
    DESKHAND_DESK_PORT: String(deskPort),
    DESKHAND_POLL_SECONDS: '0',
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    // Mistyped: every one of them must say so.
    DESKHAND_POL_SECONDS: '5',
  };
});

afterAll(async () => {
  for (const command of commands) await command.kill();
  await temporal.stop();
  await rm(home, { recursive: true, force: true });
});

test('each says on one line where it is, once it can be used', async () => {
  server = start('server');
  desk = start('desk');
  expect(await server.says(/^API .*$/m)).toBe(
    `API http://127.0.0.1:${apiPort}  docs http://127.0.0.1:${apiPort}/docs`,
  );
  expect(await desk.says(/^Desk .*$/m)).toContain(`http://127.0.0.1:${deskPort}`);
  worker = new Command(['worker'], withMetrics());
  commands.push(worker);
  await worker.says(/^worker ready$/m);
});

test('each warns of a mistyped variable with the one that was meant', () => {
  for (const command of [server, desk, worker]) {
    expect(command.errors).toContain('did you mean DESKHAND_POLL_SECONDS?');
  }
});

test('the server keeps its token where nobody else can read it', async () => {
  const { mode } = await stat(path.join(home, '.deskhand/api-token'));
  expect(mode & 0o777).toBe(0o600);
});

test("a customer who writes on the desk's page is answered: webhook, workflow, reply", async () => {
  ticketId = await page.ask('Where is my order?');
  const shown = await until(`ticket ${ticketId} to be answered`, async () => {
    const { out } = await new Command(['ticket', 'show', 'zendesk', ticketId], env).ended;
    return out.includes('waiting-for-customer') ? out : null;
  });
  expect(shown).toMatch(/Intent +\S+ \(\d+ %\)/);
  expect(shown).toMatch(
    /^SLA +standard: resolution within 7 days, paused, 0 % used: the customer is waited for$/m,
  );
});

test('the requests of docs/api.md work as they are written', async () => {
  const docs = await readFile(path.join(repository, 'docs/api.md'), 'utf8');
  const block = /```sh\n([^]*?)```/.exec(docs)?.[1] ?? '';
  const [signIn = '', ...requests] = block.split('\n\n');
  expect(requests).toHaveLength(7);
  const here = (text: string): string =>
    text.replaceAll('127.0.0.1:4600', `127.0.0.1:${apiPort}`).replaceAll('35436', ticketId);
  const answers: unknown[] = [];
  for (const request of requests) {
    const script = `set -eu\n${signIn}\n${here(request)}`;
    const { stdout } = await run('bash', ['-c', script], { cwd: home });
    answers.push(JSON.parse(stdout));
  }
  expect(answers[0]).toMatchObject({ workflowId: `ticket:zendesk:demo:${ticketId}` });
  expect(answers[1]).toEqual({ tickets: [], nextCursor: null });
  expect(answers[2]).toMatchObject({ ref: { ticketId } });
  expect(answers[3]).toMatchObject({ decision: { rule: 'order-in-transit' } });
  expect(answers[4]).toMatchObject({ ref: { ticketId }, stage: 'with-person' });
  expect(answers[5]).toMatchObject({ company: null, intents: {} });
  expect(answers[6]).toMatchObject({ intents: { return_refund: { mode: 'draft', by: 'maria' } } });
});

describe('a policy that is published', () => {
  const published = (): string => path.join(home, 'published');
  const publish = () =>
    new Command(['policy', 'publish', published(), '--by', 'maria', '--no-test'], env).ended;

  async function edit(name: string, change: (text: string) => string): Promise<void> {
    const file = path.join(published(), name);
    await writeFile(file, change(await readFile(file, 'utf8')));
  }

  test('is taken up by the worker that runs, which learns its examples first', async () => {
    expect(await greeting()).toBe('Hello Ana');
    await cp(demoPolicy, published(), { recursive: true });
    await edit('templates/en.yaml', (text) => text.replace(/^greeting: .*$/m, 'greeting: Ahoy,'));
    await edit('intents.yaml', (text) =>
      text.replace('- "Where\'s my order?"', '- "Where\'s my order?"\n    - "What about my jumper?"'),
    );
    expect(await publish()).toMatchObject({
      code: 0,
      out: expect.stringMatching(/is in force, instead of p-.*1 intent changed/) as string,
    });
    await until('the worker to take it up', async () => ((await greeting()) === 'Ahoy' ? true : null));
  });

  test('is refused with its mistakes when it has some, and the one before stays in force', async () => {
    await edit('rules.yaml', (text) => text.replace('in signals', 'in signal'));
    expect(await publish()).toMatchObject({
      code: 1,
      out: expect.stringMatching(/rules\.yaml:\d+:\d+ .*"signal".*Did you mean "signals"/) as string,
    });
    expect(await greeting()).toBe('Ahoy');
  });
});

test("the worker's own metrics tell that it polls", async () => {
  const { data } = await axios.get<string>(`http://127.0.0.1:${metricsPort}/metrics`);
  expect(data).toMatch(/^temporal_num_pollers\{[^}]*\} [1-9]/m);
  const figure = (name: string): RegExp =>
    new RegExp(`^deskhand_desk_requests_${name}\\{[^}]*desk="zendesk"[^}]*\\} `, 'm');
  await until("the desk's limit to be told", async () => {
    const { data: text } = await axios.get<string>(`http://127.0.0.1:${metricsPort}/metrics`);
    return figure('limit').test(text) && figure('left').test(text) && figure('waiting').test(text)
      ? true
      : null;
  });
  expect(data).not.toContain('ticket:zendesk');
});

test('doctor finds all of it well', async () => {
  const { code, out } = await new Command(['doctor'], env).ended;
  expect(out).toMatch(/^warning +DESKHAND_POL_SECONDS/m);
  for (const part of ['Temporal', 'desk', 'policy', 'API']) {
    expect(out).toMatch(new RegExp(`^ok +${part}: `, 'm'));
  }
  expect(out).toMatch(/^ok +desk: .*; \d+ of 700 requests a minute are left /m);
  expect(code).toBe(0);
});

test('a second server on the same port ends with who holds it, and the mend', async () => {
  const { code, err } = await new Command(['server'], env).ended;
  expect(code).toBe(1);
  expect(err).toMatch(new RegExp(`Port ${apiPort} is taken by .*node.* \\(pid ${server.child.pid}\\)`));
  expect(err).toContain('DESKHAND_PORT');
  expect(err).not.toMatch(/\n\s+at /);
});

test('a second worker joins, and leaves at SIGINT while the first goes on', async () => {
  const second = start('worker');
  await second.says(/^worker ready$/m);
  const { code } = await second.stop('SIGINT');
  expect(code).toBe(0);
  const { status } = await axios.get(`http://127.0.0.1:${apiPort}/health/ready`);
  expect(status).toBe(200);
  // It started from the folder that was first in force, and has put nothing back.
  expect(await greeting()).toBe('Ahoy');
});

test('a second worker with the same metrics address ends with the mend', async () => {
  const { code, err } = await new Command(['worker'], withMetrics()).ended;
  expect(code).toBe(1);
  expect(err).toContain('DESKHAND_WORKER_METRICS');
  expect(err).not.toMatch(/\n\s+at /);
});

test.each([
  ['worker', () => worker, () => metricsPort],
  ['server', () => server, () => apiPort],
  ['desk', () => desk, () => deskPort],
])(
  '%s ends at SIGTERM with exit code 0, and leaves neither process nor port',
  async (_what, command, port) => {
    const { pid } = command().child;
    expect(await isListening(port())).toBe(true);
    const { code, signal } = await command().stop('SIGTERM');
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    expect(pid === undefined ? true : isAlive(pid)).toBe(false);
    expect(await isListening(port())).toBe(false);
  },
);

test('the desk remembers the ticket when it comes back, and so does a new server', async () => {
  desk = start('desk');
  await desk.says(/^Desk /m);
  server = start('server');
  await server.says(/^API /m);
  const listed = await new Command(['ticket', 'list', '--json'], env).ended;
  expect(JSON.parse(listed.out)).toMatchObject({
    tickets: expect.arrayContaining([expect.objectContaining({ ticketId, stage: 'with-person' })]) as unknown,
  });
  for (const command of [desk, server]) expect((await command.stop('SIGINT')).code).toBe(0);
});
