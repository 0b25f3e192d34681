import type { Plan, PolicySettings } from '../core/plan';
import type { MailedCodes } from '../mail/port';
import type { Allowances, OrderBook, PostalCodeGuesses } from '../orders/port';
import { evaluate } from './decide/evaluate';
import { leftWithin } from './lookUp/leftToGive';
import { lookUpFacts } from './lookUp/lookUp';
import type { LoadedPolicy } from './policy';
import type { PolicyProcessor } from './port';
import { onlyVersion, type Missing, type PolicyVersions } from './store/versions';

/** One policy, whatever version a ticket has begun under: for tools and tests. */
export function createPolicyProcessor(
  policy: LoadedPolicy,
  orderBook: OrderBook,
  allowances: Pick<Allowances, 'left'> = untouched,
  codes: MailedCodes | null = null,
  guesses: PostalCodeGuesses | null = null,
): PolicyProcessor {
  return createVersionedProcessor(onlyVersion(policy), orderBook, allowances, codes, guesses);
}

/** Each ticket under the version its conversation began under; what may be given away, under the one in force. */
export function createVersionedProcessor(
  versions: PolicyVersions,
  orderBook: OrderBook,
  allowances: Pick<Allowances, 'left'> = untouched,
  codes: MailedCodes | null = null,
  guesses: PostalCodeGuesses | null = null,
): PolicyProcessor {
  const withLimitsInForce = async (settings: PolicySettings): Promise<PolicySettings> => {
    const { limits } = (await versions.find(null)).policy.settings;
    if (limits !== undefined) return { ...settings, limits };
    const { limits: own, ...others } = settings;
    return own === undefined ? settings : others;
  };
  return {
    settingsOf: async (version) => withLimitsInForce((await versions.find(version)).policy.settings),
    consult: async (input, signal) => {
      const found = await versions.find(input.policyVersion);
      const { missing } = found;
      const policy = { ...found.policy, settings: await withLimitsInForce(found.policy.settings) };
      const left = leftWithin(policy, allowances);
      const known = await lookUpFacts(policy, orderBook, input, signal, left, codes, guesses);
      const plan = evaluate(policy, known);
      return missing === null ? plan : withNote(plan, missing);
    },
  };
}

/** Accounts that nothing was ever taken out of. */
const untouched: Pick<Allowances, 'left'> = { left: () => Promise.resolve(null) };

/** Nobody waits for a version that is gone; people are told that the rules changed in mid-conversation. */
function withNote(plan: Plan, { version, why }: Missing): Plan {
  const text = `This conversation began under policy ${version}, which ${why}. It goes on under ${plan.policyVersion}, the one in force.`;
  return { ...plan, actions: [...plan.actions, { type: 'note', text }] };
}
