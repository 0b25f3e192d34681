/** Freshdesk's name for a brand is product (developers.freshdesk.com/api/#products). */
import { createBrandNames, type BrandNames } from '../directory/brandNames';
import type { CallContext } from '../port';
import { listAll } from './people';
import { deskName, type FreshdeskHttp } from './http';
import { productsAnswer } from './schemas';

/** @param areNeeded - as in `createBrandNames`. */
export function freshdeskProducts(request: FreshdeskHttp, areNeeded: boolean): BrandNames {
  const list = (call: CallContext) => listAll(request, '/products', productsAnswer, call);
  return createBrandNames({ list, areNeeded, deskName });
}
