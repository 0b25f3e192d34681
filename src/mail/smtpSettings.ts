/** Where mail is sent from, and through which server. */
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
