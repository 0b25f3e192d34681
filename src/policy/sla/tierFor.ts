/** Which tier a ticket has. */
import type { ConversationFacts } from '../../core/effects';
import type { SlaSettings } from '../../core/sla/targets';
import { channelOf } from '../../core/ticket/channel';
import type { TicketSnapshot } from '../../core/ticket/ticket';
import { conditionScope, type ConditionScope } from '../conditions/conditionScope';
import type { Tier } from './tiers';

/** What every look at a ticket shows, and what the conversation has told so far. */
export type SlaFacts = ConversationFacts &
  Pick<TicketSnapshot, 'tags' | 'channel' | 'brand'> & {
    readonly priority: TicketSnapshot['priority'];
    readonly requester: Pick<TicketSnapshot['requester'], 'locale' | 'trusted'>;
  };

/**
 * The first tier whose condition holds. One whose condition fails on these facts is passed over, so that a ticket is
 * read all the same.
 */
export function tierFor(tiers: readonly Tier[], facts: SlaFacts): SlaSettings {
  const scope = scopeOf(facts);
  const tier = tiers.find(({ condition }) => condition === null || holds(condition, scope));
  return tier === undefined ? nothingPromised : promiseOf(tier);
}

const nothingPromised: SlaSettings = { tier: null, targets: {} };

const promises = new WeakMap<Tier, SlaSettings>();

function promiseOf(tier: Tier): SlaSettings {
  const known = promises.get(tier);
  if (known !== undefined) return known;
  const promise = { tier: tier.name, targets: tier.targets };
  promises.set(tier, promise);
  return promise;
}

function holds(condition: NonNullable<Tier['condition']>, scope: ConditionScope): boolean {
  try {
    return condition.holds(scope);
  } catch {
    return false;
  }
}

function scopeOf({
  intent,
  language,
  tags,
  channel,
  brand = '',
  priority,
  requester,
}: SlaFacts): ConditionScope {
  return conditionScope({
    intent: intent ?? '',
    customer: {
      language: language ?? requester.locale?.slice(0, 2).toLowerCase() ?? '',
      trusted: requester.trusted,
    },
    ticket: { tags, channel: channelOf(channel), brand, priority: priority ?? '' },
  });
}
