/** A gift and the accounts it is taken out of: out of all of them, or out of none. */
import {
  accountsOf,
  anyAmount,
  type Account,
  type AllowanceLimit,
  type Given,
} from '../core/orders/moneyLimits';
import type { Allowances, Gift } from './port';

/** Where the accounts are kept. Each takes one request at a time. */
export interface AccountBook {
  /** @returns why not, a sentence for agents; null when it was taken. */
  take(account: Account, gift: Given, limit: AllowanceLimit): Promise<string | null>;
  /** Nothing happens where nothing was taken. */
  giveBack(account: Account, gift: Pick<Given, 'key' | 'by'>): Promise<void>;
  left(
    account: Account,
    what: { readonly currency: string; readonly at: number },
    limit: AllowanceLimit,
  ): Promise<number | null>;
}

export function createAllowances(book: AccountBook): Allowances {
  const giveBack = async (gift: Gift, accounts: readonly Account[]): Promise<void> => {
    for (const account of accounts) await book.giveBack(account, { key: gift.key, by: gift.by });
  };
  return {
    take: async (gift) => {
      const { key, amount, by, terms } = gift;
      const taken: Account[] = [];
      for (const account of accountsOf({ customer: gift.customer, at: terms.at }, terms.limits)) {
        const { limit } = account;
        if (limit === null) continue;
        const asked = terms.approved ? anyAmount(limit) : limit;
        const why = await book.take(account, { key, amount, by, at: terms.at }, asked);
        if (why !== null) {
          await giveBack(gift, taken);
          return why;
        }
        taken.push(account);
      }
      return null;
    },
    // Where it was taken under other limits, in a turn that began anew, it goes back as well.
    giveBack: (gift) =>
      giveBack(gift, accountsOf({ customer: gift.customer, at: gift.terms.at }, gift.terms.limits)),
    left: async ({ customer, currency, at }, limits) => {
      const lefts = await Promise.all(
        accountsOf({ customer, at }, limits).flatMap((account) =>
          account.limit === null ? [] : [book.left(account, { currency, at }, account.limit)],
        ),
      );
      const known = lefts.filter((left) => left !== null);
      return known.length === 0 ? null : Math.min(...known);
    },
  };
}
