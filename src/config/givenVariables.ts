/** The variables as they were given: told to people, checked for what nothing reads and what may not be meant. */
import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { hideUserinfo } from '../core/hideUserinfo';
import { deskKinds, deskVariables } from '../helpdesk/deskKinds';
import { deskNames } from '../helpdesk/deskNames';
import { factsOf, isVariableName, variableNames, type VariableName } from './variables';

export type Environment = Readonly<Record<string, string | undefined>>;
export type Given = { readonly [Name in VariableName]?: string };

export interface SettingLine {
  readonly name: VariableName;
  /** Secrets are masked. */
  readonly value: string;
  readonly source: 'environment' | 'default' | 'unset';
}

/** Every setting, for people who wonder which one holds. */
export function describeSettings(env: Environment): readonly SettingLine[] {
  const given = givenVariables(env);
  return variableNames.map((name) => {
    const { fallback, secret } = factsOf(name);
    const value = given[name];
    if (value !== undefined)
      return { name, value: secret ? '(set, not shown)' : hideUserinfo(value), source: 'environment' };
    return fallback === null
      ? { name, value: '', source: 'unset' }
      : { name, value: fallback, source: 'default' };
  });
}

/** Values as given; an empty one counts as unset. */
export function givenVariables(env: Environment): Given {
  return Object.fromEntries(
    variableNames.flatMap((name) => {
      const value = env[name];
      return value === undefined || value.trim() === '' ? [] : [[name, value]];
    }),
  );
}

export function fallbacks(): Record<string, string> {
  return Object.fromEntries(
    variableNames.flatMap((name) => {
      const { fallback } = factsOf(name);
      return fallback === null ? [] : [[name, fallback]];
    }),
  );
}

export function describeIssue(issue: z.core.$ZodIssue, given: Given): string {
  const name = String(issue.path[0]);
  const value = isVariableName(name) ? given[name] : undefined;
  const hidden = isVariableName(name) && factsOf(name).secret;
  const found = hidden
    ? '(a secret, not shown)'
    : value === undefined
      ? 'not set'
      : hideUserinfo(JSON.stringify(value));
  return `${name} is ${found}: it ${issue.message}.`;
}

/** What our variables begin with. */
const prefixes = [
  ...['DESKHAND_', 'SHOP_API_', 'SHOPIFY_'],
  ...Object.keys(deskVariables).map((name) => name.slice(0, name.indexOf('_') + 1)),
];

/**
 * A mistyped name is otherwise silent: its default would hold.
 * @param known - names that something else reads.
 */
export function unknownNames(env: Environment, known: ReadonlySet<string>): string[] {
  const names = Object.keys(env).filter(
    (name) => prefixes.some((prefix) => name.startsWith(prefix)) && !isVariableName(name) && !known.has(name),
  );
  return names.sort().map((name) => {
    const nearest = closest(name, variableNames);
    const near = distance(nearest, name) <= Math.max(3, name.length / 4);
    return `${name} is set, but nothing reads it${near ? `: did you mean ${nearest}?` : '.'}`;
  });
}

/** Credentials travel readable to another machine. */
export function isOpenHttp(url: string): boolean {
  return /^http:\/\/(?!(127\.|localhost([:/]|$)|\[::1\]))/i.test(url);
}

/** What is set, and may not be meant. */
export function cautions(given: Given): string[] {
  const addresses = deskNames.map((desk) => deskKinds[desk].keys.address);
  const open = [...addresses, 'SHOP_API_URL' as const].filter((name) =>
    isOpenHttp(given[name]?.trim() ?? ''),
  );
  return [
    ...(given.ZENDESK_OAUTH_TOKEN !== undefined && given.ZENDESK_API_TOKEN !== undefined
      ? ['ZENDESK_OAUTH_TOKEN and ZENDESK_API_TOKEN are both set: the OAuth token is used.']
      : []),
    ...open.map((name) => `${name} is plain http: the credentials travel readable.`),
  ];
}
