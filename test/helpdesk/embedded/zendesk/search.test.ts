/** Zendesk's search words, one by one, over the same four tickets. */
import { agents, idsIn, roomyLimits, TestDesk } from './harness';

let now = Date.parse('2026-03-02T10:00:00Z');
let desk: TestDesk;
/** late: solved, tagged, Nora's; lost: by Bo, urgent; paid: Billing's; plain: nothing but its words. */
const tickets = { late: 0, lost: 0, paid: 0, plain: 0 };
beforeAll(async () => {
  desk = await TestDesk.start({ clock: () => now, limits: roomyLimits });
  tickets.late = Number(await desk.newTicket('The parcel is late'));
  tickets.lost = Number(
    await desk.newTicket('The parcel is lost', { email: 'bo@example.com', name: 'Bo Chen' }),
  );
  now += 24 * 3_600_000;
  tickets.paid = Number(await desk.newTicket('I paid twice', { subject: 'Refund please' }));
  tickets.plain = Number(await desk.newTicket('Hello'));
  await desk.put(String(tickets.late), {
    status: 'solved',
    tags: ['vip', 'parcel'],
    external_id: 'Shop-7',
    assignee_email: agents.nora,
  });
  await desk.put(String(tickets.lost), { priority: 'urgent', status: 'open' });
  await desk.put(String(tickets.paid), { group_id: desk.people.groupId('Billing'), status: 'pending' });
  await desk.put(String(tickets.plain), {
    comment: { body: 'We looked into the DAMAGED box', public: false },
  });
});
afterAll(() => desk.stop());

const search = (query: string) => desk.get(`/api/v2/search?query=${encodeURIComponent(query)}`);

it.each<[string, (keyof typeof tickets)[]]>([
  ['type:ticket', ['plain', 'paid', 'lost', 'late']],
  ['type:user', []],
  ['status:solved', ['late']],
  ['status:open status:pending', ['paid', 'lost']],
  ['status<solved', ['plain', 'paid', 'lost']],
  ['status<=pending', ['plain', 'paid', 'lost']],
  ['status>pending', ['late']],
  ['status>=open', ['paid', 'lost', 'late']],
  ['priority:urgent', ['lost']],
  ['priority:none -status:solved', ['plain', 'paid']],
  ['tags:vip', ['late']],
  ['tags:VIP', ['late']],
  ['tags:none', ['plain', 'paid', 'lost']],
  ['-tags:vip', ['plain', 'paid', 'lost']],
  ['external_id:shop-7', ['late']],
  ['subject:refund', ['paid']],
  ['requester:bo@example.com', ['lost']],
  ['requester:"Bo Chen"', ['lost']],
  ['assignee:none', ['plain', 'paid', 'lost']],
  ['assignee:"Nora Lind"', ['late']],
  ['group:billing', ['paid']],
  ['group:none', ['plain', 'lost']],
  ['created<2026-03-03', ['lost', 'late']],
  ['created>2026-03-03 type:ticket', ['plain', 'paid']],
  ['updated>=2026-03-03', ['plain', 'paid', 'lost', 'late']],
  ['damaged', ['plain']],
  ['"parcel is late"', ['late']],
  ['parcel lost', ['lost']],
  ['parcel -tags:vip requester:bo@example.com', ['lost']],
  ['nonsense:1', []],
])('%s', async (query, expected) => {
  expect(idsIn(await search(query), 'results')).toEqual(expected.map((name) => tickets[name]));
});

it('answers in pages of its own kind, with whole tickets', async () => {
  const page = await desk.get('/api/v2/search?query=type:ticket&per_page=3');
  expect(page.body).toMatchObject({ count: 4, facets: null, previous_page: null });
  expect(page.body).toMatchObject({ results: [{ result_type: 'ticket', subject: 'My order' }, {}, {}] });
  expect(idsIn(await desk.get('/api/v2/search?query=type:ticket&per_page=3&page=2'), 'results')).toEqual([
    tickets.late,
  ]);
});

it.each([
  ['without a query', '/api/v2/search'],
  ['with an empty one', '/api/v2/search?query=%20'],
  ['behind the thousandth result', '/api/v2/search?query=x&page=11'],
  ['behind it in small pages', '/api/v2/search?query=x&per_page=10&page=101'],
])('is refused %s', async (_what, address) => {
  expect(await desk.get(address)).toMatchObject({ status: 422, body: { error: 'invalid' } });
});

it('is for agents', async () => {
  const answer = await desk.get('/api/v2/search?query=type:ticket', { as: 'bo@example.com' });
  expect(answer.status).toBe(403);
});
