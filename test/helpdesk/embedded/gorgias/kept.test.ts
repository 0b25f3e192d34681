/** What the embedded Gorgias was told is there after a restart; so are the calls of its integration that nobody took. */
import { openTarget, type CalledTarget } from '../common/calledTarget';
import { until } from '../zendesk/harness';
import { TestGorgias } from './testGorgias';

let target: CalledTarget;
beforeEach(async () => {
  target = await openTarget('gorgias');
});
afterEach(() => target.close());

const calls = (count: number) => until(() => target.calls.length >= count, `${count} calls`);
const note = { channel: 'internal-note', via: 'api', from_agent: true, body_text: 'Noted.' };

test('tickets, messages, people and the key are there after a restart', async () => {
  const first = await TestGorgias.start();
  const { ticketId } = await first.people.customerOpens('Where is my order?');
  await first.call('PUT', `/tickets/${ticketId}`, { tags: [{ name: 'vip' }], status: 'closed' });
  const everything = ['/tickets', '/messages', '/users', '/teams', '/tags'];
  const look = (at: TestGorgias) =>
    Promise.all(everything.map(async (address) => (await at.list(address)).data));
  const shown = await look(first);
  const { token } = first.desk.credentials;
  const again = await first.restart();
  try {
    expect(again.desk.credentials.token).toBe(token);
    expect(await look(again)).toEqual(shown);
    expect(Number((await again.people.customerOpens('Another')).ticketId)).toBe(Number(ticketId) + 1);
  } finally {
    await again.stop();
  }
});

test('the integration fills its form at each trigger: a new ticket, then every message of whomever', async () => {
  const desk = await TestGorgias.start({ webhook: { url: target.url, secret: 'a-secret-of-the-header' } });
  try {
    const { ticketId, commentId } = await desk.people.customerOpens('Where is my order?');
    await calls(2);
    expect(target.calls).toEqual(
      expect.arrayContaining([
        {
          secret: 'a-secret-of-the-header',
          body: { ticket_id: ticketId, message_id: '', channel: '', via: '', sender_id: '' },
        },
        {
          secret: 'a-secret-of-the-header',
          body: {
            ...{ ticket_id: ticketId, message_id: commentId, channel: 'email', via: 'email' },
            sender_id: '300001',
          },
        },
      ]),
    );
    await desk.call('PUT', `/tickets/${ticketId}`, { status: 'closed' });
    await desk.call('POST', `/tickets/${ticketId}/messages`, note);
    await calls(3);
    expect(target.calls[2]?.body).toMatchObject({
      ...{ channel: 'internal-note', via: 'api', sender_id: String(desk.people.agentId('Deskhand')) },
    });
  } finally {
    await desk.stop();
  }
  expect(target.calls).toHaveLength(3);
});

test('its owner chooses triggers and form: an update alone tells of no message', async () => {
  const integration = {
    triggers: ['ticket-updated'] as const,
    form: {
      ticket: '{{ ticket.id }}',
      who: '{{ticket.customer.email}}',
      tags: '{{ticket.tags}}',
      fix: 'as it is',
    },
  };
  const desk = await TestGorgias.start({ webhook: { url: target.url }, integration });
  try {
    const { ticketId } = await desk.people.customerOpens('Where is my order?');
    await desk.call('PUT', `/tickets/${ticketId}`, { priority: 'high' });
    await calls(1);
    expect(target.calls[0]?.body).toEqual({
      ...{ ticket: ticketId, who: 'ana@mail.example', tags: '', fix: 'as it is' },
    });
  } finally {
    await desk.stop();
  }
  expect(target.calls).toHaveLength(1);
});

test('a call that is not taken is repeated and then given up; the next one is made all the same', async () => {
  target.status = 503;
  const integration = { retryMs: [10, 10], triggers: ['ticket-message-created'] as const };
  const desk = await TestGorgias.start({ webhook: { url: target.url }, integration });
  try {
    await desk.people.customerOpens('Where is my order?');
    await calls(3);
    target.status = 202;
    await desk.people.customerOpens('And mine?');
    await calls(4);
  } finally {
    await desk.stop();
  }
  expect(target.calls).toHaveLength(4);
});

test('what was not taken before the desk stopped is called after it has started again', async () => {
  target.status = 503;
  const integration = { retryMs: [60_000], triggers: ['ticket-message-created'] as const };
  const desk = await TestGorgias.start({ webhook: { url: target.url }, integration });
  const { ticketId } = await desk.people.customerOpens('Where is my order?');
  await calls(1);
  target.status = 202;
  const again = await desk.restart({ webhook: { url: target.url }, integration });
  await calls(2);
  await again.stop();
  expect(target.calls[1]?.body).toMatchObject({ ticket_id: ticketId, via: 'email' });
});
