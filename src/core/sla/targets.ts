/** What a company promises its customers, as far as it concerns one ticket: of the tier that its facts have chosen. */
import type { Wait } from '../hours/wait';

export const clockNames = ['first-reply', 'next-reply', 'pick-up', 'resolution'] as const;
/**
 * `first-reply`: from the customer's first message to the first public answer; `next-reply`: from the oldest message
 * that is unanswered since; `pick-up`: from a hand-off until a person has the ticket; `resolution`: until it is solved.
 */
export type ClockName = (typeof clockNames)[number];

/** When people are warned: when that share of the target is used, or so long before it, counted as the target is. */
export type Warning = { readonly share: number } | { readonly beforeMs: number };

export interface SlaTarget extends Wait {
  readonly warn?: Warning;
}

/** The policy has tiers. */
export interface SlaSettings {
  /** Null: none of them is for this ticket, and nothing is promised. */
  readonly tier: string | null;
  readonly targets: { readonly [Name in ClockName]?: SlaTarget };
}

export const clockWords: Readonly<Record<ClockName, string>> = {
  'first-reply': 'the first reply',
  'next-reply': 'the next reply',
  'pick-up': 'the pick-up',
  resolution: 'the resolution',
};

/** `SLA vip`; where no tier has a name, `SLA`. */
export function slaName(sla: SlaSettings | undefined): string {
  const tier = sla?.tier ?? null;
  return `SLA${tier === null ? '' : ` ${tier}`}`;
}
