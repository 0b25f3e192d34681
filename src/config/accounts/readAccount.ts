/** One account of the file: from what is written to its settings. */
import path from 'node:path';
import { isObject } from '../../core/isObject';
import { deskKinds } from '../../helpdesk/deskKinds';
import type { SignIn } from '../../helpdesk/deskKind';
import type { DeskName } from '../../helpdesk/deskNames';
import type { Path, PolicyFile } from '../../policy/load/policyFiles';
import { checkFile } from '../../policy/load/schemaCheck';
import { mistakeInBrands, mistakeInFolders, type BrandFolders } from '../brandSettings';
import type { DeskSettings } from '../deskSettings';
import type { Environment } from '../givenVariables';
import type { ShopSettings } from '../shopSettings';
import { environment, factsOf, type VariableName } from '../variables';
import { accountSchemaOf, commonSchema, secretKeysOf, secretReference } from './accountSchema';
import { accountShop } from './accountShop';
import { looksLikeReference, readSecretReference, referenceMend } from './secrets';

/** What one account has of its own. */
export interface AccountSettings {
  readonly desk: DeskSettings;
  readonly account: string;
  readonly brands: BrandFolders;
  readonly shop: ShopSettings;
  readonly webhookSecret: string | null;
  readonly deskRequestsPerMinute: number;
  readonly pollSeconds: number;
  readonly policyDir: string;
  readonly policyStoreDir: string;
  readonly companyAddresses: readonly string[];
}

/** Where an account says nothing. */
export type AccountDefaults = Pick<
  AccountSettings,
  'brands' | 'shop' | 'pollSeconds' | 'policyDir' | 'policyStoreDir' | 'companyAddresses'
>;

/** Of the file; without a full stop at its end, or with one. */
export interface FileMistake {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
export type Tell = (at: Path, message: string) => void;

/** What one goes on with while the file is read. */
export interface ReadingFile {
  readonly file: string;
  readonly env: Environment;
  readonly defaults: AccountDefaults;
  /** Variables that the file names. */
  readonly variables: Set<string>;
  readonly told: FileMistake[];
}

export function mistakeLine(file: string, { line, column, message }: FileMistake): string {
  return `${file}:${line}:${column} ${message}${/[.?]$/.test(message) ? '' : '.'}`;
}

/**
 * @param entry - what the file says of it.
 * @returns null: mistakes were told.
 */
export function readAccount(
  desk: DeskName,
  entry: PolicyFile,
  { file, env, defaults, variables, told }: ReadingFile,
): AccountSettings | null {
  const tell: Tell = (at, message) => {
    told.push({ ...entry.placeOf(at), message });
  };
  const { content, isWell } = withoutLiterals(desk, entry.content, tell);
  const safe = { ...entry, content };
  const checked = checkFile(safe, accountSchemaOf(desk));
  const read = commonSchema.safeParse(content);
  if ('mistakes' in checked || !read.success) {
    told.push(...('mistakes' in checked ? checked.mistakes : []));
    return null;
  }
  if (!isWell) return null;
  const folder = path.dirname(path.resolve(file));
  const secretAt = (at: Path, variable: VariableName | null): string | null => {
    const reference = secretReference.safeParse(at.reduce<unknown>(valueUnder, content));
    if (!reference.success) return null;
    if ('env' in reference.data) variables.add(reference.data.env);
    const found = readSecretReference(reference.data, { folder, env });
    const mistake = 'mistake' in found ? found.mistake : wrongSecret(variable, found.value);
    if (mistake !== null) tell(at, `${at.join('.')} ${mistake}`);
    return 'value' in found ? found.value : null;
  };
  const { keys, connect } = deskKinds[desk];
  const { name, address, ...own } = read.data;
  const before = told.length;
  const signIn = signInOf(desk, content, secretAt);
  tellMissing(desk, signIn, content, tell);
  const webhookSecret = secretAt(['webhookSecret'], keys.webhookSecret);
  const shop = own.shop === undefined ? defaults.shop : accountShop(own.shop, secretAt, tell);
  const brands = own.brands ?? {};
  const wrongBrands = mistakeInBrands(Object.keys(brands)) ?? mistakeInFolders(Object.values(brands));
  if (wrongBrands !== null) tell(['brands'], `brands ${wrongBrands}`);
  if (told.length > before || shop === null) return null;
  return {
    desk: connect(address, signIn),
    account: name,
    brands:
      own.brands === undefined
        ? defaults.brands
        : Object.fromEntries(
            Object.entries(own.brands).map(([brand, at]) => [brand, path.resolve(folder, at)]),
          ),
    shop,
    webhookSecret,
    deskRequestsPerMinute: own.requestsPerMinute ?? usualRequestsPerMinute(desk),
    pollSeconds: own.pollSeconds ?? defaults.pollSeconds,
    ...(own.policy === undefined
      ? { policyDir: defaults.policyDir, policyStoreDir: defaults.policyStoreDir }
      : {
          policyDir: path.resolve(folder, own.policy),
          // One store holds what is in force of one policy.
          policyStoreDir: path.join(defaults.policyStoreDir, 'accounts', `${desk}-${name}`),
        }),
    companyAddresses:
      own.companyAddresses?.map((address) => address.toLowerCase()) ?? defaults.companyAddresses,
  };
}

/** What was written where a reference belongs is told without being quoted, and looked at no further. */
function withoutLiterals(
  desk: DeskName,
  content: unknown,
  tell: Tell,
): { readonly content: unknown; readonly isWell: boolean } {
  if (typeof content !== 'object' || content === null) return { content, isWell: true };
  const wrong = (at: object, keys: readonly string[], above: Path): readonly string[] => {
    const found = keys.filter((key) => Object.hasOwn(at, key) && !looksLikeReference(Reflect.get(at, key)));
    for (const key of found) tell([...above, key], `${[...above, key].join('.')} ${referenceMend}`);
    return found;
  };
  const own = wrong(content, secretKeysOf(desk), []);
  const shop: unknown = Reflect.get(content, 'shop');
  if (shop !== undefined && !isObject(shop)) {
    tell(['shop'], 'shop must be a group of lines: "shopify" with "accessToken", or "address" with "token"');
    return { content: without(content, [...own, 'shop']), isWell: false };
  }
  const ofShop = shop === undefined ? [] : wrong(shop, ['accessToken', 'token'], ['shop']);
  return {
    content: {
      ...without(content, own),
      ...(shop !== undefined && ofShop.length > 0 ? { shop: without(shop, ofShop) } : {}),
    },
    isWell: own.length === 0 && ofShop.length === 0,
  };
}

function without(content: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(content).filter(([key]) => !keys.includes(key)));
}

function valueUnder(at: unknown, key: string | number): unknown {
  return typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
}

/** By the rule of the variable that says the same of one account. */
function wrongSecret(variable: VariableName | null, value: string): string | null {
  if (variable === null) return null;
  const issue = environment.shape[variable].safeParse(value).error?.issues[0];
  return issue === undefined ? null : `names a secret (not shown) that ${issue.message}`;
}

function signInOf(
  desk: DeskName,
  content: unknown,
  secretAt: (at: Path, variable: VariableName) => string | null,
): SignIn {
  const secrets = secretKeysOf(desk);
  return Object.fromEntries(
    Object.entries<VariableName>(deskKinds[desk].signIn).flatMap(([key, variable]) => {
      const written = valueUnder(content, key);
      const value = secrets.includes(key) ? secretAt([key], variable) : written;
      return typeof value === 'string' ? [[key, value]] : [];
    }),
  );
}

function tellMissing(desk: DeskName, signIn: SignIn, content: unknown, tell: Tell): void {
  const { waysToSignIn, signInHelp } = deskKinds[desk];
  const ways: readonly (readonly string[])[] = waysToSignIn;
  const isThere = (key: string): boolean =>
    signIn[key] !== undefined || valueUnder(content, key) !== undefined;
  if (ways.some((way) => way.every(isThere))) return;
  const [usual = [], ...others] = ways;
  const missing = usual.filter((key) => !isThere(key));
  const instead = others.map((way) => `, or ${way.join(' and ')}`).join('');
  tell([], `does not say who signs in: give ${missing.join(' and ')} (${signInHelp})${instead}`);
}

function usualRequestsPerMinute(desk: DeskName): number {
  const variable = deskKinds[desk].keys.requestsPerMinute;
  return environment.shape[variable].parse(factsOf(variable).fallback);
}
