/** `deskhand policy publish` beside a worker that runs: what it answers by, without and with a restart. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { demoPolicy } from '../policy/support';
import { Deskhand, until } from '../support/deskhand';
import { cacheFolder } from '../support/testRun';
import { Command, type Ended } from '../cli/processes';

let folder: string;
let deskhand: Deskhand;
let worker: Command;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-publish-'));
  deskhand = await Deskhand.start({ workers: false });
  // Computed by an earlier run, perhaps: the slowest part of a start.
  await cp(path.join(cacheFolder, 'embeddings.json'), path.join(deskhand.folder, 'embeddings.json')).catch(
    () => undefined,
  );
  await greetWith('First', await copyOf('ours'));
  worker = await startWorker();
}, 90_000);
afterAll(async () => {
  await worker.kill();
  await deskhand.stop();
  await rm(folder, { recursive: true, force: true });
});

async function copyOf(name: string): Promise<string> {
  const at = path.join(folder, name);
  await cp(demoPolicy, at, { recursive: true });
  return at;
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, 'utf8')));
}

function greetWith(greeting: string, at: string): Promise<void> {
  return edit(path.join(at, 'templates/en.yaml'), (text) =>
    text.replace(/^greeting: .*$/m, `greeting: ${greeting},`),
  );
}

function start(...args: readonly string[]): Command {
  return new Command(args, {
    DESKHAND_STATE_DIR: deskhand.folder,
    DESKHAND_POLICY: path.join(folder, 'ours'),
    DESKHAND_POLL_SECONDS: '0',
    DESKHAND_LOG_LEVEL: 'error',
    TEMPORAL_ADDRESS: deskhand.temporal.address,
    TEMPORAL_NAMESPACE: deskhand.temporal.namespace,
  });
}

async function startWorker(): Promise<Command> {
  const started = start('worker');
  await started.says(/worker ready/);
  return started;
}

function publish(at: string): Promise<Ended> {
  return start('policy', 'publish', at, '--by', 'maria', '--no-test').ended;
}

/** How a new ticket is greeted. */
async function greeting(): Promise<string> {
  const ticketId = await deskhand.ask('Where is my order?');
  const [reply] = await until('the reply', async () => {
    const replies = await deskhand.publicReplies(ticketId);
    return replies.length > 0 ? replies : null;
  });
  return reply?.text.split(',')[0] ?? '';
}

it('answers by its folder, takes up what is published while it runs, and keeps it over a restart', async () => {
  expect(await greeting()).toBe('First');

  const theirs = await copyOf('theirs');
  await greetWith('Second', theirs);
  // Other examples: there is something to learn before it can be in force.
  await edit(path.join(theirs, 'intents.yaml'), (text) =>
    text.replace('- "Where\'s my order?"', '- "Where\'s my order?"\n    - "What about my jumper?"'),
  );
  expect(await publish(theirs)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/is in force, instead of p-.*1 intent changed/) as string,
  });
  await until(
    'the worker to take it up',
    async () => ((await greeting()) === 'Second' ? true : null),
    40_000,
  );

  await edit(path.join(theirs, 'rules.yaml'), (text) => text.replace('in signals', 'in signal'));
  expect(await publish(theirs)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/rules\.yaml:\d+:\d+ .*"signal".*Did you mean "signals"/) as string,
  });
  expect(await greeting()).toBe('Second');

  await worker.stop('SIGTERM');
  worker = await startWorker();
  expect(await greeting()).toBe('Second');
}, 120_000);

it('a folder that is edited comes into force at the next start', async () => {
  await greetWith('Third', path.join(folder, 'ours'));
  await worker.stop('SIGTERM');
  worker = await startWorker();
  expect(await greeting()).toBe('Third');
}, 60_000);
