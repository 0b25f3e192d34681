/** The account's brands (developer.zendesk.com/api-reference/ticketing/account-configuration/brands). */
import { createBrandNames, type BrandNames, type NamedBrand } from '../directory/brandNames';
import type { CallContext } from '../port';
import type { ZendeskHttp } from './http';
import { brandsAnswer } from './schemas';

/** An account has 300 of them at most. */
const mostPages = 5;

/** @param areNeeded - as in `createBrandNames`. */
export function zendeskBrands(request: ZendeskHttp, areNeeded: boolean): BrandNames {
  const list = async (call: CallContext): Promise<readonly NamedBrand[]> => {
    const found: NamedBrand[] = [];
    let after: string | null | undefined = null;
    for (let page = 0; page < mostPages; page += 1) {
      const query: Record<string, string | number> = { 'page[size]': 100 };
      if (after) query['page[after]'] = after;
      const answer = await request(
        { method: 'GET', path: '/brands', query, answer: brandsAnswer, about: 'account' },
        call,
      );
      found.push(...answer.brands);
      after = answer.meta?.after_cursor;
      if (!answer.meta?.has_more || !after) break;
    }
    return found;
  };
  return createBrandNames({ list, areNeeded, deskName: 'Zendesk' });
}
