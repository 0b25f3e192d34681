/** A policy that was read, checked and compiled: what evaluation works with. */
import type { IntentExamples } from '../classify/port';
import type { Wait } from '../core/hours/wait';
import type { PlannedAction, PolicySettings } from '../core/policy/plan';
import type { Channel } from '../core/ticket/channel';
import type { Condition } from './conditions/conditions';
import type { Schedule } from './hours/schedule';
import type {
  AskSlot,
  IntentsContent,
  OrderScope,
  PolicyContent,
  Proof,
  RulesContent,
  TemplatesContent,
} from './schema';
import type { Tier } from './sla/tiers';
import type { OwnFrame } from './templates/ownFrame';
import type { CompiledTemplate, TemplateView } from './templates/templates';

interface PolicyIntent extends IntentExamples {
  /** What the customer wants, for agents: "wants to know where an order is". */
  readonly about: string;
  readonly orders: OrderScope;
}

export interface Ask {
  readonly type: 'ask';
  readonly slot: AskSlot;
  readonly template: string;
  /** 0: it asks for a proof that the policy does not take. */
  readonly atMost: number;
}

/** Stops the rule until the customer has said yes to exactly the order actions that follow it. */
export interface Confirm {
  readonly type: 'confirm';
  readonly template: string;
  readonly declined: string;
  readonly atMost: number;
}

/** Limits and amounts are minor units by currency. */
export type OrderDeed =
  | { readonly type: 'cancel' | 'change-address' | 'resend-invoice' }
  | {
      readonly type: 'refund';
      readonly what: 'whole' | 'item';
      readonly atMost: Readonly<Record<string, number>>;
    }
  | { readonly type: 'refund'; readonly what: 'amount'; readonly amount: Readonly<Record<string, number>> }
  | { readonly type: 'store-credit'; readonly amount: Readonly<Record<string, number>> };

export interface FieldSetting {
  /** Name or id. */
  readonly field: string;
  readonly value: CompiledTemplate | number | boolean;
  /** Of the template; null where it is none. */
  readonly source: string | null;
}

/** For replies of rules that have no `wait` and no `follow-up`. */
export interface DefaultFollowUp extends Wait {
  readonly template: string;
  readonly close: boolean;
}

export interface SilenceRules {
  readonly afterQuestion: readonly DefaultFollowUp[];
  readonly afterAnswer: readonly DefaultFollowUp[];
}

export type RuleAction =
  | { readonly type: 'reply'; readonly template: string }
  | { readonly type: 'note'; readonly template: CompiledTemplate }
  | { readonly type: 'stay-silent' }
  | { readonly type: 'set-field'; readonly fields: readonly FieldSetting[] }
  | ({ readonly type: 'follow-up'; readonly template: string; readonly close: boolean } & Wait)
  | Ask
  | Confirm
  | { readonly type: 'order'; readonly deed: OrderDeed }
  | Exclude<
      PlannedAction,
      { type: 'reply' | 'note' | 'order-action' | 'send-code' | 'set-field' | 'follow-up' }
    >;

export interface Rule {
  readonly name: string;
  readonly why: string;
  /** Null: always. */
  readonly condition: Condition | null;
  readonly actions: readonly RuleAction[];
  readonly needsApproval: boolean;
  readonly waitForMore: boolean;
}

/** The templates that stand around every reply; a policy may do without. */
export const greeting = 'greeting';
export const signOff = 'sign-off';

export type Template = CompiledTemplate & OwnFrame;

/** What is different on one channel. */
export interface ChannelRules {
  /** What may follow a template's name there, in the order of preference: `.chat`, then nothing. */
  readonly variants: readonly string[];
  /** Replies have the templates `greeting` and `sign-off` around them. */
  readonly greets: boolean;
  readonly signsOff: boolean;
  /** Characters of a reply; null: as many as it takes. */
  readonly longestReply: number | null;
  readonly plain: boolean;
  /** In place of those of the settings; null: none is. */
  readonly windows: Partial<Pick<PolicySettings, 'settleMs' | 'fragmentSettleMs'>> | null;
}

/** What the files say, checked, with defaults filled in: for telling two versions apart. */
export interface PolicyFilesContent {
  readonly policy: PolicyContent;
  readonly intents: IntentsContent;
  readonly rules: RulesContent;
  /** By language. */
  readonly templates: Readonly<Record<string, TemplatesContent>>;
}

export interface LoadedPolicy {
  /** `p-3f2a91c07b4e`: the hash of the parsed content. */
  readonly version: string;
  readonly content: PolicyFilesContent;
  readonly settings: PolicySettings;
  /** The first is used where a template has no translation. */
  readonly languages: readonly [string, ...string[]];
  /** Of the IANA database: `Europe/Berlin`. */
  readonly timeZone: string;
  /** When the team is at work; null: always, or the policy does not say. */
  readonly schedule: Schedule | null;
  /** What is written to a customer who does not answer, where the rule does not say. */
  readonly silence: SilenceRules;
  /** What customers are promised; null: nothing. */
  readonly sla: readonly Tier[] | null;
  readonly thresholds: { readonly newTopicFrom: number };
  /** What shows that an order is the requester's; any one of them does. */
  readonly proofs: readonly Proof[];
  /** For how long a mailed code counts. */
  readonly codeValidMs: number;
  /** With their example utterances: what the classifier learns from. */
  readonly intents: readonly PolicyIntent[];
  readonly rules: {
    readonly first: readonly Rule[];
    readonly perIntent: ReadonlyMap<string, readonly Rule[]>;
    readonly otherwise: Rule;
  };
  /** By template name, then by language; variants under names of their own, `order-late.chat`. */
  readonly templates: ReadonlyMap<string, ReadonlyMap<string, Template>>;
  readonly channels: Readonly<Record<Channel, ChannelRules>>;
  /** `shop` and `links`, for templates. */
  readonly shop: TemplateView;
}
