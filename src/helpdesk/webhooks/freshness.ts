/** Whether a signed call is of this moment: what somebody has recorded and sends again is none. */

const webhookAgeMs = 5 * 60_000;

/** Null: it is. Else why not, in a sentence. @param at - when it was signed, by the desk's clock; epoch milliseconds. */
export function freshness(at: number, now: number): string | null {
  if (Number.isNaN(at)) return 'The timestamp is not a time.';
  const age = now - at;
  if (Math.abs(age) <= webhookAgeMs) return null;
  const side = age > 0 ? 'old' : 'in the future';
  return `The timestamp is ${Math.round(Math.abs(age) / 1000)} s ${side}; ${webhookAgeMs / 1000} s are allowed.`;
}
