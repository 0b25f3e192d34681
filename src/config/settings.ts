/**
 * All settings, read from the environment once, at the start. Whatever is wrong is said at once, for every
 * variable, with what was found and what is allowed; secrets are named, never printed.
 */
import path from 'node:path';
import { z } from 'zod';

export type DeskAuth =
  | { readonly type: 'api-token'; readonly email: string; readonly token: string }
  | { readonly type: 'oauth'; readonly token: string };

export type DeskSettings =
  | { readonly kind: 'embedded'; readonly port: number }
  | { readonly kind: 'zendesk'; readonly apiUrl: string; readonly auth: DeskAuth };

export interface Settings {
  /** Where state is kept: Temporal's and the embedded desk's files, the API token. Absolute. */
  readonly stateDir: string;
  readonly api: { readonly host: string; readonly port: number; readonly token: string | null };
  readonly temporal: {
    /** Null: Deskhand finds and starts a server of its own. */
    readonly address: string | null;
    readonly namespace: string;
    /** Where people open the Web UI, without a trailing slash; null: known once the server was started. */
    readonly uiUrl: string | null;
  };
  readonly desk: DeskSettings;
  readonly webhookSecret: string | null;
  /** How many requests a minute the desk allows this account; spread over all workers by the server. */
  readonly deskRequestsPerMinute: number;
  /** Between two looks at what changed on the desk, in seconds; 0: never. */
  readonly pollSeconds: number;
  /** The company's policy, a folder. Absolute. */
  readonly policyDir: string;
  /** The company's own support addresses: mail from them is never answered. Lower case. */
  readonly companyAddresses: readonly string[];
  /** Where notices to people are posted (`{"text": ...}`), null: the log only. */
  readonly notifyUrl: string | null;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const port = z.coerce.number().int().min(0).max(65_535);
const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
const text = z.string().min(1);

const environment = z.object({
  DESKHAND_STATE_DIR: text.default('.deskhand'),
  DESKHAND_HOST: text.default('127.0.0.1'),
  DESKHAND_PORT: port.default(4600),
  DESKHAND_API_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  DESKHAND_DESK_PORT: port.default(4610),
  DESKHAND_POLICY: text.default('policies/demo-shop'),
  DESKHAND_COMPANY_ADDRESSES: z.string().default(''),
  DESKHAND_POLL_SECONDS: z.coerce.number().int().min(0).max(86_400).default(60),
  DESKHAND_NOTIFY_URL: httpUrl.optional(),
  DESKHAND_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/]+:\d{1,5}$/, 'must be host:port, such as localhost:7233')
    .optional(),
  TEMPORAL_NAMESPACE: text.default('default'),
  TEMPORAL_UI_URL: httpUrl.optional(),
  ZENDESK_API_URL: httpUrl.optional(),
  ZENDESK_EMAIL: z.email().optional(),
  ZENDESK_API_TOKEN: text.optional(),
  ZENDESK_OAUTH_TOKEN: text.optional(),
  ZENDESK_WEBHOOK_SECRET: text.optional(),
  ZENDESK_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).max(100_000).default(200),
});

const secretNames = [
  'DESKHAND_API_TOKEN',
  'ZENDESK_API_TOKEN',
  'ZENDESK_OAUTH_TOKEN',
  'ZENDESK_WEBHOOK_SECRET',
];

/**
 * @param env - usually `process.env`; an empty variable counts as unset, as compose files leave them.
 * @throws SettingsError with one line per mistake.
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new SettingsError(parsed.error.issues.map((issue) => describeIssue(issue, given)).join('\n'));
  }
  const values = parsed.data;
  return {
    stateDir: path.resolve(values.DESKHAND_STATE_DIR),
    api: { host: values.DESKHAND_HOST, port: values.DESKHAND_PORT, token: values.DESKHAND_API_TOKEN ?? null },
    temporal: {
      address: values.TEMPORAL_ADDRESS ?? null,
      namespace: values.TEMPORAL_NAMESPACE,
      uiUrl: values.TEMPORAL_UI_URL ?? null,
    },
    desk: deskSettings(values),
    webhookSecret: values.ZENDESK_WEBHOOK_SECRET ?? null,
    deskRequestsPerMinute: values.ZENDESK_REQUESTS_PER_MINUTE,
    pollSeconds: values.DESKHAND_POLL_SECONDS,
    policyDir: path.resolve(values.DESKHAND_POLICY),
    companyAddresses: values.DESKHAND_COMPANY_ADDRESSES.split(',')
      .map((address) => address.trim().toLowerCase())
      .filter((address) => address !== ''),
    notifyUrl: values.DESKHAND_NOTIFY_URL ?? null,
    logLevel: values.DESKHAND_LOG_LEVEL,
  };
}

function deskSettings(values: z.infer<typeof environment>): DeskSettings {
  if (values.ZENDESK_API_URL === undefined) return { kind: 'embedded', port: values.DESKHAND_DESK_PORT };
  if (values.ZENDESK_OAUTH_TOKEN !== undefined) {
    return {
      kind: 'zendesk',
      apiUrl: values.ZENDESK_API_URL,
      auth: { type: 'oauth', token: values.ZENDESK_OAUTH_TOKEN },
    };
  }
  const { ZENDESK_EMAIL: email, ZENDESK_API_TOKEN: token } = values;
  if (email === undefined || token === undefined) {
    throw new SettingsError(
      'ZENDESK_API_URL is set, but not how to sign in: set ZENDESK_EMAIL and ZENDESK_API_TOKEN ' +
        '(Admin Center > Apps and integrations > Zendesk API), or ZENDESK_OAUTH_TOKEN.',
    );
  }
  return { kind: 'zendesk', apiUrl: values.ZENDESK_API_URL, auth: { type: 'api-token', email, token } };
}

function describeIssue(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = issue.path.join('.');
  const found = secretNames.includes(name) ? '(a secret, not shown)' : JSON.stringify(given[name]);
  return `${name} is ${found}: ${issue.message}. See the table of settings in docs/settings.md.`;
}
