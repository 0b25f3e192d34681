/** The account's brands: the one that every account has, and those that were added to it. */
import { recordInvalid } from '../answers/errors';
import { defaultBrandId, type Brand } from '../store/records';
import type { DeskStore } from '../store/store';

const opened = '2026-01-01T00:00:00Z';

/** Tickets get it that come in without a brand. Not stored: folders of earlier versions have it too. */
const defaultBrand: Brand = {
  id: defaultBrandId,
  name: 'Demo Shop',
  subdomain: 'demo',
  created_at: opened,
  updated_at: opened,
};

export function brandsOf(store: DeskStore): ReadonlyMap<number, Brand> {
  return new Map([[defaultBrand.id, defaultBrand], ...store.brands]);
}

/** @throws ApiError 422 for one that there is not. */
export function checkedBrand(store: DeskStore, given: number | undefined, present: number): number {
  if (given === undefined || brandsOf(store).has(given)) return given ?? present;
  throw recordInvalid('brand_id', `Brand: ${given} is not a brand`);
}
