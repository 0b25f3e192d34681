/** A ticket may live for years: its history is cut many times, and nothing is lost or said twice at the cuts. */
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
