/** The demo's mails are files for people to read. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createFolderMailer } from '../../src/mail/folderMailer';

const mail = { to: 'carla@mail.example', subject: 'Your code', text: 'It is 123456.', messageId: 'abc' };
const signal = new AbortController().signal;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-mails-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('one file for each mail, whole, and the same mail again is the same file', async () => {
  const mailer = createFolderMailer(path.join(folder, 'mails'));
  await mailer.check(signal);
  await mailer.send(mail, signal);
  await mailer.send(mail, signal);
  await mailer.send({ ...mail, messageId: '../../elsewhere' }, signal);
  const files = (await readdir(path.join(folder, 'mails'))).sort();
  expect(files).toEqual(['______elsewhere.eml', 'abc.eml']);
  const text = await readFile(path.join(folder, 'mails', 'abc.eml'), 'utf8');
  expect(text).toMatch(/^To: carla@mail\.example$/m);
  expect(text).toContain('It is 123456.');
  expect((await stat(path.join(folder, 'mails', 'abc.eml'))).mode & 0o777).toBe(0o600);
});

test('a folder that cannot be had is a failure that may pass', async () => {
  await writeFile(path.join(folder, 'mails'), 'a file');
  const mailer = createFolderMailer(path.join(folder, 'mails'));
  for (const ask of [mailer.check(signal), mailer.send(mail, signal)]) {
    await expect(ask).rejects.toMatchObject({ kind: 'unavailable', retryable: true });
  }
});
