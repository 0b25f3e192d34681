/** What a worker decides by: the version in force, followed while it runs, and older ones for open conversations. */
import { statSync } from 'node:fs';
import path from 'node:path';
import type { LoadedPolicy } from '../policy';
import { PolicyError } from '../policyError';
import { PolicyVersionError, recordFile, UnprovenPolicyError, type PolicyStore } from './policyStore';
import type { PolicyVersions } from './versions';

export interface FollowOptions {
  /**
   * Gets everything else ready for a version (the classifier that learns from its intents) before it comes into
   * force here; when it fails, the version before stays.
   */
  readonly prepare: (policy: LoadedPolicy) => Promise<void>;
  readonly onChange: (policy: LoadedPolicy) => void;
  /** Said once for each version and each trouble, not at every look. */
  readonly onTrouble: (message: string, error: unknown) => void;
  /** Milliseconds between two looks at the store. */
  readonly everyMs?: number;
}

export interface FollowedPolicies extends PolicyVersions {
  readonly current: () => LoadedPolicy;
  stop(): Promise<void>;
}

/** Versions of open conversations are kept at hand; a ticket of an older one reads it from the store again. */
const versionsAtHand = 16;
/** A version that could not be made ready (a full disk, say) is tried again after so many looks. */
const looksBetweenTries = 15;

/**
 * What a starting worker decides by first: see `PolicyStore.adopt`. A folder that somebody is in the middle of editing
 * keeps no customer waiting, and one whose scenarios fail meets none: the version in force stays.
 * @param prove - throws UnprovenPolicyError where the policy must not come into force by itself.
 * @throws PolicyError, UnprovenPolicyError when the folder holds no policy that may, and none is in force either.
 */
export async function startFromFolder(
  store: PolicyStore,
  folder: string,
  onTrouble: FollowOptions['onTrouble'],
  prove?: (policy: LoadedPolicy) => Promise<void>,
): Promise<LoadedPolicy> {
  const policy = await store.adopt(folder, prove).catch(async (error: unknown) => {
    if (!(error instanceof PolicyError || error instanceof UnprovenPolicyError)) throw error;
    const inForce = (await store.history()).at(-1)?.version;
    const policyInForce = inForce === undefined ? null : await store.load(inForce).catch(() => null);
    if (policyInForce === null) throw error;
    onTrouble(
      `${error.message}\n${policyInForce.version}, the policy in force, stays: mend the folder and start again, or publish it`,
      error,
    );
    return policyInForce;
  });
  const inForce = (await store.history()).at(-1)?.version ?? policy.version;
  if (inForce === policy.version) return policy;
  try {
    return await store.load(inForce);
  } catch (error) {
    if (!(error instanceof PolicyVersionError)) throw error;
    onTrouble(`the policy in force, ${inForce}, ${error.message}: this worker goes by ${folder}`, error);
    return policy;
  }
}

/** @param first - in force until the store names another. */
export function followStore(
  store: PolicyStore,
  first: LoadedPolicy,
  { prepare, onChange, onTrouble, everyMs = 2_000 }: FollowOptions,
): FollowedPolicies {
  let current = first;
  let seen = '';
  let failed: { readonly version: string; looksLeft: number } | null = null;
  const atHand = new Map<string, Promise<LoadedPolicy>>([[first.version, Promise.resolve(first)]]);

  /** Compiled once, however many tickets ask for it at the same time. */
  function loaded(version: string): Promise<LoadedPolicy> {
    const known = atHand.get(version);
    const policy = known ?? store.load(version);
    atHand.delete(version);
    atHand.set(version, policy);
    if (known === undefined) policy.catch(() => atHand.delete(version));
    const [oldest] = atHand.keys();
    if (atHand.size > versionsAtHand && oldest !== undefined) atHand.delete(oldest);
    return policy;
  }

  async function look(): Promise<void> {
    let version: string | undefined;
    try {
      const stamp = stampOf(store);
      if (failed !== null) failed.looksLeft -= 1;
      if (stamp === seen && (failed === null || failed.looksLeft > 0)) return;
      version = (await store.history()).at(-1)?.version;
      seen = stamp;
      if (version === undefined || version === current.version) {
        failed = null;
        return;
      }
      const policy = await loaded(version);
      await prepare(policy);
      current = policy;
      failed = null;
      onChange(policy);
    } catch (error) {
      const what = version ?? 'store';
      if (failed?.version !== what) {
        const why =
          error instanceof PolicyVersionError
            ? `it ${error.message}`
            : error instanceof Error
              ? error.message
              : String(error);
        onTrouble(
          `policy ${version ?? 'in force'} cannot be taken up: ${why}. ${current.version} stays`,
          error,
        );
      }
      failed = { version: what, looksLeft: looksBetweenTries };
    }
  }

  let looking = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    looking = look().finally(() => {
      busy = false;
    });
  }, everyMs);
  timer.unref();

  return {
    current: () => current,
    find: async (version) => {
      if (version === null || version === current.version) return { policy: current, missing: null };
      try {
        return { policy: await loaded(version), missing: null };
      } catch (error) {
        if (!(error instanceof PolicyVersionError)) throw error;
        return { policy: current, missing: { version, why: error.message } };
      }
    },
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

/** Tells one content of the record from the next without reading it; every write makes a new file. */
function stampOf({ folder }: PolicyStore): string {
  const stats = statSync(path.join(folder, recordFile), { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.ino}-${stats.mtimeNs}-${stats.size}`;
}
