/** What becomes of a plan: it is carried out, held for an agent's word, or only noted, as the mode wants it. */
import { changed } from '../changed';
import { carryOut } from '../turn/acting';
import { holdForApproval } from '../approval/approval';
import { assertNever } from '../failure';
import { modeOfPlan } from './modeOf';
import type { Plan } from '../policy/plan';
import { proposalOf, wouldText } from './propose';
import { tell } from '../stateChanges';
import type { TicketState, Turn } from '../state';
import type { TicketSnapshot } from '../ticket/ticket';
import { watch } from './watch';
import { needsWord, withoutPromise } from './wordless';

export function actInMode(
  decided: TicketState,
  turn: Turn,
  plan: Plan,
  snapshot: TicketSnapshot,
  now: number,
): TicketState {
  const mode = modeOfPlan(decided, plan);
  const { decision } = decided;
  const state =
    mode === 'auto' || decision === null ? decided : changed(decided, { decision: { ...decision, mode } });
  switch (mode) {
    case 'auto':
      return plan.needsApproval
        ? holdForApproval(state, turn, plan, snapshot, now)
        : carryOut(state, turn, plan, snapshot, now);
    case 'draft': {
      const quiet = plan.needsApproval ? plan : withoutPromise(plan);
      return quiet.needsApproval || needsWord(quiet)
        ? holdForApproval(state, turn, quiet, snapshot, now)
        : carryOut(state, turn, quiet, snapshot, now);
    }
    case 'shadow': {
      const proposal = proposalOf(turn, plan, mode, now);
      return watch(
        tell(changed(state, { proposal }), now, 'noted', wouldText(proposal)),
        waitingOf(turn, snapshot),
        mode,
        now,
      );
    }
    case 'off':
      return watch(state, waitingOf(turn, snapshot), mode, now);
    default:
      return assertNever(mode);
  }
}

function waitingOf({ commentIds }: Turn, { comments }: TicketSnapshot): TicketSnapshot['comments'] {
  return comments.filter(({ id }) => commentIds.includes(id));
}
