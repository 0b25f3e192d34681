import { listeningWords } from '../../../src/cli/up/listening';

const zendesk = {
  kind: 'zendesk',
  apiUrl: 'https://acme.zendesk.com/api/v2',
  auth: { type: 'oauth', token: 't' },
} as const;
const alone = { account: 'acme', accountsFile: null };
const api = { host: '127.0.0.1', port: 4600, token: null, trustedProxies: null };

test.each([
  [
    'secret',
    60,
    "Listening to Zendesk's webhooks at http://127.0.0.1:4600/webhooks/zendesk; looking for changes every 60 s, which Zendesk tells a minute late.",
  ],
  [
    'secret',
    0,
    "Listening to Zendesk's webhooks at http://127.0.0.1:4600/webhooks/zendesk; the poll is off (DESKHAND_POLL_SECONDS=0).",
  ],
  [
    null,
    60,
    'Zendesk\'s webhooks are off until "deskhand connect zendesk" was run (docs/connect.md); looking for changes every 60 s, which Zendesk tells a minute late.',
  ],
  [
    null,
    0,
    'Zendesk\'s webhooks are off until "deskhand connect zendesk" was run (docs/connect.md); the poll is off (DESKHAND_POLL_SECONDS=0), too: only what the API is asked for is looked at.',
  ],
])('with the webhook secret %s and a look every %d s', (webhookSecret, pollSeconds, words) => {
  expect(listeningWords({ ...alone, api, desk: zendesk, webhookSecret, pollSeconds })).toBe(words);
});

test("Freshdesk's are named as its own, and its list is up to date", () => {
  const desk = { kind: 'freshdesk', apiUrl: 'https://acme.freshdesk.com/api/v2', apiKey: 'k' } as const;
  expect(listeningWords({ ...alone, api, desk, webhookSecret: 'secret', pollSeconds: 60 })).toBe(
    "Listening to Freshdesk's webhooks at http://127.0.0.1:4600/webhooks/freshdesk; looking for changes every 60 s.",
  );
  expect(listeningWords({ ...alone, api, desk, webhookSecret: null, pollSeconds: 60 })).toBe(
    'Freshdesk\'s webhooks are off until "deskhand connect freshdesk" was run (docs/connect.md); looking for changes every 60 s.',
  );
});

test('one of several accounts is named, with an address of its own', () => {
  const one = { api, desk: zendesk, account: 'acme', accountsFile: 'accounts.yaml', pollSeconds: 60 };
  expect(listeningWords({ ...one, webhookSecret: 'secret' })).toContain(
    "Listening to Zendesk's webhooks (acme) at http://127.0.0.1:4600/webhooks/zendesk/acme;",
  );
  expect(listeningWords({ ...one, webhookSecret: null })).toContain(
    "Zendesk's webhooks (acme) are off until it has a webhookSecret in accounts.yaml (docs/accounts.md);",
  );
});
