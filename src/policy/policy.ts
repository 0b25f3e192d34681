/** A policy that was read, checked and compiled: what evaluation works with. */
import type { IntentExamples } from '../classify/port';
import type { OpenQuestion, PlannedAction, PolicySettings } from '../core/plan';
import type { Condition } from './conditions';
import type { askSlots, OrderScope } from './schema';
import type { CompiledTemplate, TemplateView } from './templates';

interface PolicyIntent extends IntentExamples {
  /** What the customer wants, for agents: "wants to know where an order is". */
  readonly about: string;
  readonly orders: OrderScope;
}

export interface Ask {
  readonly type: 'ask';
  readonly slot: (typeof askSlots)[number];
  readonly template: string;
  readonly atMost: number;
}

export type RuleAction =
  | { readonly type: 'reply'; readonly template: string }
  | { readonly type: 'note'; readonly template: CompiledTemplate }
  | { readonly type: 'stay-silent' }
  | Ask
  | Exclude<PlannedAction, { type: 'reply' | 'note' }>;

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

export interface LoadedPolicy {
  /** `p-3f2a91c07b4e`: the hash of the parsed content. */
  readonly version: string;
  readonly settings: PolicySettings;
  /** The first is used where a template has no translation. */
  readonly languages: readonly [string, ...string[]];
  readonly thresholds: { readonly newTopicFrom: number };
  /** With their example utterances: what the classifier learns from. */
  readonly intents: readonly PolicyIntent[];
  readonly rules: {
    readonly first: readonly Rule[];
    readonly perIntent: ReadonlyMap<string, readonly Rule[]>;
    readonly otherwise: Rule;
  };
  /** By template name, then by language. */
  readonly templates: ReadonlyMap<string, ReadonlyMap<string, CompiledTemplate>>;
  /** `shop` and `links`, for templates. */
  readonly shop: TemplateView;
}

export function askOf(rule: Rule): Ask | null {
  return rule.actions.find((action) => action.type === 'ask') ?? null;
}

/** How often this was asked already in the open conversation. */
export function triesSoFar(ask: Ask, intent: string, open: OpenQuestion | null): number {
  return open !== null && open.slot === ask.slot && open.intent === intent ? open.tries : 0;
}
