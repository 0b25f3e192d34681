/** Which agents' actions were taken: the same request again is no second one. */
import { changed } from '../changed';
import type { AgentActionName } from '../events';
import type { TicketState } from '../state';

/** Remembered with what it was, so that one id cannot stand for two actions. */
export function memoryOf(action: AgentActionName, id: string): string {
  return `${action} ${id}`;
}

export function isRemembered(
  { seen, acted = [] }: Pick<TicketState, 'seen' | 'acted'>,
  action: AgentActionName,
  id: string,
): boolean {
  const memory = memoryOf(action, id);
  return acted.includes(memory) || seen.includes(memory);
}

/** Whoever sends it again is judged anew, and not told that it was done. */
export function forgetActions(
  state: TicketState,
  action: AgentActionName,
  ids: readonly string[],
): TicketState {
  const forgotten = new Set(ids.map((id) => memoryOf(action, id)));
  const isKept = (memory: string): boolean => !forgotten.has(memory);
  return changed(state, { seen: state.seen.filter(isKept), acted: state.acted?.filter(isKept) });
}
