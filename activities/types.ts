/** What the workflows call. Types only: workflow code must not pull in what activities are made of. */
import type { ClassifyInput } from '../src/classify/port';
import type { ConsultInput, Step } from '../src/core/effects';
import type { DeedToApprove } from '../src/core/approval/approvers';
import type { NoticeBatch } from '../src/core/notices/notice';
import type { SuspendedMark, SuspendedNews } from '../src/core/notices/suspended';
import type { OrderStepOutcome } from '../src/core/orders/orderAction';
import type { ToldToPeople } from '../src/core/people/toldToPeople';
import type { Plan, PolicySettings } from '../src/core/policy/plan';
import type { SentWords } from '../src/core/modes/proposal';
import type { TicketRef, TicketSnapshot } from '../src/core/ticket/ticket';
import type { Classification } from '../src/core/conversation/understanding';
import type { AppliedUpdate } from '../src/core/ticket/update';

/**
 * What a step says, and how long its retries may last, in milliseconds; null: until it works. Histories hold it: what is
 * added to a step is optional, and absent in what older workflows ask.
 */
type InputOf<T extends Step['type']> = Omit<Extract<Step, { type: T }>, 'type'> & {
  readonly budgetMs: number | null;
} & OfPolicy;

interface OfPolicy {
  /** Which of several policies the conversation goes by; absent: that of tickets whose brand has none of its own. */
  readonly policy?: string;
}

type FetchTicketInput = Omit<InputOf<'fetch-ticket'>, 'policyVersion'> & {
  /** Absent in what older workflows ask: as null. */
  readonly policyVersion?: string | null;
};

interface FetchedTicket {
  snapshot: TicketSnapshot;
  settings: PolicySettings;
  sent?: SentWords;
  told?: ToldToPeople;
  /** By its brand the next conversation goes by this policy, and not by the one of this; null: by that of all others. */
  movesTo?: string | null;
}

export type UpdateTicketInput = Omit<InputOf<'update-ticket'>, 'purpose'>;

export type SendCodeInput = InputOf<'send-code'>;

interface CheckApproverInput extends OfPolicy {
  readonly ref: TicketRef;
  /** An agent's id or e-mail address on the desk. */
  readonly by: string;
  readonly deeds: readonly DeedToApprove[];
  /** They do not approve, they reject. */
  readonly rejects?: true;
  readonly budgetMs: number | null;
}

export type NotifyPeopleInput = Omit<InputOf<'notify-people'>, 'budgetMs'>;

interface SendNoticesInput {
  readonly channel: string;
  readonly batch: NoticeBatch;
}

export interface PollDeskInput {
  /** Opaque; null on the very first look, which then starts at `since`. */
  readonly cursor: string | null;
  /** Epoch milliseconds. */
  readonly since: number;
  /** Absent: what the desk has suspended was not looked at yet. */
  readonly suspended?: SuspendedMark | undefined;
}

export interface PollDeskResult {
  /** Null while the desk had nothing to point at. */
  readonly cursor: string | null;
  readonly hinted: number;
  /** False: more can be had at once. */
  readonly complete: boolean;
  /** Absent: nobody looked this time, or the desk suspends nothing. */
  readonly suspended?: Omit<SuspendedNews, 'notices'>;
}

type UpdateTicket = (input: UpdateTicketInput) => Promise<readonly AppliedUpdate[]>;

/** On the desk's task queue. The update activities do the same thing under the names people look for. */
export interface DeskActivities {
  fetchTicket(input: FetchTicketInput): Promise<FetchedTicket>;
  actOnOrder(input: InputOf<'act-on-order'>): Promise<OrderStepOutcome>;
  /** `trouble`: why the mail reached nobody, for people; null: it went out, or nobody was to get it. */
  sendCode(input: SendCodeInput): Promise<{ trouble: string | null }>;
  /** `commentId`: null where the policy has no words for it. */
  sendHoldingReply(input: InputOf<'send-holding-reply'>): Promise<{ commentId: string | null }>;
  replyToTicket: UpdateTicket;
  addNote: UpdateTicket;
  handOff: UpdateTicket;
  escalateTicket: UpdateTicket;
  closeTicket: UpdateTicket;
  followUpWithCustomer: UpdateTicket;
  /** `why` they may not approve; null: they may. `name`: as the desk calls them; null where it was not asked. */
  checkApprover(input: CheckApproverInput): Promise<{ why: string | null; name: string | null }>;
  openFollowUp(input: InputOf<'open-follow-up'>): Promise<{ ticketId: string }>;
  pollDesk(input: PollDeskInput): Promise<PollDeskResult>;
  /** `since`: epoch milliseconds. */
  findTicketsLeftOpen(input: { readonly since: number }): Promise<{ readonly hinted: number }>;
}

/**
 * Beside the workflow, on the ticket task queue. `since`: when the step began; `waitsSince`: when its customer began to
 * wait; both in epoch milliseconds.
 */
export interface TicketActivities {
  classifyMessage(input: ClassifyInput, since?: number, waitsSince?: number): Promise<Classification>;
  consultPolicy(input: ConsultInput, since?: number, waitsSince?: number): Promise<Plan>;
  notifyPeople(input: NotifyPeopleInput): Promise<void>;
  /** One message through one channel. */
  sendNotices(input: SendNoticesInput): Promise<void>;
}
