/** How a turn begins: a hint that something happened, the settle window, and the first read of the ticket. */
import { changed, changedTurn } from '../changed';
import type { ConversationFacts } from '../effects';
import type { Hint } from '../events';
import { newTicketState } from '../newTicketState';
import { versionInUse } from '../policy/policyChoice';
import type { ProposedWords } from '../modes/proposal';
import { enqueue, rememberHint, tell, waitUntil } from '../stateChanges';
import { settleDraft } from '../approval/settledDrafts';
import type { TicketState, Turn, TurnCause } from '../state';

/** A burst is answered together, but nobody waits longer than this many settle windows for the first word. */
const settleWindowsAtMost = 5;

export function takeHint(state: TicketState, hint: Hint, now: number): TicketState {
  if (state.seen.includes(hint.id) || isOld(state, hint)) return state;
  // A hint that reaches a workflow about to end keeps it alive: what was accepted is looked at.
  const known = rememberHint(state.stage === 'closed' ? reopened(state) : state, hint.id);
  // Desks announce a new ticket and its first comment separately; the look that is under way has both.
  if (hint.kind === 'created' && known.turns > 0 && state.stage !== 'closed') return known;
  const { turn } = known;
  if (turn === null) return beginTurn(known, 'message', now);
  // The turn has read that comment already.
  if (turn.snapshot?.comments.some((comment) => comment.id === hint.commentId)) return known;
  const pendingHints = [...known.pendingHints, hint.commentId].slice(-50);
  const settleUntil = Math.max(turn.settleUntil, settleEnd(turn, known.settings.settleMs, now));
  const hinted = changed(known, { pendingHints, turn: changedTurn(turn, { settleUntil }) });
  return turn.phase === 'settling' ? waitUntil(hinted, settleUntil, 'settle') : hinted;
}

/** As in the new run that would have been started a moment later: what counts is what the ticket shows. */
function reopened(state: TicketState): TicketState {
  const { lastKnown, handledCommentId, handedOver, released, takenOver, dialogue, policyVersion } =
    newTicketState(state.ref);
  return changed(state, {
    stage: 'answering',
    lastKnown,
    handledCommentId,
    handedOver,
    released,
    takenOver,
    dialogue,
    policyVersion,
    mode: 'auto',
    proposal: null,
    codesSent: [],
  });
}

/** A comment the engine has dealt with already, announced again. */
function isOld(state: TicketState, hint: Hint): boolean {
  const { handledCommentId: handled } = state;
  if (hint.commentId === null || handled === null) return false;
  return hint.commentId === handled || (hint.commentId.length === handled.length && hint.commentId < handled);
}

/** Until when to wait for more after a message that came at `at`. */
export function settleEnd(turn: Pick<Turn, 'startedAt'>, settleMs: number, at: number): number {
  return Math.min(at + settleMs, turn.startedAt + settleWindowsAtMost * settleMs);
}

export function beginTurn(state: TicketState, cause: TurnCause, now: number, keySuffix = ''): TicketState {
  const turn: Turn = {
    number: state.turns + 1,
    cause,
    phase: 'fetching',
    startedAt: now,
    settleUntil: now,
    waitedForMore: false,
    restarts: 0,
    snapshot: null,
    commentIds: [],
    classification: null,
    plan: null,
    resume: state.deadline,
    keySuffix,
    abandoned: false,
  };
  return readTicket(changed(state, { turns: turn.number }), turn);
}

/** Until it has, a run knows nothing of what came before it. */
export function hasLooked(state: TicketState): boolean {
  return state.lastKnown.status !== null || state.handledCommentId !== null;
}

/** Starts or restarts the turn at its first step. */
export function readTicket(state: TicketState, turn: Turn): TicketState {
  const reading = changedTurn(turn, {
    phase: 'fetching',
    approved: false,
    draftId: undefined,
    snapshot: null,
    classification: null,
    plan: null,
  });
  const fetching = changed(state, { turn: reading, deadline: null, pendingHints: [] });
  const policyVersion = versionInUse(state);
  const past = hasLooked(state) ? {} : { withPast: true as const };
  const step = {
    type: 'fetch-ticket',
    ref: state.ref,
    policyVersion,
    ...past,
    ...conversationFacts(state),
    ...proposedWords(state),
    ...(isPeoples(fetching) ? { withTold: true as const } : {}),
  } as const;
  return enqueue(fetching, step, reading);
}

function isPeoples({ stage, turn }: TicketState): boolean {
  return (
    turn?.cause === 'hand-back' || ['with-person', 'handed-off', 'escalated', 'watching'].includes(stage)
  );
}

function conversationFacts({ settings, last, decision }: TicketState): {
  readonly known?: ConversationFacts;
} {
  if (settings.sla === undefined || last === null) return {};
  const language = decision?.facts[0]?.['customer.language'];
  return { known: { intent: last.intent, language: typeof language === 'string' ? language : null } };
}

function proposedWords({ proposal = null }: TicketState): { readonly proposed?: ProposedWords } {
  return proposal === null ? {} : { proposed: { after: proposal.commentId, text: proposal.text } };
}

/** After an approval, before it was carried out. */
function voidWords(why: string): string {
  return `after its approval, before it was carried out: ${why.charAt(0).toLowerCase()}${why.slice(1)}`;
}

/** What was read no longer holds, mostly because of a newer message: read again, answer everything together. */
export function restart(
  state: TicketState,
  turn: Turn,
  now: number,
  why = 'A newer message came',
): TicketState {
  const told = tell(state, now, 'message', `${why}: reading the ticket again`);
  const { draftId, approved, commentIds } = turn;
  // What it has done to an order by then is done, or may be.
  const isBegun = (state.untold ?? []).some(({ commentId }) => commentIds.includes(commentId));
  const known =
    approved === true && draftId !== undefined && !isBegun
      ? settleDraft(told, { draftId, how: 'void', by: null, why: voidWords(why), at: now })
      : told;
  return readTicket(known, changedTurn(turn, { restarts: turn.restarts + 1 }));
}
