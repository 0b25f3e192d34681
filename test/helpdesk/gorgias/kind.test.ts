/** A Gorgias in the settings: what it needs, what is said where something lacks, and which desk is opened. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readSettings, SettingsError } from '../../../src/config/settings';
import { startEmbeddedGorgias } from '../../../src/helpdesk/embedded/gorgias/startGorgias';
import { openHelpdesk, servedDesk } from '../../../src/helpdesk/openHelpdesk';
import { anyCall } from '../contract/deskUnderTest';

const gorgias = {
  GORGIAS_API_URL: 'https://acme.gorgias.com/api/',
  GORGIAS_EMAIL: 'deskhand@acme.example',
  GORGIAS_API_KEY: 'abcdef0123456789',
};

function mistakesOf(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
}

test('an account is its subdomain, and its tickets are on its own pages', async () => {
  const settings = readSettings({ ...gorgias, GORGIAS_WEBHOOK_SECRET: 'a-secret-of-the-header' });
  expect(settings).toMatchObject({
    desk: {
      ...{ kind: 'gorgias', apiUrl: 'https://acme.gorgias.com/api' },
      ...{ email: gorgias.GORGIAS_EMAIL, apiKey: gorgias.GORGIAS_API_KEY },
    },
    ...{ webhookSecret: 'a-secret-of-the-header', deskRequestsPerMinute: 100 },
  });
  expect(servedDesk(settings)).toEqual({ desk: 'gorgias', account: 'acme' });
  const desk = await openHelpdesk(settings);
  expect(desk).toMatchObject({ desk: 'gorgias', account: 'acme' });
  expect(desk.ticketUrl('7')).toBe('https://acme.gorgias.com/app/ticket/7');
});

test('the embedded one is opened by its credentials in the state folder', async () => {
  const stateDir = await mkdtemp(path.join(os.tmpdir(), 'deskhand-gorgias-'));
  const double = await startEmbeddedGorgias({ host: '127.0.0.1', port: 0, stateDir });
  try {
    const settings = readSettings({ DESKHAND_STATE_DIR: stateDir, DESKHAND_DESK: 'gorgias' });
    const desk = await openHelpdesk(settings);
    expect(await desk.whoAmI(anyCall())).toMatchObject({ name: 'Deskhand', role: 'agent' });
    expect(desk.ticketUrl('7')).toBe(`${double.url}/#/tickets/7`);
  } finally {
    await double.close();
    await rm(stateDir, { recursive: true, force: true });
  }
});

test.each<[string, Record<string, string>, RegExp]>([
  [
    'an address alone',
    { GORGIAS_API_URL: gorgias.GORGIAS_API_URL },
    /^GORGIAS_API_URL is set, but not how to sign in: .*GORGIAS_EMAIL.*GORGIAS_API_KEY.*Settings > You > REST API/,
  ],
  ['a key without its user', { ...gorgias, GORGIAS_EMAIL: '' }, /GORGIAS_EMAIL/],
  ['no address', { ...gorgias, GORGIAS_API_URL: '' }, /https:\/\/<your account>\.gorgias\.com\/api/],
  [
    'a user who is no address',
    { ...gorgias, GORGIAS_EMAIL: 'deskhand' },
    /^GORGIAS_EMAIL is "deskhand": .*e-mail/,
  ],
  [
    'a key with blanks',
    { ...gorgias, GORGIAS_API_KEY: 'my key' },
    /^GORGIAS_API_KEY is \(a secret, not shown\)/,
  ],
  [
    'a guessable secret',
    { ...gorgias, GORGIAS_WEBHOOK_SECRET: 'short' },
    /^GORGIAS_WEBHOOK_SECRET is \(a secret, not shown\): it must have at least 16 characters/,
  ],
])('%s: said with the mend', (_what, env, mistake) => {
  expect(mistakesOf(env)).toEqual([expect.stringMatching(mistake)]);
});
