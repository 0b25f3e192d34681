/** Whom and what a request names. */
import type { Transaction } from '../common/recordStore';
import { badRequest, notFound } from './apiErrors';
import type { PersonBody } from './bodies';
import type { GorgiasContext } from './context';
import type { Customer, Tables, Ticket, User } from './records';
import { customerByEmail } from './ticketChanges';

/** @throws ApiError 404 */
export function ticketById(tables: Tables, id: string): Ticket {
  const ticket = /^[1-9]\d*$/.test(id) ? tables.tickets.records.get(Number(id)) : undefined;
  if (ticket === undefined) throw notFound('Ticket');
  return ticket;
}

/** The user of that id or address; nobody: whose key it is. @throws ApiError 400 */
export function userIn({ tables, me }: GorgiasContext, who: PersonBody | null | undefined): User {
  if (!who) return me();
  const known = [...tables.users.records.values()].find(
    ({ id, email }) => id === who.id || email.toLowerCase() === who.email?.toLowerCase(),
  );
  if (known === undefined) throw badRequest({ sender: ['There is no such user.'] });
  return known;
}

/** The customer of that id or address; an address that is new makes one. @throws ApiError 400 */
export function customerIn(
  desk: Pick<GorgiasContext, 'tables' | 'clock'>,
  tx: Transaction,
  who: PersonBody | null | undefined,
  field: string,
): Customer {
  const known = who?.id ? tx.get(desk.tables.customers, who.id) : undefined;
  if (known !== undefined) return known;
  if (!who?.email) throw badRequest({ [field]: ['There is no such customer.'] });
  return customerByEmail(desk, tx, { email: who.email, name: who.name });
}
