/** A ticket that was given to another brand: its open conversation goes on under the policy it began with. */
import { changed } from '../changed';
import { tell } from '../stateChanges';
import type { TicketState } from '../state';

/** @param movesTo - as the look at the ticket has brought it. Told once, not at every look. */
export function heedBrand(state: TicketState, movesTo: string | null | undefined, now: number): TicketState {
  if (movesTo === state.movesTo) return state;
  const known = changed(state, { movesTo });
  if (movesTo === undefined) return known;
  const policy = movesTo === null ? 'the policy of all other brands' : `the policy ${movesTo}`;
  return tell(
    known,
    now,
    'message',
    `The ticket's brand goes by ${policy} now: so will its next conversation`,
  );
}
