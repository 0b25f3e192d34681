/** What a Deskhand that has lost its memory finds again: the open tickets of an account on which it has been at work. */
import { plainUpdate } from '../../../src/core/ticket/update';
import { openDeskWithPeople, type DeskWithPeople } from './deskWithPeople';
import { anyCall } from './wire';

const hourMs = 3_600_000;
let people: DeskWithPeople;
let now = Date.parse('2026-11-25T12:00:00Z');
beforeAll(async () => {
  people = await openDeskWithPeople(() => now);
});
afterEach(() => people.desk.faults.clear());
afterAll(() => people.close());

const leftOpen = (since: number) => people.open().ticketsLeftOpen(since, anyCall());
const opened = async (): Promise<string> => (await people.customerOpens('Where is my order?')).ticketId;

async function tagged(ticketId: string, tag: string): Promise<void> {
  const update = plainUpdate(`${ticketId}/1/note`, { addTags: [tag] });
  await people.open().applyUpdates(ticketId, [update], { kind: 'any' }, anyCall());
}

test('are none of its business on an account where it has done nothing yet', async () => {
  await tagged(await opened(), 'vip');
  expect(await leftOpen(0)).toEqual([]);
});

test('are the new and the open ones, answered or not, that changed since then', async () => {
  now += hourMs;
  const since = now;
  const old = await opened();
  now += hourMs;
  const fresh = await opened();
  const open = await opened();
  await people.agentActs(open, 'Nora Lind', { status: 'open' });
  const answered = await opened();
  await tagged(answered, 'deskhand_answered');
  for (const status of ['pending', 'solved', 'closed']) {
    await people.agentActs(await opened(), 'Nora Lind', { status });
  }
  expect(new Set(await leftOpen(since + 1_000))).toEqual(new Set([fresh, open, answered]));
  expect(new Set(await leftOpen(since))).toEqual(new Set([old, fresh, open, answered]));
});

test('are all of them, over pages', async () => {
  now += hourMs;
  const since = now;
  const many: string[] = [];
  for (let index = 0; index < 130; index += 1) many.push(await opened());
  await tagged(await opened(), 'deskhand_handed_off');
  const found = await leftOpen(since);
  expect(found).toHaveLength(131);
  expect(found).toEqual(expect.arrayContaining(many));
});

test('cannot be found while the desk is down, which is tried again', async () => {
  people.desk.faults.add({
    route: 'GET /api/v2/search',
    times: 1,
    fault: { type: 'status', status: 503, body: {} },
  });
  await expect(leftOpen(0)).rejects.toMatchObject({ kind: 'unavailable', retryable: true });
});
