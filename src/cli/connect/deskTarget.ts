/** Which account of a desk is meant, and how to sign in there: by flag, by the environment, or asked. */
import { readSettings, readSettingsOf, type Settings } from '../../config/settings';
import type { VariableName } from '../../config/variables';
import type { DeskKind } from '../../helpdesk/deskKind';
import { deskKinds, type ConnectedDesk } from '../../helpdesk/deskKinds';
import type { DeskName } from '../../helpdesk/deskNames';
import { CommandError } from '../failure';
import type { Terminal } from '../ticket/approval';
import { accountAddress, apiUrlOf } from './apiUrlOf';
import { ask, askSecret } from './ask';

export interface DeskTarget {
  readonly settings: Settings;
  readonly desk: ConnectedDesk;
  /** What was typed or given as a flag, and must be set for the server as well. */
  readonly toSet: readonly VariableName[];
}

/** @throws SettingsError, CommandError */
export async function deskTarget(
  name: DeskName,
  { url }: { readonly url?: string },
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<DeskTarget> {
  if ((env['DESKHAND_ACCOUNTS'] ?? '').trim() !== '') return targetInFile(name, url, env);
  const { title, signIn, signInHelp }: DeskKind = deskKinds[name];
  const { keys, signIn: variables, waysToSignIn } = deskKinds[name];
  const isSet = (variable: string): boolean => (env[variable] ?? '').trim() !== '';
  const typed: Partial<Record<VariableName, string>> = {};
  const inEnvironment = isSet(keys.address) ? apiUrlOf(name, env[keys.address] ?? '') : null;
  const inFlag = url === undefined ? null : apiUrlOf(name, url);
  if (inEnvironment !== null && inFlag !== null && inEnvironment !== inFlag) {
    throw new CommandError(
      `--url means ${inFlag}, but ${keys.address} is ${inEnvironment}: unset or change one of them.`,
    );
  }
  if (inEnvironment === null) {
    const example = accountAddress(name);
    const how = `name the account (--url ${example}, or ${keys.address})`;
    typed[keys.address] = inFlag ?? apiUrlOf(name, await ask(terminal, `Your ${title} (${example}): `, how));
  }
  const [usual = [], ...others] = waysToSignIn;
  const variablesOf = (way: readonly string[]): readonly VariableName[] =>
    Object.entries<VariableName>(variables).flatMap(([key, one]) => (way.includes(key) ? [one] : []));
  if (!others.some((way) => variablesOf(way).every(isSet))) {
    const instead = others.map((way) => `, or ${variablesOf(way).join(' and ')}`).join('');
    for (const variable of variablesOf(usual)) {
      if (isSet(variable)) continue;
      typed[variable] =
        variable === signIn['email']
          ? await ask(terminal, "E-mail of the bot's agent: ", `set ${variable}`)
          : await askSecret(
              terminal,
              `${variable} (${signInHelp}; it is not shown): `,
              `set ${variable}${instead}`,
            );
    }
  }
  const settings = readSettings({ ...env, ...typed });
  const { desk } = settings;
  if (desk.kind !== name) throw new CommandError(`No ${title} account was named.`);
  const toSet = [keys.address, ...variablesOf(usual)].filter((variable) => typed[variable] !== undefined);
  return { settings, desk, toSet };
}

/** @throws SettingsError, CommandError */
function targetInFile(name: DeskName, url: string | undefined, env: NodeJS.ProcessEnv): DeskTarget {
  const settings = readSettingsOf(name, env);
  const { desk, account } = settings;
  if (desk.kind !== name) {
    throw new CommandError(`${account} is no account of ${deskKinds[name].title}: name one with --account.`);
  }
  const inFlag = url === undefined ? desk.apiUrl : apiUrlOf(name, url);
  if (inFlag !== desk.apiUrl) {
    throw new CommandError(
      `--url means ${inFlag}, but ${account} is at ${desk.apiUrl}: name the account with --account alone.`,
    );
  }
  return { settings, desk, toSet: [] };
}
