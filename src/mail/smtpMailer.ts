/** Sends through the company's SMTP server (RFC 5321), with nodemailer. */
import { createTransport } from 'nodemailer';
import { endedCall } from '../remote/failures';
import { composedMail } from './composedMail';
import { mailFailure, refusal } from './mailFailures';
import type { Mailer, Sender } from './port';

/** Well within the time of one attempt; a server that is slower than this is tried again. */
const timeoutMs = 10_000;

export interface SmtpServer {
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

export function createSmtpMailer({ host, port, tls, auth, from }: SmtpServer): Mailer {
  const transport = createTransport({
    host,
    port,
    secure: tls === 'from-the-start',
    requireTLS: tls === 'required',
    ...(auth === null ? {} : { auth: { user: auth.user, pass: auth.password } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail, signal) {
      return orEnded(signal, async () => {
        try {
          await transport.sendMail({ ...composedMail(mail, from), signal });
          return { type: 'accepted' };
        } catch (error) {
          const why = refusal(error);
          if (why === null) throw error;
          return { type: 'refused', why };
        }
      });
    },
    async check(signal) {
      await orEnded(signal, () => transport.verify());
    },
  };
}

/** @throws RemoteFailure */
async function orEnded<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
  const ended = () => endedCall('the mail server', signal);
  if (signal.aborted) throw ended();
  const stop = new AbortController();
  const aborted = new Promise<'aborted'>((resolve) => {
    signal.addEventListener('abort', () => resolve('aborted'), { once: true, signal: stop.signal });
  });
  const asked = ask().then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  const outcome = await Promise.race([asked, aborted]);
  stop.abort();
  if (outcome === 'aborted') throw ended();
  if ('error' in outcome) throw mailFailure(outcome.error);
  return outcome.answer;
}
