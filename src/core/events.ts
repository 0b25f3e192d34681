/** Everything that can happen to a ticket, as the core sees it. */
import type { StepFailure } from './failure';
import type { OrderStepOutcome } from './orders/orderAction';
import type { Mode } from './modes/mode';
import type { ToldToPeople } from './people/toldToPeople';
import type { Plan, PolicySettings } from './policy/plan';
import type { PolicyChoice } from './policy/policyChoice';
import type { SentWords } from './modes/proposal';
import type { Deadline } from './state';
import type { TicketSnapshot } from './ticket/ticket';
import type { Classification } from './conversation/understanding';
import type { AppliedUpdate } from './ticket/update';

export const agentActions = [
  'take-over',
  'hand-back',
  'approve',
  'reject',
  'escalate',
  'reply-again',
  'close',
  'set-mode',
] as const;
export type AgentActionName = (typeof agentActions)[number];

/** Something may have changed on the desk. A hint decides nothing; the ticket is read. */
export interface Hint {
  /** Unique per event, the same on redelivery (webhook event id, poll cursor and ticket, request id). */
  readonly id: string;
  readonly source: 'webhook' | 'poll' | 'api' | 'chatbot' | 'agent';
  /** `created`: the ticket exists now, which any look at it confirms. `changed`: look at it once more. */
  readonly kind: 'created' | 'changed';
  /** The desk's id of the comment that caused it, where the source knows it. */
  readonly commentId: string | null;
}

export interface AgentAction {
  readonly id: string;
  readonly action: AgentActionName;
  /** Who, in the company's words (a name or id of staff, never of a customer). */
  readonly by: string;
  readonly reason: string | null;
  /** For approve and reject: which draft is meant; null is refused. */
  readonly draftId: string | null;
  /** For set-mode alone. */
  readonly mode?: Mode;
}

export type StepOutcome =
  | {
      readonly type: 'ticket-fetched';
      readonly snapshot: TicketSnapshot;
      readonly settings: PolicySettings;
      /** The agent's answer that came after what was proposed; absent: none, or nothing was. */
      readonly sent?: SentWords;
      /** Where it was asked for, and there is something. */
      readonly told?: ToldToPeople;
      /** By its brand the next conversation goes by this policy; null: by that of brands without. Absent: by the same. */
      readonly movesTo?: string | null;
    }
  | { readonly type: 'message-classified'; readonly classification: Classification }
  | { readonly type: 'policy-consulted'; readonly plan: Plan }
  /** Its comment; null: the policy has no words for it. */
  | { readonly type: 'holding-reply-sent'; readonly commentId: string | null }
  | { readonly type: 'order-acted'; readonly outcome: OrderStepOutcome }
  /** `trouble`: why its mail reached nobody, for people and nobody else; null: it went out, or nobody was to get it. */
  | { readonly type: 'code-sent'; readonly trouble: string | null }
  | { readonly type: 'updates-applied'; readonly applied: readonly AppliedUpdate[] }
  | { readonly type: 'follow-up-opened'; readonly ticketId: string }
  /** `why`: they may not; `name`: as the desk calls them, null where it was not asked. */
  | { readonly type: 'approver-checked'; readonly why: string | null; readonly name: string | null }
  | { readonly type: 'people-notified' }
  | { readonly type: 'step-failed'; readonly failure: StepFailure };

export type TicketEvent =
  | { readonly type: 'hint'; readonly hint: Hint }
  /** `letBe`: in histories of before 0.2.0, set-mode stops nothing that stands beside turns. */
  | { readonly type: 'agent-acted'; readonly action: AgentAction; readonly letBe?: true }
  /** `voidsDraft`: one that waits is decided anew; absent in what older workflows heard. */
  | { readonly type: 'policy-chosen'; readonly choice: PolicyChoice; readonly voidsDraft?: true }
  | { readonly type: 'deadline-reached'; readonly reason: Deadline['reason'] }
  /** A signal that could not be understood; kept for people, changes nothing. */
  | { readonly type: 'message-refused'; readonly name: string; readonly why: string }
  /** By Temporal's Web UI or CLI: it does not say who is to have the ticket. */
  | { readonly type: 'cancel-requested' }
  /** A notice that was let go on its own reached nobody in the end. */
  | { readonly type: 'notice-failed'; readonly failure: StepFailure }
  | {
      readonly type: 'step-done';
      readonly stepId: string;
      readonly outcome: StepOutcome;
      /** In histories of before 0.2.0, of what a mode forbade beside a turn: nothing comes of it. */
      readonly letBe?: true;
      /** In histories of before 0.2.0: a look that failed gave any ticket to people. */
      readonly callsPeople?: true;
      /** In histories of before 0.2.0: a draft in the place of one just like it is asked for again. */
      readonly asksAgain?: true;
    };
