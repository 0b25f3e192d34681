/** The Company Policy Processor: given what is known, what the company allows. Deterministic for a version. */
import type { ConsultInput } from '../core/effects';
import type { Plan, PolicySettings } from '../core/plan';

export interface PolicyProcessor {
  /** @param version - null: the one in force. One that cannot be had any more counts as the one in force. */
  readonly settingsOf: (version: string | null) => Promise<PolicySettings>;
  /** Looks up the facts of each matter of the message and makes one plan of what their rules say; always one. */
  consult(input: ConsultInput, signal: AbortSignal): Promise<Plan>;
}
