/** A policy whose numbers are partly set elsewhere: by the environment, or by a test. */
import type { PolicySettings } from '../core/policy/plan';
import type { PolicyProcessor } from './port';

export function withSettings(processor: PolicyProcessor, change: Partial<PolicySettings>): PolicyProcessor {
  return {
    ...processor,
    settingsOf: async (...asked) => ({ ...(await processor.settingsOf(...asked)), ...change }),
    consult: async (input, signal) => {
      const plan = await processor.consult(input, signal);
      return { ...plan, settings: { ...plan.settings, ...change } };
    },
  };
}
