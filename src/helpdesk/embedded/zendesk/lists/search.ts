/**
 * Zendesk's search words (support.zendesk.com, "Zendesk Support search reference"), those for tickets:
 * `type:ticket status<solved tags:vip external_id:7 requester:ada@example.com "late parcel"`.
 */
import { statuses, type Ticket } from '../store/records';
import type { DeskStore } from '../store/store';

export type Matches = (ticket: Ticket) => boolean;

const term = /(-?)(?:(\w+)(:|<=|>=|<|>))?("[^"]*"|\S+)/g;

/** Every term must match; several of the same property mean any of them, as on Zendesk. */
export function parseSearch(store: DeskStore, query: string): Matches {
  const groups = new Map<string, Matches[]>();
  for (const [whole, not = '', property = '', operator = '', quoted = ''] of query.matchAll(term)) {
    const value = quoted.replaceAll('"', '').toLowerCase();
    const test = property === '' ? hasWords(store, value) : hasProperty(store, property, operator, value);
    const name = not === '' && operator === ':' ? property : whole;
    groups.set(name, [...(groups.get(name) ?? []), not === '' ? test : (ticket) => !test(ticket)]);
  }
  const all = [...groups.values()];
  return (ticket) => all.every((tests) => tests.some((test) => test(ticket)));
}

function hasProperty(store: DeskStore, property: string, operator: string, value: string): Matches {
  switch (property) {
    case 'type':
      return () => value === 'ticket';
    case 'status':
      return (ticket) => compares(rankOf(ticket.status), operator, rankOf(value));
    case 'priority':
      return (ticket) => (ticket.priority ?? 'none') === value;
    case 'tags':
      return (ticket) => (value === 'none' ? ticket.tags.length === 0 : ticket.tags.includes(value));
    case 'external_id':
      return (ticket) => ticket.external_id?.toLowerCase() === value;
    case 'subject':
      return (ticket) => ticket.subject.toLowerCase().includes(value);
    case 'requester':
      return (ticket) => isPerson(store, ticket.requester_id, value);
    case 'assignee':
      return (ticket) => isPerson(store, ticket.assignee_id, value);
    case 'group':
      return (ticket) => {
        const name =
          ticket.group_id === null ? 'none' : store.groups.get(ticket.group_id)?.name.toLowerCase();
        return name === value || String(ticket.group_id) === value;
      };
    case 'created':
      return (ticket) => compares(Date.parse(ticket.created_at), operator, Date.parse(value));
    case 'updated':
      return (ticket) => compares(Date.parse(ticket.updated_at), operator, Date.parse(value));
    default:
      return () => false;
  }
}

function hasWords(store: DeskStore, words: string): Matches {
  return (ticket) =>
    String(ticket.id) === words ||
    ticket.subject.toLowerCase().includes(words) ||
    (store.comments.get(ticket.id) ?? []).some((comment) => comment.plain_body.toLowerCase().includes(words));
}

function isPerson(store: DeskStore, id: number | null, value: string): boolean {
  if (id === null) return value === 'none';
  const user = store.users.get(id);
  return String(id) === value || user?.email?.toLowerCase() === value || user?.name.toLowerCase() === value;
}

function rankOf(status: string): number {
  return statuses.findIndex((known) => known === status);
}

function compares(left: number, operator: string, right: number): boolean {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      return left === right;
  }
}
