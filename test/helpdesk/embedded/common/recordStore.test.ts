/** What was written is there after a restart, whole or not at all, and damage is noticed at the start. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';
import { z } from 'zod';
import { RecordStore, Table } from '../../../../src/helpdesk/embedded/common/recordStore';

interface Shelf {
  readonly books: Table<{ id: number; title: string }>;
  readonly loans: Table<{ id: number; book: number }>;
}
const emptyShelf = (): Shelf => ({
  books: new Table('books', z.object({ id: z.int(), title: z.string() })),
  loans: new Table('loans', z.object({ id: z.int(), book: z.int() })),
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-records-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function opened(): Promise<{ store: RecordStore; shelf: Shelf }> {
  const shelf = emptyShelf();
  return { store: await RecordStore.open(folder, Object.values(shelf)), shelf };
}
async function onDisk(change: (database: ClassicLevel) => Promise<void>): Promise<void> {
  const database = new ClassicLevel(path.join(folder, 'data'));
  await change(database);
  await database.close();
}
const titles = ({ books }: Shelf) => [...books.records.values()].map(({ title }) => title);

test('records, removals and counters outlast a restart, in the order in which they were made', async () => {
  const first = await opened();
  await first.store.write((tx) => {
    for (const title of ['Emma', 'Ulysses', 'Walden']) {
      tx.put(first.shelf.books, { id: tx.next('book', 100), title });
    }
  });
  await first.store.write((tx) => tx.remove(first.shelf.books, 101));
  await first.store.close();
  const { store, shelf } = await opened();
  expect([...shelf.books.records.keys()]).toEqual([100, 102]);
  expect(titles(shelf)).toEqual(['Emma', 'Walden']);
  expect(await store.write((tx) => tx.next('book', 100) + tx.next('book', 100))).toBe(103 + 104);
  await store.close();
});

test('a step sees its own writes, readers see none of them before all are stored', async () => {
  const { store, shelf } = await opened();
  const writing = store.write((tx) => {
    tx.put(shelf.books, { id: 1, title: 'Emma' });
    tx.put(shelf.loans, { id: 1, book: 1 });
    expect(tx.get(shelf.books, 1)?.title).toBe('Emma');
    tx.remove(shelf.loans, 1);
    expect(tx.get(shelf.loans, 1)).toBeUndefined();
    expect(titles(shelf)).toEqual([]);
  });
  await writing;
  expect(titles(shelf)).toEqual(['Emma']);
  await store.close();
});

test('a step that fails writes nothing, and the next one works', async () => {
  const { store, shelf } = await opened();
  const failing = store.write((tx) => {
    tx.put(shelf.books, { id: 1, title: 'Emma' });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await store.write((tx) => tx.put(shelf.books, { id: 2, title: 'Walden' }));
  await store.close();
  const again = await opened();
  expect(titles(again.shelf)).toEqual(['Walden']);
  await again.store.close();
});

test('steps run one after the other, in the order of the calls', async () => {
  const { store, shelf } = await opened();
  const steps = Array.from({ length: 50 }, (_, n) =>
    store.write((tx) => tx.put(shelf.books, { id: tx.next('book', 1), title: `Book ${n}` })),
  );
  await Promise.all(steps);
  expect(titles(shelf)).toEqual(Array.from({ length: 50 }, (_, n) => `Book ${n}`));
  await store.close();
});

describe('is not opened', () => {
  beforeEach(async () => {
    const { store, shelf } = await opened();
    await store.write((tx) => {
      tx.put(shelf.books, { id: 1, title: 'Emma' });
      tx.put(shelf.books, { id: 2, title: 'Walden' });
    });
    await store.close();
  });

  test.each<[string, (database: ClassicLevel) => Promise<void>, RegExp]>([
    [
      'with a record that is none',
      (database) => database.put('books!0000000000000001', '{"id":1}'),
      /cannot read the record "books!0000000000000001".*move the folder away/s,
    ],
    [
      'with a record that is no JSON',
      (database) => database.put('books!0000000000000001', '{'),
      /cannot read/,
    ],
    ['with a table of another version', (database) => database.put('films!1', '{"id":1}'), /no such table/],
    [
      'when records have gone',
      (database) => database.del('books!0000000000000002'),
      /has 1 of 2 records: its files were damaged/,
    ],
  ])('%s', async (_what, damage, words) => {
    await onDisk(damage);
    await expect(opened()).rejects.toThrow(words);
  });

  test('while another process has it', async () => {
    const { store } = await opened();
    await expect(opened()).rejects.toThrow(/in use by another process/);
    await store.close();
  });
});

describe('a folder from before its records were counted', () => {
  beforeEach(async () => {
    const { store, shelf } = await opened();
    await store.write((tx) => {
      for (const title of ['Emma', 'Walden']) tx.put(shelf.books, { id: tx.next('book', 1), title });
    });
    await store.close();
    await onDisk((database) => database.del('counter!records'));
  });
  const openedBy = async (counters?: readonly string[]) => {
    const shelf = emptyShelf();
    const isWhole = (taken: ReadonlyMap<string, number>) => shelf.books.records.size === taken.get('book');
    const options = { isWhole, ...(counters === undefined ? {} : { counters }) };
    return { store: await RecordStore.open(folder, Object.values(shelf), options), shelf };
  };

  test('is opened where it is whole, and counted from then on', async () => {
    const first = await openedBy();
    expect(titles(first.shelf)).toEqual(['Emma', 'Walden']);
    await first.store.write((tx) => tx.put(first.shelf.books, { id: tx.next('book', 1), title: 'Ulysses' }));
    await first.store.close();
    const { store, shelf } = await opened();
    expect(titles(shelf)).toEqual(['Emma', 'Walden', 'Ulysses']);
    await store.close();
  });

  test('is refused where something is missing, and by who knows no such folder', async () => {
    await expect(opened()).rejects.toThrow(/has 2 of 0 records: its files were damaged/);
    await onDisk((database) => database.del('books!0000000000000002'));
    await expect(openedBy()).rejects.toThrow(/has 1 of 0 records: its files were damaged/);
  });

  test('is refused with a row of numbers that nobody knows', async () => {
    await expect(openedBy(['film'])).rejects.toThrow(/"counter!book".*no such counter.*another version/s);
  });
});

const isRoot = process.getuid?.() === 0;
(isRoot ? test.skip : test)('a folder that cannot be written is said with the mend', async () => {
  await chmod(folder, 0o500);
  await expect(opened()).rejects.toThrow(/must be writable/);
});
