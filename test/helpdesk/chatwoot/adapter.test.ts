/** The adapter on an embedded Chatwoot, for what only Chatwoot does. */
import type { OutgoingComment, TicketUpdate, UpdateGuard } from '../../../src/core/ticket/update';
import { plainUpdate } from '../../../src/core/ticket/update';
import { createChatwootDesk } from '../../../src/helpdesk/chatwoot/createChatwootDesk';
import { AdapterAtDouble } from '../adapterAtDouble';
import { anyCall, guardOf, note, reply } from '../contract/deskUnderTest';
import { TestChatwoot } from '../embedded/chatwoot/testChatwoot';

let at: AdapterAtDouble<TestChatwoot>;
let now = Date.parse('2026-11-25T12:00:00Z');
beforeAll(async () => {
  const limits = { requestsPerMinute: 100_000 };
  const double = await TestChatwoot.start({ clock: () => now, limits });
  const { token: apiToken } = double.desk.credentials;
  at = new AdapterAtDouble(double, (common) => createChatwootDesk({ ...common, apiToken }));
});
afterEach(() => at.faults.clear());
afterAll(() => at.double.stop());

const asks = (more?: Record<string, unknown>) => at.asks(more);
const read = (ticketId: string) => at.read(ticketId);
const apply = (ticketId: string, updates: readonly TicketUpdate[], guard?: UpdateGuard) =>
  at.apply(ticketId, updates, guard);
const shown = async (ticketId: string) => (await at.double.call('GET', `/conversations/${ticketId}`)).body;
const messages = async (ticketId: string) => {
  const { body } = await at.double.call('GET', `/conversations/${ticketId}/messages?after=0`);
  return (body as { payload: { id: number; content: string; message_type: number }[] }).payload;
};
const post = (ticketId: string, what: string, body: unknown) =>
  at.double.call('POST', `/conversations/${ticketId}/${what}`, body);
const toggled = `POST /api/v1/accounts/1/conversations/*/toggle_status`;

describe('reads', () => {
  test.each([
    ['email', 'email', 'My parcel', true],
    ['chat', 'chat', '', false],
    // The program that made it has proven who its user is.
    ['api', 'api', '', true],
  ])(
    'an inbox of %s: its channel, its subject, and whether the address proves anything',
    async (inbox, channel, subject, trusted) => {
      expect(await read(await asks({ channel: inbox }))).toMatchObject({
        channel,
        subject,
        requester: { trusted },
      });
    },
  );

  test.each([
    ['open', {}, 'open'],
    ['pending, which waits for a bot', {}, 'new'],
    ['resolved', {}, 'solved'],
    ['snoozed until the next reply', {}, 'pending'],
    ['snoozed until a day', { snoozed_until: 1_800_000_000 }, 'hold'],
  ])('what is %s', async (words, more, status) => {
    const ticketId = await asks();
    await post(ticketId, 'toggle_status', { status: words.split(/[ ,]/)[0], ...more });
    expect(await read(ticketId)).toMatchObject({ status });
  });

  test('no activities, which Chatwoot writes as messages, and its own messages as nobody', async () => {
    const ticketId = await asks();
    await at.people.agentActs(ticketId, 'Nora Lind', { status: 'solved', tags: ['vip'] });
    await at.people.rate(ticketId, 'good');
    expect((await messages(ticketId)).map(({ message_type: type }) => type)).toEqual([0, 2, 2, 3]);
    const { comments } = await read(ticketId);
    expect(comments.map(({ author }) => author)).toEqual(['requester', 'system']);
  });

  test('a mail whole, though Chatwoot shows it without what it takes for a quotation, and who sent it', async () => {
    const { ticketId } = await at.people.customerOpens('', {
      html: '<p>Hi</p><blockquote>You wrote</blockquote>',
    });
    await at.people.customerWrites(ticketId, 'Away until Monday', { autoReply: true });
    await at.people.customerWrites(ticketId, 'Me too', { email: 'bo@mail.example' });
    const { comments } = await read(ticketId);
    expect(comments.map(({ author, machineMade, sentFrom }) => [author, machineMade, sentFrom])).toEqual([
      ['requester', false, undefined],
      ['requester', true, undefined],
      ['third-party', false, 'bo@mail.example'],
    ]);
    expect(comments[0]?.body).toMatch(/Hi\s+.*You wrote/s);
  });

  test('what other programs have put into a message, as far as it can be understood', async () => {
    const ticketId = await asks({ channel: 'api' });
    const strange = { email: 'a@b.example', submitted_values: [1], deskhand_key: 7, external_echo: 'yes' };
    await post(ticketId, 'messages', {
      content: 'Hi',
      message_type: 'incoming',
      content_attributes: strange,
    });
    expect((await read(ticketId)).comments).toMatchObject([{}, { author: 'requester', body: 'Hi' }]);
  });

  test.each([
    ['a picture', 'my%20label.PNG', 'image/png', { name: 'my%20label.PNG', contentType: 'image/png' }],
    [
      'a document',
      'bill.pdf',
      'application/pdf',
      { name: 'bill.pdf', contentType: 'application/octet-stream' },
    ],
    ['a picture without an ending', 'label', 'image/png', { contentType: 'application/octet-stream' }],
  ])('%s, by its address', async (_what, file_name, content_type, attachment) => {
    const ticketId = await asks({ attachments: [{ file_name, content_type, size: 7 }] });
    expect((await read(ticketId)).comments[0]?.attachments).toMatchObject([{ ...attachment, bytes: 7 }]);
  });

  test('in two requests, once it knows who it is, who the agents are, and what the inboxes are called', async () => {
    const ticketId = await asks();
    const desk = at.open();
    expect(await at.requestsOf(() => desk.fetchTicket(ticketId, anyCall()))).toBe(5);
    expect(await at.requestsOf(() => desk.fetchTicket(ticketId, anyCall()))).toBe(2);
  });

  test('its address among the pages of Chatwoot', () => {
    expect(at.open().ticketUrl('7')).toBe(`${at.double.desk.url}/app/accounts/1/conversations/7`);
  });
});

describe('writes', () => {
  test('the key where it is kept, and nothing under which a message would not be sent', async () => {
    const ticketId = await asks();
    await apply(ticketId, [reply('k/reply'), note('k/note')]);
    const kept = { message_type: 1, source_id: null, content_type: 'text' };
    expect((await messages(ticketId)).slice(1)).toMatchObject([
      {
        ...kept,
        private: false,
        content: 'It arrives on Friday.',
        content_attributes: { deskhand_key: 'k/reply' },
      },
      { ...kept, private: true, content_attributes: { deskhand_key: 'k/note' } },
    ]);
  });

  test('a status again that Chatwoot says it has not kept', async () => {
    const ticketId = await asks();
    const waits = plainUpdate('k/wait', { status: 'pending' });
    const body = { meta: {}, payload: { success: false, current_status: 'open', conversation_id: 1 } };
    at.faults.add({ route: toggled, times: 1, fault: { type: 'status', status: 200, body } });
    await expect(apply(ticketId, [waits])).rejects.toMatchObject({ kind: 'malformed', retryable: true });
    await apply(ticketId, [waits]);
    expect(await read(ticketId)).toMatchObject({ status: 'pending' });
  });

  test('once where an older Chatwoot has dropped the key: by its words, behind the message that it answers', async () => {
    const ticketId = await asks();
    const { newestCustomerCommentId: about } = guardOf(await read(ticketId));
    for (const isPrivate of [false, true]) {
      await post(ticketId, 'messages', { content: 'It arrives\non Friday. ', private: isPrivate });
    }
    const updates = [
      reply(`${ticketId}/${about}/reply`),
      note(`${ticketId}/${about}/note`, 'It arrives on Friday.'),
    ];
    const outcomes = (await apply(ticketId, updates)).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['already-applied', 'already-applied']);
    expect(await messages(ticketId)).toHaveLength(3);
  });

  test('no reply again that an agent has taken back, but the next one', async () => {
    const ticketId = await asks();
    const keyed = async () => `${ticketId}/${guardOf(await read(ticketId)).newestCustomerCommentId}/reply`;
    const deleted = { content: 'This message was deleted', content_attributes: { deleted: true } };
    await post(ticketId, 'messages', deleted);
    expect(await apply(ticketId, [reply(await keyed())])).toMatchObject([{ outcome: 'already-applied' }]);
    await at.people.customerWrites(ticketId, 'Well?');
    expect(await apply(ticketId, [reply(await keyed())])).toMatchObject([{ outcome: 'applied' }]);
  });

  test("a customer's words as words: no Liquid, and nobody is called by a mention", async () => {
    const ticketId = await asks();
    const quoted = 'Who wrote: {{contact.email}} [@Nora](mention://user/102/Nora)';
    const says = (text: string): { comment: OutgoingComment } => ({
      comment: { public: false, text, html: null },
    });
    await apply(ticketId, [plainUpdate('k/note', says(quoted))]);
    const content = (await messages(ticketId)).at(-1)?.content ?? '';
    expect(content).not.toMatch(/ana@mail\.example|mention:\/\//);
    expect(content.replaceAll('\u2060', '')).toBe(quoted);
    expect(await apply(ticketId, [plainUpdate('k/note', says(quoted))])).toMatchObject([
      { outcome: 'already-applied' },
    ]);
  });

  test('a note as long as Chatwoot takes; a reply that is longer is refused', async () => {
    const ticketId = await asks();
    const long = 'x'.repeat(150_001);
    expect(await apply(ticketId, [note('k/note', long)])).toMatchObject([{ outcome: 'applied' }]);
    expect((await messages(ticketId)).at(-1)?.content).toMatch(/^x+\n\n\[Cut here: .*\]$/);
    await expect(apply(ticketId, [reply('k/reply', long)])).rejects.toMatchObject({
      kind: 'rejected',
      status: 422,
    });
  });

  test('no reply where its channel takes none any more: that is for people, who are told', async () => {
    const ticketId = await asks({ channel: 'whatsapp' });
    now += 25 * 3_600_000;
    await expect(apply(ticketId, [reply('k/reply')])).rejects.toMatchObject({
      kind: 'rejected',
      retryable: false,
      message: expect.stringContaining('the time in which its channel takes an answer is over') as string,
    });
    expect(await apply(ticketId, [note('k/note')])).toMatchObject([{ outcome: 'applied' }]);
  });

  test('open, and nobody has it who had it not before, though Chatwoot gives it to who opens it', async () => {
    const handOff = plainUpdate('k/hand-off', { status: 'open', group: 'Billing' });
    const unassigned = await asks();
    await at.people.agentActs(unassigned, 'Nora Lind', { status: 'solved' });
    await apply(unassigned, [handOff]);
    expect(await read(unassigned)).toMatchObject({ status: 'open', assignee: null });
    const tomas = await asks();
    const id = at.people.agentId('Tomas Reyes');
    await at.people.agentActs(tomas, 'Nora Lind', { status: 'solved', assigneeId: id });
    await apply(tomas, [handOff]);
    expect(await read(tomas)).toMatchObject({ status: 'open', assignee: { id: String(id), kind: 'agent' } });
    const nora = await asks();
    await at.people.agentActs(nora, 'Nora Lind', {
      status: 'solved',
      assigneeId: at.people.agentId('Nora Lind'),
    });
    await apply(nora, [handOff]);
    expect(await read(nora)).toMatchObject({ status: 'open', assignee: null });
  });

  test.each([
    ['Tomas Reyes', 'Tomas Reyes'],
    ['nobody', null],
  ])(
    'open, and %s has it again at whichever of its requests the first attempt breaks off',
    async (_who, had) => {
      const assigneeId = had === null ? null : at.people.agentId(had);
      const assignee = assigneeId === null ? null : { id: String(assigneeId), kind: 'agent' };
      const opened = [plainUpdate('k/open', { status: 'open', addTags: ['deskhand_handed_off'] })];
      const struck = new Set<string>();
      for (let requests = 0, isDone = false; !isDone; requests += 1) {
        const ticketId = await asks();
        const solved = { status: 'solved', ...(assigneeId === null ? {} : { assigneeId }) };
        await at.people.agentActs(ticketId, 'Nora Lind', solved);
        await post(ticketId, 'custom_attributes', { custom_attributes: { gift: true } });
        const route = `POST /api/v1/accounts/1/conversations/${ticketId}/*`;
        if (requests > 0) at.faults.add({ route, times: requests, fault: { type: 'delay', ms: 0 } });
        const fault = at.faults.add({ route, times: 1, fault: { type: 'reset-after' } });
        await apply(ticketId, opened).catch(() => undefined);
        isDone = at.faults.list().find(({ id }) => id === fault)?.struck === 0;
        at.faults.clear();
        struck.add(String((await read(ticketId)).assignee?.kind));
        await apply(ticketId, opened);
        expect(await read(ticketId)).toMatchObject({
          status: 'open',
          assignee,
          tags: ['deskhand_handed_off'],
        });
        expect(await shown(ticketId)).toHaveProperty('custom_attributes', { gift: true });
      }
      expect(struck).toContain('bot');
    },
  );

  test('an agent who is named keeps it, whatever team it goes to', async () => {
    const ticketId = await asks();
    await apply(ticketId, [plainUpdate('k/1', { group: 'Billing', assignee: 'nora@demo-shop.example' })]);
    expect(await read(ticketId)).toMatchObject({
      groupId: String(at.people.groupId('Billing')),
      assignee: { id: String(at.people.agentId('Nora Lind')) },
    });
  });

  test('on hold for a week, and pending after that without a day on which it wakes', async () => {
    const ticketId = await asks();
    await apply(ticketId, [plainUpdate('k/1', { status: 'hold' })]);
    const { snoozed_until: until } = (await shown(ticketId)) as { snoozed_until: string };
    const days = (Date.parse(until) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThanOrEqual(7);
    await apply(ticketId, [plainUpdate('k/2', { status: 'pending' })]);
    expect(await shown(ticketId)).toMatchObject({ status: 'snoozed', snoozed_until: null });
    // For that it was opened for a moment, which gives a conversation to who opens it.
    expect(await read(ticketId)).toMatchObject({ assignee: null });
  });

  test('custom attributes beside those that are there', async () => {
    const ticketId = await asks();
    await post(ticketId, 'custom_attributes', { custom_attributes: { gift: true } });
    await apply(ticketId, [plainUpdate('k/1', { fields: { 'Order number': '48213', Parcels: 2 } })]);
    const attributes = { gift: true, order_number: '48213', parcels: 2 };
    expect(await shown(ticketId)).toMatchObject({ custom_attributes: attributes });
  });

  test.each(['reset-before', 'reset-after'] as const)(
    'everything once, at whichever of its requests the first attempt breaks off (%s)',
    async (type) => {
      const answer: TicketUpdate = {
        ...reply('k/reply'),
        ...{ status: 'pending', priority: 'high', addTags: ['deskhand_answered'] },
        fields: { 'Order number': '48213' },
      };
      const turn = [answer, { ...note('k/note'), group: 'Billing', assignee: 'tomas@demo-shop.example' }];
      let broken = 0;
      for (let isDone = false; !isDone; broken += 1) {
        const ticketId = await asks();
        const guard = guardOf(await read(ticketId));
        if (broken > 0) at.faults.add({ times: broken, fault: { type: 'delay', ms: 0 } });
        const fault = at.faults.add({ times: 1, fault: { type } });
        await apply(ticketId, turn, guard).catch(() => undefined);
        isDone = at.faults.list().find(({ id }) => id === fault)?.struck === 0;
        at.faults.clear();
        now += 20_000;
        await apply(ticketId, turn, guard);
        expect(await read(ticketId)).toMatchObject({
          ...{ status: 'pending', priority: 'high', tags: ['deskhand_answered'] },
          groupId: String(at.people.groupId('Billing')),
          assignee: { id: String(at.people.agentId('Tomas Reyes')) },
          comments: [
            { author: 'requester' },
            { author: 'bot', public: true },
            { author: 'bot', public: false },
          ],
        });
        expect(await shown(ticketId)).toMatchObject({ custom_attributes: { order_number: '48213' } });
      }
      // The last turn met no fault: so many requests it takes, of an adapter that knows nothing yet.
      expect(broken - 1).toBe(16);
    },
  );

  test('a retry leaves the status to whoever has done something since the reply, and sets it where nobody has', async () => {
    for (const [isTouched, status] of [
      [false, 'pending'],
      [true, 'open'],
    ] as const) {
      const ticketId = await asks();
      const update = { ...reply('k/reply'), status: 'pending' } as const;
      at.faults.add({ route: toggled, times: 1, fault: { type: 'reset-before' } });
      await expect(apply(ticketId, [update])).rejects.toMatchObject({ kind: 'unavailable' });
      now += 60_000;
      if (isTouched) await at.people.agentActs(ticketId, 'Nora Lind', { priority: 'high' });
      expect(await apply(ticketId, [update])).toMatchObject([{ outcome: 'already-applied' }]);
      expect(await read(ticketId)).toMatchObject({ status });
    }
  });
});

describe('of the account', () => {
  test('its role is that in this account, and an agent bot learns why its token does not do', async () => {
    expect(await at.open().whoAmI(anyCall())).toMatchObject({ role: 'agent' });
    const body = { error: 'Access to this endpoint is not authorized for bots' };
    at.faults.add({ route: 'GET /api/v1/profile', fault: { type: 'status', status: 401, body } });
    await expect(at.open().whoAmI(anyCall())).rejects.toMatchObject({
      kind: 'unauthorized',
      message: expect.stringContaining('not authorized for bots') as string,
    });
  });

  test.each([
    [{ message: 'Ana Diaz is too long', attributes: ['content', 'Ana Diaz', 7] }, '(content)'],
    [{ error: 'ana@mail.example is wrong' }, null],
    ['<html>', null],
    ['[]', null],
  ])('of a refusal %j no words are repeated', async (body, reason) => {
    at.faults.add({ route: 'GET /api/v1/profile', fault: { type: 'status', status: 422, body } });
    const failure: unknown = await at
      .open()
      .whoAmI(anyCall())
      .catch((error: unknown) => error);
    expect(String(failure)).toMatch(/Chatwoot answered 422/);
    if (reason !== null) expect(String(failure)).toContain(reason);
    expect(String(failure)).not.toMatch(/Ana|ana@|html/);
  });

  test('a look goes over pages, one request for each', async () => {
    now += 3_600_000;
    const since = now - 60_000;
    const made: string[] = [];
    for (let n = 0; n < 30; n += 1) made.push(await asks());
    const desk = at.open();
    const told: string[] = [];
    const requests = await at.requestsOf(async () => {
      const { changes } = await desk.changedTickets({ since }, anyCall());
      told.push(...changes.map(({ ticketId }) => ticketId));
    });
    expect([told, requests]).toEqual([made, 2]);
  });
});
