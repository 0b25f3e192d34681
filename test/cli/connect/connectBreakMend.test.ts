/**
 * Connect, break, doctor, mend: on one account, whatever an admin, a clock or an expired token does to the connection, the
 * doctor names it with its mend in one sentence, and is content once that was done. Disconnecting leaves the account as it was.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { repository } from '../../support/testRun';
import { Connecting } from './connectHarness';
import { agents } from '../../helpdesk/embedded/zendesk/harness';

let run: Connecting;
let policy: string;
let before: unknown;

beforeAll(async () => {
  run = await Connecting.start();
  policy = await mkdtemp(path.join(tmpdir(), 'deskhand-policy-'));
  await cp(path.join(repository, 'policies/demo-shop'), policy, { recursive: true });
  const rules = path.join(policy, 'rules.yaml');
  const urgent = '- set-priority: urgent\n';
  const text = await readFile(rules, 'utf8');
  await writeFile(rules, text.replace(urgent, `${urgent}      - set-field: { Order number: unknown }\n`));
  run.env['DESKHAND_POLICY'] = policy;
  await run.desk.newTicket();
  before = await everything();
  await run.connect();
  expect(await run.troubles()).toBe('');
});
afterAll(async () => {
  await run.stop();
  await rm(policy, { recursive: true, force: true });
});

/** All that connecting could leave on the account. */
const everything = async () => [await run.webhooks(), await run.triggers(), await run.views()];

const webhook = async () => z.object({ id: z.string() }).parse((await run.webhooks())[0]).id;
const changeWebhook = async (change: Record<string, unknown>) =>
  run.desk.call('PATCH', `/api/v2/webhooks/${await webhook()}`, { webhook: change });
const viewIs = async (how: 'DELETE' | 'PUT', change?: Record<string, unknown>) =>
  run.desk.call(how, `/api/v2/views/${(await run.views())[1]?.id}`, change && { view: change });
const refuse = (route: string) =>
  Promise.resolve(run.desk.desk.faults.add({ route, fault: { type: 'status', status: 403 } }));
const allow = () => {
  run.desk.desk.faults.clear();
  return Promise.resolve();
};
const set = (name: string, value: string) => () => Promise.resolve((run.env[name] = value));
const named = z.array(z.looseObject({ id: z.number() }));

async function rename(kind: 'group' | 'ticket_field', key: 'name' | 'title', from: string, to: string) {
  const { body } = await run.desk.get(`/api/v2/${kind}s`);
  const records = named.parse(z.record(z.string(), z.unknown()).parse(body)[`${kind}s`]);
  const id = records.find((record) => record[key] === from)?.id;
  return run.desk.call('PUT', `/api/v2/${kind}s/${id}`, { [kind]: { [key]: to } });
}

type Step = () => Promise<unknown>;
const connectAgain: Step = () => run.connectAgain();

it.each<[what: string, breakIt: Step, words: RegExp, mend: Step]>([
  [
    'the webhook is switched off',
    () => changeWebhook({ status: 'inactive' }),
    /^webhook: the webhook "Deskhand" \(\S+\) is switched off: run "deskhand connect zendesk"$/,
    connectAgain,
  ],
  [
    'the webhook is deleted',
    async () => run.desk.call('DELETE', `/api/v2/webhooks/${await webhook()}`),
    /^webhook: the webhook is gone from Zendesk: run "deskhand connect zendesk", it makes a new one$/,
    connectAgain,
  ],
  [
    'the webhook posts elsewhere',
    () => changeWebhook({ endpoint: 'https://old.example/hook' }),
    /^webhook: the webhook posts to https:\/\/old\.example\/hook, and this Deskhand is at \S+: run "deskhand connect/,
    connectAgain,
  ],
  [
    'the webhook is renamed and hears of less',
    () => changeWebhook({ name: 'Ours', subscriptions: ['zen:event-type:ticket.created'] }),
    /^webhook: the webhook "Deskhand" was changed \(subscriptions\): run "deskhand connect zendesk"$/,
    connectAgain,
  ],
  [
    'the signing secret is made anew',
    async () => run.desk.call('POST', `/api/v2/webhooks/${await webhook()}/signing_secret`),
    /^webhook: the signing secret was made anew on Zendesk, so deliveries are refused: run "deskhand connect/,
    connectAgain,
  ],
  [
    'a view of the team is deleted',
    () => viewIs('DELETE'),
    /^webhook: the view "Drafts of Deskhand waiting" is gone from Zendesk: run "deskhand connect zendesk"/,
    connectAgain,
  ],
  [
    'a view of the team is switched off',
    () => viewIs('PUT', { active: false }),
    /^webhook: the view ".*" is switched off: run "deskhand connect zendesk"$/,
    connectAgain,
  ],
  [
    'the clock goes six minutes wrong',
    () => Promise.resolve((run.clock.aheadMs = 6 * 60_000)),
    /^webhook: this machine's clock is 36\d s behind Zendesk's, and webhooks are refused .*: set it right \(NTP\)$/,
    () => Promise.resolve((run.clock.aheadMs = 0)),
  ],
  [
    'the token expires',
    set('ZENDESK_API_TOKEN', 'old-and-secret'),
    /^desk: .*401.*make a new one \(Admin Center > Apps and integrations > APIs\) and set ZENDESK_API_TOKEN to it$/m,
    () => set('ZENDESK_API_TOKEN', run.desk.desk.credentials.token)(),
  ],
  [
    'the poll may not ask any more',
    () => refuse('GET /api/v2/incremental/tickets/cursor'),
    /^webhook: the poll may not ask what changed: make Deskhand's user an admin, or set DESKHAND_POLL_SECONDS=0/,
    allow,
  ],
  [
    'audits may not be read any more',
    () => refuse('GET /api/v2/tickets/*/audits'),
    /^webhook: the audits of tickets may not be read, .*: give Deskhand's user a role with access to all tickets$/,
    allow,
  ],
  [
    "Deskhand's user is no admin any more",
    set('ZENDESK_EMAIL', agents.nora),
    /^webhook: .*403.*webhooks need an admin, or a role that may manage webhooks$/,
    () => set('ZENDESK_EMAIL', run.desk.desk.credentials.email)(),
  ],
])('when %s, the doctor says so and how to mend it', async (_what, breakIt, words, mend) => {
  await breakIt();
  const troubles = await run.troubles();
  expect(troubles).toMatch(words);
  expect(troubles).not.toContain('old-and-secret');
  await mend();
  expect(await run.troubles()).toBe('');
});

it.each<[what: string, breakIt: Step, words: RegExp, mend: Step]>([
  [
    'a group of the policy is renamed',
    () => rename('group', 'name', 'Tier 2', 'Second level'),
    /^names: \S+\.yaml:\d+ names the group "Tier 2", which the desk does not have.* publish the policy .* or make them there again\.$/,
    () => rename('group', 'name', 'Second level', 'Tier 2'),
  ],
  [
    'a custom field of the policy is renamed',
    () => rename('ticket_field', 'title', 'Order number', 'Order no.'),
    /^names: rules\.yaml:\d+ sets the field "Order number", which the desk does not have\. It has: "Order no\."/,
    () => rename('ticket_field', 'title', 'Order no.', 'Order number'),
  ],
])('when %s, the doctor says so and how to mend it', async (_what, breakIt, words, mend) => {
  await breakIt();
  expect(await run.troubles('policy')).toMatch(words);
  await mend();
  expect(await run.troubles('policy')).toBe('');
});

it('after all of that, disconnecting leaves the account as it was', async () => {
  expect(await everything()).not.toEqual(before);
  await run.disconnect();
  expect(await everything()).toEqual(before);
  expect(await run.doctor()).toMatch(/^no webhook/);
});
