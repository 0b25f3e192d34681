/** A gift and the ledgers it is taken out of: out of all of them, or out of none. */
import {
  ledgersOf,
  anyAmount,
  type Ledger,
  type AllowanceLimit,
  type Given,
} from '../core/orders/moneyLimits';
import type { Allowances, Gift } from './port';

/** Where the ledgers are kept. Each takes one request at a time. */
export interface LedgerBook {
  /** @returns why not, a sentence for agents; null when it was taken. */
  take(ledger: Ledger, gift: Given, limit: AllowanceLimit): Promise<string | null>;
  /** Nothing happens where nothing was taken. */
  giveBack(ledger: Ledger, gift: Pick<Given, 'key' | 'by'>): Promise<void>;
  left(
    ledger: Ledger,
    what: { readonly currency: string; readonly at: number },
    limit: AllowanceLimit,
  ): Promise<number | null>;
}

export function createAllowances(book: LedgerBook): Allowances {
  const giveBack = async (gift: Gift, ledgers: readonly Ledger[]): Promise<void> => {
    for (const ledger of ledgers) await book.giveBack(ledger, { key: gift.key, by: gift.by });
  };
  return {
    take: async (gift) => {
      const { key, amount, by, terms } = gift;
      const taken: Ledger[] = [];
      for (const ledger of ledgersOf({ customer: gift.customer, at: terms.at }, terms.limits)) {
        const { limit } = ledger;
        if (limit === null) continue;
        const asked = terms.approved ? anyAmount(limit) : limit;
        const why = await book.take(ledger, { key, amount, by, at: terms.at }, asked);
        if (why !== null) {
          await giveBack(gift, taken);
          return why;
        }
        taken.push(ledger);
      }
      return null;
    },
    // Where it was taken under other limits, in a turn that began anew, it goes back as well.
    giveBack: (gift) =>
      giveBack(gift, ledgersOf({ customer: gift.customer, at: gift.terms.at }, gift.terms.limits)),
    left: async ({ customer, currency, at }, limits) => {
      const lefts = await Promise.all(
        ledgersOf({ customer, at }, limits).flatMap((ledger) =>
          ledger.limit === null ? [] : [book.left(ledger, { currency, at }, ledger.limit)],
        ),
      );
      const known = lefts.filter((left) => left !== null);
      return known.length === 0 ? null : Math.min(...known);
    },
  };
}
