/** Why an agent's action is not done as the ticket stands, whoever asks for it. */
import type { AgentActionName } from '../events';
import { isHandsOff } from '../modes/mode';
import { modeOf } from '../modes/modeOf';
import type { TicketState } from '../state';

/** What an agent asks to be written, said or done. */
const writes: readonly AgentActionName[] = ['approve', 'reject', 'escalate', 'reply-again', 'close'];

/** A sentence for the agent; null: nothing of the ticket stands in its way. */
export function notNow(state: TicketState, action: AgentActionName): string | null {
  if (state.stage === 'closed') return 'The ticket is closed.';
  if (isBeingClosed(state)) {
    return action === 'close'
      ? 'The ticket is being closed already.'
      : 'The ticket is being closed: wait until it is, and open it again on the desk.';
  }
  const mode = modeOf(state);
  return isHandsOff(mode) && writes.includes(action)
    ? `The mode is ${mode} as of the last look, and Deskhand writes nothing on the ticket: do it on the desk, or set another mode and hand the ticket back.`
    : null;
}

function isBeingClosed({ steps }: TicketState): boolean {
  return steps.some(({ step }) => step.type === 'update-ticket' && step.purpose === 'close');
}
