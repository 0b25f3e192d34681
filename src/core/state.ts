/**
 * What the engine is doing about one ticket, as plain JSON: it is carried over continue-as-new, shown by the
 * state query, and must be readable by code that is newer than the code that wrote it.
 */
import type { Step } from './effects';
import type { DecisionRecord } from './policy/decisionRecord';
import type { Dialogue } from './conversation/dialogue';
import type { Earlier } from './conversation/agreed';
import type { CodeSent } from './orders/mailedCode';
import type { Mode } from './modes/mode';
import type { BusinessUnit, Wait } from './hours/wait';
import type { OrderAction } from './orders/orderAction';
import type { OrderStanding } from './orders/orderStanding';
import type { FollowUp, Plan, PlannedAction, PolicySettings, HandOffReason } from './policy/plan';
import type { Comparison, Proposal } from './modes/proposal';
import type { DeskStatus, Priority, Rating, TicketRef, TicketSnapshot } from './ticket/ticket';
import type { Clocks } from './sla/clocks';
import type { TeamSilence } from './people/silence';
import type { Classification } from './conversation/understanding';

export const stages = [
  'answering',
  'waiting-for-customer',
  'waiting-for-approval',
  'with-person',
  'watching',
  'handed-off',
  'escalated',
  'solved',
  'closed',
] as const;
/**
 * `handed-off`: people were told and nobody picked it up yet; `escalated`: the same, after a rung of the ladder;
 * `with-person`: somebody has it; `watching`: the mode leaves it to people, who has it or not. `closed` is the only
 * stage that ends the workflow.
 */
export type Stage = (typeof stages)[number];

/** Why the engine will wake up, and when. Absolute, because timers do not survive continue-as-new. */
export interface Deadline {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly reason:
    | 'settle'
    | 'customer-silence'
    | 'approval'
    | 'approval-reminder'
    | 'pick-up'
    | 'person-check'
    | 'linger-after-solved'
    | 'try-again'
    | 'follow-up'
    | 'sla'
    | 'team-silence';
  /** For people, where the reason does not say it all: `"still-there" (en), then solved`. */
  readonly detail?: string;
  /** What it was made of, where business time counts: it moves when the hours change. Epoch milliseconds. */
  readonly counted?: { readonly since: number } & Required<Wait>;
}

/** Where a turn stands. `settling`, the wait for more of a burst, is the only phase without a step under way. */
type TurnPhase = 'fetching' | 'settling' | 'classifying' | 'consulting' | 'acting';

/**
 * Why the ticket is looked at. An `approval-check` hands a draft off that nobody decided on, a `pick-up-check`
 * escalates when it finds nobody at work, a `person-check` hands off again when whoever had it has left while the
 * customer waits; `hand-back` takes the people known to have had the ticket as having let go of it; `follow-up` writes
 * to a customer who has stayed silent; `team-silence` answers one whom people leave without a word.
 */
export type TurnCause =
  | 'message'
  | 'approval-check'
  | 'approval-reminder'
  | 'pick-up-check'
  | 'person-check'
  | 'hand-back'
  | 'reply-again'
  | 'follow-up'
  | 'team-silence';

/** What a rule wants done while the customer does not answer it. */
export interface CustomerSilence {
  /** Still to be written, in this order. */
  readonly followUps: readonly FollowUp[];
  /** How long after the last words to the customer the ticket is let go; null: as long as the policy says. */
  readonly waitMs: number | null;
  /** Absent: by the clock. */
  readonly waitCountedIn?: BusinessUnit;
  /** Of the turn that replied: the follow-ups' keys are made of it. */
  readonly key: string;
  readonly written: number;
  /** The comment that the customer read last; what agents wrote after it means that a person came in between. */
  readonly lastWordsId: string | null;
  /** For whom the words were made: nobody else gets them. */
  readonly requesterId: string;
  /** As the reply has left the ticket; the group only where the rule did not set it. */
  readonly knownStatus: Exclude<DeskStatus, 'new' | 'closed'>;
  readonly knownGroupId?: string | null;
  /** An agent has seen the follow-ups, and approved them with the reply. */
  readonly approved?: true;
  /** What the reply was about; absent in older states. */
  readonly intents?: readonly string[];
}

export interface OrderActionDone {
  readonly key: string;
  readonly action: OrderAction;
  /** The shop's own, where it gives one. */
  readonly reference: string | null;
  /** An internal note on the ticket tells of it. */
  readonly noted: boolean;
}

/** See src/core/orders/untoldDeeds.ts. */
export interface UntoldDeed {
  /** The newest of the messages it was done for. */
  readonly commentId: string;
  readonly action: OrderAction;
  /** False where the shop's answer was lost. */
  readonly isSure: boolean;
  /** Of the plan that wanted it: what is done where a person must go on. */
  readonly instead: readonly PlannedAction[];
}

export interface Turn {
  readonly number: number;
  readonly cause: TurnCause;
  readonly phase: TurnPhase;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Nothing is answered before, so that the rest of a burst can come. Epoch milliseconds. */
  readonly settleUntil: number;
  /** True once the fragment window ("hi ...") was granted: it is granted once a turn. */
  readonly waitedForMore: boolean;
  /** How often the turn began again because a newer message came: bounded by what customers can type. */
  readonly restarts: number;
  readonly snapshot: TicketSnapshot | null;
  /** The customer comments answered by this turn, oldest first. */
  readonly commentIds: readonly string[];
  readonly classification: Classification | null;
  readonly plan: Plan | null;
  /** What the ticket was waiting for before; it goes on waiting when the turn finds nothing to do. */
  readonly resume: Deadline | null;
  /** The deadline that brought it about, where business time counts: by other hours it may not be due yet. */
  readonly reached?: Deadline | undefined;
  /** People had been called, and had not come, when the ticket was handed back; `due`: when they were to be called again. */
  readonly call?: { readonly handOff: HandOff; readonly due: Deadline | null } | undefined;
  /** Part of the business keys of this turn: set by reply-again, so that a second reply is another one on purpose. */
  readonly keySuffix: string;
  /** Its draft that was held for approval. */
  readonly draftId?: string | undefined;
  /** An agent approved the draft: what people have noted since does not stop it. */
  readonly approved?: boolean | undefined;
  /** A person took over while a step was under way: its outcome is recorded, nothing more is started. */
  readonly abandoned: boolean;
  /** Abandoned for a stricter mode: the ticket is looked at anew, and a draft of this turn is not kept. */
  readonly anew?: true | undefined;
}

/** A step in line; the first may be under way. */
export interface QueuedStep {
  readonly id: string;
  /** The turn it belongs to; null for what stands beside turns (notes, hand-offs, escalations). */
  readonly turn: number | null;
  readonly step: Step;
}

/** What somebody decides about: the same again is the same decision, anything else is another one. */
export interface DecisionBasis {
  /** Of all below, and of what would be done and said. */
  readonly hash: string;
  /** The customer's comments that the draft answers. */
  readonly messages: readonly string[];
  readonly requesterId: string;
  readonly orders: readonly OrderStanding[];
}

/** A draft that waits for an agent. `approve` and `reject` name it, so that nobody approves another one. */
export interface PendingApproval {
  /** Of this draft alone: its end is the hash of `decidedOn`. */
  readonly draftId: string;
  /** All that an approval allows, for people. */
  readonly text: string;
  /** What would be done to orders, in this order; absent, as what follows is, in older states. */
  readonly actions?: readonly OrderAction[];
  /** The words that the customer would read; null: none. */
  readonly reply?: string | null;
  /** The ticket's stamp when it was decided. */
  readonly revision?: string;
  readonly decidedOn?: DecisionBasis;
  /** Epoch milliseconds. */
  readonly since?: number;
  /** How often people were reminded of it; absent: never. */
  readonly reminded?: number;
  /** Its note stands on the ticket: the tag that sends it counts from then on. Absent: not yet. */
  readonly noted?: true;
  /** It took the place of one that somebody may have before them still, and nobody was told so yet. */
  readonly replaces?: true | undefined;
}

/** What became of a draft. */
export interface SettledDraft {
  readonly draftId: string;
  readonly how: 'approved' | 'rejected' | 'timed-out' | 'void';
  /** Whose word it was; null: nobody's. */
  readonly by: string | null;
  /** Why nobody can decide about it any more, for people; null where somebody has. */
  readonly why: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface HandOff {
  /** Unique on the ticket: the keys of its rungs are made of it. Absent in older states: of `since`. */
  readonly id?: string;
  readonly reason: HandOffReason;
  readonly group: string | null;
  /** Epoch milliseconds. */
  readonly since: number;
  /** The newest agent comment known at that time: any later one, an internal note too, is a pick-up. */
  readonly knownAgentCommentId: string | null;
  /** How many rungs were climbed. */
  readonly level: number;
  /** How many of them at the word of agents; absent: none. */
  readonly asked?: number;
  /** One sentence for people: what was tried. No customer text. */
  readonly detail: string;
}

/** What happened, for people: no customer text, no personal data. */
export interface TimelineEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly kind:
    | 'message'
    | 'understood'
    | 'decided'
    | 'acted'
    | 'replied'
    | 'noted'
    | 'handed-off'
    | 'escalated'
    | 'agent'
    | 'person'
    | 'waiting'
    | 'ignored'
    | 'failed'
    | 'sla'
    | 'closed';
  readonly text: string;
}

/** What a customer is told while the answer waits for a part that is out: src/core/outage/holdingReply.ts. */
export interface Holding {
  /** The answer still waits, here or with people; false: the next outage is another one. */
  readonly isOpen: boolean;
  /** The customer was told in it. */
  readonly isTold: boolean;
  /** Public comments of ours that are no answers, newest last; of earlier outages too. */
  readonly commentIds: readonly string[];
}

/** How the customer rated the ticket last. */
export interface KnownRating extends Pick<Rating, 'id' | 'score'> {
  /** People were told of it, when it was bad. */
  readonly isHeeded?: true;
}

/** What is promised to the customer, so far as it is kept: src/core/sla. */
interface SlaState {
  readonly clocks: Clocks;
  /** The newest comment that they know of. */
  readonly seenCommentId: string | null;
  /** When they need somebody's eyes next, where that is sooner than all else. */
  readonly deadline?: Deadline | undefined;
  /** When the ticket was last looked at for their sake, while nothing has come of it. Epoch milliseconds. */
  readonly lookedAt?: number | undefined;
}

export interface TicketState {
  readonly schema: 1;
  readonly ref: TicketRef;
  /**
   * Tells the keys made from this state from those of an earlier one that is forgotten; the same in all that go on from
   * it, after a reset too.
   */
  readonly life: string;
  /** How many signals were heard that may come without an id. */
  readonly signals: number;
  readonly stage: Stage;
  readonly settings: PolicySettings;
  readonly turn: Turn | null;
  readonly turns: number;
  /** Steps to do, in order. Kept here and not in the workflow, so that continue-as-new carries them. */
  readonly steps: readonly QueuedStep[];
  /** The first of `steps` was started. */
  readonly running: boolean;
  /** The running step was asked to stop. */
  readonly cancelling: boolean;
  readonly stepsStarted: number;
  /** Hints that came while a turn was under way, by the comment they name (null: none named). */
  readonly pendingHints: readonly (string | null)[];
  /** The newest customer comment that was answered, handed over or knowingly passed over. */
  readonly handledCommentId: string | null;
  /** The comments that people were given and nobody has answered: the bot's again when the ticket is handed back. */
  readonly handedOver: readonly string[];
  /** What each hand-off was about, oldest first: the newest comment, null for none. Their keys are counted by it. */
  readonly handOffs: readonly (string | null)[];
  /** What a person gave back to the bot: agent comments and an assignee up to here no longer stop it. */
  readonly released: { readonly agentCommentId: string | null; readonly assigneeId: string | null } | null;
  readonly lastKnown: {
    readonly agentCommentId: string | null;
    readonly assigneeId: string | null;
    readonly status: string | null;
    /** The newest customer comment that the last look has shown. */
    readonly customerCommentId?: string | null;
    /** Absent in older states. */
    readonly requesterId?: string;
    /** By which people steer the ticket: those that stood on it; absent: none. */
    readonly steeringTags?: readonly string[];
    /** As the desk calls it; absent: none, or in older states. */
    readonly brand?: string;
  };
  /** Somebody took over by an action, assigned or not: believed until the next check finds nobody. */
  readonly takenOver: boolean;
  readonly dialogue: Dialogue;
  /** What was done to orders, newest last: it is not done again for the same message, and people are told. */
  readonly orderActions: readonly OrderActionDone[];
  /** Of these, and of what may have been done, what no customer was told of; absent: nothing. */
  readonly untold?: readonly UntoldDeed[] | undefined;
  /** What came before this conversation; absent: nothing, as in older states. */
  readonly earlier?: Earlier | undefined;
  /** The codes asked for in this conversation, newest last; absent in older states. */
  readonly codesSent?: readonly CodeSent[] | undefined;
  /** The policy version this conversation goes on under; null before its first decision and after it was solved. */
  readonly policyVersion: string | null;
  /** By its brand the next conversation goes by this policy; null: by that of brands without. Absent: by the same. */
  readonly movesTo?: string | null | undefined;
  /** As an agent set it for this ticket, and as the desk's tags do; absent: auto, as in older states. */
  readonly mode?: Mode | undefined;
  readonly taggedMode?: Mode | undefined;
  /** What was proposed and no agent has answered yet; absent as null: nothing. */
  readonly proposal?: Proposal | null | undefined;
  /** What agents sent where something had been proposed, newest last; absent: nothing yet. */
  readonly comparisons?: readonly Comparison[] | undefined;
  readonly approval: PendingApproval | null;
  /** Approvals that were taken, and not done when the desk was asked: their ids, newest last; absent: none. */
  readonly refusedApprovals?: readonly { readonly id: string; readonly why: string }[] | undefined;
  /** Drafts that waited before, newest last; absent: none. */
  readonly settledDrafts?: readonly SettledDraft[] | undefined;
  /** The turn whose draft waits for approval. */
  readonly heldTurn: Turn | null;
  readonly handOff: HandOff | null;
  /** Null: nothing but the policy's own customer-silence. A word of the customer or of a person ends it. */
  readonly silence: CustomerSilence | null;
  readonly deadline: Deadline | null;
  /** Absent: they did not, as far as the looks have shown. */
  readonly rating?: KnownRating | undefined;
  /** Absent: nothing is promised. */
  readonly sla?: SlaState | undefined;
  /** Absent: the policy has no silence rule. */
  readonly teamSilence?: (TeamSilence & { readonly deadline?: Deadline | undefined }) | undefined;
  /** Absent: no answer has waited so long. */
  readonly holding?: Holding | undefined;
  /** Times of the bot's public replies in the last hour, epoch milliseconds: the loop breaker counts them. */
  readonly replyTimes: readonly number[];
  /** The newest customer comment when a person last gave the ticket back: replies before it are held against nobody. */
  readonly forgivenUpTo?: string | undefined;
  /** Ids of the newest hints, newest last: a redelivered one is dropped. In older states those of agent actions too. */
  readonly seen: readonly string[];
  /** The newest agent actions, newest last (src/core/people/actionMemory.ts); absent in older states. */
  readonly acted?: readonly string[] | undefined;
  /** What the last finished turn understood and decided, for the Web UI and the API. */
  readonly last: {
    readonly intent: string | null;
    readonly confidence: number;
    readonly rule: string;
    readonly policyVersion: string;
    /** Of several policies; absent: the one of brands that have none of their own. */
    readonly policy?: string;
  } | null;
  /** Why the newest decision fell as it did; null before the first. */
  readonly decision: DecisionRecord | null;
  readonly priority: Priority | null;
  readonly timeline: readonly TimelineEntry[];
}
