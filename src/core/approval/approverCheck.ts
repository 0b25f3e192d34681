/** Where a policy says who may approve: the desk is asked who somebody is, and what they said is done after that. */
import { changed } from '../changed';
import type { AgentAction } from '../events';
import { enqueue, tell } from '../stateChanges';
import type { QueuedStep, TicketState } from '../state';
import { forgetActions } from '../people/actionMemory';
import { approvalRefusal, approve, orderActionsOf, reject, restrictedTo } from './approval';
import { deedsToApprove, type ApprovalWord } from './approvers';
import { notNow } from '../people/notNow';

/** As many as can be asked at once, and some. */
const refusedKept = 60;

/** The word is carried out, or the desk is asked first. */
export function wordGiven(state: TicketState, action: AgentAction, now: number): TicketState {
  const word = wordOf(action);
  const { heldTurn } = state;
  if (heldTurn === null || heldTurn.plan === null || restrictedTo(state) === null) {
    return obey(state, word, now);
  }
  const told = tell(state, now, 'waiting', `The desk is asked whether ${word.by} may ${verbOf(word)}`);
  return enqueue(told, {
    type: 'check-approver',
    ref: state.ref,
    word,
    deeds: deedsToApprove(orderActionsOf(heldTurn.plan)),
  });
}

function wordOf({ id, by, draftId, action, reason }: AgentAction): ApprovalWord {
  const word = { id, by, draftId };
  return action === 'reject' ? { ...word, rejects: { reason } } : word;
}

function verbOf({ rejects }: ApprovalWord): 'approve' | 'reject' {
  return rejects === undefined ? 'approve' : 'reject';
}

function obey(state: TicketState, { by, rejects }: ApprovalWord, now: number): TicketState {
  return rejects === undefined ? approve(state, by, now) : reject(state, { by, reason: rejects.reason }, now);
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
  const refused = nowRefused(state, word) ?? why;
  const by = name ?? word.by;
  if (refused === null) {
    const told = word.rejects === undefined ? `Approved by ${by}` : `Rejected by ${by}`;
    return obey(tell(state, now, 'agent', told), { ...word, by }, now);
  }
  const text = `${verbOf(word)} by ${word.by} refused: ${refused}`;
  return tell(withRefusals(state, [{ id: word.id, why: refused }]), now, 'ignored', text);
}

/** Somebody may have been faster, the customer as well, and the ticket may be nothing to write on any more. */
function nowRefused(state: TicketState, word: ApprovalWord): string | null {
  const action = verbOf(word);
  return notNow(state, action) ?? approvalRefusal(state, { action, draftId: word.draftId });
}

/** An action whose refusal is forgotten is forgotten itself: the same request again is judged anew, not taken for done. */
function withRefusals(state: TicketState, more: NonNullable<TicketState['refusedApprovals']>): TicketState {
  const all = [...(state.refusedApprovals ?? []), ...more];
  const kept = changed(state, { refusedApprovals: all.slice(-refusedKept) });
  const forgotten = all.slice(0, -refusedKept).map(({ id }) => id);
  if (forgotten.length === 0) return kept;
  return forgetActions(forgetActions(kept, 'approve', forgotten), 'reject', forgotten);
}

/** Nobody need be asked about a draft that waits no longer: what was decided is done at once, and not after them all. */
export function withoutMootWords(before: TicketState, after: TicketState, now: number): TicketState {
  const { approval } = after;
  if (before.approval === null || approval?.draftId === before.approval.draftId) return after;
  const isMoot = ({ step }: QueuedStep, index: number) =>
    step.type === 'check-approver' &&
    step.word.draftId !== approval?.draftId &&
    !(after.running && index === 0);
  const moot = after.steps.filter(isMoot);
  if (moot.length === 0) return after;
  const refused = moot.flatMap(({ step }) => {
    if (step.type !== 'check-approver') return [];
    const { word } = step;
    return [{ id: word.id, why: nowRefused(after, word) ?? 'The draft does not wait any more.' }];
  });
  const steps = after.steps.filter((step) => !moot.includes(step));
  const many = moot.length === 1 ? 'Another word' : `${moot.length} more words`;
  return tell(
    withRefusals(changed(after, { steps }), refused),
    now,
    'ignored',
    `${many} about that draft came too late`,
  );
}
