import { RemoteFailure, failureOfStatus } from '../../src/remote/failures';
import type { Helpdesk } from '../../src/helpdesk/port';
import { createZendeskDesk } from '../../src/helpdesk/zendesk/createZendeskDesk';
import { watchAccount, type WatchedHelpdesk } from '../../src/helpdesk/watchAccount';
import type { LogFields, Logger } from '../../src/log/logger';
import { anyCall, openWire, type Wire } from './zendesk/wire';

interface Line {
  readonly level: string;
  readonly message: string;
  readonly fields: LogFields | undefined;
}

/** Answers every request with the status of its path, 200 when none is set. */
const statuses = new Map<string, number>();
const lines: Line[] = [];
let wire: Wire;
let desk: Helpdesk;
let watched: WatchedHelpdesk;

function remember(level: string): (message: string, fields?: LogFields) => void {
  return (message, fields) => void lines.push({ level, message, fields });
}
const logger: Logger = {
  debug: remember('debug'),
  info: remember('info'),
  warn: remember('warn'),
  error: remember('error'),
};

beforeAll(async () => {
  wire = await openWire(({ path }) => {
    const at = path.replace(/\?.*$/, '');
    const status = statuses.get(at) ?? 200;
    if (status !== 200) return { status };
    if (at === '/groups') return { body: { groups: [] } };
    if (at === '/users/me') return { body: { user: { id: 1, role: 'admin' } } };
    return { body: { tickets: [], after_cursor: 'c', end_of_stream: true } };
  });
  desk = createZendeskDesk({ ...wire.connection, account: 'acme', companyAddresses: [], ticketUrl: null });
});
beforeEach(() => {
  statuses.clear();
  lines.length = 0;
  watched = watchAccount(desk, logger);
});
afterAll(() => wire.close());

const askWho = (): Promise<unknown> => watched.whoAmI(anyCall()).catch((error: unknown) => error);
const askGroups = (): Promise<unknown> => watched.groupNames(anyCall()).catch((error: unknown) => error);
const poll = (): Promise<unknown> =>
  watched.changedTickets({ since: 0 }, anyCall()).catch((error: unknown) => error);

test('a desk that works is passed through in silence', async () => {
  expect(await askWho()).toEqual({ userId: '1', name: '', role: 'admin' });
  expect(await askGroups()).toEqual([]);
  expect(watched).toMatchObject({ desk: 'zendesk', account: 'acme' });
  expect(watched.ticketUrl('7')).toBe(desk.ticketUrl('7'));
  expect(watched.isRefused()).toBe(false);
  expect(lines).toEqual([]);
});

test('refused credentials are said once, with the mend, whatever is asked; the failure still reaches the caller', async () => {
  statuses.set('/users/me', 401).set('/groups', 401);
  expect(await askWho()).toMatchObject({ kind: 'unauthorized' });
  await askWho();
  await askGroups();
  expect(watched.isRefused()).toBe(true);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    level: 'error',
    fields: { desk: 'zendesk', account: 'acme', step: 'whoAmI', failure: 'unauthorized', status: 401 },
  });
  expect(lines[0]?.message).toMatch(
    /ZENDESK_API_URL, ZENDESK_EMAIL and ZENDESK_API_TOKEN, or ZENDESK_OAUTH_TOKEN/,
  );
  expect(lines[0]?.message).not.toContain('secret-token');
});

test('that they work again is said once, and a new refusal once more', async () => {
  statuses.set('/users/me', 401).set('/groups', 401);
  await askWho();
  await askGroups();
  statuses.clear();
  await askWho();
  await askGroups();
  expect(watched.isRefused()).toBe(false);
  expect(lines.map(({ level }) => level)).toEqual(['error', 'info']);
  statuses.set('/groups', 401);
  await askGroups();
  expect(lines.map(({ level }) => level)).toEqual(['error', 'info', 'error']);
});

test('a missing right is said once for what needs it, and other successes do not take it for mended', async () => {
  statuses.set('/groups', 403);
  for (let n = 0; n < 3; n += 1) {
    await askGroups();
    await askWho();
  }
  expect(lines).toHaveLength(1);
  expect(lines[0]?.message).toContain('the role that this needs');
  expect(watched.isRefused()).toBe(true);
  statuses.clear();
  await askGroups();
  expect(watched.isRefused()).toBe(false);
});

test('without the right to poll, the account still counts as working', async () => {
  statuses.set('/incremental/tickets/cursor', 403);
  await poll();
  await poll();
  expect(lines).toHaveLength(1);
  expect(lines[0]?.message).toContain('DESKHAND_POLL_SECONDS=0');
  expect(watched.isRefused()).toBe(false);
});

test('other failures are nothing to it: neither a refusal nor a proof that the credentials work', async () => {
  statuses.set('/users/me', 503);
  await askWho();
  expect(lines).toEqual([]);
  statuses.set('/users/me', 401);
  await askWho();
  statuses.set('/users/me', 503);
  await askWho();
  expect(watched.isRefused()).toBe(true);
  expect(lines).toHaveLength(1);
});

test('what a ticket is asked or told is watched as well', async () => {
  const refusal = failureOfStatus(
    'Zendesk',
    { status: 401, retryAfter: null, date: null },
    { special: null, reason: null },
    'ticket',
  );
  const refuse = (): Promise<never> => Promise.reject(refusal);
  for (const step of ['fetchTicket', 'applyUpdates', 'openFollowUp'] as const) {
    const refusing = watchAccount({ ...desk, [step]: refuse }, logger);
    const asking = {
      fetchTicket: () => refusing.fetchTicket('1', anyCall()),
      applyUpdates: () => refusing.applyUpdates('1', [], { kind: 'any' }, anyCall()),
      openFollowUp: () =>
        refusing.openFollowUp('1', { key: 'k', note: 'n', group: null, tags: [] }, anyCall()),
    }[step];
    await expect(asking()).rejects.toBeInstanceOf(RemoteFailure);
    expect(refusing.isRefused()).toBe(true);
  }
  expect(lines.map(({ fields }) => fields?.step)).toEqual(['fetchTicket', 'applyUpdates', 'openFollowUp']);
});

test.each([
  [401, 'check address, email and token, or oauthToken of acme in accounts.yaml'],
  [403, 'give the user of email or oauthToken of acme in accounts.yaml the role that this needs'],
])('where the account stands in a file, the mend of a %d is said by its keys', async (status, mend) => {
  statuses.set('/groups', status);
  watched = watchAccount(desk, logger, undefined, 'accounts.yaml');
  await askGroups();
  expect(lines[0]?.message).toContain(mend);
});
