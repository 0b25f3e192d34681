/** What a ticket's id looks like: checked wherever one comes in, before it names a workflow. */

export interface TicketIdRule {
  readonly pattern: RegExp;
  /** Completes "a ticket id must be". */
  readonly allowed: string;
}

/** Of a desk that counts tickets up. One number has one spelling, so that 001 is no second ticket beside 1. */
export function numberedTicketId(deskTitle: string): TicketIdRule {
  return {
    pattern: /^[1-9]\d{0,19}$/,
    allowed: `a number as ${deskTitle} shows it: 1 to 20 digits, the first not 0, such as 35436`,
  };
}

/** Of a desk nobody has said more about: what cannot break a workflow id or an address. */
export const anyTicketId: TicketIdRule = {
  pattern: /^[A-Za-z0-9_-]{1,64}$/,
  allowed: 'an id as the desk shows it: 1 to 64 letters, digits, _ or -',
};

/** Null for an id that can be a ticket's, else `must be ...`. */
export function mistakeInTicketId({ pattern, allowed }: TicketIdRule, ticketId: string): string | null {
  return pattern.test(ticketId) ? null : `must be ${allowed}`;
}
