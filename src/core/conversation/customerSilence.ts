/** What a ticket does while its customer does not answer: follow-ups that the rule wants, and then it is let go. */
import { changed } from '../changed';
import { waitOf, waitText, type Wait } from '../hours/wait';
import type { FollowUp, PolicySettings } from '../policy/plan';
import { deadlineAfter } from '../stateChanges';
import type { CustomerSilence, Deadline, TicketState } from '../state';

/** The last words are ours. Everything that happens by itself from here on counts from them. */
export function awaitCustomer(state: TicketState, silence: CustomerSilence | null, now: number): TicketState {
  const waiting = changed(state, { stage: 'waiting-for-customer', silence });
  const next = silence?.followUps[0];
  if (next === undefined) return changed(waiting, { deadline: letGo(waiting, now) });
  return followUpBy(waiting, next, deadlineAfter(waiting, now, next, 'follow-up'));
}

export function followUpBy(state: TicketState, next: FollowUp, deadline: Deadline): TicketState {
  const { template, language, close } = next;
  const detail = `"${template}" (${language})${close ? ', and solve the ticket' : ''}`;
  return changed(state, { deadline: { ...deadline, detail } });
}

export function letGo(state: TicketState, now: number): Deadline {
  const { silence, settings } = state;
  const wait =
    silence === null || silence.waitMs === null
      ? silenceOf(settings)
      : waitOf(silence.waitMs, silence.waitCountedIn);
  return deadlineAfter(state, now, wait, 'customer-silence');
}

/** As long as the policy says where no rule does. */
export function silenceOf({ customerSilenceMs, countedIn }: PolicySettings): Wait {
  return waitOf(customerSilenceMs, countedIn?.customerSilence);
}

export function withoutFollowUps(state: TicketState): TicketState {
  return state.silence === null ? state : changed(state, { silence: { ...state.silence, followUps: [] } });
}

/** For agents: `After 2 days without an answer the customer gets "still-there" (en), and the ticket is solved`. */
export function followUpText({ template, language, close, ...wait }: FollowUp): string {
  const solves = close ? ', and the ticket is solved' : '';
  return `After ${waitText(wait)} without an answer the customer gets "${template}" (${language})${solves}`;
}
