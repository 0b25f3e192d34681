/** Counts the codes that went to the address of one order, over all tickets and workers. */
import type { Client } from '@temporalio/client';
import type { DeskAccount } from '../../contracts/messages';
import type { CodesPerOrder } from '../../mail/port';
import { countPerOrder } from './countPerOrder';

/** @param desk - whose tickets share the ledgers. */
export function createCodesPerOrder(client: Client, desk: DeskAccount): CodesPerOrder {
  return countPerOrder(client, desk, {
    ledger: 'codes',
    what: 'the codes sent so far',
    summary: 'Codes sent for one order within a day',
  });
}
