/** Only machines have written: nobody is answered, and nobody called. */
import { automaticKey } from '../businessKeys';
import { isHandsOff } from '../modes/mode';
import { modeOf } from '../modes/modeOf';
import { enqueueNote, tell } from '../stateChanges';
import type { TicketState } from '../state';
import { automaticTag } from '../ticket/tags';
import type { TicketComment, TicketSnapshot } from '../ticket/ticket';
import { plainUpdate } from '../ticket/update';

/** The tag is set once: views of the desk are built on it, and it stays. */
export function machineSpoke(
  state: TicketState,
  comments: readonly TicketComment[],
  { tags }: Pick<TicketSnapshot, 'tags'>,
  now: number,
): TicketState {
  const told = tell(state, now, 'ignored', 'An automatic message: nothing to answer');
  const newest = comments.at(-1);
  if (newest === undefined || tags.includes(automaticTag) || isHandsOff(modeOf(state))) return told;
  return enqueueNote(told, plainUpdate(automaticKey(state.ref, newest.id), { addTags: [automaticTag] }));
}
