/** The accounts of what was given away, in memory, by the same rules as in production. */
import { giveBack, leftOf, take, type Account, type Given } from '../core/orders/moneyLimits';
import { createAllowances } from '../orders/allowances';
import type { Allowances } from '../orders/port';

export function createMemoryAllowances(): Allowances {
  const accounts = new Map<string, readonly Given[]>();
  const givenOf = (account: Account) => accounts.get(nameOf(account)) ?? [];
  return createAllowances({
    take: (account, gift, limit) => {
      const { given, why } = take(givenOf(account), gift, limit);
      accounts.set(nameOf(account), given);
      return Promise.resolve(why);
    },
    giveBack: (account, { key, by }) => {
      accounts.set(nameOf(account), giveBack(givenOf(account), key, by));
      return Promise.resolve();
    },
    left: (account, what, limit) => Promise.resolve(leftOf(givenOf(account), what, limit)),
  });
}

function nameOf(account: Account): string {
  return account.type === 'customer' ? `customer:${account.customer}` : `day:${account.day}`;
}
