import { newDialogue } from './conversation/dialogue';
import { defaultSettings } from './policy/plan';
import type { TicketState } from './state';
import type { TicketRef } from './ticket/ticket';

/** @param life - see `TicketState`. */
export function newTicketState(ref: TicketRef, life = ''): TicketState {
  return {
    schema: 1,
    ref,
    life,
    signals: 0,
    stage: 'answering',
    settings: defaultSettings,
    turn: null,
    turns: 0,
    steps: [],
    running: false,
    cancelling: false,
    stepsStarted: 0,
    pendingHints: [],
    handledCommentId: null,
    handedOver: [],
    handOffs: [],
    released: null,
    lastKnown: { agentCommentId: null, assigneeId: null, status: null },
    takenOver: false,
    dialogue: newDialogue,
    orderActions: [],
    policyVersion: null,
    approval: null,
    heldTurn: null,
    handOff: null,
    silence: null,
    deadline: null,
    replyTimes: [],
    seen: [],
    last: null,
    decision: null,
    priority: null,
    timeline: [],
  };
}
