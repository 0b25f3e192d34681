/** Who may be assigned where: Zendesk's rules of groups and assignees. */
import { recordInvalid } from '../answers/errors';
import { isStaff, type Ticket } from '../store/records';
import type { DeskStore } from '../store/store';

export interface Assignment {
  readonly assignee_id: number | null;
  readonly group_id: number | null;
}

/**
 * An assignee must be an agent of the group. Naming only the agent moves the ticket to a group of theirs, naming
 * only the group takes it from an assignee who is not in it.
 * @throws ApiError 422
 */
export function checkedAssignment(
  store: DeskStore,
  ticket: Ticket,
  change: { readonly assignee_id?: number | null | undefined; readonly group_id?: number | null | undefined },
): Assignment {
  const group = change.group_id === undefined ? ticket.group_id : change.group_id;
  const assignee = change.assignee_id === undefined ? ticket.assignee_id : change.assignee_id;
  if (group !== null && !store.groups.has(group)) {
    throw recordInvalid('group', `Group: ${group} is not a group`);
  }
  if (assignee === null) return { assignee_id: null, group_id: group };
  const user = store.users.get(assignee);
  if (user === undefined || !isStaff(user)) {
    throw recordInvalid('assignee', `Assignee: ${assignee} is not an agent`);
  }
  if (group !== null && isMember(store, assignee, group)) return { assignee_id: assignee, group_id: group };
  if (change.assignee_id === undefined || change.assignee_id === null) {
    return { assignee_id: null, group_id: group };
  }
  if (change.group_id !== undefined && change.group_id !== null) {
    throw recordInvalid('assignee', `Assignee: ${assignee} is not a member of the group ${change.group_id}`);
  }
  return { assignee_id: assignee, group_id: defaultGroup(store, assignee) };
}

/** @throws ApiError 422 when nobody has the address. */
export function assigneeByEmail(store: DeskStore, email: string): number {
  const user = store.userByEmail(email);
  if (user === undefined) throw recordInvalid('assignee', `Assignee: ${email} is not an agent`);
  return user.id;
}

function isMember(store: DeskStore, userId: number, groupId: number): boolean {
  return [...store.memberships.values()].some(
    (membership) => membership.user_id === userId && membership.group_id === groupId,
  );
}

function defaultGroup(store: DeskStore, userId: number): number | null {
  const memberships = [...store.memberships.values()].filter((membership) => membership.user_id === userId);
  return (memberships.find((membership) => membership.default) ?? memberships[0])?.group_id ?? null;
}
