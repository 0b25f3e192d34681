/**
 * Of a desk that gives a ticket to whoever opens it: who had it has it again, even where an attempt breaks off in between.
 * Meanwhile they are kept among the ticket's custom values, under a name that no field has: agents do not see it.
 */
import type { TicketUpdate } from '../../core/ticket/update';
import type { FieldChanges, ViewedTicket } from './stepwiseDesk';

interface Held extends Pick<ViewedTicket, 'assigneeId' | 'ownUserId'> {
  readonly custom: Readonly<Record<string, unknown>> | undefined;
}

interface GivingBack {
  readonly assigneeId: string | null | undefined;
  /** All custom values, to be set before the ticket is opened; null: nobody is to be kept. */
  readonly before: Readonly<Record<string, unknown>> | null;
  /** All of them, to be set when everything else is; null: they stay as they are. */
  readonly after: Readonly<Record<string, unknown>> | null;
}

const heldBy = 'deskhand_held_by';

/** @param opens - and the ticket is the opener's by that. */
export function givingBack(
  { assigneeId, ownUserId, custom }: Held,
  changes: FieldChanges,
  opens: boolean,
): GivingBack {
  const { [heldBy]: held, ...present } = custom ?? {};
  const isGivenBack = opens && changes.assigneeId === undefined;
  const isPersons = isGivenBack && ![null, ownUserId].includes(assigneeId);
  const set = Object.fromEntries((changes.custom ?? []).map(({ field, value }) => [field.id, value]));
  const isChanged = changes.custom !== undefined || isPersons || held !== undefined;
  return {
    assigneeId: isGivenBack ? assigneeId : changes.assigneeId,
    before: isPersons ? { ...present, [heldBy]: assigneeId } : null,
    after: isChanged ? { ...present, ...set } : null,
  };
}

/** What an attempt that broke off has left to be done; nothing, mostly. */
export function toGiveBack(
  { assigneeId, ownUserId, custom }: Held,
  { status }: TicketUpdate,
): Pick<FieldChanges, 'assigneeId'> {
  const held = custom?.[heldBy];
  const isOurs = assigneeId === ownUserId;
  // Set even where they have it: what was kept for that goes with it.
  if (typeof held === 'string') return { assigneeId: isOurs ? held : assigneeId };
  // Nobody had it, or we were given it: whoever it is opened for is to find it.
  return isOurs && status === 'open' ? { assigneeId: null } : {};
}
