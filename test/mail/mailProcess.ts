/**
 * A process of its own that mails through each server it is told of, as a worker does that trusts what its
 * environment says: `tsx mailProcess.ts '[{"host": "localhost", "port": 465, "tls": "from-the-start"}]'`.
 * Tells on a line, for each, how the check and the mail went.
 */
import { createSmtpMailer, type SmtpServer } from '../../src/mail/smtpMailer';

const mail = { to: 'carla@mail.example', subject: 'Your code', text: '123456', messageId: 'abc123' };

async function main(): Promise<void> {
  const servers = JSON.parse(process.argv[2] ?? '[]') as readonly Pick<SmtpServer, 'host' | 'port' | 'tls'>[];
  for (const server of servers) {
    const from = { name: 'Demo Shop', address: 'care@shop.example' };
    const mailer = createSmtpMailer({ ...server, auth: null, from });
    const signal = new AbortController().signal;
    const said = (error: unknown) => (error instanceof Error ? error.message : String(error));
    const checked = await mailer.check(signal).then(() => 'ok', said);
    const sent = await mailer.send(mail, signal).then(({ type }) => type, said);
    process.stdout.write(`${checked} | ${sent}\n`);
  }
}

void main();
