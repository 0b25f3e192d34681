import type { DeskAccount } from './messages';

/**
 * Which of the activities that wait for an account's desk comes first: Temporal's priority keys, 1 is first. A server
 * orders by them where docs/rate-budget.md says; the budget of requests does at any.
 */
export const priorityKeys = {
  /** A customer waits for these words. */
  reply: 1,
  /** The ticket of a customer who waits. */
  read: 2,
  /** A person is called, or waits for an answer. */
  people: 2,
  note: 3,
  chore: 4,
  poll: 5,
} as const;

/** The longest key that a server takes, in bytes; accounts are named in ASCII. */
const longestFairnessKey = 64;

/** Workflows wait in one queue, and accounts take turns there: a noisy one does not starve another. */
export function fairnessKeyOf({ desk, account }: DeskAccount): string {
  return `${desk}:${account}`.slice(0, longestFairnessKey);
}
