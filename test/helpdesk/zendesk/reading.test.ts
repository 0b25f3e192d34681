/** What Deskhand reads from a ticket, who it takes its people for, and what it asks the account. */
import { RemoteFailure } from '../../../src/remote/failures';
import { createZendeskDesk } from '../../../src/helpdesk/zendesk/createZendeskDesk';
import { openDeskWithPeople, type DeskWithPeople } from './deskWithPeople';
import { anyCall } from './wire';

let now = Date.parse('2026-11-25T12:00:00Z');
let people: DeskWithPeople;
beforeAll(async () => {
  people = await openDeskWithPeople(() => now);
});
afterEach(() => people.desk.faults.clear());
afterAll(() => people.close());

const read = (ticketId: string, companyAddresses: readonly string[] = []) =>
  people.open(companyAddresses).fetchTicket(ticketId, anyCall());

describe('a ticket', () => {
  test('with everything a turn needs, in one step', async () => {
    const { ticketId, commentId } = await people.customerOpens('Where is #48213?', {
      channel: 'email',
      attachments: [{ file_name: 'label.png', content_type: 'image/png', size: 1234 }],
    });
    const ticket = await read(ticketId);
    expect(ticket).toMatchObject({
      status: 'new',
      subject: 'My parcel',
      priority: null,
      tags: [],
      groupId: null,
      assignee: null,
      channel: 'email',
      requester: {
        name: 'Ana Diaz',
        email: 'ana@mail.example',
        locale: 'en-US',
        role: 'end-user',
        isCompany: false,
        trusted: true,
      },
      comments: [
        {
          id: commentId,
          at: '2026-11-25T12:00:00Z',
          public: true,
          author: 'requester',
          authorId: ticket.requester.id,
          body: 'Where is #48213?',
          machineMade: false,
          attachments: [{ name: 'label.png', contentType: 'image/png', bytes: 1234 }],
        },
      ],
    });
    expect(Date.parse(ticket.stamp)).not.toBeNaN();
  });

  test('oldest comment first, each with its author', async () => {
    const { ticketId } = await people.customerOpens('one');
    await people.agentActs(ticketId, 'Nora Lind', { comment: { body: 'two', public: false } });
    await people.put(`/tickets/${ticketId}`, { ticket: { comment: { body: 'three', public: true } } });
    await people.customerWrites(ticketId, 'four', { email: 'bo@mail.example', name: 'Bo' });
    await people.agentActs(ticketId, 'Deskhand', { comment: { body: 'five', public: true } });
    const { comments } = await read(ticketId);
    expect(comments.map(({ body, author }) => [body, author])).toEqual([
      ['one', 'requester'],
      ['two', 'agent'],
      ['three', 'bot'],
      ['four', 'third-party'],
      // Somebody signed in with the account of the bot: a person.
      ['five', 'agent'],
    ]);
  });

  test('of more than a hundred comments, the newest hundred', async () => {
    const { ticketId } = await people.customerOpens('comment 1');
    for (let n = 2; n <= 105; n += 1) await people.customerWrites(ticketId, `comment ${n}`);
    const { comments } = await read(ticketId);
    expect(comments).toHaveLength(100);
    expect([comments[0]?.body, comments[99]?.body]).toEqual(['comment 6', 'comment 105']);
  });

  test('of an agent who wrote in as a customer', async () => {
    const { ticketId } = await people.customerOpens('Test', {
      email: 'nora@demo-shop.example',
      name: 'Nora Lind',
    });
    expect(await read(ticketId)).toMatchObject({
      requester: { role: 'agent' },
      comments: [{ author: 'requester' }],
    });
  });

  test("of the company's own support address, in any case", async () => {
    const { ticketId } = await people.customerOpens('Thank you for your message', {
      email: 'Care@shop.example',
    });
    expect((await read(ticketId, ['CARE@shop.example'])).requester.isCompany).toBe(true);
    expect((await read(ticketId, [])).requester.isCompany).toBe(false);
  });

  test('with the marks of machines', async () => {
    const { ticketId } = await people.customerOpens('Out of office', { channel: 'email', flags: [4] });
    expect((await read(ticketId)).comments[0]?.machineMade).toBe(true);
  });

  test('from a forged sender, until the true one has written and was answered', async () => {
    const { ticketId } = await people.customerOpens('Refund me', { channel: 'email', flags: [0] });
    expect((await read(ticketId)).requester.trusted).toBe(false);
    await people.customerWrites(ticketId, 'Well?');
    expect((await read(ticketId)).requester.trusted).toBe(false);
    await people.agentActs(ticketId, 'Nora Lind', { comment: { body: 'Was that you?', public: true } });
    await people.customerWrites(ticketId, 'No, that was not me');
    expect((await read(ticketId)).requester.trusted).toBe(true);
  });

  test('costs two requests, and one more the first time', async () => {
    const { ticketId } = await people.customerOpens('Hi');
    const desk = people.open();
    const count = async (): Promise<number> => {
      const id = people.desk.faults.add({ fault: { type: 'delay', ms: 0 } });
      await desk.fetchTicket(ticketId, anyCall());
      const struck = people.desk.faults.list()[0]?.struck ?? 0;
      people.desk.faults.clear(id);
      return struck;
    };
    expect([await count(), await count()]).toEqual([3, 2]);
  });

  test('that does not exist', async () => {
    await expect(read('999999')).rejects.toMatchObject({ kind: 'ticket-not-found', retryable: false });
    await expect(read('12; drop')).rejects.toMatchObject({ kind: 'ticket-not-found', retryable: false });
  });

  test.each([
    ['a 429 with its wait', { type: 'status', status: 429, retryAfter: 30 }, 'throttled', 30_000],
    ['a broken answer', { type: 'malformed' }, 'malformed', null],
    ['a reset', { type: 'reset-before' }, 'unavailable', null],
    ['a refused credential', { type: 'status', status: 401 }, 'unauthorized', 60_000],
  ] as const)('on a desk that gives %s', async (_what, fault, kind, retryAfterMs) => {
    const { ticketId } = await people.customerOpens('Hi');
    people.desk.faults.add({ route: 'GET /api/v2/tickets/*', fault });
    await expect(read(ticketId)).rejects.toMatchObject({ kind, retryAfterMs, retryable: true });
  });
});

describe('the account', () => {
  test('says who we are, and is asked every time: it is the proof of the credentials', async () => {
    const desk = people.open();
    expect(await desk.whoAmI(anyCall())).toMatchObject({ name: 'Deskhand', role: 'admin' });
    people.desk.faults.add({ route: 'GET /api/v2/users/me', fault: { type: 'status', status: 401 } });
    await expect(desk.whoAmI(anyCall())).rejects.toMatchObject({ kind: 'unauthorized', status: 401 });
  });

  test('names its groups', async () => {
    expect(await people.open().groupNames(anyCall())).toEqual(['Support', 'Tier 2', 'Billing']);
  });

  test('is refused with a wrong token', async () => {
    const desk = createZendeskDesk({
      apiUrl: people.desk.apiUrl,
      auth: { type: 'api-token', email: 'deskhand@demo-shop.example', token: 'wrong' },
      account: 'demo',
      companyAddresses: [],
      ticketUrl: null,
    });
    await expect(desk.whoAmI(anyCall())).rejects.toMatchObject({
      kind: 'unauthorized',
      retryAfterMs: 60_000,
    });
  });

  test('says where agents read a ticket', () => {
    expect(people.open().ticketUrl('7')).toBe(`${people.desk.url}/agent/tickets/7`);
  });
});

describe('changed tickets', () => {
  test('come oldest first, then only what changed since, by an opaque cursor', async () => {
    const desk = people.open();
    now += 3_600_000;
    const since = now - 1_000;
    const { ticketId: first } = await people.customerOpens('one');
    const { ticketId: second } = await people.customerOpens('two');
    now += 120_000;
    const begun = await desk.changedTickets({ since }, anyCall());
    expect(begun.changes.map(({ ticketId }) => ticketId)).toEqual([first, second]);
    expect(begun.complete).toBe(true);
    const cursor = begun.cursor ?? '';

    expect((await desk.changedTickets({ cursor }, anyCall())).changes).toEqual([]);
    await people.customerWrites(first, 'Well?');
    now += 120_000;
    const next = await desk.changedTickets({ cursor }, anyCall());
    expect(next.changes.map(({ ticketId }) => ticketId)).toEqual([first]);
  });

  test('need an admin, and the failure says so with the way around it', async () => {
    people.desk.faults.add({
      route: 'GET /api/v2/incremental/**',
      fault: { type: 'status', status: 403, body: { error: 'Forbidden' } },
    });
    const failure: unknown = await people
      .open()
      .changedTickets({ since: 0 }, anyCall())
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RemoteFailure);
    expect(String(failure)).toMatch(/needs an admin.*DESKHAND_POLL_SECONDS=0/);
  });
});

describe('a follow-up of a closed ticket', () => {
  const followUpOf = (closed: string) => ({
    key: `${closed}/follow-up`,
    note: 'The customer wrote again.',
    group: 'Tier 2',
    tags: ['deskhand_handed_off'],
  });
  const closedTicket = async (): Promise<string> => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    await people.agentActs(ticketId, 'Nora Lind', { tags: ['vip', 'deskhand_answered'], status: 'closed' });
    return ticketId;
  };

  test('is for the same customer, with the note for agents only, group and tags of both; what was done on the closed one is not true of it', async () => {
    const closed = await closedTicket();
    const { ticketId } = await people.open().openFollowUp(closed, followUpOf(closed), anyCall());
    const ticket = await read(ticketId);
    expect(ticket).toMatchObject({
      subject: 'My parcel',
      groupId: String(people.groupId('Tier 2')),
      tags: ['vip', 'deskhand_handed_off'],
      requester: { email: 'ana@mail.example' },
      comments: [{ author: 'bot', public: false, body: 'The customer wrote again.' }],
    });
  });

  test('is one ticket, however often it is asked for: at once, and days later', async () => {
    const closed = await closedTicket();
    people.desk.faults.add({ route: 'POST /api/v2/tickets', times: 1, fault: { type: 'reset-after' } });
    await expect(people.open().openFollowUp(closed, followUpOf(closed), anyCall())).rejects.toMatchObject({
      kind: 'unavailable',
    });
    const again = await people.open().openFollowUp(closed, followUpOf(closed), anyCall());
    now += 3 * 86_400_000;
    expect(await people.open().openFollowUp(closed, followUpOf(closed), anyCall())).toEqual(again);
    const { ticket } = await people.get<{ ticket: { followup_ids: number[] } }>(`/tickets/${closed}`);
    expect(ticket.followup_ids.map(String)).toEqual([again.ticketId]);
  });

  test('of another occasion is another ticket', async () => {
    const closed = await closedTicket();
    const first = await people.open().openFollowUp(closed, followUpOf(closed), anyCall());
    const second = await people
      .open()
      .openFollowUp(closed, { ...followUpOf(closed), key: `${closed}/other` }, anyCall());
    expect(second.ticketId).not.toBe(first.ticketId);
  });

  test('is refused while the ticket can still be written: Zendesk would not link it', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    await expect(people.open().openFollowUp(ticketId, followUpOf(ticketId), anyCall())).rejects.toMatchObject(
      {
        kind: 'rejected',
        message: 'the ticket is new: Zendesk links a follow-up to a closed ticket only',
      },
    );
  });
});
