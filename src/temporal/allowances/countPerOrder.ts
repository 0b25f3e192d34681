/** Counts what was tried with one order within a day, over all tickets and workers. */
import type { Client } from '@temporalio/client';
import { hiddenName } from '../../contracts/hiddenName';
import type { DeskAccount, TakeRequest } from '../../contracts/messages';
import { plainNumber } from '../../core/orders/orderNumber';
import { dayMs } from '../../core/spans';
import { temporalLedgers } from './ledgers';

/** Each of them is a guess: so few that guessing leads nowhere, and enough for who mistypes. */
const limit: TakeRequest['limit'] = {
  withinMs: dayMs,
  amount: null,
  count: 5,
  whose: 'for one order within a day',
};
/** ISO 4217's code for no currency: tries are counted, not paid. */
const one = { minor: 1, currency: 'XXX' };

/**
 * @param desk - whose tickets share the ledgers.
 * @param counted.ledger - how the ledgers' names begin.
 * @param counted.what - for people: "the codes sent so far".
 */
export function countPerOrder(
  client: Client,
  desk: DeskAccount,
  counted: { readonly ledger: string; readonly what: string; readonly summary: string },
): { readonly take: (order: string, key: string) => Promise<boolean> } {
  const ledgers = temporalLedgers(client, desk, counted.what);
  return {
    async take(order, key) {
      const name = hiddenName(plainNumber(order));
      const request = { key, amount: one, limit };
      return (await ledgers.take(`${counted.ledger}:${name}`, request, counted.summary)) === null;
    },
  };
}
