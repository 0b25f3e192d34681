/** What `deskhand connect` keeps in the state folder: for its own user alone, whole, and readable for a later Deskhand. */
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  deskConnectionFile,
  forgetDeskConnection,
  readDeskConnection,
  writeDeskConnection,
  type DeskConnectionFile,
} from '../../src/config/deskConnection';
import { readSettings, type Settings } from '../../src/config/settings';

let stateDir: string;
let owner: Settings;
beforeEach(async () => {
  stateDir = await mkdtemp(path.join(os.tmpdir(), 'deskhand-connection-'));
  const apiUrl = 'https://acme.freshdesk.com/api/v2';
  owner = readSettings({
    ...{
      DESKHAND_STATE_DIR: path.join(stateDir, 'state'),
      FRESHDESK_API_URL: apiUrl,
      FRESHDESK_API_KEY: 'key',
    },
  });
});
afterEach(() => rm(stateDir, { recursive: true, force: true }));

const connection: DeskConnectionFile = {
  ...{ apiUrl: 'https://acme.freshdesk.com/api/v2', publicUrl: 'https://deskhand.acme.example' },
  ...{ secret: 's3cret', pieces: [{ kind: 'ticket update rule', mark: 'updated', id: '7' }] },
  ...{ views: true, trigger: false },
};

test('what was written is read back, by its own user alone, and forgotten', async () => {
  expect(await readDeskConnection(owner)).toBeNull();
  await writeDeskConnection(owner, connection);
  expect(await readDeskConnection(owner)).toEqual(connection);
  expect((await stat(deskConnectionFile(owner))).mode & 0o777).toBe(0o600);
  await forgetDeskConnection(owner);
  await forgetDeskConnection(owner);
  expect(await readdir(owner.stateDir)).toEqual([]);
});

test('each desk has a file of its own, and each of several accounts', () => {
  expect(path.basename(deskConnectionFile(owner))).toBe('freshdesk-connection.json');
  const several = { ...owner, account: 'bravo', accountsFile: 'accounts.yaml' };
  expect(path.basename(deskConnectionFile(several))).toBe('freshdesk-connection.bravo.json');
});

test.each([
  [{}, 'events'],
  [{ trigger: true }, 'calls'],
])('what a Deskhand wrote that knew of Zendesk alone, with %j, counts', async (more, mark) => {
  const { apiUrl, publicUrl } = connection;
  await writeDeskConnection(owner, connection);
  const older = { apiUrl, publicUrl, webhookId: '01HW', signingSecret: 'older', ...more };
  await writeFile(deskConnectionFile(owner), JSON.stringify(older));
  expect(await readDeskConnection(owner)).toEqual({
    ...{ apiUrl, publicUrl, secret: 'older', ...more },
    pieces: [{ kind: 'webhook', mark, id: '01HW' }],
  });
});

test.each([
  '',
  '{"apiUrl":',
  '[]',
  '{"apiUrl": "https://x", "publicUrl": "https://y", "secret": "", "pieces": []}',
])('%j is named with its mend', async (text) => {
  await writeDeskConnection(owner, connection);
  await writeFile(deskConnectionFile(owner), text);
  await expect(readDeskConnection(owner)).rejects.toThrow(
    /freshdesk-connection\.json is not what "deskhand connect" writes: delete it and run "deskhand connect freshdesk" again/,
  );
});

test('a folder that is none is told, with where else it may be', async () => {
  await writeFile(owner.stateDir, '');
  await expect(writeDeskConnection(owner, connection)).rejects.toThrow(
    /cannot be kept in .*DESKHAND_STATE_DIR to one that is, and run "deskhand connect freshdesk" again/,
  );
  await expect(readDeskConnection(owner)).rejects.toThrow(/must be readable by this user/);
});
