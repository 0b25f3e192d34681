/**
 * Files that were torn or damaged, by a power cut, a full disk or a stray hand: the desk starts with whole steps up
 * to where they are torn, or says what is wrong and what to do. It never starts with half a step.
 */
import {
  appendFile,
  chmod,
  copyFile,
  cp,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { DeskStoreError } from '../../../../src/helpdesk/embedded/common/levelFolder';
import { DeskStore } from '../../../../src/helpdesk/embedded/zendesk/store/store';
import { idsIn, roomyLimits, TestDesk, tempFolder } from './harness';

const steps = 12;
let whole: string;
let folder: string;

/** A desk that stopped after some steps: on each ticket a customer's words and an agent's answer. */
beforeAll(async () => {
  whole = await tempFolder();
  const desk = await TestDesk.start({ stateDir: whole, limits: roomyLimits });
  for (let n = 1; n <= steps; n += 1) {
    const id = await desk.newTicket(`words ${n} ${'x'.repeat(500)}`);
    await desk.put(id, { comment: { body: `answer ${n}` }, status: 'pending', tags: [`t${n}`] });
  }
  await desk.desk.close();
});
afterAll(() => rm(whole, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await tempFolder();
  await cp(whole, folder, { recursive: true });
});
afterEach(async () => {
  await chmod(path.join(folder, 'desk'), 0o700).catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
});

const data = () => path.join(folder, 'desk', 'data');
async function fileLike(pattern: RegExp): Promise<string> {
  const name = (await readdir(data())).find((candidate) => pattern.test(candidate));
  if (name === undefined) throw new Error(`no file like ${pattern.source}`);
  return path.join(data(), name);
}
const open = () => DeskStore.open(path.join(folder, 'desk'));

/** Every ticket has what its steps wrote together: ticket, audits and comments, all or none. */
function expectWholeSteps(store: DeskStore): void {
  for (const ticket of store.tickets.values()) {
    const audits = store.audits.get(ticket.id) ?? [];
    const comments = store.comments.get(ticket.id) ?? [];
    expect(audits.length).toBe(comments.length);
    expect(ticket.status).toBe(audits.length === 2 ? 'pending' : 'new');
    expect(ticket.tags).toEqual(audits.length === 2 ? [`t${ticket.id}`] : []);
    expect(store.users.has(ticket.requester_id)).toBe(true);
    expect(comments.map(({ audit_id }) => audit_id)).toEqual(audits.map(({ id }) => id));
  }
}

describe('a log that was torn', () => {
  it('loses the steps behind the tear, and never a part of one, wherever it is', async () => {
    const log = await fileLike(/\.log$/);
    const { size } = await stat(log);
    const kept: number[] = [];
    for (let part = 0; part <= 20; part += 1) {
      await rm(data(), { recursive: true });
      await cp(path.join(whole, 'desk', 'data'), data(), { recursive: true });
      await truncate(log, Math.floor((size * part) / 20));
      const store = await open();
      expectWholeSteps(store);
      kept.push([...store.audits.values()].flat().length);
      await store.close();
    }
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(2 * steps);
    expect(kept).toEqual(kept.toSorted((a, b) => a - b));
  });

  it('goes on: numbers are given on from the last step there is', async () => {
    const log = await fileLike(/\.log$/);
    await truncate(log, Math.floor((await stat(log)).size / 2));
    let desk = await TestDesk.start({ stateDir: folder, limits: roomyLimits });
    const newest = Math.max(...idsIn(await desk.get('/_desk/tickets'), 'tickets'));
    expect(newest).toBeLessThan(steps);
    expect(await desk.newTicket('after the tear')).toBe(String(newest + 1));
    desk = await desk.restart({ limits: roomyLimits });
    expect((await desk.comments(String(newest + 1)))[0]?.body).toBe('after the tear');
    await desk.desk.close();
  });

  it('is cleared of what was being written when the machine died', async () => {
    const log = await fileLike(/\.log$/);
    await appendFile(log, Buffer.alloc(37, 0xa5));
    const store = await open();
    expect(store.tickets.size).toBe(steps);
    expectWholeSteps(store);
    await store.close();
  });

  it('with a wrong byte in it: whole steps, or a refusal that says how many are missing', async () => {
    const log = await fileLike(/\.log$/);
    const bytes = await readFile(log);
    let refused = 0;
    for (let part = 0; part < 40; part += 1) {
      await rm(data(), { recursive: true });
      await cp(path.join(whole, 'desk', 'data'), data(), { recursive: true });
      const damaged = Buffer.from(bytes);
      const at = Math.floor((bytes.length * part) / 40);
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      await writeFile(log, damaged);
      try {
        const store = await open();
        expectWholeSteps(store);
        await store.close();
      } catch (error) {
        if (!(error instanceof DeskStoreError)) throw error;
        expect(error.message).toMatch(/has \d+ of \d+ records: its files were damaged.*Move the folder away/);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(10);
  });

  it('that is gone leaves an empty desk, which fills itself with its people again', async () => {
    await truncate(await fileLike(/\.log$/), 0);
    const desk = await TestDesk.start({ stateDir: folder });
    expect((await desk.get('/_desk/team')).body).toMatchObject({
      agents: [{ name: 'Deskhand' }, {}, {}, {}],
    });
    expect(await desk.newTicket()).toBe('1');
    await desk.desk.close();
  });
});

describe('what holds the log together', () => {
  it.each([
    ['CURRENT is empty', async () => writeFile(path.join(data(), 'CURRENT'), '')],
    ['CURRENT is gone', async () => rm(path.join(data(), 'CURRENT'))],
    ['CURRENT names nothing', async () => writeFile(path.join(data(), 'CURRENT'), 'MANIFEST-999999\n')],
    ['the manifest is garbage', async () => writeFile(await fileLike(/^MANIFEST/), Buffer.alloc(200, 7))],
    ['the manifest is empty', async () => truncate(await fileLike(/^MANIFEST/), 0)],
    ['the manifest is gone', async () => rm(await fileLike(/^MANIFEST/))],
  ])('when %s: refused, with the folder and the mend, and nothing is touched', async (_what, damage) => {
    await damage();
    const log = await fileLike(/\.log$/);
    const before = await readFile(log);
    await expect(open()).rejects.toBeInstanceOf(DeskStoreError);
    await expect(open()).rejects.toThrow(path.join(folder, 'desk'));
    await expect(open()).rejects.toThrow(/move the folder away to start with an empty desk/);
    expect(await readFile(log)).toEqual(before);
  });

  it('mended, it is as it was', async () => {
    const current = path.join(data(), 'CURRENT');
    await copyFile(current, path.join(folder, 'kept'));
    await writeFile(current, '');
    await expect(open()).rejects.toThrow(DeskStoreError);
    await copyFile(path.join(folder, 'kept'), current);
    const store = await open();
    expect(store.tickets.size).toBe(steps);
    await store.close();
  });

  it('a file where the folder should be: refused, with its place', async () => {
    await rm(data(), { recursive: true });
    await writeFile(data(), 'not a folder');
    await expect(open()).rejects.toThrow(path.join(folder, 'desk'));
    await rm(data());
    await mkdir(data());
    const store = await open();
    expect(store.tickets.size).toBe(0);
    await store.close();
  });
});

it('a lock that a killed desk left behind holds nobody up', async () => {
  await writeFile(path.join(data(), 'LOCK'), '');
  const store = await open();
  expect(store.tickets.size).toBe(steps);
  await store.close();
});
