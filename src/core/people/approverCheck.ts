/** Where a policy says who may approve: the desk is asked who somebody is, and what they approved is done after that. */
import { approvalRefusal, approve, orderActionsOf, restrictedTo } from './approval';
import { deedsToApprove, type ApprovalWord } from './approvers';
import type { AgentAction } from '../events';
import { enqueue, tell } from '../stateChanges';
import type { TicketState } from '../state';

const refusedKept = 20;

/** The word is carried out, or the desk is asked first. */
export function approvalWanted(state: TicketState, action: AgentAction, now: number): TicketState {
  const { heldTurn } = state;
  if (heldTurn === null || heldTurn.plan === null || restrictedTo(state) === null) {
    return approve(state, action.by, now);
  }
  const told = tell(state, now, 'waiting', `The desk is asked whether ${action.by} may approve`);
  return enqueue(told, {
    type: 'check-approver',
    ref: state.ref,
    word: { id: action.id, by: action.by, draftId: action.draftId },
    deeds: deedsToApprove(orderActionsOf(heldTurn.plan)),
  });
}

/** Of an action that was taken: whether it is done stands out. */
export function isBeingChecked({ steps }: Pick<TicketState, 'steps'>, actionId: string): boolean {
  return steps.some(({ step }) => step.type === 'check-approver' && step.word.id === actionId);
}

/** Why an action that was taken was not done after all, in a sentence for whoever sent it. */
export function laterRefusal(
  { refusedApprovals = [] }: Pick<TicketState, 'refusedApprovals'>,
  actionId: string,
): string | null {
  return refusedApprovals.find(({ id }) => id === actionId)?.why ?? null;
}

/**
 * @param checked.why - they may not; null: they may.
 * @param checked.name - as the desk calls them; null: it was not asked, since anybody may.
 */
export function approverChecked(
  state: TicketState,
  word: ApprovalWord,
  { why, name }: { readonly why: string | null; readonly name: string | null },
  now: number,
): TicketState {
  // Somebody may have been faster, and so may the customer.
  const refused = approvalRefusal(state, { action: 'approve', draftId: word.draftId }) ?? why;
  const by = name ?? word.by;
  if (refused === null) return approve(tell(state, now, 'agent', `Approved by ${by}`), by, now);
  const refusedApprovals = [...(state.refusedApprovals ?? []), { id: word.id, why: refused }];
  return tell(
    { ...state, refusedApprovals: refusedApprovals.slice(-refusedKept) },
    now,
    'ignored',
    `approve by ${word.by} refused: ${refused}`,
  );
}
