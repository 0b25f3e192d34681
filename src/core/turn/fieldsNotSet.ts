/** A desk that lacks a field, or does not take its value, gets the rest of the update; people are told. */
import { keyBeside } from '../businessKeys';
import { enqueueNote, tell } from '../stateChanges';
import type { TicketState } from '../state';
import { internalNote, plainUpdate, type AppliedUpdate } from '../ticket/update';

export function noteFieldsNotSet(
  state: TicketState,
  applied: readonly AppliedUpdate[],
  now: number,
): TicketState {
  return applied.reduce((noted, { key, fieldsNotSet = [] }) => {
    if (fieldsNotSet.length === 0) return noted;
    const lines = fieldsNotSet.map(({ field, why }) => `- ${field}: ${why}`).join('\n');
    const text = `Deskhand did everything but set these fields of the ticket:\n${lines}`;
    const names = fieldsNotSet.map(({ field }) => field).join(', ');
    return enqueueNote(
      tell(noted, now, 'failed', `Not set on the ticket: ${names}`),
      plainUpdate(keyBeside(key, 'fields'), { comment: internalNote(text) }),
    );
  }, state);
}
