import type { Settings } from '../../config/settings';
import type { LoadedPolicy } from '../../policy/policy';
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
