/** Small sums over samples; none of them averages, because a busy machine has outliers. */

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

export function quantile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  if (value === undefined) throw new Error('no samples');
  return value;
}

export interface Goal {
  readonly name: string;
  readonly measured: number;
  readonly limit: number;
  readonly direction: 'at most' | 'at least';
  /** Said when the goal is missed: what the time or the events go to. */
  readonly reason: string;
}

export function isMet(goal: Goal): boolean {
  return goal.direction === 'at most' ? goal.measured <= goal.limit : goal.measured >= goal.limit;
}

export function goalLine(goal: Goal): string {
  const verdict = isMet(goal) ? 'met' : `MISSED: ${goal.reason}`;
  const digits = Number.isInteger(goal.measured) ? 0 : 2;
  return `${goal.name.padEnd(58)} ${goal.measured.toFixed(digits).padStart(8)}   goal ${goal.direction} ${goal.limit}   ${verdict}`;
}
