/** What people are told of a budget. */
import { reserveShare, type BudgetState } from './requestBudget';

/** `652 of 700 requests a minute are left`; null: the desk tells nothing. */
export function budgetWords({ limit, left, isLearnt }: BudgetState): string | null {
  if (!isLearnt || limit === null || left === null) return null;
  const words = `${left} of ${limit} requests a minute are left`;
  return left >= limit * reserveShare
    ? words
    : `${words}: NEARLY USED UP, and only replies go out; look what else asks this desk, or ask it for a larger plan ` +
        '(docs/rate-budget.md)';
}
