/** From an update to the fields of Zendesk's PUT: only what really changes, on the state that was just read. */
import { higherPriority } from '../../core/ticket/ticket';
import type { FieldValue, TicketUpdate } from '../../core/ticket/update';
import type { CallContext } from '../port';
import { isShown, tagChanges, type WantedField } from './wantedFields';
import type { Directory } from './directory';
import type { ZendeskTicket } from './schemas';

/** developer.zendesk.com/api-reference/ticketing/tickets/tickets/#update-ticket */
export interface TicketFields {
  readonly tags?: readonly string[];
  readonly status?: string;
  readonly priority?: string;
  readonly group_id?: number;
  readonly assignee_id?: number | null;
  readonly assignee_email?: string;
  readonly custom_fields?: readonly { readonly id: number; readonly value: FieldValue }[];
}

/**
 * No request for most updates; the group list once, and the assignee's memberships where a group is set on a
 * ticket that an agent holds.
 *
 * @throws RemoteFailure `rejected` for an unknown group.
 */
export async function changedFields(
  ticket: ZendeskTicket,
  update: TicketUpdate,
  wanted: readonly WantedField[],
  directory: Directory,
  call: CallContext,
): Promise<TicketFields> {
  const groupId = update.group === null ? null : await directory.groupId(update.group, call);
  const custom = wanted.filter((one) => !isShown(ticket, one));
  const { add, remove } = tagChanges(ticket, custom);
  const tags = changedTags(ticket.tags, {
    addTags: [...update.addTags, ...add],
    removeTags: [...update.removeTags, ...remove],
  });
  return {
    ...(tags === null ? {} : { tags }),
    ...(custom.length === 0
      ? {}
      : { custom_fields: custom.map(({ field, value }) => ({ id: Number(field.id), value })) }),
    ...(update.status === null || update.status === ticket.status ? {} : { status: update.status }),
    ...changedPriority(ticket, update),
    ...(groupId === null || groupId === ticket.group_id ? {} : { group_id: Number(groupId) }),
    ...(update.assignee === null
      ? await withoutOutsider(ticket, groupId, directory, call)
      : changedAssignee(ticket, update.assignee)),
  };
}

function changedPriority(
  { priority: present = null }: ZendeskTicket,
  { priority, onlyRaises }: TicketUpdate,
): Pick<TicketFields, 'priority'> {
  if (priority === null) return {};
  const wanted = onlyRaises ? higherPriority(present, priority) : priority;
  return wanted === present ? {} : { priority: wanted };
}

/** Whether the ticket that came back shows the change: Zendesk ignores some values without a word. */
export function showsFields(ticket: ZendeskTicket, fields: TicketFields): boolean {
  const id = (value: number | null | undefined): string | null => (value ? String(value) : null);
  return (
    (fields.tags === undefined || sameSet(fields.tags, ticket.tags)) &&
    (fields.status === undefined || fields.status === ticket.status) &&
    (fields.priority === undefined || fields.priority === ticket.priority) &&
    (fields.group_id === undefined || id(fields.group_id) === (ticket.group_id ?? null)) &&
    (fields.assignee_id === undefined || id(fields.assignee_id) === (ticket.assignee_id ?? null))
  );
}

/** `tags` replaces the whole list, so it is the list just read with our changes; null when nothing changes. */
function changedTags(
  present: readonly string[],
  update: Pick<TicketUpdate, 'addTags' | 'removeTags'>,
): readonly string[] | null {
  const removed = new Set(update.removeTags.flatMap(asTags));
  const wanted = [
    ...new Set([...present.filter((tag) => !removed.has(tag)), ...update.addTags.flatMap(asTags)]),
  ];
  return sameSet(wanted, present) ? null : wanted;
}

/** As Zendesk reads a tag: lower case, and several of them where there is a blank or a comma. */
export function asTags(tag: string): readonly string[] {
  return tag
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((part) => part !== '');
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((tag) => b.includes(tag));
}

function changedAssignee(ticket: ZendeskTicket, assignee: string): TicketFields {
  const present = ticket.assignee_id ?? null;
  if (assignee === 'nobody') return present === null ? {} : { assignee_id: null };
  if (assignee.includes('@')) return { assignee_email: assignee };
  return assignee === present ? {} : { assignee_id: Number(assignee) };
}

/**
 * A group is set so that its people see the ticket: who is not one of them gives it up in the same update
 * (Zendesk refuses such a pair), and so does the bot.
 */
async function withoutOutsider(
  ticket: ZendeskTicket,
  groupId: string | null,
  directory: Directory,
  call: CallContext,
): Promise<TicketFields> {
  const assignee = ticket.assignee_id ?? null;
  if (groupId === null || assignee === null) return {};
  if (assignee === (await directory.ownUserId(call))) return { assignee_id: null };
  if (groupId === ticket.group_id) return {};
  return (await directory.isMember(assignee, groupId, call)) ? {} : { assignee_id: null };
}
