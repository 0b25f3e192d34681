/** Answers that Zendesk is known to give and that no well-behaved desk would: the rows of a script, over real HTTP. */
import { plainUpdate, type TicketUpdate, type UpdateGuard } from '../../../src/core/ticket/update';
import type { Helpdesk } from '../../../src/helpdesk/port';
import { createZendeskDesk } from '../../../src/helpdesk/zendesk/createZendeskDesk';
import { anyCall, openWire, type Answer, type Asked, type Wire } from './wire';

const time = '2026-11-25T12:00:00Z';
const ticket = {
  id: 7,
  status: 'open',
  subject: 'My parcel',
  priority: null,
  tags: [],
  group_id: null,
  assignee_id: null,
  requester_id: 20,
  via: { channel: 'email' },
  updated_at: time,
};
const me = { user: { id: 10, name: 'Bot', email: 'bot@shop.example', role: 'admin' } };
const customer = { id: 20, name: 'Ana', email: 'ana@mail.example', role: 'end-user', locale: 'es' };

function audit(id: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    created_at: time,
    author_id: 20,
    via: { channel: 'email' },
    metadata: { system: {} },
    events: [],
    ...more,
  };
}
const said = (id: number, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id,
  type: 'Comment',
  ...more,
});

let wire: Wire;
afterEach(() => wire.close());

/** @param rows - by method and path without query; a list gives its answers in turn, the last one for ever. */
async function deskThat(rows: Record<string, Answer | ((asked: Asked) => Answer)[]>): Promise<Helpdesk> {
  const counts = new Map<string, number>();
  wire = await openWire((asked) => {
    const route = `${asked.method} ${asked.path.replace(/\?.*$/, '')}`;
    const row = rows[route] ?? (route === 'GET /users/me' ? { body: me } : { status: 404 });
    if (!Array.isArray(row)) return row;
    const turn = counts.get(route) ?? 0;
    counts.set(route, turn + 1);
    return row[Math.min(turn, row.length - 1)]?.(asked) ?? { status: 500 };
  });
  return createZendeskDesk({ ...wire.connection, account: 'acme', companyAddresses: [], ticketUrl: null });
}
const guard: UpdateGuard = {
  kind: 'unchanged-conversation',
  newestCustomerCommentId: '101',
  knownAgentCommentId: null,
  knownAssigneeId: null,
};
const reply: TicketUpdate = plainUpdate('k', { comment: { public: true, text: 'Hi', html: null } });
const ours = audit(9, {
  author_id: 10,
  via: { channel: 'api' },
  metadata: { custom: { deskhand_key: 'k' } },
  events: [said(901, { public: true })],
});

describe('the audit in the answer to a write', () => {
  test('is an older one: only the key tells ours, so the ticket is read again', async () => {
    const desk = await deskThat({
      'GET /tickets/7': { body: { ticket } },
      'GET /tickets/7/audits': [
        () => ({ body: { audits: [audit(1)] } }),
        () => ({ body: { audits: [ours, audit(1)] } }),
      ],
      'PUT /tickets/7': { body: { ticket, audit: audit(1, { events: [said(101)] }) } },
    });
    expect(await desk.applyUpdates('7', [reply], { kind: 'any' }, anyCall())).toEqual([
      { key: 'k', outcome: 'applied', commentId: '901' },
    ]);
  });

  test('is an older one, and the reply is nowhere: that is no success', async () => {
    const desk = await deskThat({
      'GET /tickets/7': { body: { ticket } },
      'GET /tickets/7/audits': { body: { audits: [audit(1)] } },
      'PUT /tickets/7': { body: { ticket, audit: audit(1) } },
    });
    await expect(desk.applyUpdates('7', [reply], { kind: 'any' }, anyCall())).rejects.toMatchObject({
      kind: 'malformed',
      retryable: true,
      message: 'Zendesk answered 200, but the ticket does not show the update',
    });
  });

  test('is missing, and a value was ignored without a word', async () => {
    const desk = await deskThat({
      'GET /tickets/7': { body: { ticket } },
      'GET /tickets/7/audits': { body: { audits: [] } },
      'PUT /tickets/7': { body: { ticket } },
    });
    const update = plainUpdate('k', { priority: 'urgent' });
    await expect(desk.applyUpdates('7', [update], { kind: 'any' }, anyCall())).rejects.toMatchObject({
      kind: 'malformed',
    });
  });

  test('is missing, but the ticket shows the change', async () => {
    const changed = { ...ticket, priority: 'urgent', tags: ['a'], status: 'pending' };
    const desk = await deskThat({
      'GET /tickets/7': [() => ({ body: { ticket } }), () => ({ body: { ticket: changed } })],
      'GET /tickets/7/audits': { body: { audits: [] } },
      'PUT /tickets/7': { body: { ticket: changed } },
    });
    const update = plainUpdate('k', { priority: 'urgent', addTags: ['a'], status: 'pending' });
    expect(await desk.applyUpdates('7', [update], { kind: 'any' }, anyCall())).toEqual([
      { key: 'k', outcome: 'applied', commentId: null },
    ]);
  });

  test('shows a note where a reply was sent: the user may not write to customers, and people hear of it', async () => {
    const hidden = { ...ours, events: [said(901, { public: false })] };
    const desk = await deskThat({
      'GET /tickets/7': { body: { ticket } },
      'GET /tickets/7/audits': { body: { audits: [] } },
      'PUT /tickets/7': { body: { ticket, audit: hidden } },
    });
    await expect(desk.applyUpdates('7', [reply], { kind: 'any' }, anyCall())).rejects.toMatchObject({
      kind: 'rejected',
      retryable: false,
      message: expect.stringContaining('may not write public comments') as unknown,
    });
  });
});

test('a write says everything it must: the stamp it was made on, its kind, its key, and no tags when none change', async () => {
  const desk = await deskThat({
    'GET /tickets/7': { body: { ticket } },
    'GET /tickets/7/audits': { body: { audits: [] } },
    'PUT /tickets/7': { body: { ticket, audit: ours } },
  });
  await desk.applyUpdates('7', [reply], { kind: 'any' }, anyCall());
  expect(wire.asked.at(-1)?.body).toEqual({
    ticket: {
      comment: { html_body: '<p>Hi</p>', public: true },
      metadata: { deskhand_key: 'k' },
      safe_update: true,
      updated_stamp: time,
    },
  });
  // The stamp before the audits: what the stamp covers, the audits cannot miss.
  expect(wire.routes()).toEqual([
    'GET /users/me',
    'GET /tickets/7',
    'GET /tickets/7/audits',
    'PUT /tickets/7',
  ]);
});

test('the next update is made on the stamp that the one before left', async () => {
  const moved = { ...ticket, updated_at: '2026-11-25T12:00:09Z' };
  const desk = await deskThat({
    'GET /tickets/7': { body: { ticket } },
    'GET /tickets/7/audits': { body: { audits: [] } },
    'PUT /tickets/7': [
      () => ({ body: { ticket: moved, audit: ours } }),
      () => ({ body: { ticket: moved, audit: { ...ours, metadata: { custom: { deskhand_key: 'k2' } } } } }),
    ],
  });
  await desk.applyUpdates('7', [reply, { ...reply, key: 'k2' }], { kind: 'any' }, anyCall());
  expect(wire.asked.slice(-1)).toMatchObject([{ body: { ticket: { updated_stamp: moved.updated_at } } }]);
});

describe('audits', () => {
  test('oldest first although asked otherwise: the pages are followed to the newest, where our key is', async () => {
    const page = (audits: unknown[], more: boolean) => (): Answer => ({
      body: { audits, meta: { has_more: more, after_cursor: more ? 'next' : null } },
    });
    const first = audit(1, { created_at: '2026-11-25T11:00:00Z' });
    const second = audit(2, { created_at: '2026-11-25T11:30:00Z' });
    const desk = await deskThat({
      'GET /tickets/7': { body: { ticket } },
      'GET /tickets/7/audits': [page([first, second], true), page([ours], false)],
    });
    expect(await desk.applyUpdates('7', [reply], { kind: 'any' }, anyCall())).toMatchObject([
      { outcome: 'already-applied', commentId: '901' },
    ]);
    expect(wire.asked.at(-1)?.path).toContain('page[after]=next');
  });

  test('newest first: older pages are left alone', async () => {
    const older = audit(1, { created_at: '2026-11-25T11:00:00Z' });
    const desk = await deskThat({
      'GET /tickets/7': { body: { ticket } },
      'GET /tickets/7/audits': {
        body: { audits: [ours, older], meta: { has_more: true, after_cursor: 'next' } },
      },
    });
    await desk.applyUpdates('7', [reply], { kind: 'any' }, anyCall());
    expect(wire.routes().filter((route) => route.endsWith('/audits'))).toHaveLength(1);
  });

  test('without their users: roles are asked for in one request, and decide who is at work', async () => {
    const audits = [
      audit(3, { author_id: 30, via: { channel: 'web' }, events: [said(103, { author_id: 30 })] }),
      audit(1, { events: [said(101)] }),
    ];
    const roleOf = (role: string): Record<string, Answer> => ({
      'GET /tickets/7': { body: { ticket } },
      'GET /tickets/7/audits': { body: { audits } },
      'GET /users/show_many': { body: { users: [{ id: 30, name: 'Nora', role }] } },
      'PUT /tickets/7': { body: { ticket, audit: ours } },
    });
    const withAgent = await deskThat(roleOf('agent'));
    await expect(withAgent.applyUpdates('7', [reply], guard, anyCall())).rejects.toMatchObject({
      kind: 'person-active',
    });
    await wire.close();
    const withCourier = await deskThat(roleOf('end-user'));
    await expect(withCourier.applyUpdates('7', [reply], guard, anyCall())).rejects.toMatchObject({
      kind: 'stale-draft',
    });
    expect(wire.asked.filter(({ path }) => path.startsWith('/users/show_many?ids=30'))).toHaveLength(1);
  });

  test('that no longer reach back to the comment answered: a smaller id is older', async () => {
    const later = audit(3, { events: [said(102)] });
    const earlier = audit(2, { events: [said(99)] });
    const rows = (audits: unknown[]): Record<string, Answer> => ({
      'GET /tickets/7': { body: { ticket } },
      'GET /tickets/7/audits': { body: { audits, users: [customer] } },
      'PUT /tickets/7': { body: { ticket, audit: ours } },
    });
    const stale = await deskThat(rows([later]));
    await expect(stale.applyUpdates('7', [reply], guard, anyCall())).rejects.toMatchObject({
      kind: 'stale-draft',
    });
    await wire.close();
    const fresh = await deskThat(rows([earlier]));
    expect(await fresh.applyUpdates('7', [reply], guard, anyCall())).toMatchObject([{ outcome: 'applied' }]);
  });
});

test('a ticket whose people Zendesk does not tell with it: they are asked for, and a deleted one stays unknown', async () => {
  const desk = await deskThat({
    'GET /tickets/7': { body: { ticket: { ...ticket, subject: null, via: null } } },
    'GET /tickets/7/comments': {
      body: {
        comments: [
          { id: 101, author_id: 21, body: 'Hi', public: true, created_at: time, via: { channel: 'email' } },
        ],
      },
    },
    'GET /users/show_many': { body: { users: [customer] } },
  });
  expect(await desk.fetchTicket('7', anyCall())).toMatchObject({
    subject: '',
    channel: 'other',
    requester: { id: '20', name: 'Ana', locale: 'es', role: 'end-user', trusted: true },
    comments: [{ author: 'agent', body: 'Hi', attachments: [] }],
  });
});

test.each<[string, Record<string, unknown>, unknown]>([
  ['offered', { satisfaction_rating: { score: 'offered' } }, undefined],
  ['none', { satisfaction_rating: null }, undefined],
  ['in words that nobody knows', { satisfaction_rating: { id: 3, score: 'so-so' } }, undefined],
  ['a number', { satisfaction_rating: { id: 3, score: 5 } }, undefined],
  ['a text', { satisfaction_rating: 'bad' }, undefined],
  [
    'without an id',
    { satisfaction_rating: { score: 'bad' } },
    { id: 'bad', score: 'bad', hasComment: false },
  ],
  [
    'with a blank comment',
    { satisfaction_rating: { id: 3, score: 'good', comment: ' ' } },
    { id: '3', score: 'good', hasComment: false },
  ],
])('a rating that is %s costs nothing but itself', async (_, more, rating) => {
  const desk = await deskThat({
    'GET /tickets/7': { body: { ticket: { ...ticket, ...more } } },
    'GET /tickets/7/comments': { body: { comments: [] } },
    'GET /users/show_many': { body: { users: [customer] } },
  });
  expect((await desk.fetchTicket('7', anyCall())).rating).toEqual(rating);
});

test.each([
  ['no source', { channel: 'email' }],
  ['another relation', { channel: 'email', source: { rel: 'side_conversation', from: { ticket_id: 5 } } }],
  ['no ticket', { channel: 'web', source: { rel: 'follow_up', from: {} } }],
  ['a source in a shape of its own', { channel: 'any', source: 'follow_up' }],
])('a ticket that came by a way with %s follows none', async (_, via) => {
  const desk = await deskThat({
    'GET /tickets/7': { body: { ticket: { ...ticket, via } } },
    'GET /tickets/7/comments': { body: { comments: [] } },
    'GET /users/show_many': { body: { users: [customer] } },
  });
  expect(await desk.fetchTicket('7', anyCall(), { past: true })).not.toHaveProperty('follows');
});

describe('groups', () => {
  test('over many pages, the deleted ones left out', async () => {
    const desk = await deskThat({
      'GET /groups': [
        () => ({
          body: { groups: [{ id: 1, name: 'Support' }], meta: { has_more: true, after_cursor: 'b' } },
        }),
        () => ({
          body: {
            groups: [
              { id: 2, name: 'Old', deleted: true },
              { id: 3, name: 'Tier 2' },
            ],
          },
        }),
      ],
    });
    expect(await desk.groupNames(anyCall())).toEqual(['Support', 'Tier 2']);
  });

  test('are asked for once, and once more for a name that is new', async () => {
    const desk = await deskThat({
      'GET /tickets/7': { body: { ticket } },
      'GET /tickets/7/audits': { body: { audits: [] } },
      'GET /groups': [
        () => ({ body: { groups: [{ id: 1, name: 'Support' }] } }),
        () => ({
          body: {
            groups: [
              { id: 1, name: 'Support' },
              { id: 2, name: 'Returns' },
            ],
          },
        }),
      ],
      'PUT /tickets/7': { body: { ticket, audit: ours } },
    });
    for (const group of ['Support', 'Support', 'Returns']) {
      await desk.applyUpdates('7', [{ ...reply, group }], { kind: 'any' }, anyCall());
    }
    expect(wire.routes().filter((route) => route === 'GET /groups')).toHaveLength(2);
  });
});

test('credentials that did not arrive: Zendesk answers 200 with nobody', async () => {
  const desk = await deskThat({
    'GET /users/me': { body: { user: { id: null, name: 'Anonymous user', role: 'end-user' } } },
  });
  await expect(desk.whoAmI(anyCall())).rejects.toMatchObject({
    kind: 'unauthorized',
    retryable: true,
    status: 401,
  });
});

describe('the export of changed tickets', () => {
  test('starts at least a minute ago, leaves deleted tickets out, and keeps the cursor as it is', async () => {
    const changed = [
      { id: 7, status: 'open', updated_at: time },
      { id: 8, status: 'deleted', updated_at: time },
    ];
    const desk = await deskThat({
      'GET /incremental/tickets/cursor': {
        body: { tickets: changed, after_cursor: 'MTU3=|x', end_of_stream: false },
      },
    });
    expect(await desk.changedTickets({ since: Date.now() }, anyCall())).toEqual({
      changes: [{ ticketId: '7', updatedAt: time }],
      cursor: 'MTU3=|x',
      complete: false,
    });
    const started = Number(/start_time=(\d+)/.exec(wire.asked[0]?.path ?? '')?.[1]);
    expect(Date.now() / 1000 - started).toBeGreaterThanOrEqual(60);
    await desk.changedTickets({ cursor: 'MTU3=|x' }, anyCall());
    expect(wire.asked[1]?.path).toContain('cursor=MTU3=|x');
    expect(wire.asked[1]?.path).not.toContain('start_time');
  });

  test('without a new cursor goes on from the old one; an empty account has none yet', async () => {
    const desk = await deskThat({
      'GET /incremental/tickets/cursor': { body: { tickets: [], after_cursor: null, end_of_stream: true } },
    });
    expect(await desk.changedTickets({ cursor: 'c1' }, anyCall())).toMatchObject({
      cursor: 'c1',
      complete: true,
    });
    expect(await desk.changedTickets({ since: 0 }, anyCall())).toMatchObject({
      cursor: null,
      complete: true,
    });
  });

  test.each([['c1'], [null]])(
    'more to come behind the cursor it came from (%j) has no more for now',
    async (after) => {
      const desk = await deskThat({
        'GET /incremental/tickets/cursor': {
          body: { tickets: [], after_cursor: after, end_of_stream: false },
        },
      });
      expect(await desk.changedTickets({ cursor: 'c1' }, anyCall())).toEqual({
        ...{ changes: [], cursor: 'c1', complete: true },
      });
    },
  );

  test('more to come, but no cursor to get it by, is malformed', async () => {
    const desk = await deskThat({
      'GET /incremental/tickets/cursor': { body: { tickets: [], after_cursor: null, end_of_stream: false } },
    });
    await expect(desk.changedTickets({ since: 0 }, anyCall())).rejects.toMatchObject({ kind: 'malformed' });
  });
});
