/** `deskhand connect zendesk` where others are at it too, where it is killed, and where Zendesk answers nonsense. */
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { oneAtATime } from '../../../src/cli/connect/oneAtATime';
import type { Fault } from '../../../src/remote/faults';
import { Connecting } from './connectHarness';
import { writeSmallPolicy } from '../../policy/smallPolicy';
import { Command } from '../processes';

let run: Connecting;
beforeAll(async () => {
  run = await Connecting.start();
});
afterAll(() => run.stop());
afterEach(async () => {
  run.desk.desk.faults.clear();
  await run.disconnect();
});

const file = () => path.join(run.stateDir, 'zendesk-connection.json');
/** One of each, whatever was tried before. */
async function expectWhole(): Promise<void> {
  const [webhooks, views] = [await run.webhooks(), await run.views()];
  expect([webhooks.length, views.length]).toEqual([1, 3]);
  expect(await readFile(file(), 'utf8')).toContain(webhooks[0]?.id);
  expect(await run.troubles()).toBe('');
}
const failureOf = (connecting: Promise<unknown>): Promise<string> =>
  connecting.then(
    () => 'it was connected',
    (error: unknown) => String(error),
  );

it('two at once make one of each: the second waits, and finds it all there', async () => {
  const said = await Promise.all([run.connect(), run.connect()]);
  expect(said.filter((words) => words.includes('created webhook'))).toHaveLength(1);
  expect(said.filter((words) => words.includes('nothing was written'))).toHaveLength(1);
  await expectWhole();
});

it.each([0, 1, 2, 3, 4])(
  'stopped after step %i, the next run does the rest and doubles nothing',
  async (steps) => {
    let asked = 0;
    const isStopped = (): boolean => asked++ === steps;
    const ended = await failureOf(run.connect({}, { isStopped }));
    if (steps < 4) expect(ended).toContain(`Stopped. ${steps} of 4 steps were done`);
    await run.connect();
    await expectWhole();
  },
);

it('killed between two steps it is finished by the next run, which does not wait for the dead one', async () => {
  run.desk.desk.faults.add({ route: 'POST /api/v2/views', fault: { type: 'delay', ms: 60_000 } });
  const args = ['connect', 'zendesk', '--yes', '--public-url', 'http://127.0.0.1:9'];
  const killed = new Command(args, run.env);
  try {
    await killed.says(/wrote .*zendesk-connection\.json/);
  } finally {
    await killed.kill();
  }
  expect(killed.errors).toBe('');
  run.desk.desk.faults.clear();
  // As it is some seconds later, which nobody waits for here.
  const lock = path.join(run.stateDir, 'connecting.lock');
  await utimes(lock, new Date(0), new Date(0));
  await run.connect();
  await expectWhole();
});

it('leaves a webhook of somebody else alone that has our name and our address', async () => {
  const made = { name: 'Deskhand', endpoint: 'http://127.0.0.1:9/webhooks/zendesk' };
  const webhook = {
    ...{ ...made, http_method: 'POST', request_format: 'json' },
    subscriptions: ['zen:event-type:ticket.created'],
  };
  await run.desk.call('POST', '/api/v2/webhooks', { webhook });
  const said = await run.connect();
  expect(said).toMatch(
    /note {4}webhook "Deskhand" \(\S+\) posts to a Deskhand too.*it stays\n[^]*create {2}webhook/,
  );
  const renamed = { name: 'Renamed by an admin', description: 'Ours [deskhand:events]' };
  const ours = (await run.webhooks()).find(({ description }) => description !== null);
  await run.desk.call('PATCH', `/api/v2/webhooks/${ours?.id}`, { webhook: renamed });
  expect(await run.connect()).toMatch(/nothing was written/);
  await run.disconnect();
  const left = await run.webhooks();
  expect(left).toMatchObject([made]);
  await run.desk.call('DELETE', `/api/v2/webhooks/${left[0]?.id}`);
});

it('says first what it may not do there', async () => {
  expect(await run.connect({ dryRun: true })).toMatch(
    /there is no ticket yet to try on whether it may read audits/,
  );
  await run.desk.newTicket();
  expect(await run.connect({ dryRun: true })).toMatch(
    /may {5}read tickets and their audits, manage webhooks/,
  );
  const fault: Fault = { type: 'status', status: 403 };
  run.desk.desk.faults.add({ route: 'GET /api/v2/tickets/*/audits', fault });
  run.desk.desk.faults.add({ route: 'GET /api/v2/incremental/**', fault });
  expect(await run.connect({ dryRun: true })).toMatch(
    /may not read the audits of tickets, and without them nothing is answered.*\n {2}may not ask which tickets changed/,
  );
});

const html: Fault = { type: 'status', status: 200, body: '<html>Just a moment...</html>' };
it.each<[string, string, Fault, RegExp]>([
  [
    'a page instead of webhooks',
    'GET /api/v2/webhooks',
    html,
    /Zendesk answered 200, but the body is not JSON/,
  ],
  ['half a list of views', 'GET /api/v2/views', { type: 'malformed' }, /Zendesk answered 200/],
  [
    'an error with status 200',
    'GET /api/v2/triggers',
    { type: 'status', status: 200, body: { error: 'Oops' } },
    /with an error inside \(Oops\)/,
  ],
  ['that it is down', 'GET /api/v2/users/me', { type: 'status', status: 503 }, /Zendesk answered 503/],
  ['a redirect', 'GET /api/v2/webhooks', { type: 'status', status: 302 }, /points to another address/],
  ['a page once the webhook is made', 'POST /api/v2/webhooks', html, /0 of 4 steps were done: run/],
  ['no secret', 'GET /api/v2/webhooks/*/signing_secret', html, /0 of 4 steps were done: run/],
])(
  'answered with %s it says so in a sentence, shows no secret, and goes on the next time',
  async (...told) => {
    const [, route, fault, words] = told;
    run.desk.desk.faults.add({ route, times: 1, fault });
    const failure = await failureOf(run.connect());
    expect(failure).toMatch(words);
    expect(failure).not.toContain(run.desk.desk.credentials.token);
    await run.connect();
    await expectWhole();
  },
);

it('where nobody sits at the terminal it says which flag is missing, and leaves no trace', async () => {
  expect(await failureOf(run.connectAgain())).toMatch(
    /Nobody is there to be asked: give --public-url https:/,
  );
  expect(await failureOf(run.connect({ yes: false }))).toMatch(/give --yes, or --dry-run/);
  expect([await run.webhooks(), await run.views()]).toEqual([[], []]);
  expect(await readdir(run.stateDir)).toEqual([]);
});

it('only looking writes nothing anywhere, not even a lock', async () => {
  const stateDir = path.join(run.stateDir, 'not', 'there');
  const env = run.env;
  run.env = { ...env, DESKHAND_STATE_DIR: stateDir };
  expect(await run.connect({ dryRun: true })).toMatch(/Nothing was written/);
  run.env = env;
  expect(await readdir(run.stateDir)).toEqual([]);
});

it('a state folder that cannot be written is told before anything is made', async () => {
  const env = run.env;
  const notAFolder = path.join(run.stateDir, 'file');
  await writeFile(notAFolder, '');
  run.env = { ...env, DESKHAND_STATE_DIR: path.join(notAFolder, 'state') };
  expect(await failureOf(run.connect())).toMatch(
    /Nothing can be kept in .*DESKHAND_STATE_DIR to one that is/,
  );
  run.env = env;
  expect(await run.webhooks()).toEqual([]);
});

it('waits no longer than it has patience for another that goes on asking', async () => {
  let second = '';
  await oneAtATime(run.stateDir, async () => {
    second = await failureOf(oneAtATime(run.stateDir, () => Promise.resolve(), 1));
  });
  expect(second).toMatch(
    /Another "deskhand connect" or "disconnect" is at work with .* finish that one first/,
  );
  expect(await readdir(run.stateDir)).not.toContain('connecting.lock');
});

it('where the right to see custom fields was taken away, they stay, and all the rest comes and goes without it', async () => {
  const usual = run.env;
  const policy = path.join(run.stateDir, 'policy');
  const setting = '- set-field: { Mood: calm }';
  await writeSmallPolicy(policy, {
    'rules.yaml': (text) => text.replace('- tag: { add: [answered] }', setting),
  });
  run.env = { ...usual, DESKHAND_POLICY: policy };
  await run.connect();
  const keptField = async () => /\{\s+"kind": "field"[^}]*\}/.exec(await readFile(file(), 'utf8'))?.[0];
  const kept = await keptField();
  expect(kept).toBeDefined();
  const fault: Fault = { type: 'status', status: 403 };
  run.desk.desk.faults.add({ route: 'GET /api/v2/ticket_fields', fault });
  expect(await failureOf(run.connect())).toMatch(/custom fields need an admin, .*; connect --no-fields/);
  expect(await run.connect({ fields: false })).toMatch(
    /keep {4}field "made before" \(\d+\): with --no-fields/,
  );
  expect(await keptField()).toBe(kept);
  expect(await failureOf(run.disconnect({ deleteFields: true }))).toMatch(/custom fields need an admin/);
  expect(await run.webhooks()).toHaveLength(1);
  expect(await run.disconnect()).toMatch(/keep {4}field "made before" \(\d+\): Deskhand made it, and yet/);
  expect(await run.webhooks()).toEqual([]);
  expect(await run.disconnect()).toMatch(/nothing was done/);
  run.desk.desk.faults.clear();
  expect(await run.disconnect({ deleteFields: true })).toMatch(/removed field "Mood"/);
  run.env = usual;
});
