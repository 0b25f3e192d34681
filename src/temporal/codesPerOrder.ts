/** Counts the codes that went to the address of one order, over all tickets and workers. */
import type { Client } from '@temporalio/client';
import type { CodesPerOrder } from '../mail/port';
import { countPerOrder } from './countPerOrder';

/** @param desk - whose tickets share the accounts. */
export function createCodesPerOrder(
  client: Client,
  desk: { readonly desk: string; readonly account: string },
): CodesPerOrder {
  return countPerOrder(client, desk, {
    account: 'codes',
    what: 'the codes sent so far',
    summary: 'Codes sent for one order within a day',
  });
}
