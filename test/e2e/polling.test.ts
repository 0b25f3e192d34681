/** What a lost webhook would have told is found by looking: no hint is sent in these tests. */
import axios from 'axios';
import {
  pollWorkflowId,
  pollWorkflowType,
  ticketTaskQueue,
  type PollWorkflowInput,
} from '../../src/contracts/messages';
import { howPollStopped, keepPolling, setPolling } from '../../src/temporal/polling';
import { Deskhand } from '../support/deskhand';
import { until } from '../support/until';

let deskhand: Deskhand;
let before: number;
beforeAll(async () => {
  deskhand = await Deskhand.start();
  before = await deskhand.people.customerOpens('Where is my order?');
  // Zendesk's times have whole seconds; what changed within the second of the start would still be looked at.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await setPolling(deskhand.temporal.client, { desk: 'zendesk', account: 'demo' }, 1);
}, 60_000);
afterAll(() => deskhand.stop());
afterEach(() => {
  deskhand.desk.faults.clear();
});

async function untilReplies(ticketId: number, count: number): Promise<void> {
  await until(`${count} replies on ticket ${ticketId}`, async () =>
    (await deskhand.publicReplies(ticketId)).length === count ? true : null,
  );
}

it('new tickets and new messages on old ones are found and answered, once each', async () => {
  const ticketId = await deskhand.people.customerOpens('Where is my order?');
  await untilReplies(ticketId, 1);
  await deskhand.people.customerWrites(ticketId, 'Do you deliver to Ireland?');
  await untilReplies(ticketId, 2);
  // The bot's own replies are changes too: looked at, and found to need nothing.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(await deskhand.publicReplies(ticketId)).toHaveLength(2);
});

it('tickets from before the first start are left alone', async () => {
  expect(await deskhand.publicReplies(before)).toHaveLength(0);
});

it('a desk that fails for a while is asked again, and nothing of that time is missed', async () => {
  deskhand.desk.faults.add({ route: 'GET /api/v2/incremental/**', times: 1, fault: { type: 'malformed' } });
  deskhand.desk.faults.add({
    route: 'GET /api/v2/incremental/**',
    times: 1,
    fault: { type: 'reset-before' },
  });
  const ticketId = await deskhand.people.customerOpens('Where is my order?');
  await untilReplies(ticketId, 1);
}, 40_000);

it('many processes start one poll: it is one workflow for the account', async () => {
  await setPolling(deskhand.temporal.client, { desk: 'zendesk', account: 'demo' }, 1);
  const { count } = await deskhand.temporal.client.workflow.count(
    `WorkflowId = "${pollWorkflowId('zendesk', 'demo')}" AND ExecutionStatus = "Running"`,
  );
  expect(count).toBe(1);
});

it('a desk that refuses the export for good is asked again all the same', async () => {
  const route = 'GET /api/v2/incremental/**';
  deskhand.desk.faults.add({ route, times: 1, fault: { type: 'status', status: 400, body: {} } });
  const ticketId = await deskhand.people.customerOpens('Where is my order?');
  await untilReplies(ticketId, 1);
});

it('a poll that was lost is started again, and finds what was left open meanwhile', async () => {
  const { client } = deskhand.temporal;
  const account = { desk: 'zendesk', account: 'demo' };
  const restarted: string[] = [];
  const keeper = await keepPolling(
    client,
    account,
    1,
    { restarted: (how) => restarted.push(how), trouble: () => undefined },
    1_000,
  );
  try {
    expect(await howPollStopped(client, account)).toBeNull();
    await client.workflow.getHandle(pollWorkflowId('zendesk', 'demo')).terminate('by mistake');
    expect(await howPollStopped(client, account)).toBe('terminated');
    await until('the poll to be started again', () => Promise.resolve(restarted.length > 0 ? true : null));
    expect(restarted).toEqual(['terminated']);
    expect(await howPollStopped(client, account)).toBeNull();
    // Deskhand had been at work here: what waits from before that is no longer taken for somebody else's.
    await untilReplies(before, 1);
  } finally {
    await keeper.stop();
  }
}, 40_000);

it('an interval of 0 ends the poll', async () => {
  await setPolling(deskhand.temporal.client, { desk: 'zendesk', account: 'demo' }, 0);
  const poll = deskhand.temporal.client.workflow.getHandle(pollWorkflowId('zendesk', 'demo'));
  await expect(poll.result()).resolves.toBeUndefined();
  // Somebody wished it.
  expect(await howPollStopped(deskhand.temporal.client, { desk: 'zendesk', account: 'demo' })).toBeNull();
  expect(await howPollStopped(deskhand.temporal.client, { desk: 'zendesk', account: 'none' })).toBe('gone');
  await expect(
    setPolling(deskhand.temporal.client, { desk: 'zendesk', account: 'none' }, 0),
  ).resolves.toBeUndefined();
});

it('a mail that the desk has suspended is told to people once, however often it is looked', async () => {
  const { client } = deskhand.temporal;
  const mail = { name: 'Ana Silva', email: 'ana@example.com', body: 'Where is it?', causeId: 26 };
  const since = Date.now();
  await axios.post(`${deskhand.desk.url}/_desk/customer/suspended`, mail);
  const input: PollWorkflowInput = { everySeconds: 1, since, cursor: null };
  const poll = await client.workflow.start(pollWorkflowType, {
    workflowId: pollWorkflowId('zendesk', 'demo'),
    taskQueue: ticketTaskQueue,
    args: [input],
  });
  const looks = async (): Promise<number> => {
    const { events } = await poll.fetchHistory();
    return (events ?? []).filter((event) => event.activityTaskCompletedEventAttributes).length;
  };
  await until('three looks', async () => ((await looks()) >= 3 ? true : null));
  await setPolling(client, { desk: 'zendesk', account: 'demo' }, 0);
  await poll.result();
  const told = deskhand.notices.filter(({ ticket }) => ticket === null);
  expect(told.map(({ reason }) => reason)).toEqual(['suspended:failed-authentication']);
  expect(JSON.stringify(told)).not.toContain('ana@example.com');
});
