/** Which brands have policies of their own, and what those are called. */
import path from 'node:path';

/** By the brand's name on the desk: the folder of its policy. */
export type BrandFolders = Readonly<Record<string, string>>;

/** What the policy of all other brands is called where a name is needed. */
export const defaultPolicyName = 'default';

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/;

/** `acme` of `policies/acme`: in the store, on tickets, and for commands. */
export function policyNameOf(folder: string): string {
  return path.basename(path.resolve(folder));
}

/** The exact name wins over the same name in other case. Null: the brand has none. */
export function folderOfBrand(brands: BrandFolders, brand: string): string | null {
  if (Object.hasOwn(brands, brand)) return brands[brand] ?? null;
  const wanted = folded(brand);
  const found = Object.entries(brands).find(([name]) => folded(name) === wanted);
  return found === undefined ? null : found[1];
}

function folded(brand: string): string {
  return brand.trim().toLowerCase();
}

export function absoluteFolders(brands: BrandFolders): BrandFolders {
  return Object.fromEntries(Object.entries(brands).map(([brand, folder]) => [brand, path.resolve(folder)]));
}

/** @returns the brands with their folders as given, or what is wrong: completes "it ...". */
export function parseBrands(text: string): BrandFolders | string {
  const found = new Map<string, string>();
  for (const entry of text.split(',')) {
    if (entry.trim() === '') continue;
    const equals = entry.indexOf('=');
    const brand = entry.slice(0, equals).trim();
    const folder = entry.slice(equals + 1).trim();
    if (equals < 0 || brand === '' || folder === '') return allowed;
    const twice = mistakeInBrands([...found.keys(), brand]);
    if (twice !== null) return twice;
    found.set(brand, folder);
  }
  if (found.size === 0) return allowed;
  const brands = Object.fromEntries(found);
  return mistakeInFolders(Object.values(brands)) ?? brands;
}

/** @returns null: each is named once, whatever its case. */
export function mistakeInBrands(names: readonly string[]): string | null {
  const again = names.find((name, at) => names.findIndex((other) => folded(other) === folded(name)) < at);
  return again === undefined ? null : `must name each brand once; ${JSON.stringify(again)} is there twice`;
}

const allowed = 'must be brands with their policy folders, such as Acme=policies/acme, Bravo=policies/bravo';

/**
 * A policy is called by the last part of its folder: two of one name would share their published versions.
 * @param folders - of all policies of the engine but the one of `DESKHAND_POLICY`. @returns null: they will do.
 */
export function mistakeInFolders(folders: readonly string[]): string | null {
  const byName = new Map<string, string>();
  for (const folder of folders.map((given) => path.resolve(given))) {
    const name = policyNameOf(folder);
    if (!namePattern.test(name)) {
      return `must name folders whose last part is letters, digits, ".", "-" or "_", such as policies/acme; ${JSON.stringify(name)} is not`;
    }
    const key = name.toLowerCase();
    if (key === defaultPolicyName) {
      return `must not name a folder ${JSON.stringify(name)}: the policy of all other brands is called so. Call it otherwise`;
    }
    const other = byName.get(key);
    if (other !== undefined && other !== folder) {
      return `must not name two folders ${JSON.stringify(name)} (${other} and ${folder}): policies are called by it. Call one otherwise`;
    }
    byName.set(key, folder);
  }
  return null;
}
