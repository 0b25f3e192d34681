/** Counts the codes that went to the address of one order, over all tickets and workers. */
import { createHash } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { TakeRequest } from '../contracts/messages';
import { plainNumber } from '../core/orderNumber';
import type { CodesPerOrder } from '../mail/port';
import { temporalAccounts } from './accounts';

/** Each of them can be guessed at once: so few that neither guessing nor filling a mailbox leads anywhere. */
const limit: TakeRequest['limit'] = {
  withinMs: 24 * 3_600_000,
  amount: null,
  count: 5,
  whose: 'for one order within a day',
};
/** ISO 4217's code for no currency: codes are counted, not paid. */
const one = { minor: 1, currency: 'XXX' };

/** @param desk - whose tickets share the accounts. */
export function createCodesPerOrder(
  client: Client,
  desk: { readonly desk: string; readonly account: string },
): CodesPerOrder {
  const accounts = temporalAccounts(client, desk, 'the codes sent so far');
  return {
    async take(order, key) {
      const name = createHash('sha256').update(plainNumber(order)).digest('hex').slice(0, 32);
      const request = { key, amount: one, limit };
      return (
        (await accounts.take(`codes:${name}`, request, 'Codes sent for one order within a day')) === null
      );
    },
  };
}
