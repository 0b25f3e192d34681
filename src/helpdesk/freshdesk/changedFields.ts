/** From an update to the fields of Freshdesk's PUT: only what really changes, on the state that was just read. */
import { higherPriority } from '../../core/ticket/ticket';
import type { FieldValue, TicketUpdate } from '../../core/ticket/update';
import { RemoteFailure } from '../../remote/failures';
import type { WantedField } from '../fittingFields';
import type { CallContext } from '../port';
import type { Directory } from './directory';
import { deskName } from './http';
import { numberOfPriority, numberOfStatus, priorityOf, statusOf } from './numbers';
import type { FreshdeskTicket } from './schemas';
import type { TicketView } from './ticketView';

/** developers.freshdesk.com/api/#update_ticket. `tags` replaces the whole list. */
export interface TicketFields {
  readonly tags?: readonly string[];
  readonly status?: number;
  readonly priority?: number;
  readonly group_id?: number;
  readonly responder_id?: number | null;
  readonly custom_fields?: Readonly<Record<string, FieldValue>>;
}

/**
 * No request for most updates; the group list once, and an agent where one is assigned, or holds a ticket whose group
 * changes.
 *
 * @throws RemoteFailure `rejected` for an unknown group or agent.
 */
export async function changedFields(
  { ticket, ownUserId, statusNames: names }: TicketView,
  update: TicketUpdate,
  wanted: readonly WantedField[],
  directory: Directory,
  call: CallContext,
): Promise<TicketFields> {
  const groupId = update.group === null ? null : await directory.groupId(update.group, call);
  const custom = wanted.filter((one) => !isShown(ticket, one));
  return {
    ...changedTags(ticket.tags, update),
    ...(custom.length === 0
      ? {}
      : { custom_fields: Object.fromEntries(custom.map(({ field, value }) => [field.id, value])) }),
    ...(update.status === null || update.status === statusOf(ticket.status, names)
      ? {}
      : { status: await wantedStatus(update.status, directory, call) }),
    ...changedPriority(ticket, update),
    ...(groupId === null || groupId === ticket.group_id ? {} : { group_id: Number(groupId) }),
    ...(update.assignee === null
      ? await withoutOutsider(ticket, groupId, ownUserId, directory, call)
      : await changedAssignee(ticket, update.assignee, directory, call)),
  };
}

/** Numbers and boxes come back as such, as text from some plans. */
export function isShown({ custom_fields: fields }: FreshdeskTicket, { field, value }: WantedField): boolean {
  const shown = fields?.[field.id];
  return (
    (typeof shown === 'string' || typeof shown === 'number' || typeof shown === 'boolean') &&
    String(shown) === String(value)
  );
}

async function wantedStatus(
  status: NonNullable<TicketUpdate['status']>,
  directory: Directory,
  call: CallContext,
): Promise<number> {
  const names = status === 'hold' ? await directory.statusNames(0, call) : new Map<number, string>();
  return numberOfStatus(status, names);
}

function changedPriority(
  { priority }: FreshdeskTicket,
  update: TicketUpdate,
): Pick<TicketFields, 'priority'> {
  if (update.priority === null) return {};
  const present = priorityOf(priority);
  const wanted = update.onlyRaises ? higherPriority(present, update.priority) : update.priority;
  return wanted === present ? {} : { priority: numberOfPriority(wanted) };
}

/** The list just read with our changes; nothing when there are none. Freshdesk shows a tag as it was first written. */
function changedTags(
  present: readonly string[],
  { addTags, removeTags }: TicketUpdate,
): Pick<TicketFields, 'tags'> {
  const same = (tag: string) => (other: string) => other.toLowerCase() === tag.toLowerCase();
  const kept = present.filter((tag) => !removeTags.some(same(tag)));
  const added = addTags.filter((tag, at) => !kept.some(same(tag)) && addTags.findIndex(same(tag)) === at);
  return kept.length === present.length && added.length === 0 ? {} : { tags: [...kept, ...added] };
}

async function changedAssignee(
  ticket: FreshdeskTicket,
  assignee: string,
  directory: Directory,
  call: CallContext,
): Promise<Pick<TicketFields, 'responder_id'>> {
  const present = ticket.responder_id ?? null;
  if (assignee === 'nobody') return present === null ? {} : { responder_id: null };
  const id = assignee.includes('@') ? (await directory.agentByEmail(assignee, call))?.id : assignee;
  if (id === undefined || !/^\d+$/.test(id)) {
    throw new RemoteFailure('rejected', `${deskName} has no agent of the id or address to be assigned`, {
      retryable: false,
    });
  }
  return id === present ? {} : { responder_id: Number(id) };
}

/**
 * A group is set so that its people see the ticket: who is not one of them gives it up in the same update, and so does
 * the bot.
 */
async function withoutOutsider(
  ticket: FreshdeskTicket,
  groupId: string | null,
  ownUserId: string,
  directory: Directory,
  call: CallContext,
): Promise<Pick<TicketFields, 'responder_id'>> {
  const assignee = ticket.responder_id ?? null;
  if (groupId === null || assignee === null) return {};
  if (assignee === ownUserId) return { responder_id: null };
  if (groupId === ticket.group_id) return {};
  const agent = await directory.agentById(assignee, call);
  return agent?.group_ids?.includes(groupId) === true ? {} : { responder_id: null };
}
