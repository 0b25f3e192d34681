/** Which account is meant, and where a desk may post to. */
import { PassThrough } from 'node:stream';
import { apiUrlOf } from '../../../src/cli/connect/apiUrlOf';
import { askSecret } from '../../../src/cli/connect/ask';
import { deskTarget } from '../../../src/cli/connect/deskTarget';
import { publicUrlOf } from '../../../src/cli/connect/publicUrl';
import type { DeskName } from '../../../src/helpdesk/deskNames';

const nobody = { input: new PassThrough(), output: new PassThrough() };
const acme = 'https://acme.zendesk.com/api/v2';

it.each([
  ['acme', acme],
  ['Acme', acme],
  ['acme.zendesk.com', acme],
  ['https://acme.zendesk.com', acme],
  [' https://acme.zendesk.com/agent/tickets/1 ', acme],
  ['https://acme.zendesk.com/api/v2/', acme],
  ['http://127.0.0.1:4610', 'http://127.0.0.1:4610/api/v2'],
])('%j means %s', (given, apiUrl) => {
  expect(apiUrlOf('zendesk', given)).toBe(apiUrl);
});

it.each<[DeskName, string, string]>([
  ['freshdesk', 'acme', 'https://acme.freshdesk.com/api/v2'],
  ['freshdesk', 'https://acme.freshdesk.com/a/tickets', 'https://acme.freshdesk.com/api/v2'],
  ['gorgias', 'acme.gorgias.com', 'https://acme.gorgias.com/api'],
  ['chatwoot', 'chat.acme.example/api/v1/accounts/2/', 'https://chat.acme.example/api/v1/accounts/2'],
])('at %s %j means %s', (desk, given, apiUrl) => {
  expect(apiUrlOf(desk, given)).toBe(apiUrl);
});

it.each(['', 'acme zendesk', 'https://', 'https://[x'])('%j is no account', (given) => {
  expect(() => apiUrlOf('zendesk', given)).toThrow(
    /is no address of a Zendesk account: write it as https:\/\/acme/,
  );
});

it.each([
  ['https://deskhand.acme.example', 'https://deskhand.acme.example'],
  [' https://deskhand.acme.example// ', 'https://deskhand.acme.example'],
  ['https://acme.example/deskhand/', 'https://acme.example/deskhand'],
  ['https://acme.example:8443', 'https://acme.example:8443'],
])('Zendesk may post below %j', (given, publicUrl) => {
  expect(publicUrlOf(given, acme)).toBe(publicUrl);
});

it.each<[string, RegExp]>([
  ['deskhand', /no web address/],
  ['', /no web address/],
  ['http://deskhand.acme.example', /is not https: customers' words would travel readable/],
  ['https://localhost:4600', /this machine's own: the desk cannot reach it/],
  ['https://127.0.0.1', /this machine's own/],
  ['https://[::1]', /this machine's own/],
  ['https://acme.example/webhooks/zendesk', /\/webhooks and the desk are added to it/],
  ['https://acme.example/?a=b', /has more than host and folder/],
  ['https://me:secret@acme.example', /has more than host and folder/],
])('Zendesk may not post below %j', (given, words) => {
  expect(() => publicUrlOf(given, acme)).toThrow(words);
});

it('a desk on this machine may post to this machine', () => {
  expect(publicUrlOf('http://127.0.0.1:4600', 'http://127.0.0.1:4610/api/v2')).toBe('http://127.0.0.1:4600');
});

it('the environment alone is enough; flag and environment may say the same', async () => {
  const env = { ZENDESK_API_URL: acme, ZENDESK_OAUTH_TOKEN: 'token' };
  const { desk, toSet } = await deskTarget('zendesk', { url: 'acme' }, env, nobody);
  expect(desk).toEqual({ kind: 'zendesk', apiUrl: acme, auth: { type: 'oauth', token: 'token' } });
  expect(toSet).toEqual([]);
});

it('what the environment lacks is named, so that the server gets it as well', async () => {
  const env = { ZENDESK_EMAIL: 'bot@acme.example', ZENDESK_API_TOKEN: 'token' };
  expect((await deskTarget('zendesk', { url: 'acme' }, env, nobody)).toSet).toEqual(['ZENDESK_API_URL']);
});

it.each<[string, DeskName, Record<string, string>, string]>([
  [
    'the account',
    'freshdesk',
    {},
    'name the account (--url https://acme.freshdesk.com, or FRESHDESK_API_URL)',
  ],
  [
    'the key',
    'freshdesk',
    { FRESHDESK_API_URL: 'https://acme.freshdesk.com/api/v2' },
    'set FRESHDESK_API_KEY',
  ],
  ['the address', 'gorgias', { GORGIAS_API_URL: 'https://acme.gorgias.com/api' }, 'set GORGIAS_EMAIL'],
  [
    'the account',
    'chatwoot',
    {},
    'name the account (--url https://<your Chatwoot>/api/v1/accounts/<number>, or',
  ],
])('says how to give %s of %s where nobody can be asked', async (_what, desk, env, words) => {
  await expect(deskTarget(desk, {}, env, nobody)).rejects.toThrow(words);
});

it('other settings that are wrong are told as ever', async () => {
  const env = { ZENDESK_OAUTH_TOKEN: 'token', FRESHDESK_API_URL: 'https://acme.freshdesk.com/api/v2' };
  await expect(deskTarget('zendesk', { url: 'acme' }, env, nobody)).rejects.toThrow(
    /are both set: unset one/,
  );
});

it('Ctrl-C at a question does nothing, and a secret is not shown', async () => {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = new PassThrough();
  const asked = () => askSecret({ input, output }, 'Token: ', 'set it');
  const typed = asked();
  input.write('s3cret\r');
  expect(await typed).toBe('s3cret');
  const stopped = asked();
  input.write('half\u0003');
  await expect(stopped).rejects.toThrow('Nothing was done.');
  expect(String(output.read())).not.toMatch(/s3cret|half/);
});
