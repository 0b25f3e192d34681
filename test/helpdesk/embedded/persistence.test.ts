/** What was answered with success is there afterwards, whatever happens to the process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';
import { z } from 'zod';
import { credentialsFile, readEmbeddedDeskCredentials } from '../../../src/helpdesk/embedded/credentials';
import { commentsIn, startDesk, tempFolder, ticketIn } from './harness';

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
  const first = await startDesk({ stateDir });
  const id = await first.newTicket();
  await first.put(id, { comment: { body: 'kept' }, status: 'pending', tags: ['vip'] });
  const before = ticketIn(await first.call('GET', `/api/v2/tickets/${id}`));
  await first.desk.close();

  const second = await startDesk({ stateDir });
  const after = ticketIn(await second.call('GET', `/api/v2/tickets/${id}`));
  expect({ ...after, url: '' }).toEqual({ ...before, url: '' });
  expect(second.desk.credentials.token).toBe(first.desk.credentials.token);
  expect(second.desk.credentials.webhookSecret).toBe(first.desk.credentials.webhookSecret);
  expect(Number(await second.newTicket())).toBe(Number(id) + 1);
  await second.desk.close();
});

it('loses no answered write to kill -9', async () => {
  const answered: { ticketId: string; subject: string }[] = [];
  for (let round = 0; round < 2; round += 1) {
    const child = startProcess(stateDir);
    await once(child.stdout, 'data');
    const { apiUrl } = await readEmbeddedDeskCredentials(stateDir);
    const writing = (async () => {
      for (let n = 0; ; n += 1) answered.push(await writeOver(new URL(apiUrl).origin, `${round}-${n}`));
    })().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.kill('SIGKILL');
    await once(child, 'exit');
    await writing;
  }
  expect(answered.length).toBeGreaterThan(4);
  const desk = await startDesk({ stateDir, limits: { requestsPerMinute: 100_000 } });
  for (const { ticketId, subject } of answered) {
    expect(ticketIn(await desk.call('GET', `/api/v2/tickets/${ticketId}`)).subject).toBe(subject);
    expect(commentsIn(await desk.call('GET', `/api/v2/tickets/${ticketId}/comments`))).toHaveLength(1);
  }
  expect(new Set(answered.map(({ ticketId }) => ticketId)).size).toBe(answered.length);
  await desk.desk.close();
}, 90_000);

it('is refused to a second process, with the mend', async () => {
  const desk = await startDesk({ stateDir });
  await expect(startDesk({ stateDir })).rejects.toThrow(
    /in use by another process: stop that one.*DESKHAND_STATE_DIR/,
  );
  expect((await desk.call('GET', '/api/v2/users/me')).status).toBe(200);
  await desk.desk.close();
});

it('is open to its owner only', async () => {
  const desk = await startDesk({ stateDir });
  const mode = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);
  expect(await mode(credentialsFile(stateDir))).toBe('600');
  expect(await mode(path.dirname(credentialsFile(stateDir)))).toBe('700');
  expect(await readEmbeddedDeskCredentials(stateDir)).toEqual(desk.desk.credentials);
  await desk.desk.close();
});

it('names a damaged record and what to do', async () => {
  await (await startDesk({ stateDir })).desk.close();
  const database = new ClassicLevel(path.join(stateDir, 'desk', 'data'));
  await database.put('tickets!0000000000000001', '{"id":1}');
  await database.close();
  await expect(startDesk({ stateDir })).rejects.toThrow(/tickets!0000000000000001.*move the folder away/s);
});

it('names a folder that cannot be made', async () => {
  await writeFile(path.join(stateDir, 'file'), '');
  await expect(startDesk({ stateDir: path.join(stateDir, 'file') })).rejects.toThrow(
    /must be writable by this user/,
  );
});

describe('credentials', () => {
  it('that are missing say how to get them', async () => {
    await expect(readEmbeddedDeskCredentials(stateDir)).rejects.toThrow(
      /credentials.json is missing.*deskhand desk/,
    );
  });

  it.each([
    ['no JSON', '{"apiUrl"', /not a JSON object.*delete it and start the desk again/],
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
    await mkdir(path.dirname(credentialsFile(stateDir)), { recursive: true });
    await writeFile(credentialsFile(stateDir), content);
    await expect(readEmbeddedDeskCredentials(stateDir)).rejects.toThrow(message);
    await expect(readEmbeddedDeskCredentials(stateDir)).rejects.not.toThrow(/ttttt/);
    await expect(startDesk({ stateDir })).rejects.toThrow(message);
    expect(await readFile(credentialsFile(stateDir), 'utf8')).toBe(content);
  });
});

function startProcess(folder: string): ChildProcess & { stdout: NodeJS.ReadableStream } {
  const desk = path.resolve('src/helpdesk/embedded/desk');
  const program = `require(${JSON.stringify(desk)}).startEmbeddedDesk({ host: '127.0.0.1', port: 0, stateDir: ${JSON.stringify(folder)} }).then(() => console.log('ready'))`;
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

async function writeOver(origin: string, subject: string) {
  const response = await fetch(`${origin}/_desk/customer/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ann', email: 'ann@example.com', subject, body: 'kept?' }),
  });
  if (response.status !== 201) throw new Error(`answered ${response.status}`);
  const { ticketId } = z.object({ ticketId: z.string() }).parse(await response.json());
  return { ticketId, subject };
}
