/**
 * A signal to any one of the processes of `npm start` stops all of Deskhand, in order. SIGINT to npm alone is not among
 * them: npm's shell keeps it to itself until its child has ended, as shells do.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fillStateFolder } from '../../support/stateFolder';
import { readTestRun, repository } from '../../support/testRun';
import { startTestTemporal, type TestTemporal } from '../../support/temporalServer';
import { until } from '../../support/until';
import { endAll, processesOf, saying, startProgram, type Run } from './running';

let clone: string;
/** One that starts in half the time: what `npm start` compiles at each start is the matter of the first. */
let compiled: string;
let temporal: TestTemporal;
beforeAll(async () => {
  clone = cloneWithPackages(path.join(repository, 'bin'));
  compiled = cloneWithPackages(path.dirname(readTestRun().deskhand));
  temporal = await startTestTemporal();
});
afterAll(async () => {
  await endAll();
  await temporal.stop();
  for (const folder of [clone, compiled]) rmSync(folder, { recursive: true, force: true });
});

/** This clone's start script and program, so that nothing is installed into the repository itself. */
function cloneWithPackages(bin: string): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-signals-'));
  for (const name of ['scripts', 'package.json', 'package-lock.json']) {
    cpSync(path.join(repository, name), path.join(folder, name), { recursive: true });
  }
  symlinkSync(bin, path.join(folder, 'bin'));
  symlinkSync(path.join(repository, 'policies'), path.join(folder, 'policies'));
  const lock = readFileSync(path.join(folder, 'package-lock.json'));
  mkdirSync(path.join(folder, 'node_modules'));
  const installed = createHash('sha256').update(lock).digest('hex');
  writeFileSync(path.join(folder, 'node_modules/.deskhand-lock-sha256'), installed);
  return folder;
}

async function run(folder: string, program: readonly string[], stateDir: string): Promise<Run> {
  await fillStateFolder(stateDir);
  const env = {
    DESKHAND_STATE_DIR: stateDir,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
  };
  return startProgram(program, env, folder);
}

const npmStart = ['npm', 'start'];
const startScript = [process.execPath, 'scripts/start.mjs'];

it.each<[NodeJS.Signals, string, string[], () => string]>([
  ['SIGTERM', 'npm', npmStart, () => clone],
  ['SIGINT', 'scripts/start.mjs', startScript, () => compiled],
  ['SIGKILL', 'scripts/start.mjs', startScript, () => compiled],
])('%s to %s alone', async (signal, name, program, folder) => {
  const stateDir = path.join(folder(), `state-${signal}-${path.basename(name)}`);
  const started = await run(folder(), program, stateDir);
  await saying(started, /Ctrl-C stops everything/);
  expect(processesOf(stateDir).length).toBeGreaterThan(3);
  started.child.kill(signal);
  await until('everything to end', () => Promise.resolve(processesOf(stateDir).length === 0 ? true : null));
  await started.exitCode;
  const said = started.output();
  expect([...said.matchAll(/^Stopping (\w+) \.\.\.$/gm)].map((match) => match[1])).toEqual([
    'API',
    'worker',
    'desk',
  ]);
  expect(said).toMatch(/^Stopped\.$/m);
  // Stopped once, and not hurried by the same signal from two sides.
  expect(said).not.toContain('Killing what still runs');
});

it('a start script in the background outlives the shell that put it there', async () => {
  const stateDir = path.join(compiled, 'state-background');
  const started = await run(
    compiled,
    ['sh', '-c', `"${process.execPath}" scripts/start.mjs & echo started`],
    stateDir,
  );
  await saying(started, /Ctrl-C stops everything/);
  const script = processesOf(stateDir).find((line) => line.includes('start.mjs'));
  expect(script).toBeDefined();
  process.kill(Number(script?.split(' ')[0]), 'SIGTERM');
  await started.exitCode;
  expect(processesOf(stateDir)).toEqual([]);
});
