/** `deskhand connect freshdesk`: tells the rules to make, checks the rest, writes nothing. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { connectFreshdesk } from '../../src/cli/connect/connectFreshdesk';
import type { ConnectOptions } from '../../src/cli/connect/connectZendesk';
import { startEmbeddedFreshdesk } from '../../src/helpdesk/embedded/freshdesk/startFreshdesk';

let stateDir: string;
let desk: Awaited<ReturnType<typeof startEmbeddedFreshdesk>>;
let env: Record<string, string>;
beforeAll(async () => {
  stateDir = await mkdtemp(path.join(tmpdir(), 'deskhand-connect-'));
  desk = await startEmbeddedFreshdesk({ host: '127.0.0.1', port: 0, stateDir });
  const { apiUrl, token } = desk.credentials;
  env = { DESKHAND_STATE_DIR: stateDir, FRESHDESK_API_URL: apiUrl, FRESHDESK_API_KEY: token };
});
afterAll(async () => {
  await desk.close();
  await rm(stateDir, { recursive: true, force: true });
});

async function connect(options: ConnectOptions, more: Record<string, string> = {}): Promise<string> {
  const output = new PassThrough();
  let said = '';
  output.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const terminal = { input: new PassThrough(), output };
  await connectFreshdesk(options, { env: { ...env, ...more }, terminal, isStopped: () => false });
  return said;
}
const publicUrl = 'http://127.0.0.1:9';

it('says who we are, which rules to make, and that a secret lacks', async () => {
  const said = await connect({ publicUrl });
  expect(said).toMatch(/^http:\/\/127\.0\.0\.1:\d+: we are /);
  expect(said).toMatch(/none is set: choose one .*set FRESHDESK_WEBHOOK_SECRET/);
  expect(said).toMatch(/Ticket creation[^]*performed by: Requester/);
  expect(said).toContain(`URL               ${publicUrl}/webhooks/freshdesk\n`);
  expect(said).toContain('{"ticket_id": "{{ticket.id}}"}');
});

it('of several accounts it names the one that is meant, with an address of its own', async () => {
  const file = path.join(stateDir, 'accounts.yaml');
  const other =
    '  - { name: acme, desk: zendesk, address: https://acme.zendesk.com/api/v2, oauthToken: { env: KEY } }';
  const own = `  - { name: bravo, desk: freshdesk, address: ${desk.apiUrl}, apiKey: { env: KEY } }`;
  await writeFile(file, `accounts:\n${other}\n${own}\n`);
  const variables = { FRESHDESK_API_URL: '', FRESHDESK_API_KEY: '' };
  const said = await connect(
    { publicUrl },
    { ...variables, DESKHAND_ACCOUNTS: file, KEY: desk.credentials.token },
  );
  expect(said).toContain(`URL               ${publicUrl}/webhooks/freshdesk/bravo\n`);
  expect(said).toContain('set the webhookSecret of bravo in accounts.yaml and start the server again');
});

it('shows no secret', async () => {
  const said = await connect({ publicUrl }, { FRESHDESK_WEBHOOK_SECRET: 'a-secret-of-16-or-more' });
  expect(said).toContain('FRESHDESK_WEBHOOK_SECRET is set');
  expect(said).not.toContain('a-secret-of-16-or-more');
});

it.each<[string, ConnectOptions, Record<string, string>, RegExp]>([
  ['no account', { publicUrl }, { FRESHDESK_API_URL: '', FRESHDESK_API_KEY: '' }, /set FRESHDESK_API_URL/],
  ['no address', {}, {}, /--public-url/],
  ['a wrong key', { publicUrl }, { FRESHDESK_API_KEY: 'wrong' }, /401/],
])('%s: says what to set', async (_what, options, more, words) => {
  await expect(connect(options, more)).rejects.toThrow(words);
});
