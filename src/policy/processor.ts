import type { Plan } from '../core/plan';
import type { OrderBook } from '../orders/port';
import { evaluate } from './evaluate';
import { lookUpFacts } from './lookUp';
import type { LoadedPolicy } from './policy';
import type { PolicyProcessor } from './port';
import { onlyVersion, type Missing, type PolicyVersions } from './versions';

/** One policy, whatever version a ticket has begun under: for scenarios and tools. */
export function createPolicyProcessor(policy: LoadedPolicy, orderBook: OrderBook): PolicyProcessor {
  return createVersionedProcessor(onlyVersion(policy), orderBook);
}

/** Each ticket under the version its conversation began under. */
export function createVersionedProcessor(versions: PolicyVersions, orderBook: OrderBook): PolicyProcessor {
  return {
    settingsOf: async (version) => (await versions.find(version)).policy.settings,
    consult: async (input, signal) => {
      const { policy, missing } = await versions.find(input.policyVersion);
      const plan = evaluate(policy, await lookUpFacts(policy, orderBook, input, signal));
      return missing === null ? plan : withNote(plan, missing);
    },
  };
}

/** Nobody waits for a version that is gone; people are told that the rules changed in mid-conversation. */
function withNote(plan: Plan, { version, why }: Missing): Plan {
  const text = `This conversation began under policy ${version}, which ${why}. It goes on under ${plan.policyVersion}, the one in force.`;
  return { ...plan, actions: [...plan.actions, { type: 'note', text }] };
}
