/**
 * What the engine knows of a ticket, in words every help desk shares. The adapters in src/helpdesk translate
 * their desk's own shapes into these; nothing else in Deskhand knows what a Zendesk ticket looks like.
 */
import type { Agreed } from '../conversation/agreed';

/** Which ticket, on which desk, of which account. All three are ids: no personal data. */
export interface TicketRef {
  /** The adapter's name: `zendesk`. */
  readonly desk: string;
  /** The account on that desk: the subdomain of `acme.zendesk.com`. */
  readonly account: string;
  readonly ticketId: string;
}

/** `ticket:zendesk:acme:35436`. */
export function ticketWorkflowId({ desk, account, ticketId }: TicketRef): string {
  return `ticket:${desk}:${account}:${ticketId}`;
}

export const deskStatuses = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const;
export type DeskStatus = (typeof deskStatuses)[number];

export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof priorities)[number];

/** @param present - null: none, which every other is higher than. */
export function higherPriority(present: Priority | null, wished: Priority): Priority {
  if (present === null) return wished;
  return priorities.indexOf(present) > priorities.indexOf(wished) ? present : wished;
}

/**
 * Who wrote a comment. `bot` is Deskhand itself; another integration that writes as an agent counts as `agent`,
 * because stepping back for somebody else's answer is the safe mistake. `third-party` is an end user other than
 * the requester (a copied husband, a courier): heard, but never told anything about the requester's orders.
 */
export type Author = 'requester' | 'third-party' | 'agent' | 'bot' | 'system';

/**
 * What was left of a customer's comment after quotations, signatures and machine text were taken away.
 * `words`: there is text to understand. The last three are machines speaking: an automatic answer, a mail server
 * that is still trying (or has delivered), and one that has given up.
 */
export type Reading =
  | 'words'
  | 'empty'
  | 'attachment-only'
  | 'signature-only'
  | 'quotation-only'
  | 'auto-reply'
  | 'delivery-report'
  | 'undeliverable';

/** A machine has written it. Of comments that are not a customer's, nothing is known. */
export const machineReadings: readonly (Reading | null)[] = [
  'auto-reply',
  'delivery-report',
  'undeliverable',
];

export interface Attachment {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
}

export interface TicketComment {
  /** The desk's id of the comment; unique on its ticket. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly public: boolean;
  readonly author: Author;
  readonly authorId: string;
  /**
   * What the author wrote, without quotations and signature. Present only on customer comments that nobody has
   * answered yet: earlier ones and agents' own words are of no use to a turn and stay out of the history.
   */
  readonly text: string | null;
  /**
   * True when the text was longer than the engine reads (20,000 characters) and was cut there; "" with it: all that is
   * newer already was as much as is read of one ticket.
   */
  readonly cut: boolean;
  /** Null on comments that are not a customer's. */
  readonly reading: Reading | null;
  /** A machine wrote it, and a person should see it all the same: it names an order, or complains. Absent: not so. */
  readonly forPerson?: boolean;
  readonly attachments: readonly Attachment[];
}

export interface Requester {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  /** The desk's locale of the requester, a BCP 47 tag such as `en-US`, or null. */
  readonly locale: string | null;
  /** An agent can be a requester too (a forwarded mail, a test): such a ticket is never answered by the bot. */
  readonly role: 'end-user' | 'agent';
  /** True when the requester's address is one of the company's own support addresses (a mail loop). */
  readonly isCompany: boolean;
  /** False when the desk marks the sender as not authenticated (a forged From): the address proves nothing then. */
  readonly trusted: boolean;
}

export const ratingScores = ['good', 'bad'] as const;

/** What was written with it stays on the desk. */
export interface Rating {
  /** The desk's, or one that stands for it: another rating has another. */
  readonly id: string;
  readonly score: (typeof ratingScores)[number];
  readonly hasComment: boolean;
}

/** One reading of a ticket: everything a turn needs, taken from the desk in one step. */
export interface TicketSnapshot {
  readonly status: DeskStatus;
  readonly subject: string;
  readonly priority: Priority | null;
  readonly tags: readonly string[];
  readonly groupId: string | null;
  readonly assignee: { readonly id: string; readonly kind: 'agent' | 'bot' } | null;
  readonly requester: Requester;
  /** A `Channel`; what earlier versions have read says it in the desk's word: see `channelOf`. */
  readonly channel: string;
  /** The brand or product that it is about, as the desk calls it; absent: none, or the desk has no such thing. */
  readonly brand?: string;
  /** The ticket that a person has merged this closed one into, and where it goes on; absent: none, or the desk does not tell. */
  readonly mergedInto?: string;
  /** Opaque; changes whenever the ticket does (Zendesk: `updated_at`). */
  readonly stamp: string;
  /** Oldest first; at most the newest 100. */
  readonly comments: readonly TicketComment[];
  /** The customer's own, of how they were helped; absent: none, or the desk has no such thing. */
  readonly rating?: Rating;
  /** Oldest first; there only where it was asked for, and where the desk keeps it. */
  readonly past?: readonly PastEvent[];
  /** The closed ticket that it goes on from, with the same of that one; there as `past` is. */
  readonly follows?: { readonly ticketId: string; readonly past: readonly PastEvent[] };
}

/** What a run without memory needs of the ticket's history. `after`: the newest comment at that time, its own included. */
export type PastEvent =
  /** By Deskhand, under this business key. `at`: ISO 8601, UTC. */
  | {
      readonly type: 'written';
      readonly key: string;
      readonly at: string;
      readonly after: string;
      /** Absent: nothing was, or the desk does not keep it. */
      readonly agreed?: Agreed;
    }
  /** By an agent. */
  | { readonly type: 'solved'; readonly after: string };

export function isCustomerComment(comment: Pick<TicketComment, 'author'>): boolean {
  return comment.author === 'requester' || comment.author === 'third-party';
}

export function isPublicAnswer({ author, public: shown }: Pick<TicketComment, 'author' | 'public'>): boolean {
  return shown && (author === 'agent' || author === 'bot');
}

/**
 * The order of two comments of one ticket: by the ids, which desks hand out growing while their clocks may step back;
 * by time where ids are not numeric.
 */
export function isNewer(a: Pick<TicketComment, 'id' | 'at'>, b: Pick<TicketComment, 'id' | 'at'>): boolean {
  return a.at === b.at || (isNumeric(a.id) && isNumeric(b.id)) ? compareIds(a.id, b.id) > 0 : a.at > b.at;
}

/** Whether `comment` came after the one with that id; a null or forgotten id lies before everything shown. */
export function isAfterId(
  { comments }: Pick<TicketSnapshot, 'comments'>,
  comment: TicketComment,
  id: string | null,
): boolean {
  if (id === null) return true;
  const mark = comments.find((other) => other.id === id);
  // No longer among the newest 100: everything shown is newer, unless ids say otherwise.
  return mark === undefined ? compareIds(comment.id, id) > 0 : isNewer(comment, mark);
}

function isNumeric(id: string): boolean {
  return /^\d+$/.test(id);
}

/** Below zero when `a` was handed out before `b`. */
export function compareIds(a: string, b: string): number {
  return a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length;
}

/** The past is for a first look alone: it is not carried along. Most snapshots have none, and are not copied. */
export function withoutPast(fetched: TicketSnapshot): PastApart {
  if (fetched.past === undefined && fetched.follows === undefined) return { snapshot: fetched };
  const { past, follows, ...snapshot } = fetched;
  return { past, follows, snapshot };
}

interface PastApart {
  readonly past?: TicketSnapshot['past'];
  readonly follows?: TicketSnapshot['follows'];
  readonly snapshot: TicketSnapshot;
}
