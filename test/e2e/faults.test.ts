/** Whatever the desk and the network do: one reply and one note, or a person is told. */
import type { Fault } from '../../src/remote/faults';
import { Deskhand } from '../support/deskhand';
import { until } from '../support/until';

const unknown = 987_654;

let deskhand: Deskhand;
beforeAll(async () => {
  deskhand = await Deskhand.start();
  // Looked for several times, some seconds apart, while the other tests run.
  await deskhand.hint(unknown);
});
afterAll(() => deskhand.stop());

const write = 'PUT /api/v2/tickets/{id}';
const reads = [
  'GET /api/v2/tickets/{id}',
  'GET /api/v2/tickets/{id}/comments',
  'GET /api/v2/tickets/{id}/audits',
] as const;

async function expectOneReplyAndOneNote(ticketId: number): Promise<void> {
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
  expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);
  expect(await deskhand.notes(ticketId)).toHaveLength(1);
}

type FaultAt = readonly [route: string, fault: Fault];
type Trouble = readonly [what: string, ...faults: FaultAt[]];

/** A customer asks on a ticket whose requests meet these, one after the other. */
async function askAmid(...faults: readonly FaultAt[]): Promise<number> {
  const ticketId = await deskhand.people.customerOpens('Where is my order?');
  for (const [route, fault] of faults) {
    deskhand.desk.faults.add({ route: route.replace('{id}', String(ticketId)), times: 1, fault });
  }
  await deskhand.hint(ticketId);
  return ticketId;
}

const writes: readonly (readonly [what: string, fault: Fault])[] = [
  ['is reset after the desk applied it', { type: 'reset-after' }],
  ['is reset before it arrived', { type: 'reset-before' }],
  ['is applied, then answered with half a JSON', { type: 'malformed' }],
  [
    'is answered 429 with Retry-After in seconds',
    {
      type: 'status',
      status: 429,
      retryAfter: 1,
      body: 'Number of allowed API requests per minute exceeded',
    },
  ],
  [
    'is answered 429 with nonsense in Retry-After',
    { type: 'status', status: 429, retryAfter: 'soon', body: {} },
  ],
  [
    'is answered 503 with an HTML page',
    { type: 'status', status: 503, body: '<html>Down for maintenance</html>' },
  ],
  ['is answered 500', { type: 'status', status: 500, body: {} }],
  [
    'is answered 409 DatabaseConflict',
    { type: 'status', status: 409, body: { error: 'DatabaseConflict', description: 'Database collision' } },
  ],
  [
    'is answered 200 with an error inside',
    { type: 'status', status: 200, body: { errors: [{ code: 'Throttled', title: 'try later' }] } },
  ],
];
const notThere: Fault = {
  type: 'status',
  status: 404,
  body: { error: 'RecordNotFound', description: 'Not found' },
};
const troubles: readonly Trouble[] = [
  ...writes.map(([what, fault]): Trouble => [`a write that ${what}`, [write, fault]]),
  // The first PUT is the reply; the second, the note, is lost before it was applied, and once more after.
  [
    'a note that fails after its reply',
    [write, { type: 'delay', ms: 1 }],
    [write, { type: 'reset-before' }],
    [write, { type: 'reset-after' }],
  ],
  ...reads.map((route): Trouble => [
    `resets, bad answers and throttling on ${route}`,
    [route, { type: 'reset-before' }],
    [route, { type: 'malformed' }],
    [route, { type: 'status', status: 429, retryAfter: 1, body: 'slow down' }],
  ]),
  ['a ticket that is not readable yet when the hint comes', [reads[0], notThere], [reads[0], notThere]],
];

describe('in one reply and one note ends', () => {
  // All at once: nearly all of the time goes by waiting for the next attempt.
  let tickets: ReadonlyMap<string, number>;
  beforeAll(async () => {
    tickets = new Map(
      await Promise.all(troubles.map(async ([what, ...faults]) => [what, await askAmid(...faults)] as const)),
    );
  });

  it.each(troubles.map(([what]) => what))('%s', async (what) => {
    await expectOneReplyAndOneNote(tickets.get(what) ?? 0);
  });

  it('every one of them, and each fault struck', () => {
    const struck = deskhand.desk.faults.list().map(({ struck }) => struck);
    expect(struck).toEqual(struck.map(() => 1));
    expect(struck).toHaveLength(troubles.flatMap(([, ...faults]) => faults).length);
  });
});

it('a storm of 429, resets and errors on everything: each of eight tickets gets one reply and one note', async () => {
  const storm: [Fault, number][] = [
    [{ type: 'status', status: 429, retryAfter: 1, body: 'slow down' }, 0.03],
    [{ type: 'reset-after' }, 0.03],
    [{ type: 'reset-before' }, 0.02],
    [{ type: 'malformed' }, 0.02],
    [{ type: 'status', status: 502, body: 'Bad gateway' }, 0.02],
  ];
  const route = '* /api/v2/tickets/**';
  storm.forEach(([fault, chance], seed) => deskhand.desk.faults.add({ route, chance, seed, fault }));
  const tickets = await Promise.all(Array.from({ length: 8 }, () => deskhand.ask('Where is my order?')));
  await until('all eight to be answered', async () => {
    const views = await Promise.all(tickets.map((ticketId) => deskhand.view(ticketId)));
    return views.every((view) => view.stage === 'waiting-for-customer') ? true : null;
  });
  deskhand.desk.faults.clear();
  for (const ticketId of tickets) await expectOneReplyAndOneNote(ticketId);
});

it('a reply the desk refuses (422) ends at a person, with the draft and what was tried', async () => {
  const ticketId = await askAmid([
    write,
    {
      type: 'status',
      status: 422,
      body: {
        error: 'RecordInvalid',
        description: 'Record validation errors',
        details: { base: [{ description: 'Type is required' }] },
      },
    },
  ]);
  const view = await deskhand.untilStage(ticketId, 'handed-off');
  expect(view.handOff?.reason).toBe('failure');
  expect(await deskhand.publicReplies(ticketId)).toHaveLength(0);
  const [tried, draft] = await until('both notes', async () => {
    const notes = await deskhand.notes(ticketId);
    return notes.length === 2 ? notes : null;
  });
  expect(tried?.text).toContain('422');
  expect(draft?.text).toMatch(/^Draft by Deskhand, not sent/);
  await until('people to be notified', () => {
    const told = deskhand.notices.filter((notice) => notice.ticket?.ticketId === String(ticketId));
    return Promise.resolve(told.length === 1 ? true : null);
  });
});

it('a ticket that the desk does not know ends with a notice, not with a dead workflow', async () => {
  await expect(deskhand.handle(unknown).result()).resolves.toMatchObject({ stage: 'closed' });
  expect(deskhand.notices.filter((notice) => notice.ticket?.ticketId === String(unknown))).toHaveLength(1);
});

it('refused credentials make tickets wait; they go on by themselves once these are mended', async () => {
  const fault: Fault = { type: 'status', status: 401, body: { error: "Couldn't authenticate you" } };
  deskhand.desk.faults.add({ route: '* /api/v2/tickets/**', fault });
  const ticketId = await deskhand.ask('Where is my order?');
  await until('the refusal to be seen', async () => {
    const { raw } = await deskhand.handle(ticketId).describe();
    const failure = raw.pendingActivities?.[0]?.lastFailure;
    return failure?.applicationFailureInfo?.type === 'unauthorized' ? true : null;
  });
  expect((await deskhand.view(ticketId)).stage).toBe('answering');
  expect(deskhand.notices.some((notice) => notice.ticket?.ticketId === String(ticketId))).toBe(false);
  deskhand.desk.faults.clear();
  // The next attempt is a minute away; an operator may ask for it at once, as the Web UI does.
  const { workflowService } = deskhand.temporal.connection;
  const { raw } = await deskhand.handle(ticketId).describe();
  await workflowService.resetActivity({
    namespace: deskhand.temporal.namespace,
    execution: raw.workflowExecutionInfo?.execution ?? {},
    id: raw.pendingActivities?.[0]?.activityId ?? '',
  });
  await expectOneReplyAndOneNote(ticketId);
});

it('a ticket larger than Temporal carries: people get it, with the reason', async () => {
  const pages = Array.from({ length: 40 }, () => '\u8336'.repeat(20_000));
  const ticketId = await deskhand.people.customerOpens('Where is my order?');
  for (const page of pages) await deskhand.people.customerWrites(ticketId, page);
  await deskhand.hint(ticketId);
  const { handOff } = await deskhand.untilStage(ticketId, 'handed-off');
  expect(handOff).toMatchObject({
    reason: 'unreadable',
    detail: expect.stringMatching(/messages were left out/) as unknown,
  });
  await until('the note', async () => ((await deskhand.notes(ticketId)).length === 1 ? true : null));
});
