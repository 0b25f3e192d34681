/** A real SMTP server on this machine that fails on demand. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createSmtpMailer, type SmtpServer } from '../../src/mail/smtpMailer';
import type { Mailer } from '../../src/mail/port';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Head and text as they came. */
  readonly raw: string;
}

type Place = 'connect' | 'from' | 'to' | 'data';

interface Fault {
  readonly at: Place;
  readonly answer: number | 'reset';
  /** For the next one alone. */
  readonly once?: boolean;
}

export class MailServer {
  readonly received: ReceivedMail[] = [];
  /** How often somebody connected. */
  connections = 0;
  /** The answer in place of a good one: a status, or the connection breaks (`data`: after the mail was taken). */
  fault: Fault | null = null;
  private readonly server: SMTPServer;

  private constructor(options: SMTPServerOptions) {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      closeTimeout: 100,
      onAuth: ({ username, password }, _session, done) => {
        if (username === 'care' && password === 'p@ss:word') done(null, { user: username });
        else done(new Error('who are you'));
      },
      onConnect: (_session, done) => {
        this.connections += 1;
        done(this.errorAt('connect'));
      },
      onMailFrom: (_address, _session, done) => done(this.errorAt('from')),
      onRcptTo: (_address, _session, done) => done(this.errorAt('to')),
      onData: (stream, { envelope }, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const answer = this.strikes('data');
          if (answer === null || answer === 'reset') {
            this.received.push({
              from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
              to: envelope.rcptTo.map(({ address }) => address),
              raw: Buffer.concat(parts).toString(),
            });
          }
          if (answer === 'reset') this.breakConnections();
          else done(errorOf(answer));
        });
      },
      ...options,
    });
    // A connection that a test breaks is an error to the server only.
    this.server.on('error', () => undefined);
  }

  static async start(options: SMTPServerOptions = {}): Promise<MailServer> {
    const mail = new MailServer(options);
    const listening = mail.server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    return mail;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  mailer(change: Partial<SmtpServer> = {}): Mailer {
    return createSmtpMailer({
      host: '127.0.0.1',
      port: this.port,
      tls: 'offered',
      auth: null,
      from: { name: 'Demo Shop', address: 'care@shop.example' },
      ...change,
    });
  }

  private errorAt(place: Place): Error | null {
    const answer = this.strikes(place);
    if (answer !== 'reset') return errorOf(answer);
    this.breakConnections();
    return null;
  }

  private strikes(place: Place): number | 'reset' | null {
    if (this.fault?.at !== place) return null;
    const { answer, once = false } = this.fault;
    if (once) this.fault = null;
    return answer;
  }

  private breakConnections(): void {
    for (const { _socket: socket } of this.server.connections) socket.destroy();
  }
}

function errorOf(responseCode: number | null): Error | null {
  return responseCode === null ? null : Object.assign(new Error('as the test wants'), { responseCode });
}
