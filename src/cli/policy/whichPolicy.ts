/** Which of the account's policies a command is about, where there are several. */
import path from 'node:path';
import type { Settings } from '../../config/settings';
import { listNames } from '../../policy/policyError';
import { CommandError } from '../failure';
import { isVersion } from './findPolicy';
import { policiesOf, shownName, type NamedPolicy } from './policiesOf';

type PolicySettings = Pick<Settings, 'policyDir' | 'policyStoreDir' | 'brands'>;

/** @throws CommandError */
export function policyCalled(settings: PolicySettings, name: string): NamedPolicy {
  const all = policiesOf(settings);
  const found = all.find((policy) => shownName(policy) === name);
  if (found !== undefined) return found;
  throw new CommandError(
    `There is no policy ${JSON.stringify(name)}: brands have ${listNames(all.map(shownName))} (DESKHAND_BRANDS, or the file of accounts).`,
  );
}

/**
 * The one that a folder is, or that has published a version.
 * @param named - a folder or a version. @param of - its name, as given by hand; null: it is to be found.
 * @throws CommandError when it is neither one's, or several have published the version.
 */
export async function policyBehind(
  settings: PolicySettings,
  named: string,
  of: string | null,
): Promise<NamedPolicy> {
  if (of !== null) return policyCalled(settings, of);
  const all = policiesOf(settings);
  const [everybodys, ...others] = all;
  if (others.length === 0) return everybodys;
  const mend = `Say which with --of: ${listNames(all.map(shownName))}.`;
  if (!isVersion(named)) {
    const folder = path.resolve(named);
    const found = all.find((policy) => policy.folder === folder);
    if (found !== undefined) return found;
    throw new CommandError(`${folder} is the folder of no policy that brands go by. ${mend}`);
  }
  const had = await Promise.all(all.map(async (policy) => ((await policy.store.has(named)) ? [policy] : [])));
  const [found, ...more] = had.flat();
  if (found !== undefined && more.length === 0) return found;
  throw new CommandError(
    found === undefined
      ? `No policy has published the version ${named}. \`deskhand policy list\` shows those that were published.`
      : `Several policies have published the version ${named}: ${listNames(had.flat().map(shownName))}. ${mend}`,
  );
}

/** `acme, for the brands "Acme", "Acme Outlet"`; of the one of all others `default, for all other brands`. */
export function policyWithBrands(policy: NamedPolicy): string {
  const { brands } = policy;
  if (brands.length === 0) return `${shownName(policy)}, for all other brands`;
  return `${shownName(policy)}, for the brand${brands.length === 1 ? '' : 's'} ${brands.map((brand) => JSON.stringify(brand)).join(', ')}`;
}
