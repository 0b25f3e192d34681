/** One mailbox. A mail that is sent again has the same Message-ID: most mailboxes show it once. */
import type { Mailer } from '../mail/port';
import { RemoteFailure } from '../remote/failures';
import { plainText } from './message';
import type { NoticeChannel } from './port';

export function createMailChannel(name: string, mailer: Mailer, to: string): NoticeChannel {
  return {
    name,
    mend: 'check DESKHAND_SMTP_URL, DESKHAND_MAIL_FROM and DESKHAND_NOTIFY_EMAIL',
    async send(message, signal) {
      const { id, title } = message;
      const text = `${plainText(message)}\n`;
      const delivery = await mailer.send({ to, subject: title, text, messageId: `deskhand-${id}` }, signal);
      // A mailbox that is full today may not be tomorrow.
      if (delivery.type === 'refused') throw new RemoteFailure('rejected', delivery.why, { retryable: true });
    },
  };
}
