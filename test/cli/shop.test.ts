/** `deskhand shop`: the demo shop behind the contract, at the address that Deskhand is told. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createHttpShop } from '../../src/orders/http/createHttpShop';
import { repository } from '../support/testRun';
import { until } from '../support/until';
import { processesOf } from './up/running';

let stateDir: string;
let child: ChildProcess | null = null;
beforeEach(async () => {
  stateDir = await mkdtemp(path.join(os.tmpdir(), 'deskhand-cli-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(stateDir, { recursive: true, force: true });
});

function run(env: Record<string, string>) {
  const started = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'shop'], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DESKHAND_STATE_DIR: stateDir, ...env },
  });
  child = started;
  const said = { text: '' };
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', (chunk: Buffer) => (said.text += chunk.toString()));
  }
  return { started, said };
}

it('serves orders to whoever has the token, and ends on SIGTERM', async () => {
  const { started, said } = run({ SHOP_API_URL: 'http://127.0.0.1:0', SHOP_API_TOKEN: 'any-word' });
  const url = await until('the address', () =>
    Promise.resolve(/http:\/\/127\.0\.0\.1:\d+/.exec(said.text)?.[0] ?? null),
  );
  const find = (token: string) =>
    createHttpShop({ apiUrl: url, token }).findByNumber('48213', AbortSignal.timeout(60_000));
  expect((await find('any-word'))?.number).toBe('48213');
  await expect(find('another')).rejects.toMatchObject({ kind: 'unauthorized' });
  const gone = once(started, 'exit');
  started.kill('SIGTERM');
  expect((await gone)[0]).toBe(0);
});

it.each<[string, Record<string, string>]>([
  ['no address', {}],
  ['an address elsewhere', { SHOP_API_URL: 'http://orders.acme.example', SHOP_API_TOKEN: 'any-word' }],
  ['a folder of a site', { SHOP_API_URL: 'http://127.0.0.1:4620/v1', SHOP_API_TOKEN: 'any-word' }],
])('%s: says what to set', async (_what, env) => {
  const { started, said } = run(env);
  expect((await once(started, 'exit'))[0]).toBe(1);
  expect(said.text).toContain('Set SHOP_API_URL to where it shall listen on this machine');
});

it('ends with the npm that started it, though npm passes no signal on', async () => {
  const args = ['run', '--silent', 'deskhand', '--', 'shop'];
  const env = {
    SHOP_API_URL: 'http://127.0.0.1:0',
    SHOP_API_TOKEN: 'any-word',
    DESKHAND_STATE_DIR: stateDir,
  };
  const npm = spawn('npm', args, { cwd: repository, env: { ...process.env, ...env } });
  child = npm;
  let said = '';
  npm.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await until('the address', () => Promise.resolve(said.includes('http://127.0.0.1:') ? true : null));
  expect(processesOf(stateDir).some((line) => line.includes('deskhand.mjs shop'))).toBe(true);
  npm.kill('SIGTERM');
  await until('all of it to end', () => Promise.resolve(processesOf(stateDir).length === 0 ? true : null));
});
