/** What asks a desk just now: the activity under way, and how urgent it is. */
import { asyncLocalStorage } from '@temporalio/activity';
import type { Asking } from '../../remote/budget/requestBudget';
import { urgencies } from '../../remote/budget/urgency';

/** Outside of activities somebody looks at once: a start, a doctor. */
const beside: Asking = { urgency: 'read', step: null };

export function askingStep(): Asking {
  const step = asyncLocalStorage.getStore();
  if (step === undefined) return beside;
  // The keys of src/contracts/priorities.ts, in the order of the urgencies; of an older workflow perhaps none.
  const key = step.info.priority?.priorityKey ?? 0;
  return { urgency: urgencies[key - 1] ?? beside.urgency, step };
}
