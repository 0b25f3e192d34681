/** Every environment variable Deskhand reads: what is allowed, what it defaults to, what it is for. */
import { z } from 'zod';
import { longestPollSeconds } from '../contracts/messages';
import { noticeKinds, type NoticeKind } from '../core/notices/notice';
import { deskNames } from './deskNames';
import { parseSender, parseSmtpUrl, type Sender, type SmtpSettings } from './mailSettings';
import {
  isRetiredTeamsUrl,
  parseNoticeKinds,
  parseWebhookSecret,
  parseWebhookUrls,
  webhookUrlsAllowed,
} from './noticeSettings';
import { parseStoreUrl } from './shopSettings';
import { parseTrustedProxies, trustProxyAllowed, type TrustedProxies } from './trustedProxies';

export interface VariableFacts {
  /** What it is for. */
  readonly about: string;
  /** What holds when it is unset, written as one would set it; null: nothing does. */
  readonly fallback: string | null;
  /** Never printed. */
  readonly secret: boolean;
}

const facts = z.registry<VariableFacts>();

const text = (): z.ZodString => z.string().trim();
const httpUrl = (): z.ZodType<string, string> =>
  text()
    .pipe(z.url({ protocol: /^https?$/, error: 'must be an http or https address' }))
    .transform((url) => url.replace(/\/+$/, ''));

function integer(min: number, max: number): z.ZodType<number, string> {
  const message = `must be a whole number from ${min} to ${max}`;
  return text()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message));
}

function withDefault<Schema extends z.ZodType>(schema: Schema, about: string, fallback: string): Schema {
  facts.add(schema, { about, fallback, secret: false });
  return schema;
}

function optional<Schema extends z.ZodType>(schema: Schema, about: string): z.ZodOptional<Schema> {
  const inner = schema.optional();
  facts.add(inner, { about, fallback: null, secret: false });
  return inner;
}

function secret<Schema extends z.ZodType>(schema: Schema, about: string): z.ZodOptional<Schema> {
  const inner = schema.optional();
  facts.add(inner, { about, fallback: null, secret: true });
  return inner;
}

const logLevels = ['debug', 'info', 'warn', 'error'] as const;

export const environment = z.object({
  DESKHAND_STATE_DIR: withDefault(
    text(),
    "Folder of the API token and of Temporal's and the embedded desk's files.",
    '.deskhand',
  ),
  DESKHAND_HOST: withDefault(
    text(),
    'Address the API listens on; `0.0.0.0` opens it to the network.',
    '127.0.0.1',
  ),
  DESKHAND_PORT: withDefault(integer(0, 65_535), 'Port of the API; 0 takes any free one.', '4600'),
  DESKHAND_API_TOKEN: secret(
    text().regex(/^[\x21-\x7e]{16,500}$/, 'must have at least 16 characters, visible ASCII without spaces'),
    'Bearer token of the API. Unset: a random one is made and kept in the file `api-token` of the state folder.',
  ),
  DESKHAND_TRUST_PROXY: withDefault(
    text().transform(trustedProxies),
    'Reverse proxies whose `X-Forwarded-For` is believed, so that each caller has a rate limit of their own: `off`, how many stand before the server, or their addresses and networks with commas between.',
    'off',
  ),
  DESKHAND_DESK: withDefault(
    text().pipe(z.enum(deskNames, `must be one of ${deskNames.join(', ')}`)),
    'Whose API the embedded desk speaks, where no desk is connected: `zendesk` or `freshdesk`.',
    'zendesk',
  ),
  DESKHAND_DESK_PORT: withDefault(
    integer(0, 65_535),
    'Port of the embedded desk; 0 takes any free one.',
    '4610',
  ),
  DESKHAND_POLICY: withDefault(text(), "Folder of the company's policy.", 'policies/demo-shop'),
  DESKHAND_POLICY_STORE: optional(
    text(),
    'Folder of the published policy versions, which all workers share. Unset: `policies` in the state folder.',
  ),
  DESKHAND_COMPANY_ADDRESSES: optional(
    text()
      .transform(addresses)
      .pipe(z.array(z.email('must be e-mail addresses, with commas between'))),
    "The company's own support addresses, with commas between: mail from them is never answered.",
  ),
  DESKHAND_POLL_SECONDS: withDefault(
    integer(0, longestPollSeconds),
    'Seconds between two looks at what changed on the desk; 0 relies on webhooks alone.',
    '60',
  ),
  DESKHAND_NOTIFY_URL: secret(
    text().transform(webhookUrls),
    'Where notices to people are posted, as the JSON of `docs/notifications.md`; several addresses with spaces between, here and below. With none of these set they are only logged.',
  ),
  DESKHAND_NOTIFY_SECRET: secret(
    text().transform(webhookSecret),
    'What these posts are signed with, `whsec_` and 24 to 64 random bytes in base64. Unset: they are not signed.',
  ),
  DESKHAND_NOTIFY_SLACK: secret(
    text().transform(webhookUrls),
    "Slack's incoming webhooks that get the notices.",
  ),
  DESKHAND_NOTIFY_TEAMS: secret(
    text().transform(teamsUrls),
    'Addresses of Microsoft Teams\' workflows that get the notices ("When a Teams webhook request is received").',
  ),
  DESKHAND_NOTIFY_EMAIL: optional(
    text()
      .transform(addresses)
      .pipe(z.array(z.email('must be e-mail addresses, with commas between'))),
    'Mailboxes that get the notices, with commas between; mailed through `DESKHAND_SMTP_URL`.',
  ),
  DESKHAND_NOTIFY_ABOUT: withDefault(
    text().transform(kindsOfNotices),
    `What the notices are about, with commas between: ${noticeKinds.map((kind) => `\`${kind}\``).join(', ')}.`,
    'escalation,approval,deadline,failure,outage',
  ),
  DESKHAND_SMTP_URL: secret(
    text().transform(smtpServer),
    'Mail server for the codes that a policy mails, and for notices: `smtp://user:password@host:587` (STARTTLS), `smtps://...` (TLS). Unset: no codes are mailed or asked for; the embedded desk keeps its mails in the folder `mails` of the state folder.',
  ),
  DESKHAND_MAIL_FROM: optional(
    text().transform(sender),
    'Whom these mails are from, `Demo Shop <care@shop.example>`.',
  ),
  DESKHAND_CODE_SECRET: secret(
    text().regex(/^[\x21-\x7e]{32,500}$/, 'must have at least 32 characters, visible ASCII without spaces'),
    'What mailed codes are worked out from: the same for all workers. Unset: a random one is made and kept in the file `code-secret` of the state folder.',
  ),
  DESKHAND_WORKER_METRICS: optional(
    text()
      .regex(/^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-fA-F:]+\]):\d{1,5}$/, 'must be ip:port, such as 127.0.0.1:9464')
      .refine(hasPort, 'must have a port up to 65535'),
    "Where the worker serves Temporal's worker metrics for Prometheus, `ip:port`. Unset: nowhere.",
  ),
  DESKHAND_LOG_LEVEL: withDefault(
    text().pipe(z.enum(logLevels, `must be one of ${logLevels.join(', ')}`)),
    'How much is logged: `debug`, `info`, `warn` or `error`.',
    'info',
  ),
  TEMPORAL_ADDRESS: optional(
    text()
      .regex(/^[^\s/]+:\d{1,5}$/, 'must be host:port, such as localhost:7233')
      .refine(hasPort, 'must have a port up to 65535'),
    'Temporal server to use, `host:port`. Unset: `deskhand up` finds or starts one.',
  ),
  TEMPORAL_NAMESPACE: withDefault(text(), 'Namespace on that server.', 'default'),
  TEMPORAL_UI_URL: optional(httpUrl(), "Where people open Temporal's Web UI, for links."),
  ZENDESK_API_URL: optional(
    httpUrl(),
    "Zendesk's API, `https://acme.zendesk.com/api/v2`. Unset: the embedded desk is used.",
  ),
  ZENDESK_EMAIL: optional(
    text().pipe(z.email('must be an e-mail address')),
    "The bot's agent, for the API token.",
  ),
  ZENDESK_API_TOKEN: secret(text(), 'API token of that agent.'),
  ZENDESK_OAUTH_TOKEN: secret(text(), 'OAuth access token, instead of e-mail and API token.'),
  ZENDESK_WEBHOOK_SECRET: secret(
    text(),
    "Signing secret of Zendesk's webhook. Unset: what `deskhand connect zendesk` has kept in the state folder, or the embedded desk's own.",
  ),
  ZENDESK_REQUESTS_PER_MINUTE: withDefault(
    integer(1, 100_000),
    'Requests a minute that all workers together may make.',
    '200',
  ),
  FRESHDESK_API_URL: optional(
    httpUrl(),
    "Freshdesk's API, `https://acme.freshdesk.com/api/v2`. Unset: the embedded desk is used.",
  ),
  FRESHDESK_API_KEY: secret(
    text().regex(/^[\x21-\x39\x3b-\x7e]{1,500}$/, 'must be visible ASCII without spaces and colons'),
    "API key of the bot's own agent.",
  ),
  FRESHDESK_WEBHOOK_SECRET: secret(
    text().regex(/^[\x21-\x7e]{16,500}$/, 'must have at least 16 characters, visible ASCII without spaces'),
    "What the automation rule's webhook sends in the header `X-Deskhand-Secret`. Unset: the embedded desk's own.",
  ),
  FRESHDESK_REQUESTS_PER_MINUTE: withDefault(
    integer(1, 100_000),
    'Requests a minute that all workers together may make.',
    '100',
  ),
  SHOP_API_URL: optional(
    httpUrl(),
    'Your own shop behind the contract of `shop-api.openapi.yaml`. Unset: the demo shop is used.',
  ),
  SHOP_API_TOKEN: secret(
    text().regex(/^[\x21-\x7e]{1,500}$/, 'must be visible ASCII without spaces'),
    'Bearer token that your shop expects.',
  ),
  SHOPIFY_STORE: optional(
    text().transform(storeUrl),
    'The shop at Shopify, `acme.myshopify.com`. Unset: the demo shop is used.',
  ),
  SHOPIFY_ACCESS_TOKEN: secret(
    text().regex(/^[\x21-\x7e]{16,500}$/, 'must have at least 16 characters, visible ASCII without spaces'),
    'Admin API access token of a custom app of that shop.',
  ),
  SHOPIFY_API_VERSION: withDefault(
    text()
      .regex(/^20\d\d-(01|04|07|10)$/, 'must be a version of the Admin API, such as 2026-10')
      .refine(hasIdempotency, 'must be 2026-04 or later: earlier versions let a refund go out twice'),
    "Version of Shopify's Admin API.",
    '2026-10',
  ),
});

/** All of them, as they were read. */
export type Variables = z.output<typeof environment>;
export type VariableName = keyof typeof environment.shape;
export const variableNames = Object.keys(environment.shape).filter(isVariableName);

export function isVariableName(name: string): name is VariableName {
  return Object.hasOwn(environment.shape, name);
}

export function factsOf(name: VariableName): VariableFacts {
  const known = facts.get(environment.shape[name]);
  if (known === undefined) throw new Error(`${name} has no description`);
  return known;
}

function trustedProxies(value: string, context: z.RefinementCtx): TrustedProxies | null {
  const parsed = parseTrustedProxies(value);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: trustProxyAllowed });
  return z.NEVER;
}

function smtpServer(value: string, context: z.RefinementCtx): Omit<SmtpSettings, 'from'> {
  const parsed = parseSmtpUrl(value);
  if (parsed !== undefined) return parsed;
  const message = 'must be smtp://user:password@host:587 or smtps://user:password@host';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

function sender(value: string, context: z.RefinementCtx): Sender {
  const parsed = parseSender(value);
  if (parsed !== undefined) return parsed;
  const message = 'must be an e-mail address, alone or as in Demo Shop <care@shop.example>';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

function storeUrl(value: string, context: z.RefinementCtx): string {
  const parsed = parseStoreUrl(value);
  if (parsed !== undefined) return parsed;
  const message = 'must be the shop at Shopify, such as acme.myshopify.com (not its own domain)';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

function webhookUrls(value: string, context: z.RefinementCtx): readonly string[] {
  const parsed = parseWebhookUrls(value);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: webhookUrlsAllowed });
  return z.NEVER;
}

function teamsUrls(value: string, context: z.RefinementCtx): readonly string[] {
  const urls = webhookUrls(value, context);
  if (!Array.isArray(urls) || !urls.some(isRetiredTeamsUrl)) return urls;
  const message =
    'must not be of an Office 365 connector, which Microsoft has retired: make a workflow in Teams and take its address';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

function webhookSecret(value: string, context: z.RefinementCtx): Buffer {
  const parsed = parseWebhookSecret(value);
  if (parsed !== undefined) return parsed;
  const message =
    'must be whsec_ and 24 to 64 bytes in base64: echo "whsec_$(openssl rand -base64 32)" makes one';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

function kindsOfNotices(value: string, context: z.RefinementCtx): readonly NoticeKind[] {
  const parsed = parseNoticeKinds(value);
  if (parsed !== undefined) return parsed;
  const message = `must be some of ${noticeKinds.join(', ')}, with commas between`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

/** Dates of that form are in order as texts. */
function hasIdempotency(version: string): boolean {
  return version >= '2026-04';
}

function hasPort(address: string): boolean {
  return Number(address.split(':').at(-1)) <= 65_535;
}

function addresses(list: string): string[] {
  return list
    .split(',')
    .map((address) => address.trim().toLowerCase())
    .filter((address) => address !== '');
}
