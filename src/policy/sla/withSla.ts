/** What is promised for one ticket, among the settings that a look or a decision brings. */
import type { ConsultInput } from '../../core/effects';
import type { Plan, PolicySettings } from '../../core/policy/plan';
import type { SlaSettings } from '../../core/sla/targets';
import { isObject } from '../../core/isObject';
import type { LoadedPolicy } from '../policy';
import { tierFor, type SlaFacts } from './tierFor';

type Promising = Pick<LoadedPolicy, 'sla'>;

/** @param policy - the one in force: what is promised is the company's, as its hours are. */
export function withSla(settings: PolicySettings, { sla }: Promising, facts: SlaFacts): PolicySettings {
  if (sla === null) return settings;
  const promise = tierFor(sla, facts);
  const known = promising.get(settings) ?? new WeakMap<SlaSettings, PolicySettings>();
  const before = known.get(promise);
  if (before !== undefined) return before;
  const made = { ...settings, sla: promise };
  known.set(promise, made);
  promising.set(settings, known);
  return made;
}

/** The same object for the same promise: from it the core sees at once that nothing has moved. */
const promising = new WeakMap<PolicySettings, WeakMap<SlaSettings, PolicySettings>>();

/** By what was understood just now. */
export function withPromise(
  plan: Plan,
  policy: Promising,
  { tags, channel, brand, priority = null, requester }: ConsultInput,
): Plan {
  if (policy.sla === null) return plan;
  const customer = plan.facts[0]?.['customer'];
  const language =
    isObject(customer) && typeof customer['language'] === 'string' ? customer['language'] : null;
  const facts: SlaFacts = {
    ...{ intent: plan.intent, language, tags, channel, priority, requester },
    ...(brand === undefined ? {} : { brand }),
  };
  return { ...plan, settings: withSla(plan.settings, policy, facts) };
}
