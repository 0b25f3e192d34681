/** What the doctor says of a connection, from facts alone. */
import { wantedPieces } from '../../../../src/helpdesk/zendesk/setup/pieces';
import { troublesOf, type ConnectionFacts } from '../../../../src/helpdesk/zendesk/setup/troubles';

const [wanted] = wantedPieces({
  endpoint: 'https://deskhand.acme.example/webhooks/zendesk',
  ...{ views: false, fields: [], trigger: false, botUserId: '7' },
});
if (wanted === undefined) throw new Error('a webhook is wanted');

const well: ConnectionFacts = {
  steps: [{ type: 'leave', wanted, id: 'W1' }],
  made: [],
  webhook: { id: 'W1', name: 'Deskhand', record: { ...wanted.shows } },
  ...{ signingSecret: 's', servedSecret: 's', secretName: 'ZENDESK_WEBHOOK_SECRET', isSecretSet: false },
  deliveries: [],
  ...{ clockAheadMs: 400, mayPoll: true, maySeeSuspended: true, mayReadAudits: true },
};
const deliveries = (...statuses: readonly string[]): ConnectionFacts['deliveries'] =>
  statuses.map((status, index) => ({ id: String(index), status, latest_completed_at: null }));

it('has nothing to say where all is well', () => {
  expect(troublesOf(well)).toEqual([]);
  expect(troublesOf({ ...well, mayPoll: null, maySeeSuspended: null, clockAheadMs: null })).toEqual([]);
});

it.each<[string, Partial<ConnectionFacts>, RegExp]>([
  ['a clock behind', { clockAheadMs: 90_400 }, /clock is 90 s behind Zendesk's, .*\(NTP\)$/],
  ['a clock ahead', { clockAheadMs: -600_000 }, /clock is 600 s ahead of Zendesk's/],
  [
    'no right to see suspended mails',
    { maySeeSuspended: false },
    /only seen by an admin.*give Deskhand's user/,
  ],
  [
    'no right to read audits',
    { mayReadAudits: false },
    /^the audits of tickets may not be read, .*: give Deskhand's user a role with access to all tickets$/,
  ],
  ['no right to poll', { mayPoll: false }, /DESKHAND_POLL_SECONDS=0/],
  ['a paused webhook', { deliveries: deliveries('circuit broken', 'success') }, /has paused the webhook/],
  [
    'failures since the last success',
    { deliveries: deliveries('timeout', 'server error', 'success', 'failed') },
    /the latest 2 deliveries failed \(timeout\)/,
  ],
  ['one failure', { deliveries: deliveries('client error') }, /the latest delivery failed \(client error\)/],
  [
    'a secret made anew',
    { signingSecret: 'new' },
    /made anew on Zendesk.*run "deskhand connect zendesk", it takes up the new one/,
  ],
  ['a wrong secret set', { signingSecret: 'new', isSecretSet: true }, /unset it and run/],
  ['a webhook that is gone', { webhook: null }, /is gone from Zendesk/],
  ['one by hand that is gone', { webhook: null, steps: null }, /no webhook of the account has the secret/],
])('names %s with its mend, and nothing else', (_what, change, words) => {
  const troubles = troublesOf({ ...well, ...change });
  expect(troubles).toHaveLength(1);
  expect(troubles[0]).toMatch(words);
});

it('does not mind a failure that is past, or a delivery that is on its way', () => {
  expect(troublesOf({ ...well, deliveries: deliveries('success', 'failed', 'circuit broken') })).toEqual([]);
  expect(troublesOf({ ...well, deliveries: deliveries('accepted') })).toEqual([]);
});

it('says once that the webhook is off, however connecting again would put it', () => {
  const webhook = { id: 'W1', name: 'Deskhand', record: { ...wanted.shows, status: 'inactive' } };
  const differences = [{ field: 'status', from: 'inactive', to: 'active' }];
  const steps: ConnectionFacts['steps'] = [{ type: 'change', wanted, id: 'W1', differences }];
  expect(troublesOf({ ...well, webhook, steps })).toEqual([
    'the webhook "Deskhand" (W1) is switched off: run "deskhand connect zendesk"',
  ]);
  expect(troublesOf({ ...well, webhook, steps: null })).toEqual([
    'the webhook "Deskhand" (W1) is switched off: activate it',
  ]);
});

it.each<[string, NonNullable<ConnectionFacts['steps']>[number], string]>([
  [
    'a view that is gone',
    { type: 'create', wanted: { ...wanted, kind: 'view', name: 'Late' } },
    'the view "Late" is gone from Zendesk: run "deskhand connect zendesk", it makes a new one',
  ],
  [
    'a trigger that is switched off',
    {
      ...{ type: 'change', id: '1', wanted: { ...wanted, kind: 'trigger', name: 'Tell' } },
      differences: [{ field: 'active', from: false, to: true }],
    },
    'the trigger "Tell" is switched off: run "deskhand connect zendesk"',
  ],
  [
    'a twin',
    {
      ...{ type: 'remove', why: 'it is there twice' },
      found: { kind: 'webhook', id: 'W2', mark: 'events', name: 'Deskhand', record: {} },
    },
    'the webhook "Deskhand" (W2) is left over, since it is there twice: run "deskhand connect zendesk", it takes it away',
  ],
])('names %s', (_what, step, words) => {
  const steps = [...(well.steps ?? []), step];
  expect(troublesOf({ ...well, steps })).toEqual([words]);
});

it('where the webhook is gone it does not say that the trigger has lost it, but which view is gone as well', () => {
  const steps: ConnectionFacts['steps'] = [
    { type: 'create', wanted },
    {
      ...{ type: 'change', id: '1', wanted: { ...wanted, kind: 'trigger', name: 'Tell' } },
      differences: [{ field: 'actions', from: [], to: [] }],
    },
    { type: 'create', wanted: { ...wanted, kind: 'view', name: 'Late' } },
  ];
  expect(troublesOf({ ...well, webhook: null, steps })).toEqual([
    expect.stringMatching(/^the webhook is gone/),
    expect.stringMatching(/^the view "Late" is gone/),
  ]);
});

it('says all that is wrong at once', () => {
  const all = {
    clockAheadMs: 90_000,
    mayPoll: false,
    signingSecret: 'new',
    deliveries: deliveries('failed'),
  };
  expect(troublesOf({ ...well, ...all })).toHaveLength(4);
});

it('asks for nothing where nothing was connected', () => {
  const none = { steps: null, webhook: null, signingSecret: null, servedSecret: null };
  expect(troublesOf({ ...well, ...none })).toEqual([]);
});
