/** What Deskhand asks of a help desk. One folder per desk implements it; nothing outside knows the desk's API. */
import type { DeskAgent } from '../core/approval/approvers';
import type { SuspendedMessage, SuspendedPlace, SuspendedSeen } from '../core/notices/suspended';
import type { Agreed } from '../core/conversation/agreed';
import type { Channel } from '../core/ticket/channel';
import type { CustomField } from '../core/ticket/customField';
import type { AppliedUpdate, TicketUpdate, UpdateGuard } from '../core/ticket/update';
import type { MailFacts } from '../core/ticket/mailFacts';
import type { TicketComment, TicketSnapshot } from '../core/ticket/ticket';

/** No desk's `settleMs` is more. */
export const longestSettleMs = 30_000;

/** How a caller bounds one call. */
export interface CallContext {
  readonly signal: AbortSignal;
  /** Asked right before anything is written to a ticket, unless a part of it is there already. */
  readonly beforeWriting?: () => Promise<void>;
  /** Asked right before words go out to the customer; what it throws stops them. */
  readonly beforePublicWords?: () => Promise<void>;
  /** Asked right before each write of a desk that would carry it out twice; throws where it is another's turn by now. */
  readonly stillCurrent?: () => Promise<void>;
}

/** A desk's comment before its words are read: `text` is what the desk stores, quotations and all. */
export interface DeskComment extends Omit<TicketComment, 'text' | 'cut' | 'reading' | 'forPerson'> {
  readonly body: string;
  /** The desk's own mark that a machine wrote it (Zendesk: `metadata.flags` has 4), or it came from the company itself. */
  readonly machineMade: boolean;
  /** A third party's address, where the desk tells; not kept. */
  readonly sentFrom?: string;
  /** Absent: it was no mail, or the desk hands no headers over. */
  readonly mail?: MailFacts;
}

export interface DeskTicket extends Omit<TicketSnapshot, 'comments' | 'channel'> {
  readonly channel: Channel;
  readonly comments: readonly DeskComment[];
}

export interface DeskIdentity {
  readonly userId: string;
  readonly name: string;
  readonly role: string;
}

/** Which tickets changed, oldest first. `cursor` is opaque and resumes exactly behind them; null: start again. */
export interface ChangedTickets {
  readonly changes: readonly { readonly ticketId: string; readonly updatedAt: string }[];
  readonly cursor: string | null;
  /** False when more can be had at once with `cursor`. */
  readonly complete: boolean;
  /** The desk's own time at that, epoch milliseconds; absent or null: it does not tell. */
  readonly clock?: number | null;
}

/** Messages that the desk keeps back from its tickets, as spam or for another cause. */
export interface SuspendedMessages extends SuspendedPlace {
  /**
   * Those that were not seen yet, perhaps with some that were; of more than a thousand the newest.
   * @throws RemoteFailure `unauthorized` where the credentials lack the right.
   */
  readonly list: (seen: SuspendedSeen, call: CallContext) => Promise<readonly SuspendedMessage[]>;
}

/**
 * Every method throws `RemoteFailure` (src/remote/failures.ts) and nothing else on anything the desk or the
 * network does. None retries: that is Temporal's work.
 */
export interface Helpdesk {
  /** `zendesk`: the first part of a ticket's workflow id. */
  readonly desk: string;
  readonly account: string;
  /**
   * How long a request whose answer was lost may take to be carried out, in milliseconds: before that nothing is written
   * anew. Absent: the desk refuses what comes late.
   */
  readonly settleMs?: number;
  /** Who we are there; also the cheapest proof that address and credentials are right. */
  whoAmI(call: CallContext): Promise<DeskIdentity>;
  /** The names of the desk's groups: what a policy's hand-offs may name. */
  groupNames(call: CallContext): Promise<readonly string[]>;
  /** The names of the account's brands or products, as tickets have them; absent where the desk has no such thing. */
  readonly brandNames?: (call: CallContext) => Promise<readonly string[]>;
  /**
   * Somebody of the team, one who has left included; null where the desk knows nobody by that.
   * @param who - an agent's id or e-mail address.
   */
  findAgent(who: string, call: CallContext): Promise<DeskAgent | null>;
  /** The ticket's custom fields that can be set: what a policy's `set-field` may name. */
  customFields(call: CallContext): Promise<readonly CustomField[]>;
  /**
   * The ticket and its newest 100 comments, who wrote what, in as few requests as the desk allows.
   * @param want.past - what was done on it before as well, where there is anything of ours.
   */
  fetchTicket(ticketId: string, call: CallContext, want?: { readonly past: boolean }): Promise<DeskTicket>;
  /**
   * Applies the updates in order, each exactly once however often this is called with the same keys: reads back
   * first, checks `guard` against what was just read unless one of the updates is there already (what was begun is
   * finished), and writes only onto the state it read. One whose `unless` key is found there is left out. Custom
   * fields that the desk lacks or does not take cost nothing but themselves, and are named in what was applied.
   */
  applyUpdates(
    ticketId: string,
    updates: readonly TicketUpdate[],
    guard: UpdateGuard,
    call: CallContext,
  ): Promise<readonly AppliedUpdate[]>;
  /**
   * Reads the ticket and says whether `guard` still holds: before something is done elsewhere that cannot be undone.
   * @throws RemoteFailure `person-active`, `stale-draft` or `ticket-closed` when it does not.
   */
  checkUnchanged(ticketId: string, guard: UpdateGuard, call: CallContext): Promise<void>;
  /** A new ticket that follows a closed one, with an internal note as its first comment. Same key, same ticket. */
  openFollowUp(
    closedTicketId: string,
    followUp: { key: string; note: string; agreed?: Agreed; group: string | null; tags: readonly string[] },
    call: CallContext,
  ): Promise<{ ticketId: string }>;
  /** Tickets changed since `cursor`; null starts at `since` (epoch milliseconds). */
  changedTickets(from: { cursor: string } | { since: number }, call: CallContext): Promise<ChangedTickets>;
  /**
   * The tickets, new or open, that changed since then (epoch milliseconds) on an account where Deskhand has been at work
   * before: there, it may have forgotten some. None on another account.
   */
  ticketsLeftOpen(since: number, call: CallContext): Promise<readonly string[]>;
  /** Absent: the desk keeps no messages back, or does not show them. */
  readonly suspended?: SuspendedMessages;
  /** Where an agent reads the ticket in a browser. */
  ticketUrl(ticketId: string): string;
}
