import { describeSettings } from '../../src/config/givenVariables';
import { readSettings, SettingsError } from '../../src/config/settings';

const SHOPIFY_ACCESS_TOKEN = 'shpat_a-token-of-enough-characters';

function mistakes(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
}

test('nothing set: the demo shop', () => {
  expect(readSettings({}).shop).toEqual({ kind: 'demo' });
});

test.each([
  ['acme', 'https://acme.myshopify.com'],
  ['acme.myshopify.com', 'https://acme.myshopify.com'],
  ['https://Acme-Lamps.myshopify.com/', 'https://acme-lamps.myshopify.com'],
  ['http://127.0.0.1:4700', 'http://127.0.0.1:4700'],
  ['http://localhost:4700/', 'http://localhost:4700'],
])('SHOPIFY_STORE=%s is the shop at %s', (SHOPIFY_STORE, storeUrl) => {
  expect(readSettings({ SHOPIFY_STORE, SHOPIFY_ACCESS_TOKEN }).shop).toEqual({
    kind: 'shopify',
    storeUrl,
    accessToken: SHOPIFY_ACCESS_TOKEN,
    apiVersion: '2026-10',
  });
});

test.each([
  'www.acme.example',
  'https://acme.example',
  'http://acme.myshopify.com',
  'https://acme.myshopify.com/admin',
  'https://acme.myshopify.com@evil.example',
  'acme.myshopify.com.evil.example',
  'acme shop',
  '-acme',
])(
  'SHOPIFY_STORE=%s is refused: the token would go to nobody knows whom, or could be read on its way',
  (store) => {
    expect(mistakes({ SHOPIFY_STORE: store, SHOPIFY_ACCESS_TOKEN })).toEqual([
      `SHOPIFY_STORE is ${JSON.stringify(store).replace('acme.myshopify.com@', '(not shown)@')}: it must be the shop at Shopify, such as acme.myshopify.com (not its own domain).`,
    ]);
  },
);

test.each([
  ['2026-04', null],
  ['2026-10', null],
  ['2027-01', null],
  ['2026-01', 'it must be 2026-04 or later: earlier versions let a refund go out twice'],
  ['2025-10', 'it must be 2026-04 or later: earlier versions let a refund go out twice'],
  ['2026-05', 'it must be a version of the Admin API, such as 2026-10'],
  ['unstable', 'it must be a version of the Admin API, such as 2026-10'],
])('SHOPIFY_API_VERSION=%s: %s', (version, why) => {
  const given = { SHOPIFY_STORE: 'acme', SHOPIFY_ACCESS_TOKEN, SHOPIFY_API_VERSION: version };
  expect(mistakes(given)).toEqual(
    why === null ? [] : [`SHOPIFY_API_VERSION is ${JSON.stringify(version)}: ${why}.`],
  );
});

test('a store without a token, or a token without a store, is said with what to set', () => {
  expect(mistakes({ SHOPIFY_STORE: 'acme' })).toEqual([
    'SHOPIFY_STORE is set, but not how to sign in: set SHOPIFY_ACCESS_TOKEN to the Admin API access token of a custom ' +
      'app of that shop.',
  ]);
  expect(mistakes({ SHOPIFY_ACCESS_TOKEN })).toEqual([
    'SHOPIFY_STORE is not set, but SHOPIFY_ACCESS_TOKEN: set it to <your shop>.myshopify.com, or unset the other to ' +
      'use the demo shop.',
  ]);
});

test('the token is never shown, not even when it is wrong', () => {
  const token = 'shpat_with spaces inside it';
  const [mistake] = mistakes({ SHOPIFY_STORE: 'acme', SHOPIFY_ACCESS_TOKEN: token });
  expect(mistake).toBe(
    'SHOPIFY_ACCESS_TOKEN is (a secret, not shown): it must have at least 16 characters, visible ASCII without spaces.',
  );
  const lines = describeSettings({ SHOPIFY_STORE: 'acme', SHOPIFY_ACCESS_TOKEN });
  expect(JSON.stringify(lines)).not.toContain(SHOPIFY_ACCESS_TOKEN);
  expect(lines.find(({ name }) => name === 'SHOPIFY_ACCESS_TOKEN')).toMatchObject({
    value: '(set, not shown)',
  });
});

test('a mistyped name is warned of', () => {
  expect(readSettings({ SHOPIFY_STORES: 'acme' }).warnings).toEqual([
    'SHOPIFY_STORES is set, but nothing reads it: did you mean SHOPIFY_STORE?',
  ]);
});
