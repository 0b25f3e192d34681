/** What becomes of a message when its channel answers badly, or not at all: one table for every webhook. */
import { slowRetryMs, type RemoteFailure } from '../../src/remote/failures';
import { createSlackChannel } from '../../src/notify/slackChannel';
import { createTeamsChannel } from '../../src/notify/teamsChannel';
import { createWebhookChannel } from '../../src/notify/webhookChannel';
import type { NoticeChannel } from '../../src/notify/port';
import { escalation, messageOf } from './messages';
import { Receiver, type Answer } from './receiver';

const message = messageOf([escalation]);
/** For those that never answer. */
const hasty = { connect: 20_000, total: 300 };
const patient = { connect: 20_000, total: 60_000 };

let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.start();
});
afterAll(() => receiver.close());
beforeEach(() => {
  receiver.posts.length = 0;
});

const channels: Readonly<Record<'slack' | 'teams' | 'webhook', (timeoutsMs: typeof hasty) => NoticeChannel>> =
  {
    slack: (timeoutsMs) => createSlackChannel('slack', { url: receiver.url, timeoutsMs }),
    teams: (timeoutsMs) => createTeamsChannel('teams', { url: receiver.url, timeoutsMs }),
    webhook: (timeoutsMs) => createWebhookChannel('webhook', { url: receiver.url, key: null, timeoutsMs }),
  };

async function refusalOf(channel: NoticeChannel, answer: Answer): Promise<RemoteFailure> {
  receiver.answer = answer;
  const never = new AbortController().signal;
  return channel.send(message, never).then(
    () => {
      throw new Error('it was taken');
    },
    (error: unknown) => error as RemoteFailure,
  );
}

const rows: readonly [
  keyof typeof channels,
  Answer,
  Pick<RemoteFailure, 'kind' | 'retryable' | 'retryAfterMs'>,
  RegExp,
][] = [
  [
    'slack',
    { status: 429, body: 'rate_limited', headers: { 'retry-after': '30' } },
    { kind: 'throttled', retryable: true, retryAfterMs: 30_000 },
    /^Slack answered 429: too many requests \(rate_limited\); it asks to wait 30 s$/,
  ],
  [
    'slack',
    { status: 500, body: 'rollup_error' },
    { kind: 'unavailable', retryable: true, retryAfterMs: null },
    /500/,
  ],
  [
    'slack',
    { status: 503, headers: { 'retry-after': '7' } },
    { kind: 'unavailable', retryable: true, retryAfterMs: 7_000 },
    /503/,
  ],
  [
    'slack',
    { status: 404, body: 'no_service' },
    { kind: 'unauthorized', retryable: true, retryAfterMs: slowRetryMs },
    /^Slack answered 404: its webhook was revoked or switched off.*\(no_service\)$/,
  ],
  [
    'slack',
    { status: 410, body: 'channel_is_archived' },
    { kind: 'unauthorized', retryable: true, retryAfterMs: slowRetryMs },
    /channel_is_archived/,
  ],
  [
    'slack',
    { status: 403, body: 'action_prohibited' },
    { kind: 'unauthorized', retryable: true, retryAfterMs: slowRetryMs },
    /action_prohibited/,
  ],
  [
    'slack',
    { status: 400, body: 'invalid_blocks' },
    { kind: 'rejected', retryable: false, retryAfterMs: null },
    /^Slack answered 400: it does not understand the request \(invalid_blocks\)$/,
  ],
  [
    'slack',
    { status: 302, headers: { location: 'https://evil.example/' } },
    { kind: 'malformed', retryable: true, retryAfterMs: slowRetryMs },
    /302: it points to another address/,
  ],
  ['slack', 'hang', { kind: 'unavailable', retryable: true, retryAfterMs: null }, /did not answer in time/],
  [
    'slack',
    'reset-after',
    { kind: 'unavailable', retryable: true, retryAfterMs: null },
    /the connection broke/,
  ],
  [
    'teams',
    {
      status: 400,
      body: '{"error":{"code":"WorkflowTriggerIsNotEnabled","message":"The workflow of Ana ..."}}',
    },
    { kind: 'unauthorized', retryable: true, retryAfterMs: slowRetryMs },
    /^Teams answered 400: its webhook was revoked or switched off.*\(WorkflowTriggerIsNotEnabled\)$/,
  ],
  [
    'teams',
    { status: 401, body: '{"error":{"code":"DirectApiAuthorizationRequired"}}' },
    { kind: 'unauthorized', retryable: true, retryAfterMs: slowRetryMs },
    /DirectApiAuthorizationRequired/,
  ],
  [
    'teams',
    { status: 413, body: '' },
    { kind: 'rejected', retryable: false, retryAfterMs: null },
    /413: the content is too large/,
  ],
  [
    'webhook',
    { status: 404, body: '<html>Ana was here</html>' },
    { kind: 'unauthorized', retryable: true, retryAfterMs: slowRetryMs },
    /^the webhook answered 404: its webhook was revoked[^(]*$/,
  ],
  ['webhook', { status: 502 }, { kind: 'unavailable', retryable: true, retryAfterMs: null }, /502/],
];

it.each(rows)('%s, answering %j, is %j', async (name, answer, expected, words) => {
  const failure = await refusalOf(channels[name](answer === 'hang' ? hasty : patient), answer);
  expect(failure).toMatchObject({ name: 'RemoteFailure', ...expected });
  expect(failure.message).toMatch(words);
  expect(receiver.posts).toHaveLength(1);
  // The address is the secret of a webhook, and whoever answers may quote anything.
  expect(failure.message).not.toMatch(/s3cret|also-secret|127\.0\.0\.1|Ana/);
  expect(JSON.stringify(failure)).not.toContain('s3cret');
});

it('a channel whose host is gone is tried again', async () => {
  const gone = await Receiver.start();
  const { url } = gone;
  await gone.close();
  const failure = await refusalOf(createSlackChannel('slack', { url }), { status: 200 });
  expect(failure).toMatchObject({ kind: 'unavailable', retryable: true });
  expect(failure.message).toBe('Slack could not be asked: nothing listens at its address (ECONNREFUSED)');
});

it('a message that is called off ends at once', async () => {
  receiver.answer = 'hang';
  const stop = new AbortController();
  const sent = channels.slack(patient).send(message, stop.signal);
  setTimeout(() => stop.abort(), 50);
  await expect(sent).rejects.toMatchObject({ kind: 'cancelled' });
});
