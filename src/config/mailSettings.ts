/** How mail is sent, where a policy wants it. */

export interface Sender {
  readonly name: string;
  readonly address: string;
}

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /**
   * `from-the-start`: smtps; `required`: STARTTLS, or nothing is sent; `offered`: STARTTLS where the server offers it,
   * which is enough only for a server on this machine.
   */
  readonly tls: 'from-the-start' | 'required' | 'offered';
  readonly auth: { readonly user: string; readonly password: string } | null;
  readonly from: Sender;
}

/** `folder`: the demo keeps its mails for people to read; null: no mail can be sent. */
export type MailSettings = ({ readonly kind: 'smtp' } & SmtpSettings) | { readonly kind: 'folder' } | null;

type Given = Readonly<Record<string, string | undefined>>;

/** What no single variable shows. */
export function mailMistakes({ DESKHAND_SMTP_URL: url, DESKHAND_MAIL_FROM: from }: Given): string[] {
  if ((url === undefined) === (from === undefined)) return [];
  return [
    url === undefined
      ? 'DESKHAND_MAIL_FROM is set, but not through which server: set DESKHAND_SMTP_URL, or unset it.'
      : 'DESKHAND_SMTP_URL is set, but not who mails: set DESKHAND_MAIL_FROM to an address that the server may send for.',
  ];
}

/** After `mailMistakes` found none. @param without - where mails go without a server; null: nowhere. */
export function mailSettings(
  values: {
    readonly DESKHAND_SMTP_URL?: NonNullable<ReturnType<typeof parseSmtpUrl>> | undefined;
    readonly DESKHAND_MAIL_FROM?: Sender | undefined;
  },
  without: 'folder' | null,
): MailSettings {
  const { DESKHAND_SMTP_URL: server, DESKHAND_MAIL_FROM: from } = values;
  if (server !== undefined && from !== undefined) return { kind: 'smtp', ...server, from };
  return without === null ? null : { kind: without };
}

/**
 * `smtp://user:password@host:587`, `smtps://host`. Characters that a web address cannot hold are percent-encoded.
 * @returns undefined when it is none.
 */
export function parseSmtpUrl(text: string): Omit<SmtpSettings, 'from'> | undefined {
  if (!/^smtps?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const hasMore = !['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '';
  if (host === '' || hasMore || (url.username === '') !== (url.password === '')) return undefined;
  const isSecure = url.protocol === 'smtps:';
  const isHere = /^(127\.|localhost$|::1$)/i.test(host);
  const auth = credentialsOf(url);
  if (auth === undefined) return undefined;
  return {
    host,
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    tls: isSecure ? 'from-the-start' : isHere ? 'offered' : 'required',
    auth,
  };
}

function credentialsOf({ username, password }: URL): SmtpSettings['auth'] | undefined {
  if (username === '') return null;
  try {
    return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}

const address = /^[^\s@<>()[\]\\,;:"]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;

/** `care@shop.example` or `Demo Shop <care@shop.example>`; undefined: neither. */
export function parseSender(text: string): Sender | undefined {
  const [, name = '', inBrackets] = /^\s*(?:"?([^"<>\r\n]*?)"?\s*<([^<>]*)>)\s*$/.exec(text) ?? [];
  const plain = (inBrackets ?? text).trim();
  return isMailAddress(plain) ? { name: name.trim(), address: plain } : undefined;
}

function isMailAddress(text: string): boolean {
  return text.length <= 254 && address.test(text);
}
