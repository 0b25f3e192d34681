/** The notifier of a worker: what is in its log, what goes on to the channels, and what is said of a channel that is off. */
import { noticeKinds, type Notice, type NoticeKind } from '../../src/core/notices/notice';
import type { LogFields, Logger } from '../../src/log/logger';
import { createNotifier } from '../../src/notify/createNotifier';
import { createSlackChannel } from '../../src/notify/slackChannel';
import { batchOf, escalation, links, outage } from './messages';
import { Receiver } from './receiver';

const signal = new AbortController().signal;

let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.start();
});
afterAll(() => receiver.close());
beforeEach(() => {
  receiver.posts.length = 0;
  receiver.answer = { status: 200 };
});

function notifier({
  about = noticeKinds,
  isConnected = true,
}: { about?: readonly NoticeKind[]; isConnected?: boolean } = {}) {
  const lines: { level: string; message: string; fields: LogFields | undefined }[] = [];
  const keep = (level: string) => (message: string, fields?: LogFields) =>
    void lines.push({ level, message, fields });
  const logger: Logger = {
    debug: keep('debug'),
    info: keep('info'),
    warn: keep('warn'),
    error: keep('error'),
  };
  const posted: Notice[] = [];
  const post = (notice: Notice): Promise<void> => {
    posted.push(notice);
    return Promise.resolve();
  };
  const channels = isConnected ? [createSlackChannel('slack', receiver)] : [];
  return { ...createNotifier({ channels, about, post, linksOf: () => links, logger }), lines, posted };
}

describe('a notice', () => {
  it('is one loud line in the log, and goes on to the channels', async () => {
    const { tell, lines, posted } = notifier();
    await tell(escalation);
    expect(posted).toEqual([escalation]);
    expect(lines).toEqual([
      {
        level: 'error',
        message: `PEOPLE ARE NEEDED: ${escalation.what}`,
        fields: { desk: 'zendesk', account: 'acme', ticketId: '35436', reason: 'anger' },
      },
    ]);
  });

  it('is in the log alone where there is no channel, or none that wants it', async () => {
    const withoutChannel = notifier({ isConnected: false });
    await withoutChannel.tell(escalation);
    const unwanted = notifier({ about: ['outage'] });
    await unwanted.tell(escalation);
    expect([withoutChannel.posted, unwanted.posted]).toEqual([[], []]);
    expect([withoutChannel.lines.length, unwanted.lines.length]).toEqual([1, 1]);
  });

  it.each(['approval', 'hand-off'] as const)('of kind %s is everyday: no error', async (kind) => {
    const { tell, lines } = notifier();
    await tell({ ...escalation, kind });
    expect(lines).toMatchObject([{ level: 'info', message: `people are told: ${escalation.what}` }]);
  });
});

describe('a message', () => {
  it('goes through the channel it names', async () => {
    await notifier().send('slack', batchOf([outage]), signal);
    expect(receiver.posts).toHaveLength(1);
    expect(receiver.posts[0]?.raw).toContain(outage.what);
  });

  it('for a channel that this worker has not is left to another one, which may', async () => {
    await expect(notifier().send('email', batchOf([outage]), signal)).rejects.toMatchObject({
      kind: 'unavailable',
      retryable: true,
      retryAfterMs: 60_000,
      message: 'this worker has no channel "email"',
    });
  });
});

describe('a webhook that was revoked', () => {
  it('is said once, with the mend and without its address; tried patiently; and said once when it is back', async () => {
    const { send, lines } = notifier();
    receiver.answer = { status: 404, body: 'no_service' };
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(send('slack', batchOf([outage]), signal)).rejects.toMatchObject({
        kind: 'unauthorized',
        retryable: true,
        retryAfterMs: 10 * 60_000,
      });
    }
    receiver.answer = { status: 200 };
    await send('slack', batchOf([outage]), signal);
    expect(lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'error Slack answered 404: its webhook was revoked or switched off, or its channel is gone; make a new one ' +
        '(no_service). Its notices wait for it, for a day at most: make a new incoming webhook in Slack and set ' +
        'DESKHAND_NOTIFY_SLACK to it, and restart Deskhand if you changed a variable.',
      'info the channel "slack" accepts the credentials again',
    ]);
  });

  it('is another matter than a message that Slack does not understand, which is said each time', async () => {
    const { send, lines } = notifier();
    receiver.answer = { status: 400, body: 'invalid_blocks' };
    await expect(send('slack', batchOf([outage]), signal)).rejects.toMatchObject({ retryable: false });
    expect(lines.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^a notice was not sent to "slack": Slack answered 400: .*invalid_blocks/),
    ]);
  });
});
