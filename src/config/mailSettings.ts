/** How mail is sent, where a policy wants it. */
import type { Sender, SmtpSettings } from '../mail/smtpSettings';
import type { parseSmtpUrl } from '../mail/smtpSettings';

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

/** After `mailMistakes` found none. */
export function mailSettings(
  values: {
    readonly DESKHAND_SMTP_URL?: NonNullable<ReturnType<typeof parseSmtpUrl>> | undefined;
    readonly DESKHAND_MAIL_FROM?: Sender | undefined;
  },
  desk: 'embedded' | 'zendesk',
): MailSettings {
  const { DESKHAND_SMTP_URL: server, DESKHAND_MAIL_FROM: from } = values;
  if (server !== undefined && from !== undefined) return { kind: 'smtp', ...server, from };
  return desk === 'embedded' ? { kind: 'folder' } : null;
}
