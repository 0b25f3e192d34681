import { describeSettings } from '../../src/config/givenVariables';
import { readSettings, SettingsError } from '../../src/config/settings';

const shop = { SHOP_API_URL: 'https://orders.acme.example/v1/', SHOP_API_TOKEN: 'very-secret' };

function mistakes(env: Record<string, string>): string {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes.join('\n');
    throw error;
  }
  return '';
}

test('an address and a token name the shop', () => {
  expect(readSettings(shop).shop).toEqual({
    kind: 'http',
    apiUrl: 'https://orders.acme.example/v1',
    token: 'very-secret',
  });
  expect(readSettings({}).shop).toEqual({ kind: 'demo' });
});

test.each([
  [{ SHOP_API_URL: shop.SHOP_API_URL }, 'set SHOP_API_TOKEN to the bearer token'],
  [{ SHOP_API_TOKEN: 'very-secret' }, 'SHOP_API_URL is not set, but SHOP_API_TOKEN'],
  [
    { ...shop, SHOP_API_URL: 'ftp://acme.example' },
    'SHOP_API_URL is "ftp://acme.example": it must be an http or https address',
  ],
  [{ ...shop, SHOP_API_URL: 'acme.example' }, 'must be an http or https address'],
  [{ ...shop, SHOP_API_TOKEN: 'very secret' }, 'it must be visible ASCII'],
  [{ ...shop, SHOPIFY_STORE: 'acme', SHOPIFY_ACCESS_TOKEN: 'shpat_0123456789abcdef' }, 'are both set'],
])('%j is refused: %s', (env, words) => {
  expect(mistakes(env)).toContain(words);
  expect(mistakes(env)).not.toContain('very');
});

test('plain http over the network is warned of, on this machine it is not', () => {
  expect(readSettings({ ...shop, SHOP_API_URL: 'http://orders.lan' }).warnings).toEqual([
    'SHOP_API_URL is plain http: the credentials travel readable.',
  ]);
  for (const here of [
    'http://localhost',
    'http://localhost:4620',
    'http://127.0.0.1:4620',
    'http://[::1]:4620',
  ]) {
    expect(readSettings({ ...shop, SHOP_API_URL: here }).warnings).toEqual([]);
  }
});

test('a mistyped name is warned of, and the token is masked', () => {
  expect(readSettings({ SHOP_API_TOKE: 'x' }).warnings.join()).toContain('did you mean SHOP_API_TOKEN?');
  expect(JSON.stringify(describeSettings(shop))).not.toContain('very-secret');
});
