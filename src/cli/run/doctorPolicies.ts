/** What `deskhand doctor` tells of the policies, and of the brands that have their own. */
import type { Settings } from '../../config/settings';
import { openHelpdesk } from '../../helpdesk/openHelpdesk';
import { loadPolicy } from '../../policy/load/loadPolicy';
import { brandsAmiss } from '../brandsOfDesk';
import { inForceBeside, inForceWords, policyInForce } from '../policy/inForce';
import { policiesOf, type NamedPolicy } from '../policy/policiesOf';

const deskWithinMs = 5_000;

interface PolicyCheck {
  readonly name: string;
  /** Says what was found; throws an error that says what to mend. */
  readonly run: () => Promise<string>;
}

export function policyChecks(settings: Settings): readonly PolicyCheck[] {
  const ofEach = policiesOf(settings).map((policy) => ({
    name: policy.name === undefined ? 'policy' : `policy ${policy.name}`,
    run: () => policyWords(policy),
  }));
  return Object.keys(settings.brands).length === 0
    ? ofEach
    : [...ofEach, { name: 'brands', run: () => brandWords(settings) }];
}

/** @throws PolicyError, PolicyStoreError */
async function policyWords({ name, folder, store, brands }: NamedPolicy): Promise<string> {
  const { version } = await loadPolicy(folder);
  const inForce = await policyInForce(store);
  const words =
    inForce === null
      ? `${inForceWords({ version, folder })}; the first worker that starts brings it into force`
      : `in force: ${inForceBeside(inForce, { version, folder, name })}`;
  return name === undefined ? words : `${words}; for ${brands.join(', ')}`;
}

/** @throws Error for a brand that is not on the desk, DeskCredentialsError, RemoteFailure. */
async function brandWords(settings: Settings): Promise<string> {
  const desk = await openHelpdesk(settings);
  const amiss = await brandsAmiss(settings.brands, desk, AbortSignal.timeout(deskWithinMs));
  if (amiss.length > 0) throw new Error(amiss.join(' '));
  return 'the desk has all that have policies of their own';
}
