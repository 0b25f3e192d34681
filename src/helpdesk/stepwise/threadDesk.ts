/**
 * A stepwise desk of which a ticket and its messages are read by two requests: what it says of itself, in its paths,
 * shapes and words. How the ticket is read from that, thread.ts says; the port, createThreadDesk.ts.
 */
import type { Attachment, Rating } from '../../core/ticket/ticket';
import type { OutgoingComment } from '../../core/ticket/update';
import type { MailHeaders } from '../comments/mailHeaders';
import type { NewestFirst } from '../api/newestFirst';
import type { NamedBrand } from '../directory/brandNames';
import type { CallContext, DeskIdentity, DeskTicket, Helpdesk } from '../port';
import type { People } from './directory';
import type { FieldChanges, StepwiseDesk, ViewedTicket, WrittenComment } from './stepwiseDesk';

/** What the ticket itself tells. */
export interface TicketFacts
  extends
    Pick<ViewedTicket, 'assigneeId' | 'groupId' | 'status' | 'priority' | 'tags'>,
    Pick<DeskTicket, 'subject' | 'channel' | 'stamp'> {
  /** Who counts as trusted is for the desk to say: absent, it tells nothing of senders that it could not authenticate. */
  readonly requester: {
    readonly id: string;
    readonly name?: string | null | undefined;
    readonly email?: string | null | undefined;
    readonly locale?: string | null;
    readonly trusted?: boolean;
  };
  /** The values of custom fields by id; undefined: tickets do not show them. */
  readonly custom: Readonly<Record<string, unknown>> | undefined;
}

/** What one message tells. */
export interface Said extends WrittenComment {
  readonly authorId: string;
  /** Asked for only where they are read: to make words of HTML takes time. */
  readonly words: () => string;
  readonly attachments: readonly Attachment[];
  /** The address it came from, as the desk writes it. */
  readonly from?: string | null | undefined;
  /** Of a mail. */
  readonly headers?: MailHeaders | null | undefined;
}

/** The ticket as it is read, to be told and to be written to. */
export interface Thread<T, M> extends ViewedTicket, Pick<TicketFacts, 'custom'> {
  readonly me: DeskIdentity;
  readonly ticket: T;
  /** Oldest first. */
  readonly messages: readonly M[];
}

/** How a ticket is read. Every method here and below throws `RemoteFailure` and nothing else. */
export interface ThreadReading<T, M> {
  /** One request. @throws RemoteFailure `ticket-not-found` for one that was put away as well. */
  readTicket(ticketId: string, call: CallContext): Promise<T>;
  factsOf(ticket: T): TicketFacts;
  /**
   * Oldest first, the newest hundred at least.
   * @param known - those that were read before; then only what was said since need be asked for.
   */
  readMessages(ticketId: string, known: readonly M[], call: CallContext): Promise<readonly M[]>;
  /** Null: nothing that somebody said. */
  saidIn(message: M, ticket: T, ownUserId: string): Said | null;
  ratingOf(ticket: T, messages: readonly M[]): Rating | null;
  /** When the status was last set, epoch milliseconds; null where that is not known. */
  statusSetAt(thread: Thread<T, M>): number | null;
}

/** How it is written to. */
export interface ThreadWriting<T, M> {
  /**
   * One request; several where the desk takes the fields one by one, the status first.
   * @returns what the ticket shows then, as far as it is not just what was sent.
   */
  setFields(thread: Thread<T, M>, changes: FieldChanges, call: CallContext): Promise<Partial<TicketFacts>>;
  /** As `StepwiseDesk` has it. */
  readonly toGiveBack?: StepwiseDesk<Thread<T, M>>['toGiveBack'];
  /** True: the desk has no other word for on hold. */
  readonly holdIsPending?: boolean;
  /** One request. @param key - travels with it, and is read back by `saidIn`. */
  write(
    thread: Thread<T, M>,
    key: string,
    comment: OutgoingComment,
    call: CallContext,
  ): Promise<Pick<WrittenComment, 'id' | 'at'>>;
  /** The key as the desk keeps it; absent: as it is. */
  readonly keptKey?: (key: string) => string;
  /**
   * Where the key may get lost: whether what the desk shows is this comment, by its words. Absent: it cannot.
   * @param html - as the desk keeps it.
   */
  readonly saysTheSame?: (html: string, comment: OutgoingComment) => boolean;
}

/** How one sees what changed. */
export interface ThreadChanges {
  /** All tickets, the newest change first. */
  newest(call: CallContext): NewestFirst;
  /** Whether Deskhand was ever at work on the account. */
  hasWorked(call: CallContext): Promise<boolean>;
  /** Lists in which the tickets are that may wait for an answer; absent: they are the open ones of all. */
  readonly waiting?: (call: CallContext) => readonly NewestFirst[];
}

export interface ThreadDesk<T, M>
  extends ThreadReading<T, M>, ThreadWriting<T, M>, ThreadChanges, Pick<Helpdesk, 'desk' | 'ticketUrl'> {
  /** As people call it: `Gorgias`. */
  readonly title: string;
  /** How long a request whose answer was lost may take to be applied, in milliseconds; options may say otherwise. */
  readonly settleMs: number;
  readonly people: People;
  /** Absent: it knows of no brands. */
  readonly brands?: ThreadBrands<T, M>;
}

interface ThreadBrands<T, M> {
  /** All of the account: asked for seldom. */
  list(call: CallContext): Promise<readonly NamedBrand[]>;
  /** The id of the one that the customer has written to; nothing where that is not known. */
  of(ticket: T, messages: readonly M[]): string | null | undefined;
}
