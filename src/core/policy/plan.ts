/**
 * What a policy says should be done for one turn, as plain data. Order actions are carried out first, in their
 * order; what is written on the ticket is gathered by kind and follows only when all of them were done.
 */
import type { ApproverRule } from '../approval/approvers';
import type { Dialogue, OpenQuestion } from '../conversation/dialogue';
import type { BusinessHours } from '../hours/businessHours';
import type { BusinessUnit, Wait } from '../hours/wait';
import type { CodeMail } from '../orders/mailedCode';
import type { Modes } from '../modes/mode';
import type { MoneyLimits } from '../orders/moneyLimits';
import type { OptionalNoticeKind } from '../notices/notice';
import type { OrderAction } from '../orders/orderAction';
import type { OrderStanding } from '../orders/orderStanding';
import type { SlaSettings } from '../sla/targets';
import { escalatedAgainTag, escalatedTag } from '../ticket/tags';
import type { DeskStatus, Priority } from '../ticket/ticket';
import type { FieldValue } from '../ticket/update';

/** Why a person is needed. Shown to agents and searchable in the Temporal Web UI: never free text. */
export const handOffReasons = [
  'asked-for-human',
  'low-confidence',
  'anger',
  'legal',
  'safety',
  'policy',
  'order-action-refused',
  'third-party',
  'forwarded',
  'unreadable',
  'undeliverable',
  'reply-limit',
  'identity',
  'approval-rejected',
  'approval-timeout',
  'agent-escalated',
  'left-by-person',
  'bad-rating',
  'own-address',
  'failure',
] as const;
export type HandOffReason = (typeof handOffReasons)[number];

export type PlannedAction =
  | {
      readonly type: 'reply';
      readonly text: string;
      /** Null: it goes out as plain text. */
      readonly html: string | null;
      readonly template: string;
      readonly language: string;
    }
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'tag'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly type: 'set-status'; readonly status: Exclude<DeskStatus, 'new' | 'closed'> }
  | { readonly type: 'set-priority'; readonly priority: Priority }
  | { readonly type: 'assign'; readonly group: string | null; readonly agent: string | null }
  | { readonly type: 'hand-off'; readonly reason: HandOffReason; readonly group: string | null }
  | { readonly type: 'set-field'; readonly field: string; readonly value: FieldValue }
  /** How long the ticket waits for the customer, in place of the policy's `customerSilenceMs`. */
  | { readonly type: 'wait'; readonly ms: number; readonly countedIn?: BusinessUnit }
  | ({ readonly type: 'follow-up' } & FollowUp)
  | { readonly type: 'order-action'; readonly action: OrderAction }
  /** To the address of that order, if there is such an order: whoever decides this does not know it. */
  | {
      readonly type: 'send-code';
      readonly order: string;
      readonly language: string;
      readonly mail: CodeMail;
    };

/**
 * What is written when the customer stays silent. Its words are those of the moment at which the reply was decided:
 * they belong to that reply, an approval shows them, and no later version of the policy says something else.
 */
export interface FollowUp
  /** Since the words to the customer before it. */
  extends Wait {
  readonly text: string;
  /** As of a reply. */
  readonly html: string | null;
  readonly template: string;
  readonly language: string;
  /** The ticket is solved with it. */
  readonly close: boolean;
}

/** One rung of the ladder a hand-off climbs while nobody picks it up. */
interface EscalationRung
  /** Since the hand-off, or since the rung before. */
  extends Wait {
  /** The desk's group by name; null leaves the ticket where it is. */
  readonly group: string | null;
  readonly priority: Priority;
  readonly tag: string;
}

/** What a customer's bad rating of a ticket brings about. */
export interface BadRatingRule {
  /** `hand-off`: people get it again; `note`: it stands on the ticket, and no more; `nothing`: it is kept in mind alone. */
  readonly do: 'hand-off' | 'note' | 'nothing';
  /** Null: the group of hand-offs without one of their own. */
  readonly group: string | null;
  /** If it was lower; null: as it is. */
  readonly priority: Priority | null;
  readonly tag: string;
}

/** The policy's numbers: they shape every turn and wait, and are the same for all tickets of a policy version. */
export interface PolicySettings {
  /** Which of several policies they are of; absent: the one of tickets whose brand has none of its own. */
  readonly policy?: string;
  /** How long to wait after a message for the next one, so that a burst is answered together. */
  readonly settleMs: number;
  /** The same after a fragment ("hi") that cannot be answered by itself. */
  readonly fragmentSettleMs: number;
  /** Public replies of the bot on one ticket within an hour; the next one goes to a person instead. */
  readonly repliesPerHour: number;
  /** The same within thirty days while nobody of the team has written; absent: four times as many. */
  readonly repliesWithoutPerson?: number;
  /** After how much silence a waiting ticket is let go; a new message starts it again. */
  readonly customerSilenceMs: number;
  /** How often a ticket that a person holds is looked at, should the desk's webhooks stay away. */
  readonly personCheckMs: number;
  /** How long a draft waits for an agent's approval. */
  readonly approvalMs: number;
  /** While it waits: when people are reminded, since it was made, and which group is asked then; absent: never. */
  readonly approvalPath?: readonly (Wait & { readonly group: string | null })[];
  /** After how much silence of people the bot answers a waiting customer in their place; absent: never. */
  readonly handBack?: Wait & { readonly except: readonly HandOffReason[] };
  /** Which of these two waits go by business time; absent: none. */
  readonly countedIn?: { readonly customerSilence?: BusinessUnit; readonly approval?: BusinessUnit };
  /** When the team is at work; absent: always. */
  readonly hours?: BusinessHours;
  /** What is promised for this ticket; absent: the policy promises nothing to anybody. */
  readonly sla?: SlaSettings;
  /** How long retries of one step last before people are told. */
  readonly stepBudgetMs: number;
  /** After so long an outage of shop or classifier a customer is told that it takes longer; absent: never. */
  readonly holdingReplyAfterMs?: number;
  /** The group that gets hand-offs without a group of their own; null: unassigned. */
  readonly handOffGroup: string | null;
  /** What may be given away without a person, over all tickets; absent: what each rule may is all. */
  readonly limits?: MoneyLimits;
  /** Who may approve what, of the policy in force; absent: anybody may approve anything. */
  readonly approvers?: readonly ApproverRule[];
  /** As they were when the settings were read: the policy's in force, and what was switched; absent: all auto. */
  readonly modes?: Modes;
  /** What somebody other than the requester writes is answered, or noted for people; absent: it is a person's. */
  readonly thirdParties?: 'answer' | 'note-only';
  /** Absent: people get the ticket again. */
  readonly badRating?: BadRatingRule;
  /** What people want to hear of outside the desk, beside escalations and failures; absent: nothing. */
  readonly alsoTell?: readonly OptionalNoticeKind[];
  /** Where people read the workflows: `/` and a workflow's id follow. Absent: nobody knows where that is. */
  readonly workflowsUrl?: string;
  /** Never empty; after the last rung it is repeated at growing intervals until somebody takes the ticket. */
  readonly ladder: readonly [EscalationRung, ...EscalationRung[]];
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** In force until a policy was read: a ticket whose very first step fails must still find its way to people. */
export const defaultSettings: PolicySettings = {
  settleMs: 3 * second,
  fragmentSettleMs: 10 * second,
  repliesPerHour: 5,
  customerSilenceMs: 4 * day,
  personCheckMs: day,
  approvalMs: 4 * hour,
  stepBudgetMs: 4 * hour,
  handOffGroup: null,
  ladder: [
    { afterMs: 30 * minute, group: null, priority: 'high', tag: escalatedTag },
    { afterMs: 2 * hour, group: null, priority: 'urgent', tag: escalatedAgainTag },
  ],
};

/** One rule the policy looked at, and what came of it. */
export interface RuleTrace {
  readonly rule: string;
  readonly matched: boolean;
  /** For people: `order.status is "shipped", the rule wants "delivered"`. No customer text. */
  readonly why: string;
}

export interface Plan {
  /** Hash of the policy's parsed content. */
  readonly policyVersion: string;
  readonly rule: string;
  readonly intent: string | null;
  readonly confidence: number;
  readonly actions: readonly PlannedAction[];
  /** What is done instead when the shop refuses an order action or cannot do it: a hand-off, in the customer's language. */
  readonly ifRefused: readonly PlannedAction[];
  /** How the orders stand that something would be done to; absent in what older workers have decided. */
  readonly standings?: readonly OrderStanding[];
  /** True when an agent must approve before anything public happens. */
  readonly needsApproval: boolean;
  /** The text is a fragment ("hi"): wait for more words before the actions are carried out. */
  readonly awaitsMore: boolean;
  /** Replaces the dialogue as it was before. */
  readonly dialogue: Dialogue;
  /** Those open before: with `facts`, what it takes to decide the same again. */
  readonly questionsBefore: readonly OpenQuestion[];
  /** What was known when it was decided, for each matter of the message: another version of the policy can be asked the same again. */
  readonly facts: readonly Readonly<Record<string, unknown>>[];
  readonly trace: readonly RuleTrace[];
  readonly settings: PolicySettings;
}
