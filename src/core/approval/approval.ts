/** A draft that an agent must approve: what of it people see, and what happens when nobody decides. */
import { changed, changedTurn } from '../changed';
import { carryOut } from '../turn/acting';
import { decideBy, handedOffAt } from './approvalPath';
import { deedsToApprove, whoMay } from './approvers';
import { draftKey, sendTagKey } from '../businessKeys';
import { fingerprint } from '../fingerprint';
import { followUpText } from '../conversation/customerSilence';
import { withEarlier } from '../conversation/earlier';
import { handOffSilently } from '../people/handOff';
import { intentsOf, intentsOfTurn } from '../modes/modeOf';
import { tellApprovalWanted } from '../notices/tellPeople';
import { exactOrderAction, type OrderAction } from '../orders/orderAction';
import type { Plan } from '../policy/plan';
import { proposalOf } from '../modes/propose';
import { gather } from '../turn/planUpdates';
import { hourMs } from '../spans';
import { enqueueNote, tell } from '../stateChanges';
import type { DecisionBasis, TicketState, Turn } from '../state';
import type { AgentAction } from '../events';
import { settledDraft, settledText, settleDraft } from './settledDrafts';
import { approvalTag, sendTag } from '../ticket/tags';
import type { TicketSnapshot } from '../ticket/ticket';
import { endTurn } from '../turn/turnEnd';
import { internalNote, plainUpdate, type AppliedUpdate } from '../ticket/update';

function draftHead(held: TicketState): string {
  const whose = restrictedTo(held);
  return whose === null
    ? `Draft, waiting for approval. The tag ${sendTag} on this ticket sends it:`
    : `Draft, waiting for approval by ${whose}. A tag does not send it; the action approve does:`;
}

/** Whoever decides by a tag may have the ticket before them as it was so long ago. */
export const readFor = hourMs;

export function holdForApproval(
  state: TicketState,
  turn: Turn,
  plan: Plan,
  snapshot: TicketSnapshot,
  now: number,
): TicketState {
  const text = draftText(plan);
  const decidedOn = basisOf(turn, plan, snapshot, text);
  const about = turn.commentIds.at(-1) ?? '';
  const { settledDrafts = [] } = state;
  const count = settledDrafts.filter(({ draftId: id }) =>
    id.startsWith(`${state.ref.ticketId}/${about}/`),
  ).length;
  const draftId = draftKey(state.ref, about, turn, state.life, `${count + 1}-${decidedOn.hash}`);
  const last = settledDrafts.at(-1);
  const isInPlace = last?.how === 'void' && now - last.at < readFor;
  const held = changed(state, {
    proposal: proposalOf(turn, plan, 'draft', now),
    stage: 'waiting-for-approval',
    turn: null,
    heldTurn: changedTurn(turn, { draftId, plan, snapshot: withoutWords(snapshot) }),
    approval: {
      draftId,
      text,
      actions: orderActionsOf(plan),
      reply: gather(plan).reply?.text ?? null,
      revision: snapshot.stamp,
      decidedOn,
      since: now,
      ...(isInPlace ? { replaces: true } : {}),
    },
  });
  const deadline = decideBy(plan.settings, { since: now });
  const noted = enqueueNote(
    changed(tell(held, now, 'waiting', 'A draft waits for approval'), { deadline }),
    plainUpdate(draftId, {
      comment: internalNote(
        `${draftHead(held)}\n\n${withEarlier(text, state)}\n\n${basisText(decidedOn, snapshot)}\nThis is draft ${draftId}.`,
      ),
      addTags: [approvalTag],
      // One that is left from an earlier draft does not send this one.
      removeTags: [sendTag],
    }),
    { strictest: 'draft', intents: intentsOf(plan) },
  );
  return endTurn(tellApprovalWanted(noted, draftId, now, handedOffAt(plan.settings, now).at), now);
}

export function orderActionsOf({ actions }: Plan): readonly OrderAction[] {
  return actions.flatMap((one) => (one.type === 'order-action' ? [one.action] : []));
}

/** Whatever of it is another, is another decision. A turn that began anew asks anew, also for the same. */
function basisOf(turn: Turn, plan: Plan, snapshot: TicketSnapshot, text: string): DecisionBasis {
  const { commentIds: messages, restarts } = turn;
  const requesterId = snapshot.requester.id;
  const { standings: orders = [], actions } = plan;
  const hash = fingerprint(JSON.stringify([messages, requesterId, orders, actions, text, restarts]));
  return { hash, messages, requesterId, orders };
}

/** For whoever decides: what else would be another decision. */
function basisText({ messages, orders }: DecisionBasis, { stamp }: TicketSnapshot): string {
  const stands = orders.map(
    ({ order, status, paid, refunded, storeCredit }) =>
      `order ${order} (${status}, paid ${paid}, refunded ${refunded}, store credit ${storeCredit})`,
  );
  const answered = `message${messages.length === 1 ? '' : 's'} ${messages.join(', ')}`;
  return `Decided on: ${[`the ticket as of ${stamp}`, answered, ...stands].join('; ')}.`;
}

/** All that an approval allows: what would be done, exactly, and what would be said. */
function draftText(plan: Plan): string {
  const deeds = plan.actions.flatMap((action) => {
    if (action.type === 'order-action') return [`To do: ${exactOrderAction(action.action)}.`];
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
  if (approval === null) return state;
  const isApplied = (wanted: string) => applied.some(({ key }) => key === wanted);
  if (isApplied(approval.draftId)) return changed(state, { approval: { ...approval, noted: true } });
  if (!isApplied(sendTagKey(approval.draftId))) return state;
  return changed(state, { approval: { ...approval, replaces: undefined } });
}

/** A tag does not say whose word it is. */
export function isSentByTag(state: TicketState, { tags }: Pick<TicketSnapshot, 'tags'>): boolean {
  return state.approval?.noted === true && tags.includes(sendTag) && restrictedTo(state) === null;
}

/** Who may approve what waits, in words, where the policy says so; null: anybody. */
export function restrictedTo({ settings, heldTurn }: TicketState): string | null {
  const { approvers = [] } = settings;
  return heldTurn === null || heldTurn.plan === null
    ? null
    : whoMay(approvers, deedsToApprove(orderActionsOf(heldTurn.plan)));
}

const noDraftWaits = 'No draft waits for approval.';

/** Why it is not decided as things stand, in a sentence for whoever decides; null: it is. */
export function approvalRefusal(
  state: TicketState,
  action: Pick<AgentAction, 'action' | 'draftId'>,
): string | null {
  const { approval } = state;
  const { draftId } = action;
  if (draftId === null) {
    return approval === null
      ? noDraftWaits
      : `Say which draft is meant, by its draftId. ${approval.draftId} waits: read it before you ${action.action} it.`;
  }
  if (draftId === approval?.draftId) return null;
  const settled = settledDraft(state, draftId);
  if (settled !== null) return settledText(settled, state.turn?.draftId === draftId);
  return approval === null
    ? noDraftWaits
    : `Draft ${draftId} is not the one that waits (${approval.draftId}): read it again.`;
}

/** @param by - whose word it is. */
export function sendDraft(state: TicketState, by: string, now: number): TicketState {
  return approve(tell(changed(state, { turn: null }), now, 'agent', `Approved by ${by}`), by, now);
}

/** @param by - as in `sendDraft`. */
export function approve(state: TicketState, by: string, now: number): TicketState {
  const { heldTurn, approval } = state;
  if (heldTurn === null || heldTurn.plan === null || heldTurn.snapshot === null) return state;
  // A turn that was about to begin begins after the approved reply; if the customer wrote, the draft is stale anyway.
  const pendingHints = state.turn === null ? state.pendingHints : [...state.pendingHints, null];
  const known =
    approval === null
      ? state
      : settleDraft(state, { draftId: approval.draftId, how: 'approved', by, why: null, at: now });
  const going = changed(known, { approval: null, heldTurn: null, deadline: null, pendingHints });
  return carryOut(going, changedTurn(heldTurn, { approved: true }), heldTurn.plan, heldTurn.snapshot, now);
}

export function reject(
  state: TicketState,
  { by, reason }: { readonly by: string; readonly reason: string | null },
  now: number,
): TicketState {
  const { approval, heldTurn } = state;
  const known =
    approval === null
      ? state
      : settleDraft(state, { draftId: approval.draftId, how: 'rejected', by, why: reason, at: now });
  return handOffSilently(changed(known, { approval: null, heldTurn: null }), now, {
    reason: 'approval-rejected',
    detail: `draft rejected by ${by}`,
    note: `${by} rejected the draft${reason === null ? '' : `: ${reason}`}. The customer still waits for an answer.`,
    commentIds: heldTurn?.commentIds ?? [],
    intents: intentsOfTurn(heldTurn),
  });
}

export function draftUndecided(state: TicketState, heldTurn: Turn, now: number): TicketState {
  const { approval } = state;
  const known =
    approval === null
      ? state
      : settleDraft(state, {
          draftId: approval.draftId,
          how: 'timed-out',
          by: null,
          why: 'nobody decided in time',
          at: now,
        });
  return handOffSilently(changed(known, { approval: null, heldTurn: null }), now, {
    reason: 'approval-timeout',
    detail: 'nobody approved or rejected the draft in time',
    note: 'Nobody approved or rejected the draft in time. The customer still waits for an answer.',
    commentIds: heldTurn.commentIds,
    intents: intentsOfTurn(heldTurn),
  });
}
