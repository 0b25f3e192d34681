/** The desk of a scenario: its customer and its ticket as they are given, else Ana Costa's by mail. */
import { MemoryDesk } from './memoryDesk';
import type { GivenContent } from '../schema';

export const defaultCustomer = { name: 'Ana Costa', email: 'ana@mail.example' } as const;

export function givenDesk(
  { customer = {}, channel = 'email', brand, ticket = {} }: GivenContent,
  clock: () => number,
): MemoryDesk {
  const desk = new MemoryDesk(clock);
  desk.requester = {
    ...desk.requester,
    name: customer.name ?? defaultCustomer.name,
    email: customer.email ?? defaultCustomer.email,
    locale: customer.language ?? null,
    trusted: customer.trusted ?? true,
  };
  desk.channel = channel;
  desk.subject = ticket.subject ?? '';
  desk.brand = brand ?? null;
  desk.tags = ticket.tags ?? [];
  desk.priority = ticket.priority ?? null;
  return desk;
}
