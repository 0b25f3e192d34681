/** A mail that says of itself that a machine wrote it, so that no other machine answers it. */
import type { Mail, Sender } from './port';

/** What nodemailer composes a message of (RFC 5322). */
export function composedMail({ to, subject, text, messageId }: Mail, from: Sender) {
  return {
    from: { name: from.name, address: from.address },
    to: { name: '', address: to },
    subject,
    text,
    messageId: `<${messageId}@${from.address.split('@').at(-1) ?? 'deskhand'}>`,
    headers: {
      // RFC 3834, section 5; and what Exchange heeds.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
  };
}
