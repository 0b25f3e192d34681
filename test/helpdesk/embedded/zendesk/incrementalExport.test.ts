/** The incremental export by cursor: what Deskhand polls. Nothing lost, nothing twice, the last minute held back. */
import fc from 'fast-check';
import { z } from 'zod';
import { roomyLimits, TestDesk } from './harness';

const start = Date.parse('2026-03-02T10:00:00Z');
let now = start;
let desk: TestDesk;
beforeEach(async () => {
  now = start;
  desk = await TestDesk.start({ clock: () => now, limits: roomyLimits });
});
afterEach(() => desk.stop());

const answerSchema = z.object({
  tickets: z.array(z.object({ id: z.number(), generated_timestamp: z.number() })),
  after_cursor: z.string().nullable(),
  after_url: z.string().nullable(),
  end_of_stream: z.boolean(),
});
const path = '/api/v2/incremental/tickets/cursor';
const beginning = `start_time=${start / 1000 - 120}`;
async function ask(query: string) {
  const { tickets, ...rest } = answerSchema.parse((await desk.get(`${path}?${query}`)).body);
  return { ids: tickets.map(({ id }) => id), ...rest };
}
const seconds = (count: number) => {
  now += count * 1_000;
};

it('holds back the last minute, and gives a cursor only with a ticket', async () => {
  await desk.newTicket();
  seconds(59);
  expect(await ask(beginning)).toEqual({
    ids: [],
    after_cursor: null,
    after_url: null,
    end_of_stream: true,
  });
  seconds(1);
  expect(await ask(beginning)).toMatchObject({ ids: [1], end_of_stream: true });
});

it('goes on exactly behind its cursor, page by page, over changes of one second', async () => {
  for (let n = 0; n < 5; n += 1) await desk.newTicket();
  seconds(61);
  const first = await ask(`${beginning}&per_page=2`);
  expect(first).toMatchObject({ ids: [1, 2], end_of_stream: false });
  const second = await ask(`cursor=${first.after_cursor}&per_page=2`);
  expect(second).toMatchObject({ ids: [3, 4], end_of_stream: false });
  const third = await ask(`cursor=${second.after_cursor}&per_page=2`);
  expect(third).toMatchObject({ ids: [5], end_of_stream: true });
  expect(await ask(`cursor=${third.after_cursor}`)).toMatchObject({
    ids: [],
    after_cursor: third.after_cursor,
  });
});

it('has an after_url that can be followed as it is', async () => {
  await desk.newTicket();
  await desk.newTicket();
  seconds(61);
  const { after_url } = await ask(`${beginning}&per_page=1`);
  expect(after_url).not.toContain('start_time');
  const next = answerSchema.parse((await desk.get(after_url ?? '')).body);
  expect(next.tickets.map(({ id }) => id)).toEqual([2]);
});

it('shows a ticket that changed again once more, at its new place', async () => {
  await desk.newTicket();
  await desk.newTicket();
  seconds(61);
  const { after_cursor } = await ask(beginning);
  await desk.put('1', { priority: 'high' });
  expect((await ask(`cursor=${after_cursor}`)).ids).toEqual([]);
  seconds(61);
  expect((await ask(`cursor=${after_cursor}`)).ids).toEqual([1]);
  expect((await ask(beginning)).ids).toEqual([2, 1]);
});

it('keeps its order and its cursors over a restart', async () => {
  await desk.newTicket();
  await desk.newTicket();
  await desk.put('1', { priority: 'high' });
  seconds(61);
  const { after_cursor } = await ask(`${beginning}&per_page=1`);
  desk = await desk.restart({ clock: () => now, limits: roomyLimits });
  expect((await ask(beginning)).ids).toEqual([2, 1]);
  expect((await ask(`cursor=${after_cursor}`)).ids).toEqual([1]);
});

it('does not show the stamps that ran ahead of the clock', async () => {
  const id = await desk.newTicket();
  for (const priority of ['low', 'high', 'urgent']) await desk.put(id, { priority });
  const ticket = await desk.ticket(id);
  expect(Date.parse(ticket.updated_at)).toBe(start + 3_000);
  expect(ticket.generated_timestamp).toBe(start / 1000);
  seconds(60);
  expect((await ask(beginning)).ids).toEqual([1]);
});

it('gives a reader who follows the cursor every change, whatever happens between the pages', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('open' as const) }),
    fc.record({ kind: fc.constant('change' as const), ticket: fc.nat() }),
    fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 50 }) }),
    fc.record({ kind: fc.constant('poll' as const), perPage: fc.integer({ min: 1, max: 3 }) }),
  );
  let tickets = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      seconds(61);
      const seen = new Map<number, number>();
      let cursor: string | null = (await ask(`${beginning}&per_page=1000`)).after_cursor;
      const poll = async (perPage: number) => {
        const query = cursor === null ? beginning : `cursor=${cursor}`;
        const answer = answerSchema.parse((await desk.get(`${path}?${query}&per_page=${perPage}`)).body);
        for (const ticket of answer.tickets) seen.set(ticket.id, ticket.generated_timestamp);
        cursor = answer.after_cursor;
        return answer.end_of_stream;
      };
      const changed = new Map<number, number>();
      for (const what of steps) {
        if (what.kind === 'open') changed.set(Number(await desk.newTicket()), now / 1000);
        if (what.kind === 'open') tickets += 1;
        if (what.kind === 'wait') seconds(what.seconds);
        if (what.kind === 'poll') await poll(what.perPage);
        if (what.kind === 'change' && tickets > 0) {
          const id = 1 + (what.ticket % tickets);
          await desk.put(String(id), { comment: { body: 'again' } });
          changed.set(id, now / 1000);
        }
      }
      seconds(61);
      while (!(await poll(2)));
      for (const [id, at] of changed) expect(seen.get(id)).toBe(at);
    }),
    { numRuns: 25 },
  );
});

it.each([
  ['a start within the last minute', `start_time=${start / 1000 - 59}`, 422, { error: 'StartTimeTooRecent' }],
  ['no start', '', 400, { error: { title: 'Invalid attribute' } }],
  ['a start that is no number', 'start_time=yesterday', 400, { error: { title: 'Invalid attribute' } }],
  ['a cursor that is none', 'cursor=x', 400, { errors: [{ code: 'InvalidPaginationParameter' }] }],
  ['pages of 0', `${beginning}&per_page=0`, 400, { errors: [{ code: 'InvalidPaginationParameter' }] }],
  ['pages of x', `${beginning}&per_page=x`, 400, { errors: [{ code: 'InvalidPaginationParameter' }] }],
])('refuses %s', async (_what, query, status, body) => {
  expect(await desk.get(`${path}?${query}`)).toMatchObject({ status, body });
});
