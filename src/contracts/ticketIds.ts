/** What a ticket's id looks like on each desk: checked wherever one comes in, before it names a workflow. */

interface TicketIdRule {
  readonly pattern: RegExp;
  /** Completes "a ticket id must be". */
  readonly allowed: string;
}

/** Zendesk counts tickets up; one number has one spelling, so that 001 is no second ticket beside 1. */
const zendesk: TicketIdRule = {
  pattern: /^[1-9]\d{0,19}$/,
  allowed: 'a number as Zendesk shows it: 1 to 20 digits, the first not 0, such as 35436',
};

const freshdesk: TicketIdRule = {
  pattern: zendesk.pattern,
  allowed: 'a number as Freshdesk shows it: 1 to 20 digits, the first not 0, such as 35436',
};

/** Of a desk nobody has said more about: what cannot break a workflow id or an address. */
export const anyTicketId: TicketIdRule = {
  pattern: /^[A-Za-z0-9_-]{1,64}$/,
  allowed: 'an id as the desk shows it: 1 to 64 letters, digits, _ or -',
};

const rules: ReadonlyMap<string, TicketIdRule> = new Map([
  ['zendesk', zendesk],
  ['freshdesk', freshdesk],
]);

/** Null for an id that can be a ticket of this desk, else `must be ...`. */
export function ticketIdMistake(desk: string, ticketId: string): string | null {
  const { pattern, allowed } = rules.get(desk) ?? anyTicketId;
  return pattern.test(ticketId) ? null : `must be ${allowed}`;
}
