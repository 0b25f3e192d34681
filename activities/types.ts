/** What the workflows call. Types only: workflow code must not pull in what activities are made of. */
import type { ClassifyInput } from '../src/classify/port';
import type { ConsultInput, ConversationFacts, HeldCustomer } from '../src/core/effects';
import type { DeedToApprove } from '../src/core/people/approvers';
import type { GiftTerms } from '../src/core/orders/moneyLimits';
import type { CodeMail } from '../src/core/orders/mailedCode';
import type { Agreed } from '../src/core/conversation/agreed';
import type { ModeLimit } from '../src/core/modes/mode';
import type { NoticeAbout, NoticeBatch } from '../src/core/notices/notice';
import type { OrderAction, OrderStepOutcome } from '../src/core/orders/orderAction';
import type { OrderStanding } from '../src/core/orders/orderStanding';
import type { ToldToPeople } from '../src/core/people/told';
import type { HandOffReason, Plan, PolicySettings } from '../src/core/policy/plan';
import type { ProposedWords, SentWords } from '../src/core/modes/proposal';
import type { TicketRef, TicketSnapshot } from '../src/core/ticket/ticket';
import type { Classification } from '../src/core/conversation/understanding';
import type { AppliedUpdate, TicketUpdate, UpdateGuard } from '../src/core/ticket/update';

interface FetchTicketInput {
  readonly ref: TicketRef;
  /** Whose settings to bring along; null, or absent in what older workflows ask: those in force now. */
  readonly policyVersion?: string | null;
  /** As in the step. */
  readonly withPast?: true;
  /** As in the step. */
  readonly known?: ConversationFacts;
  /** As in the step, here and below. */
  readonly proposed?: ProposedWords;
  readonly withTold?: true;
  /** How long retries may last, in milliseconds; null: until it works. */
  readonly budgetMs: number | null;
}

export interface UpdateTicketInput {
  readonly ref: TicketRef;
  readonly updates: readonly TicketUpdate[];
  readonly guard: UpdateGuard;
  /** As in the step, here and below. */
  readonly within?: ModeLimit;
  readonly budgetMs: number | null;
}

interface ActOnOrderInput {
  readonly ref: TicketRef;
  /** Must hold on the ticket when the shop is asked. */
  readonly guard: UpdateGuard;
  readonly key: string;
  readonly action: OrderAction;
  /** As in the step. */
  readonly terms?: GiftTerms;
  readonly standing?: OrderStanding;
  readonly within?: ModeLimit;
  readonly budgetMs: number | null;
}

export interface SendCodeInput {
  readonly ref: TicketRef;
  /** Must hold on the ticket when the mail is sent. */
  readonly guard: UpdateGuard;
  readonly key: string;
  readonly order: string;
  readonly mail: CodeMail;
  readonly within?: ModeLimit;
  readonly budgetMs: number | null;
}

interface HoldingReplyInput {
  readonly ref: TicketRef;
  readonly guard: UpdateGuard;
  readonly key: string;
  /** As in the step, here and below. */
  readonly isPublic: boolean;
  readonly policyVersion: string | null;
  readonly customer: HeldCustomer;
  readonly within: ModeLimit;
  readonly budgetMs: number | null;
}

interface CheckApproverInput {
  readonly ref: TicketRef;
  /** An agent's id or e-mail address on the desk. */
  readonly by: string;
  readonly deeds: readonly DeedToApprove[];
  /** They do not approve, they reject. */
  readonly rejects?: true;
  readonly budgetMs: number | null;
}

interface OpenFollowUpInput {
  readonly ref: TicketRef;
  readonly key: string;
  readonly note: string;
  /** As in the step. */
  readonly agreed?: Agreed;
  readonly group: string | null;
  readonly tags: readonly string[];
  readonly budgetMs: number | null;
}

export interface NotifyPeopleInput {
  readonly ref: TicketRef;
  readonly reason: HandOffReason | 'approval' | 'sla';
  readonly message: string;
  /** As in the step, here and below. */
  readonly about?: NoticeAbout;
  readonly intents?: readonly string[];
}

interface SendNoticesInput {
  readonly channel: string;
  readonly batch: NoticeBatch;
}

export interface PollDeskInput {
  /** Opaque; null on the very first look, which then starts at `since`. */
  readonly cursor: string | null;
  /** Epoch milliseconds. */
  readonly since: number;
}

export interface PollDeskResult {
  /** Null while the desk had nothing to point at. */
  readonly cursor: string | null;
  readonly hinted: number;
  /** False: more can be had at once. */
  readonly complete: boolean;
}

type UpdateTicket = (input: UpdateTicketInput) => Promise<readonly AppliedUpdate[]>;

/** On the desk's task queue. The update activities do the same thing under the names people look for. */
export interface DeskActivities {
  fetchTicket(
    input: FetchTicketInput,
  ): Promise<{ snapshot: TicketSnapshot; settings: PolicySettings; sent?: SentWords; told?: ToldToPeople }>;
  actOnOrder(input: ActOnOrderInput): Promise<OrderStepOutcome>;
  /** `trouble`: why the mail reached nobody, for people; null: it went out, or nobody was to get it. */
  sendCode(input: SendCodeInput): Promise<{ trouble: string | null }>;
  /** `commentId`: null where the policy has no words for it. */
  sendHoldingReply(input: HoldingReplyInput): Promise<{ commentId: string | null }>;
  replyToTicket: UpdateTicket;
  addNote: UpdateTicket;
  handOff: UpdateTicket;
  escalateTicket: UpdateTicket;
  closeTicket: UpdateTicket;
  followUpWithCustomer: UpdateTicket;
  /** `why` they may not approve; null: they may. `name`: as the desk calls them; null where it was not asked. */
  checkApprover(input: CheckApproverInput): Promise<{ why: string | null; name: string | null }>;
  openFollowUp(input: OpenFollowUpInput): Promise<{ ticketId: string }>;
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
