/** Which version of the policy decides: the one in force, or the one that a conversation began under. */
import type { LoadedPolicy } from '../policy';

/** A version that was asked for and cannot be had. */
export interface Missing {
  readonly version: string;
  /** Completes "the version ...", for agents: `is not in the store any more`. */
  readonly why: string;
}

export interface PolicyVersions {
  /**
   * @param version - null: the one in force.
   * @returns the version asked for; with `missing`, the one in force in its place.
   * @throws what reading the store threw: it may be there again at the next attempt.
   */
  find(version: string | null): Promise<{ readonly policy: LoadedPolicy; readonly missing: Missing | null }>;
}

export function onlyVersion(policy: LoadedPolicy): PolicyVersions {
  return {
    find: (version) =>
      Promise.resolve({
        policy,
        missing:
          version === null || version === policy.version ? null : { version, why: 'is not known here' },
      }),
  };
}
