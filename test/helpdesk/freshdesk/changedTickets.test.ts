/** A list without a cursor, read so that no change is missed and none is told twice. */
import { createFreshdeskDesk } from '../../../src/helpdesk/freshdesk/createFreshdeskDesk';
import { anyCall } from '../contract/deskUnderTest';
import { openWire } from '../zendesk/wire';
import { adapterAtFreshdesk, type AdapterAtFreshdesk } from './adapterAtFreshdesk';

let desk: AdapterAtFreshdesk;
let now = Date.parse('2026-11-25T12:00:00Z');
beforeAll(async () => {
  desk = await adapterAtFreshdesk({ clock: () => now });
});
afterEach(() => desk.faults.clear());
afterAll(() => desk.double.stop());

const asks = async () => (await desk.people.customerOpens('Where is my order?')).ticketId;
const look = (from: { cursor: string } | { since: number }) => desk.open().changedTickets(from, anyCall());
const idsOf = ({ changes }: Awaited<ReturnType<typeof look>>) => changes.map(({ ticketId }) => ticketId);

test('a ticket created long ago is told when it changes', async () => {
  const old = await asks();
  now += 40 * 86_400_000;
  const since = now;
  await desk.people.customerWrites(old, 'Still nothing?');
  expect(idsOf(await look({ since }))).toContain(old);
});

test('a change that shows up late, with an earlier time than others told already, is told', async () => {
  now += 3_600_000;
  const since = now;
  now += 20_000;
  await asks();
  const { cursor } = await look({ since });
  now -= 10_000;
  const late = await asks();
  now += 60_000;
  expect(idsOf(await look({ cursor: cursor ?? '' }))).toEqual([late]);
});

test('the same ticket is told again when it changes again, within the same minute', async () => {
  now += 3_600_000;
  const first = await look({ since: now });
  const ticketId = await asks();
  const second = await look({ cursor: first.cursor ?? '' });
  now += 2_000;
  await desk.people.customerWrites(ticketId, 'Hello?');
  const third = await look({ cursor: second.cursor ?? '' });
  expect([idsOf(second), idsOf(third)]).toEqual([[ticketId], [ticketId]]);
  expect(idsOf(await look({ cursor: third.cursor ?? '' }))).toEqual([]);
});

test('tickets that were deleted or are spam are not told', async () => {
  now += 3_600_000;
  const since = now;
  const [gone, spam, kept] = [await asks(), await asks(), await asks()];
  await desk.double.call('DELETE', `/tickets/${gone}`);
  await desk.people.agentActs(spam, 'Nora Lind', { spam: true });
  expect(idsOf(await look({ since }))).toEqual([kept]);
});

test.each(['', 'of another version', '{"upTo":"x"}'])(
  'a cursor that is none of ours ("%s") begins anew a little before now, rather than fail for ever',
  async (cursor) => {
    expect(await look({ cursor })).toMatchObject({ complete: true });
  },
);

test('a list that has always another page is not asked for without a pause', async () => {
  const ticket = { id: 1, status: 2, updated_at: new Date(now).toISOString() };
  const link = '<https://acme.freshdesk.com/api/v2/tickets?page=2>; rel="next"';
  const endless = await openWire(() => ({ headers: { link }, body: [ticket] }));
  try {
    const { apiUrl } = endless.connection;
    const adapter = createFreshdeskDesk({
      ...{ apiUrl, apiKey: 'key', account: 'demo', companyAddresses: [], ticketUrl: null },
    });
    const start = { upTo: now, page: 299, told: [] };
    const before = await adapter.changedTickets({ cursor: JSON.stringify(start) }, anyCall());
    const last = await adapter.changedTickets({ cursor: before.cursor ?? '' }, anyCall());
    expect([before.complete, last.complete]).toEqual([false, true]);
  } finally {
    await endless.close();
  }
});

test('a crowd with a time to come is walked through page by page, and hides nothing', async () => {
  now += 3_600_000;
  let from: { cursor: string } | { since: number } = { since: now };
  now += 30 * 86_400_000;
  for (let n = 0; n < 110; n += 1) await asks();
  now -= 30 * 86_400_000 - 120_000;
  const seen: string[] = [];
  const lookToTheEnd = async (): Promise<void> => {
    for (let looks = 0; looks < 5; looks += 1) {
      const found: Awaited<ReturnType<typeof look>> = await look(from);
      seen.push(...idsOf(found));
      from = { cursor: found.cursor ?? '' };
      if (found.complete) return;
    }
    throw new Error('it never ends');
  };
  await lookToTheEnd();
  expect(seen).toHaveLength(110);
  const late = await asks();
  now += 120_000;
  await lookToTheEnd();
  expect(seen.slice(110)).toEqual([late]);
});

test('at the last page that Freshdesk shows, the look goes on by time', async () => {
  const upTo = now;
  const body = Array.from({ length: 100 }, (_, n) => ({
    ...{ id: n + 1, status: 2, updated_at: new Date(upTo).toISOString() },
  }));
  desk.faults.add({ route: 'GET /api/v2/tickets', fault: { type: 'status', status: 200, body } });
  const { cursor } = await look({ cursor: JSON.stringify({ upTo, page: 300, told: [] }) });
  expect(JSON.parse(cursor ?? '')).toMatchObject({ page: 1 });
});
