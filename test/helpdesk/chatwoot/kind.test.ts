/** How the environment describes a Chatwoot, and what is said of one that is only half described. */
import { readSettings, SettingsError } from '../../../src/config/settings';
import { accountOf } from '../../../src/helpdesk/deskKinds';
import { openHelpdesk } from '../../../src/helpdesk/openHelpdesk';

const chatwoot = {
  CHATWOOT_API_URL: 'https://chat.acme.example/api/v1/accounts/7/',
  CHATWOOT_API_TOKEN: 'abcdef0123456789',
};
const secret = 'a-secret-of-the-webhook';

function mistakesOf(env: Record<string, string>): string {
  try {
    readSettings(env);
    return '';
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes.join('\n');
    throw error;
  }
}

test('an account of a Chatwoot is that account, with its own secret, limit and pages', async () => {
  const settings = readSettings({ ...chatwoot, CHATWOOT_WEBHOOK_SECRET: secret });
  expect(settings).toMatchObject({
    desk: {
      kind: 'chatwoot',
      apiUrl: 'https://chat.acme.example/api/v1/accounts/7',
      apiToken: chatwoot.CHATWOOT_API_TOKEN,
    },
    webhookSecret: secret,
    deskRequestsPerMinute: 600,
  });
  const desk = await openHelpdesk(settings);
  expect(desk).toMatchObject({ desk: 'chatwoot', account: 'chat.acme.example-7' });
  expect(desk.ticketUrl('17')).toBe('https://chat.acme.example/app/accounts/7/conversations/17');
});

test.each([
  ['https://app.chatwoot.com/api/v1/accounts/1', 'app.chatwoot.com-1'],
  ['https://app.chatwoot.com/api/v1/accounts/23', 'app.chatwoot.com-23'],
  ['http://localhost:3000/api/v1/accounts/1', 'localhost-3000-1'],
  ['https://acme.example/chat/api/v1/accounts/4', 'acme.example-4'],
  ['https://acme.zendesk.com/api/v2', 'acme'],
])('the account of %s is %s: those of one host are told apart', (apiUrl, account) => {
  expect(accountOf(apiUrl)).toBe(account);
});

test.each([
  'https://chat.acme.example',
  'https://chat.acme.example/api/v1',
  'https://chat.acme.example/api/v1/accounts',
  'https://chat.acme.example/api/v1/accounts/acme',
  'https://chat.acme.example/api/v1/accounts/7/conversations',
])('%s is no address of an account', (url) => {
  const said = mistakesOf({ ...chatwoot, CHATWOOT_API_URL: url });
  expect(said).toMatch(/CHATWOOT_API_URL.*must end in \/api\/v1\/accounts\/<number>/);
});

test.each([
  ['a token without an address', { CHATWOOT_API_TOKEN: 'abc' }, /CHATWOOT_API_URL is not set/],
  [
    'an address without a token',
    { CHATWOOT_API_URL: chatwoot.CHATWOOT_API_URL },
    /CHATWOOT_API_TOKEN.*Access token/,
  ],
])('%s: what is missing is said, and where one finds it', (_what, env, said) => {
  expect(mistakesOf(env)).toMatch(said);
});

test('one secret of a webhook, or two with a comma between', () => {
  const mistakes = (given: string) => mistakesOf({ ...chatwoot, CHATWOOT_WEBHOOK_SECRET: given });
  expect(mistakes(secret)).toBe('');
  expect(mistakes(`${secret},${secret}-of-the-bot`)).toBe('');
  for (const given of ['short', `${secret},`, `,${secret}`, `${secret},short`, `${secret} ${secret}`]) {
    expect(mistakes(given)).toMatch(/CHATWOOT_WEBHOOK_SECRET.*must have at least 16 characters/);
    expect(mistakes(given)).not.toContain(given);
  }
});
