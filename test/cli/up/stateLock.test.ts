/** One `deskhand up` per state folder. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { lockStateFolder } from '../../../src/cli/up/stateLock';

const dead = JSON.stringify({ pid: 4_194_300, started: '1', since: '2026-01-01T00:00:00Z' });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-lock-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

it('is held by one, refused to others with who holds it, and free again', async () => {
  const { release } = await lockStateFolder(folder);
  await expect(lockStateFolder(folder)).rejects.toThrow(
    new RegExp(`runs on ${folder} already: pid ${process.pid}, since 20.*Stop it with Ctrl-C`),
  );
  await release();
  await (await lockStateFolder(folder)).release();
});

it('goes to exactly one of many at once', async () => {
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => lockStateFolder(folder)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

it('of a dead process goes to one: who reads slowly does not take it from who was faster', async () => {
  // A pipe stands for a slow look: the reader has the file open, and gets its content when the test says so.
  const file = path.join(folder, 'up.lock');
  execFileSync('mkfifo', [file]);
  const slow = lockStateFolder(folder);
  const content = await open(file, 'w');
  rmSync(file);
  const { release } = await lockStateFolder(folder);
  await content.writeFile(dead);
  await content.close();
  await expect(slow).rejects.toThrow(`already: pid ${process.pid}`);
  await release();
  await (await lockStateFolder(folder)).release();
});

it.each([
  ['a dead process', dead],
  ['another process with the same id', JSON.stringify({ pid: process.pid, started: '1', since: 'then' })],
  ['nobody that can be read', '{"pid":'],
])('of %s does not count', async (_whose, content) => {
  writeFileSync(path.join(folder, 'up.lock'), content);
  const { release } = await lockStateFolder(folder);
  await release();
});

it('in a folder that cannot be made names the setting', async () => {
  writeFileSync(path.join(folder, 'file'), '');
  await expect(lockStateFolder(path.join(folder, 'file', 'state'))).rejects.toThrow(/DESKHAND_STATE_DIR/);
});
