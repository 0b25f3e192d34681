import { changed } from './changed';
import { isObject } from './isObject';
import { newTicketState } from './newTicketState';
import { dialogueOf, wholeStep, wholeTurn } from './olderShapes';
import type { TicketState } from './state';

/**
 * Reads a state that an earlier run carried over, perhaps written by older code: fields of it or of its settings
 * that did not exist then get their initial value; deeper ones must be optional when added.
 * @throws Error when it is no ticket state, or one of a newer schema than this code knows; the workflow task is
 *   then retried until a worker that knows it comes along, and nothing is lost.
 */
export function decodeState(value: unknown): TicketState {
  if (!isTicketState(value)) throw new Error('The carried state is not a ticket state.');
  if (value.schema > 1) {
    throw new Error(
      `The carried state has schema ${value.schema}; this worker knows schema 1: deploy a newer one.`,
    );
  }
  const fresh = newTicketState(value.ref);
  return changed(fresh, {
    ...value,
    settings: { ...fresh.settings, ...value.settings },
    dialogue: dialogueOf(value),
    turn: wholeTurn(value.turn),
    heldTurn: wholeTurn(value.heldTurn),
    steps: value.steps.map(wholeStep),
    schema: 1,
  });
}

function isTicketState(value: unknown): value is Omit<TicketState, 'schema'> & { schema: number } {
  return (
    isObject(value) &&
    typeof value['schema'] === 'number' &&
    typeof value['stage'] === 'string' &&
    Array.isArray(value['steps']) &&
    isObject(value['settings']) &&
    isObject(value['ref']) &&
    ['desk', 'account', 'ticketId'].every(
      (key) => isObject(value['ref']) && typeof value['ref'][key] === 'string',
    )
  );
}
