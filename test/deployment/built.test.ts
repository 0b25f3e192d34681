/** What the image runs: compiled, with none of the sources beside it. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command } from '../cli/processes';
import { fillStateFolder } from '../support/stateFolder';
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';
import { repository } from '../support/testRun';

let folder: string;
let temporal: TestTemporal;
let env: Record<string, string>;

beforeAll(async () => {
  // The types are checked by `npm run check`.
  execFileSync(process.execPath, ['scripts/build.mjs', '--noCheck'], { cwd: repository });
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-built-'));
  for (const name of ['dist', 'bin', 'policies', 'package.json']) {
    cpSync(path.join(repository, name), path.join(folder, name), { recursive: true });
  }
  symlinkSync(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'));
  await fillStateFolder(path.join(folder, 'state'));
  temporal = await startTestTemporal();
  env = {
    DESKHAND_STATE_DIR: path.join(folder, 'state'),
    DESKHAND_PORT: '0',
    DESKHAND_DESK_PORT: '0',
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
  };
});
afterAll(async () => {
  await temporal.stop();
  rmSync(folder, { recursive: true, force: true });
});

const built = (...args: string[]): Command =>
  new Command(args, env, { bin: path.join(folder, 'bin/deskhand.mjs'), cwd: folder });

test('there are no sources that could be run in its place, and the workflows are bundled', () => {
  expect(existsSync(path.join(folder, 'src'))).toBe(false);
  expect(existsSync(path.join(folder, 'dist/workflow-bundle.js'))).toBe(true);
});

test('doctor finds the policy and Temporal', async () => {
  const { out } = await built('doctor').ended;
  expect(out).toMatch(/^ok +policy: /m);
  expect(out).toMatch(/^ok +Temporal: /m);
});

test('desk, worker and server start, and end at SIGTERM with exit code 0', async () => {
  const running: Command[] = [];
  try {
    for (const [name, line] of [
      ['desk', /^Desk http/m],
      ['worker', /^worker ready$/m],
      ['server', /^API http/m],
    ] as const) {
      const command = built(name);
      running.push(command);
      await command.says(line);
    }
    for (const command of running.toReversed()) expect((await command.stop('SIGTERM')).code).toBe(0);
  } finally {
    for (const command of running) await command.kill();
  }
});
