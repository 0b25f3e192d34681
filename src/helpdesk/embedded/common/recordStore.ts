/**
 * Tables of records, held in memory for reading; every write goes first, as one atomic batch, to a LevelDB folder and
 * only then becomes visible. So whatever was answered with success is still there after a restart or a `kill -9`: the
 * operating system has it, though a power cut may not (nothing is fsynced: these desks are for trying out and testing).
 */
import type { ClassicLevel } from 'classic-level';
import { z } from 'zod';
import {
  DeskStoreError,
  damagedRecord,
  keyOf,
  openDatabase,
  unwritable,
  type Operation,
} from './levelFolder';

interface WithId {
  readonly id: number | string;
}

/** One kind of record. Its schema is also how a stored one is read back, so that damage is noticed at the start. */
export class Table<T extends WithId> {
  readonly name: string;
  /** In the order in which they were made. */
  readonly records: ReadonlyMap<T['id'], T>;
  private readonly held = new Map<T['id'], T>();
  private readonly schema: z.ZodType<T>;

  constructor(name: string, schema: z.ZodType<T>) {
    this.name = name;
    this.schema = schema;
    this.records = this.held;
  }

  /** @throws ZodError */
  load(value: unknown): void {
    this.hold(this.schema.parse(value));
  }

  read(json: string): T {
    return this.schema.parse(JSON.parse(json));
  }

  hold(record: T): void {
    this.held.set(record.id, record);
  }

  forget(id: T['id']): void {
    this.held.delete(id);
  }

  /** All that was stored is here: for what has an order of its own. */
  loaded(): void {}

  clear(): void {
    this.held.clear();
  }
}

/** The writes of one step. Readers see nothing of it before all of it is stored. */
export interface Transaction {
  put<T extends WithId>(table: Table<T>, record: T): void;
  remove<T extends WithId>(table: Table<T>, id: T['id']): void;
  /** Also one that this step has just made. */
  get<T extends WithId>(table: Table<T>, id: T['id']): T | undefined;
  /** The next number of a row that begins with `first`. */
  next(counter: string, first: number): number;
}

/** How many records there are: LevelDB leaves out what it finds damaged, and goes on with what follows. */
const recordCount = 'records';

interface LoadingTable {
  readonly name: string;
  readonly records: { readonly size: number };
  load(value: unknown): void;
  loaded(): void;
  clear(): void;
}

interface OpenOptions {
  /** The rows of numbers that there are; absent: any. */
  readonly counters?: readonly string[];
  /** Of a folder from before its records were counted: whether none is missing. Absent: there is no such folder. */
  readonly isWhole?: (counters: ReadonlyMap<string, number>) => boolean;
}

export class RecordStore {
  private readonly folder: string;
  private readonly tables: readonly LoadingTable[];
  private readonly options: OpenOptions;
  private database: ClassicLevel;
  /** A write has failed: LevelDB takes no more of them before it is opened anew. */
  private isBroken = false;
  private readonly counters = new Map<string, number>();
  private lastWrite: Promise<unknown> = Promise.resolve();

  private constructor(
    folder: string,
    tables: readonly LoadingTable[],
    options: OpenOptions,
    database: ClassicLevel,
  ) {
    this.folder = folder;
    this.tables = tables;
    this.options = options;
    this.database = database;
  }

  /**
   * @param folder - made when missing, readable by its owner only.
   * @throws DeskStoreError when another process has it open, it cannot be written, or a record is damaged.
   */
  static async open(
    folder: string,
    tables: readonly LoadingTable[],
    options: OpenOptions = {},
  ): Promise<RecordStore> {
    const store = new RecordStore(folder, tables, options, await openDatabase(folder));
    try {
      await store.load();
    } catch (error) {
      await store.database.close();
      throw error;
    }
    return store;
  }

  /**
   * Runs one step at a time, in the order of the calls: `step` sees everything earlier steps wrote.
   * @throws DeskStoreError when it could not be stored; the next call tries anew.
   */
  write<T>(step: (tx: Transaction) => T): Promise<T> {
    const done = this.lastWrite.then(() => this.commit(step));
    this.lastWrite = done.catch(() => undefined);
    return done;
  }

  async close(): Promise<void> {
    await this.lastWrite;
    await this.database.close();
  }

  private async commit<T>(step: (tx: Transaction) => T): Promise<T> {
    if (this.isBroken) await this.reopen().catch((error: unknown) => this.failToWrite(error));
    const staged = new Map<string, Staged>();
    const counters = new Map(this.counters);
    const result = step({
      put: (table, record) =>
        staged.set(keyOf(table.name, record.id), {
          value: JSON.stringify(record),
          isNew: !table.records.has(record.id),
          apply: () => table.hold(record),
        }),
      remove: (table, id) => {
        if (!table.records.has(id)) {
          staged.delete(keyOf(table.name, id));
          return;
        }
        staged.set(keyOf(table.name, id), { value: null, isNew: false, apply: () => table.forget(id) });
      },
      get: (table, id) => stagedOr(staged, table, id),
      next: (counter, first) => {
        const value = (counters.get(counter) ?? first - 1) + 1;
        counters.set(counter, value);
        return value;
      },
    });
    if (staged.size === 0) return result;
    const changes = [...staged.values()];
    const grown =
      changes.filter(({ isNew }) => isNew).length - changes.filter(({ value }) => value === null).length;
    counters.set(recordCount, (counters.get(recordCount) ?? 0) + grown);
    await this.database
      .batch(operationsOf(staged, counters))
      .catch((error: unknown) => this.failToWrite(error));
    for (const [counter, value] of counters) this.counters.set(counter, value);
    for (const { apply } of changes) apply();
    return result;
  }

  private failToWrite(error: unknown): never {
    this.isBroken = true;
    throw unwritable(this.folder, error);
  }

  /** What became of the write that failed, only the files tell: everything is read again. */
  private async reopen(): Promise<void> {
    await this.database.close();
    this.database = await openDatabase(this.folder);
    for (const table of this.tables) table.clear();
    this.counters.clear();
    await this.load();
    this.isBroken = false;
  }

  private async load(): Promise<void> {
    for await (const [key, value] of this.database.iterator()) {
      const [name = ''] = key.split('!', 1);
      try {
        const parsed: unknown = JSON.parse(value);
        if (name === 'counter') this.loadCounter(key.slice('counter!'.length), parsed);
        else this.tableOf(name).load(parsed);
      } catch (error) {
        throw damagedRecord(this.folder, key, error);
      }
    }
    for (const table of this.tables) table.loaded();
    const found = this.tables.reduce((sum, { records }) => sum + records.size, 0);
    const { isWhole } = this.options;
    const uncounted = isWhole?.(this.counters) === true ? found : 0;
    const expected = this.counters.get(recordCount) ?? uncounted;
    this.counters.set(recordCount, expected);
    if (found === expected) return;
    throw new DeskStoreError(
      `The embedded desk in ${this.folder} has ${found} of ${expected} records: its files were damaged. ` +
        'Move the folder away to start with an empty desk.',
    );
  }

  private loadCounter(name: string, value: unknown): void {
    const { counters = [name] } = this.options;
    if (name !== recordCount && !counters.includes(name)) throw new Error('no such counter');
    this.counters.set(name, z.int().parse(value));
  }

  private tableOf(name: string): LoadingTable {
    const table = this.tables.find((one) => one.name === name);
    if (table === undefined) throw new Error('no such table');
    return table;
  }
}

interface Staged {
  /** Null: removed. */
  readonly value: string | null;
  readonly isNew: boolean;
  readonly apply: () => void;
}

function stagedOr<T extends WithId>(
  staged: ReadonlyMap<string, Staged>,
  table: Table<T>,
  id: T['id'],
): T | undefined {
  const change = staged.get(keyOf(table.name, id));
  if (change === undefined) return table.records.get(id);
  return change.value === null ? undefined : table.read(change.value);
}

function operationsOf(
  staged: ReadonlyMap<string, Staged>,
  counters: ReadonlyMap<string, number>,
): Operation[] {
  return [
    ...[...staged].map(([key, { value }]): Operation =>
      value === null ? { type: 'del', key } : { type: 'put', key, value },
    ),
    ...[...counters].map(([name, value]): Operation => ({
      type: 'put',
      key: `counter!${name}`,
      value: String(value),
    })),
  ];
}
