/** People hear of what needs them: on every channel, once, at its own pace, and no ticket waits for it. */
import { notifierWorkflowId } from '../../src/contracts/messages';
import type { Notice } from '../../src/core/notices/notice';
import type { NoticeBox } from '../../src/core/notices/noticeBox';
import { createMailChannel } from '../../src/notify/mailChannel';
import { createSlackChannel } from '../../src/notify/slackChannel';
import { createWebhookChannel } from '../../src/notify/webhookChannel';
import { createNoticePost } from '../../src/temporal/notices';
import { MailServer } from '../mail/mailServer';
import { Receiver } from '../notify/receiver';
import { Deskhand } from '../support/deskhand';
import { startTimeSkippingTemporal, type TimeSkippingTemporal } from '../support/timeSkippingServer';
import { until } from '../support/until';

let temporal: TimeSkippingTemporal;
let deskhand: Deskhand;
let slack: Receiver;
let program: Receiver;
let mail: MailServer;

beforeAll(async () => {
  [temporal, slack, program, mail] = await Promise.all([
    startTimeSkippingTemporal(),
    Receiver.start(),
    Receiver.start(),
    MailServer.start(),
  ]);
  deskhand = await Deskhand.start({
    temporal,
    settings: { alsoTell: ['approval', 'deadline', 'hand-off'] },
    channels: [
      createSlackChannel('slack', slack),
      createWebhookChannel('webhook', { url: program.url, key: null }),
      createMailChannel('email', mail.mailer(), 'lead@shop.example'),
    ],
  });
});
afterAll(async () => {
  await deskhand.stop();
  await Promise.all([slack.close(), program.close(), mail.close()]);
});
beforeEach(async () => {
  // The channels are at rest again, and what comes next goes out by itself.
  await temporal.sleep('5 minutes');
  slack.posts.length = 0;
  program.posts.length = 0;
  mail.received.length = 0;
});
afterEach(() => {
  slack.answer = { status: 200 };
  deskhand.desk.faults.clear();
});

/** Nobody hears of these any more. */
async function take(...tickets: readonly number[]): Promise<void> {
  for (const ticketId of tickets) {
    await deskhand.people.agentDoes(ticketId, { status: 'solved' });
    await deskhand.hint(ticketId);
    await deskhand.untilStage(ticketId, 'solved');
  }
}

const notices = () => deskhand.temporal.client.workflow.getHandle(notifierWorkflowId('zendesk', 'demo'));

/** As a ticket's step does. */
async function tell(count: number, what: string): Promise<void> {
  const post = createNoticePost(temporal.client, deskhand.helpdesk, ['slack', 'webhook', 'email'], silent);
  const notice = (index: number): Notice => ({
    key: `${what}-${index}`,
    kind: 'escalation',
    ticket: { desk: 'zendesk', account: 'demo', ticketId: String(index) },
    reason: 'anger',
    since: Date.now(),
    what: `Ticket ${index}: ${what}.`,
    next: 'Take it.',
  });
  await Promise.all(Array.from({ length: count }, (_, index) => post.notice(notice(index + 1))));
}
const nothing = (): void => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function holds(posts: readonly { readonly raw: string }[], words: string): number {
  return posts.filter(({ raw }) => raw.replaceAll('=\r\n', '').includes(words)).length;
}

function untilTold(receiver: { readonly posts: readonly { readonly raw: string }[] }, words: string) {
  return until(`"${words}" to be told`, () =>
    Promise.resolve(holds(receiver.posts, words) > 0 ? true : null),
  );
}

it('a hand-off and each rung of its ladder reach every channel once, with a link to the ticket', async () => {
  const ticketId = await deskhand.ask('I want to talk to a human. My number is 0176 5551234.');
  await deskhand.untilStage(ticketId, 'handed-off');
  await temporal.sleep('2 minutes');
  await untilTold(slack, `Ticket ${ticketId}: handed off to`);
  await temporal.sleep('31 minutes');
  await deskhand.untilStage(ticketId, 'escalated');
  await temporal.sleep('2 minutes');
  const words = `Ticket ${ticketId}: nobody has picked it up for 30 minutes; escalated to rung 1.`;
  await Promise.all([
    untilTold(slack, words),
    untilTold(program, words),
    untilTold({ posts: mail.received }, words),
  ]);
  for (const posts of [slack.posts, program.posts, mail.received]) {
    expect(holds(posts, 'handed off to')).toBe(1);
    expect(holds(posts, words)).toBe(1);
    expect(JSON.stringify(posts)).not.toMatch(/Ana|Silva|5551234|talk to a human/);
  }
  expect(holds(slack.posts, `<${deskhand.helpdesk.ticketUrl(String(ticketId))}|Ticket>`)).toBe(2);

  const { events } = await deskhand.handle(ticketId).fetchHistory();
  const steps = (events ?? []).flatMap(
    (event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? [],
  );
  expect(steps.filter((name) => name === 'notifyPeople')).toHaveLength(2);
  await take(ticketId);
});

it('a hundred escalations at once are one message a channel: thirteen of them, and 87 more', async () => {
  // Told in far less than the seconds for which they are gathered, on any machine.
  await tell(100, 'nobody has come');
  await temporal.sleep('10 minutes');
  await untilTold(slack, 'and 87 more: 87 escalations');
  await untilTold({ posts: mail.received }, 'and 87 more: 87 escalations');
  expect(slack.posts).toHaveLength(1);
  expect(program.posts).toHaveLength(1);
  expect(mail.received).toHaveLength(1);
});

it('a channel that is down delays no ticket and doubles nothing elsewhere; it hears the rest when it is back', async () => {
  slack.answer = { status: 503 };
  const ticketId = await deskhand.ask('I want to talk to a human');
  await deskhand.untilStage(ticketId, 'handed-off');
  await temporal.sleep('2 minutes');
  await untilTold({ posts: mail.received }, `Ticket ${ticketId}: handed off`);
  const answered = await deskhand.ask('Where is my order?');
  await deskhand.untilStage(answered, 'waiting-for-customer');
  for (let round = 1; round <= 3; round += 1) {
    await tell(5, `round ${round}`);
    await temporal.sleep('2 minutes');
    await untilTold({ posts: mail.received }, `round ${round}`);
  }
  expect(holds(slack.posts, 'round')).toBe(0);
  expect(slack.posts.length).toBeGreaterThan(3);
  const [tried] = slack.posts;
  slack.posts.length = 0;
  slack.answer = { status: 200 };
  await temporal.sleep('10 minutes');
  await untilTold(slack, 'round 3');
  // The message that it did not take, and one with all that came meanwhile.
  expect(slack.posts.map(({ raw }) => raw)).toEqual([tried?.raw, expect.stringContaining('and 2 more')]);
  expect(mail.received).toHaveLength(4);
  expect(program.posts).toHaveLength(4);
  await take(ticketId, answered);
});

it('refused credentials are told once, not once a ticket, and so is their mend', async () => {
  deskhand.desk.faults.add({
    route: '* /api/v2/tickets/**',
    fault: { type: 'status', status: 401, body: { error: "Couldn't authenticate you" } },
  });
  const tickets = [await deskhand.ask('Where is my order?'), await deskhand.ask('Where is my parcel?')];
  await until('the outage to be known', async () =>
    (await notices().query<NoticeBox>('notices')).outages.length === 1 ? true : null,
  );
  await temporal.sleep('20 minutes');
  await untilTold(slack, 'The desk refuses our credentials');
  deskhand.desk.faults.clear();
  await temporal.sleep('5 minutes');
  for (const ticketId of tickets) await deskhand.untilStage(ticketId, 'waiting-for-customer');
  await temporal.sleep('5 minutes');
  await untilTold(slack, 'The desk works again, after');
  await untilTold(slack, 'At least 2 tickets waited for it.');
  expect(slack.posts).toHaveLength(2);
  expect(mail.received).toHaveLength(2);
  expect((await notices().query<NoticeBox>('notices')).outages).toEqual([]);
  await take(...tickets);
});

it('a message that nobody understands stops nothing', async () => {
  await notices().signal('notice', { channels: ['slack'], notice: 'help!' });
  await notices().signal('outage', 'fire');
  await tell(1, 'after the nonsense');
  await temporal.sleep('2 minutes');
  await untilTold(slack, 'after the nonsense');
  expect(slack.posts).toHaveLength(1);
});

it('a day after the last notice its workflow has ended by itself', async () => {
  await tell(1, 'the last one');
  await temporal.sleep('2 minutes');
  await untilTold(slack, 'the last one');
  await temporal.sleep('25 hours');
  await until('the end', async () =>
    (await notices().describe()).status.name === 'COMPLETED' ? true : null,
  );
});
