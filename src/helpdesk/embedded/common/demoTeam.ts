/** Who works at every embedded desk from its first start on. Nobody has written a ticket yet. */

/** Deskhand's own, whose token the credentials hold. */
export const botEmail = 'deskhand@demo-shop.example';

export const groupNames = ['Support', 'Tier 2', 'Billing'] as const;
export type GroupName = (typeof groupNames)[number];

export interface Colleague {
  readonly name: string;
  readonly email: string;
  /** The first group is the default one, where a desk has one. */
  readonly groups: readonly GroupName[];
}

export const demoTeam: readonly Colleague[] = [
  { name: 'Deskhand', email: botEmail, groups: ['Support'] },
  { name: 'Nora Lind', email: 'nora@demo-shop.example', groups: ['Support', 'Tier 2'] },
  { name: 'Tomas Reyes', email: 'tomas@demo-shop.example', groups: ['Billing', 'Support'] },
  { name: 'Ada Moreno', email: 'ada@demo-shop.example', groups: ['Support', 'Tier 2', 'Billing'] },
];

/** The bot among the desk's people. */
export function botIn<P extends { readonly email: string | null }>(people: Iterable<P>): P {
  for (const person of people) if (person.email === botEmail) return person;
  throw new Error('the embedded desk has no bot');
}
