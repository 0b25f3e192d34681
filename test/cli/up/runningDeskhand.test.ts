/** Where what runs is found: the file of addresses, and which of its values a command takes. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readRunningSettings } from '../../../src/cli/runningSettings';
import {
  findRunningDeskhand,
  publishAddresses,
  withdrawAddresses,
} from '../../../src/cli/up/runningDeskhand';
import { readSettings } from '../../../src/config/settings';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-running-'));
  file = path.join(folder, 'running.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** This very process publishes: it runs. */
function publish(env: Record<string, string> = {}): Promise<void> {
  const settings = readSettings({
    DESKHAND_STATE_DIR: folder,
    DESKHAND_PORT: '4601',
    DESKHAND_DESK_PORT: '4611',
    TEMPORAL_NAMESPACE: 'shop',
    TEMPORAL_UI_URL: 'http://localhost:8234',
    ...env,
  });
  return publishAddresses(settings, '127.0.0.1:7234');
}

const read = (env: Record<string, string> = {}) =>
  readRunningSettings({ DESKHAND_STATE_DIR: folder, ...env });

it('a command without settings of its own takes every address of what runs', async () => {
  await publish();
  const { settings, fromRunning } = await read();
  expect(settings).toMatchObject({
    api: { host: '127.0.0.1', port: 4601 },
    desk: { kind: 'embedded', port: 4611 },
    temporal: { address: '127.0.0.1:7234', namespace: 'shop', uiUrl: 'http://localhost:8234' },
  });
  expect(fromRunning).toEqual({
    DESKHAND_HOST: '127.0.0.1',
    DESKHAND_PORT: '4601',
    DESKHAND_DESK: 'zendesk',
    DESKHAND_DESK_PORT: '4611',
    TEMPORAL_ADDRESS: '127.0.0.1:7234',
    TEMPORAL_NAMESPACE: 'shop',
    TEMPORAL_UI_URL: 'http://localhost:8234',
  });
});

it('which of the embedded desks runs is told, too', async () => {
  await publish({ DESKHAND_DESK: 'freshdesk' });
  expect((await read()).settings.desk).toEqual({ kind: 'embedded', desk: 'freshdesk', port: 4611 });
  const { settings } = await read({ DESKHAND_DESK: 'zendesk' });
  expect(settings.desk).toEqual({ kind: 'embedded', desk: 'zendesk', port: 4610 });
});

it.each<[string, Record<string, string>, object]>([
  ['another port', { DESKHAND_PORT: '4700' }, { api: { host: '127.0.0.1', port: 4700 } }],
  ['another host, with its own usual port', { DESKHAND_HOST: '::1' }, { api: { host: '::1', port: 4600 } }],
  ['another desk port', { DESKHAND_DESK_PORT: '4700' }, { desk: { port: 4700 } }],
  [
    'another Temporal, with its own usual namespace',
    { TEMPORAL_ADDRESS: 'temporal:7233' },
    { temporal: { address: 'temporal:7233', namespace: 'default', uiUrl: null } },
  ],
  [
    'another namespace',
    { TEMPORAL_NAMESPACE: 'test' },
    { temporal: { address: '127.0.0.1:7234', namespace: 'test' } },
  ],
  ['another Web UI', { TEMPORAL_UI_URL: 'http://ui' }, { temporal: { uiUrl: 'http://ui' } }],
  [
    'a desk of its own',
    { ZENDESK_API_URL: 'https://acme.zendesk.com/api/v2', ZENDESK_OAUTH_TOKEN: 'token-token-token' },
    { desk: { kind: 'zendesk' } },
  ],
  ['an empty variable, which says nothing', { DESKHAND_PORT: '' }, { api: { port: 4601 } }],
])('the environment wins: %s', async (_what, env, expected) => {
  await publish();
  expect((await read(env)).settings).toMatchObject(expected);
});

it('what runs with a Zendesk and without a Web UI has neither desk port nor links to tell', async () => {
  await publish({
    TEMPORAL_UI_URL: '',
    ZENDESK_API_URL: 'https://acme.zendesk.com/api/v2',
    ZENDESK_OAUTH_TOKEN: 'token-token-token',
  });
  const { fromRunning } = await read();
  expect(Object.keys(fromRunning)).not.toContain('DESKHAND_DESK_PORT');
  expect(Object.keys(fromRunning)).not.toContain('TEMPORAL_UI_URL');
  expect(readFileSync(file, 'utf8')).not.toContain('token');
});

describe('the usual addresses hold', () => {
  const usual = async (): Promise<void> => {
    expect(await findRunningDeskhand(folder)).toBeNull();
    const { settings, fromRunning } = await read();
    expect(settings).toMatchObject({ api: { port: 4600 }, temporal: { address: null } });
    expect(fromRunning).toEqual({});
  };

  it('when nothing was ever started', usual);

  it('when it was stopped', async () => {
    await publish();
    await withdrawAddresses(folder);
    await usual();
  });

  it('when its process is gone, and another one has its id', async () => {
    await publish();
    const content = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...content, started: '1' }));
    await usual();
    writeFileSync(file, JSON.stringify({ ...content, pid: 4_194_300 }));
    await usual();
  });

  it.each([
    ['half written', '{"pid":'],
    ['of another shape', '{"port": 4601}'],
    ['empty', ''],
  ])('when the file is %s', async (_how, content) => {
    writeFileSync(file, content);
    await usual();
  });

  it('when the file is not one', async () => {
    mkdirSync(file);
    await usual();
  });
});

it('a wrong setting is said, whatever runs', async () => {
  await publish();
  await expect(read({ DESKHAND_PORT: 'many' })).rejects.toThrow(/DESKHAND_PORT/);
});

it('a later start replaces what an earlier one left', async () => {
  await publish();
  await publish({ DESKHAND_PORT: '4602' });
  expect((await read()).settings.api.port).toBe(4602);
});
