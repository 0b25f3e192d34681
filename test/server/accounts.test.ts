/** A server of several accounts: each delivery, ticket and switch is one account's, and never another's. */
import axios from 'axios';
import { signZendeskWebhook } from '../../src/helpdesk/zendesk/webhook';
import type { ServedAccount } from '../../src/server/accounts';
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';
import { eventually, runServer, type TestServer } from './running';

const secrets = { acme: 'signing-secret-of-acme', bravo: 'signing-secret-of-bravo' };

function zendesk(account: keyof typeof secrets, more: Partial<ServedAccount> = {}): ServedAccount {
  return {
    ...{ desk: 'zendesk', account, secretName: `webhookSecret of ${account}` },
    webhookSecret: () => Promise.resolve(secrets[account]),
    botUserId: () => Promise.resolve(null),
    ...more,
  };
}

const charlie: ServedAccount = {
  ...{ desk: 'freshdesk', account: 'charlie', secretName: 'webhookSecret of charlie' },
  webhookSecret: () => Promise.resolve('header-secret-of-charlie'),
  botUserId: () => Promise.resolve(null),
};

let temporal: TestTemporal;
let server: TestServer;
beforeAll(async () => {
  temporal = await startTestTemporal();
  server = await runServer(temporal, {
    accounts: [
      zendesk('acme', { trouble: () => Promise.resolve(null) }),
      zendesk('bravo', { trouble: () => Promise.resolve('the credentials are refused') }),
      charlie,
    ],
  });
});
afterAll(async () => {
  await server.server.stop();
  await temporal.stop();
});

async function deliver(to: string, ticketId: string, secret: string) {
  const body = JSON.stringify({ ticket_id: ticketId });
  const timestamp = new Date().toISOString();
  const { status, data } = await axios.post<Record<string, unknown>>(`${server.server.url}${to}`, body, {
    validateStatus: () => true,
    headers: {
      'content-type': 'application/json',
      'x-zendesk-webhook-signature': signZendeskWebhook(secret, timestamp, Buffer.from(body)),
      'x-zendesk-webhook-signature-timestamp': timestamp,
      'x-deskhand-secret': secret,
    },
  });
  return { status, ...data };
}

const exists = (workflowId: string): Promise<boolean> =>
  temporal.client.workflow
    .getHandle(workflowId)
    .describe()
    .then(
      () => true,
      () => false,
    );

describe('webhooks', () => {
  test('each comes to its own address, under its own secret', async () => {
    expect(await deliver('/webhooks/zendesk/acme', '11', secrets.acme)).toMatchObject({
      status: 202,
      workflowId: 'ticket:zendesk:acme:11',
    });
    expect(await deliver('/webhooks/zendesk/bravo', '11', secrets.bravo)).toMatchObject({
      status: 202,
      workflowId: 'ticket:zendesk:bravo:11',
    });
  });

  test("signed with another account's secret it is refused, and starts nothing", async () => {
    const answer = await deliver('/webhooks/zendesk/acme', '12', secrets.bravo);
    expect(answer).toMatchObject({ status: 401, code: 'unauthorized' });
    expect(answer).toMatchObject({ detail: expect.stringContaining('webhookSecret of acme') as string });
    expect(await exists('ticket:zendesk:acme:12')).toBe(false);
    expect(await exists('ticket:zendesk:bravo:12')).toBe(false);
  });

  test('where a desk has one account here, its name may be left out', async () => {
    for (const to of ['/webhooks/freshdesk', '/webhooks/freshdesk/charlie']) {
      expect(await deliver(to, '13', 'header-secret-of-charlie')).toMatchObject({
        status: 202,
        workflowId: 'ticket:freshdesk:charlie:13',
      });
    }
  });

  test.each([
    ['/webhooks/zendesk', 'account-unknown', 'say which one, as in /webhooks/zendesk/acme'],
    ['/webhooks/zendesk/delta', 'account-unknown', 'the name that the file of accounts has'],
    ['/webhooks/freshdesk/acme', 'account-unknown', '/webhooks/freshdesk will do'],
    ['/webhooks/gorgias/acme', 'desk-unknown', 'no webhooks of Gorgias'],
  ])('%s is nobody’s: what it should be is said, and nobody’s name', async (to, code, mend) => {
    const answer = await deliver(to, '14', secrets.acme);
    expect(answer).toMatchObject({ status: 404, code });
    expect(answer).toMatchObject({ detail: expect.stringContaining(mend) as string });
    expect(JSON.stringify(answer)).not.toMatch(/bravo|charlie/);
  });
});

describe('tickets', () => {
  const start = (body: Record<string, string>) =>
    server.api.post<{ workflowId: string; errors: unknown; detail: string }>('/api/tickets', body);

  test('are of the account that is named', async () => {
    const { status, data } = await start({ desk: 'zendesk', account: 'bravo', ticketId: '21' });
    expect(status).toBe(202);
    expect(data.workflowId).toBe('ticket:zendesk:bravo:21');
    expect(await exists('ticket:zendesk:acme:21')).toBe(false);
  });

  test('where none is named and there are two, neither is taken', async () => {
    const { status, data } = await start({ desk: 'zendesk', ticketId: '22' });
    expect(status).toBe(422);
    expect(data.errors).toEqual([
      { path: 'body.account', message: 'must say which account is meant: acme, bravo', found: 'nothing' },
    ]);
  });

  test('where there is one, it is meant', async () => {
    expect((await start({ desk: 'freshdesk', ticketId: '23' })).data.workflowId).toBe(
      'ticket:freshdesk:charlie:23',
    );
  });

  test.each([
    [{ desk: 'zendesk', account: 'delta', ticketId: '24' }, 'no account delta; it has acme, bravo'],
    [{ desk: 'freshdesk', account: 'acme', ticketId: '24' }, 'no account acme; it has charlie'],
    [{ desk: 'gorgias', ticketId: '24' }, 'no desk gorgias; it has zendesk, freshdesk'],
  ])('%j: there is none such', async (body, words) => {
    const { status, data } = await start(body);
    expect(status).toBe(404);
    expect(data.detail).toContain(words);
  });

  test('a name that could not be one is no part of an id', async () => {
    expect((await start({ desk: 'zendesk', account: 'a:b', ticketId: '25' })).status).toBe(422);
  });

  test.each(['', '/decision'])('are shown under the account that is named%s', async (below) => {
    const show = (query: string) =>
      server.api.get<{ code: string }>(`/api/tickets/zendesk/99${below}${query}`);
    expect((await show('')).status).toBe(422);
    expect((await show('?account=delta')).data.code).toBe('account-unknown');
    expect((await show('?account=acme')).data.code).toBe('ticket-unknown');
    expect((await show('?acount=acme')).status).toBe(422);
  });

  test('are steered under the account that is named', async () => {
    const steer = (query: string) =>
      server.api.post<{ code: string }>(`/api/tickets/zendesk/99/actions${query}`, {
        ...{ action: 'take-over', by: 'maria' },
      });
    expect((await steer('')).status).toBe(422);
    expect((await steer('?account=bravo')).data.code).toBe('ticket-unknown');
  });

  test('are listed of all accounts, of a desk or of one', async () => {
    for (const account of ['acme', 'bravo']) await start({ desk: 'zendesk', account, ticketId: '31' });
    await start({ desk: 'freshdesk', ticketId: '31' });
    const list = async (query: string): Promise<string[]> => {
      const { data } = await server.api.get<{
        tickets: { desk: string; account: string; ticketId: string }[];
      }>(`/api/tickets${query}`);
      return data.tickets
        .filter(({ ticketId }) => ticketId === '31')
        .map(({ desk, account }) => `${desk}/${account}`)
        .sort();
    };
    const all = ['freshdesk/charlie', 'zendesk/acme', 'zendesk/bravo'];
    expect(await eventually(async () => ((await list('')).length === 3 ? list('') : null))).toEqual(all);
    expect(await list('?desk=zendesk')).toEqual(['zendesk/acme', 'zendesk/bravo']);
    expect(await list('?desk=zendesk&account=bravo')).toEqual(['zendesk/bravo']);
    expect(await list('?account=charlie')).toEqual(['freshdesk/charlie']);
    expect(await list('?account=delta')).toEqual([]);
  });
});

test('the switch of modes is an account’s', async () => {
  const modes = (query: string) => server.api.get<{ company: unknown; code: string }>(`/api/modes${query}`);
  expect((await modes('')).status).toBe(422);
  expect((await modes('?account=delta')).data.code).toBe('account-unknown');
  expect((await modes('?desk=freshdesk')).data.company).toBeNull();
  expect((await modes('?desk=zendesk&account=acme')).data.company).toBeNull();
});

test('readiness tells of each account, and one that is out is not all', async () => {
  const { data } = await server.anyone.get<{ ready: boolean; checks: { name: string; ok: boolean }[] }>(
    '/health/ready',
  );
  // No worker runs.
  expect(data.ready).toBe(false);
  expect(data.checks.map(({ name, ok }) => [name, ok])).toEqual([
    ['temporal', true],
    ['worker-tickets', false],
    ['worker-desk zendesk/acme', false],
    ['desk zendesk/acme', true],
    ['worker-desk zendesk/bravo', false],
    ['desk zendesk/bravo', false],
    ['worker-desk freshdesk/charlie', false],
  ]);
});
