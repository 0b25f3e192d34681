/** A ticket's audits: what each write leaves, word for word, and that they always add up to the ticket. */
import fc from 'fast-check';
import { agents, auditIn, roomyLimits, TestDesk, ticketIn } from './harness';

let desk: TestDesk;
const now = Date.parse('2026-03-02T10:00:00.400Z');
beforeAll(async () => {
  desk = await TestDesk.start({ clock: () => now, limits: roomyLimits });
});
afterAll(() => desk.stop());

describe("a new ticket's audit", () => {
  it('has the comment and one Create event for each field that is set', async () => {
    const id = await desk.newTicket('Where is it?', { channel: 'email' });
    const [audit, ...rest] = await desk.audits(id);
    const { requester_id } = await desk.ticket(id);
    expect(rest).toEqual([]);
    expect(audit).toMatchObject({
      ticket_id: Number(id),
      author_id: requester_id,
      created_at: '2026-03-02T10:00:00Z',
      via: { channel: 'email', source: { from: {}, to: {}, rel: null } },
      metadata: { custom: {}, system: { ip_address: '127.0.0.1' } },
    });
    expect(audit?.events.map(({ type, ...event }) => [type, event['field_name'], event['value']])).toEqual([
      ['Comment', undefined, undefined],
      ['Create', 'subject', 'My order'],
      ['Create', 'status', 'new'],
      ['Create', 'requester_id', String(requester_id)],
    ]);
  });

  it('says nothing of a mail to the requester when the requester wrote it', async () => {
    const [audit] = await desk.audits(await desk.newTicket());
    expect(audit?.events.map(({ type }) => type)).not.toContain('Notification');
  });
});

describe('an update', () => {
  it.each([
    ['status', { status: 'pending' }, 'new', 'pending'],
    ['priority', { priority: 'high' }, null, 'high'],
    ['subject', { subject: 'Parcel' }, 'My order', 'Parcel'],
    ['tags', { tags: ['b', 'A', 'b'] }, [], ['b', 'a']],
    ['external_id', { external_id: 7 }, null, '7'],
  ])('of %s leaves one Change event with both values', async (field, change, previous, value) => {
    const audit = auditIn(await desk.put(await desk.newTicket(), change));
    expect(audit.events).toEqual([
      expect.objectContaining({ type: 'Change', field_name: field, previous_value: previous, value }),
    ]);
  });

  it('of the assignee leaves events of assignee, group and status, ids as texts', async () => {
    const [nora, support] = [desk.people.agentId('Nora Lind'), desk.people.groupId('Support')];
    const audit = auditIn(await desk.put(await desk.newTicket(), { assignee_id: String(nora) }));
    const changes = audit.events.map((event) => [
      event['field_name'],
      event['previous_value'],
      event['value'],
    ]);
    expect(changes).toEqual([
      ['status', 'new', 'open'],
      ['assignee_id', null, String(nora)],
      ['group_id', null, String(support)],
    ]);
  });

  it('with a public reply tells the requester by mail; a note tells nobody', async () => {
    const id = await desk.newTicket();
    const { requester_id } = await desk.ticket(id);
    const reply = auditIn(await desk.put(id, { comment: { body: 'On its way', public: true } }));
    expect(reply.events[1]).toMatchObject({
      type: 'Notification',
      recipients: [requester_id],
      body: 'On its way',
      via: { channel: 'rule', source: { rel: 'trigger' } },
    });
    const note = auditIn(await desk.put(id, { comment: { body: 'Psst', public: false } }));
    expect(note.events.map(({ type }) => type)).toEqual(['Comment']);
  });

  it("shows another author's comment as theirs, and the update as the caller's", async () => {
    const id = await desk.newTicket();
    const [nora, bot] = [desk.people.agentId('Nora Lind'), desk.people.agentId('Deskhand')];
    const audit = auditIn(await desk.put(id, { comment: { body: 'Hello', author_id: nora } }));
    expect(audit).toMatchObject({ author_id: bot, events: [{ type: 'Comment', author_id: nora }, {}] });
    expect((await desk.comments(id)).at(-1)).toMatchObject({ author_id: nora, audit_id: audit.id });
    expect(await desk.put(id, { comment: { body: 'x', author_id: 5 } })).toMatchObject({
      status: 422,
      body: { details: { comment: [{ description: 'Author: 5 is not a user' }] } },
    });
  });

  it('without effect answers with the newest audit there is, which is an older one', async () => {
    const id = await desk.newTicket();
    const first = await desk.put(id, { status: 'open', metadata: { key: 'first' } });
    for (const change of [{ status: 'open' }, {}, { comment: { body: '  ' } }, { tags: [] }]) {
      const again = await desk.put(id, { ...change, metadata: { key: 'second' } });
      expect(again.status).toBe(200);
      expect(auditIn(again)).toEqual(auditIn(first));
      expect(ticketIn(again).updated_at).toBe(ticketIn(first).updated_at);
    }
    expect(await desk.audits(id)).toHaveLength(2);
  });
});

describe('the list of audits', () => {
  it('comes newest first on request, with everybody named in it', async () => {
    const id = await desk.newTicket();
    await desk.put(id, { comment: { body: 'one' } });
    await desk.put(id, { comment: { body: 'two' } }, { as: agents.nora });
    const answer = await desk.get(`/api/v2/tickets/${id}/audits?sort=-created_at&include=users&page[size]=2`);
    expect(answer.body).toMatchObject({
      audits: [{ events: [{ body: 'two' }, {}] }, { events: [{ body: 'one' }, {}] }],
      users: [
        { name: 'Nora Lind', role: 'agent' },
        { name: 'Deskhand', role: 'admin' },
      ],
      meta: { has_more: true },
    });
  });

  it('of no ticket is refused', async () => {
    expect(await desk.get('/api/v2/tickets/99999/audits')).toMatchObject({
      status: 404,
      body: { error: 'RecordNotFound' },
    });
  });
});

describe('any sequence of updates', () => {
  const field = fc.record(
    {
      status: fc.constantFrom('new', 'open', 'pending', 'hold', 'solved', 'asleep'),
      priority: fc.constantFrom('low', 'urgent', null, 'max'),
      subject: fc.constantFrom('One', 'Two'),
      tags: fc.subarray(['a', 'b', 'c d']),
      external_id: fc.constantFrom('x', null),
      assignee_email: fc.constantFrom(agents.nora, agents.tomas, 'nobody@example.com'),
      comment: fc.record({ body: fc.constantFrom('', 'Hello', '{{ticket.id}}'), public: fc.boolean() }),
    },
    { requiredKeys: [] },
  );

  it('keeps ticket, comments, audits and stamps in agreement', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(field, { maxLength: 6 }), async (changes) => {
        const id = await desk.newTicket();
        const stamps = [(await desk.ticket(id)).updated_at];
        for (const change of changes) {
          const before = await desk.audits(id);
          const answer = await desk.put(id, change);
          const after = await desk.audits(id);
          expect([200, 422]).toContain(answer.status);
          if (answer.status === 422 || after.length === before.length) expect(after).toEqual(before);
          else stamps.push(ticketIn(answer).updated_at);
        }
        const [ticket, audits, comments] = [
          await desk.ticket(id),
          await desk.audits(id),
          await desk.comments(id),
        ];
        expect(ticket.updated_at).toBe(stamps.at(-1));
        expect([...new Set(stamps)].sort()).toEqual(stamps);
        expect(audits).toHaveLength(stamps.length);
        const events = audits.flatMap((audit) => audit.events);
        const told = new Map(
          events.flatMap((event) => ('field_name' in event ? [[event['field_name'], event['value']]] : [])),
        );
        const text = (value: number | null) => (value === null ? null : String(value));
        expect(told.get('status')).toBe(ticket.status);
        expect(told.get('subject')).toBe(ticket.subject);
        expect(told.get('priority') ?? null).toBe(ticket.priority);
        expect(told.get('tags') ?? []).toEqual(ticket.tags);
        expect(told.get('external_id') ?? null).toBe(ticket.external_id);
        expect(told.get('assignee_id') ?? null).toBe(text(ticket.assignee_id));
        expect(told.get('group_id') ?? null).toBe(text(ticket.group_id));
        const written = events.filter(({ type }) => type === 'Comment');
        expect(written.map((event) => [event.id, event['public']])).toEqual(
          comments.map((comment) => [comment.id, comment.public]),
        );
      }),
      { numRuns: 60 },
    );
  });
});
