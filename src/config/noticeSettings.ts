/** Where notices to people go, and what they are about. */
import { noticeKinds, type NoticeKind } from '../core/notices/notice';

export interface NoticeSettings {
  /** Any number of each, all at once; none at all: the log only. */
  readonly webhooks: readonly string[];
  /** What posts to `webhooks` are signed with; null: nothing is. */
  readonly key: Buffer | null;
  readonly slack: readonly string[];
  readonly teams: readonly string[];
  readonly email: readonly string[];
  readonly about: readonly NoticeKind[];
}

interface Values {
  readonly DESKHAND_NOTIFY_URL?: readonly string[] | undefined;
  readonly DESKHAND_NOTIFY_SECRET?: Buffer | undefined;
  readonly DESKHAND_NOTIFY_SLACK?: readonly string[] | undefined;
  readonly DESKHAND_NOTIFY_TEAMS?: readonly string[] | undefined;
  readonly DESKHAND_NOTIFY_EMAIL?: readonly string[] | undefined;
  readonly DESKHAND_NOTIFY_ABOUT: readonly NoticeKind[];
}

type Given = Readonly<Record<string, string | undefined>>;

/** What no single variable shows. */
export function noticeMistakes(given: Given): string[] {
  const { DESKHAND_NOTIFY_EMAIL: email, DESKHAND_NOTIFY_SECRET: secret, DESKHAND_NOTIFY_URL: url } = given;
  const isRealDesk = given['ZENDESK_API_URL'] !== undefined;
  return [
    ...(email !== undefined && isRealDesk && given['DESKHAND_SMTP_URL'] === undefined
      ? [
          'DESKHAND_NOTIFY_EMAIL is set, but not through which server: set DESKHAND_SMTP_URL and DESKHAND_MAIL_FROM, or unset it.',
        ]
      : []),
    ...(secret !== undefined && url === undefined
      ? ['DESKHAND_NOTIFY_SECRET is set, but not where to: set DESKHAND_NOTIFY_URL, or unset it.']
      : []),
  ];
}

export function noticeSettings(values: Values): NoticeSettings {
  return {
    webhooks: values.DESKHAND_NOTIFY_URL ?? [],
    key: values.DESKHAND_NOTIFY_SECRET ?? null,
    slack: values.DESKHAND_NOTIFY_SLACK ?? [],
    teams: values.DESKHAND_NOTIFY_TEAMS ?? [],
    email: values.DESKHAND_NOTIFY_EMAIL ?? [],
    about: values.DESKHAND_NOTIFY_ABOUT,
  };
}

export function hasChannels({ webhooks, slack, teams, email }: NoticeSettings): boolean {
  return [webhooks, slack, teams, email].some((addresses) => addresses.length > 0);
}

export const webhookUrlsAllowed =
  'must be https addresses with spaces between; http only for this machine (127.0.0.1, localhost)';

/** @returns undefined when one of them is none. What is sent there is of no use to whoever listens on the way. */
export function parseWebhookUrls(text: string): readonly string[] | undefined {
  const urls = text.split(/\s+/).filter((url) => url !== '');
  return urls.length > 0 && urls.every(isWebhookUrl) ? urls : undefined;
}

function isWebhookUrl(text: string): boolean {
  // A comma can be part of an address: two with one between would be taken for one.
  if (!URL.canParse(text) || /,https?:/i.test(text)) return false;
  const { protocol, hostname } = new URL(text);
  const isHere = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/i.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isHere);
}

/** The retired kind: its posts are accepted by nobody any more. */
export function isRetiredTeamsUrl(url: string): boolean {
  return /(^|\.)(webhook\.office\.com|outlook\.office(365)?\.com)$/i.test(new URL(url).hostname);
}

/** Of Standard Webhooks: `whsec_` and 24 to 64 bytes in base64. */
export function parseWebhookSecret(text: string): Buffer | undefined {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  if (base64 === undefined) return undefined;
  const key = Buffer.from(base64, 'base64');
  return key.length >= 24 && key.length <= 64 ? key : undefined;
}

/** Names with commas between; undefined: one is unknown. */
export function parseNoticeKinds(text: string): readonly NoticeKind[] | undefined {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const known = names.flatMap((name) => noticeKinds.filter((kind) => kind === name));
  return known.length === names.length && known.length > 0 ? [...new Set(known)] : undefined;
}
