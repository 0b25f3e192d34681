/** From an update to the fields that really change, on the state that was just read. */
import { higherPriority } from '../../core/ticket/ticket';
import type { TicketUpdate } from '../../core/ticket/update';
import type { WantedField } from '../fittingFields';
import type { CallContext } from '../port';
import { rejected } from '../api/rejected';
import type { FieldChanges, StepwiseDesk, ViewedTicket } from './stepwiseDesk';

/**
 * No request for most updates; the group list once, and an agent where one is assigned, or holds a ticket whose group
 * changes.
 *
 * @throws RemoteFailure `rejected` for an unknown group or agent.
 */
export async function changedFields<V extends ViewedTicket>(
  desk: StepwiseDesk<V>,
  view: V,
  update: TicketUpdate,
  wanted: readonly WantedField[],
  call: CallContext,
): Promise<FieldChanges> {
  const groupId = update.group === null ? null : await desk.groupId(update.group, call);
  const custom = wanted.filter((one) => !isShown(desk, view, one));
  return {
    ...changedTags(view.tags, update),
    ...(custom.length === 0 ? {} : { custom }),
    ...(update.status === null || update.status === view.status ? {} : { status: update.status }),
    ...changedPriority(view, update),
    ...(groupId === null || groupId === view.groupId ? {} : { groupId }),
    ...(update.assignee === null
      ? { ...(await withoutOutsider(desk, view, groupId, call)), ...desk.toGiveBack?.(view, update) }
      : await changedAssignee(desk, view, update.assignee, call)),
  };
}

/** Numbers and boxes come back as such, from some desks as text. */
export function isShown<V extends ViewedTicket>(
  desk: StepwiseDesk<V>,
  view: V,
  { field, value }: WantedField,
): boolean {
  const shown = desk.shownField(view, field);
  return (
    (typeof shown === 'string' || typeof shown === 'number' || typeof shown === 'boolean') &&
    String(shown) === String(value)
  );
}

function changedPriority(
  { priority: present }: ViewedTicket,
  update: TicketUpdate,
): Pick<FieldChanges, 'priority'> {
  if (update.priority === null) return {};
  const wanted = update.onlyRaises ? higherPriority(present, update.priority) : update.priority;
  return wanted === present ? {} : { priority: wanted };
}

/** The list just read with our changes; nothing when there are none. A tag is shown as it was first written. */
function changedTags(
  present: readonly string[],
  { addTags, removeTags }: TicketUpdate,
): Pick<FieldChanges, 'tags'> {
  const same = (tag: string) => (other: string) => other.toLowerCase() === tag.toLowerCase();
  const kept = present.filter((tag) => !removeTags.some(same(tag)));
  const added = addTags.filter((tag, at) => !kept.some(same(tag)) && addTags.findIndex(same(tag)) === at);
  return kept.length === present.length && added.length === 0 ? {} : { tags: [...kept, ...added] };
}

async function changedAssignee<V extends ViewedTicket>(
  desk: StepwiseDesk<V>,
  { assigneeId: present }: V,
  assignee: string,
  call: CallContext,
): Promise<Pick<FieldChanges, 'assigneeId'>> {
  if (assignee === 'nobody') return present === null ? {} : { assigneeId: null };
  const id = assignee.includes('@') ? await desk.agentIdByEmail(assignee, call) : assignee;
  if (id === null || !/^\d+$/.test(id)) {
    throw rejected(`${desk.name} has no agent of the id or address to be assigned`);
  }
  return id === present ? {} : { assigneeId: id };
}

/**
 * A group is set so that its people see the ticket: who is not one of them gives it up in the same update, and so does
 * the bot.
 */
async function withoutOutsider<V extends ViewedTicket>(
  desk: StepwiseDesk<V>,
  { assigneeId, ownUserId, groupId: present }: V,
  groupId: string | null,
  call: CallContext,
): Promise<Pick<FieldChanges, 'assigneeId'>> {
  if (groupId === null || assigneeId === null) return {};
  if (assigneeId === ownUserId) return { assigneeId: null };
  if (groupId === present) return {};
  return (await desk.isInGroup(assigneeId, groupId, call)) ? {} : { assigneeId: null };
}
