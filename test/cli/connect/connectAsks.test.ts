/** What `deskhand connect zendesk` asks for, and whom it refuses: on one account, on which nothing is left behind. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deskConnectionFile } from '../../../src/config/deskConnection';
import { readSettings } from '../../../src/config/settings';
import { webhookSecret } from '../../../src/cli/webhookSecret';
import { agents } from '../../helpdesk/embedded/zendesk/harness';
import { Connecting } from './connectHarness';

let run: Connecting;
let usual: Record<string, string>;
let tests = 0;
beforeAll(async () => {
  run = await Connecting.start();
  usual = run.env;
});
beforeEach(() => {
  run.env = { ...usual, DESKHAND_STATE_DIR: path.join(run.stateDir, String((tests += 1))) };
});
afterEach(async () => {
  for (const { id } of await run.webhooks()) await run.desk.call('DELETE', `/api/v2/webhooks/${id}`);
  for (const { id } of await run.views()) await run.desk.call('DELETE', `/api/v2/views/${id}`);
});
afterAll(() => run.stop());

const connectionFile = () => deskConnectionFile(readSettings(run.env));

describe('asking', () => {
  it('asks for what nothing says, shows no token, and does nothing without a yes', async () => {
    const { ZENDESK_API_TOKEN: token = '', ...env } = run.env;
    run.env = env;
    const asked = { answers: [token, 'no'] };
    await expect(run.connect({ yes: false }, asked)).rejects.toThrow('Nothing was done.');
    expect(await run.webhooks()).toEqual([]);
    const said = await run.connect({ yes: false }, { answers: [token, 'y'] });
    expect(said).toMatch(/Set ZENDESK_API_TOKEN=\(what you typed\)/);
    expect(said).not.toContain(token);
    expect(await run.webhooks()).toHaveLength(1);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['the account', ['ZENDESK_API_URL'], /name the account \(--url/],
    ['the address', ['ZENDESK_EMAIL'], /set ZENDESK_EMAIL/],
    ['the token', ['ZENDESK_API_TOKEN'], /set ZENDESK_API_TOKEN, or ZENDESK_OAUTH_TOKEN/],
  ])('says how to give %s where nobody can be asked', async (_what, unset, words) => {
    run.env = Object.fromEntries(Object.entries(run.env).filter(([name]) => !unset.includes(name)));
    await expect(run.connect()).rejects.toThrow(words);
  });

  it('writes nothing unseen where nobody can be asked', async () => {
    await expect(run.connect({ yes: false })).rejects.toThrow(/give --yes, or --dry-run/);
    expect(await run.webhooks()).toEqual([]);
  });

  it('says that flag and environment name two accounts', async () => {
    await expect(run.connect({ url: 'acme' })).rejects.toThrow(
      /--url means https:\/\/acme\.zendesk\.com\/api\/v2, but ZENDESK_API_URL is/,
    );
  });
});

describe('who may not', () => {
  it.each<[string, string, RegExp]>([
    ['an agent', agents.nora, /webhooks need an admin, or a role that may manage webhooks/],
    ['a customer', 'ann@example.com', /is a customer there: Deskhand needs an agent/],
    ['a stranger', 'nobody@example.com', /does not accept the credentials/],
  ])('%s is told what lacks, and nothing is written', async (_who, email, words) => {
    await run.desk.newTicket();
    run.env['ZENDESK_EMAIL'] = email;
    await expect(run.connect()).rejects.toThrow(words);
    expect(await run.webhooks()).toEqual([]);
  });

  it('another account has no room in this state folder', async () => {
    await run.connect();
    const file = connectionFile();
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(run.desk.desk.apiUrl, 'https://other.zendesk.com/api/v2'));
    await expect(run.connect()).rejects.toThrow(
      /belongs to https:\/\/other\.zendesk\.com.*DESKHAND_STATE_DIR/,
    );
  });

  it('a damaged file is named with the mend, and is none for the server', async () => {
    await mkdir(path.dirname(connectionFile()), { recursive: true });
    await writeFile(connectionFile(), '{"apiUrl":');
    await expect(run.connect()).rejects.toThrow(/delete it and run "deskhand connect zendesk" again/);
    expect(await webhookSecret(readSettings(run.env))).toBeNull();
  });
});

describe('a desk that has had too many requests', () => {
  const tooMany = { type: 'status', status: 429 } as const;
  afterEach(() => run.desk.desk.faults.clear());

  it('is waited for, at each look and each step, and told so', async () => {
    for (const route of ['GET /api/v2/users/me', 'GET /api/v2/views', 'POST /api/v2/webhooks']) {
      run.desk.desk.faults.add({ route, times: 1, fault: { ...tooMany, retryAfter: 1 } });
    }
    const said = await run.connect();
    expect(said.match(/wait {4}the desk has had too many requests: it goes on in 1 s/g)).toHaveLength(3);
    expect(await run.webhooks()).toHaveLength(1);
  });

  it('that asks for an hour is not, and what was done is told', async () => {
    run.desk.desk.faults.add({
      route: 'POST /api/v2/views',
      times: 1,
      fault: { ...tooMany, retryAfter: 3_600 },
    });
    await expect(run.connect()).rejects.toThrow(/too many requests[^]*1 of 4 steps were done/);
    expect(await run.connectAgain()).not.toContain('wait    ');
  });

  it('is not waited for by somebody who wants to stop', async () => {
    run.desk.desk.faults.add({ route: 'GET /api/v2/views', times: 1, fault: { ...tooMany, retryAfter: 60 } });
    await expect(run.connect({}, { isStopped: () => true })).rejects.toThrow(
      'Stopped while the desk was waited for',
    );
    expect(await run.webhooks()).toEqual([]);
  });
});
