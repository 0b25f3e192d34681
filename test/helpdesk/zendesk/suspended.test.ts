/** Mails that Zendesk suspends: what the poll tells people of them, through the real adapter on the embedded desk. */
import axios from 'axios';
import { pollDesk } from '../../../activities/pollDesk';
import type { Notice } from '../../../src/core/notices/notice';
import type { SuspendedMark } from '../../../src/core/notices/suspended';
import { watchAccount } from '../../../src/helpdesk/watchAccount';
import { AdapterAtZendesk } from './adapterAtZendesk';

const route = 'GET /api/v2/suspended_tickets';
let now = Date.parse('2026-11-25T12:00:00Z');
let at: AdapterAtZendesk;
beforeAll(async () => {
  at = await AdapterAtZendesk.start({ clock: () => now });
});
beforeEach(() => {
  now += 3_600_000;
});
afterEach(() => at.faults.clear());
afterAll(() => at.double.stop());

async function suspends(causeId: number, body = 'Where is my order 48213?'): Promise<string> {
  const mail = { name: 'Ana Diaz', email: 'ana@mail.example', subject: 'My order', body, causeId };
  const { data } = await axios.post<{ id: string }>(`${at.double.desk.url}/_desk/customer/suspended`, mail);
  return data.id;
}

/** One look of the poll, through what watches the account. */
async function look(mark?: SuspendedMark) {
  const told: Notice[] = [];
  const logged: string[] = [];
  const say = (line: string) => void logged.push(line);
  const desk = watchAccount(at.open(), { debug: say, info: say, warn: say, error: say });
  const notifier = {
    tell: (notice: Notice) => Promise.resolve(void told.push(notice)),
    send: () => Promise.resolve(),
  };
  const ports = { desk, hintTicket: () => Promise.resolve(), notifier };
  const since = now - 1_000;
  // Zendesk exports nothing of the last minute.
  now += 120_000;
  const looked = await pollDesk(
    ports,
    { cursor: null, since, suspended: mark },
    new AbortController().signal,
  );
  return { ...looked, told, logged, desk };
}
const due = (mark: SuspendedMark | undefined): SuspendedMark => ({ upTo: mark?.upTo ?? null, lookedAt: 0 });

test('a customer’s that was suspended by mistake is told once, by its cause and nothing of it', async () => {
  const id = await suspends(26);
  await suspends(0, 'Cheap watches');
  const { told, suspended } = await look();
  expect(told).toMatchObject([
    {
      key: `suspended/failed-authentication/${id}`,
      what: expect.stringContaining('could not be verified') as string,
      next: expect.stringContaining('Zendesk, under Views > Suspended tickets') as string,
    },
  ]);
  expect(suspended).toMatchObject({ told: 1, counted: 1 });
  expect(JSON.stringify(told)).not.toMatch(/ana|Ana|48213|watches/);
  expect((await look(due(suspended?.mark))).told).toEqual([]);
});

test('what a person recovers is a ticket like any other, and nothing is recovered by itself', async () => {
  const id = await suspends(16);
  await look();
  const kept = await at.get<{ suspended_tickets: { id: number }[] }>('/suspended_tickets');
  expect(kept.suspended_tickets.map((one) => String(one.id))).toContain(id);
  await at.put(`/suspended_tickets/${id}/recover`, {});
  expect(await at.open().fetchTicket('1', { signal: new AbortController().signal })).toMatchObject({
    ...{ subject: 'My order', channel: 'email', requester: { email: 'ana@mail.example' } },
    comments: [{ author: 'requester', body: 'Where is my order 48213?' }],
  });
});

test.each([
  ['a customer may stand behind it', [1, 2, 5, 6, 10, 12, 16, 22, 26, 30, 99], 11],
  ['none does', [0, 3, 4, 7, 8, 9, 11, 13, 14, 25, 27, 29], 0],
])('%s: told is told, counted is counted', async (_what, ids, calls) => {
  for (const causeId of ids) await suspends(causeId);
  const { told, suspended } = await look();
  expect(told).toHaveLength(calls);
  expect(new Set(told.map(({ reason }) => reason)).size).toBe(calls);
  expect(suspended).toMatchObject({ told: calls, counted: ids.length - calls });
});

test('a wave of spam hides nothing that came before it', async () => {
  const before = await suspends(0);
  const id = await suspends(26);
  for (let mail = 0; mail < 100; mail += 1) await suspends(0, 'Cheap watches');
  const { told, suspended } = await look({ upTo: before, lookedAt: 0 });
  expect(told).toMatchObject([{ key: `suspended/failed-authentication/${id}` }]);
  expect(suspended).toMatchObject({ told: 1, counted: 100 });
});

test('between two looks it costs no request', async () => {
  at.faults.add({ route, fault: { type: 'status', status: 500 } });
  const { suspended, complete } = await look({ upTo: null, lookedAt: Date.now() });
  expect({ suspended, complete }).toEqual({ suspended: undefined, complete: true });
});

test('without the right to see them the poll goes on, the log says what lacks, and the account works', async () => {
  at.faults.add({ route, fault: { type: 'status', status: 403 } });
  await suspends(26);
  const { told, suspended, complete, logged, desk } = await look({ upTo: '7', lookedAt: 0 });
  expect([told, complete, desk.isRefused()]).toEqual([[], true, false]);
  expect(suspended).toMatchObject({ told: 0, mark: { upTo: '7' } });
  expect(logged.join('\n')).toMatch(/may manage suspended tickets/);
});

test.each([
  ['down', { type: 'status', status: 503 }],
  ['odd', { type: 'status', status: 200, body: { suspended_tickets: 'none' } }],
  ['torn', { type: 'malformed' }],
] as const)('a list that is %s is looked at again, and nothing of it is missed', async (_how, fault) => {
  const id = await suspends(22);
  at.faults.add({ route, times: 1, fault });
  const broken = await look({ upTo: String(Number(id) - 1), lookedAt: 0 });
  expect([broken.told, broken.complete]).toEqual([[], true]);
  const { told } = await look(due(broken.suspended?.mark));
  expect(told).toMatchObject([{ reason: 'suspended:from-support-address' }]);
});
