/** What `{{ticket.requester.name}}` and its kin stand for in an agent's comment. */
import type { PlaceholderValues } from './commentText';
import type { Ticket, User } from '../store/records';
import type { DeskStore, Transaction } from '../store/store';

export function placeholderValues(
  store: DeskStore,
  tx: Transaction,
  ticket: Ticket,
  writer: User,
): PlaceholderValues {
  const latest = store.comments.get(ticket.id)?.at(-1);
  return {
    ticket: {
      id: ticket.id,
      external_id: ticket.external_id,
      title: ticket.subject,
      description: ticket.description,
      status: ticket.status,
      priority: ticket.priority,
      tags: ticket.tags.join(' '),
      requester: person(tx.user(ticket.requester_id)),
      assignee: person(ticket.assignee_id === null ? undefined : store.users.get(ticket.assignee_id)),
      group: { name: ticket.group_id === null ? '' : store.groups.get(ticket.group_id)?.name },
      latest_comment: latest?.plain_body,
    },
    current_user: person(writer),
  };
}

function person(user: User | undefined): Record<string, unknown> {
  const [first = '', ...rest] = (user?.name ?? '').split(' ');
  return { id: user?.id, name: user?.name, first_name: first, last_name: rest.join(' '), email: user?.email };
}
