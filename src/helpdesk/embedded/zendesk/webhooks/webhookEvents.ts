/**
 * Zendesk's ticket events, made from what a write changed
 * (developer.zendesk.com/api-reference/webhooks/event-types/ticket-events): every id a text, every enum in upper
 * case, unlike the REST answers. Own writes are events like any other.
 */
import { randomUUID } from 'node:crypto';
import { account } from '../store/seed';
import { isStaff, type Comment, type OutgoingEvent, type Ticket } from '../store/records';
import type { Transaction } from '../store/store';
import type { Written } from '../tickets/ticketChanges';

type NamedChange = readonly [name: string, event: Record<string, unknown>];

/** None when nothing changed. */
export function eventsOf(tx: Transaction, written: Written): OutgoingEvent[] {
  if (written.audit === null) return [];
  const { before, ticket, comment, writer } = written;
  const named: NamedChange[] = [
    ...(before === null ? [['ticket.created', {}] as const] : changesOf(before, ticket)),
    ...(comment === null ? [] : [commentAdded(tx, comment)]),
  ];
  const sequenceId = randomUUID();
  return named.map(([name, event], index) => {
    const type = `zen:event-type:${name}`;
    const sequence = { id: sequenceId, position: index + 1, total: named.length };
    return {
      id: tx.next('record'),
      type,
      payload: {
        account_id: Number(account.id),
        id: randomUUID(),
        type,
        subject: `zen:ticket:${ticket.id}`,
        time: new Date(writer.now).toISOString(),
        zendesk_event_version: '2022-11-06',
        detail: detailOf(ticket, writer.user.id, writer.via.channel),
        event: { ...event, meta: { sequence } },
      },
    };
  });
}

function changesOf(before: Ticket, after: Ticket): NamedChange[] {
  const changes: NamedChange[] = [];
  if (before.status !== after.status) {
    changes.push(['ticket.status_changed', { current: upper(after.status), previous: upper(before.status) }]);
  }
  if (before.assignee_id !== after.assignee_id) {
    changes.push([
      'ticket.agent_assignment_changed',
      { current: text(after.assignee_id), previous: text(before.assignee_id) },
    ]);
  }
  if (before.group_id !== after.group_id) {
    changes.push([
      'ticket.group_assignment_changed',
      { current: text(after.group_id), previous: text(before.group_id) },
    ]);
  }
  if (before.priority !== after.priority) {
    changes.push([
      'ticket.priority_changed',
      { current: upper(after.priority), previous: upper(before.priority) },
    ]);
  }
  if (before.subject !== after.subject) {
    changes.push(['ticket.subject_changed', { current: after.subject, previous: before.subject }]);
  }
  if (before.satisfaction_rating?.id !== after.satisfaction_rating?.id) {
    changes.push(['ticket.csat_received', {}]);
  }
  const added = after.tags.filter((tag) => !before.tags.includes(tag));
  const removed = before.tags.filter((tag) => !after.tags.includes(tag));
  if (added.length + removed.length > 0) {
    changes.push(['ticket.tags_changed', { tags_added: added, tags_removed: removed }]);
  }
  return changes;
}

function commentAdded(tx: Transaction, comment: Comment): NamedChange {
  const author = tx.user(comment.author_id);
  return [
    'ticket.comment_added',
    {
      comment: {
        id: String(comment.id),
        body: comment.body,
        is_public: comment.public,
        author: {
          id: String(comment.author_id),
          is_staff: author !== undefined && isStaff(author),
          name: author?.name ?? '',
        },
      },
    },
  ];
}

function detailOf(ticket: Ticket, actorId: number, channel: string): Record<string, unknown> {
  return {
    id: String(ticket.id),
    actor_id: String(actorId),
    requester_id: String(ticket.requester_id),
    submitter_id: String(ticket.submitter_id),
    assignee_id: text(ticket.assignee_id),
    group_id: text(ticket.group_id),
    organization_id: null,
    brand_id: String(ticket.brand_id),
    form_id: null,
    external_id: ticket.external_id,
    status: upper(ticket.status),
    priority: upper(ticket.priority),
    type: null,
    subject: ticket.subject,
    description: ticket.description,
    tags: ticket.tags,
    is_public: ticket.is_public,
    via: { channel: channel === 'api' ? 'web_service' : channel },
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
  };
}

const text = (id: number | null): string | null => (id === null ? null : String(id));
const upper = (value: string | null): string | null => value?.toUpperCase() ?? null;
