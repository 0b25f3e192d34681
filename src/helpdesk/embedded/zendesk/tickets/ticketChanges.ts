/**
 * What a write does to a ticket, and the audit it leaves: the same rules for the API and for the desk's own page.
 * Everything here happens inside one store transaction.
 */
import { recordInvalid } from '../answers/errors';
import {
  defaultBrandId,
  isStaff,
  priorities,
  statuses,
  zendeskTime,
  type Attachment,
  type Audit,
  type AuditEvent,
  type Comment,
  type Metadata,
  type Ticket,
  type User,
  type Via,
} from '../store/records';
import { checkedAssignment } from './assignment';
import { checkedBrand } from '../account/brands';
import { bodiesOfHtml, bodiesOfText } from './commentText';
import { changedFieldValues, fieldValues } from './fieldValues';
import { placeholderValues } from './placeholders';
import type { DeskStore, Transaction } from '../store/store';

export interface NewComment {
  readonly text: string | null;
  /** Wins over `text`. */
  readonly html: string | null;
  /** Null: as public as the ticket is so far. */
  readonly public: boolean | null;
  readonly author: User;
  readonly attachments: readonly Omit<Attachment, 'id'>[];
}

/** Only what is named changes. */
export interface TicketChange {
  readonly comment?: NewComment | undefined;
  readonly subject?: string | undefined;
  readonly status?: string | null | undefined;
  readonly priority?: string | null | undefined;
  readonly assignee_id?: number | null | undefined;
  readonly group_id?: number | null | undefined;
  readonly requester_id?: number | undefined;
  readonly brand_id?: number | undefined;
  readonly external_id?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly custom_fields?: readonly { readonly id: number; readonly value?: unknown }[] | undefined;
}

/** Who writes, by which way, and what the audit keeps of it. */
export interface Writer {
  readonly user: User;
  readonly via: Via;
  readonly custom: Record<string, unknown>;
  /** Zendesk's comment flags; 4 marks a machine's mail, 0 a sender who is not authenticated. */
  readonly flags: readonly number[];
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Written {
  /** Null when the ticket is new. */
  readonly before: Ticket | null;
  readonly ticket: Ticket;
  /** Null when nothing changed. */
  readonly audit: Audit | null;
  readonly comment: Comment | null;
  readonly writer: Writer;
}

const auditedFields = [
  'subject',
  'status',
  'priority',
  'requester_id',
  'assignee_id',
  'group_id',
  'brand_id',
  'external_id',
  'tags',
] as const;

/** @throws ApiError 422 for a closed ticket and for values that Zendesk refuses. */
export function changeTicket(
  store: DeskStore,
  tx: Transaction,
  before: Ticket,
  change: TicketChange,
  writer: Writer,
): Written {
  if (before.status === 'closed') {
    throw recordInvalid('status', 'Status: closed prevents ticket update');
  }
  const changed = withFields(store, before, change);
  if (before.status !== 'new' && changed.status === 'new') {
    throw recordInvalid('status', 'Status: cannot be set back to new');
  }
  const ticket = withAutomaticStatus(before, changed, change, writer);
  const text = writtenComment(change.comment);
  if (text === null && sameFields(before, ticket)) {
    return { before, ticket: before, audit: null, comment: null, writer };
  }
  return record(store, tx, before, ticket, text, writer);
}

/** @throws ApiError 422 without a first comment, and for values that Zendesk refuses. */
export function createTicket(
  store: DeskStore,
  tx: Transaction,
  creation: TicketChange & { readonly requester: User; readonly submitter: User; readonly subject: string },
  writer: Writer,
): Written {
  const text = writtenComment(creation.comment);
  if (text === null) throw recordInvalid('base', 'Description: cannot be blank');
  const at = zendeskTime(writer.now);
  const blank: Ticket = {
    id: tx.next('ticket'),
    external_id: null,
    via: writer.via,
    created_at: at,
    updated_at: at,
    generated_timestamp: Math.floor(writer.now / 1000),
    subject: creation.subject,
    description: '',
    priority: null,
    status: 'new',
    requester_id: creation.requester.id,
    submitter_id: creation.submitter.id,
    assignee_id: null,
    group_id: null,
    brand_id: defaultBrandId,
    tags: [],
    custom_fields: [],
    followup_ids: [],
    is_public: text.public ?? true,
    satisfaction_rating: null,
    change: 0,
  };
  const filled = withFields(store, blank, creation);
  return record(store, tx, null, withAutomaticStatus(blank, filled, creation, writer), text, writer);
}

/** Lower case, without doubles, in the order given; blanks separate tags. */
export function normalTags(tags: readonly string[]): string[] {
  return [...new Set(tags.flatMap((tag) => tag.toLowerCase().split(/[\s,]+/)).filter((tag) => tag !== ''))];
}

function withFields(store: DeskStore, ticket: Ticket, change: TicketChange): Ticket {
  if (change.requester_id !== undefined && !store.users.has(change.requester_id)) {
    throw recordInvalid('requester', `Requester: ${change.requester_id} is not a user`);
  }
  return {
    ...ticket,
    ...checkedAssignment(store, ticket, change),
    subject: change.subject ?? ticket.subject,
    status: change.status === undefined ? ticket.status : oneOf('status', statuses, change.status),
    priority: changedPriority(change.priority, ticket.priority),
    requester_id: change.requester_id ?? ticket.requester_id,
    brand_id: checkedBrand(store, change.brand_id, ticket.brand_id),
    external_id: change.external_id === undefined ? ticket.external_id : change.external_id,
    ...changedFieldValues([...store.ticketFields.values()], ticket, {
      tags: change.tags === undefined ? ticket.tags : normalTags(change.tags),
      values: change.custom_fields ?? [],
    }),
  };
}

/** A new ticket that gets an assignee opens; a customer's comment opens what was waiting or solved. */
function withAutomaticStatus(before: Ticket, ticket: Ticket, change: TicketChange, writer: Writer): Ticket {
  if (change.status !== undefined) return ticket;
  const assigned = ticket.status === 'new' && ticket.assignee_id !== null;
  const customerWrote = change.comment !== undefined && !isStaff(writer.user);
  const waited = ['pending', 'hold', 'solved'].includes(before.status);
  return assigned || (customerWrote && waited) ? { ...ticket, status: 'open' } : ticket;
}

function record(
  store: DeskStore,
  tx: Transaction,
  before: Ticket | null,
  changed: Ticket,
  written: NewComment | null,
  writer: Writer,
): Written {
  const auditId = tx.next('record');
  const metadata: Metadata = {
    system: { client: 'Deskhand embedded desk', ip_address: '127.0.0.1' },
    custom: writer.custom,
    ...(writer.flags.length > 0 ? { flags: [...writer.flags] } : {}),
  };
  const comment =
    written === null ? null : newComment(store, tx, changed, written, writer, auditId, metadata);
  const audit: Audit = {
    id: auditId,
    ticket_id: changed.id,
    created_at: zendeskTime(writer.now),
    author_id: writer.user.id,
    via: writer.via,
    metadata,
    events: [
      ...(comment === null ? [] : [commentEvent(comment)]),
      ...fieldEvents(tx, before, changed),
      ...notification(tx, changed, comment, store),
    ],
  };
  const ticket: Ticket = {
    ...changed,
    description: before === null ? (comment?.plain_body ?? '') : before.description,
    is_public: changed.is_public || comment?.public === true,
    updated_at: before === null ? changed.updated_at : nextStamp(before, writer.now),
    generated_timestamp: Math.floor(writer.now / 1000),
    change: tx.next('change'),
  };
  tx.put('tickets', ticket);
  tx.put('audits', audit);
  if (comment !== null) tx.put('comments', comment);
  return { before, ticket, audit, comment, writer };
}

/**
 * Zendesk prints whole seconds, so two changes within one second share an `updated_at`, and a safe update
 * cannot see the first of them. Here every change moves the stamp, by running ahead of the clock where it must:
 * the same format, but a safe update never misses a change. `generated_timestamp` and the times of comments and
 * audits stay true.
 */
export function nextStamp(before: Ticket, now: number): string {
  return zendeskTime(Math.max(now, Date.parse(before.updated_at) + 1000));
}

function newComment(
  store: DeskStore,
  tx: Transaction,
  ticket: Ticket,
  written: NewComment,
  writer: Writer,
  auditId: number,
  metadata: Metadata,
): Comment {
  const kind = isStaff(written.author) ? 'agent' : 'customer';
  const values = placeholderValues(store, tx, ticket, writer.user);
  const bodies =
    written.html === null
      ? bodiesOfText(written.text ?? '', kind, values)
      : bodiesOfHtml(written.html, kind, values);
  return {
    id: tx.next('record'),
    ticket_id: ticket.id,
    audit_id: auditId,
    author_id: written.author.id,
    ...bodies,
    public: written.public ?? ticket.is_public,
    attachments: written.attachments.map((attachment) => ({ id: tx.next('record'), ...attachment })),
    via: writer.via,
    created_at: zendeskTime(writer.now),
    metadata,
  };
}

/** An empty comment is no comment; one that has only an attachment is. */
function writtenComment(comment: NewComment | undefined): NewComment | null {
  if (comment === undefined) return null;
  const empty = (comment.html ?? comment.text ?? '').trim() === '';
  return empty && comment.attachments.length === 0 ? null : comment;
}

function commentEvent(comment: Comment): AuditEvent {
  return {
    id: comment.id,
    type: 'Comment',
    author_id: comment.author_id,
    body: comment.body,
    html_body: comment.html_body,
    plain_body: comment.plain_body,
    public: comment.public,
    attachments: comment.attachments,
    audit_id: comment.audit_id,
  };
}

function fieldEvents(tx: Transaction, before: Ticket | null, after: Ticket): AuditEvent[] {
  const events = auditedFields
    .filter((field) =>
      before === null ? !isUnset(field, after[field]) : differs(before[field], after[field]),
    )
    .map((field) => fieldEvent(tx, field, before === null ? undefined : before[field], after[field]));
  // A custom field stands there by its id.
  const [had, has] = [fieldValues(before), fieldValues(after)];
  const changed = [...new Set([...had.keys(), ...has.keys()])].filter((id) => had.get(id) !== has.get(id));
  const ofField = (id: number) =>
    fieldEvent(tx, String(id), before === null ? undefined : (had.get(id) ?? null), has.get(id) ?? null);
  return [...events, ...changed.map(ofField)];
}

/** Ids are printed as texts here, as in Zendesk's samples. */
function fieldEvent(tx: Transaction, field: string, previous: unknown, value: unknown): AuditEvent {
  const shown = (raw: unknown): unknown => (typeof raw === 'number' ? String(raw) : raw);
  const event = { id: tx.next('record'), field_name: field, value: shown(value) };
  return previous === undefined
    ? { ...event, type: 'Create' }
    : { ...event, type: 'Change', previous_value: shown(previous) };
}

/** Zendesk's default trigger: an agent's public comment goes to the requester by mail. */
function notification(
  tx: Transaction,
  ticket: Ticket,
  comment: Comment | null,
  store: DeskStore,
): AuditEvent[] {
  const author = comment === null ? undefined : store.users.get(comment.author_id);
  if (comment === null || !comment.public || author === undefined || !isStaff(author)) return [];
  return [
    {
      id: tx.next('record'),
      type: 'Notification',
      subject: `[Request received] Re: ${ticket.subject}`,
      body: comment.plain_body,
      recipients: [ticket.requester_id],
      via: {
        channel: 'rule',
        source: { from: { id: 1, title: 'Notify requester of comment update' }, to: {}, rel: 'trigger' },
      },
    },
  ];
}

function sameFields(before: Ticket, after: Ticket): boolean {
  return (
    auditedFields.every((field) => !differs(before[field], after[field])) &&
    !differs(before.custom_fields, after.custom_fields)
  );
}

function isUnset(field: (typeof auditedFields)[number], value: unknown): boolean {
  if (field === 'brand_id') return value === defaultBrandId;
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function differs(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}

function oneOf<T extends string>(field: string, allowed: readonly T[], value: string | null): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  const name = field.charAt(0).toUpperCase() + field.slice(1);
  throw recordInvalid(field, `${name}: ${String(value)} is not one of ${allowed.join(', ')}`);
}

function changedPriority(value: string | null | undefined, present: Ticket['priority']): Ticket['priority'] {
  if (value === undefined) return present;
  return value === null || value === '' ? null : oneOf('priority', priorities, value);
}
