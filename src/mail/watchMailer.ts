/** Refused credentials of the mail server are said once, and once more when they are mended. */
import type { Logger } from '../log/logger';
import type { OutageWatch } from '../remote/outages';
import { watchCredentials } from '../remote/watchCredentials';
import type { Mailer } from './port';

export function watchMailer(mailer: Mailer, logger: Logger, outage?: OutageWatch): Mailer {
  const { watched } = watchCredentials<keyof Mailer>(logger, {
    who: 'the mail server',
    meanwhile:
      'Until it is mended, tickets that need a code go to people a quarter of an hour after they asked',
    mend: () => 'check the user and the password in DESKHAND_SMTP_URL',
    ...(outage === undefined ? {} : { outage }),
  });
  return {
    send: (mail, signal) => watched('send', () => mailer.send(mail, signal)),
    check: (signal) => watched('check', () => mailer.check(signal)),
  };
}
