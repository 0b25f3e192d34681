/** Which desk the environment means, and what is said of one that is only half described. */
import { readSettings, SettingsError } from '../../src/config/settings';
import { deskNames } from '../../src/helpdesk/deskNames';

const freshdesk = {
  FRESHDESK_API_URL: 'https://acme.freshdesk.com/api/v2/',
  FRESHDESK_API_KEY: 'abcdef0123456789',
};
const zendesk = { ZENDESK_API_URL: 'https://acme.zendesk.com/api/v2', ZENDESK_OAUTH_TOKEN: 'abc' };

function mistakesOf(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
}

test('a Freshdesk, with its own secret and limit', () => {
  const settings = readSettings({
    ...freshdesk,
    FRESHDESK_WEBHOOK_SECRET: 'a-secret-of-the-rule',
    FRESHDESK_REQUESTS_PER_MINUTE: '400',
    ZENDESK_WEBHOOK_SECRET: 'of another desk',
  });
  expect(settings).toMatchObject({
    desk: {
      kind: 'freshdesk',
      apiUrl: 'https://acme.freshdesk.com/api/v2',
      apiKey: freshdesk.FRESHDESK_API_KEY,
    },
    webhookSecret: 'a-secret-of-the-rule',
    deskRequestsPerMinute: 400,
    mail: null,
  });
});

test("the other desk's secret is not taken for this one's", () => {
  expect(readSettings({ ...freshdesk, ZENDESK_WEBHOOK_SECRET: 'x' }).webhookSecret).toBeNull();
  expect(readSettings({ ...zendesk, FRESHDESK_WEBHOOK_SECRET: 'x'.repeat(16) }).webhookSecret).toBeNull();
});

test.each([
  ['zendesk', 200],
  ['freshdesk', 100],
] as const)('the embedded desk can be a %s', (name, requests) => {
  expect(readSettings({ DESKHAND_DESK: name })).toMatchObject({
    desk: { kind: 'embedded', desk: name, port: 4610 },
    deskRequestsPerMinute: requests,
    mail: { kind: 'folder' },
  });
});

test.each<[string, Record<string, string>, string]>([
  [
    'two desks',
    { ...freshdesk, ...zendesk },
    'ZENDESK_API_URL and FRESHDESK_API_URL are both set: unset one, or name both accounts in a file, DESKHAND_ACCOUNTS (docs/accounts.md).',
  ],
  [
    'an address without a key',
    { FRESHDESK_API_URL: freshdesk.FRESHDESK_API_URL },
    "FRESHDESK_API_URL is set, but not how to sign in: set FRESHDESK_API_KEY (the bot's agent > Profile settings).",
  ],
  [
    'a key without an address',
    { FRESHDESK_API_KEY: freshdesk.FRESHDESK_API_KEY },
    'FRESHDESK_API_URL is not set, but FRESHDESK_API_KEY: set it to https://<your account>.freshdesk.com/api/v2, ' +
      'or unset the other to use the embedded desk.',
  ],
  [
    'a key with its password',
    { ...freshdesk, FRESHDESK_API_KEY: 'abcdef:X' },
    'FRESHDESK_API_KEY is (a secret, not shown): it must be visible ASCII without spaces and colons.',
  ],
  [
    'a guessable secret',
    { ...freshdesk, FRESHDESK_WEBHOOK_SECRET: 'short' },
    'FRESHDESK_WEBHOOK_SECRET is (a secret, not shown): it must have at least 16 characters, visible ASCII without spaces.',
  ],
  [
    'an unknown desk',
    { DESKHAND_DESK: 'kayako' },
    `DESKHAND_DESK is "kayako": it must be one of ${deskNames.join(', ')}.`,
  ],
])('%s: said with the mend', (_what, env, mistake) => {
  expect(mistakesOf(env)).toEqual([mistake]);
});

test('plain http and mistyped names are warned of', () => {
  const { warnings } = readSettings({
    ...freshdesk,
    FRESHDESK_API_URL: 'http://acme.example/api/v2',
    FRESHDESK_APIKEY: 'x',
  });
  expect(warnings).toEqual([
    'FRESHDESK_APIKEY is set, but nothing reads it: did you mean FRESHDESK_API_KEY?',
    'FRESHDESK_API_URL is plain http: the credentials travel readable.',
  ]);
});
