/** Several policies in one engine: which of them decides about a ticket, and what holds where that one is gone. */
import type { PolicyProcessor } from '../src/policy/port';

/** A conversation goes by a policy that this worker does not have. Nobody is answered by another brand's words. */
export class PolicyGoneError extends Error {
  override readonly name = 'PolicyGoneError';
  readonly kind = 'rejected';
  readonly retryable = false;
  readonly retryAfterMs = null;

  constructor(policy: string) {
    super(
      `the conversation goes by the policy "${policy}", which is not served any more: ` +
        'name its folder for a brand again, or answer by hand',
    );
  }
}

/**
 * @param name - as in the settings of the conversation; absent: of brands that have no policy of their own.
 * @returns where that one is gone: what still has to be known to bring the ticket to people, and no words to customers.
 */
export function policyNamed<
  P extends Pick<PolicyProcessor, 'settingsOf' | 'holdingReplyOf' | 'modes' | 'brands'>,
>(policy: P, name: string | undefined): PolicyProcessor | P {
  return name === undefined ? policy : (policy.brands?.named(name) ?? gone(policy, name));
}

function gone(
  { settingsOf, modes }: Pick<PolicyProcessor, 'settingsOf' | 'modes'>,
  name: string,
): PolicyProcessor {
  return {
    modes,
    // Its groups are another brand's.
    settingsOf: async (_version, now, about) => ({
      ...(await settingsOf(null, now, about)),
      handOffGroup: null,
      policy: name,
    }),
    holdingReplyOf: () => Promise.resolve(null),
    consult: () => Promise.reject(new PolicyGoneError(name)),
  };
}
