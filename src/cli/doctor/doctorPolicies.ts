/** What `deskhand doctor` tells of the policies, and of the brands that have their own. */
import type { Settings } from '../../config/settings';
import { openHelpdesk } from '../../helpdesk/openHelpdesk';
import { findUnknownFields } from '../../policy/check/fields';
import type { Finding } from '../../policy/check/finding';
import { findUnknownGroups } from '../../policy/check/names';
import { loadPolicy, PolicyError, readPolicy } from '../../policy/load/loadPolicy';
import { brandsAmiss } from '../engine/brandsAmiss';
import { demoPolicyOfRealDesk } from '../engine/demoPolicyOfRealDesk';
import { inForceBeside, inForceWords, policyInForce } from '../policy/inForce';
import { policiesOf, type NamedPolicy } from '../policy/policiesOf';
import type { Check } from './check';

const deskWithinMs = 5_000;

export function policyChecks(settings: Settings): readonly Check[] {
  const ofEach = policiesOf(settings).map((policy) => ({
    name: policy.name === undefined ? 'policy' : `policy ${policy.name}`,
    run: () => policyWords(settings, policy),
  }));
  const beforeStart =
    settings.desk.kind === 'embedded' ? "the demo's desk, which is asked, does not run yet" : null;
  return [
    ...ofEach,
    { name: 'names', beforeStart, run: () => nameWords(settings) },
    ...(Object.keys(settings.brands).length === 0
      ? []
      : [{ name: 'brands', beforeStart, run: () => brandWords(settings) }]),
  ];
}

/**
 * Groups and fields that the policies in force name, held against those that the desk has now.
 * @throws Error for one that is not there, DeskCredentialsError, RemoteFailure.
 */
async function nameWords(settings: Settings): Promise<string> {
  const desk = await openHelpdesk(settings);
  const call = { signal: AbortSignal.timeout(deskWithinMs) };
  const [groups, fields] = await Promise.all([desk.groupNames(call), desk.customFields(call)]);
  const policies = policiesOf(settings);
  const found = await Promise.all(
    policies.map(async ({ name, folder, store }) => {
      const inForce = await policyInForce(store);
      const read = await readPolicy(inForce === null ? folder : store.folderOf(inForce.version)).catch(
        (error: unknown) => {
          if (!(error instanceof PolicyError)) throw error;
          throw new Error('the policy cannot be read, of which its own check tells', { cause: error });
        },
      );
      const findings = [...findUnknownGroups(read, groups), ...findUnknownFields(read, fields)];
      return eachOnce(findings).map(({ kind, words }) => ({
        isOfField: kind === 'unknown-field',
        words: name === undefined ? words : `${name}: ${words}`,
      }));
    }),
  );
  const amiss = found.flat();
  if (amiss.length === 0) return 'the desk has all groups and fields that the policy names';
  const { kind } = settings.desk;
  const byConnect =
    kind !== 'embedded' && amiss.some(({ isOfField }) => isOfField)
      ? ` "deskhand connect ${kind}" makes a field that is not there.`
      : '';
  throw new Error(
    `${amiss.map(({ words }) => words).join(' ')} Name them as the desk does and publish the policy ("deskhand policy publish"), or make them there ` +
      `again.${byConnect}`,
  );
}

/** The same name in ten rules is told once, where it stands first. */
function eachOnce(
  findings: readonly Finding[],
): readonly { readonly kind: Finding['kind']; readonly words: string }[] {
  const first = new Map<string, { readonly kind: Finding['kind']; readonly words: string }>();
  for (const { kind, file, line, message } of findings) {
    if (!first.has(message)) first.set(message, { kind, words: `${file}:${line} ${message}` });
  }
  return [...first.values()];
}

/** @throws PolicyError, PolicyStoreError */
async function policyWords(
  settings: Settings,
  { name, folder, store, brands }: NamedPolicy,
): Promise<string> {
  const { version } = await loadPolicy(folder);
  const inForce = await policyInForce(store);
  const words =
    inForce === null
      ? `${inForceWords({ version, folder })}; the first worker that starts brings it into force`
      : `in force: ${inForceBeside(inForce, { version, folder, name })}`;
  const demoPolicy = demoPolicyOfRealDesk(settings, inForce?.version ?? version);
  return [
    words,
    ...(name === undefined ? [] : [`for ${brands.join(', ')}`]),
    ...(demoPolicy === null ? [] : [demoPolicy]),
  ].join('; ');
}

/** @throws Error for a brand that is not on the desk, DeskCredentialsError, RemoteFailure. */
async function brandWords(settings: Settings): Promise<string> {
  const desk = await openHelpdesk(settings);
  const amiss = await brandsAmiss(settings.brands, desk, AbortSignal.timeout(deskWithinMs));
  if (amiss.length > 0) throw new Error(amiss.map(({ what, next }) => `${what} ${next}`).join(' '));
  return 'the desk has all that have policies of their own';
}
