import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { apiToken, runServer, type TestServer } from '../server/running';
import { Receiver } from '../notify/receiver';
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';
import { Command, type Ended } from './processes';

let folder: string;
let temporal: TestTemporal;
let server: TestServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-cli-'));
  await writeFile(path.join(folder, 'api-token'), `${apiToken}\n`, { mode: 0o600 });
  temporal = await startTestTemporal();
  server = await runServer(temporal, { answerWithinMs: 5_000 });
});
afterAll(async () => {
  await server.server.stop();
  await temporal.stop();
  await rm(folder, { recursive: true, force: true });
});

function deskhand(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const port = new URL(server.server.url).port;
  return new Command(args, { DESKHAND_STATE_DIR: folder, DESKHAND_PORT: port, ...env }).ended;
}

test('ticket start and list go through the API with the token of the state folder', async () => {
  const started = await deskhand(['ticket', 'start', 'zendesk', '35436']);
  expect(started).toMatchObject({ code: 0, err: '' });
  expect(started.out).toContain('ticket:zendesk:demo:35436');
  const listed = await deskhand(['ticket', 'list', '--json', '--stage', 'answering']);
  expect(JSON.parse(listed.out)).toMatchObject({ tickets: [{ ticketId: '35436', stage: 'answering' }] });
  const table = await deskhand(['ticket', 'list']);
  expect(table.out).toMatch(/^TICKET +STAGE +INTENT.*\nzendesk 35436 +answering +-/);
});

test.each([
  ['an unknown ticket', ['ticket', 'show', 'zendesk', '404'], /has no ticket 404/],
  ['no worker', ['ticket', 'act', 'zendesk', '35436', 'escalate', '--by', 'maria'], /deskhand worker/],
  [
    'an unknown action',
    ['ticket', 'act', 'zendesk', '1', 'explode', '--by', 'm'],
    /Allowed choices are take-over/,
  ],
  ['a ticket id with a colon', ['ticket', 'show', 'zendesk', 'a:b'], /"a:b" must be a number as Zendesk/],
  ['a ticket id in words', ['ticket', 'start', 'zendesk', 'abc'], /1 to 20 digits, the first not 0/],
  [
    'a ticket id with zeros before it',
    ['ticket', 'start', 'zendesk', '001'],
    /the first not 0, such as 35436/,
  ],
  ['an endless ticket id', ['ticket', 'start', 'zendesk', '9'.repeat(64)], /1 to 20 digits/],
  ['a limit of 0', ['ticket', 'list', '--limit', '0'], /whole number from 1 to 100/],
  ['a mistyped command', ['tickt'], /Did you mean ticket/],
])('%s: exit 1 and a few lines, no stack trace', async (_what, args, words) => {
  const { code, err } = await deskhand(args);
  expect(code).toBe(1);
  expect(err).toMatch(words);
  expect(err).not.toMatch(/\n\s+at /);
});

test('whose reader has gone, as before `| head`, ends without a stack trace', async () => {
  // More than one write: what fails first is passed over by Node's console.
  const brands = { DESKHAND_BRANDS: 'Kids=policies/coffee-club' };
  const command = new Command(['policy', 'list'], { DESKHAND_STATE_DIR: folder, ...brands });
  command.child.stdout?.destroy();
  expect(await command.ended).toMatchObject({ err: '' });
});

test('wrong settings are one screen with every mistake', async () => {
  const { code, err } = await deskhand(['server'], { DESKHAND_PORT: 'x', DESKHAND_LOG_LEVEL: 'loud' });
  expect(code).toBe(1);
  expect(err).toMatch(/Some settings are wrong:\n {2}- .*DESKHAND_PORT[^]*LOG_LEVEL[^]*docs\/settings.md/);
  expect(err.split('\n').length).toBeLessThan(10);
});

test('doctor says what works and what fails with its mend, and shows no secret', async () => {
  const slack = await Receiver.start();
  const { code, out } = await deskhand(['doctor', '--notify'], {
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    DESKHAND_API_TOKEN: 'a-secret-nobody-may-see',
    DESKHAND_NOTIFY_SLACK: `${slack.url} http://127.0.0.1:1/a-secret-nobody-may-see`,
  });
  await slack.close();
  expect(code).toBe(1);
  expect(out).toMatch(/^ok +notices: slack, slack-2, about escalation, .*`deskhand doctor --notify` sends/m);
  expect(out).toMatch(/^ok +notice to slack: the test was taken/m);
  expect(slack.posts.map(({ raw }) => raw)).toEqual([expect.stringContaining('notices reach this')]);
  expect(out).toMatch(
    /^FAILED +notice to slack-2: Slack could not be asked: .*: try again .* make a new incoming webhook in Slack/m,
  );
  expect(out).not.toContain('s3cret');
  expect(out).toMatch(/DESKHAND_API_TOKEN +\(set, not shown\) +environment/);
  expect(out).toMatch(/ok +policy/);
  expect(out).toMatch(/FAILED +desk: .*deskhand desk/);
  expect(out).toMatch(/FAILED +API: no worker polls/);
  expect(out).not.toContain('a-secret-nobody-may-see');
});

test('doctor before the first start finds nothing wrong: what is started later is no failure', async () => {
  const before = path.join(folder, 'new-state');
  const { code, out } = await new Command(['doctor'], { DESKHAND_STATE_DIR: before }).ended;
  for (const part of ['Temporal', 'desk', 'API']) {
    expect(out).toMatch(new RegExp(`^later +${part}: .*does not run yet; \`npm start\``, 'm'));
  }
  expect(out).toMatch(
    /^ok +policy: p-[0-9a-f]{12} from \S+; the first worker that starts brings it into force/m,
  );
  expect(code).toBe(0);
});

describe('doctor names what is broken, and its mend', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    [
      'Temporal that is not there',
      { TEMPORAL_ADDRESS: '127.0.0.1:1' },
      /FAILED +Temporal: Temporal does not answer at 127\.0\.0\.1:1 \(TEMPORAL_ADDRESS\)/,
    ],
    [
      'a namespace that is not there',
      { TEMPORAL_NAMESPACE: 'nobody-made-it' },
      /FAILED +Temporal: .*has no namespace "nobody-made-it".*temporal operator namespace create/,
    ],
    [
      'a policy folder that is not there',
      { DESKHAND_POLICY: '/nowhere/at/all' },
      /FAILED +policy: .*\/nowhere\/at\/all/,
    ],
    [
      'a desk that is not there',
      {
        ZENDESK_API_URL: 'http://127.0.0.1:1/api/v2',
        ZENDESK_EMAIL: 'bot@acme.example',
        ZENDESK_API_TOKEN: 'a-desk-token',
      },
      /FAILED +desk: [^]*ok +mail: no codes are mailed .*Set DESKHAND_SMTP_URL and DESKHAND_MAIL_FROM, or take/,
    ],
    ['an API that is not there', { DESKHAND_PORT: '1' }, /FAILED +API: nothing answers at .*:1: start it/],
    [
      'a mistyped variable',
      { ZENDESK_EMIAL: 'x' },
      /warning +ZENDESK_EMIAL is set.*did you mean ZENDESK_EMAIL/,
    ],
  ])('%s', async (_what, broken, words) => {
    const { code, out, err } = await deskhand(['doctor'], {
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      ...broken,
    });
    expect(code).toBe(1);
    expect(out).toMatch(words);
    expect(out + err).not.toMatch(/a-desk-token|\n\s+at /);
  });
});

test.each([
  ['no command at all', [], /Usage: deskhand/],
  ['an unknown option', ['server', '--port', '1'], /unknown option '--port'/],
  ['a word too many', ['worker', 'now'], /too many arguments/],
  ['an action without anybody', ['ticket', 'act', 'zendesk', '1', 'close'], /required option '--by <who>'/],
  [
    'a missing ticket',
    ['ticket', 'show', 'zendesk'],
    /missing required argument 'ticketId'\n\(deskhand ticket show --help shows what there is\)/,
  ],
  ['a stage that is none', ['ticket', 'list', '--stage', 'lost'], /Allowed choices are answering/],
  ['a desk that Deskhand does not know', ['connect', 'intercom'], /Allowed choices are zendesk/],
  [
    'neither a ticket nor --open',
    ['ticket', 'start', 'zendesk'],
    /missing required argument 'ticketId', or --open/,
  ],
  ['neither a desk nor --open', ['ticket', 'start'], /missing required argument 'desk', or --open/],
  [
    '--open without a desk, where nothing runs',
    ['ticket', 'start', '--open'],
    /There is no embedded desk in/,
  ],
  ['a desk in capitals', ['ticket', 'start', 'Zendesk', '1'], /must be the name of a desk/],
])('%s is told on one screen', async (_what, args, words) => {
  const { code, err } = await deskhand(args);
  expect(code).toBe(1);
  expect(err).toMatch(words);
  // With the line that the prompt is on.
  expect(err.split('\n').length).toBeLessThanOrEqual(24);
  expect(err).not.toMatch(/\n\s+at /);
});

test('two servers that start at once agree on one token', async () => {
  const stateDir = path.join(folder, 'two');
  const env = {
    DESKHAND_STATE_DIR: stateDir,
    DESKHAND_PORT: '0',
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
  };
  const both = [new Command(['server'], env), new Command(['server'], env)];
  try {
    const token = async (command: Command): Promise<number> => {
      const url = (await command.says(/http:\/\/\S+/)).trim();
      const kept = (await readFile(path.join(stateDir, 'api-token'), 'utf8')).trim();
      const { status } = await axios.get(`${url}/api/tickets`, {
        headers: { authorization: `Bearer ${kept}` },
        validateStatus: () => true,
      });
      return status;
    };
    expect(await Promise.all(both.map(token))).toEqual([200, 200]);
  } finally {
    for (const command of both) await command.stop('SIGTERM');
  }
});
