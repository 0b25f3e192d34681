/** What is written to a ticket. One `TicketUpdate` is one request to the desk, so that it happens whole or not. */
import type { Agreed } from '../conversation/agreed';
import type { DeskStatus, Priority } from './ticket';

export interface OutgoingComment {
  readonly public: boolean;
  readonly text: string;
  /** Safe HTML of the same text; null: the adapter escapes `text`. */
  readonly html: string | null;
}

export interface TicketUpdate {
  /**
   * The business key: ticket, customer message, action. It travels with the write where the desk lets it be read
   * back, and the same key is never applied twice, whatever crashes in between.
   */
  readonly key: string;
  /** Another update's key: where the ticket shows that one, this one is not needed and not written. */
  readonly unless?: string;
  readonly comment: OutgoingComment | null;
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
  readonly status: Exclude<DeskStatus, 'new' | 'closed'> | null;
  readonly priority: Priority | null;
  /** The priority is only set on a ticket whose own is lower, and what it is then is told. Absent: set as it is. */
  readonly onlyRaises?: true;
  /** By name; the adapter finds the id. Null leaves the group as it is. */
  readonly group: string | null;
  /** By e-mail address or id; null leaves the assignee, `nobody` unassigns. */
  readonly assignee: string | null;
  /** Kept beside it where the desk lets it be read back, for whoever has no memory of it. */
  readonly agreed?: Agreed;
  /** Custom fields by name or id. One that the desk does not have or take is left out, and told in what was applied. */
  readonly fields?: Readonly<Record<string, FieldValue>>;
}

/** Of a choice: the option's tag or name. */
export type FieldValue = string | number | boolean;

/**
 * What must still be true of the ticket when the update is written, checked in the same step on a fresh read.
 * `any`: write whatever happened (a hand-off note must reach people even when they are already there).
 */
export type UpdateGuard =
  | { readonly kind: 'any' }
  /** For what a person has decided: only words that the decision cannot have known stand in its way. */
  | {
      readonly kind: 'no-newer-message';
      readonly newestCustomerCommentId: string | null;
      /** The newest public agent comment known; left out where agents may have answered. */
      readonly knownAgentReplyId?: string | null;
      /** Whom the words are for; left out where there are none. */
      readonly requesterId?: string;
      /** As below. */
      readonly knownTags?: readonly string[];
    }
  | {
      readonly kind: 'unchanged-conversation';
      /** The newest customer comment the draft takes into account; a newer one makes the draft stale. */
      readonly newestCustomerCommentId: string | null;
      /** The newest agent comment known to the turn; a newer one means that a person is at work. */
      readonly knownAgentCommentId: string | null;
      /** The assignee known to the turn; any other human assignee means that a person is at work. */
      readonly knownAssigneeId: string | null;
      /** The status known to the turn: an agent who put it to rest since has dealt with it. Absent in older states. */
      readonly knownStatus?: DeskStatus;
      /** The group known to the turn; an agent who gave it to another one has decided whose it is. */
      readonly knownGroupId?: string | null;
      /** Whom the draft is for: on another requester's ticket it is stale. Absent in older states. */
      readonly requesterId?: string;
      /** Of the tags by which people hold Deskhand back, those known; absent: none of them counts. */
      readonly knownTags?: readonly string[];
    };

/** Set by a person, they say that nothing is to be answered just now. */
export const restingStatuses: readonly DeskStatus[] = ['pending', 'hold', 'solved'];

/**
 * What became of an update. `already-applied`: an earlier attempt had done it; its comment is named. `not-needed`:
 * the update it stands in for is there.
 */
export interface AppliedUpdate {
  readonly key: string;
  readonly outcome: 'applied' | 'already-applied' | 'not-needed';
  readonly commentId: string | null;
  /** Of an update that only raises it: the ticket's priority then. */
  readonly priority?: Priority | null;
  /** Custom fields that were left out; absent: none. */
  readonly fieldsNotSet?: readonly FieldNotSet[];
}

export interface FieldNotSet {
  readonly field: string;
  /** Completes "it was not set: ...", for agents. */
  readonly why: string;
}

/** What travels along with a comment, or goes alone. */
export type TicketChange = Omit<TicketUpdate, 'key' | 'unless' | 'comment' | 'agreed'>;

export const noChange: TicketChange = {
  addTags: [],
  removeTags: [],
  status: null,
  priority: null,
  group: null,
  assignee: null,
};

/** For agents alone. */
export function internalNote(text: string): NonNullable<TicketUpdate['comment']> {
  return { public: false, text, html: null };
}

export function plainUpdate(key: string, change: Partial<Omit<TicketUpdate, 'key'>>): TicketUpdate {
  return { key, comment: null, ...noChange, ...change };
}
