import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describeSettings } from '../../src/config/givenVariables';
import { readSettings, SettingsError } from '../../src/config/settings';
import { factsOf, variableNames } from '../../src/config/variables';

function mistakes(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  return [];
}

const zendesk = {
  ZENDESK_API_URL: 'https://acme.zendesk.com/api/v2/',
  ZENDESK_EMAIL: 'bot@acme.example',
  ZENDESK_API_TOKEN: 'token',
};

test('nothing set: everything on this machine, with the embedded desk', () => {
  expect(readSettings({})).toEqual({
    stateDir: path.resolve('.deskhand'),
    api: { host: '127.0.0.1', port: 4600, token: null, trustedProxies: null },
    temporal: { address: null, namespace: 'default', uiUrl: null },
    ledgers: { desk: 'zendesk', account: 'demo' },
    accountsFile: null,
    desk: { kind: 'embedded', desk: 'zendesk', port: 4610 },
    account: 'demo',
    brands: {},
    shop: { kind: 'demo' },
    mail: { kind: 'folder' },
    codeSecret: null,
    webhookSecret: null,
    deskRequestsPerMinute: 200,
    pollSeconds: 60,
    workerMetricsAddress: null,
    policyDir: path.resolve('policies/demo-shop'),
    policyStoreDir: path.resolve('.deskhand/policies'),
    companyAddresses: [],
    notices: {
      webhooks: [],
      key: null,
      slack: [],
      teams: [],
      email: [],
      about: ['escalation', 'approval', 'deadline', 'failure', 'outage'],
    },
    logLevel: 'info',
    warnings: [],
  });
});

test('an empty variable counts as unset', () => {
  expect(readSettings({ DESKHAND_PORT: ' ', ZENDESK_EMAIL: '' })).toEqual(readSettings({}));
});

test.each([
  ['DESKHAND_STATE_DIR', '/var/lib/deskhand', { stateDir: '/var/lib/deskhand' }],
  ['DESKHAND_HOST', '0.0.0.0', { api: { host: '0.0.0.0' } }],
  ['DESKHAND_PORT', '0', { api: { port: 0 } }],
  ['DESKHAND_API_TOKEN', 'sixteen-or-more-characters', { api: { token: 'sixteen-or-more-characters' } }],
  ['DESKHAND_TRUST_PROXY', 'off', { api: { trustedProxies: null } }],
  ['DESKHAND_TRUST_PROXY', '2', { api: { trustedProxies: { type: 'hops', hops: 2 } } }],
  [
    'DESKHAND_TRUST_PROXY',
    '10.0.0.7, 172.16.0.0/12,fd00::/8',
    { api: { trustedProxies: { type: 'addresses', addresses: ['10.0.0.7', '172.16.0.0/12', 'fd00::/8'] } } },
  ],
  ['DESKHAND_DESK_PORT', '65535', { desk: { kind: 'embedded', port: 65_535 } }],
  ['DESKHAND_POLICY', '/etc/policy', { policyDir: '/etc/policy' }],
  ['DESKHAND_POLICY_STORE', '/srv/policies', { policyStoreDir: '/srv/policies' }],
  [
    'DESKHAND_COMPANY_ADDRESSES',
    'Care@Shop.example, help@shop.example,',
    { companyAddresses: ['care@shop.example', 'help@shop.example'] },
  ],
  ['DESKHAND_POLL_SECONDS', '0', { pollSeconds: 0 }],
  [
    'DESKHAND_NOTIFY_URL',
    'https://chat.example/hook/',
    { notices: { webhooks: ['https://chat.example/hook/'] } },
  ],
  ['DESKHAND_WORKER_METRICS', '0.0.0.0:9464', { workerMetricsAddress: '0.0.0.0:9464' }],
  ['DESKHAND_WORKER_METRICS', '[::1]:9464', { workerMetricsAddress: '[::1]:9464' }],
  ['DESKHAND_LOG_LEVEL', 'debug', { logLevel: 'debug' }],
  ['TEMPORAL_ADDRESS', 'temporal.example:7233', { temporal: { address: 'temporal.example:7233' } }],
  ['TEMPORAL_NAMESPACE', 'shop', { temporal: { namespace: 'shop' } }],
  ['TEMPORAL_UI_URL', 'http://localhost:8233/', { temporal: { uiUrl: 'http://localhost:8233' } }],
  ['ZENDESK_WEBHOOK_SECRET', 'abc', { webhookSecret: 'abc' }],
  ['ZENDESK_REQUESTS_PER_MINUTE', '700', { deskRequestsPerMinute: 700 }],
])('%s=%s is taken', (name, value, expected) => {
  expect(readSettings({ [name]: value })).toMatchObject(expected);
});

test.each([
  ['DESKHAND_PORT', '65536', 'must be a whole number from 0 to 65535'],
  ['DESKHAND_PORT', '0x50', 'must be a whole number from 0 to 65535'],
  ['DESKHAND_DESK_PORT', '-1', 'must be a whole number'],
  ['DESKHAND_POLL_SECONDS', '1.5', 'must be a whole number from 0 to 3600'],
  ['DESKHAND_POLL_SECONDS', '3601', 'must be a whole number from 0 to 3600'],
  ['ZENDESK_REQUESTS_PER_MINUTE', '0', 'must be a whole number from 1 to 100000'],
  ['DESKHAND_COMPANY_ADDRESSES', 'care', 'must be e-mail addresses'],
  ['DESKHAND_WORKER_METRICS', 'localhost:9464', 'must be ip:port'],
  ['DESKHAND_WORKER_METRICS', '9464', 'must be ip:port'],
  ['DESKHAND_WORKER_METRICS', '127.0.0.1:70000', 'must have a port up to 65535'],
  ['DESKHAND_LOG_LEVEL', 'loud', 'must be one of debug, info, warn, error'],
  ['TEMPORAL_ADDRESS', 'http://localhost:7233', 'must be host:port'],
  ['TEMPORAL_ADDRESS', 'localhost:99999', 'must have a port up to 65535'],
  ['TEMPORAL_UI_URL', 'localhost', 'must be an http or https address'],
])('%s=%s is refused: %s', (name, value, expected) => {
  const [mistake] = mistakes({ [name]: value });
  expect(mistake).toContain(`${name} is ${JSON.stringify(value)}: it ${expected}`);
});

test.each([
  ...['on', 'true', '0', '-1', '10', '1.5', '*', 'proxy.example', '10.0.0', '10.0.0.256', '10.0.0.0/33'],
  ...['0.0.0.0/0', '::/0', 'fd00::/129', '10.0.0.7,', '10.0.0.7 10.0.0.8', '10.0.0.0/8/8', 'fe80::1%eth0'],
])('DESKHAND_TRUST_PROXY=%s is refused: it trusts nobody in particular, or everybody', (value) => {
  expect(mistakes({ DESKHAND_TRUST_PROXY: value })).toEqual([
    `DESKHAND_TRUST_PROXY is ${JSON.stringify(value)}: it must be off, the number of proxies before the server ` +
      '(1 to 9), or addresses and networks with commas between, such as 10.0.0.7, 172.16.0.0/12.',
  ]);
});

test('all mistakes are said at once, those between variables, too', () => {
  const found = mistakes({
    DESKHAND_PORT: 'x',
    DESKHAND_LOG_LEVEL: 'loud',
    ZENDESK_API_URL: 'https://acme.zendesk.com/api/v2',
    ZENDESK_EMAIL: 'not an address',
  });
  expect(found).toHaveLength(4);
  expect(found.join('\n')).toMatch(/DESKHAND_PORT[^]*LOG_LEVEL[^]*ZENDESK_EMAIL is[^]*set ZENDESK_API_TOKEN/);
});

test('a secret that is refused is never shown', () => {
  expect(mistakes({ DESKHAND_API_TOKEN: 'short-secret' }).join()).not.toContain('short-secret');
});

describe('Zendesk', () => {
  test('by e-mail and API token', () => {
    expect(readSettings(zendesk).desk).toEqual({
      kind: 'zendesk',
      apiUrl: 'https://acme.zendesk.com/api/v2',
      auth: { type: 'api-token', email: 'bot@acme.example', token: 'token' },
    });
  });

  test('by OAuth token, which wins over the other with a warning', () => {
    const settings = readSettings({ ...zendesk, ZENDESK_OAUTH_TOKEN: 'oauth' });
    expect(settings.desk).toMatchObject({ auth: { type: 'oauth', token: 'oauth' } });
    expect(settings.warnings.join()).toContain('the OAuth token is used');
  });

  test('credentials without an address would silently use the embedded desk: refused', () => {
    expect(mistakes({ ZENDESK_EMAIL: 'bot@acme.example' }).join()).toContain('ZENDESK_API_URL is not set');
  });

  test('an address without credentials names what is missing', () => {
    const { ZENDESK_API_URL } = zendesk;
    expect(mistakes({ ZENDESK_API_URL }).join()).toContain('set ZENDESK_EMAIL and ZENDESK_API_TOKEN');
    expect(mistakes({ ZENDESK_API_URL, ZENDESK_API_TOKEN: 't' }).join()).toContain('set ZENDESK_EMAIL (');
  });

  test('plain http over the network is warned of, on this machine it is not', () => {
    expect(readSettings({ ...zendesk, ZENDESK_API_URL: 'http://desk.example/api/v2' }).warnings).toHaveLength(
      1,
    );
    expect(readSettings({ ...zendesk, ZENDESK_API_URL: 'http://127.0.0.1:4610/api/v2' }).warnings).toEqual(
      [],
    );
  });
});

test('a mistyped name is warned of with the one that was meant', () => {
  const { warnings } = readSettings({
    ZENDESK_WEBHOK_SECRET: 'x',
    DESKHAND_ZZZZZZZZZZZZZZZ: 'x',
    ZED_HOME: 'x',
  });
  expect(warnings).toEqual([
    'DESKHAND_ZZZZZZZZZZZZZZZ is set, but nothing reads it.',
    'ZENDESK_WEBHOK_SECRET is set, but nothing reads it: did you mean ZENDESK_WEBHOOK_SECRET?',
  ]);
});

test('the description of the settings says where each comes from, and masks secrets', () => {
  const lines = describeSettings({ ZENDESK_API_TOKEN: 'very-secret', DESKHAND_PORT: '5000' });
  expect(JSON.stringify(lines)).not.toContain('very-secret');
  expect(lines).toContainEqual({ name: 'DESKHAND_PORT', value: '5000', source: 'environment' });
  expect(lines).toContainEqual({ name: 'DESKHAND_HOST', value: '127.0.0.1', source: 'default' });
  expect(lines).toContainEqual({ name: 'ZENDESK_EMAIL', value: '', source: 'unset' });
});

test('docs/settings.md has every variable with its default and meaning', () => {
  const table = readFileSync(path.resolve(__dirname, '../../docs/settings.md'), 'utf8').replace(/\s+/g, ' ');
  for (const name of variableNames) {
    const { about, fallback } = factsOf(name);
    expect(table).toContain(`| \`${name}\` | ${fallback === null ? '' : `\`${fallback}\` `}| ${about} |`);
  }
});
