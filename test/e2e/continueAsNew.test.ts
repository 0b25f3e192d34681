/** A ticket may live for years: its history is cut many times, and nothing is lost or said twice at the cuts. */
import type { GiftTerms } from '../../src/core/moneyLimits';
import { createTemporalAllowances } from '../../src/temporal/allowances';
import { Deskhand, until } from '../support/deskhand';

let deskhand: Deskhand;
beforeAll(async () => {
  // The server asks for a new run after 60 events; in production it does so after 4,096.
  deskhand = await Deskhand.start({
    serverFlags: ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=60'],
    settings: { repliesPerHour: 1_000 },
  });
}, 60_000);
afterAll(() => deskhand.stop());

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
}, 90_000);

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
}, 60_000);

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
}, 60_000);
