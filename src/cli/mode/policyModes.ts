import type { Settings } from '../../config/settings';
import type { LoadedPolicy } from '../../policy/policy';
import { didYouMean, listNames } from '../../policy/policyError';
import { openPolicyStore, PolicyVersionError } from '../../policy/store/policyStore';
import { policyInForce } from '../policy/inForce';

/** Null where the store cannot be reached, or holds nothing yet: the command does its work all the same. */
export async function readPolicyInForce({
  policyStoreDir,
}: Pick<Settings, 'policyStoreDir'>): Promise<LoadedPolicy | null> {
  const store = openPolicyStore(policyStoreDir);
  const inForce = await policyInForce(store);
  if (inForce === null) return null;
  try {
    return await store.load(inForce.version);
  } catch (error) {
    if (error instanceof PolicyVersionError) return null;
    throw error;
  }
}

/** Why an intent cannot have a mode of its own, in sentences: nothing would be held back. Null: it can. */
export async function intentRefusal(
  settings: Pick<Settings, 'policyStoreDir'>,
  intent: string,
): Promise<string | null> {
  const policy = await readPolicyInForce(settings);
  if (policy === null) return null;
  const known = policy.intents.map((one) => one.intent);
  return known.includes(intent)
    ? null
    : `The policy in force, ${policy.version}, has no intent "${intent}".${didYouMean(intent, known)} It has ${listNames(known)}.`;
}
