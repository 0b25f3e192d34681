import { readSettings } from '../../src/config/settings';
import { demoOrdersOfRealDesk } from '../../src/orders/openShop';

const state = { DESKHAND_STATE_DIR: '/srv/deskhand' };
const desk = { ...state, ZENDESK_API_URL: 'https://acme.zendesk.com/api/v2', ZENDESK_OAUTH_TOKEN: 'abc' };

test("a real desk that is answered from the demo shop's file is told, with the file and what to set", () => {
  expect(demoOrdersOfRealDesk(readSettings(desk))).toMatch(
    /demo shop's file \/srv\/deskhand\/orders\.json: set SHOPIFY_STORE or SHOP_API_URL/,
  );
});

test.each([
  ['the demo itself', state],
  ['a shop of its own', { ...desk, SHOP_API_URL: 'https://shop.example/deskhand', SHOP_API_TOKEN: 'token' }],
])('%s is nothing to tell', (_which, env) => {
  expect(demoOrdersOfRealDesk(readSettings(env))).toBeNull();
});
