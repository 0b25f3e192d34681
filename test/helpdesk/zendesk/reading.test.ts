/** What Deskhand reads from a ticket, who it takes its people for, and what it asks the account. */
import { RemoteFailure } from '../../../src/remote/failures';
import { AdapterAtZendesk } from './adapterAtZendesk';
import { anyCall } from './wire';

let now = Date.parse('2026-11-25T12:00:00Z');
let at: AdapterAtZendesk;
beforeAll(async () => {
  at = await AdapterAtZendesk.start({ clock: () => now });
});
afterEach(() => at.faults.clear());
afterAll(() => at.double.stop());

const read = (ticketId: string, companyAddresses: readonly string[] = []) =>
  at.open({ companyAddresses }).fetchTicket(ticketId, anyCall());

describe('a ticket', () => {
  test('oldest comment first, each with its author', async () => {
    const { ticketId } = await at.people.customerOpens('one');
    await at.people.agentActs(ticketId, 'Nora Lind', { comment: { body: 'two', public: false } });
    await at.put(`/tickets/${ticketId}`, { ticket: { comment: { body: 'three', public: true } } });
    await at.people.customerWrites(ticketId, 'four', { email: 'bo@mail.example', name: 'Bo' });
    await at.people.agentActs(ticketId, 'Deskhand', { comment: { body: 'five', public: true } });
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

  test('with the marks of machines', async () => {
    const { ticketId } = await at.people.customerOpens('Out of office', { channel: 'email', flags: [4] });
    expect((await read(ticketId)).comments[0]?.machineMade).toBe(true);
  });

  test('on the channel on which it goes on: a chat that was left is answered by mail', async () => {
    const { ticketId } = await at.people.customerOpens('Are you there?', { channel: 'chat' });
    expect((await read(ticketId)).channel).toBe('chat');
    await at.people.customerWrites(ticketId, 'I write by mail now', { channel: 'email' });
    expect((await read(ticketId)).channel).toBe('email');
  });

  test('with a call: what was said, or a recording for people to listen to', async () => {
    const { ticketId } = await at.people.customerOpens('Inbound call');
    const { comments } = await at.get<{ comments: Record<string, unknown>[] }>(
      `/tickets/${ticketId}/comments`,
    );
    const data = { from: '+4512344821', transcription_text: null, recording_url: 'https://desk.example/r/1' };
    const body = { comments: [{ ...comments[0], type: 'VoiceComment', data }], users: [], meta: null };
    const route = 'GET /api/v2/tickets/*/comments';
    at.faults.add({ route, fault: { type: 'status', status: 200, body } });
    expect((await read(ticketId)).comments).toMatchObject([
      { body: '', attachments: [{ name: 'recording of the call', contentType: 'audio/mpeg' }] },
    ]);
  });

  test('from a forged sender, until the true one has written and was answered', async () => {
    const { ticketId } = await at.people.customerOpens('Refund me', { channel: 'email', flags: [0] });
    expect((await read(ticketId)).requester.trusted).toBe(false);
    await at.people.customerWrites(ticketId, 'Well?');
    expect((await read(ticketId)).requester.trusted).toBe(false);
    await at.people.agentActs(ticketId, 'Nora Lind', { comment: { body: 'Was that you?', public: true } });
    await at.people.customerWrites(ticketId, 'No, that was not me');
    expect((await read(ticketId)).requester.trusted).toBe(true);
  });

  test('costs two requests, and two more the first time: who we are, and which brands there are', async () => {
    const { ticketId } = await at.people.customerOpens('Hi');
    const desk = at.open();
    const count = async (): Promise<number> => {
      const id = at.faults.add({ fault: { type: 'delay', ms: 0 } });
      await desk.fetchTicket(ticketId, anyCall());
      const struck = at.faults.list()[0]?.struck ?? 0;
      at.faults.clear(id);
      return struck;
    };
    expect([await count(), await count()]).toEqual([4, 2]);
  });
});

test('agents read a ticket beside the API', () => {
  expect(at.open().ticketUrl('7')).toBe(`${at.double.desk.url}/agent/tickets/7`);
});

describe('changed tickets', () => {
  test('need an admin, and the failure says so with the way around it', async () => {
    at.faults.add({
      route: 'GET /api/v2/incremental/**',
      fault: { type: 'status', status: 403, body: { error: 'Forbidden' } },
    });
    const failure: unknown = await at
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
    const { ticketId } = await at.people.customerOpens('Where is my order?');
    await at.people.agentActs(ticketId, 'Nora Lind', {
      tags: ['vip', 'deskhand_answered'],
      status: 'closed',
    });
    return ticketId;
  };

  test('is for the same customer, with the note for agents only, group and tags of both; what was done on the closed one is not true of it', async () => {
    const closed = await closedTicket();
    const { ticketId } = await at.open().openFollowUp(closed, followUpOf(closed), anyCall());
    const ticket = await read(ticketId);
    expect(ticket).toMatchObject({
      subject: 'My parcel',
      groupId: String(at.people.groupId('Tier 2')),
      tags: ['vip', 'deskhand_handed_off'],
      requester: { email: 'ana@mail.example' },
      comments: [{ author: 'bot', public: false, body: 'The customer wrote again.' }],
    });
  });

  test('is one ticket, however often it is asked for: at once, and days later', async () => {
    const closed = await closedTicket();
    at.faults.add({ route: 'POST /api/v2/tickets', times: 1, fault: { type: 'reset-after' } });
    await expect(at.open().openFollowUp(closed, followUpOf(closed), anyCall())).rejects.toMatchObject({
      kind: 'unavailable',
    });
    const again = await at.open().openFollowUp(closed, followUpOf(closed), anyCall());
    now += 3 * 86_400_000;
    expect(await at.open().openFollowUp(closed, followUpOf(closed), anyCall())).toEqual(again);
    const { ticket } = await at.get<{ ticket: { followup_ids: number[] } }>(`/tickets/${closed}`);
    expect(ticket.followup_ids.map(String)).toEqual([again.ticketId]);
  });

  test('of another occasion is another ticket', async () => {
    const closed = await closedTicket();
    const first = await at.open().openFollowUp(closed, followUpOf(closed), anyCall());
    const second = await at
      .open()
      .openFollowUp(closed, { ...followUpOf(closed), key: `${closed}/other` }, anyCall());
    expect(second.ticketId).not.toBe(first.ticketId);
  });

  test('is refused while the ticket can still be written: Zendesk would not link it', async () => {
    const { ticketId } = await at.people.customerOpens('Where is my order?');
    await expect(at.open().openFollowUp(ticketId, followUpOf(ticketId), anyCall())).rejects.toMatchObject({
      kind: 'rejected',
      message: 'the ticket is new: Zendesk links a follow-up to a closed ticket only',
    });
  });
});
