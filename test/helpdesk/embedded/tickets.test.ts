/** What writes do to a ticket, its comments and its audits. */
import { agents, auditIn, auditsIn, commentsIn, startDesk, ticketIn, type TestDesk } from './harness';

let now = Date.parse('2026-03-02T10:00:00.400Z');
let test_: TestDesk;
beforeAll(async () => {
  test_ = await startDesk({
    clock: () => now,
    limits: { updatesPerMinute: 10_000, incrementalPerMinute: 1_000, requestsPerMinute: 10_000 },
  });
});
afterAll(() => test_.stop());

const comments = async (id: string) => commentsIn(await test_.call('GET', `/api/v2/tickets/${id}/comments`));
const audits = async (id: string) => auditsIn(await test_.call('GET', `/api/v2/tickets/${id}/audits`));

describe('comments', () => {
  it('are named by the same id in the audit and in the list, with the key that was sent', async () => {
    const id = await test_.newTicket();
    const answer = await test_.put(id, {
      comment: { body: 'Hello', public: true },
      metadata: { deskhand: 'key-1' },
    });
    const audit = auditIn(answer);
    const event = audit.events.find(({ type }) => type === 'Comment');
    const newest = (await comments(id)).at(-1);
    expect(newest).toMatchObject({ id: event?.id, audit_id: audit.id, public: true, body: 'Hello' });
    expect(audit.metadata.custom).toEqual({ deskhand: 'key-1' });
    expect((await audits(id)).at(-1)).toEqual(audit);
  });

  it('take nested metadata like flat', async () => {
    const id = await test_.newTicket();
    const answer = await test_.put(id, {
      comment: { body: 'x' },
      metadata: { custom: { deskhand: 'key-2' } },
    });
    expect(auditIn(answer).metadata.custom).toEqual({ deskhand: 'key-2' });
  });

  it('are as public as the ticket is when nothing is said', async () => {
    const open = await test_.newTicket();
    await test_.put(open, { comment: { body: 'said nothing' } });
    expect((await comments(open)).at(-1)?.public).toBe(true);
    const answer = await test_.call('POST', '/api/v2/tickets', {
      ticket: { subject: 's', comment: { body: 'note', public: false } },
    });
    const hidden = String(ticketIn(answer).id);
    await test_.put(hidden, { comment: { body: 'said nothing' } });
    expect((await comments(hidden)).at(-1)?.public).toBe(false);
    expect(ticketIn(await test_.call('GET', `/api/v2/tickets/${hidden}`)).is_public).toBe(false);
  });

  it('have their placeholders expanded when an agent wrote them, and left alone when a customer did', async () => {
    const id = await test_.newTicket('I typed {{ticket.id}}');
    await test_.put(id, {
      comment: { body: 'Hello {{ticket.requester.first_name}}{{no.such}}, ticket {{ticket.id}}' },
    });
    await test_.put(id, { comment: { html_body: '<p>You typed &#123;&#123;ticket.id&#125;&#125;</p>' } });
    expect((await comments(id)).map(({ body }) => body)).toEqual([
      'I typed {{ticket.id}}',
      `Hello Ann, ticket ${id}`,
      'You typed {{ticket.id}}',
    ]);
  });

  it('expand the name of a requester made by the same request, and keep braces that are no placeholders', async () => {
    const answer = await test_.call('POST', '/api/v2/tickets', {
      ticket: {
        subject: 's',
        comment: { body: 'Dear {{ticket.requester.name}} {{ {% if' },
        requester: { name: 'Cy Day', email: 'cy@example.com' },
      },
    });
    expect(ticketIn(answer).description).toBe('Dear {{ticket.requester.name}} {{ {% if');
    const second = await test_.call('POST', '/api/v2/tickets', {
      ticket: {
        subject: 's',
        comment: { body: 'Dear {{ticket.requester.name}}' },
        requester: { name: 'Di Eck', email: 'di@example.com' },
      },
    });
    expect(ticketIn(second).description).toBe('Dear Di Eck');
  });

  it('keep HTML without what runs, and its text as plain_body', async () => {
    const id = await test_.newTicket();
    await test_.put(id, {
      comment: {
        html_body: '<p>One<br>two &amp; three</p><script>alert(1)</script><p onclick="x()">four</p>',
      },
    });
    const newest = (await comments(id)).at(-1);
    expect(newest?.plain_body).toBe('One\ntwo & three\n\nfour');
    expect(newest?.html_body).not.toMatch(/script|onclick/);
  });

  it('lose tags and runs of blanks when an agent sends them as text', async () => {
    const id = await test_.newTicket();
    await test_.put(id, { comment: { body: 'a   b\n\n\n\n<b>c</b>' } });
    expect((await comments(id)).at(-1)?.body).toBe('a b\n\nc');
  });

  it('are cut at 64 kB without a word, between characters', async () => {
    const id = await test_.newTicket('ä'.repeat(40_000));
    await test_.put(id, { comment: { body: `x${'ä'.repeat(40_000)}` } });
    const [first, second] = await comments(id);
    expect(Buffer.byteLength(first?.body ?? '')).toBe(65_536);
    expect(Buffer.byteLength(second?.body ?? '')).toBe(65_535);
    expect(second?.body.endsWith('ä')).toBe(true);
  });

  it('of machines carry flag 4, those with only an attachment are comments too', async () => {
    const id = await test_.newTicket('Out of office', { flags: [4], channel: 'email' });
    await test_.call('POST', `/_desk/customer/tickets/${id}/comments`, {
      attachments: [{ file_name: 'photo.jpg', content_type: 'image/jpeg', size: 9 }],
    });
    const [first, second] = await comments(id);
    expect(first).toMatchObject({ via: { channel: 'email' }, metadata: { flags: [4] } });
    expect(second).toMatchObject({ body: '', attachments: [{ file_name: 'photo.jpg', size: 9 }] });
  });
});

describe('a write that changes nothing', () => {
  it('answers with the newest audit there is, which is an older one', async () => {
    const id = await test_.newTicket();
    const first = await test_.put(id, { status: 'open', metadata: { deskhand: 'a' } });
    const again = await test_.put(id, { status: 'open', metadata: { deskhand: 'b' } });
    expect(again.status).toBe(200);
    expect(auditIn(again)).toEqual(auditIn(first));
    expect(ticketIn(again).updated_at).toBe(ticketIn(first).updated_at);
  });
});

describe('safe updates', () => {
  it('see every change, also one of the same second: stamps only grow', async () => {
    const id = await test_.newTicket();
    const read = ticketIn(await test_.call('GET', `/api/v2/tickets/${id}`)).updated_at;
    const between = ticketIn(await test_.put(id, { priority: 'high' })).updated_at;
    expect(between > read).toBe(true);
    const stale = await test_.put(id, { status: 'pending', safe_update: true, updated_stamp: read });
    expect(stale).toMatchObject({ status: 409, body: { error: 'UpdateConflict' } });
    expect(stale.headers.get('retry-after')).toBeNull();
    expect(
      await test_.put(id, { status: 'pending', safe_update: true, updated_stamp: between }),
    ).toMatchObject({ status: 200 });
  });

  it('are asked for even by false', async () => {
    const id = await test_.newTicket();
    expect(
      await test_.put(id, { status: 'open', safe_update: false, updated_stamp: '2020-01-01T00:00:00Z' }),
    ).toMatchObject({ status: 409 });
  });

  it('let exactly one of two writers with the same stamp through', async () => {
    const id = await test_.newTicket();
    const stamp = ticketIn(await test_.call('GET', `/api/v2/tickets/${id}`)).updated_at;
    const writes = ['one', 'two', 'three'].map((body) =>
      test_.put(id, { comment: { body }, safe_update: true, updated_stamp: stamp }),
    );
    expect((await Promise.all(writes)).map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await comments(id)).toHaveLength(2);
  });
});

describe('tags', () => {
  it('PUT adds, POST replaces, DELETE removes, and tags in a ticket update replace all', async () => {
    const id = await test_.newTicket();
    const tags = `/api/v2/tickets/${id}/tags`;
    expect((await test_.call('PUT', tags, { tags: ['A', 'b'] })).body).toEqual({ tags: ['a', 'b'] });
    expect((await test_.call('PUT', tags, { tags: ['b', 'c'] })).body).toEqual({ tags: ['a', 'b', 'c'] });
    expect(await test_.call('DELETE', tags, { tags: ['b'] })).toMatchObject({ status: 204, text: '' });
    expect((await test_.call('GET', tags)).body).toEqual({ tags: ['a', 'c'] });
    expect(await test_.call('POST', tags, { tags: ['d'] })).toMatchObject({
      status: 201,
      body: { tags: ['d'] },
    });
    expect(ticketIn(await test_.put(id, { tags: ['e'] })).tags).toEqual(['e']);
    const stale = { tags: ['f'], safe_update: 'true', updated_stamp: '2020-01-01T00:00:00Z' };
    expect(await test_.call('PUT', tags, stale)).toMatchObject({ status: 409 });
  });
});

describe('assignment and status', () => {
  it('moves a ticket to a group of the assignee, opens it, and takes it from one who is not in the new group', async () => {
    const id = await test_.newTicket();
    const assigned = ticketIn(await test_.put(id, { assignee_email: agents.nora }));
    expect(assigned).toMatchObject({ status: 'open' });
    expect(assigned.assignee_id).not.toBeNull();
    const { groups } = (await test_.call('GET', '/_desk/team')).body as {
      groups: { id: number; name: string }[];
    };
    const billing = groups.find(({ name }) => name === 'Billing')?.id;
    expect(await test_.put(id, { group_id: billing, assignee_id: assigned.assignee_id })).toMatchObject({
      status: 422,
    });
    expect(ticketIn(await test_.put(id, { group_id: billing }))).toMatchObject({
      group_id: billing,
      assignee_id: null,
    });
  });

  it('does not go back to new, is not changed by a reply, and is opened again by the customer', async () => {
    const id = await test_.newTicket();
    await test_.put(id, { status: 'solved' });
    expect(await test_.put(id, { status: 'new' })).toMatchObject({ status: 422 });
    expect(ticketIn(await test_.put(id, { comment: { body: 'By the way' } })).status).toBe('solved');
    await test_.call('POST', `/_desk/customer/tickets/${id}/comments`, { body: 'Not solved' });
    expect(ticketIn(await test_.call('GET', `/api/v2/tickets/${id}`)).status).toBe('open');
  });
});

describe('new tickets', () => {
  const creation = { ticket: { subject: 'Once', comment: { body: 'Only once' } } };
  const create = (key: string, body: unknown = creation) =>
    test_.call('POST', '/api/v2/tickets', body, { headers: { 'idempotency-key': key } });

  it('are made once for an Idempotency-Key, whose body may not change', async () => {
    const [first, second] = await Promise.all([create('k1'), create('k1')]);
    expect([first, second].map(({ headers }) => headers.get('x-idempotency-lookup')).sort()).toEqual([
      'hit',
      'miss',
    ]);
    expect(ticketIn(second).id).toBe(ticketIn(first).id);
    expect(first.status).toBe(201);
    expect(await create('k1', { ticket: { subject: 'Other', comment: { body: 'x' } } })).toMatchObject({
      status: 400,
    });
  });

  it('are made again for the key of more than two hours ago', async () => {
    const first = await create('old');
    now += 2 * 3_600_000 + 1_000;
    const again = await create('old');
    expect(again.headers.get('x-idempotency-lookup')).toBe('miss');
    expect(ticketIn(again).id).not.toBe(ticketIn(first).id);
    expect(ticketIn(await create('old')).id).toBe(ticketIn(again).id);
  });

  it('have their submitter as the first author', async () => {
    const ann = ticketIn(await test_.call('GET', `/api/v2/tickets/${await test_.newTicket()}`)).requester_id;
    const ticket = { subject: 's', description: 'By phone', submitter_id: ann, requester_id: ann };
    const made = ticketIn(await test_.call('POST', '/api/v2/tickets', { ticket }));
    expect(made).toMatchObject({ submitter_id: ann, requester_id: ann });
    expect(await comments(String(made.id))).toMatchObject([{ author_id: ann, body: 'By phone' }]);
    const nobody = { ticket: { ...ticket, submitter_id: 5 } };
    expect(await test_.call('POST', '/api/v2/tickets', nobody)).toMatchObject({ status: 422 });
  });

  it('may follow a closed one, take over its tags, and not an open one', async () => {
    const id = await test_.newTicket();
    const followUp = {
      ticket: { via_followup_source_id: Number(id), comment: { body: 'More', public: false } },
    };
    expect(await test_.call('POST', '/api/v2/tickets', followUp)).toMatchObject({ status: 422 });
    await test_.put(id, { status: 'closed', tags: ['vip'] });
    const made = ticketIn(await test_.call('POST', '/api/v2/tickets', followUp));
    expect(made).toMatchObject({
      tags: ['vip'],
      via: { source: { rel: 'follow_up', from: { ticket_id: Number(id) } } },
    });
    expect((await test_.call('GET', `/api/v2/tickets/${id}`)).body).toMatchObject({
      ticket: { followup_ids: [made.id] },
    });
  });

  it('follow when a customer answers a closed one', async () => {
    const id = await test_.newTicket();
    await test_.put(id, { status: 'closed' });
    const answer = await test_.call('POST', `/_desk/customer/tickets/${id}/comments`, { body: 'Again' });
    expect(answer.body).not.toMatchObject({ ticketId: id });
  });

  it("can be an agent's own, and a third person may write on them", async () => {
    const id = await test_.newTicket('A test', { email: agents.tomas });
    await test_.call('POST', `/_desk/customer/tickets/${id}/comments`, {
      body: 'I am copied',
      email: 'third@example.com',
    });
    const answer = await test_.call('GET', `/api/v2/tickets/${id}/comments?include=users`);
    expect(answer.body).toMatchObject({
      users: [{ role: 'agent' }, { role: 'end-user', email: 'third@example.com' }],
    });
  });
});
