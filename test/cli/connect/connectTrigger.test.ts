/** `deskhand connect zendesk --trigger`: for accounts whose webhooks are not to hear of events, a trigger calls. */
import { readSettings } from '../../../src/config/settings';
import { webhookSecret } from '../../../src/cli/webhookSecret';
import { readZendeskWebhook } from '../../../src/helpdesk/zendesk/webhook';
import { until } from '../../support/until';
import { startCalledServer } from './calledServer';
import { Connecting } from './connectHarness';

let run: Connecting;
beforeAll(async () => {
  run = await Connecting.start();
});
afterAll(() => run.stop());
afterEach(async () => {
  await run.disconnect();
  expect([await run.webhooks(), await run.triggers(), await run.views()]).toEqual([[], [], []]);
});

it('shows webhook and trigger first, makes both, and changes nothing the second time', async () => {
  expect(await run.connect({ trigger: true, dryRun: true })).toMatch(
    /create {2}webhook "Deskhand" to .*\n {2}create {2}trigger "Tell Deskhand"\n {2}create {2}view/,
  );
  expect(await run.triggers()).toEqual([]);
  await run.connect({ trigger: true });
  const [webhook] = await run.webhooks();
  expect(webhook).toMatchObject({ subscriptions: ['conditional_ticket_events'] });
  expect(await run.triggers()).toMatchObject([
    { actions: [{ field: 'notification_webhook', value: [webhook?.id, '{"ticket_id": "{{ticket.id}}"}'] }] },
  ]);
  // It is remembered: nobody needs to say --trigger again.
  expect(await run.connectAgain()).toMatch(/leave {3}trigger[^]*nothing was written/);
});

it('hears of what customers and agents do, signed, and not of what Deskhand does itself', async () => {
  const server = await startCalledServer();
  const { calls, url: publicUrl } = server;
  await run.connect({ trigger: true, publicUrl });
  const heard = (count: number) =>
    until(`call ${count}`, () => Promise.resolve(calls.length >= count || null));
  const ticketId = await run.desk.newTicket();
  await heard(1);
  await run.desk.customerWrites(ticketId, 'Is anybody there? "Yes", said the { and the }.');
  await heard(2);
  // Our own reply, then an agent's: one more call, not two.
  await run.desk.put(ticketId, { comment: { body: 'It is on its way.', public: true } });
  await run.desk.put(ticketId, { status: 'pending' }, { as: 'nora@demo-shop.example' });
  await heard(3);
  const secret = (await webhookSecret(readSettings(run.env))) ?? '';
  const check = { secret, secretName: 'its secret', now: Date.now(), botUserId: null };
  const read = calls.map((delivery) => readZendeskWebhook(delivery, check));
  expect(read).toMatchObject([1, 2, 3].map(() => ({ type: 'hint', kind: 'changed', ticketId })));
  expect(await run.doctor()).toMatch(/last delivered at/);
  await server.stop();
});

it.each<[string, (id: number | undefined) => Promise<unknown>, RegExp]>([
  [
    'a trigger that was deleted',
    (id) => run.desk.call('DELETE', `/api/v2/triggers/${id}`),
    /^the trigger "Tell Deskhand" is gone from Zendesk: run "deskhand connect zendesk", it makes a new one$/,
  ],
  [
    'one that was switched off',
    (id) => run.desk.call('PUT', `/api/v2/triggers/${id}`, { trigger: { active: false } }),
    /^the trigger "Tell Deskhand" is switched off: run "deskhand connect zendesk"$/,
  ],
  [
    'one that was narrowed',
    (id) =>
      run.desk.call('PUT', `/api/v2/triggers/${id}`, {
        trigger: { title: 'Ours', conditions: { any: [{ field: 'status', operator: 'is', value: 'hold' }] } },
      }),
    /^the trigger "Tell Deskhand" was changed \(conditions\): run "deskhand connect zendesk"$/,
  ],
])('the doctor finds %s, and connecting again mends it', async (_what, breakIt, words) => {
  await run.connect({ trigger: true });
  await breakIt((await run.triggers())[0]?.id);
  await expect(run.doctor()).rejects.toThrow(words);
  await run.connectAgain();
  expect(await run.doctor()).toMatch(/posts to/);
});

it('a webhook that was deleted by force is made anew, and the trigger calls the new one', async () => {
  await run.connect({ trigger: true });
  const [{ id } = { id: '' }] = await run.webhooks();
  // As on Zendesk, it does not go as long as a trigger calls it.
  expect(await run.desk.call('DELETE', `/api/v2/webhooks/${id}`)).toMatchObject({ status: 400 });
  const [trigger] = await run.triggers();
  await run.desk.call('DELETE', `/api/v2/triggers/${trigger?.id}`);
  await run.desk.call('DELETE', `/api/v2/webhooks/${id}`);
  await expect(run.doctor()).rejects.toThrow(
    /^the webhook is gone from Zendesk: run "[^"]*", it makes a new one$/,
  );
  await run.connectAgain();
  const [made] = await run.webhooks();
  expect(await run.triggers()).toMatchObject([{ actions: [{ value: [made?.id, expect.anything()] }] }]);
});

it('goes over to a trigger and back to events, and leaves nothing of the other behind', async () => {
  await run.connect();
  const [events] = await run.webhooks();
  const over = await run.connectAgain({ trigger: true });
  expect(over).toMatch(
    /create {2}webhook .*\n {2}create {2}trigger[^]*remove {2}webhook .*: nothing needs it any more/,
  );
  expect(await run.webhooks()).toMatchObject([{ subscriptions: ['conditional_ticket_events'] }]);
  expect(await run.doctor()).toMatch(/posts to/);
  const back = await run.connectAgain({ trigger: false });
  expect(back).toMatch(/removed trigger "Tell Deskhand" \(\d+\)\n {2}removed webhook "Deskhand"/);
  expect(await run.triggers()).toEqual([]);
  expect((await run.webhooks()).map(({ subscriptions }) => subscriptions)).toEqual([
    events?.['subscriptions'],
  ]);
  expect(await run.doctor()).toMatch(/posts to/);
});

it('without the right to make triggers says what lacks and how far it came', async () => {
  const fault = { type: 'status', status: 403 } as const;
  run.desk.desk.faults.add({ route: 'POST /api/v2/triggers', times: 1, fault });
  await expect(run.connect({ trigger: true })).rejects.toThrow(
    /403.*triggers need an admin, or a role that may manage business rules\n1 of 5 steps were done: run/,
  );
  expect(await run.connectAgain()).toMatch(/leave {3}webhook .*\n {2}create {2}trigger/);
});
