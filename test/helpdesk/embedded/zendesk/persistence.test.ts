/** What was answered with success is there afterwards, whatever happens to the process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import {
  credentialsFile,
  DeskCredentialsError,
  readEmbeddedDeskCredentials,
} from '../../../../src/helpdesk/embedded/common/credentials';
import { roomyLimits, TestDesk, tempFolder, until } from './harness';
import { startReceiver } from './webhookReceiver';

let stateDir: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  stateDir = await tempFolder();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(stateDir, { recursive: true, force: true });
});

it('goes on after a restart with the same tickets, people, token and secret', async () => {
  const first = await TestDesk.start({ stateDir });
  const id = await first.newTicket();
  await first.put(id, { comment: { body: 'kept' }, status: 'pending', tags: ['vip'] });
  const before = {
    ticket: { ...(await first.ticket(id)), url: '' },
    audits: await first.audits(id),
    comments: await first.comments(id),
  };
  const second = await first.restart();
  const after = {
    ticket: { ...(await second.ticket(id)), url: '' },
    audits: await second.audits(id),
    comments: await second.comments(id),
  };
  expect(after).toEqual(before);
  expect(second.desk.credentials.token).toBe(first.desk.credentials.token);
  expect(second.desk.credentials.webhookSecret).toBe(first.desk.credentials.webhookSecret);
  expect(await second.newTicket()).toBe(String(Number(id) + 1));
  await second.desk.close();
});

it('loses neither an answered write nor its webhook event to kill -9', async () => {
  const receiver = await startReceiver();
  receiver.replies.push(...Array.from({ length: 10_000 }, () => 'silence' as const));
  const child = startProcess(stateDir, receiver.url);
  await once(child.stdout, 'data');
  const origin = new URL((await readEmbeddedDeskCredentials(stateDir)).apiUrl).origin;
  const answered: string[] = [];
  const writing = (async () => {
    for (;;) answered.push(await openTicket(origin, `subject ${answered.length}`));
  })().catch(() => undefined);
  await until(() => answered.length > 20, 'tickets to be written');
  child.kill('SIGKILL');
  await once(child, 'exit');
  await writing;

  receiver.replies.splice(0);
  receiver.received.splice(0);
  const webhook = { url: receiver.url };
  const desk = await TestDesk.start({ stateDir, limits: roomyLimits, webhook });
  expect(new Set(answered).size).toBe(answered.length);
  for (const [index, ticketId] of answered.entries()) {
    expect((await desk.ticket(ticketId)).subject).toBe(`subject ${index}`);
    expect(await desk.comments(ticketId)).toHaveLength(1);
    expect(await desk.audits(ticketId)).toHaveLength(1);
  }
  const told = () => new Set(receiver.received.map(({ event }) => event.subject));
  await until(() => answered.every((ticketId) => told().has(`zen:ticket:${ticketId}`)), 'every event');
  await desk.desk.close();
  await receiver.stop();
});

it('is refused to a second process, while the first goes on', async () => {
  const child = startProcess(stateDir, 'http://127.0.0.1:9/nobody');
  await once(child.stdout, 'data');
  await expect(TestDesk.start({ stateDir })).rejects.toThrow(
    /in use by another process: stop that one.*DESKHAND_STATE_DIR/,
  );
  const { apiUrl } = await readEmbeddedDeskCredentials(stateDir);
  expect(await openTicket(new URL(apiUrl).origin, 'still here')).toBe('1');
});

it('is open to its owner only', async () => {
  const desk = await TestDesk.start({ stateDir });
  const mode = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);
  expect(await mode(credentialsFile(stateDir))).toBe('600');
  expect(await mode(path.dirname(credentialsFile(stateDir)))).toBe('700');
  expect(await readEmbeddedDeskCredentials(stateDir)).toEqual(desk.desk.credentials);
  await desk.desk.close();
});

it('names a folder that cannot be made', async () => {
  await writeFile(path.join(stateDir, 'file'), '');
  await expect(TestDesk.start({ stateDir: path.join(stateDir, 'file') })).rejects.toThrow(
    /must be writable by this user/,
  );
});

describe('credentials', () => {
  const write = async (content: string) => {
    await mkdir(path.dirname(credentialsFile(stateDir)), { recursive: true });
    await writeFile(credentialsFile(stateDir), content);
  };

  it('that are missing say how to get them', async () => {
    await expect(readEmbeddedDeskCredentials(stateDir)).rejects.toThrow(
      /credentials.json is missing.*deskhand desk/,
    );
  });

  it.each([
    ['no JSON', '{"apiUrl"', /not a JSON object.*delete it and start the desk again/],
    ['a list', '[]', /not a JSON object/],
    ['half of it', '{"apiUrl":"http://127.0.0.1:1/api/v2"}', /wrong or missing: email, token, webhookSecret/],
    [
      'an address that is none',
      JSON.stringify({
        apiUrl: 'ftp://x',
        email: 'a@example.com',
        token: 't'.repeat(48),
        webhookSecret: 's',
      }),
      /wrong or missing: apiUrl/,
    ],
  ])('that are %s are refused by reader and desk, and never printed', async (_what, content, message) => {
    await write(content);
    await expect(readEmbeddedDeskCredentials(stateDir)).rejects.toThrow(message);
    await expect(readEmbeddedDeskCredentials(stateDir)).rejects.toBeInstanceOf(DeskCredentialsError);
    await expect(readEmbeddedDeskCredentials(stateDir)).rejects.not.toThrow(/ttttt/);
    await expect(TestDesk.start({ stateDir })).rejects.toThrow(message);
    expect(await readFile(credentialsFile(stateDir), 'utf8')).toBe(content);
  });

  it('that are a folder are refused with the reason of the system', async () => {
    await mkdir(credentialsFile(stateDir), { recursive: true });
    await expect(readEmbeddedDeskCredentials(stateDir)).rejects.toThrow(/Cannot read .*EISDIR/);
  });

  it('are made owner-only again when somebody opened them', async () => {
    await (await TestDesk.start({ stateDir })).desk.close();
    await chmod(credentialsFile(stateDir), 0o644);
    await (await TestDesk.start({ stateDir })).desk.close();
    expect(((await stat(credentialsFile(stateDir))).mode & 0o777).toString(8)).toBe('600');
  });
});

function startProcess(folder: string, webhook: string): ChildProcess & { stdout: NodeJS.ReadableStream } {
  const desk = path.resolve('src/helpdesk/embedded/zendesk/desk');
  const options = { host: '127.0.0.1', port: 0, stateDir: folder, webhook: { url: webhook } };
  const program = `require(${JSON.stringify(desk)}).startEmbeddedZendesk(${JSON.stringify(options)}).then(() => console.log('ready'))`;
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

async function openTicket(origin: string, subject: string): Promise<string> {
  const response = await fetch(`${origin}/_desk/customer/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ann', email: 'ann@example.com', subject, body: 'kept?' }),
  });
  if (response.status !== 201) throw new Error(`answered ${response.status}`);
  return z.object({ ticketId: z.string() }).parse(await response.json()).ticketId;
}
