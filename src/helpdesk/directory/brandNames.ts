/** The brands (products) of an account, by id: asked for once, and anew for one that is not among them. */
import { RemoteFailure } from '../../remote/failures';
import type { CallContext, DeskTicket } from '../port';
import { rejected } from '../api/rejected';

export interface NamedBrand {
  readonly id: string;
  readonly name: string;
}

interface BrandNamesOptions {
  /** All that the desk tells. */
  readonly list: (call: CallContext) => Promise<readonly NamedBrand[]>;
  /**
   * Brands have policies of their own: a ticket whose brand has no name is read by nobody, lest it is answered in
   * another brand's words. Else it has none.
   */
  readonly areNeeded: boolean;
  /** `Zendesk`, for failures. */
  readonly deskName: string;
  /** Epoch milliseconds. */
  readonly clock?: () => number;
}

export interface BrandNames {
  /** As a part of the ticket: empty where it has no brand. */
  brandOf(id: string | null | undefined, call: CallContext): Promise<Pick<DeskTicket, 'brand'>>;
  /** Asks every time. */
  all(call: CallContext): Promise<readonly string[]>;
}

/** How long another name of a brand, and a right that was given, may stay unnoticed. */
const knownMs = 10 * 60_000;

export function createBrandNames({
  list,
  areNeeded,
  deskName,
  clock = Date.now,
}: BrandNamesOptions): BrandNames {
  let known: { readonly brands: readonly NamedBrand[]; readonly until: number } | null = null;

  async function read(call: CallContext): Promise<readonly NamedBrand[]> {
    const brands = await list(call).catch((error: unknown) => {
      if (areNeeded || !isNotForUs(error)) throw error;
      return [];
    });
    known = { brands, until: clock() + knownMs };
    return brands;
  }

  /** An account with one brand is asked once: a ticket of another one would have another id. */
  async function nameOf(id: string, call: CallContext): Promise<string | undefined> {
    const nameIn = (brands: readonly NamedBrand[]) => brands.find((brand) => brand.id === id)?.name;
    const isFresh = known !== null && clock() < known.until;
    const found = known === null ? undefined : nameIn(known.brands);
    if (found !== undefined && (isFresh || known?.brands.length === 1)) return found;
    return isFresh && !areNeeded ? undefined : nameIn(await read(call));
  }

  return {
    brandOf: async (id, call) => {
      if (id === null || id === undefined) return {};
      const brand = (await nameOf(id, call))?.trim();
      if (brand !== undefined && brand !== '') return { brand };
      if (!areNeeded) return {};
      throw rejected(`${deskName} does not tell the name of the ticket's brand (${id})`);
    },
    all: async (call) => (await list(call)).map(({ name }) => name),
  };
}

/** An agent without the right to list them, or a plan without such a thing. */
function isNotForUs(error: unknown): boolean {
  return error instanceof RemoteFailure && (error.status === 403 || error.status === 404);
}
