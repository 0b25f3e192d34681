/** One process of `deskhand up`, with real processes. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startChild, type ChildOptions, type RunningChild } from '../../../src/cli/up/child';
import { identify, isRunning } from '../../../src/temporal/provision/processes';
import { until } from '../../support/until';
import { repository } from '../../support/testRun';

let folder: string;
let said: string[];
let running: RunningChild[];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-child-'));
  said = [];
  running = [];
});
afterEach(async () => {
  for (const child of running) {
    child.kill();
    await child.stop();
  }
  rmSync(folder, { recursive: true, force: true });
});

/** A child that runs `code`; healthy once it has written the file `ready`. */
async function start(code: string, options: Partial<ChildOptions> = {}): Promise<RunningChild> {
  const child = await startChild({
    name: 'worker',
    command: [process.execPath, '-e', code],
    env: { ...process.env, FOLDER: folder },
    logFile: path.join(folder, 'worker.log'),
    isHealthy: (pid) => Promise.resolve(existsSync(path.join(folder, `ready-${pid}`))),
    healthyWithinMs: 60_000,
    graceMs: 30_000,
    onProgress: (line) => said.push(line),
    ...options,
  });
  running.push(child);
  return child;
}

const ready = "require('fs').writeFileSync(process.env.FOLDER + '/ready-' + process.pid, '');";
const stay = 'setInterval(() => {}, 1000);';

it('is started, found healthy, and stopped by SIGTERM', async () => {
  const child = await start(
    `${ready}${stay}process.on('SIGTERM', () => { console.log('finished what was under way'); process.exit(0); })`,
  );
  const identity = await identify(child.pid() ?? 0);
  await child.stop();
  expect(identity).not.toBeNull();
  expect(identity !== null && (await isRunning(identity))).toBe(false);
  expect(readFileSync(path.join(folder, 'worker.log'), 'utf8')).toContain('finished what was under way');
  expect(said).toEqual([]);
});

describe('that is to say itself when it is ready', () => {
  const sayReady = "process.send('ready');";
  it('is believed, also when it is started again', async () => {
    const child = await start(`${sayReady}${stay}`, { isHealthy: 'says-so' });
    process.kill(child.pid() ?? 0, 'SIGKILL');
    await until('the worker to run again', () =>
      Promise.resolve(said.includes('worker runs again.') ? true : null),
    );
  });

  it.each([
    ['says nothing', stay, 700, 'was not ready within'],
    ['says something else', `process.send('hello');${stay}`, 700, 'was not ready within'],
    ['dies because its port is taken', 'process.exit(1)', 60_000, 'ended at once (exit code 1)'],
  ])('and %s is not waited for in vain', async (_what, code, healthyWithinMs, why) => {
    await expect(start(code, { isHealthy: 'says-so', healthyWithinMs })).rejects.toThrow(why);
  });
});

it('keeps the log of the run before, once', async () => {
  const log = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  for (const run of ['first', 'second', 'third']) {
    const child = await start(`console.log('${run} run');${ready}${stay}`);
    await child.stop();
  }
  expect(log('worker.log')).toBe('third run\n');
  expect(log('worker.previous.log')).toBe('second run\n');
});

it('adds to the log of this run when it is started again', async () => {
  const child = await start(`console.log('run');${ready}${stay}`);
  process.kill(child.pid() ?? 0, 'SIGKILL');
  await until('the worker to run again', () =>
    Promise.resolve(said.includes('worker runs again.') ? true : null),
  );
  expect(readFileSync(path.join(folder, 'worker.log'), 'utf8')).toBe('run\nrun\n');
});

it('that writes a lot does not fill the disk', async () => {
  const child = await start(
    `${ready}setInterval(() => console.log('x'.repeat(999)), 50);process.on('SIGTERM', () => process.exit(0))`,
    { maxLogBytes: 20_000 },
  );
  const previous = path.join(folder, 'worker.previous.log');
  await until('the log to be started over', () => Promise.resolve(existsSync(previous) ? true : null));
  await child.stop();
  // Written for 2 s between two looks, at most 20 lines a second; a busy machine looks later.
  for (const name of ['worker.log', 'worker.previous.log']) {
    const text = readFileSync(path.join(folder, name), 'utf8');
    expect(text.length).toBeLessThan(400_000);
    expect(text).not.toContain('\0');
  }
});

it('that does not end in its grace is killed, and said so', async () => {
  const child = await start(`process.on('SIGTERM', () => {});${ready}${stay}`, { graceMs: 300 });
  const pid = child.pid() ?? 0;
  await child.stop();
  expect(await identify(pid)).toBeNull();
  expect(said).toEqual(['worker did not end within 0.3 s and is killed.']);
});

it('that ends before it is ready fails the start with its last words', async () => {
  await expect(start("console.error('The policy has a mistake'); process.exit(1)")).rejects.toThrow(
    /The worker ended at once \(exit code 1\)\. Its log is .*worker\.log\.\n {2}Its last words:\n {2}The policy has a mistake/,
  );
});

it('that never gets ready fails the start and is gone', async () => {
  const pidFile = path.join(folder, 'pid');
  await expect(
    start('', {
      command: ['/bin/sh', '-c', `echo $$ > '${pidFile}'; exec sleep 600`],
      healthyWithinMs: 1_000,
    }),
  ).rejects.toThrow(/was not ready within 1 s/);
  expect(await identify(Number(readFileSync(pidFile, 'utf8')))).toBeNull();
});

it('whose program does not exist fails the start', async () => {
  await expect(start('', { command: [path.join(folder, 'nothing')] })).rejects.toThrow(
    /ended at once .*ENOENT/,
  );
});

it('that dies later is started again, and that is said', async () => {
  const child = await start(`${ready}${stay}`);
  const first = child.pid() ?? 0;
  process.kill(first, 'SIGKILL');
  await until('the worker to run again', () =>
    Promise.resolve(said.includes('worker runs again.') ? true : null),
  );
  expect(said[0]).toMatch(/^worker ended \(SIGKILL\); it starts again in 1 s\. Its log: .*worker\.log$/);
  expect(child.pid()).not.toBe(first);
  expect(await identify(child.pid() ?? 0)).not.toBeNull();
});

it('is not started again while it is being stopped', async () => {
  const child = await start(`${ready}${stay}`);
  process.kill(child.pid() ?? 0, 'SIGKILL');
  await until('its end to be told', () => Promise.resolve(said.length > 0 ? true : null));
  await child.stop();
  expect(child.pid()).toBeNull();
  expect(said).toHaveLength(1);
});

it('ends by itself when its parent is killed with -9', async () => {
  const pidFile = path.join(folder, 'pid');
  writeFileSync(
    path.join(folder, 'child.js'),
    `require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));${stay}`,
  );
  const script = `
    const { startChild } = require('./src/cli/up/child.ts');
    const { existsSync } = require('node:fs');
    void startChild({
      name: 'worker', env: process.env, logFile: '${folder}/worker.log', healthyWithinMs: 20000, graceMs: 5000,
      command: [process.execPath, '--import', './bin/stopWithParent.mjs', '${folder}/child.js'],
      isHealthy: () => Promise.resolve(existsSync('${pidFile}')), onProgress: () => {},
    }).then(() => console.log('up'));`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '-e', script], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => parent.stdout.once('data', resolve));
  const child = await identify(Number(readFileSync(pidFile, 'utf8')));
  if (child === null) throw new Error('the child is not there');
  parent.kill('SIGKILL');
  await until('the child to end', async () => ((await isRunning(child)) ? null : true));
});
