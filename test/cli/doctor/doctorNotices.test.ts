/** What the doctor advises when a channel does not take its test: what is the channel's own trouble needs no new webhook. */
import { sendTest } from '../../../src/cli/doctor/doctorNotices';
import { createSlackChannel } from '../../../src/notify/slackChannel';
import { Receiver } from '../../notify/receiver';

let slack: Receiver;
beforeAll(async () => {
  slack = await Receiver.start();
});
afterAll(() => slack.close());

const later = 'try again in some minutes; meanwhile its notices wait for it, for a day at most';
const anew = 'make a new incoming webhook in Slack and set DESKHAND_NOTIFY_SLACK to it';
const soon = `try again in a minute, and if it stays so ${anew}`;

const cases: readonly [string, Receiver['answer'], string][] = [
  ['503', { status: 503 }, later],
  ['500', { status: 500, body: 'rollup_error' }, later],
  ['429', { status: 429, headers: { 'retry-after': '30' } }, later],
  ['nothing', 'hang', soon],
  ['with a broken connection', 'reset-after', soon],
  ['that it was revoked', { status: 404, body: 'no_service' }, anew],
  ['that it is forbidden', { status: 403, body: 'action_prohibited' }, anew],
  ['that it does not like it', { status: 400, body: 'invalid_blocks' }, anew],
];

it.each(cases)('a channel that answers %s', async (_what, answer, advice) => {
  slack.answer = answer;
  const timeoutsMs = { connect: 20_000, total: answer === 'hang' ? 300 : 60_000 };
  const channel = createSlackChannel('slack', { url: slack.url, timeoutsMs });
  const failure: unknown = await sendTest(channel).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  expect(String(failure)).toMatch(new RegExp(`^Error: .*Slack.*: ${advice}$`));
});

it('one that takes it', async () => {
  slack.answer = { status: 200, body: 'ok' };
  expect(await sendTest(createSlackChannel('slack', { url: slack.url }))).toContain(
    'look whether it arrived',
  );
});
