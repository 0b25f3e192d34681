/** The policies of an account, each with its folder, its published versions, and the brands it is for. */
import { defaultPolicyName, policyNameOf } from '../../config/brandSettings';
import type { Settings } from '../../config/settings';
import { openPolicyStore, policyStoreOf, type PolicyStore } from '../../policy/store/policyStore';

export interface NamedPolicy {
  /** Undefined: the policy of all brands that have none of their own. */
  readonly name: string | undefined;
  /** Absolute. */
  readonly folder: string;
  readonly store: PolicyStore;
  /** Empty for the one of all others. */
  readonly brands: readonly string[];
}

/** @returns the one of all other brands first. */
export function policiesOf({
  policyDir,
  policyStoreDir,
  brands,
}: Pick<Settings, 'policyDir' | 'policyStoreDir' | 'brands'>): readonly [NamedPolicy, ...NamedPolicy[]] {
  const folders = [...new Set(Object.values(brands))].filter((folder) => folder !== policyDir);
  return [
    { name: undefined, folder: policyDir, store: openPolicyStore(policyStoreDir), brands: [] },
    ...folders.map((folder) => {
      const name = policyNameOf(folder);
      return {
        ...{ name, folder, store: policyStoreOf(policyStoreDir, name) },
        brands: Object.keys(brands).filter((brand) => brands[brand] === folder),
      };
    }),
  ];
}

/** As it is called where a name is needed. */
export function shownName({ name }: Pick<NamedPolicy, 'name'>): string {
  return name ?? defaultPolicyName;
}
