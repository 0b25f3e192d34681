import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ApiTokenError, apiTokenFile, obtainApiToken, readApiToken } from '../../src/config/apiToken';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-token-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function settings(token: string | null = null) {
  return {
    stateDir: path.join(folder, 'state'),
    api: { host: '127.0.0.1', port: 0, token, trustedProxies: null },
  };
}

test('a token that is set is used, and nothing is written', async () => {
  expect(await obtainApiToken(settings('set-by-the-company'))).toBe('set-by-the-company');
  expect(await readdir(folder)).toEqual([]);
});

test('without one, a random one is made, kept, and readable by nobody else', async () => {
  const token = await obtainApiToken(settings());
  const file = apiTokenFile(settings().stateDir);
  expect(token).toMatch(/^[\w-]{43}$/);
  expect((await readFile(file, 'utf8')).trim()).toBe(token);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await obtainApiToken(settings())).toBe(token);
  expect(await readApiToken(settings())).toBe(token);
});

test('twenty that start at once agree on one, and leave no drafts', async () => {
  const tokens = await Promise.all(Array.from({ length: 20 }, () => obtainApiToken(settings())));
  expect(new Set(tokens).size).toBe(1);
  expect(await readdir(settings().stateDir)).toEqual(['api-token']);
});

test('a caller never makes one: it is told where the server keeps it', async () => {
  await expect(readApiToken(settings())).rejects.toThrow(/api-token is missing.*DESKHAND_STATE_DIR/s);
});

test('a damaged file is named, with the mend', async () => {
  await obtainApiToken(settings());
  await writeFile(apiTokenFile(settings().stateDir), '');
  await expect(obtainApiToken(settings())).rejects.toThrow(/holds no token: delete it/);
  await expect(obtainApiToken(settings())).rejects.toBeInstanceOf(ApiTokenError);
});

test('a folder that is a file is named, with the mend', async () => {
  await writeFile(path.join(folder, 'state'), '');
  await chmod(folder, 0o700);
  await expect(obtainApiToken(settings())).rejects.toThrow(/cannot be kept in .*DESKHAND_STATE_DIR/s);
});
