/** Which desk is connected, and how to sign in there; with none it is an embedded one. */
import { accountOf, deskKinds, type ConnectedDesk } from '../helpdesk/deskKinds';
import { deskNames, type DeskName } from '../helpdesk/deskNames';
import type { SignIn } from '../helpdesk/deskKind';
import type { Given } from './givenVariables';
import type { VariableName, Variables } from './variables';

export type DeskSettings =
  { readonly kind: 'embedded'; readonly desk: DeskName; readonly port: number } | ConnectedDesk;

/** What no single variable shows. */
export function deskMistakes(given: Given): string[] {
  const addresses = deskNames
    .map((desk) => deskKinds[desk].keys.address)
    .filter((name) => given[name] !== undefined);
  return addresses.length > 1
    ? [
        `${addresses.join(' and ')} are ${addresses.length === 2 ? 'both' : 'all'} set: unset one, or name both accounts ` +
          'in a file, DESKHAND_ACCOUNTS (docs/accounts.md).',
      ]
    : deskNames.flatMap((desk) => signInMistakes(desk, given));
}

function signInMistakes(desk: DeskName, given: Given): string[] {
  const { keys, signIn, waysToSignIn, signInHelp, addressExample } = deskKinds[desk];
  const variables: Readonly<Record<string, VariableName>> = signIn;
  const ways = waysToSignIn.map((way) => way.flatMap((key) => variables[key] ?? []));
  if (given[keys.address] === undefined) {
    const set = Object.values(variables).filter((name) => given[name] !== undefined);
    return set.length === 0
      ? []
      : [
          `${keys.address} is not set, but ${set.join(' and ')}: set it to ${addressExample}, or unset ` +
            `${set.length === 1 ? 'the other' : 'the others'} to use the embedded desk.`,
        ];
  }
  if (ways.some((way) => way.every((name) => given[name] !== undefined))) return [];
  const [usual = [], ...others] = ways;
  const missing = usual.filter((name) => given[name] === undefined);
  const instead = others.map((way) => `, or ${way.join(' and ')}`).join('');
  return [
    `${keys.address} is set, but not how to sign in: set ${missing.join(' and ')} (${signInHelp})${instead}.`,
  ];
}

/** Of an account of this desk, where the environment means the one account. */
export function variablesOf(desk: DeskName): readonly VariableName[] {
  const { keys, signIn } = deskKinds[desk];
  return [keys.address, ...Object.values<VariableName>(signIn), keys.webhookSecret, keys.requestsPerMinute];
}

/** After `deskMistakes` found none. */
export function deskSettings(values: Variables): DeskSettings {
  for (const desk of deskNames) {
    const { keys, signIn, connect } = deskKinds[desk];
    const apiUrl = values[keys.address];
    if (apiUrl !== undefined) return connect(apiUrl, signInOf(signIn, values));
  }
  return { kind: 'embedded', desk: values.DESKHAND_DESK, port: values.DESKHAND_DESK_PORT };
}

function signInOf(signIn: Readonly<Record<string, VariableName>>, values: Variables): SignIn {
  return Object.fromEntries(
    Object.entries(signIn).flatMap(([key, name]) => {
      const value = values[name];
      return typeof value === 'string' ? [[key, value]] : [];
    }),
  );
}

export function deskNameOf(desk: DeskSettings): DeskName {
  return desk.kind === 'embedded' ? desk.desk : desk.kind;
}

/** The account of the embedded desk, in workflow ids. */
export const embeddedAccount = 'demo';

export function accountNameOf(desk: DeskSettings): string {
  return desk.kind === 'embedded' ? embeddedAccount : accountOf(desk.apiUrl);
}

/** Of the desk that is served. */
export function webhookSecretOf(values: Variables): string | null {
  const { webhookSecret } = deskKinds[deskNameOf(deskSettings(values))].keys;
  return values[webhookSecret] ?? null;
}

export function requestsPerMinuteOf(values: Variables): number {
  return values[deskKinds[deskNameOf(deskSettings(values))].keys.requestsPerMinute];
}
