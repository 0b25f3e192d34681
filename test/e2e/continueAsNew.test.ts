/** A ticket may live for years: its history is cut many times, and nothing is lost or said twice at the cuts. */
import type { GiftTerms } from '../../src/core/orders/moneyLimits';
import { failingMessages } from '../../src/cli/doctor/doctorNotices';
import { modesWorkflowId, notifierWorkflowId } from '../../src/contracts/messages';
import type { NoticeBox } from '../../src/core/notices/noticeBox';
import type { Fault } from '../../src/remote/faults';
import { createCursors } from '../../src/server/cursors';
import { createTickets } from '../../src/server/tickets';
import { createSlackChannel } from '../../src/notify/slackChannel';
import { createTemporalAllowances } from '../../src/temporal/allowances/moneyAllowances';
import { createModeSwitch, turnSwitch } from '../../src/temporal/modeSwitch';
import { createNoticePost } from '../../src/temporal/notices';
import { Receiver } from '../notify/receiver';
import { Deskhand } from '../support/deskhand';
import { until } from '../support/until';

let deskhand: Deskhand;
let slack: Receiver;
beforeAll(async () => {
  slack = await Receiver.start();
  // The server asks for a new run after 60 events; in production it does so after 4,096.
  deskhand = await Deskhand.start({
    serverFlags: ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=60'],
    settings: { repliesPerHour: 1_000 },
    channels: [createSlackChannel('slack', slack)],
  });
});
afterAll(async () => {
  await deskhand.stop();
  await slack.close();
});

it('a long conversation with a storm of duplicate hints: one reply to each message, over many runs', async () => {
  const ticketId = await deskhand.ask('Where is my order?');
  for (let round = 0; round < 12; round += 1) {
    await until(`reply ${round + 1}`, async () =>
      (await deskhand.publicReplies(ticketId)).length > round ? true : null,
    );
    const commentId = await deskhand.people.customerWrites(ticketId, 'And where is my order now?');
    const hints = Array.from({ length: 10 }, (_, index) =>
      deskhand.hint(ticketId, {
        id: `round-${round}-${index % 5}`,
        commentId: index % 2 === 0 ? commentId : null,
      }),
    );
    await Promise.all(hints);
  }
  await until('the last reply', async () =>
    (await deskhand.publicReplies(ticketId)).length === 13 ? true : null,
  );
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
  const thread = await deskhand.people.thread(ticketId);
  expect(thread.filter((comment) => comment.isBot && comment.public)).toHaveLength(13);

  const { raw } = await deskhand.handle(ticketId).describe();
  const firstRun = raw.workflowExecutionInfo?.firstRunId;
  expect(firstRun).not.toBe(raw.workflowExecutionInfo?.execution?.runId);
  const { events } = await deskhand.handle(ticketId).fetchHistory();
  expect((events ?? []).length).toBeLessThan(150);
});

it('agent actions sent while runs change are all taken, once each', async () => {
  const ticketId = await deskhand.ask('Where is my order?');
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
  const rounds = 30;
  for (let round = 0; round < rounds; round += 1) {
    const name = round % 2 === 0 ? 'takeOver' : 'handBack';
    await deskhand
      .handle(ticketId)
      .executeUpdate(name, { args: [{ by: 'maria' }], updateId: `update-${round}` });
  }
  const view = await deskhand.untilStage(ticketId, 'waiting-for-customer');
  const taken = view.timeline.filter((entry) => entry.kind === 'agent').length;
  expect(taken).toBeGreaterThanOrEqual(Math.min(rounds, 10));
  expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);
});

it('an account that is asked over many runs forgets nothing, and gives nothing twice', async () => {
  const accounts = createTemporalAllowances(deskhand.temporal.client, { desk: 'zendesk', account: 'runs' });
  const limits = { perCustomer: null, perDay: { EUR: 20 } };
  const terms: GiftTerms = { limits, at: Date.now(), approved: false };
  const whom = { customer: 'ana@example.com', currency: 'EUR', at: terms.at };
  const gift = (key: string) => ({
    key,
    amount: { minor: 1, currency: 'EUR' },
    customer: whom.customer,
    terms,
    by: 'one',
  });
  const answers: (string | null)[] = [];
  for (let index = 0; index < 44; index += 1) answers.push(await accounts.take(gift(`key-${index % 22}`)));
  // Two of 22 were over the limit, each time; the 20 that were taken are known again in later runs.
  expect(answers.filter((why) => why === null)).toHaveLength(40);
  await accounts.giveBack(gift('key-0'));
  expect(await accounts.left(whom, limits)).toBe(1);
  const day = new Date(terms.at).toISOString().slice(0, 10);
  const account = deskhand.temporal.client.workflow.getHandle(`allowance:zendesk:runs:day:${day}`);
  const { raw } = await account.describe();
  const { firstRunId, execution } = raw.workflowExecutionInfo ?? {};
  expect(firstRunId).not.toBe(execution?.runId);
});

it('notices that wait for a channel, and the one under way, go along into new runs, over the end of a worker', async () => {
  const nothing = (): void => undefined;
  const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  const post = createNoticePost(deskhand.temporal.client, deskhand.helpdesk, ['slack'], silent);
  const handle = deskhand.temporal.client.workflow.getHandle(notifierWorkflowId('zendesk', 'demo'));
  const channel = async () => (await handle.query<NoticeBox>('notices')).channels[0];
  const tell = (index: number): Promise<void> =>
    post.notice({
      key: `notice-${index}`,
      kind: 'escalation',
      ticket: deskhand.ref(index),
      reason: 'anger',
      since: Date.now(),
      what: `Ticket ${index}: nobody has come.`,
      next: 'Take it.',
    });
  slack.answer = { status: 503 };
  await tell(0);
  await until('a first try', () => Promise.resolve(slack.posts.length > 0 ? true : null));
  const firstRun = (await handle.describe()).runId;
  await until('doctor to tell of it', async () => {
    const [trouble] = await failingMessages(deskhand.temporal.client, notifierWorkflowId('zendesk', 'demo'));
    return trouble?.includes('times: Slack answered 503: it has trouble') === true ? true : null;
  });
  // The server asks for a new run within these.
  for (let index = 1; index <= 80; index += 1) await tell(index);
  await until('a new run', async () => ((await handle.describe()).runId === firstRun ? null : true));
  expect(await channel()).toMatchObject({
    sending: { notices: [{ key: 'notice-0' }] },
    waiting: Array.from({ length: 13 }, (_, index) => ({ key: `notice-${index + 1}` })),
    more: { escalation: 67 },
  });
  await deskhand.stopWorkers();
  await tell(80);
  slack.posts.length = 0;
  slack.answer = { status: 200 };
  await deskhand.startWorkers();
  await until('the message under way', async () => ((await channel())?.sending === null ? true : null));
  expect(slack.posts).toHaveLength(1);
  expect(slack.posts[0]?.raw).toContain('Ticket 0: nobody has come.');
  expect(await channel()).toMatchObject({ more: { escalation: 67 }, lost: null });
});

/** How many events each run of a workflow has, the first one first. */
async function runLengths(workflowId: string, firstRunId: string): Promise<readonly number[]> {
  const lengths: number[] = [];
  for (let runId: string | null | undefined = firstRunId; runId;) {
    const { events } = await deskhand.temporal.client.workflow.getHandle(workflowId, runId).fetchHistory();
    lengths.push(events?.length ?? 0);
    runId = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return lengths;
}

it('a burst of 1,000 messages during a turn and over the runs after it: one reply, every action taken once, no long history', async () => {
  const down: Fault = { type: 'status', status: 503, body: 'down' };
  deskhand.desk.faults.add({ route: 'PUT /api/v2/tickets/*', fault: down });
  const ticketId = await deskhand.ask('Where is my order?');
  const burst = async (from: number, to: number): Promise<void> => {
    for (let at = from; at < to; at += 50) {
      await Promise.all(
        Array.from({ length: 50 }, (_, index) => deskhand.hint(ticketId, { id: `burst-${at + index}` })),
      );
    }
  };
  await until('the reply to be under way', async () =>
    (await deskhand.view(ticketId)).turnPhase === 'acting' ? true : null,
  );
  await burst(0, 500);
  deskhand.desk.faults.clear();
  await until('the reply', async () => ((await deskhand.publicReplies(ticketId)).length === 1 ? true : null));
  const handle = deskhand.handle(ticketId);
  // As the API sends them.
  const tickets = createTickets({
    client: deskhand.temporal.client,
    cursors: createCursors('secret', deskhand.temporal.namespace),
    uiUrl: null,
    answerWithinMs: 20_000,
  });
  const steer = async (from: number, to: number): Promise<void> => {
    for (let round = from; round < to; round += 1) {
      for (const name of ['take-over', 'hand-back'] as const) {
        await tickets.act(deskhand.ref(ticketId), name, { by: 'maria', id: `${name}-${round}` });
      }
    }
  };
  await Promise.all([burst(500, 1_000), steer(0, 7)]);
  // A ticket remembers fewer than the burst has: the last action comes behind it.
  await steer(7, 8);

  const { turns, timeline } = await deskhand.untilStage(ticketId, 'waiting-for-customer');
  expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);
  const agents = timeline.filter(({ kind }) => kind === 'agent').map(({ text }) => text);
  const all = Array.from({ length: 8 }, () => ['take-over by maria', 'hand-back by maria']).flat();
  expect(agents).toEqual(all);
  // What was heard in earlier runs is known in this one.
  await deskhand.hint(ticketId, { id: 'burst-999' });
  await tickets.act(deskhand.ref(ticketId), 'hand-back', { by: 'maria', id: 'hand-back-7' });
  expect((await deskhand.view(ticketId)).turns).toBe(turns);

  const { raw } = await handle.describe();
  const lengths = await runLengths(handle.workflowId, raw.workflowExecutionInfo?.firstRunId ?? '');
  // How many runs it takes depends on how fast the actions come through the burst.
  expect(lengths.length).toBeGreaterThan(1);
  expect(Math.max(...lengths)).toBeLessThan(2_500);
});

it('an account that is asked by many at once while its runs change gives each gift once, and no more than it may', async () => {
  const accounts = createTemporalAllowances(deskhand.temporal.client, { desk: 'zendesk', account: 'crowd' });
  const limits = { perCustomer: null, perDay: { EUR: 30 } };
  const terms: GiftTerms = { limits, at: Date.now(), approved: false };
  const customer = 'ana@example.com';
  /** Repeated as the activity is: what was not answered is asked again, under the same key. */
  const take = async (key: string): Promise<string | null> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await accounts.take({
          key,
          amount: { minor: 1, currency: 'EUR' },
          customer,
          terms,
          by: 'one',
        });
      } catch (error) {
        if (attempt === 20) throw error;
      }
    }
  };
  const askers = Array.from({ length: 8 }, async (_, asker) => {
    const answers: (string | null)[] = [];
    for (let index = 0; index < 12; index += 1) answers.push(await take(`gift-${asker}-${index % 6}`));
    return answers;
  });
  const answers = (await Promise.all(askers)).flat();
  expect(answers.filter((why) => why === null).length).toBeGreaterThanOrEqual(30);
  expect(await accounts.left({ customer, currency: 'EUR', at: terms.at }, limits)).toBe(0);
  const day = new Date(terms.at).toISOString().slice(0, 10);
  const account = deskhand.temporal.client.workflow.getHandle(`allowance:zendesk:crowd:day:${day}`);
  const given = await account.query<readonly { readonly key: string }[]>('given');
  expect(new Set(given.map(({ key }) => key)).size).toBe(30);
  expect(given).toHaveLength(30);
  const { raw } = await account.describe();
  expect(raw.workflowExecutionInfo?.firstRunId).not.toBe(raw.workflowExecutionInfo?.execution?.runId);
});

it('the switch of modes stands at every moment, however many runs it goes through', async () => {
  const { client } = deskhand.temporal;
  const account = { desk: 'zendesk', account: 'demo' };
  await turnSwitch(client, account, { mode: 'draft', by: 'maria' });
  const modeSwitch = createModeSwitch(client, account);
  const turned = new AbortController();
  const seen = (async () => {
    const companies = new Set<string>();
    while (!turned.signal.aborted) companies.add((await modeSwitch.read()).company);
    return companies;
  })();
  for (let turn = 0; turn < 40; turn += 1) {
    await turnSwitch(client, account, {
      mode: turn % 2 === 0 ? 'off' : 'auto',
      by: 'tom',
      intent: 'complaint',
    });
  }
  await turnSwitch(client, account, { mode: 'shadow', by: 'tom', intent: 'invoice' });
  turned.abort();
  expect(await seen).toEqual(new Set(['draft']));
  expect(await modeSwitch.read()).toEqual({ company: 'draft', intents: { invoice: 'shadow' } });
  const { raw } = await client.workflow.getHandle(modesWorkflowId('zendesk', 'demo')).describe();
  expect(raw.workflowExecutionInfo?.firstRunId).not.toBe(raw.workflowExecutionInfo?.execution?.runId);
  // A cancel request turns nothing.
  await client.workflow.getHandle(modesWorkflowId('zendesk', 'demo')).cancel();
  const back = await turnSwitch(client, account, { mode: 'auto', by: 'maria' });
  expect(back.company).toMatchObject({ mode: 'auto', by: 'maria' });
  expect(Object.keys(back.intents)).toEqual(['invoice']);
});
