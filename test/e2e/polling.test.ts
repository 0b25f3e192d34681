/** What a lost webhook would have told is found by looking: no hint is sent in these tests. */
import axios from 'axios';
import {
  pollWorkflowId,
  pollWorkflowType,
  ticketTaskQueue,
  type PollWorkflowInput,
} from '../../src/contracts/messages';
import { pollHealth } from '../../src/temporal/pollHealth';
import { howPollStopped, keepPolling, setPolling } from '../../src/temporal/polling';
import { metric, runServer, type TestServer } from '../server/running';
import { Deskhand } from '../support/deskhand';
import { until } from '../support/until';

let deskhand: Deskhand;
let before: number;
let server: TestServer;
const account = { desk: 'zendesk', account: 'demo' };
const poll = () => deskhand.temporal.client.workflow.getHandle(pollWorkflowId('zendesk', 'demo'));
/** As it would be told when it has gone on so for an hour. */
const inAnHour = () => pollHealth(deskhand.temporal.client, account, 1, Date.now() + 60 * 60_000);

interface Ready {
  readonly ready: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

beforeAll(async () => {
  deskhand = await Deskhand.start();
  before = await deskhand.people.customerOpens('Where is my order?');
  // Zendesk's times have whole seconds; what changed within the second of the start would still be looked at.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await setPolling(deskhand.temporal.client, account, 1);
  server = await runServer(deskhand.temporal, { pollSeconds: 1 });
});
afterAll(async () => {
  await server.server.stop();
  await deskhand.stop();
});
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

it('one that looks says when it did, on the page of health and to Prometheus', async () => {
  const health = await pollHealth(deskhand.temporal.client, account, 1);
  expect(health).toMatchObject({ ok: true, isRunning: true });
  expect(health.detail).toMatch(/^looks for changed tickets every 1 s, last at 20\d\d-.*Z$/);
  const { data, status } = await server.anyone.get<Ready>('/health/ready');
  expect(status).toBe(200);
  expect(data.checks.at(-1)).toMatchObject({ name: 'poll', ok: true });
  const labels = '{desk="zendesk",account="demo"}';
  expect(await metric(server, `deskhand_poll_ok${labels}`)).toBe(1);
  const seconds = await metric(server, `deskhand_poll_last_look_timestamp_seconds${labels}`);
  expect(Date.now() / 1_000 - seconds).toBeLessThan(30);
});

it('tickets from before the first start are left alone', async () => {
  expect(await deskhand.publicReplies(before)).toHaveLength(0);
});

it('a desk that fails for a while is asked again, and nothing of that time is missed', async () => {
  const route = 'GET /api/v2/incremental/**';
  deskhand.desk.faults.add({ route, times: 1, fault: { type: 'malformed' } });
  deskhand.desk.faults.add({ route, fault: { type: 'reset-before' } });
  const ticketId = await deskhand.people.customerOpens('Where is my order?');
  const failing = await until('the look to fail', async () => {
    const isEachMet = deskhand.desk.faults.list().every(({ struck }) => struck > 0);
    const told = await inAnHour();
    return isEachMet && told.detail.includes('its look fails') ? told : null;
  });
  expect(failing.ok).toBe(false);
  expect(failing.detail).toMatch(
    /^poll:zendesk:demo has not looked since 20\d\d-.*Z, for (59|60) minutes: its look fails \([a-z-]+\), (once|\d+ times) by now, and is tried again: deskhand doctor asks the desk$/,
  );
  // It may be the desk that is out for a moment.
  expect(await pollHealth(deskhand.temporal.client, account, 1)).toMatchObject({ ok: true });
  await deskhand.temporal.client.workflowService.pauseActivity(theLook());
  expect((await inAnHour()).detail).toMatch(/: it is paused in Temporal: unpause it there/);
  deskhand.desk.faults.clear();
  // As an operator who does not wait for the next attempt: it is not paused any more, and runs at once.
  await deskhand.temporal.client.workflowService.resetActivity(theLook());
  await untilReplies(ticketId, 1);
});

function theLook() {
  return {
    namespace: deskhand.temporal.client.options.namespace,
    execution: { workflowId: pollWorkflowId('zendesk', 'demo') },
    type: 'pollDesk',
  };
}

it('many processes start one poll: it is one workflow for the account', async () => {
  await setPolling(deskhand.temporal.client, account, 1);
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
  expect(await howPollStopped(client, account)).toBeNull();
  await poll().terminate('by mistake');
  expect(await howPollStopped(client, account)).toBe('terminated');
  // The webhooks of customers are still worked on: a balancer must not turn them away.
  const { data, status } = await server.anyone.get<Ready>('/health/ready');
  expect({ status, ready: data.ready }).toEqual({ status: 200, ready: true });
  expect(data.checks.at(-1)).toMatchObject({
    name: 'poll',
    ok: false,
    detail: expect.stringMatching(/^poll:zendesk:demo is terminated, and nobody looks/) as string,
  });
  expect(await metric(server, 'deskhand_poll_ok{desk="zendesk",account="demo"}')).toBe(0);

  const restarted: string[] = [];
  const on = { restarted: (how: string) => restarted.push(how), trouble: () => undefined };
  const keeper = await keepPolling(client, account, 1, on, 200);
  try {
    expect(await howPollStopped(client, account)).toBeNull();
    await poll().terminate('once more');
    await until('the poll to be started again', () => Promise.resolve(restarted.length > 0 ? true : null));
    expect(restarted).toEqual(['terminated']);
    expect(await howPollStopped(client, account)).toBeNull();
    // Deskhand had been at work here: what waits from before that is no longer taken for somebody else's.
    await untilReplies(before, 1);
  } finally {
    await keeper.stop();
  }
});

it('an interval of 0 ends the poll; one that is longer than was set is told', async () => {
  await setPolling(deskhand.temporal.client, account, 3_600);
  await until('the longer interval to be told', async () =>
    (await inAnHour()).detail.endsWith(
      'it was told to look less often: start a worker anew, which gives it its interval',
    )
      ? true
      : null,
  );
  await setPolling(deskhand.temporal.client, account, 0);
  await expect(poll().result()).resolves.toBeUndefined();
  expect(await pollHealth(deskhand.temporal.client, account, 0)).toMatchObject({ ok: true });
  const wished = await pollHealth(deskhand.temporal.client, account, 60);
  expect(wished).toMatchObject({ ok: false, isRunning: false, lastLookAt: null });
  expect(wished.detail).toMatch(
    /was ended, .* but is to look every 60 s: give every process the same setting/,
  );
  const none = await pollHealth(deskhand.temporal.client, { desk: 'zendesk', account: 'none' }, 60);
  expect(none.detail).toMatch(/^poll:zendesk:none is gone, and nobody looks/);
  // Somebody wished it.
  expect(await howPollStopped(deskhand.temporal.client, account)).toBeNull();
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
  const again = await client.workflow.start(pollWorkflowType, {
    workflowId: pollWorkflowId('zendesk', 'demo'),
    taskQueue: ticketTaskQueue,
    args: [input],
  });
  const looks = async (): Promise<number> => {
    const { events } = await again.fetchHistory();
    return (events ?? []).filter((event) => event.activityTaskCompletedEventAttributes).length;
  };
  await until('three looks', async () => ((await looks()) >= 3 ? true : null));
  await setPolling(client, account, 0);
  await again.result();
  const told = deskhand.notices.filter(({ ticket }) => ticket === null);
  expect(told.map(({ reason }) => reason)).toEqual(['suspended:failed-authentication']);
  expect(JSON.stringify(told)).not.toContain('ana@example.com');
});
