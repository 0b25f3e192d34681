/** What went wrong with a mail, from nodemailer's error to the house's kinds. No address and no text is repeated. */
import { failureOfError, RemoteFailure, slowRetryMs } from '../remote/failures';

const server = 'the mail server';

const noTls = {
  words:
    'no TLS connection came about; check DESKHAND_SMTP_URL: smtps:// is TLS from the start, smtp:// STARTTLS',
  slow: true,
};

/** nodemailer's codes that the network's own table does not have, and what it says of an API. */
const rows: Readonly<Record<string, { readonly words: string; readonly slow: boolean }>> = {
  ECONNECTION: { words: 'the connection broke', slow: false },
  ESOCKET: { words: 'the connection broke', slow: false },
  EDNS: { words: 'its name is not known to DNS; check DESKHAND_SMTP_URL', slow: true },
  ETLS: noTls,
  ERR_TLS_CERT_ALTNAME_INVALID: {
    words: 'its TLS certificate is for another name; name it in DESKHAND_SMTP_URL as the certificate does',
    slow: true,
  },
  EPROTOCOL: { words: 'it does not speak SMTP as expected; check DESKHAND_SMTP_URL', slow: true },
};

/**
 * The server's word on this very mail. Whether it says "never" or "not now" is one here: whoever asked for the code
 * must not see by the wait that there is somebody to get it, and asking again sends another.
 * @returns null when it was no answer to a mail.
 */
export function refusal(error: unknown): string | null {
  const code = textOf(error, 'code');
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return null;
  const status = statusOf(error);
  // The server goes away: nothing about the mail.
  if (status === 421) return null;
  if (status === null) return 'the address is none that a mail can be sent to';
  const about = textOf(error, 'command') === 'MAIL FROM' ? ' our sender, DESKHAND_MAIL_FROM' : ' the mail';
  return `the mail server refuses${about} (${status})`;
}

export function mailFailure(error: unknown): RemoteFailure {
  const code = textOf(error, 'code');
  const status = statusOf(error);
  if ((code === 'EAUTH' || code === 'ENOAUTH') && (status === null || status >= 500)) {
    return new RemoteFailure('unauthorized', `${server} does not accept the credentials`, {
      retryable: true,
      retryAfterMs: slowRetryMs,
      status,
    });
  }
  // What the socket itself said tells more than that it was the socket.
  const cause = textOf(error, 'originalCode');
  const row = rows[cause ?? ''] ?? rows[code ?? ''];
  if (status !== null && code !== 'ETLS') {
    return new RemoteFailure('unavailable', `${server} answered ${status}: it has trouble of its own`, {
      retryable: true,
      status,
    });
  }
  const isOfSocket = code === 'ESOCKET' && cause !== null && row === rows['ESOCKET'];
  if (row === undefined || (isOfSocket && !cause.startsWith('ERR_SSL'))) {
    return failureOfError(server, { code: cause ?? code });
  }
  const { words, slow } = cause?.startsWith('ERR_SSL') === true ? noTls : row;
  return new RemoteFailure('unavailable', `${server} could not be asked: ${words} (${cause ?? code ?? ''})`, {
    retryable: true,
    retryAfterMs: slow ? slowRetryMs : null,
  });
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('responseCode' in error)) return null;
  return typeof error.responseCode === 'number' ? error.responseCode : null;
}

function textOf(error: unknown, name: 'code' | 'originalCode' | 'command'): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const value: unknown = Object.entries(error).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : null;
}
