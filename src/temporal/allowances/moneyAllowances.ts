/** The ledgers of what was given away: one for each customer, one for each day. */
import type { Client } from '@temporalio/client';
import { hiddenName } from '../../contracts/hiddenName';
import type { DeskAccount } from '../../contracts/messages';
import { leftOf, type Ledger } from '../../core/orders/moneyLimits';
import { createAllowances, type LedgerBook } from '../../orders/allowances';
import type { Allowances } from '../../orders/port';
import { temporalLedgers } from './ledgers';

/** @param desk - whose tickets share the ledgers. */
export function createTemporalAllowances(client: Client, desk: DeskAccount): Allowances {
  const ledgers = temporalLedgers(client, desk, 'what was given');
  const book: LedgerBook = {
    take: (ledger, { key, amount, at, by }, limit) =>
      ledgers.take(nameOf(ledger), { key, amount, at, by, limit }, `What was given ${limit.whose}`),
    giveBack: (ledger, gift) => ledgers.giveBack(nameOf(ledger), gift),
    left: async (ledger, what, limit) => {
      const left = await ledgers.left(nameOf(ledger), { ...what, limit });
      return left === undefined ? leftOf([], what, limit) : left;
    },
  };
  return createAllowances(book);
}

/** Ids are read by people: no address stands in them. */
function nameOf(ledger: Ledger): string {
  switch (ledger.type) {
    case 'customer':
      return `customer:${hiddenName(ledger.customer)}`;
    case 'day':
      return `day:${ledger.day}`;
  }
}
