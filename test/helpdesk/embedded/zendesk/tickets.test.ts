/** What writes do to a ticket: safe updates, tags, assignment, status, creation, follow-ups. */
import { agents, matching, roomyLimits, TestDesk, ticketIn } from './harness';

let now = Date.parse('2026-03-02T10:00:00.400Z');
let desk: TestDesk;
beforeAll(async () => {
  desk = await TestDesk.start({ clock: () => now, limits: roomyLimits });
});
afterAll(() => desk.stop());

describe('safe updates', () => {
  it('see every change, also one of the same second: stamps only grow', async () => {
    const id = await desk.newTicket();
    const read = (await desk.ticket(id)).updated_at;
    const between = ticketIn(await desk.put(id, { priority: 'high' })).updated_at;
    expect(between > read).toBe(true);
    const stale = await desk.put(id, { status: 'pending', safe_update: true, updated_stamp: read });
    expect(stale).toMatchObject({ status: 409, body: { error: 'UpdateConflict' } });
    expect(stale.headers.get('retry-after')).toBeNull();
    const fresh = await desk.put(id, { status: 'pending', safe_update: true, updated_stamp: between });
    expect(fresh.status).toBe(200);
  });

  it.each([true, false, 'true', 'false'])('are asked for by safe_update: %j', async (safe_update) => {
    const id = await desk.newTicket();
    const stale = { status: 'open', safe_update, updated_stamp: '2020-01-01T00:00:00Z' };
    expect((await desk.put(id, stale)).status).toBe(409);
  });

  it.each(['2026-03-02T10:00:00Z', '2026-03-02T10:00:00.000Z', '2026-03-02T11:00:00+01:00'])(
    'take the stamp %s however it is spelled',
    async (updated_stamp) => {
      now = Date.parse('2026-03-02T10:00:00.400Z');
      const id = await desk.newTicket();
      expect((await desk.put(id, { status: 'open', safe_update: true, updated_stamp })).status).toBe(200);
    },
  );

  it('with a stamp that is no time never match', async () => {
    const change = { status: 'open', safe_update: true, updated_stamp: 'just now' };
    expect((await desk.put(await desk.newTicket(), change)).status).toBe(409);
  });

  it('without safe_update the stamp means nothing', async () => {
    const change = { status: 'open', updated_stamp: '2020-01-01T00:00:00Z' };
    expect((await desk.put(await desk.newTicket(), change)).status).toBe(200);
  });

  it('let exactly one of several writers with the same stamp through', async () => {
    const id = await desk.newTicket();
    const stamp = (await desk.ticket(id)).updated_at;
    const writes = ['one', 'two', 'three'].map((body) =>
      desk.put(id, { comment: { body }, safe_update: true, updated_stamp: stamp }),
    );
    expect((await Promise.all(writes)).map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await desk.comments(id)).toHaveLength(2);
  });
});

describe('tags', () => {
  const address = (id: string) => `/api/v2/tickets/${id}/tags`;

  it.each<[string, string, string[], number, string[]]>([
    ['PUT adds', 'PUT', ['b', 'C'], 200, ['a', 'b', 'c']],
    ['POST replaces', 'POST', ['c'], 201, ['c']],
    ['DELETE removes', 'DELETE', ['a', 'z'], 204, ['b']],
    ['PUT of nothing changes nothing', 'PUT', [], 200, ['a', 'b']],
    ['POST of nothing empties', 'POST', [], 201, []],
  ])('%s', async (_what, verb, tags, status, expected) => {
    const id = await desk.newTicket();
    await desk.put(id, { tags: ['a', 'b'] });
    const answer = await desk.call(verb, address(id), { tags });
    expect(answer.status).toBe(status);
    if (status === 204) expect(answer.text).toBe('');
    else expect(answer.body).toEqual({ tags: expected });
    expect((await desk.get(address(id))).body).toEqual({ tags: expected });
    expect((await desk.ticket(id)).tags).toEqual(expected);
  });

  it.each([
    ['a list', ['E', 'e', ' ', 'f g'], ['e', 'f', 'g']],
    ['one text', 'x, y z', ['x', 'y', 'z']],
  ])('in a ticket update replace all, given as %s', async (_how, tags, expected) => {
    const id = await desk.newTicket();
    await desk.put(id, { tags: ['before'] });
    expect(ticketIn(await desk.put(id, { tags })).tags).toEqual(expected);
  });

  it('obey safe updates of their own', async () => {
    const id = await desk.newTicket();
    const stale = { tags: ['f'], safe_update: 'true', updated_stamp: '2020-01-01T00:00:00Z' };
    expect((await desk.call('PUT', address(id), stale)).status).toBe(409);
    const fresh = { ...stale, updated_stamp: (await desk.ticket(id)).updated_at };
    expect((await desk.call('PUT', address(id), fresh)).status).toBe(200);
  });

  it('are refused without a list, on closed tickets and on none', async () => {
    const id = await desk.newTicket();
    expect((await desk.call('PUT', address(id), {})).status).toBe(400);
    expect((await desk.call('PUT', address(id), { tags: [1] })).status).toBe(400);
    expect((await desk.call('PUT', address('99999'), { tags: ['a'] })).status).toBe(404);
    await desk.put(id, { status: 'closed' });
    expect((await desk.call('PUT', address(id), { tags: ['a'] })).status).toBe(422);
  });
});

describe('assignment', () => {
  it('of an agent alone moves the ticket to their default group, and opens a new one', async () => {
    const id = await desk.newTicket();
    expect(ticketIn(await desk.put(id, { assignee_email: agents.tomas }))).toMatchObject({
      status: 'open',
      assignee_id: desk.people.agentId('Tomas Reyes'),
      group_id: desk.people.groupId('Billing'),
    });
  });

  it('of an agent within the group leaves the group', async () => {
    const id = await desk.newTicket();
    const tier2 = desk.people.groupId('Tier 2');
    await desk.put(id, { group_id: tier2 });
    expect(ticketIn(await desk.put(id, { assignee_email: agents.nora }))).toMatchObject({ group_id: tier2 });
  });

  it('of a group takes the ticket from one who is not in it, and leaves it to one who is', async () => {
    const id = await desk.newTicket();
    const nora = desk.people.agentId('Nora Lind');
    await desk.put(id, { assignee_id: nora });
    const inside = ticketIn(await desk.put(id, { group_id: desk.people.groupId('Tier 2') }));
    expect(inside.assignee_id).toBe(nora);
    const outside = ticketIn(await desk.put(id, { group_id: desk.people.groupId('Billing') }));
    expect(outside.assignee_id).toBeNull();
  });

  it('of an agent to a group they are not in is refused', async () => {
    const id = await desk.newTicket();
    const pair = { group_id: desk.people.groupId('Billing'), assignee_id: desk.people.agentId('Nora Lind') };
    expect(await desk.put(id, pair)).toMatchObject({
      status: 422,
      body: { details: { assignee: [{ description: matching(/not a member/) }] } },
    });
  });

  it('can be taken back: nobody, no group, or both', async () => {
    const id = await desk.newTicket();
    await desk.put(id, { assignee_email: agents.nora });
    const support = desk.people.groupId('Support');
    expect(ticketIn(await desk.put(id, { assignee_id: null }))).toMatchObject({
      assignee_id: null,
      group_id: support,
    });
    expect(ticketIn(await desk.put(id, { group_id: null }))).toMatchObject({ group_id: null });
  });
});

describe('status', () => {
  it.each(['open', 'pending', 'hold', 'solved'])('does not go back from %s to new', async (status) => {
    const id = await desk.newTicket();
    await desk.put(id, { status });
    expect(await desk.put(id, { status: 'new' })).toMatchObject({
      status: 422,
      body: { details: { status: [{ description: 'Status: cannot be set back to new' }] } },
    });
  });

  it.each(['pending', 'hold', 'solved'])('%s is opened by the customer, not by an agent', async (status) => {
    const id = await desk.newTicket();
    await desk.put(id, { status });
    expect(ticketIn(await desk.put(id, { comment: { body: 'By the way' } })).status).toBe(status);
    await desk.customerWrites(id, 'Hello?');
    expect((await desk.ticket(id)).status).toBe('open');
  });

  it('is what a write says, also with an assignee or a comment', async () => {
    const id = await desk.newTicket();
    const change = { status: 'pending', assignee_email: agents.nora, comment: { body: 'x' } };
    expect(ticketIn(await desk.put(id, change)).status).toBe('pending');
  });

  it('closed is final', async () => {
    const id = await desk.newTicket();
    await desk.put(id, { status: 'closed' });
    for (const change of [
      { status: 'open' },
      { comment: { body: 'x' } },
      { tags: ['a'] },
      { status: 'closed' },
    ]) {
      expect((await desk.put(id, change)).status).toBe(422);
    }
  });
});

describe('a new ticket', () => {
  const creation = { ticket: { subject: 'Once', comment: { body: 'Only once' } } };
  const create = (key: string, body: unknown = creation) =>
    desk.call('POST', '/api/v2/tickets', body, { headers: { 'idempotency-key': key } });
  const lookup = 'x-idempotency-lookup';

  it('is made once for an Idempotency-Key, whose body may not change', async () => {
    const [first, second] = await Promise.all([create('k1'), create('k1')]);
    expect([first, second].map(({ headers }) => headers.get(lookup)).sort()).toEqual(['hit', 'miss']);
    expect(ticketIn(second).id).toBe(ticketIn(first).id);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(await create('k1', { ticket: { subject: 'Other', comment: { body: 'x' } } })).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'IdempotentRequestError' }] },
    });
  });

  it('of a repeated key is shown with its first audit, however it has changed since', async () => {
    const first = await create('k2');
    await desk.put(String(ticketIn(first).id), { priority: 'high' });
    const again = await create('k2');
    expect(again.body).toMatchObject({ ticket: { priority: 'high' } });
    expect(again.body).toHaveProperty('audit.id', expect.any(Number));
    const audits = await desk.audits(String(ticketIn(first).id));
    expect(again.body).toMatchObject({ audit: { id: audits[0]?.id } });
  });

  it('is made again for the key of more than two hours ago, and for a key that failed', async () => {
    const first = await create('old');
    now += 2 * 3_600_000 + 1_000;
    const again = await create('old');
    expect(again.headers.get(lookup)).toBe('miss');
    expect(ticketIn(again).id).not.toBe(ticketIn(first).id);
    expect(ticketIn(await create('old')).id).toBe(ticketIn(again).id);
    expect((await create('bad', { ticket: { subject: 'x' } })).status).toBe(422);
    expect((await create('bad')).headers.get(lookup)).toBe('miss');
  });

  it('without a key is made each time, and says nothing of keys', async () => {
    const [first, second] = [
      await desk.call('POST', '/api/v2/tickets', creation),
      await desk.call('POST', '/api/v2/tickets', creation),
    ];
    expect(ticketIn(second).id).toBe(ticketIn(first).id + 1);
    expect(first.headers.get(lookup)).toBeNull();
  });

  it('belongs to the caller unless a requester is named, by id or by address', async () => {
    const comment = { body: 'x' };
    const requesterOf = async (ticket: Record<string, unknown>) =>
      ticketIn(await desk.call('POST', '/api/v2/tickets', { ticket: { comment, ...ticket } })).requester_id;
    const bot = desk.people.agentId('Deskhand');
    const ann = (await desk.ticket(await desk.newTicket())).requester_id;
    expect(await requesterOf({})).toBe(bot);
    expect(await requesterOf({ requester_id: ann })).toBe(ann);
    expect(await requesterOf({ requester: { email: 'ann@example.com' } })).toBe(ann);
    const made = await requesterOf({ requester: { email: 'new.one@example.com' } });
    expect((await desk.get(`/api/v2/users/${made}`)).body).toMatchObject({ user: { name: 'new.one' } });
    const nobody = { ticket: { comment, requester_id: 5 } };
    expect((await desk.call('POST', '/api/v2/tickets', nobody)).status).toBe(422);
  });
});

describe('a follow-up', () => {
  const followUp = (source: string, more: Record<string, unknown> = {}) =>
    desk.call('POST', '/api/v2/tickets', {
      ticket: { via_followup_source_id: Number(source), comment: { body: 'More', public: false }, ...more },
    });
  const closedTicket = async () => {
    const id = await desk.newTicket();
    await desk.put(id, { status: 'closed', tags: ['vip'] });
    return id;
  };

  it('takes over tags and subject, and both tickets name each other', async () => {
    const id = await closedTicket();
    const [first, second] = [ticketIn(await followUp(id)), ticketIn(await followUp(id))];
    expect(first).toMatchObject({
      tags: ['vip'],
      subject: 'Re: My order',
      status: 'new',
      via: { channel: 'api', source: { rel: 'follow_up', from: { ticket_id: Number(id) } } },
    });
    expect(await desk.ticket(id)).toMatchObject({ followup_ids: [first.id, second.id] });
  });

  it('keeps what it brings itself', async () => {
    const made = ticketIn(await followUp(await closedTicket(), { tags: [], subject: 'New matter' }));
    expect(made).toMatchObject({ tags: [], subject: 'New matter' });
  });

  it('of an open or unknown ticket is refused', async () => {
    expect((await followUp(await desk.newTicket())).status).toBe(422);
    expect((await followUp('99999')).status).toBe(422);
    expect(await desk.ticket(await desk.newTicket())).not.toHaveProperty('followup_ids');
  });

  it('is made when a customer answers a closed one', async () => {
    const id = await closedTicket();
    const { ticketId } = await desk.customerWrites(id, 'Again');
    expect(ticketId).not.toBe(id);
    const ticket = await desk.ticket(ticketId);
    expect(ticket).toMatchObject({
      description: 'Again',
      requester_id: (await desk.ticket(id)).requester_id,
    });
    expect(await desk.comments(id)).toHaveLength(1);
  });
});
