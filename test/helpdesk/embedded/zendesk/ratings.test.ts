/** Customers rate solved tickets: kept as Zendesk keeps it, and told to webhooks. */
import { z } from 'zod';
import { roomyLimits, TestDesk, ticketIn, until } from './harness';
import { startReceiver, type WebhookReceiver } from './webhookReceiver';

let desk: TestDesk;
let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await startReceiver();
  desk = await TestDesk.start({ limits: roomyLimits, webhook: { url: receiver.url, secret: 's' } });
});
afterAll(async () => {
  await desk.stop();
  await receiver.stop();
});

const shown = async (id: string) =>
  z
    .looseObject({ satisfaction_rating: z.unknown(), updated_at: z.string() })
    .parse(ticketIn(await desk.call('GET', `/api/v2/tickets/${id}`)));
const rate = (id: string, body: unknown) => desk.call('POST', `/_desk/customer/tickets/${id}/rating`, body);
async function solved(): Promise<string> {
  const id = await desk.newTicket();
  await desk.put(id, { comment: { body: 'Done.' }, status: 'solved' });
  return id;
}

it('is offered once the ticket is solved', async () => {
  const id = await desk.newTicket();
  expect((await shown(id)).satisfaction_rating).toEqual({ score: 'unoffered' });
  await desk.put(id, { status: 'solved' });
  expect((await shown(id)).satisfaction_rating).toEqual({ score: 'offered' });
});

it('stands on the ticket and in an audit, and is told', async () => {
  const id = await solved();
  const before = await shown(id);
  expect((await rate(id, { score: 'bad', comment: ' Too slow ' })).status).toBe(201);
  const after = await shown(id);
  expect(after.satisfaction_rating).toEqual({
    id: expect.any(Number) as number,
    score: 'bad',
    comment: 'Too slow',
  });
  expect(after.updated_at > before.updated_at).toBe(true);
  const events = (await desk.audits(id)).flatMap((audit) => audit.events);
  expect(events.at(-1)).toMatchObject({ type: 'SatisfactionRating', score: 'bad', body: 'Too slow' });
  await until(() => receiver.types().includes('csat_received'), 'the rating to be told');
});

it('can be changed, also after the ticket was opened again', async () => {
  const id = await solved();
  await rate(id, { score: 'bad' });
  const first = (await shown(id)).satisfaction_rating;
  await desk.call('POST', `/_desk/customer/tickets/${id}/comments`, { body: 'It came after all!' });
  await rate(id, { score: 'good' });
  const second = (await shown(id)).satisfaction_rating;
  expect(second).toMatchObject({ score: 'good', comment: null });
  expect(second).not.toMatchObject({ id: z.object({ id: z.number() }).parse(first).id });
});

it.each<[string, unknown, number]>([
  ['another score', { score: 'so-so' }, 422],
  ['no score', {}, 422],
  ['a score in words', { score: 5 }, 422],
  ['more than a page of reasons', { score: 'bad', comment: 'x'.repeat(1_001) }, 422],
  ['a key that nobody knows', { score: 'bad', by: 'me' }, 422],
])('%s is refused', async (_, body, status) => {
  const id = await solved();
  expect((await rate(id, body)).status).toBe(status);
  expect((await shown(id)).satisfaction_rating).toEqual({ score: 'offered' });
});

it('a ticket that was never solved, is closed, or is not there cannot be rated', async () => {
  const open = await desk.newTicket();
  expect(await rate(open, { score: 'bad' })).toMatchObject({
    status: 422,
    body: {
      details: { satisfaction_rating: [{ description: 'Satisfaction rating: the ticket was never solved' }] },
    },
  });
  const closed = await solved();
  await desk.put(closed, { status: 'closed' });
  expect(await rate(closed, { score: 'bad' })).toMatchObject({
    status: 422,
    body: { details: { status: [{ description: 'Status: closed prevents ticket update' }] } },
  });
  expect((await rate('999999', { score: 'bad' })).status).toBe(404);
});
