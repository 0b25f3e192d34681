import type { OrderBook } from '../orders/port';
import { evaluate } from './evaluate';
import { lookUpFacts } from './lookUp';
import type { LoadedPolicy } from './policy';
import type { PolicyProcessor } from './port';

export function createPolicyProcessor(policy: LoadedPolicy, orderBook: OrderBook): PolicyProcessor {
  return {
    version: policy.version,
    settings: policy.settings,
    consult: async (input, signal) => evaluate(policy, await lookUpFacts(policy, orderBook, input, signal)),
  };
}
