/** What a scenario does while its shop does not answer, as the worker would. */
import type { Step } from '../core/effects';
import type { PolicySettings } from '../core/policy/plan';
import type { TicketUpdate } from '../core/ticket/update';
import { holdingReply } from '../policy/outages/holdingReply';
import { holdingUpdates } from '../policy/outages/holdingUpdates';
import type { LoadedPolicy } from '../policy/policy';

type HoldingStep = Extract<Step, { type: 'send-holding-reply' }>;

/** @param on.said - told the template and its language. */
export function holdingUpdatesOf(
  policy: LoadedPolicy,
  step: HoldingStep,
  on: { readonly said: (words: { readonly template: string; readonly language: string }) => void },
): Promise<readonly TicketUpdate[]> {
  const holdingReplyOf = (_version: string | null, customer: HoldingStep['customer']) => {
    const reply = holdingReply(policy, customer);
    if (reply !== null) on.said(reply);
    return Promise.resolve(reply);
  };
  return holdingUpdates({ holdingReplyOf }, step);
}

/** How long a step is tried (workflows/steps.ts). */
export function patienceWith(step: Step, { stepBudgetMs }: PolicySettings): number {
  const asks = step.type === 'consult-policy' || step.type === 'classify-message';
  return (asks ? step.patienceMs : undefined) ?? stepBudgetMs;
}
