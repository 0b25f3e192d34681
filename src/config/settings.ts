/**
 * All settings, read from the environment once, at the start. Whatever is wrong is said at once, for every
 * variable, with what was found and what is allowed; secrets are named, never printed.
 */
import path from 'node:path';
import type { DeskAccount } from '../contracts/messages';
import { readAccountsFile, type ReadAccounts } from './accounts/accountsFile';
import type { AccountDefaults, AccountSettings } from './accounts/readAccount';
import {
  accountNameOf,
  deskMistakes,
  deskNameOf,
  deskSettings,
  requestsPerMinuteOf,
  variablesOf,
  webhookSecretOf,
  type DeskSettings,
} from './deskSettings';
import { deskNames, type DeskName } from '../helpdesk/deskNames';
import { absoluteFolders, type BrandFolders } from './brandSettings';
import {
  cautions,
  describeIssue,
  fallbacks,
  givenVariables,
  isOpenHttp,
  unknownNames,
  type Environment,
  type Given,
} from './givenVariables';
import { mailMistakes, mailSettings, type MailSettings } from './mailSettings';
import { noticeMistakes, noticeSettings, type NoticeSettings } from './noticeSettings';
import { isSameShop, shopMistakes, shopSettings, type ShopSettings } from './shopSettings';
import type { TrustedProxies } from './trustedProxies';
import { didYouMean } from '../policy/policyError';
import { environment, type Variables } from './variables';

export interface Settings {
  /** Where state is kept: Temporal's and the embedded desk's files, the API token. Absolute. */
  readonly stateDir: string;
  readonly api: {
    readonly host: string;
    readonly port: number;
    readonly token: string | null;
    /** Null: whoever connects is the caller. */
    readonly trustedProxies: TrustedProxies | null;
  };
  readonly temporal: {
    /** Null: Deskhand finds and starts a server of its own. */
    readonly address: string | null;
    readonly namespace: string;
    /** Where people open the Web UI, without a trailing slash; null: known once the server was started. */
    readonly uiUrl: string | null;
  };
  /** The file that names the accounts; null: the environment means the one there is. */
  readonly accountsFile: string | null;
  readonly desk: DeskSettings;
  /** As it stands in workflow ids and addresses. */
  readonly account: string;
  /** What a brand of the desk has in place of `policyDir`: by the brand's name there, a folder. Absolute. */
  readonly brands: BrandFolders;
  readonly shop: ShopSettings;
  /** Whose ledgers count what customers of the shop are given: the first account's, of those with the same shop. */
  readonly ledgers: DeskAccount;
  readonly mail: MailSettings;
  /** What mailed codes are worked out from; null: a secret of the state folder. */
  readonly codeSecret: string | null;
  readonly webhookSecret: string | null;
  /** How many requests a minute the desk allows this account; spread over all workers by the server. */
  readonly deskRequestsPerMinute: number;
  /** Between two looks at what changed on the desk, in seconds; 0: never. */
  readonly pollSeconds: number;
  /** Where the worker serves its Prometheus metrics, `ip:port`; null: nowhere. */
  readonly workerMetricsAddress: string | null;
  /** The company's policy, a folder. Absolute. */
  readonly policyDir: string;
  /** The published versions of it, a folder that all workers share. Absolute. */
  readonly policyStoreDir: string;
  /** The company's own support addresses: mail from them is never answered. Lower case. */
  readonly companyAddresses: readonly string[];
  readonly notices: NoticeSettings;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** What is set, but has no effect or may not be meant: one sentence each. */
  readonly warnings: readonly string[];
}

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  /** One sentence each. */
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.mistakes = mistakes;
  }
}

/** Of the whole engine: what all accounts share, and the settings of each with what is shared. */
export interface EngineSettings extends SharedSettings {
  readonly accounts: Accounts;
}
type SharedSettings = Omit<Settings, keyof AccountSettings | 'ledgers'>;
type Accounts = readonly [Settings, ...Settings[]];

/**
 * The settings of one account, for what is done with one.
 * @param env - usually `process.env`; an empty variable counts as unset, as compose files leave them.
 * @throws SettingsError with every mistake there is, or when there are several accounts and DESKHAND_ACCOUNT names none.
 */
export function readSettings(env: Environment): Settings {
  return chooseAccount(readEngineSettings(env), wantedAccount(env));
}

/** As `readSettings`, for what is done on one kind of desk: its only account needs no name. */
export function readSettingsOf(desk: DeskName, env: Environment): Settings {
  const { accounts } = readEngineSettings(env);
  const [first, ...others] = accounts.filter((one) => deskNameOf(one.desk) === desk);
  return chooseAccount({ accounts: first === undefined ? accounts : [first, ...others] }, wantedAccount(env));
}

/** Those that a command is about: the one that DESKHAND_ACCOUNT names, or all. @throws SettingsError */
export function accountsMeant(settings: EngineSettings, env: Environment): Accounts {
  const wanted = wantedAccount(env);
  return wanted === undefined ? settings.accounts : [chooseAccount(settings, wanted)];
}

function wantedAccount({ DESKHAND_ACCOUNT: wanted = '' }: Environment): string | undefined {
  return wanted.trim() === '' ? undefined : wanted.trim();
}

/**
 * @param wanted - `acme`, or `zendesk/acme`
 * @throws SettingsError when it is not told which, or there is none such.
 */
function chooseAccount({ accounts }: Pick<EngineSettings, 'accounts'>, wanted: string | undefined): Settings {
  const names = accounts.map(accountNameInFull);
  const found = accounts.filter(
    (one) => wanted === undefined || wanted === one.account || wanted === accountNameInFull(one),
  );
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return only;
  const which = found.length > 1 ? found.map(accountNameInFull) : names;
  throw new SettingsError([
    wanted === undefined
      ? `Several accounts are served: name one with --account, of ${which.join(', ')}.`
      : found.length > 1
        ? `"${wanted}" is the name of several accounts: name one in full, of ${which.join(', ')}.`
        : `There is no account "${wanted}".${didYouMean(wanted, names)} There is ${names.join(', ')}.`,
  ]);
}

function ledgersOf({ desk, account }: Pick<Settings, 'desk' | 'account'>): DeskAccount {
  return { desk: deskNameOf(desk), account };
}

/** `zendesk/acme` */
export function accountNameInFull({ desk, account }: Pick<Settings, 'desk' | 'account'>): string {
  return `${deskNameOf(desk)}/${account}`;
}

/**
 * @param env - as `readSettings`
 * @throws SettingsError with every mistake there is.
 */
export function readEngineSettings(env: Environment): EngineSettings {
  const given = givenVariables(env);
  const parsed = environment.safeParse({ ...fallbacks(), ...given });
  const mistakes = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => describeIssue(issue, given))),
    // With a file of accounts these variables belong to it, or are refused below.
    ...(given.DESKHAND_ACCOUNTS === undefined ? deskMistakes(given) : []),
    ...shopMistakes(given),
    ...mailMistakes(given),
    ...noticeMistakes(given),
  ];
  if (!parsed.success || mistakes.length > 0) throw new SettingsError([...new Set(mistakes)]);
  const values = parsed.data;
  const warningsBeside = (known: ReadonlySet<string>): readonly string[] => [
    ...unknownNames(env, known),
    ...cautions(given),
  ];
  const defaults: AccountDefaults = {
    shop: shopSettings(values),
    pollSeconds: values.DESKHAND_POLL_SECONDS,
    policyDir: path.resolve(values.DESKHAND_POLICY),
    policyStoreDir: path.resolve(
      values.DESKHAND_POLICY_STORE ?? path.join(values.DESKHAND_STATE_DIR, 'policies'),
    ),
    companyAddresses: values.DESKHAND_COMPANY_ADDRESSES ?? [],
    brands: absoluteFolders(values.DESKHAND_BRANDS ?? {}),
  };
  const accountsFile = values.DESKHAND_ACCOUNTS ?? null;
  if (accountsFile !== null) {
    const { accounts, warnings, variables } = accountsOfFile(accountsFile, env, given, defaults);
    const common = sharedSettings(values, [...warningsBeside(variables), ...warnings]);
    const [first, ...others] = accounts.map((account) => ({
      ...{ ...common, ...account },
      ledgers: ledgersOf(accounts.find(({ shop }) => isSameShop(shop, account.shop)) ?? account),
    }));
    if (first === undefined) throw new SettingsError([`${accountsFile} names no account.`]);
    return { ...common, accounts: [first, ...others] };
  }
  const desk = deskSettings(values);
  const shared = sharedSettings(values, warningsBeside(new Set()));
  const account = accountNameOf(desk);
  const one: Settings = {
    ...shared,
    ...defaults,
    ...{ desk, account, ledgers: ledgersOf({ desk, account }) },
    webhookSecret: webhookSecretOf(values),
    deskRequestsPerMinute: requestsPerMinuteOf(values),
  };
  return { ...shared, accounts: [one] };
}

/** @throws SettingsError */
function accountsOfFile(
  file: string,
  env: Environment,
  given: Given,
  defaults: AccountDefaults,
): Pick<ReadAccounts, 'accounts' | 'variables'> & { readonly warnings: readonly string[] } {
  const { accounts, mistakes, variables } = readAccountsFile(file, env, defaults);
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  const both = deskNames
    .flatMap((desk) => variablesOf(desk))
    .filter((name) => given[name] !== undefined && !variables.has(name));
  const told = both.map(
    (name) =>
      `${name} and DESKHAND_ACCOUNTS are both set: the accounts are those of ${file} alone. Say it there, and unset ${name}.`,
  );
  if (told.length > 0) throw new SettingsError(told);
  const embedded = (['DESKHAND_DESK', 'DESKHAND_DESK_PORT'] as const).filter(
    (name) => given[name] !== undefined,
  );
  const open = accounts.filter(({ desk }) => 'apiUrl' in desk && isOpenHttp(desk.apiUrl));
  return {
    accounts,
    variables,
    warnings: [
      ...embedded.map(
        (name) => `${name} is set, but DESKHAND_ACCOUNTS names the desks: no embedded one is started.`,
      ),
      ...open.map(
        (one) => `the address of ${accountNameInFull(one)} is plain http: the credentials travel readable.`,
      ),
    ],
  };
}

/** With another value of what all accounts share. */
export function withShared(settings: EngineSettings, change: Partial<SharedSettings>): EngineSettings {
  const [first, ...others] = settings.accounts;
  return {
    ...settings,
    ...change,
    accounts: [{ ...first, ...change }, ...others.map((one) => ({ ...one, ...change }))],
  };
}

function sharedSettings(values: Variables, warnings: readonly string[]): SharedSettings {
  const hasEmbedded = values.DESKHAND_ACCOUNTS === undefined && deskSettings(values).kind === 'embedded';
  return {
    stateDir: path.resolve(values.DESKHAND_STATE_DIR),
    api: {
      host: values.DESKHAND_HOST,
      port: values.DESKHAND_PORT,
      token: values.DESKHAND_API_TOKEN ?? null,
      trustedProxies: values.DESKHAND_TRUST_PROXY,
    },
    temporal: {
      address: values.TEMPORAL_ADDRESS ?? null,
      namespace: values.TEMPORAL_NAMESPACE,
      uiUrl: values.TEMPORAL_UI_URL ?? null,
    },
    mail: mailSettings(values, hasEmbedded ? 'folder' : null),
    codeSecret: values.DESKHAND_CODE_SECRET ?? null,
    accountsFile: values.DESKHAND_ACCOUNTS ?? null,
    workerMetricsAddress: values.DESKHAND_WORKER_METRICS ?? null,
    notices: noticeSettings(values),
    logLevel: values.DESKHAND_LOG_LEVEL,
    warnings,
  };
}
