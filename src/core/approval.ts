/** A draft that an agent must approve: what of it people see, and what happens when nobody decides. */
import { draftKey } from './businessKeys';
import { followUpText } from './customerSilence';
import { handOffSilently } from './handOff';
import { describeOrderAction } from './orderAction';
import type { Plan } from './plan';
import { gather } from './planUpdates';
import { enqueue, tell, waitUntil } from './stateChanges';
import type { TicketState, Turn } from './state';
import { approvalTag } from './tags';
import type { TicketSnapshot } from './ticket';
import { endTurn } from './turnEnd';
import { plainUpdate } from './update';

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
    ...state,
    stage: 'waiting-for-approval',
    turn: null,
    heldTurn: { ...turn, plan, snapshot: withoutWords(snapshot) },
    approval: { draftId, text },
  };
  const noted = enqueue(
    waitUntil(
      tell(held, now, 'waiting', 'A draft waits for approval'),
      now + plan.settings.approvalMs,
      'approval',
    ),
    {
      type: 'update-ticket',
      purpose: 'note',
      ref: state.ref,
      guard: { kind: 'any' },
      updates: [
        plainUpdate(draftId, {
          comment: { public: false, text: `Draft, waiting for approval:\n\n${text}`, html: null },
          addTags: [approvalTag],
        }),
      ],
    },
  );
  return endTurn(noted, now);
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

export function draftUndecided(state: TicketState, heldTurn: Turn, now: number): TicketState {
  return handOffSilently({ ...state, approval: null, heldTurn: null }, now, {
    reason: 'approval-timeout',
    detail: 'nobody approved or rejected the draft in time',
    note: 'Nobody approved or rejected the draft in time. The customer still waits for an answer.',
    commentIds: heldTurn.commentIds,
  });
}
