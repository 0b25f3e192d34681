/** Every environment variable Deskhand reads: what is allowed, what it defaults to, what it is for. */
import { z } from 'zod';
import { longestPollSeconds } from '../contracts/messages';
import { noticeKinds, type NoticeKind } from '../core/notices/notice';
import { deskVariables } from '../helpdesk/deskKinds';
import { deskNames } from '../helpdesk/deskNames';
import { parseBrands, type BrandFolders } from './brandSettings';
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
import {
  factsOfSchema,
  httpUrl,
  integer,
  optional,
  secret,
  text,
  withDefault,
  type VariableFacts,
} from './variableTypes';

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
  DESKHAND_ACCOUNTS: optional(
    text(),
    'File of the desk accounts that are served, where there are several (`docs/accounts.md`). Unset: the one account of the variables below, or the embedded desk.',
  ),
  DESKHAND_ACCOUNT: optional(
    text(),
    'Which of several accounts a command is about, `acme` or `zendesk/acme`; the flag `--account` says the same. Worker and server serve all.',
  ),
  DESKHAND_DESK: withDefault(
    text().pipe(z.enum(deskNames, `must be one of ${deskNames.join(', ')}`)),
    `Whose API the embedded desk speaks, where no desk is connected: ${deskNames.map((name) => `\`${name}\``).join(', ')}.`,
    'zendesk',
  ),
  DESKHAND_DESK_PORT: withDefault(
    integer(0, 65_535),
    'Port of the embedded desk; 0 takes any free one.',
    '4610',
  ),
  DESKHAND_POLICY: withDefault(text(), "Folder of the company's policy.", 'policies/demo-shop'),
  DESKHAND_BRANDS: optional(
    text().transform(brandFolders),
    'Brands of the desk with policies of their own, `Acme=policies/acme, Bravo=policies/bravo`; all others go by `DESKHAND_POLICY`.',
  ),
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
  ...deskVariables,
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
  const known = factsOfSchema(environment.shape[name]);
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

function brandFolders(value: string, context: z.RefinementCtx): BrandFolders {
  const parsed = parseBrands(value);
  if (typeof parsed !== 'string') return parsed;
  context.addIssue({ code: 'custom', message: parsed });
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
