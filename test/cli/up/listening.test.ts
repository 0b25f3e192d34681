import { listeningWords } from '../../../src/cli/up/listening';

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
    "Zendesk's webhooks are off until ZENDESK_WEBHOOK_SECRET is set (docs/deployment.md); looking for changes every 60 s, which Zendesk tells a minute late.",
  ],
  [
    null,
    0,
    "Zendesk's webhooks are off until ZENDESK_WEBHOOK_SECRET is set (docs/deployment.md); the poll is off (DESKHAND_POLL_SECONDS=0), too: only what the API is asked for is looked at.",
  ],
])('with the webhook secret %s and a look every %d s', (webhookSecret, pollSeconds, words) => {
  expect(listeningWords({ api, webhookSecret, pollSeconds })).toBe(words);
});
