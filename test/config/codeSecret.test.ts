/** The secret of mailed codes: set, or made once and kept for all workers of this state folder. */
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { CodeSecretError, codeSecretFile, obtainCodeSecret } from '../../src/config/codeSecret';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-code-secret-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const settings = (codeSecret: string | null = null) => ({ codeSecret, stateDir: path.join(folder, 'state') });

test('one that is set is used, and nothing is written', async () => {
  const secret = 'set by the company, and long enough';
  expect(await obtainCodeSecret(settings(secret))).toBe(secret);
  expect(await readdir(folder)).toEqual([]);
});

test('workers that start at once agree on one, which nobody else can read', async () => {
  const secrets = await Promise.all(Array.from({ length: 20 }, () => obtainCodeSecret(settings())));
  expect(new Set(secrets).size).toBe(1);
  expect(secrets[0]).toMatch(/^[\w-]{43}$/);
  const file = codeSecretFile(settings().stateDir);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(settings().stateDir)).toEqual(['code-secret']);
});

test('a damaged file, and a folder that cannot be used, are named with the mend', async () => {
  await obtainCodeSecret(settings());
  await writeFile(codeSecretFile(settings().stateDir), 'short');
  await expect(obtainCodeSecret(settings())).rejects.toThrow(/holds no secret: delete it/);
  await rm(settings().stateDir, { recursive: true });
  await writeFile(settings().stateDir, '');
  await expect(obtainCodeSecret(settings())).rejects.toThrow(/cannot be kept in .*DESKHAND_STATE_DIR/s);
  await expect(obtainCodeSecret(settings())).rejects.toBeInstanceOf(CodeSecretError);
});
