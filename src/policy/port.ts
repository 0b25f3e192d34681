/** The Company Policy Processor: given what is known, what the company allows. Deterministic for a version. */
import type { ConsultInput, HeldCustomer } from '../core/effects';
import type { Modes } from '../core/modes/mode';
import type { Plan, PolicySettings } from '../core/policy/plan';
import type { SlaFacts } from './sla/tierFor';

/** Modes that people switch while Deskhand runs, beside what the policy says. */
export interface ModeSwitch {
  /** Always as it is now. */
  read(): Promise<Modes>;
}

/** Where brands have policies of their own. */
export interface BrandPolicies {
  /**
   * Which one a ticket goes by whose conversation begins; undefined: the policy of all others.
   * @param brand - as the desk calls it.
   */
  nameFor(brand: string | undefined): string | undefined;
  /** Undefined: it is not served, or not any more. */
  named(name: string): PolicyProcessor | undefined;
}

export interface PolicyProcessor {
  /**
   * @param version - null: the one in force. One that cannot be had any more counts as the one in force.
   * @param now - epoch milliseconds: holidays and clock changes are those around it. Absent: the present time.
   * @param about - the ticket, asked for only where something is promised to customers, or waits differ by channel; absent: it is about none.
   */
  readonly settingsOf: (
    version: string | null,
    now?: number,
    about?: () => Promise<SlaFacts>,
  ) => Promise<PolicySettings>;
  /**
   * What a customer is told while the answer waits for a part that is out; null: the policy has no words for it.
   * @param version - as in `settingsOf`.
   */
  readonly holdingReplyOf: (
    version: string | null,
    customer: HeldCustomer,
  ) => Promise<{ readonly text: string; readonly html: string | null } | null>;
  /** What holds at this moment: asked once more right before something is done. */
  readonly modes: () => Promise<Modes>;
  /** Absent: this policy is everybody's. */
  readonly brands?: BrandPolicies;
  /** Looks up the facts of each matter of the message and makes one plan of what their rules say; always one. */
  readonly consult: (input: ConsultInput, signal: AbortSignal) => Promise<Plan>;
}
