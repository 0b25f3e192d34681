/** Which mode holds for one ticket: the company's and the intents' as of the last look, and the ticket's own. */
import { allAuto, modeFor, modes, modeTags, strictest, type Mode } from './mode';
import type { Plan } from '../policy/plan';
import type { TicketState, Turn } from '../state';

type OfTicket = Pick<TicketState, 'settings' | 'mode' | 'taggedMode'>;

/** @param intents - what the message is about; none while that is not known. */
export function modeOf({ settings, mode, taggedMode }: OfTicket, intents: readonly string[] = []): Mode {
  return strictest(modeFor(settings.modes ?? allAuto, intents), mode ?? 'auto', taggedMode ?? 'auto');
}

/** For the plan, of all matters of the message that were understood. */
export function modeOfPlan(state: OfTicket, plan: Pick<Plan, 'intent' | 'facts'> | null): Mode {
  return modeOf(state, plan === null ? [] : intentsOf(plan));
}

/** For people: of what was understood last. */
export function modeNow(state: OfTicket & Pick<TicketState, 'last'>): Mode {
  const intent = state.last?.intent ?? null;
  return modeOf(state, intent === null ? [] : [intent]);
}

export function intentsOf({ intent, facts }: Pick<Plan, 'intent' | 'facts'>): readonly string[] {
  const told = [intent, ...facts.map((matter) => matter['intent'])];
  return [...new Set(told.filter((one) => typeof one === 'string').filter((one) => one !== ''))];
}

/** Of the turn whose draft waits, or of any other; none where nothing is decided. */
export function intentsOfTurn(turn: Pick<Turn, 'plan'> | null): readonly string[] {
  return turn === null || turn.plan === null ? [] : intentsOf(turn.plan);
}

export function taggedMode(tags: readonly string[]): Mode {
  return strictest(...modes.filter((mode) => mode !== 'auto' && tags.includes(modeTags[mode])));
}
