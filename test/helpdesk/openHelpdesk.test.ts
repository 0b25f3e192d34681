import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readSettings } from '../../src/config/settings';
import { startEmbeddedZendesk } from '../../src/helpdesk/embedded/zendesk/desk';
import { embeddedTicketUrl } from '../../src/helpdesk/embedded/zendesk/tickets/ticketUrl';
import { startEmbeddedFreshdesk } from '../../src/helpdesk/embedded/freshdesk/startFreshdesk';
import { accountOf } from '../../src/helpdesk/deskKinds';
import { longestSettleMs } from '../../src/helpdesk/port';
import { openHelpdesk, servedDesk } from '../../src/helpdesk/openHelpdesk';
import { anyCall } from './zendesk/wire';

let stateDir: string;
beforeEach(async () => {
  stateDir = await mkdtemp(path.join(os.tmpdir(), 'deskhand-open-'));
});
afterEach(() => rm(stateDir, { recursive: true, force: true }));

test.each([
  ['https://acme.zendesk.com/api/v2', 'acme'],
  ['https://acme-eu.zendesk.com/api/v2', 'acme-eu'],
  ['https://support.acme.example/api/v2', 'support.acme.example'],
  ['http://localhost:8080/api/v2', 'localhost-8080'],
  ['http://[::1]:8080/api/v2', '1-8080'],
  ['https://a.b.zendesk.com/api/v2', 'a.b.zendesk.com'],
  ['https://ACME.zendesk.com/api/v2', 'acme'],
  ['https://acme.freshdesk.com/api/v2', 'acme'],
])('the account of %s is %s', (apiUrl, account) => {
  expect(accountOf(apiUrl)).toBe(account);
  expect(accountOf(apiUrl)).not.toContain(':');
});

test('a Zendesk in the settings is that Zendesk', async () => {
  const desk = await openHelpdesk(
    readSettings({ ZENDESK_API_URL: 'https://acme.zendesk.com/api/v2/', ZENDESK_OAUTH_TOKEN: 'abc' }),
  );
  expect(desk).toMatchObject({ desk: 'zendesk', account: 'acme' });
  expect(desk.ticketUrl('7')).toBe('https://acme.zendesk.com/agent/tickets/7');
});

test('a Freshdesk in the settings is that Freshdesk', async () => {
  const settings = readSettings({
    FRESHDESK_API_URL: 'https://acme.freshdesk.com/api/v2/',
    FRESHDESK_API_KEY: 'abcdef',
  });
  const desk = await openHelpdesk(settings);
  expect(desk).toMatchObject({ desk: 'freshdesk', account: 'acme' });
  expect(servedDesk(settings)).toEqual({ desk: 'freshdesk', account: 'acme' });
  expect(desk.ticketUrl('7')).toBe('https://acme.freshdesk.com/a/tickets/7');
});

test.each([
  ['FRESHDESK_API_URL', 'https://acme.freshdesk.com/api/v2', { FRESHDESK_API_KEY: 'abcdef' }],
  [
    'GORGIAS_API_URL',
    'https://acme.gorgias.com/api',
    { GORGIAS_EMAIL: 'bot@acme.example', GORGIAS_API_KEY: 'abcdef' },
  ],
  ['CHATWOOT_API_URL', 'https://chat.acme.example/api/v1/accounts/7', { CHATWOOT_API_TOKEN: 'abcdef' }],
])(
  'what comes late to the desk of %s is waited for, no longer than the longest',
  async (key, url, signIn) => {
    const { settleMs = 0 } = await openHelpdesk(readSettings({ [key]: url, ...signIn }));
    expect(settleMs).toBeGreaterThan(10_000);
    expect(settleMs).toBeLessThanOrEqual(longestSettleMs);
  },
);

test('without one it is the embedded desk that is asked for, each in a folder of its own', async () => {
  const options = { host: '127.0.0.1', port: 0, stateDir };
  const [zendesk, freshdesk] = await Promise.all([
    startEmbeddedZendesk(options),
    startEmbeddedFreshdesk(options),
  ]);
  try {
    const settings = readSettings({ DESKHAND_STATE_DIR: stateDir, DESKHAND_DESK: 'freshdesk' });
    const desk = await openHelpdesk(settings);
    expect(desk).toMatchObject({ desk: 'freshdesk', account: 'demo' });
    expect(servedDesk(settings)).toEqual({ desk: 'freshdesk', account: 'demo' });
    expect(await desk.whoAmI(anyCall())).toMatchObject({ name: 'Deskhand', role: 'support_agent' });
    expect(desk.ticketUrl('7')).toBe(embeddedTicketUrl(freshdesk.url, '7'));
  } finally {
    await Promise.all([zendesk.close(), freshdesk.close()]);
  }
});

test('without one it is the embedded desk of the state folder, signed in as the bot', async () => {
  const embedded = await startEmbeddedZendesk({ host: '127.0.0.1', port: 0, stateDir });
  try {
    const desk = await openHelpdesk(readSettings({ DESKHAND_STATE_DIR: stateDir }));
    expect(desk).toMatchObject({ desk: 'zendesk', account: 'demo' });
    expect(await desk.whoAmI(anyCall())).toMatchObject({ name: 'Deskhand' });
    expect(desk.ticketUrl('7')).toBe(embeddedTicketUrl(embedded.url, '7'));
  } finally {
    await embedded.close();
  }
});

test('an embedded desk that was never started is said with the mend', async () => {
  await expect(openHelpdesk(readSettings({ DESKHAND_STATE_DIR: stateDir }))).rejects.toThrow(/deskhand desk/);
});
