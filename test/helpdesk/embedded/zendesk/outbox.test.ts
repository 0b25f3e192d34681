/** Events that were not delivered yet survive the desk, and are gone once they were. */
import path from 'node:path';
import { z } from 'zod';
import { DeskStore } from '../../../../src/helpdesk/embedded/zendesk/store/store';
import { until as untilFound } from '../../../support/until';
import { roomyLimits, TestDesk, until } from './harness';
import { startReceiver, type WebhookReceiver } from './webhookReceiver';

let receiver: WebhookReceiver;
let desk: TestDesk;
const delivery = { retryMs: 10, timeoutMs: 60_000 };
const options = () => ({
  webhook: { url: receiver.url, secret: 'a-secret' },
  delivery,
  limits: roomyLimits,
});
beforeEach(async () => {
  receiver = await startReceiver();
  desk = await TestDesk.start(options());
});
afterEach(async () => {
  await receiver.stop();
  await desk.stop();
});
const ids = () => receiver.received.map(({ event }) => event.id);

/** What the folder of a stopped desk holds. */
async function kept(): Promise<number> {
  const store = await DeskStore.open(path.join(desk.stateDir, 'desk'));
  const { size } = store.outbox;
  await store.close();
  return size;
}

it('an event nobody has taken when the desk stops is sent by the next start, the same one', async () => {
  receiver.replies.push('silence', 'silence');
  await desk.newTicket();
  await until(() => receiver.received.length === 2, 'both events under way');
  const underWay = ids().sort();
  desk = await desk.restart(options());
  await until(() => receiver.received.length === 4, 'both events again');
  expect(ids().slice(2).sort()).toEqual(underWay);
  const signatures = receiver.received.map(({ headers }) => headers['x-zendesk-webhook-invocation-id']);
  expect(new Set(signatures).size).toBe(4);
});

it('what waited is sent in the order in which it happened', async () => {
  receiver.replies.push(...Array.from({ length: 20 }, () => 'silence' as const));
  const id = await desk.newTicket();
  for (const priority of ['low', 'high', 'urgent']) await desk.put(id, { priority });
  await until(() => receiver.received.length === 5, 'five events under way');
  await desk.desk.close();
  receiver.replies.splice(0);
  receiver.received.splice(0);
  desk = await desk.restart(options());
  await until(() => receiver.received.length === 5, 'five events again');
  expect(receiver.received.map(({ event }) => event.event['current'])).toEqual([
    undefined,
    undefined,
    'LOW',
    'HIGH',
    'URGENT',
  ]);
});

it('what was delivered is not sent again, what was refused for good neither', async () => {
  receiver.replies.push(200, 500);
  await desk.newTicket();
  await untilFound('both answers to be heard', async () => {
    const { body } = await desk.get('/api/v2/webhooks/configured-at-start/invocations');
    const { invocations } = z.object({ invocations: z.array(z.unknown()) }).parse(body);
    return invocations.length === 2 || null;
  });
  await desk.desk.close();
  expect(await kept()).toBe(0);
  desk = await desk.restart(options());
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(receiver.received).toHaveLength(2);
});

it('a receiver that starts after the desk gets what happened before', async () => {
  const port = Number(new URL(receiver.url).port);
  await receiver.stop();
  await desk.newTicket();
  receiver = await startReceiver(port);
  await until(() => receiver.received.length === 2, 'both events');
  expect(receiver.types()).toEqual(['comment_added', 'created']);
});

it('without a webhook nothing is kept', async () => {
  desk = await desk.restart({ limits: roomyLimits });
  await desk.newTicket();
  await desk.desk.close();
  expect(await kept()).toBe(0);
  desk = await desk.restart(options());
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(receiver.received).toEqual([]);
});

it('is forgotten with the webhook it was for', async () => {
  receiver.replies.push('silence', 'silence');
  await desk.newTicket();
  await until(() => receiver.received.length === 2, 'both events under way');
  desk = await desk.restart({ limits: roomyLimits });
  await desk.newTicket();
  await desk.desk.close();
  expect(await kept()).toBe(0);
});

it('holds a thousand events at most, and drops the oldest', async () => {
  const nobody = { webhook: { url: 'http://127.0.0.1:9/nobody' }, delivery: { retryMs: 60_000 } };
  desk = await desk.restart({ ...nobody, limits: roomyLimits });
  const first = await desk.newTicket();
  // Two events each: created, and a comment.
  for (let n = 0; n < 10; n += 1) await Promise.all(Array.from({ length: 50 }, () => desk.newTicket()));
  const last = await desk.newTicket();
  await desk.desk.close();
  const store = await DeskStore.open(path.join(desk.stateDir, 'desk'));
  const kept = [...store.outbox.values()];
  await store.close();
  expect(kept).toHaveLength(1_000);
  const subjects = kept.map(({ payload }) => (typeof payload === 'string' ? null : payload['subject']));
  expect(subjects).not.toContain(`zen:ticket:${first}`);
  expect(subjects.slice(-2)).toEqual([`zen:ticket:${last}`, `zen:ticket:${last}`]);
});
