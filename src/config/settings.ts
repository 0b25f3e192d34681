/**
 * All settings, read from the environment once, at the start. Whatever is wrong is said at once, for every
 * variable, with what was found and what is allowed; secrets are named, never printed.
 */
import path from 'node:path';
import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import {
  deskMistakes,
  deskSettings,
  requestsPerMinuteOf,
  webhookSecretOf,
  type DeskSettings,
} from './deskSettings';
import { mailMistakes, mailSettings, type MailSettings } from './mailSettings';
import { noticeMistakes, noticeSettings, type NoticeSettings } from './noticeSettings';
import { shopMistakes, shopSettings, type ShopSettings } from './shopSettings';
import type { TrustedProxies } from './trustedProxies';
import { environment, factsOf, isVariableName, variableNames, type VariableName } from './variables';

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
  readonly desk: DeskSettings;
  readonly shop: ShopSettings;
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

type Environment = Record<string, string | undefined>;

/**
 * @param env - usually `process.env`; an empty variable counts as unset, as compose files leave them.
 * @throws SettingsError with every mistake there is.
 */
export function readSettings(env: Environment): Settings {
  const given = setVariables(env);
  const parsed = environment.safeParse({ ...fallbacks(), ...given });
  const mistakes = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => describeIssue(issue, given))),
    ...deskMistakes(given),
    ...shopMistakes(given),
    ...mailMistakes(given),
    ...noticeMistakes(given),
  ];
  if (!parsed.success || mistakes.length > 0) throw new SettingsError([...new Set(mistakes)]);
  const values = parsed.data;
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
    desk: deskSettings(values),
    shop: shopSettings(values),
    mail: mailSettings(values, deskSettings(values).kind === 'embedded' ? 'folder' : null),
    codeSecret: values.DESKHAND_CODE_SECRET ?? null,
    webhookSecret: webhookSecretOf(values),
    deskRequestsPerMinute: requestsPerMinuteOf(values),
    pollSeconds: values.DESKHAND_POLL_SECONDS,
    workerMetricsAddress: values.DESKHAND_WORKER_METRICS ?? null,
    policyDir: path.resolve(values.DESKHAND_POLICY),
    policyStoreDir: path.resolve(
      values.DESKHAND_POLICY_STORE ?? path.join(values.DESKHAND_STATE_DIR, 'policies'),
    ),
    companyAddresses: values.DESKHAND_COMPANY_ADDRESSES ?? [],
    notices: noticeSettings(values),
    logLevel: values.DESKHAND_LOG_LEVEL,
    warnings: [...unknownNames(env), ...cautions(given)],
  };
}

export interface SettingLine {
  readonly name: VariableName;
  /** Secrets are masked. */
  readonly value: string;
  readonly source: 'environment' | 'default' | 'unset';
}

/** Every setting, for people who wonder which one holds. */
export function describeSettings(env: Environment): readonly SettingLine[] {
  const given = setVariables(env);
  return variableNames.map((name) => {
    const { fallback, secret } = factsOf(name);
    const value = given[name];
    if (value !== undefined)
      return { name, value: secret ? '(set, not shown)' : value, source: 'environment' };
    return fallback === null
      ? { name, value: '', source: 'unset' }
      : { name, value: fallback, source: 'default' };
  });
}

/** Values as given; an empty one counts as unset. */
function setVariables(env: Environment): { readonly [Name in VariableName]?: string } {
  return Object.fromEntries(
    variableNames.flatMap((name) => {
      const value = env[name];
      return value === undefined || value.trim() === '' ? [] : [[name, value]];
    }),
  );
}

function fallbacks(): Record<string, string> {
  return Object.fromEntries(
    variableNames.flatMap((name) => {
      const { fallback } = factsOf(name);
      return fallback === null ? [] : [[name, fallback]];
    }),
  );
}

function describeIssue(issue: z.core.$ZodIssue, given: Environment): string {
  const name = String(issue.path[0]);
  const hidden = isVariableName(name) && factsOf(name).secret;
  const found = hidden ? '(a secret, not shown)' : JSON.stringify(given[name]);
  return `${name} is ${found}: it ${issue.message}.`;
}

/** A mistyped name is otherwise silent: its default would hold. */
function unknownNames(env: Environment): string[] {
  const names = Object.keys(env).filter(
    (name) => /^(DESKHAND|FRESHDESK|SHOP_API|SHOPIFY|ZENDESK)_/.test(name) && !isVariableName(name),
  );
  return names.sort().map((name) => {
    const [nearest] = [...variableNames].sort((a, b) => distance(a, name) - distance(b, name));
    const near = nearest !== undefined && distance(nearest, name) <= Math.max(3, name.length / 4);
    return `${name} is set, but nothing reads it${near ? `: did you mean ${nearest}?` : '.'}`;
  });
}

function cautions(given: { readonly [Name in VariableName]?: string }): string[] {
  const open = (['ZENDESK_API_URL', 'FRESHDESK_API_URL', 'SHOP_API_URL'] as const).filter((name) =>
    /^http:\/\/(?!(127\.|localhost([:/]|$)|\[::1\]))/i.test(given[name]?.trim() ?? ''),
  );
  return [
    ...(given.ZENDESK_OAUTH_TOKEN !== undefined && given.ZENDESK_API_TOKEN !== undefined
      ? ['ZENDESK_OAUTH_TOKEN and ZENDESK_API_TOKEN are both set: the OAuth token is used.']
      : []),
    ...open.map((name) => `${name} is plain http: the credentials travel readable.`),
  ];
}
