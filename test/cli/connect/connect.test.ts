/** `deskhand connect zendesk`: shows, does, does no more the second time, mends what drifted, and is undone exactly. */
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { deskConnectionFile, readDeskConnection } from '../../../src/config/deskConnection';
import { readSettings, readSettingsOf, type Settings } from '../../../src/config/settings';
import { describeConnection } from '../../../src/cli/doctor/doctorConnection';
import { webhookSecret } from '../../../src/cli/webhookSecret';
import type { ConnectedDesk } from '../../../src/helpdesk/deskKinds';
import { readZendeskWebhook } from '../../../src/helpdesk/zendesk/webhook';
import { agents, idsIn, until } from '../../helpdesk/embedded/zendesk/harness';
import { startReceiver } from '../../helpdesk/embedded/zendesk/webhookReceiver';
import { until as eventually } from '../../support/until';
import { Connecting } from './connectHarness';

let run: Connecting;
beforeEach(async () => {
  run = await Connecting.start();
});
afterEach(() => run.stop());

const connectionFile = () => deskConnectionFile(readSettings(run.env));
const kept = () => readDeskConnection(readSettings(run.env));
const keptWebhook = async () => (await kept())?.pieces.find(({ kind }) => kind === 'webhook')?.id;
const endpoint = 'http://127.0.0.1:9/webhooks/zendesk';

describe('connecting', () => {
  it('makes a webhook whose deliveries the server takes at once, without a secret being set', async () => {
    const receiver = await startReceiver();
    try {
      const said = await run.connect({ publicUrl: new URL(receiver.url).origin });
      expect(said).toMatch(/we are Deskhand \(admin\)/);
      expect(said).toMatch(/create {2}webhook "Deskhand" to http.*\/webhooks\/zendesk\n/);
      expect(said).toMatch(/created webhook "Deskhand"/);
      const ticketId = await run.desk.newTicket();
      await until(() => receiver.types().includes('created'), 'the event');
      const secret = (await webhookSecret(readSettings(run.env))) ?? '';
      const [first] = receiver.received;
      const reading = readZendeskWebhook(
        { rawBody: Buffer.from(first?.body ?? ''), header: (name) => String(first?.headers[name]) },
        { secret, secretName: 'its secret', now: Date.now(), botUserId: null },
      );
      expect(reading).toMatchObject({ type: 'hint', ticketId });
      expect(said).not.toContain(secret);
    } finally {
      await receiver.stop();
    }
  });

  it('keeps the signing secret for its own user alone, and of this account alone', async () => {
    await run.connect();
    expect((await stat(connectionFile())).mode & 0o777).toBe(0o600);
    expect(await kept()).toMatchObject({
      apiUrl: run.desk.desk.apiUrl,
      publicUrl: 'http://127.0.0.1:9',
    });
    const other = { ...run.env, ZENDESK_API_URL: 'https://other.zendesk.com/api/v2' };
    expect(await webhookSecret(readSettings(other))).toBeNull();
    const set = { ...run.env, ZENDESK_WEBHOOK_SECRET: 'set-by-hand' };
    expect(await webhookSecret(readSettings(set))).toBe('set-by-hand');
  });

  it('changes nothing the second time, and needs to be told the address no more', async () => {
    await run.connect();
    const [before, file] = [await run.webhooks(), await kept()];
    const said = await run.connectAgain();
    expect(said).toMatch(/leave {3}webhook/);
    expect(said).toMatch(/nothing was written/);
    expect(await run.webhooks()).toEqual(before);
    expect(await kept()).toEqual(file);
  });

  it('writes nothing when it shall only look', async () => {
    expect(await run.connect({ dryRun: true })).toMatch(/create {2}webhook[^]*Nothing was written/);
    expect(await run.webhooks()).toEqual([]);
    expect(await kept()).toBeNull();
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['was switched off', { status: 'inactive' }, /status is inactive, shall be active/],
    [
      'points elsewhere',
      { endpoint: 'https://old.example/hook' },
      /endpoint is https:\/\/old\.example\/hook/,
    ],
    [
      'lost its events',
      { subscriptions: ['zen:event-type:ticket.created', 'zen:event-type:ticket.type_changed'] },
      /subscriptions: 12 missing, 1 too many/,
    ],
  ])('mends a webhook that %s, by as little as it takes', async (_what, broken, words) => {
    await run.connect();
    const [before] = await run.webhooks();
    await run.desk.call('PATCH', `/api/v2/webhooks/${before?.id}`, {
      webhook: { ...broken, name: 'Renamed' },
    });
    expect(await run.connect()).toMatch(words);
    expect(await run.webhooks()).toEqual([
      { ...before, name: 'Renamed', updated_at: expect.any(String) as unknown },
    ]);
  });

  it('makes a deleted webhook anew and keeps its new secret', async () => {
    await run.connect();
    const [before, deleted] = [await kept(), await keptWebhook()];
    await run.desk.call('DELETE', `/api/v2/webhooks/${deleted}`);
    await run.connect();
    expect(await keptWebhook()).not.toBe(deleted);
    expect((await kept())?.secret).not.toBe(before?.secret);
    expect(await run.webhooks()).toMatchObject([{ id: await keptWebhook(), endpoint }]);
  });

  it('takes up a new signing secret', async () => {
    await run.connect();
    const before = await kept();
    await run.desk.call('POST', `/api/v2/webhooks/${await keptWebhook()}/signing_secret`);
    expect(await run.connect()).toMatch(/write {3}.*zendesk-connection\.json/);
    expect((await kept())?.secret).not.toBe(before?.secret);
  });

  it('finishes what was half done: the webhook was made, its answer was lost', async () => {
    run.desk.desk.faults.add({ route: 'POST /api/v2/webhooks', times: 1, fault: { type: 'reset-after' } });
    await expect(run.connect()).rejects.toThrow(
      /0 of 4 steps were done: run "deskhand connect zendesk" again/,
    );
    expect(await kept()).toBeNull();
    expect(await run.connect()).toMatch(/leave {3}webhook/);
    expect(await run.webhooks()).toMatchObject([{ id: await keptWebhook() }]);
  });

  it('has the secret although a view fails after it, and the next run makes the views', async () => {
    const post = 'POST /api/v2/views';
    run.desk.desk.faults.add({ route: post, times: 1, fault: { type: 'status', status: 422 } });
    await expect(run.connect()).rejects.toThrow(/Zendesk answered 422[^]*1 of 4 steps were done/);
    const before = await kept();
    expect(await keptWebhook()).toBe((await run.webhooks())[0]?.id);
    expect(await run.connectAgain()).toMatch(/leave {3}webhook/);
    expect(await run.views()).toHaveLength(3);
    expect(await kept()).toMatchObject({ secret: before?.secret, pieces: { length: 4 } });
  });

  it('takes away a twin, and leaves what people made', async () => {
    await run.connect();
    const [ours] = await run.webhooks();
    for (const description of [ours?.['description'], 'by hand']) {
      const webhook = { ...ours, name: 'Another', endpoint, description };
      expect(await run.desk.call('POST', '/api/v2/webhooks', { webhook })).toMatchObject({ status: 201 });
    }
    const said = await run.connect();
    expect(said).toMatch(/note .*"Another".*was not made by connect: it stays/);
    expect(said).toMatch(/remove {2}webhook ".*: it is there twice/);
    expect((await run.webhooks()).map(({ description }) => description)).toEqual([
      ours?.['description'],
      'by hand',
    ]);
  });

  it('begins no further step after Ctrl-C, and says how far it came', async () => {
    await expect(run.connect({}, { isStopped: () => true })).rejects.toThrow(
      /Stopped\. 0 of 4 steps were done/,
    );
    expect(await run.webhooks()).toEqual([]);
  });
});

describe('the views of the team', () => {
  it('show what Deskhand has handed over, has drafted, or is late with, by its tags', async () => {
    await run.connect();
    const inView = async (title: string) => {
      const id = (await run.views()).find((view) => view.title === title)?.id;
      return idsIn(await run.desk.get(`/api/v2/views/${id}/tickets`), 'tickets');
    };
    const [handed, drafted, solved] = [
      await run.desk.newTicket(),
      await run.desk.newTicket(),
      await run.desk.newTicket(),
    ];
    await run.desk.put(handed, { tags: ['vip', 'deskhand_handed_off', 'deskhand_sla_breached'] });
    await run.desk.put(drafted, { tags: ['deskhand_approval'] });
    await run.desk.put(solved, { tags: ['deskhand_handed_off'], status: 'solved' });
    expect(await inView('Handed over by Deskhand')).toEqual([Number(handed)]);
    expect(await inView('Drafts of Deskhand waiting')).toEqual([Number(drafted)]);
    expect(await inView('Late, says Deskhand')).toEqual([Number(handed)]);
  });

  it('are mended and keep the name that an admin gave them; one that was deleted is made anew', async () => {
    await run.connect();
    const [first, second] = await run.views();
    const all = [{ field: 'status', operator: 'is', value: 'solved' }];
    await run.desk.call('PUT', `/api/v2/views/${first?.id}`, { view: { title: 'For us', all } });
    await run.desk.call('DELETE', `/api/v2/views/${second?.id}`);
    expect(await run.connectAgain()).toMatch(/change {2}view .*: conditions was changed\n {2}create {2}view/);
    const after = await run.views();
    expect(after.find(({ id }) => id === first?.id)).toMatchObject({
      title: 'For us',
      conditions: first?.['conditions'],
    });
    expect(after).toHaveLength(3);
    expect(await run.connectAgain()).toMatch(/nothing was written/);
  });

  it('are left out where nobody wants them, and go when Deskhand goes; those of others stay', async () => {
    await run.connect({ views: false });
    expect(await run.views()).toEqual([]);
    const all = [{ field: 'status', operator: 'is', value: 'open' }];
    await run.desk.call('POST', '/api/v2/views', { view: { title: 'Theirs', all } });
    await run.connectAgain();
    expect(await run.views()).toHaveLength(4);
    await run.disconnect();
    expect((await run.views()).map(({ title }) => title)).toEqual(['Theirs']);
  });
});

describe('one of several accounts', () => {
  const connectionOf = ({ desk }: Settings): ConnectedDesk => {
    if (desk.kind === 'embedded') throw new Error('it is no Zendesk');
    return desk;
  };

  const other = 'https://bravo.freshdesk.com/api/v2';
  beforeEach(async () => {
    const file = path.join(run.stateDir, 'accounts.yaml');
    const { apiUrl, email, token } = run.desk.desk.credentials;
    await writeFile(
      file,
      `accounts:
  - { name: acme, desk: zendesk, address: ${apiUrl}, email: ${email}, token: { env: ACME_TOKEN } }
  - { name: bravo, desk: freshdesk, address: ${other}, apiKey: { env: ACME_TOKEN } }
`,
    );
    run.env = { DESKHAND_STATE_DIR: run.stateDir, DESKHAND_ACCOUNTS: file, ACME_TOKEN: token };
  });

  it('gets a webhook at an address of its own, and keeps its secret beside the others', async () => {
    const said = await run.connect();
    expect(await run.webhooks()).toMatchObject([{ endpoint: 'http://127.0.0.1:9/webhooks/zendesk/acme' }]);
    const settings = readSettingsOf('zendesk', run.env);
    expect(deskConnectionFile(settings)).toBe(path.join(run.stateDir, 'zendesk-connection.acme.json'));
    const secret = await webhookSecret(settings);
    expect(secret).toMatch(/\S/);
    expect(said).not.toContain(secret);
    expect(await describeConnection(settings, connectionOf(settings))).toMatch(/nothing delivered yet/);
    await run.disconnect();
    expect(await run.webhooks()).toEqual([]);
    expect(await webhookSecret(settings)).toBeNull();
  });

  it.each([
    ['freshdesk/bravo', {}, 'There is no account "freshdesk/bravo"'],
    [
      'acme',
      { url: 'https://other.zendesk.com' },
      '--url means https://other.zendesk.com/api/v2, but acme is at',
    ],
  ])('%s with %j: is said to be no such account', async (account, options, words) => {
    run.env['DESKHAND_ACCOUNT'] = account;
    await expect(run.connect(options)).rejects.toThrow(words);
    expect(await run.webhooks()).toEqual([]);
  });
});

describe('the doctor', () => {
  const settled = async (count: number) =>
    eventually('what became of the deliveries', async () => {
      const id = await keptWebhook();
      const { body } = await run.desk.get(`/api/v2/webhooks/${id}/invocations`);
      return z.object({ invocations: z.array(z.unknown()) }).parse(body).invocations.length === count || null;
    });
  it('finds deliveries that fail, and is content with the first that arrives', async () => {
    const receiver = await startReceiver();
    await run.connect({ publicUrl: new URL(receiver.url).origin });
    receiver.replies.push(500, 500);
    await run.desk.newTicket();
    await settled(2);
    await expect(run.doctor()).rejects.toThrow(
      /the latest 2 deliveries failed \(server error\): look whether/,
    );
    await run.desk.customerWrites('1', 'Hello?');
    await settled(3);
    expect(await run.doctor()).toMatch(/last delivered at \d{4}-/);
    await receiver.stop();
  });

  it("finds another webhook's secret", async () => {
    await run.connect();
    run.env['ZENDESK_WEBHOOK_SECRET'] = 'of-another';
    await expect(run.doctor()).rejects.toThrow(
      /ZENDESK_WEBHOOK_SECRET is not the signing secret of the webhook "Deskhand"/,
    );
  });

  it('knows a webhook that was made by hand by its secret', async () => {
    await run.connect();
    run.env['ZENDESK_WEBHOOK_SECRET'] = (await kept())?.secret ?? '';
    run.env['DESKHAND_STATE_DIR'] = `${run.stateDir}/another`;
    expect(await run.doctor()).toMatch(/webhook "Deskhand" posts to/);
    run.env['ZENDESK_WEBHOOK_SECRET'] = 'of-none';
    await expect(run.doctor()).rejects.toThrow(/no webhook of the account has the secret/);
  });

  it('says how to get one where there is none, which is no failure; but a poll without the right is', async () => {
    expect(await run.doctor()).toMatch(/no webhook, so that answers come with the poll/);
    run.env['ZENDESK_EMAIL'] = agents.nora;
    await expect(run.doctor()).rejects.toThrow(
      /^the poll may not ask what changed: make Deskhand's user an admin/,
    );
    run.env['DESKHAND_POLL_SECONDS'] = '0';
    expect(await run.doctor()).toMatch(/no webhook/);
  });
});

describe('disconnecting', () => {
  it('takes away what was made and nothing else, whatever it is called by now', async () => {
    const made = { name: 'by hand', endpoint, http_method: 'POST', request_format: 'json' };
    const webhook = { ...made, subscriptions: ['zen:event-type:ticket.created'] };
    const { body } = await run.desk.call('POST', '/api/v2/webhooks', { webhook });
    const theirs = z.object({ webhook: z.unknown() }).parse(body).webhook;
    await run.connect();
    const id = await keptWebhook();
    await run.desk.call('PATCH', `/api/v2/webhooks/${id}`, { webhook: { name: 'Renamed' } });
    expect(await run.disconnect({ dryRun: true })).toMatch(/remove {2}webhook "Renamed"/);
    expect(await run.webhooks()).toHaveLength(2);
    expect(await run.disconnect()).toMatch(/removed webhook "Renamed"[^]*Disconnected/);
    expect(await run.webhooks()).toEqual([theirs]);
    expect(await kept()).toBeNull();
  });

  it('finds what it made without its own notes, and has nothing to do after that', async () => {
    await run.connect();
    await writeFile(connectionFile(), '');
    await expect(run.disconnect()).rejects.toThrow(/delete it/);
    run.env['DESKHAND_STATE_DIR'] = `${run.stateDir}/another`;
    expect(await run.disconnect()).toMatch(/removed webhook/);
    expect(await run.disconnect()).toMatch(/nothing was done/);
  });
});
