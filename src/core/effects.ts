/** What `decide` asks the world to do. The workflow maps each to an activity; an update's purpose names it. */
import type { ApprovalWord, DeedToApprove } from './approval/approvers';
import type { Dialogue, OpenQuestion } from './conversation/dialogue';
import type { Agreed, EarlierDeed } from './conversation/agreed';
import type { CodeMail, CodeSent } from './orders/mailedCode';
import type { ModeLimit } from './modes/mode';
import type { GiftTerms } from './orders/moneyLimits';
import type { OrderAction } from './orders/orderAction';
import type { OrderStanding } from './orders/orderStanding';
import type { ProposedWords } from './modes/proposal';
import type { NoticeAbout } from './notices/notice';
import type { HandOffReason } from './policy/plan';
import type { Priority, Rating, Requester, TicketRef } from './ticket/ticket';
import type { Classification } from './conversation/understanding';
import type { TicketUpdate, UpdateGuard } from './ticket/update';

/** The words of one turn: all unanswered customer comments, oldest first, read and joined by blank lines. */
export interface CustomerWords {
  readonly text: string;
  readonly subject: string;
  readonly attachmentNames: readonly string[];
  /** `text`, comment by comment, where there are several and it matters; absent in what older workflows ask. */
  readonly parts?: readonly string[];
}

export interface ConsultInput {
  readonly ref: TicketRef;
  readonly words: CustomerWords;
  readonly classification: Classification;
  readonly requester: Requester;
  readonly channel: string;
  /** Absent as in the snapshot, and in what older workflows ask. */
  readonly brand?: string;
  /** Which of several policies; absent: the one of tickets whose brand has none of its own. */
  readonly policy?: string;
  readonly tags: readonly string[];
  /** Absent in what older workflows ask. */
  readonly priority?: Priority | null;
  readonly dialogue: Dialogue;
  /** Codes that were sent in this conversation; absent in what older workflows ask. */
  readonly codesSent?: readonly CodeSent[];
  /** How the customer rated the ticket last; absent: they did not. */
  readonly rating?: Rating['score'];
  /** The ticket's last conversation had come to an end, or it follows a closed ticket. */
  readonly reopened?: true;
  /** What was done before, here and there, oldest first; absent: nothing. */
  readonly done?: readonly EarlierDeed[];
  /** An agent has written a note since our last words, and has not handed the ticket back after it. */
  readonly agentNoted?: true;
  /** The newest of the comments that hold `words`: where a value that is found in them came from. */
  readonly commentId: string;
  /** The version this conversation was begun under; null: whichever is in force now. */
  readonly policyVersion: string | null;
  readonly turnNumber: number;
  /** Epoch milliseconds: the policy's clock, so that the same input always gives the same plan. */
  readonly now: number;
}

/** Null: not known yet. */
export interface ConversationFacts {
  readonly intent: string | null;
  readonly language: string | null;
}

/** To whom a holding reply is written. */
export interface HeldCustomer {
  readonly name: string | null;
  /** The desk's. */
  readonly locale: string | null;
  /** As they write, a primary subtag; null: not known. */
  readonly language: string | null;
  /** As the ticket was read; absent in what older workflows ask. */
  readonly channel?: string;
}

export type Step =
  | {
      readonly type: 'fetch-ticket';
      readonly ref: TicketRef;
      /** Whose settings hold for the turn: as in `ConsultInput`. */
      readonly policyVersion: string | null;
      /** Of a run that remembers nothing: what was done on the ticket before is asked for too. */
      readonly withPast?: true;
      /** What the conversation is about so far, where a tier may depend on it; absent: no tier does. */
      readonly known?: ConversationFacts;
      /** What an agent's next public answer is compared with; absent: nothing. */
      readonly proposed?: ProposedWords;
      /** People have the ticket: what they were told is asked for too. */
      readonly withTold?: true;
    }
  | {
      readonly type: 'classify-message';
      readonly words: CustomerWords;
      readonly locale: string | null;
      /** The requester's; absent in what older workflows ask. */
      readonly name?: string | null;
      readonly question: OpenQuestion | null;
      /** How long it is tried, here and below; absent: for the policy's step budget. Milliseconds. */
      readonly patienceMs?: number;
      /** Who has waited longest is served first when what was out is back. Absent in older states. Epoch milliseconds. */
      readonly waitsSince?: number;
    }
  | {
      readonly type: 'consult-policy';
      readonly input: ConsultInput;
      readonly patienceMs?: number;
      readonly waitsSince?: number;
    }
  /** Says that the answer takes longer, and is none: nothing of the conversation changes by it. */
  | {
      readonly type: 'send-holding-reply';
      readonly ref: TicketRef;
      readonly guard: UpdateGuard;
      readonly key: string;
      /** False: its words are left in a note, for an agent to send. */
      readonly isPublic: boolean;
      /** Whose words: as in `ConsultInput`. */
      readonly policyVersion: string | null;
      readonly customer: HeldCustomer;
      readonly within: ModeLimit;
    }
  /** Checked anew when it is carried out: `guard` on the ticket, and whether the order still allows it. */
  | {
      readonly type: 'act-on-order';
      readonly ref: TicketRef;
      readonly guard: UpdateGuard;
      /** The same on every attempt: the shop does what it names once. */
      readonly key: string;
      readonly action: OrderAction;
      /** Absent where it gives no money away, or the company has no limits over all tickets. */
      readonly terms?: GiftTerms;
      /** Of the order when it was approved: it is done to that one or not at all. Absent: nobody had to approve it. */
      readonly standing?: OrderStanding;
      /** Absent, here and below: up to `draft`, whatever it is about. */
      readonly within?: ModeLimit;
    }
  /** Whether there is such an order, and whether its address gets the mail, nothing that follows depends on. */
  | {
      readonly type: 'send-code';
      readonly ref: TicketRef;
      readonly guard: UpdateGuard;
      /** The same on every attempt: it makes the same code, and the same mail. */
      readonly key: string;
      readonly order: string;
      readonly mail: CodeMail;
      readonly within?: ModeLimit;
    }
  /** `purpose` names the activity that people read in the Temporal Web UI. */
  | {
      readonly type: 'update-ticket';
      readonly purpose: 'reply' | 'note' | 'hand-off' | 'escalate' | 'close' | 'follow-up';
      readonly ref: TicketRef;
      readonly guard: UpdateGuard;
      /** In this order; what was applied before a failure stays applied and is not repeated. */
      readonly updates: readonly TicketUpdate[];
      readonly within?: ModeLimit;
    }
  | {
      readonly type: 'open-follow-up';
      readonly ref: TicketRef;
      readonly key: string;
      readonly note: string;
      /** As of an update. */
      readonly agreed?: Agreed;
      readonly group: string | null;
      readonly tags: readonly string[];
      /** The ticket that goes on in place of this one: no other is opened. */
      readonly mergedInto?: string;
    }
  /** Whether somebody may approve, by the policy in force and by what the desk tells of them. */
  | {
      readonly type: 'check-approver';
      readonly ref: TicketRef;
      readonly word: ApprovalWord;
      readonly deeds: readonly DeedToApprove[];
    }
  | {
      readonly type: 'notify-people';
      readonly ref: TicketRef;
      readonly reason: HandOffReason | 'approval' | 'sla';
      /** No customer text. */
      readonly message: string;
      /** Absent in what older workflows ask. */
      readonly about?: NoticeAbout;
      /** What the ticket is about: the mode of each may forbid the call; absent: nothing is understood. */
      readonly intents?: readonly string[];
      /** The ticket's, as the desk calls it; absent: none. */
      readonly brand?: string;
    };

export type Effect =
  | { readonly type: 'start-step'; readonly stepId: string; readonly step: Step }
  /** Only ever named for a step that is under way; its outcome still arrives, as done or as cancelled. */
  | { readonly type: 'cancel-step'; readonly stepId: string };
