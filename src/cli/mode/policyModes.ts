import type { Settings } from '../../config/settings';
import { allAuto, type Modes } from '../../core/modes/mode';
import type { SwitchedModes } from '../../core/modes/modeSwitch';
import type { LoadedPolicy } from '../../policy/policy';
import { didYouMean, listNames } from '../../policy/policyError';
import { PolicyVersionError } from '../../policy/store/policyStore';
import { policyInForce } from '../policy/inForce';
import { policiesOf, shownName } from '../policy/policiesOf';
import { modeLines } from './modeLines';

export interface PolicyInForce {
  /** Undefined: of all brands that have no policy of their own. */
  readonly name: string | undefined;
  readonly policy: LoadedPolicy;
}

/** Without those whose store cannot be reached, or holds nothing yet: the command does its work all the same. */
export async function readPoliciesInForce(
  settings: Pick<Settings, 'policyDir' | 'policyStoreDir' | 'brands'>,
): Promise<readonly PolicyInForce[]> {
  const read = policiesOf(settings).map(async ({ name, store }): Promise<readonly PolicyInForce[]> => {
    const inForce = await policyInForce(store);
    if (inForce === null) return [];
    try {
      return [{ name, policy: await store.load(inForce.version) }];
    } catch (error) {
      if (error instanceof PolicyVersionError) return [];
      throw error;
    }
  });
  return (await Promise.all(read)).flat();
}

const allBrandsText =
  "The switch is the account's, for all its brands; a mode for one brand alone stands in that brand's policy.";

/** As the switch and the policies have it together: for each policy where there are several. */
export function switchText(switched: SwitchedModes, inForce: readonly PolicyInForce[]): string {
  const [only, ...others] = inForce;
  if (others.length === 0) {
    return modeLines(switched, only === undefined ? null : modesOfPolicy(only)).join('\n');
  }
  const texts = inForce.map((one) =>
    [`Policy ${shownName(one)}`, ...modeLines(switched, modesOfPolicy(one))].join('\n'),
  );
  return [...texts, allBrandsText].join('\n\n');
}

export function modesOfPolicy({ policy }: PolicyInForce): Modes {
  return policy.settings.modes ?? allAuto;
}

/** Why an intent cannot have a mode of its own, in sentences: nothing would be held back. Null: it can. */
export async function intentRefusal(
  settings: Pick<Settings, 'policyDir' | 'policyStoreDir' | 'brands'>,
  intent: string,
): Promise<string | null> {
  const inForce = await readPoliciesInForce(settings);
  const known = [...new Set(inForce.flatMap(({ policy }) => policy.intents.map((one) => one.intent)))];
  if (inForce.length === 0 || known.includes(intent)) return null;
  const versions = inForce.map(({ policy }) => policy.version).join(', ');
  const who =
    inForce.length === 1
      ? `The policy in force, ${versions}, has no`
      : `None of the policies in force, ${versions}, has an`;
  const has = inForce.length === 1 ? 'It has' : 'They have';
  return `${who} intent "${intent}".${didYouMean(intent, known)} ${has} ${listNames(known)}.`;
}
