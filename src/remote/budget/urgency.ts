/** Who is asked for first when not everything can be. */

/** The most urgent first. `read`: the ticket of a customer who waits. */
export const urgencies = ['reply', 'read', 'note', 'chore', 'poll'] as const;
export type Urgency = (typeof urgencies)[number];

/** A customer waits for it: these may use what is kept back. */
export function isVital(urgency: Urgency): boolean {
  return urgency === 'reply' || urgency === 'read';
}

export function moreUrgentFirst(a: { readonly urgency: Urgency }, b: { readonly urgency: Urgency }): number {
  return urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency);
}
