/** What the embedded Freshdesk was told is there after a restart; so are the calls of its rule that nobody took. */
import { openTarget, type CalledTarget } from '../common/calledTarget';
import { until } from '../zendesk/harness';
import { TestFreshdesk } from './testFreshdesk';

let target: CalledTarget;
beforeEach(async () => {
  target = await openTarget('freshdesk');
});
afterEach(() => target.close());

test('tickets, conversations, people and secrets are there after a restart', async () => {
  const first = await TestFreshdesk.start();
  const { ticketId } = await first.people.customerOpens('Where is my order?');
  await first.people.customerWrites(ticketId, 'Hello?');
  const shown = await first.call('GET', `/tickets/${ticketId}?include=requester,conversations,stats`);
  const { token } = first.desk.credentials;
  const again = await first.restart();
  try {
    expect(again.desk.credentials.token).toBe(token);
    expect(
      (await again.call('GET', `/tickets/${ticketId}?include=requester,conversations,stats`)).body,
    ).toEqual(shown.body);
    expect(Number((await again.people.customerOpens('Another')).ticketId)).toBe(Number(ticketId) + 1);
  } finally {
    await again.stop();
  }
});

test('the rule calls when a customer writes, with its secret; not for agents, nor for the API', async () => {
  const desk = await TestFreshdesk.start({ webhook: { url: target.url, secret: 'a-secret-of-the-rule' } });
  try {
    const { ticketId } = await desk.people.customerOpens('Where is my order?');
    await until(() => target.calls.length === 1, 'the call of the first message');
    expect(target.calls[0]).toEqual({
      secret: 'a-secret-of-the-rule',
      body: { freshdesk_webhook: { ticket_id: Number(ticketId) } },
    });
    await desk.call('POST', `/tickets/${ticketId}/reply`, { body: 'On its way.' });
    await desk.people.agentActs(ticketId, 'Nora Lind', { comment: { body: 'Hm', public: false } });
    await desk.people.customerWrites(ticketId, 'Thanks');
    await until(() => target.calls.length === 2, 'the call of the second message');
  } finally {
    await desk.stop();
  }
  expect(target.calls).toHaveLength(2);
});

test('a call that is not taken is repeated, and then given up', async () => {
  target.status = 503;
  const rule = { retryMs: [10, 10] };
  const desk = await TestFreshdesk.start({ webhook: { url: target.url }, rule });
  try {
    await desk.people.customerOpens('Where is my order?');
    await until(() => target.calls.length === 3, 'the first call and two more');
    target.status = 202;
    await desk.people.customerOpens('And mine?');
    await until(() => target.calls.length === 4, 'the call of the other ticket');
  } finally {
    await desk.stop();
  }
  expect(target.calls).toHaveLength(4);
});

test('what was not taken before the desk stopped is called after it has started again', async () => {
  target.status = 503;
  const desk = await TestFreshdesk.start({ webhook: { url: target.url } });
  const { ticketId } = await desk.people.customerOpens('Where is my order?');
  await until(() => target.calls.length === 1, 'the first call');
  target.status = 202;
  const again = await desk.restart({ webhook: { url: target.url } });
  await until(() => target.calls.length === 2, 'the call after the restart');
  await again.stop();
  expect(target.calls[1]?.body).toEqual({ freshdesk_webhook: { ticket_id: Number(ticketId) } });
});
