/** What a scenario does while its shop does not answer, as the worker would. */
import type { Step } from '../../core/effects';
import type { PolicySettings } from '../../core/policy/plan';

/** How long a step is tried (workflows/steps.ts). */
export function patienceWith(step: Step, { stepBudgetMs }: PolicySettings): number {
  const asks = step.type === 'consult-policy' || step.type === 'classify-message';
  return (asks ? step.patienceMs : undefined) ?? stepBudgetMs;
}
