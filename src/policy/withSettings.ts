/** A policy whose numbers are partly set elsewhere: by the environment, or by a test. */
import type { PolicySettings } from '../core/policy/plan';
import type { BrandPolicies, PolicyProcessor } from './port';

export function withSettings(processor: PolicyProcessor, change: Partial<PolicySettings>): PolicyProcessor {
  const { brands } = processor;
  return {
    ...processor,
    ...(brands === undefined ? {} : { brands: withSettingsOfEach(brands, change) }),
    settingsOf: async (...asked) => ({ ...(await processor.settingsOf(...asked)), ...change }),
    consult: async (input, signal) => {
      const plan = await processor.consult(input, signal);
      return { ...plan, settings: { ...plan.settings, ...change } };
    },
  };
}

function withSettingsOfEach(brands: BrandPolicies, change: Partial<PolicySettings>): BrandPolicies {
  return {
    ...brands,
    named: (name) => {
      const own = brands.named(name);
      return own === undefined ? undefined : withSettings(own, change);
    },
  };
}
