/** The Company Policy Processor: given what is known, what the company allows. Deterministic for a version. */
import type { ConsultInput } from '../core/effects';
import type { Plan, PolicySettings } from '../core/plan';

export interface PolicyProcessor {
  /** Hash of the parsed content: the same words in another layout are the same version. */
  readonly version: string;
  readonly settings: PolicySettings;
  /** Looks up the facts that the rules need and returns the first matching rule's plan; always one. */
  consult(input: ConsultInput, signal: AbortSignal): Promise<Plan>;
}
