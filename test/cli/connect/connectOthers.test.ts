/**
 * Connect, break, doctor, mend on Freshdesk, Chatwoot and Gorgias: whatever an admin does to a piece that connect has made,
 * the doctor names it with its mend, and is content once that was done. Disconnecting leaves the account as it was.
 */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectDesk, type ConnectOptions } from '../../../src/cli/connect/connectDesk';
import { disconnectDesk } from '../../../src/cli/connect/disconnectDesk';
import { NotCheckedError } from '../../../src/cli/doctor/check';
import { describeConnection } from '../../../src/cli/doctor/doctorConnection';
import { webhookSecret } from '../../../src/cli/webhookSecret';
import { readSettings } from '../../../src/config/settings';
import { deskKinds } from '../../../src/helpdesk/deskKinds';
import { until } from '../../support/until';
import type { Answer } from '../../helpdesk/embedded/common/testDouble';
import { TestChatwoot } from '../../helpdesk/embedded/chatwoot/testChatwoot';
import { startCalledServer } from './calledServer';
import { talk } from './talk';
import { tried, type Change, type Double, type Records } from './triedDesks';

const publicUrl = 'http://127.0.0.1:9';
describe.each(tried)(
  '$desk',
  ({ desk: name, start, variables, lists, plan, breaks, renamed, refused, seen, left }) => {
    let double: Double;
    let stateDir: string;
    let env: Record<string, string>;
    let before: unknown;

    beforeAll(async () => {
      double = await start();
      stateDir = await mkdtemp(path.join(tmpdir(), 'deskhand-connect-'));
      env = { DESKHAND_STATE_DIR: stateDir, ...variables(double) };
      before = await everything();
    });
    afterAll(async () => {
      await double.stop();
      await rm(stateDir, { recursive: true, force: true });
    });

    const call = async (method: string, address: string, body?: unknown): Promise<Answer> => {
      const answer = await double.call(method, address, body);
      expect(answer.status).toBeLessThan(300);
      return answer;
    };
    const listed = async (list: string): Promise<Records> =>
      lists[list]?.((await call('GET', list)).body) ?? [];
    const everything = () => Promise.all(Object.keys(lists).map(listed));
    const change: Change = async (method, list, at, body) => {
      await call(method, `${list}/${(await listed(list))[at]?.id}`, body);
    };
    const connect = (options: ConnectOptions = {}) =>
      talk((from) => connectDesk(name, { yes: true, ...options }, from), env);
    const disconnect = (options: ConnectOptions = {}) =>
      talk((from) => disconnectDesk(name, { yes: true, ...options }, from), env);
    const doctor = () => {
      const settings = readSettings(env);
      if (settings.desk.kind === 'embedded') throw new Error('no desk is set');
      return describeConnection(settings, settings.desk);
    };
    const file = () => path.join(stateDir, `${name}-connection.json`);

    it('before it was connected, the doctor says what would make answers quick', async () => {
      expect(await doctor()).toMatch(new RegExp(`answers come with the poll.*"deskhand connect ${name}"`));
    });

    it('shows first what it will make, and makes nothing when it shall only look', async () => {
      const said = await connect({ publicUrl, dryRun: true });
      expect(said).toMatch(/^http:\/\/127\.0\.0\.1:\d+: we are Deskhand \(\w+\)\.\n {2}may {5}manage /);
      expect(said).toMatch(plan);
      expect(said).toMatch(/Nothing was written \(--dry-run\)/);
      expect(await everything()).toEqual(before);
    });

    it('a piece that was made while its answer was lost is found by the next run', async () => {
      const route = seen.replace('GET', 'POST');
      double.desk.faults.add({ route, times: 1, fault: { type: 'reset-after' } });
      await expect(connect({ publicUrl })).rejects.toThrow(/0 of \d steps were done: run/);
      expect((await everything())[0]).toHaveLength(1);
      expect(await connect({ publicUrl, dryRun: true })).toMatch(/leave {3}.*\n {2}create/);
    });

    it('without the right it says which, and how far it came; the next run goes on', async () => {
      const { route, words } = refused;
      double.desk.faults.add({ route, times: 1, fault: { type: 'status', status: 403 } });
      await expect(connect({ publicUrl })).rejects.toThrow(words);
      const said = await connect();
      expect(said).toMatch(/leave {3}.*\n {2}create/);
      expect(said).toMatch(left);
      expect(await doctor()).toMatch(new RegExp(` posts to ${publicUrl}/webhooks/${name}$`));
    });

    it('what it made calls when a customer writes, and the server takes the call', async () => {
      const server = await startCalledServer();
      await connect({ publicUrl: server.url });
      const { ticketId } = await double.people.customerOpens('Where is my order?');
      await double.people.customerWrites(ticketId, 'Is anybody there?');
      await until('two calls', () => Promise.resolve(server.calls.length >= 2 || null));
      const secret = (await webhookSecret(readSettings(env))) ?? '';
      const { read } = deskKinds[name].webhook;
      const hints = server.calls.flatMap(({ path: called, ...delivery }) => {
        expect(called).toBe(`/webhooks/${name}`);
        const reading = read(delivery, { secret, secretName: 'it', now: Date.now(), botUserId: null });
        expect(reading.type).not.toBe('refused');
        return reading.type === 'hint' ? [reading.ticketId] : [];
      });
      expect([...new Set(hints)]).toEqual([ticketId]);
      await server.stop();
      await connect({ publicUrl });
    });

    it('keeps the secret for its own user alone, shows it nowhere, and the server has it at once', async () => {
      expect((await stat(file())).mode & 0o777).toBe(0o600);
      const secret = (await webhookSecret(readSettings(env))) ?? '';
      expect(secret.length).toBeGreaterThan(20);
      expect(await readFile(file(), 'utf8')).toContain(secret);
      const said = await connect({ dryRun: true });
      expect(said).not.toContain(secret);
      expect(said).not.toContain(double.desk.credentials.token);
    });

    it('changes nothing the second time', async () => {
      const made = await everything();
      expect(await connect()).toMatch(/All of it is as it should be: nothing was written/);
      expect(await everything()).toEqual(made);
    });

    it.each(breaks)(
      'when $what, the doctor says so, and connecting again mends it',
      async ({ breakIt, words }) => {
        await breakIt(change);
        const secret = (await webhookSecret(readSettings(env))) ?? '';
        const told = await doctor().then(
          () => 'content',
          (error: unknown) => (error instanceof Error ? error.message : ''),
        );
        expect(told).toMatch(words);
        expect(told).not.toContain(secret);
        expect(await connect()).not.toContain(secret);
        expect(await doctor()).toMatch(/ posts to /);
      },
    );

    it('without the right to look, the doctor says that it has not checked, why, and who may', async () => {
      double.desk.faults.add({ route: seen, times: 1, fault: { type: 'status', status: 403 } });
      const refused: unknown = await doctor().catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(NotCheckedError);
      expect(String(refused)).toMatch(
        / posts to \S+, as it was connected; .* not shown: .*403.*key of an admin$/,
      );
    });

    it('knows what an admin has renamed', async () => {
      await renamed.to(change, 'As our team calls it');
      expect(await connect()).toMatch(/nothing was written/);
      expect(JSON.stringify(await everything())).toContain('As our team calls it');
      await renamed.to(change, renamed.from);
    });

    it('what it made is known without its notes as well', async () => {
      const made = await everything();
      await rm(file());
      await connect({ publicUrl });
      expect((await everything()).map((list) => list.map(({ id }) => id))).toEqual(
        made.map((list) => list.map(({ id }) => id)),
      );
    });

    it('a file that is damaged is named with the mend, and is none for the server', async () => {
      const text = await readFile(file(), 'utf8');
      await writeFile(file(), '{');
      await expect(connect()).rejects.toThrow(`delete it and run "deskhand connect ${name}" again`);
      expect(await webhookSecret(readSettings(env))).toBeNull();
      await writeFile(file(), text);
    });

    it('after all of that, disconnecting leaves the account as it was', async () => {
      expect(await disconnect({ dryRun: true })).toMatch(/remove {2}.*: Deskhand made it/);
      expect(await everything()).not.toEqual(before);
      expect(await disconnect()).toMatch(/Disconnected\. The poll goes on/);
      expect(await everything()).toEqual(before);
      expect(await doctor()).toMatch(/answers come with the poll/);
      expect(await disconnect()).toMatch(/Deskhand has made nothing here/);
    });
  },
);

describe('Chatwoot, beside that', () => {
  let double: TestChatwoot;
  let stateDir: string;
  let env: Record<string, string>;
  const start = async (botRole: 'agent' | 'administrator') => {
    double = await TestChatwoot.start({ botRole });
    stateDir = await mkdtemp(path.join(tmpdir(), 'deskhand-connect-'));
    env = {
      DESKHAND_STATE_DIR: stateDir,
      CHATWOOT_API_URL: double.desk.apiUrl,
      CHATWOOT_API_TOKEN: double.desk.credentials.token,
    };
  };
  afterEach(async () => {
    await double.stop();
    await rm(stateDir, { recursive: true, force: true });
  });
  const connect = () => talk((from) => connectDesk('chatwoot', { yes: true, publicUrl }, from), env);

  it('an agent who is no administrator is told so, and nothing is written', async () => {
    await start('agent');
    await expect(connect()).rejects.toThrow(
      /\(You are not authorized to do this action\); webhooks and labels need an administrator/,
    );
  });

  it('a webhook and a label that people made for Deskhand serve as well, and stay', async () => {
    await start('administrator');
    const subscriptions = [
      ...['conversation_updated', 'conversation_status_changed', 'message_updated', 'message_created'],
    ];
    const webhook = { url: `${publicUrl}/webhooks/chatwoot`, name: 'By hand', subscriptions };
    await double.call('POST', '/webhooks', { webhook });
    await double.call('POST', '/labels', { label: { title: 'deskhand_handed_off' } });
    const said = await connect();
    expect(said).toMatch(/leave {3}webhook "Deskhand" .*, which somebody else made and serves as well\n/);
    expect(said).toMatch(
      /change {2}label "deskhand_handed_off", which somebody else made and Deskhand takes over:/,
    );
    await talk((from) => disconnectDesk('chatwoot', { yes: true }, from), env);
    const { body } = await double.call('GET', '/webhooks');
    expect(body).toMatchObject({ payload: { webhooks: [{ name: 'By hand' }] } });
  });

  it("an agent bot's secret counts beside the webhook's, and one that was made anew is noticed", async () => {
    await start('administrator');
    await connect();
    const own = (await webhookSecret(readSettings(env))) ?? '';
    env['CHATWOOT_WEBHOOK_SECRET'] = 'the-secret-of-the-bot';
    const settings = readSettings(env);
    const { desk } = settings;
    if (desk.kind === 'embedded') throw new Error('no desk is set');
    expect(await webhookSecret(settings)).toBe(`the-secret-of-the-bot,${own}`);
    const file = path.join(stateDir, 'chatwoot-connection.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace(own, 'an-older-one'));
    await expect(describeConnection(settings, desk)).rejects.toThrow(/^the secret was made anew there/);
    await connect();
    expect(await describeConnection(settings, desk)).toMatch(/ posts to /);
  });
});
