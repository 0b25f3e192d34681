/** `deskhand connect --by-hand`: tells what to make, filled in, checks the rest, writes nothing. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { connectByHand } from '../../../src/cli/connect/connectByHand';
import type { ConnectOptions } from '../../../src/cli/connect/connectDesk';
import { rulesByHand } from '../../../src/cli/connect/rulesByHand';
import type { DeskName } from '../../../src/helpdesk/deskNames';
import { startEmbeddedChatwoot } from '../../../src/helpdesk/embedded/chatwoot/startChatwoot';
import { startEmbeddedFreshdesk } from '../../../src/helpdesk/embedded/freshdesk/startFreshdesk';
import { startEmbeddedGorgias } from '../../../src/helpdesk/embedded/gorgias/startGorgias';
import { writeSmallPolicy } from '../../policy/smallPolicy';

interface Account {
  readonly env: Readonly<Record<string, string>>;
  readonly token: string;
  readonly apiUrl: string;
}

let stateDir: string;
const accounts = new Map<DeskName, Account>();
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  stateDir = await mkdtemp(path.join(tmpdir(), 'deskhand-connect-'));
  const options = (name: string) => ({ host: '127.0.0.1', port: 0, stateDir: path.join(stateDir, name) });
  const freshdesk = await startEmbeddedFreshdesk(options('freshdesk'));
  const chatwoot = await startEmbeddedChatwoot(options('chatwoot'));
  const gorgias = await startEmbeddedGorgias(options('gorgias'));
  closing.push(...[freshdesk, chatwoot, gorgias].map((desk) => () => desk.close()));
  const keep = (desk: DeskName, apiUrl: string, token: string, env: Account['env']) =>
    accounts.set(desk, { apiUrl, token, env: { DESKHAND_STATE_DIR: stateDir, ...env } });
  keep('freshdesk', freshdesk.apiUrl, freshdesk.credentials.token, {
    FRESHDESK_API_URL: freshdesk.apiUrl,
    FRESHDESK_API_KEY: freshdesk.credentials.token,
  });
  keep('chatwoot', chatwoot.apiUrl, chatwoot.credentials.token, {
    CHATWOOT_API_URL: chatwoot.apiUrl,
    CHATWOOT_API_TOKEN: chatwoot.credentials.token,
  });
  keep('gorgias', gorgias.apiUrl, gorgias.credentials.token, {
    GORGIAS_API_URL: gorgias.apiUrl,
    GORGIAS_EMAIL: gorgias.credentials.email,
    GORGIAS_API_KEY: gorgias.credentials.token,
  });
});
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await rm(stateDir, { recursive: true, force: true });
});

function accountOf(desk: DeskName): Account {
  const account = accounts.get(desk);
  if (account === undefined) throw new Error(`no ${desk} runs`);
  return account;
}

async function connect(
  desk: DeskName,
  options: ConnectOptions,
  more: Record<string, string> = {},
): Promise<string> {
  const output = new PassThrough();
  let said = '';
  output.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const terminal = { input: new PassThrough(), output };
  const env = { ...accountOf(desk).env, ...more };
  await connectByHand(desk, options, { env, terminal, isStopped: () => false });
  return said;
}
const publicUrl = 'http://127.0.0.1:9';

it.each<[DeskName, readonly (string | RegExp)[]]>([
  [
    'freshdesk',
    [
      /none is set: choose one .*set FRESHDESK_WEBHOOK_SECRET/,
      /Ticket creation[^]*performed by: Requester/,
      'Content           Advanced: {"ticket_id": "{{ticket.id}}"}\n',
    ],
  ],
  [
    'chatwoot',
    [
      /none is set: set CHATWOOT_WEBHOOK_SECRET to what Chatwoot shows, and start the server again/,
      'Message created, Message updated, Conversation status changed, Conversation updated',
      /secret is CHATWOOT_WEBHOOK_SECRET/,
    ],
  ],
  [
    'gorgias',
    [
      /none is set: choose one .*set GORGIAS_WEBHOOK_SECRET/,
      /Ticket created, Ticket message created; not Ticket updated/,
      '"message_id": "{{message.id}}"',
    ],
  ],
])(
  '%s: says who we are, what to make and where it posts to, and that a secret lacks',
  async (desk, words) => {
    const said = await connect(desk, { publicUrl });
    expect(said).toMatch(/^http:\/\/127\.0\.0\.1:\d+: we are /);
    expect(said).toContain(`URL               ${publicUrl}/webhooks/${desk}\n`);
    for (const word of words) expect(said).toMatch(word);
    expect(said).toMatch(
      /Until then Deskhand looks for changes every \d+ s\. Check the rest: deskhand doctor\n$/,
    );
    expect(said).not.toContain(accountOf(desk).token);
  },
);

it.each<DeskName>(['freshdesk', 'chatwoot', 'gorgias'])(
  '%s: tells the custom fields that the policy sets and the desk lacks, unless nobody wants them',
  async (desk) => {
    const policy = path.join(stateDir, 'policy');
    const fields = '{ Mood: calm, Parcel number: "{{ order.number }}", order Number: "1" }';
    await writeSmallPolicy(policy, {
      'rules.yaml': (rules) => rules.replace('- tag: { add: [answered] }', `- set-field: ${fields}`),
    });
    const said = await connect(desk, { publicUrl }, { DESKHAND_POLICY: policy });
    expect(said).toContain(
      `lacks are made by name, ${rulesByHand[desk].fieldsPage}:\n\n  Mood              drop-down: calm\n  Parcel number     text\n\nUntil`,
    );
    const without = await connect(desk, { publicUrl, fields: false }, { DESKHAND_POLICY: policy });
    expect(without).not.toContain('Custom fields');
  },
);

it('Zendesk: what an admin makes there', () => {
  const endpoint = `${publicUrl}/webhooks/zendesk`;
  const said = rulesByHand.zendesk.text({ endpoint, secretName: 'ZENDESK_WEBHOOK_SECRET' });
  expect(said).toContain(`Endpoint          ${endpoint}\n`);
  expect(said).toMatch(/Ticket created, comment added[^]*signing secret is ZENDESK_WEBHOOK_SECRET\.$/);
});

it('of several accounts it names the one that is meant, with an address of its own', async () => {
  const file = path.join(stateDir, 'accounts.yaml');
  const other =
    '  - { name: acme, desk: zendesk, address: https://acme.zendesk.com/api/v2, oauthToken: { env: KEY } }';
  const { apiUrl, token } = accountOf('freshdesk');
  const own = `  - { name: bravo, desk: freshdesk, address: ${apiUrl}, apiKey: { env: KEY } }`;
  await writeFile(file, `accounts:\n${other}\n${own}\n`);
  const variables = { FRESHDESK_API_URL: '', FRESHDESK_API_KEY: '' };
  const said = await connect(
    'freshdesk',
    { publicUrl },
    { ...variables, DESKHAND_ACCOUNTS: file, KEY: token },
  );
  expect(said).toContain(`URL               ${publicUrl}/webhooks/freshdesk/bravo\n`);
  expect(said).toContain('set the webhookSecret of bravo in accounts.yaml and start the server again');
});

it('shows no secret', async () => {
  const said = await connect(
    'freshdesk',
    { publicUrl },
    { FRESHDESK_WEBHOOK_SECRET: 'a-secret-of-16-or-more' },
  );
  expect(said).toContain('FRESHDESK_WEBHOOK_SECRET is set');
  expect(said).not.toContain('a-secret-of-16-or-more');
});

it.each<[string, DeskName, ConnectOptions, Record<string, string>, RegExp]>([
  [
    'no account',
    'freshdesk',
    { publicUrl },
    { FRESHDESK_API_URL: '', FRESHDESK_API_KEY: '' },
    /No Freshdesk account was named: set FRESHDESK_API_URL \(.*\) and FRESHDESK_API_KEY\./,
  ],
  [
    'no account',
    'gorgias',
    { publicUrl },
    { GORGIAS_API_URL: '', GORGIAS_EMAIL: '', GORGIAS_API_KEY: '' },
    /set GORGIAS_API_URL \(.*\) and GORGIAS_EMAIL and GORGIAS_API_KEY\./,
  ],
  ['no address', 'chatwoot', {}, {}, /Say where Chatwoot reaches Deskhand: --public-url/],
  ['an address that is none', 'chatwoot', { publicUrl: 'deskhand' }, {}, /is no web address/],
  ['a wrong key', 'freshdesk', { publicUrl }, { FRESHDESK_API_KEY: 'wrong' }, /401/],
  ['a wrong key', 'gorgias', { publicUrl }, { GORGIAS_API_KEY: 'wrong' }, /401/],
])('%s of %s: says what to set', async (_what, desk, options, more, words) => {
  await expect(connect(desk, options, more)).rejects.toThrow(words);
});
