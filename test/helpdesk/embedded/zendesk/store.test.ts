/** The store: a step is stored whole or not at all, in the order of the calls, and is there after a restart. */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ClassicLevel } from 'classic-level';
import fc from 'fast-check';
import type { Group, User } from '../../../../src/helpdesk/embedded/zendesk/store/records';
import { DeskStoreError } from '../../../../src/helpdesk/embedded/common/levelFolder';
import { DeskStore } from '../../../../src/helpdesk/embedded/zendesk/store/store';
import { repository } from '../../../support/testRun';
import { agents, TestDesk, tempFolder } from './harness';

let folder: string;
let store: DeskStore;
beforeEach(async () => {
  folder = await tempFolder();
  store = await DeskStore.open(folder);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});
async function reopen(): Promise<void> {
  await store.close();
  store = await DeskStore.open(folder);
}

const times = { created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' };
const group = (id: number, name = 'Support'): Group => ({ id, name, ...times });
const user = (id: number, email: string): User => ({
  id,
  name: 'Ann',
  email,
  role: 'end-user',
  locale: 'en-US',
  ...times,
});

describe('a step', () => {
  it('that throws leaves nothing behind: no record, no number taken', async () => {
    const before = await store.write((tx) => tx.next('record'));
    const failing = store.write((tx) => {
      tx.put('groups', group(tx.next('record')));
      tx.putUser(user(tx.next('record'), 'ann@example.com'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect([...store.groups.values(), ...store.users.values()]).toEqual([]);
    expect(store.userByEmail('ann@example.com')).toBeUndefined();
    await reopen();
    expect([...store.groups.values(), ...store.users.values()]).toEqual([]);
    expect(await store.write((tx) => tx.next('record'))).toBe(before);
  });

  it('does not hold up the ones behind it when it throws', async () => {
    const first = store.write(() => {
      throw new Error('no');
    });
    const second = store.write((tx) => tx.put('groups', group(1)));
    await expect(first).rejects.toThrow('no');
    await second;
    expect(store.groups.size).toBe(1);
  });

  it('is not seen by readers before it is stored', async () => {
    const writing = store.write((tx) => {
      tx.put('groups', group(1));
      return store.groups.size;
    });
    expect(store.groups.size).toBe(0);
    expect(await writing).toBe(0);
    expect(store.groups.size).toBe(1);
  });

  it('finds a user that it has just made, as later steps do', async () => {
    const seen = await store.write((tx) => {
      tx.putUser(user(7, 'Ann@Example.com'));
      return tx.user(7)?.email;
    });
    expect(seen).toBe('Ann@Example.com');
    expect(store.userByEmail('ANN@example.com')?.id).toBe(7);
  });
});

it('gives each number once, in the order of the calls, also after a restart', async () => {
  const take = () =>
    store.write((tx) => {
      const id = tx.next('ticket');
      tx.put('groups', group(id, `group ${id}`));
      return id;
    });
  expect(await Promise.all(Array.from({ length: 20 }, take))).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
  await reopen();
  expect(await take()).toBe(21);
});

it('is the same after a restart, whatever was written and whatever failed', async () => {
  const step = fc.record({
    id: fc.integer({ min: 1, max: 5 }),
    name: fc.string(),
    fails: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const expected = new Map([...store.groups].map(([id, { name }]) => [id, name]));
      await Promise.allSettled(
        steps.map(({ id, name, fails }) =>
          store.write((tx) => {
            tx.put('groups', group(id, name));
            if (fails) throw new Error('no');
          }),
        ),
      );
      for (const { id, name, fails } of steps) if (!fails) expected.set(id, name);
      await reopen();
      expect(new Map([...store.groups].map(([id, { name }]) => [id, name]))).toEqual(expected);
    }),
    { numRuns: 15 },
  );
});

describe('opening', () => {
  it('is refused while another has the folder, with the mend', async () => {
    await expect(DeskStore.open(folder)).rejects.toThrow(
      /in use by another process: stop that one.*DESKHAND_STATE_DIR/,
    );
    await expect(DeskStore.open(folder)).rejects.toBeInstanceOf(DeskStoreError);
  });

  it.each([
    ['a record of the wrong shape', 'tickets!0000000000000001', '{"id":1}', /tickets!0000000000000001/],
    ['a record that is no JSON', 'users!0000000000000001', '{"id":', /users!0000000000000001/],
    ['a table of another version', 'macros!1', '{}', /no such table/],
    ['a counter that is none', 'counter!ticket', '"x"', /counter!ticket/],
    ['an unknown counter', 'counter!macro', '1', /counter!macro/],
    ['a webhook event of the wrong shape', 'outbox!0000000000000001', '{"id":1}', /outbox!0000000000000001/],
  ])('names %s and what to do', async (_what, key, value, message) => {
    await store.close();
    const database = new ClassicLevel(path.join(folder, 'data'));
    await database.put(key, value);
    await database.close();
    await expect(DeskStore.open(folder)).rejects.toThrow(message);
    await expect(DeskStore.open(folder)).rejects.toThrow(/move the folder away to start with an empty desk/);
    const mended = new ClassicLevel(path.join(folder, 'data'));
    await mended.del(key);
    await mended.close();
    store = await DeskStore.open(folder);
  });
});

describe('over the API', () => {
  it('an update with one bad part changes no part', async () => {
    const desk = await TestDesk.start();
    const id = await desk.newTicket();
    const [before, audits] = [await desk.ticket(id), await desk.audits(id)];
    const half = await desk.put(id, {
      comment: { body: 'This must not be seen', public: true },
      tags: ['half'],
      status: 'solved',
      assignee_email: 'nobody@example.com',
    });
    expect(half.status).toBe(422);
    expect(await desk.ticket(id)).toEqual(before);
    expect(await desk.audits(id)).toEqual(audits);
    expect(await desk.comments(id)).toHaveLength(1);
    await desk.stop();
  });

  it('a refused creation leaves neither a ticket nor its new requester', async () => {
    const desk = await TestDesk.start();
    const refused = await desk.call('POST', '/api/v2/tickets', {
      ticket: {
        comment: { body: 'x' },
        requester: { name: 'Ghost', email: 'ghost@example.com' },
        group_id: 5,
      },
    });
    expect(refused.status).toBe(422);
    expect((await desk.get('/api/v2/users/me', { as: 'ghost@example.com' })).status).toBe(401);
    expect(await desk.newTicket()).toBe('1');
    await desk.stop();
  });

  it('writes that arrive together are each stored once', async () => {
    const desk = await TestDesk.start();
    const id = await desk.newTicket();
    const people = [agents.nora, agents.tomas, desk.desk.credentials.email];
    const writes = Array.from({ length: 24 }, (_, n) =>
      desk.put(id, { comment: { body: `reply ${n}` } }, { as: people[n % 3] ?? null }),
    );
    expect((await Promise.all(writes)).every(({ status }) => status === 200)).toBe(true);
    const comments = await desk.comments(id);
    expect(new Set(comments.map(({ body }) => body)).size).toBe(25);
    expect(new Set(comments.map(({ id: commentId }) => commentId)).size).toBe(25);
    await desk.stop();
  });
});

const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux(
  'a disk without room is said, loses nothing, and needs no restart when there is room again',
  async () => {
    await store.close();
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', path.join(__dirname, 'fullDisk.ts'), folder],
      { cwd: repository },
    );
    store = await DeskStore.open(folder);
    const refusal: unknown = [
      'DeskStoreError',
      expect.stringMatching(/cannot write its files in .*: .*It goes on by itself/),
    ];
    expect(JSON.parse(stdout)).toEqual({
      refused: [refusal, refusal],
      shownMeanwhile: [1],
      shownAfter: [1, 4, 5],
    });
    expect([...store.groups.keys()]).toEqual([1, 4, 5]);
  },
);
