/** What a ticket does while its customer does not answer: follow-ups that the rule wants, and then it is let go. */
import { spanText } from './spans';
import type { FollowUp } from './plan';
import { waitUntil } from './stateChanges';
import type { CustomerSilence, TicketState } from './state';

/** The last words are ours. Everything that happens by itself from here on counts from them. */
export function awaitCustomer(state: TicketState, silence: CustomerSilence | null, now: number): TicketState {
  const waiting: TicketState = { ...state, stage: 'waiting-for-customer', silence };
  const next = silence?.followUps[0];
  if (next === undefined) return waitUntil(waiting, letGoAt(waiting, now), 'customer-silence');
  return followUpAt(waiting, next, now + next.afterMs);
}

export function followUpAt(state: TicketState, next: FollowUp, at: number): TicketState {
  const { template, language, close } = next;
  const detail = `"${template}" (${language})${close ? ', and solve the ticket' : ''}`;
  return { ...state, deadline: { at, reason: 'follow-up', detail } };
}

export function letGoAt({ silence, settings }: TicketState, now: number): number {
  return now + (silence?.waitMs ?? settings.customerSilenceMs);
}

export function withoutFollowUps(state: TicketState): TicketState {
  return state.silence === null ? state : { ...state, silence: { ...state.silence, followUps: [] } };
}

/** For agents: `After 2 days without an answer the customer gets "still-there" (en), and the ticket is solved`. */
export function followUpText({ afterMs, template, language, close }: FollowUp): string {
  const solves = close ? ', and the ticket is solved' : '';
  return `After ${spanText(afterMs)} without an answer the customer gets "${template}" (${language})${solves}`;
}
