/**
 * A desk that takes a comment and the ticket's fields in requests of their own, writes whatever was written a moment
 * before, and knows no idempotency key. What it brings is here; in which order it is asked, applyUpdates.ts says.
 */
import type { CustomField } from '../../core/ticket/customField';
import type { Author, DeskStatus, Priority } from '../../core/ticket/ticket';
import type { OutgoingComment, TicketUpdate } from '../../core/ticket/update';
import type { WantedField } from '../fittingFields';
import type { CallContext } from '../port';

/** The ticket as it is read to be written to: what was said on it, by whom, and which of it is ours under which key. */
export interface ViewedTicket {
  readonly ticketId: string;
  readonly ownUserId: string;
  readonly requesterId: string;
  readonly assigneeId: string | null;
  readonly groupId: string | null;
  readonly status: DeskStatus;
  readonly priority: Priority | null;
  readonly tags: readonly string[];
  /** Oldest first. */
  readonly comments: readonly WrittenComment[];
}

export interface WrittenComment {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly author: Author;
  readonly public: boolean;
  readonly machineMade: boolean;
  /** Of ours: the key it carries; null: none, or it was taken out. */
  readonly key: string | null;
  /** As the desk keeps it. */
  readonly html: string;
}

/** What really changes, on the state that was just read. */
export interface FieldChanges {
  /** The whole list. */
  readonly tags?: readonly string[];
  readonly status?: NonNullable<TicketUpdate['status']>;
  readonly priority?: Priority;
  readonly groupId?: string;
  readonly assigneeId?: string | null;
  readonly custom?: readonly WantedField[];
}

/** Every method throws `RemoteFailure` and nothing else. */
export interface StepwiseDesk<V extends ViewedTicket> {
  /** As people call it: `Freshdesk`. */
  readonly name: string;
  /** How long a request whose answer was lost may take to be applied, in milliseconds. */
  readonly settleMs: number;
  /** Of a tag, in characters; absent: it takes whatever a policy may name. */
  readonly longestTag?: number;
  readView(ticketId: string, call: CallContext): Promise<V>;
  /** Only what the ticket itself tells, in one request. */
  readFields(view: V, call: CallContext): Promise<V>;
  /** Only what was said since. */
  lookAgain(view: V, call: CallContext): Promise<V>;
  /** One request; several where the desk takes them one by one, the status first. */
  setFields(view: V, changes: FieldChanges, call: CallContext): Promise<V>;
  /**
   * Of a desk that gives a ticket to whoever opens it: who is to have it again, where an attempt broke off before it
   * gave it back. Asked where the update names nobody.
   */
  toGiveBack?(view: V, update: TicketUpdate): Pick<FieldChanges, 'assigneeId'>;
  /** One request. */
  writeComment(view: V, key: string, comment: OutgoingComment, call: CallContext): Promise<WrittenComment>;
  /**
   * What an earlier attempt wrote under this key.
   * @param comment - null: only whether something stands there under the key; any words then.
   */
  findWritten(
    comments: readonly WrittenComment[],
    key: string,
    comment: OutgoingComment | null,
  ): WrittenComment | undefined;
  /** When the status was last set, epoch milliseconds; null where that is not known. */
  statusSetAt(view: V, call: CallContext): Promise<number | null>;
  /** The value of a custom field as the ticket shows it; null: none, undefined: tickets do not show them. */
  shownField(view: V, field: CustomField): unknown;
  /** @param named - the list is asked for anew when it lacks this one. */
  customFields(named: string, call: CallContext): Promise<readonly CustomField[]>;
  /** @throws RemoteFailure `rejected`, naming the group and the known ones. */
  groupId(name: string, call: CallContext): Promise<string>;
  /** Null: no agent has it. */
  agentIdByEmail(email: string, call: CallContext): Promise<string | null>;
  isInGroup(agentId: string, groupId: string, call: CallContext): Promise<boolean>;
}
