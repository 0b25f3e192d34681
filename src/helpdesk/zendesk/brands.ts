/** The account's brands (developer.zendesk.com/api-reference/ticketing/account-configuration/brands). */
import { createBrandNames, type BrandNames, type NamedBrand } from '../directory/brandNames';
import type { CallContext } from '../port';
import { cursorPages } from './cursorPages';
import type { ZendeskHttp } from './http';
import { brandsAnswer } from './schemas';

/** An account has 300 of them at most. */
const mostPages = 5;

/** @param areNeeded - as in `createBrandNames`. */
export function zendeskBrands(request: ZendeskHttp, areNeeded: boolean): BrandNames {
  const list = async (call: CallContext): Promise<readonly NamedBrand[]> => {
    const found: NamedBrand[] = [];
    const pages = { path: '/brands', answer: brandsAnswer, mostPages };
    for await (const { brands } of cursorPages(request, { ...pages, about: 'account' }, call)) {
      found.push(...brands);
    }
    return found;
  };
  return createBrandNames({ list, areNeeded, deskName: 'Zendesk' });
}
