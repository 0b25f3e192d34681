/** Brands that the settings name and the desk does not have: their tickets would go by the policy of all others. */
import type { BrandFolders } from '../../config/brandSettings';
import { folderOfBrand } from '../../config/brandSettings';
import type { Helpdesk } from '../../helpdesk/port';
import { listNames } from '../../policy/policyError';

export interface BrandAmiss {
  /** As the settings name it; null: it is about all of them. */
  readonly brand: string | null;
  /** A sentence. */
  readonly what: string;
  /** How it is mended, a sentence. */
  readonly next: string;
}

/**
 * @returns none where all is well.
 * @throws RemoteFailure when the desk does not tell.
 */
export async function brandsAmiss(
  brands: BrandFolders,
  desk: Pick<Helpdesk, 'desk' | 'brandNames'>,
  signal: AbortSignal,
): Promise<readonly BrandAmiss[]> {
  const named = Object.keys(brands);
  if (named.length === 0) return [];
  if (desk.brandNames === undefined) {
    return [
      {
        brand: null,
        what: `Brands have policies of their own, but ${desk.desk} tells of no brands: all tickets go by one policy.`,
        next: 'Name no brands in the settings.',
      },
    ];
  }
  const there = await desk.brandNames({ signal });
  return named
    .filter((brand) => there.every((name) => folderOfBrand({ [brand]: brand }, name) === null))
    .map((brand) => ({
      brand,
      what:
        `The desk has no brand ${JSON.stringify(brand)}, so that no ticket goes by its policy; it has ` +
        `${there.length === 0 ? 'none' : listNames(there)}.`,
      next: 'Name it as the desk does; it may have been renamed there.',
    }));
}
