/** The accounts of what was given away: one for each customer, one for each day. */
import type { Client } from '@temporalio/client';
import { hiddenName } from '../contracts/hiddenName';
import { leftOf, type Account } from '../core/orders/moneyLimits';
import { createAllowances, type AccountBook } from '../orders/allowances';
import type { Allowances } from '../orders/port';
import { temporalAccounts } from './accounts';

/** @param desk - whose tickets share the accounts. */
export function createTemporalAllowances(
  client: Client,
  desk: { readonly desk: string; readonly account: string },
): Allowances {
  const accounts = temporalAccounts(client, desk, 'what was given');
  const book: AccountBook = {
    take: (account, { key, amount, at, by }, limit) =>
      accounts.take(nameOf(account), { key, amount, at, by, limit }, `What was given ${limit.whose}`),
    giveBack: (account, gift) => accounts.giveBack(nameOf(account), gift),
    left: async (account, what, limit) => {
      const left = await accounts.left(nameOf(account), { ...what, limit });
      return left === undefined ? leftOf([], what, limit) : left;
    },
  };
  return createAllowances(book);
}

/** Ids are read by people: no address stands in them. */
function nameOf(account: Account): string {
  switch (account.type) {
    case 'customer':
      return `customer:${hiddenName(account.customer)}`;
    case 'day':
      return `day:${account.day}`;
  }
}
