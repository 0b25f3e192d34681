/** Where a desk refuses the credentials, the doctor says which are to be made anew, where, and where they belong. */
import { withMend } from '../../../src/cli/doctor/doctorDesk';
import { readSettings, type Settings } from '../../../src/config/settings';
import { RemoteFailure } from '../../../src/remote/failures';

const refused = (status: number): RemoteFailure =>
  new RemoteFailure('unauthorized', `The desk answered ${status}`, { retryable: true, status });

const zendesk = { ZENDESK_API_URL: 'https://acme.zendesk.com/api/v2' };
const freshdesk = { FRESHDESK_API_URL: 'https://acme.freshdesk.com/api/v2', FRESHDESK_API_KEY: 'k' };
const chatwoot = { CHATWOOT_API_URL: 'https://app.chatwoot.com/api/v1/accounts/1', CHATWOOT_API_TOKEN: 't' };
const gorgias = {
  ...{ GORGIAS_API_URL: 'https://acme.gorgias.com/api', GORGIAS_EMAIL: 'bot@acme.example' },
  GORGIAS_API_KEY: 'k',
};

async function told(settings: Settings, error: Error): Promise<string> {
  return withMend(settings, Promise.reject<string>(error)).catch((failure: unknown) => String(failure));
}

test.each<[string, Record<string, string>, string, string]>([
  [
    'the token of a Zendesk user',
    { ...zendesk, ZENDESK_EMAIL: 'bot@acme.example', ZENDESK_API_TOKEN: 't' },
    'Admin Center',
    'ZENDESK_API_TOKEN',
  ],
  ['an OAuth token', { ...zendesk, ZENDESK_OAUTH_TOKEN: 't' }, 'Admin Center', 'ZENDESK_OAUTH_TOKEN'],
  ['a key of Freshdesk', freshdesk, 'Profile settings', 'FRESHDESK_API_KEY'],
  ['a token of Chatwoot', chatwoot, 'Access token', 'CHATWOOT_API_TOKEN'],
  ['a key of Gorgias', gorgias, 'REST API', 'GORGIAS_API_KEY'],
])('%s', async (_what, env, where, variable) => {
  const words = await told(readSettings(env), refused(401));
  expect(words).toMatch(
    new RegExp(
      `The desk answered 401; if it has expired .*make a new one \\(.*${where}.*set ${variable} to it$`,
    ),
  );
});

test('of an account among several, its name and the file', async () => {
  const settings = {
    ...readSettings(freshdesk),
    account: 'bravo',
    accountsFile: '/srv/deskhand/accounts.yaml',
  };
  expect(await told(settings, refused(401))).toMatch(/\) and give it to bravo in accounts\.yaml$/);
});

test('a right that lacks, a desk that is down and the embedded desk need no new token', async () => {
  const settings = readSettings(freshdesk);
  expect(await told(settings, refused(403))).toBe(String(refused(403)));
  expect(await told(settings, new Error('down'))).toBe('Error: down');
  expect(await told(readSettings({}), refused(401))).toBe(String(refused(401)));
  expect(await withMend(settings, Promise.resolve('well'))).toBe('well');
});
