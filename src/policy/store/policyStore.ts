/**
 * The published versions of the policy, in a folder that every worker can reach. Each version is kept as the folder
 * of YAML it was, under the hash of its content, and never changes; one small file says which is in force, and which
 * were before.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { hasCode } from '../../contracts/errorCode';
import { loadPolicy } from '../load/loadPolicy';
import type { LoadedPolicy } from '../policy';
import { PolicyError } from '../policyError';
import { policyFileNames } from '../load/policyFiles';
import { versionPattern } from '../../core/policy/policyChoice';
import { removeLeftOver } from './leftOver';

const published = z.strictObject({
  version: z.string().regex(versionPattern),
  at: z.iso.datetime(),
  /** Who published it: a name or id of staff. */
  by: z.string().min(1),
  /** Where it came from; null: it was in the store already. */
  folder: z.string().nullable(),
});
/** One change of what is in force. */
export type Published = z.infer<typeof published>;
const recordSchema = z.strictObject({
  /** Newest last. */
  published: z.array(published),
  /** What workers found in their folder when one last started from it, by its path; the newest start is last. */
  folders: z.record(z.string(), z.string()).default({}),
});
type StoreRecord = z.infer<typeof recordSchema>;

/**
 * Held for one change of `recordFile`. The store may lie on a volume of several machines, where the operating system's
 * own locks (as the demo shop's file has one) cannot be relied on and a process id (as `deskhand up` leaves one) says
 * nothing: a folder that is made, kept fresh, and given up when its holder no longer does that. It stands in the store:
 * what stands beside it may be each machine's own, or be nothing that may be written.
 */
const lockOptions = (folder: string) => ({
  realpath: false,
  lockfilePath: path.join(folder, 'published.lock'),
  stale: 10_000,
  retries: { retries: 100, minTimeout: 20, maxTimeout: 200 },
});

/** In the store's folder: what is in force, and was. */
export const recordFile = 'published.json';

/** Older changes are forgotten; the versions themselves stay. */
const changesKept = 1_000;

/** A version cannot be had: `message` completes "the version ...". */
export class PolicyVersionError extends Error {
  override readonly name = 'PolicyVersionError';
  readonly version: string;

  constructor(version: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.version = version;
  }
}

/** Its scenarios fail, and nobody has brought it into force all the same; the message names them, and the mend. */
export class UnprovenPolicyError extends Error {
  override readonly name = 'UnprovenPolicyError';
}

/** The store itself is not what it should be; the message says where and how to mend it. */
export class PolicyStoreError extends Error {
  override readonly name = 'PolicyStoreError';
}

export interface PolicyStore {
  readonly folder: string;
  /** Newest last: that one is in force. Empty before anything was published. */
  history(): Promise<readonly Published[]>;
  /** Whether this version was kept, readable or not. @param version - as `versionPattern` has it. */
  has(version: string): Promise<boolean>;
  /** @throws PolicyVersionError when it is not there, was changed, or is no policy for this Deskhand. */
  load(version: string): Promise<LoadedPolicy>;
  /** Where a version is kept, as the folder of YAML that it was. */
  folderOf(version: string): string;
  /**
   * Keeps what a folder holds, without bringing it into force. The same content again is kept once.
   * @throws PolicyError
   */
  keep(folder: string): Promise<LoadedPolicy>;
  /**
   * Brings a kept version into force; one that is in force already stays so, and nothing is noted.
   * @returns what was in force until then: the version itself where nothing changed, null where nothing was.
   * @throws PolicyVersionError as `load`
   */
  bringIntoForce(change: Omit<Published, 'at'>): Promise<Published | null>;
  /**
   * A worker starts from this folder: what it holds comes into force, unless it has not changed since a worker last
   * started from it. Then what was published since stays in force; what only came from another folder, from which the
   * last worker started, gives way.
   * @param prove - asked about a version that was never in force; what it throws keeps it out.
   * @returns what the folder holds.
   * @throws PolicyError
   */
  adopt(folder: string, prove?: (policy: LoadedPolicy) => Promise<void>): Promise<LoadedPolicy>;
}

/** The published versions of one of several policies, beside those of everybody's. */
export function policyStoreOf(folder: string, name: string): PolicyStore {
  return openPolicyStore(path.join(folder, 'named', name));
}

/** @param folder - made when something is first kept. */
export function openPolicyStore(folder: string): PolicyStore {
  const file = path.join(folder, recordFile);
  const folderOf = (version: string) => path.join(folder, 'versions', version);

  async function load(version: string): Promise<LoadedPolicy> {
    if (!versionPattern.test(version)) throw new PolicyVersionError(version, 'is no version of a policy');
    try {
      await readdir(folderOf(version));
    } catch (error) {
      if (hasCode(error, 'ENOENT')) throw new PolicyVersionError(version, 'is not in the store any more');
      throw error;
    }
    try {
      const policy = await loadPolicy(folderOf(version));
      if (policy.version === version) return policy;
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      throw new PolicyVersionError(version, 'cannot be read by this Deskhand', { cause: error });
    }
    throw new PolicyVersionError(version, 'was changed after it was published');
  }

  async function keep(from: string): Promise<LoadedPolicy> {
    const policy = await loadPolicy(from);
    if (await isWhole(policy.version)) return policy;
    const draft = path.join(folder, `draft-${randomUUID()}`);
    try {
      await copyPolicy(from, draft);
      // What is kept is what was checked, however the folder changes meanwhile.
      const copied = await loadPolicy(draft);
      if (copied.version !== policy.version) {
        throw new PolicyStoreError(`${from} changed while it was being read. Publish it again.`);
      }
      await moveInto(draft, folderOf(policy.version));
      await removeLeftOver(folder);
      return copied;
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }

  async function isWhole(version: string): Promise<boolean> {
    return load(version).then(
      () => true,
      (error: unknown) => {
        if (error instanceof PolicyVersionError) return false;
        throw error;
      },
    );
  }

  /** One that was tampered with gives way to the true one. */
  async function moveInto(draft: string, place: string): Promise<void> {
    await mkdir(path.dirname(place), { recursive: true });
    try {
      await rename(draft, place);
    } catch (error) {
      if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
      if (await isWhole(path.basename(place))) return;
      await rm(place, { recursive: true, force: true });
      await rename(draft, place);
    }
  }

  async function read(): Promise<StoreRecord> {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return { published: [], folders: {} };
      throw error;
    }
    try {
      return recordSchema.parse(JSON.parse(text));
    } catch (error) {
      throw new PolicyStoreError(
        `${file} cannot be understood. Put a copy of it back, or delete it and publish again: no version is lost.`,
        { cause: error },
      );
    }
  }

  /** Read and written with nobody writing between. */
  async function change(next: (before: StoreRecord) => StoreRecord): Promise<void> {
    await mkdir(folder, { recursive: true });
    const release = await lock(folder, lockOptions(folder));
    try {
      const before = await read();
      const after = next(before);
      if (after !== before) await writeFileAtomic(file, `${JSON.stringify(after, null, 2)}\n`);
    } finally {
      await release();
    }
  }

  const withChange = (before: StoreRecord, made: Omit<Published, 'at'>): readonly Published[] =>
    [...before.published, { ...made, at: new Date().toISOString() }].slice(-changesKept);

  return {
    folder,
    folderOf,
    has: (version) =>
      readdir(folderOf(version)).then(
        () => true,
        (error: unknown) => {
          if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
          throw error;
        },
      ),
    load,
    keep: (from) => writing(folder, () => keep(from)),
    history: async () => (await read()).published,
    bringIntoForce: async (made) => {
      await load(made.version);
      let replaced: Published | null = null;
      await writing(folder, () =>
        change((before) => {
          replaced = before.published.at(-1) ?? null;
          // Another may have brought it into force since this one looked.
          return replaced?.version === made.version
            ? before
            : { ...before, published: [...withChange(before, made)] };
        }),
      );
      return replaced;
    },
    adopt: (from, prove) =>
      writing(folder, async () => {
        const policy = await keep(from);
        const { version } = policy;
        const { published } = await read();
        if (published.every((one) => one.version !== version)) await prove?.(policy);
        await change((before) => {
          const { [from]: known, ...others } = before.folders;
          const folders = { ...others, [from]: version };
          const last = Object.entries(before.folders).at(-1);
          const inForce = before.published.at(-1)?.version;
          const isBack = last !== undefined && last[0] !== from && last[1] === inForce;
          if (inForce === version || (known === version && !isBack)) {
            return known === version && last?.[0] === from ? before : { ...before, folders };
          }
          const made = { version, by: 'a worker that started', folder: from };
          return { folders, published: [...withChange(before, made)] };
        });
        return policy;
      }),
  };
}

/** @throws PolicyStoreError where the folder cannot be written. */
async function writing<T>(folder: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isRefusedBySystem(error)) throw error;
    throw new PolicyStoreError(
      `The policy store ${folder} cannot be written (${error instanceof Error ? error.message : String(error)}): make ` +
        'it a folder that this user may write, on a disk that has room, or point DESKHAND_POLICY_STORE to one.',
      { cause: error },
    );
  }
}

/** Not by its code: a folder on a disk that is mounted to be read, Node reports as ENOENT. */
function isRefusedBySystem(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}

/** On the disk before any record names it: a machine that loses its power keeps it too. */
async function copyPolicy(from: string, to: string): Promise<void> {
  for (const name of await policyFileNames(from)) {
    const target = path.join(to, name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, await readFile(path.join(from, name)), { flush: true });
  }
}
