/** Counts the postal codes that were tried for one order, over all tickets and workers. */
import type { Client } from '@temporalio/client';
import type { DeskAccount } from '../../contracts/messages';
import type { PostalCodeGuesses } from '../../orders/port';
import { countPerOrder } from './countPerOrder';

/** The policy is asked inside a workflow task, and the ledger needs another: neither waits long for the other. */
const takeMs = 3_000;

/** @param desk - whose tickets share the ledgers. */
export function createPostalCodeGuesses(client: Client, desk: DeskAccount): PostalCodeGuesses {
  const { take } = countPerOrder(client, desk, {
    ledger: 'postal-codes',
    what: 'the postal codes tried so far',
    summary: 'Postal codes tried for one order within a day',
  });
  return {
    take: (order, key) => client.withDeadline(Date.now() + takeMs, () => take(order, key)),
  };
}
