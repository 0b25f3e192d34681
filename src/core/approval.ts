/** A draft that an agent must approve: what of it people see, and what happens when nobody decides. */
import { carryOut } from './acting';
import { draftKey } from './businessKeys';
import { followUpText } from './customerSilence';
import { handOffSilently } from './handOff';
import { waitOf } from './hours/wait';
import { tellApprovalWanted } from './notices/tellPeople';
import { describeOrderAction } from './orderAction';
import type { Plan } from './plan';
import { propose } from './propose';
import { gather } from './planUpdates';
import { deadlineAfter, enqueue, tell } from './stateChanges';
import type { TicketState, Turn } from './state';
import { approvalTag, sendTag } from './tags';
import type { TicketSnapshot } from './ticket';
import { endTurn } from './turnEnd';
import { plainUpdate, type AppliedUpdate } from './update';

const draftHead = `Draft, waiting for approval. The tag ${sendTag} on this ticket sends it:`;

export function holdForApproval(
  state: TicketState,
  turn: Turn,
  plan: Plan,
  snapshot: TicketSnapshot,
  now: number,
): TicketState {
  const draftId = draftKey(state.ref, turn.commentIds.at(-1) ?? '', turn);
  const text = draftText(plan);
  const held: TicketState = {
    ...propose(state, turn, plan, 'draft', now),
    stage: 'waiting-for-approval',
    turn: null,
    heldTurn: { ...turn, plan, snapshot: withoutWords(snapshot) },
    approval: { draftId, text },
  };
  const { approvalMs, countedIn } = plan.settings;
  const deadline = deadlineAfter(plan, now, waitOf(approvalMs, countedIn?.approval), 'approval');
  const noted = enqueue(
    { ...tell(held, now, 'waiting', 'A draft waits for approval'), deadline },
    {
      type: 'update-ticket',
      purpose: 'note',
      ref: state.ref,
      guard: { kind: 'any' },
      updates: [
        plainUpdate(draftId, {
          comment: { public: false, text: `${draftHead}\n\n${text}`, html: null },
          addTags: [approvalTag],
          // One that is left from an earlier draft does not send this one.
          removeTags: [sendTag],
        }),
      ],
    },
  );
  return endTurn(tellApprovalWanted(noted, turn, now, deadline.at), now);
}

/** All that an approval allows: what would be done, exactly, and what would be said. */
function draftText(plan: Plan): string {
  const deeds = plan.actions.flatMap((action) => {
    if (action.type === 'order-action') return [`To do: ${describeOrderAction(action.action)}.`];
    return action.type === 'send-code' ? [`To do: send a code to the address of order ${action.order}.`] : [];
  });
  const { reply, followUps } = gather(plan);
  const later = followUps.map((followUp) => `${followUpText(followUp)}:\n\n${followUp.text}`);
  return [...deeds, reply?.text ?? 'No public reply; see the rule.', ...later].join('\n\n');
}

function withoutWords(snapshot: TicketSnapshot): TicketSnapshot {
  return { ...snapshot, comments: snapshot.comments.map((comment) => ({ ...comment, text: null })) };
}

/** The draft's note is on the ticket: from now on an agent can have read it. */
export function draftNoted(state: TicketState, applied: readonly AppliedUpdate[]): TicketState {
  const { approval } = state;
  const isNoted = approval !== null && applied.some(({ key }) => key === approval.draftId);
  return isNoted ? { ...state, approval: { ...approval, noted: true } } : state;
}

export function isSentByTag({ approval }: TicketState, { tags }: Pick<TicketSnapshot, 'tags'>): boolean {
  return approval?.noted === true && tags.includes(sendTag);
}

/** @param by - whose word it is. */
export function sendDraft(state: TicketState, by: string, now: number): TicketState {
  return approve(tell({ ...state, turn: null }, now, 'agent', `Approved by ${by}`), now);
}

export function approve(state: TicketState, now: number): TicketState {
  const { heldTurn } = state;
  if (heldTurn === null || heldTurn.plan === null || heldTurn.snapshot === null) return state;
  // A turn that was about to begin begins after the approved reply; if the customer wrote, the draft is stale anyway.
  const pendingHints = state.turn === null ? state.pendingHints : [...state.pendingHints, null];
  const going: TicketState = { ...state, approval: null, heldTurn: null, deadline: null, pendingHints };
  return carryOut(going, { ...heldTurn, approved: true }, heldTurn.plan, heldTurn.snapshot, now);
}

export function draftUndecided(state: TicketState, heldTurn: Turn, now: number): TicketState {
  return handOffSilently({ ...state, approval: null, heldTurn: null }, now, {
    reason: 'approval-timeout',
    detail: 'nobody approved or rejected the draft in time',
    note: 'Nobody approved or rejected the draft in time. The customer still waits for an answer.',
    commentIds: heldTurn.commentIds,
  });
}
