import { newDialogue } from './dialogue';
import { defaultSettings } from './plan';
import type { TicketState } from './state';
import type { TicketRef } from './ticket';

export function newTicketState(ref: TicketRef): TicketState {
  return {
    schema: 1,
    ref,
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
