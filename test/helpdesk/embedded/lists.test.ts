/** Lists: both paginations, search, the incremental export, people and groups; and the rate limits around them. */
import { z } from 'zod';
import { commentsIn, startDesk, type TestDesk } from './harness';

let now = Date.parse('2026-03-02T10:00:00Z');
let test_: TestDesk | null = null;
afterEach(async () => {
  await test_?.stop();
  test_ = null;
});
async function start(limits = {}): Promise<TestDesk> {
  test_ = await startDesk({
    clock: () => now,
    limits: { requestsPerMinute: 10_000, incrementalPerMinute: 1_000, ...limits },
  });
  return test_;
}
const ids = (body: unknown, key: string) => {
  const lists = z.record(z.string(), z.unknown()).parse(body);
  return z
    .array(z.object({ id: z.number() }))
    .parse(lists[key])
    .map(({ id }) => id);
};

describe('comments', () => {
  const bodies = (answer: Parameters<typeof commentsIn>[0]) => commentsIn(answer).map(({ body }) => body);
  async function conversation(): Promise<{ desk: TestDesk; comments: string }> {
    const desk = await start();
    const id = await desk.newTicket('m1');
    for (const body of ['m2', 'm3', 'm4', 'm5'])
      await desk.call('POST', `/_desk/customer/tickets/${id}/comments`, { body });
    return { desk, comments: `/api/v2/tickets/${id}/comments` };
  }

  it('come by cursor, forwards and backwards, with absolute links', async () => {
    const { desk, comments } = await conversation();
    const first = await desk.call('GET', `${comments}?page[size]=2&sort=-created_at`);
    expect(bodies(first)).toEqual(['m5', 'm4']);
    const shape = z.object({
      meta: z.object({ has_more: z.boolean() }),
      links: z.object({ next: z.string().nullable(), prev: z.string().nullable() }),
    });
    const { links, meta } = shape.parse(first.body);
    expect(meta.has_more).toBe(true);
    expect(links.next).toMatch(new RegExp(`^${desk.desk.url}/api/v2/`));
    const second = await desk.call('GET', links.next ?? '');
    expect(bodies(second)).toEqual(['m3', 'm2']);
    const third = await desk.call('GET', shape.parse(second.body).links.next ?? '');
    expect(bodies(third)).toEqual(['m1']);
    expect(shape.parse(third.body)).toMatchObject({ meta: { has_more: false }, links: { next: null } });
    expect(bodies(await desk.call('GET', shape.parse(third.body).links.prev ?? ''))).toEqual(['m3', 'm2']);
  });

  it('come by offset with a count', async () => {
    const { desk, comments } = await conversation();
    const first = await desk.call('GET', `${comments}?per_page=3&sort_order=desc`);
    expect(bodies(first)).toEqual(['m5', 'm4', 'm3']);
    expect(first.body).toMatchObject({ count: 5, previous_page: null });
    const { next_page } = z.object({ next_page: z.string() }).parse(first.body);
    expect(bodies(await desk.call('GET', next_page))).toEqual(['m2', 'm1']);
  });
});

describe('search', () => {
  it('knows type, status, tags, external_id, requester and words', async () => {
    const desk = await start();
    const late = Number(await desk.newTicket('The parcel is late'));
    const lost = Number(await desk.newTicket('The parcel is lost', { email: 'bo@example.com', name: 'Bo' }));
    await desk.put(String(late), { status: 'solved', tags: ['vip'], external_id: 'shop-7' });
    const find = async (query: string) =>
      ids((await desk.call('GET', `/api/v2/search?query=${encodeURIComponent(query)}`)).body, 'results');
    expect(await find('type:ticket')).toEqual([lost, late]);
    expect(await find('type:ticket status<solved')).toEqual([lost]);
    expect(await find('status:solved status:new')).toEqual([lost, late]);
    expect(await find('tags:vip')).toEqual([late]);
    expect(await find('-tags:vip')).toEqual([lost]);
    expect(await find('external_id:shop-7')).toEqual([late]);
    expect(await find('requester:bo@example.com')).toEqual([lost]);
    expect(await find('"is late"')).toEqual([late]);
    expect(await find('nonsense:1')).toEqual([]);
    expect((await desk.call('GET', '/api/v2/search?query=x&page=11')).status).toBe(422);
  });
});

describe('the incremental export', () => {
  const shape = z.object({
    tickets: z.array(z.object({ id: z.number() })),
    after_cursor: z.string().nullable(),
    end_of_stream: z.boolean(),
  });
  const ask = async (desk: TestDesk, query: string) => {
    const { tickets, ...rest } = shape.parse(
      (await desk.call('GET', `/api/v2/incremental/tickets/cursor?${query}`)).body,
    );
    return { ids: tickets.map(({ id }) => id), ...rest };
  };

  it('never gives the last minute, and goes on exactly behind its cursor', async () => {
    const desk = await start();
    const start_ = Math.floor(now / 1000) - 120;
    for (let n = 0; n < 3; n += 1) await desk.newTicket();
    expect(await ask(desk, `start_time=${start_}`)).toEqual({
      ids: [],
      after_cursor: null,
      end_of_stream: true,
    });
    now += 61_000;
    const first = await ask(desk, `start_time=${start_}&per_page=2`);
    expect(first).toMatchObject({ ids: [1, 2], end_of_stream: false });
    const second = await ask(desk, `cursor=${first.after_cursor}&per_page=2`);
    expect(second).toMatchObject({ ids: [3], end_of_stream: true });
    await desk.put('1', { priority: 'high' });
    expect(await ask(desk, `cursor=${second.after_cursor}`)).toMatchObject({
      ids: [],
      after_cursor: second.after_cursor,
    });
    now += 61_000;
    expect(await ask(desk, `cursor=${second.after_cursor}`)).toMatchObject({ ids: [1] });
  });

  it('gives changes of one second once each when the lag is taken away', async () => {
    const desk = await start({ incrementalLagSeconds: 0 });
    await desk.newTicket();
    const first = await ask(desk, 'start_time=1');
    await desk.newTicket();
    await desk.put('1', { status: 'open' });
    expect((await ask(desk, `cursor=${first.after_cursor}`)).ids).toEqual([2, 1]);
  });

  it('refuses a start that is too recent and a cursor that is none', async () => {
    const desk = await start();
    expect(
      await desk.call('GET', `/api/v2/incremental/tickets/cursor?start_time=${Math.floor(now / 1000)}`),
    ).toMatchObject({ status: 422, body: { error: 'StartTimeTooRecent' } });
    expect(await desk.call('GET', '/api/v2/incremental/tickets/cursor?cursor=x')).toMatchObject({
      status: 400,
    });
  });
});

describe('people', () => {
  it('are shown one by one, many at once, and by group', async () => {
    const desk = await start();
    const all = z
      .object({ users: z.array(z.object({ id: z.number(), name: z.string(), role: z.string() })) })
      .parse((await desk.call('GET', '/api/v2/users')).body).users;
    expect(all.map(({ role }) => role)).toEqual(['admin', 'agent', 'agent', 'admin']);
    const many = await desk.call('GET', `/api/v2/users/show_many.json?ids=${all[1]?.id},${all[2]?.id},5`);
    expect(ids(many.body, 'users')).toEqual([all[1]?.id, all[2]?.id]);
    expect((await desk.call('GET', `/api/v2/users/${all[1]?.id}`)).body).toMatchObject({
      user: { name: 'Nora Lind', role: 'agent', suspended: false },
    });
    const groups = await desk.call('GET', '/api/v2/groups');
    expect(groups.body).toMatchObject({
      groups: [{ name: 'Support' }, { name: 'Tier 2' }, { name: 'Billing' }],
      count: 3,
    });
    const [support] = ids(groups.body, 'groups');
    expect((await desk.call('GET', `/api/v2/groups/${support}`)).body).toMatchObject({
      group: { name: 'Support' },
    });
    expect((await desk.call('GET', `/api/v2/group_memberships?group_id=${support}`)).body).toMatchObject({
      count: 4,
    });
    expect((await desk.call('GET', '/api/v2/suspended_tickets')).body).toMatchObject({
      suspended_tickets: [],
    });
  });

  it('come with a ticket on request', async () => {
    const desk = await start();
    const id = await desk.newTicket();
    const plain = await desk.call('GET', `/api/v2/tickets/${id}`);
    expect(Object.keys(plain.body ?? {})).toEqual(['ticket']);
    const more = await desk.call('GET', `/api/v2/tickets/${id}?include=users,groups,comment_count`);
    expect(more.body).toMatchObject({
      ticket: { comment_count: 1 },
      users: [{ name: 'Ann Lee' }],
      groups: [],
    });
  });

  it('see the tickets listed, newest change first when asked', async () => {
    const desk = await start();
    for (let n = 0; n < 3; n += 1) await desk.newTicket();
    await desk.put('1', { status: 'open' });
    expect(
      ids((await desk.call('GET', '/api/v2/tickets?sort=-updated_at&page[size]=2')).body, 'tickets'),
    ).toEqual([1, 3]);
  });
});

describe('rate limits', () => {
  it('of the account: 429 with Retry-After until the minute is over', async () => {
    const desk = await start({ requestsPerMinute: 3 });
    const me = () => desk.call('GET', '/api/v2/users/me');
    expect((await me()).headers.get('x-rate-limit-remaining')).toBe('2');
    await me();
    await me();
    now += 20_000;
    const refused = await me();
    expect(refused).toMatchObject({ status: 429, body: { error: 'APIRateLimitExceeded' } });
    expect(refused.headers.get('retry-after')).toBe('40');
    now += 40_000;
    expect((await me()).status).toBe(200);
  });

  it('of updates: 30 in 10 minutes of one user on one ticket, not of others', async () => {
    const desk = await start({ updatesPerMinute: 1_000 });
    const id = await desk.newTicket();
    for (let n = 0; n < 30; n += 1)
      expect((await desk.put(id, { comment: { body: `reply ${n}` } })).status).toBe(200);
    const refused = await desk.put(id, { comment: { body: 'one too many' } });
    expect(refused).toMatchObject({ status: 429, body: { errors: [{ code: 'TooManyRequests' }] } });
    expect(refused.headers.get('retry-after')).toBe('600');
    const nora = await desk.call(
      'PUT',
      `/api/v2/tickets/${id}.json`,
      { ticket: { priority: 'low' } },
      { as: 'nora@demo-shop.example' },
    );
    expect(nora.status).toBe(200);
    now += 600_000;
    expect((await desk.put(id, { comment: { body: 'later' } })).status).toBe(200);
  });

  it('of updates of the account and of exports', async () => {
    const desk = await start({ updatesPerMinute: 1, incrementalPerMinute: 1 });
    await desk.newTicket();
    await desk.newTicket();
    expect((await desk.put('1', { status: 'open' })).status).toBe(200);
    expect((await desk.put('2', { status: 'open' })).status).toBe(429);
    const export_ = () => desk.call('GET', '/api/v2/incremental/tickets/cursor?start_time=1');
    expect((await export_()).status).toBe(200);
    expect((await export_()).status).toBe(429);
  });
});
