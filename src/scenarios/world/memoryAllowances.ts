/** The ledgers of what was given away, in memory, by the same rules as in production. */
import { giveBack, leftOf, take, type Ledger, type Given } from '../../core/orders/moneyLimits';
import { createAllowances } from '../../orders/allowances';
import type { Allowances } from '../../orders/port';

export function createMemoryAllowances(): Allowances {
  const ledgers = new Map<string, readonly Given[]>();
  const givenOf = (ledger: Ledger) => ledgers.get(nameOf(ledger)) ?? [];
  return createAllowances({
    take: (ledger, gift, limit) => {
      const { given, why } = take(givenOf(ledger), gift, limit);
      ledgers.set(nameOf(ledger), given);
      return Promise.resolve(why);
    },
    giveBack: (ledger, { key, by }) => {
      ledgers.set(nameOf(ledger), giveBack(givenOf(ledger), key, by));
      return Promise.resolve();
    },
    left: (ledger, what, limit) => Promise.resolve(leftOf(givenOf(ledger), what, limit)),
  });
}

function nameOf(ledger: Ledger): string {
  return ledger.type === 'customer' ? `customer:${ledger.customer}` : `day:${ledger.day}`;
}
