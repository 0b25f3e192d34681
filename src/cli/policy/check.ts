/** `deskhand policy check`: what is wrong with a policy, and what should be looked at, each where it stands. */
import path from 'node:path';
import { readSettings, type Settings } from '../../config/settings';
import { openHelpdesk } from '../../helpdesk/openHelpdesk';
import { checkPolicy, type CheckedPolicy, type CheckOptions } from '../../policy/check/checkPolicy';
import { CommandError } from '../failure';

export interface PolicyCheckOptions {
  /** Null: the settings' policy. */
  readonly folder: string | null;
  /** Ask the desk for its groups and custom fields. */
  readonly desk?: boolean;
  /** False: the examples are not tried on the classifier. */
  readonly examples?: boolean;
  readonly json?: boolean;
}

const deskWithinMs = 10_000;

/**
 * Prints what was found.
 * @returns the version that was looked at; null: it has errors.
 * @throws SettingsError; CommandError when the desk does not answer, after all else was said.
 */
export async function runPolicyCheck(options: PolicyCheckOptions): Promise<string | null> {
  const settings = readSettings(process.env);
  const folder = options.folder === null ? settings.policyDir : path.resolve(options.folder);
  const desk = options.desk === true ? await askDesk(settings) : { groups: null };
  const checked = await checkPolicy(folder, {
    ...('unasked' in desk ? { groups: null } : desk),
    classifierOf:
      options.examples === false
        ? null
        : async (intents) => {
            const { createEmbeddedClassifier } =
              await import('../../classify/embedded/embeddedClassifier.js');
            return createEmbeddedClassifier(intents, {
              cacheFile: path.join(settings.stateDir, 'embeddings.json'),
            });
          },
  });
  const errors = checked.findings.filter(({ severity }) => severity === 'error').length;
  if (options.json === true) console.log(JSON.stringify({ folder, errors, ...checked }, null, 2));
  else for (const line of checkText(folder, checked, options.examples !== false)) console.log(line);
  if ('unasked' in desk) throw new CommandError(desk.unasked);
  return errors === 0 ? checked.version : null;
}

/** Or why it could not be asked. */
async function askDesk(
  settings: Settings,
): Promise<Pick<CheckOptions, 'groups' | 'fields'> | { readonly unasked: string }> {
  const call = { signal: AbortSignal.timeout(deskWithinMs) };
  try {
    const desk = await openHelpdesk(settings);
    return { groups: await desk.groupNames(call), fields: await desk.customFields(call) };
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).replace(/\.+$/, '');
    return {
      unasked: `The desk cannot be asked for its groups and fields: ${why}. Mend that, or leave --desk out.`,
    };
  }
}

function checkText(
  folder: string,
  { version, findings }: CheckedPolicy,
  areExamplesTried: boolean,
): readonly string[] {
  const count = (severity: 'error' | 'warning') => {
    const { length } = findings.filter((finding) => finding.severity === severity);
    return `${length} ${severity}${length === 1 ? '' : 's'}`;
  };
  const what = version === null ? `The policy in ${folder}` : `The policy in ${folder} (${version})`;
  const lines = findings.map(
    ({ file, line, column, severity, message }) =>
      `${file === '.' ? folder : `${file}:${line}:${column}`} ${severity === 'error' ? 'error  ' : 'warning'} ${message}`,
  );
  // Else what says no warning here would be held against the full check.
  const untried =
    areExamplesTried || version === null
      ? ''
      : '; its examples were not tried, which `deskhand policy check` does';
  return [...lines, `${what} has ${count('error')} and ${count('warning')}${untried}.`];
}
