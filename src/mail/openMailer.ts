/** From the settings to what sends mail. */
import path from 'node:path';
import type { Settings } from '../config/settings';
import { createFolderMailer } from './folderMailer';
import type { Mailer } from './port';
import { createSmtpMailer } from './smtpMailer';

/** The demo's mails, one file each. */
export function demoMailFolder({ stateDir }: Pick<Settings, 'stateDir'>): string {
  return path.join(stateDir, 'mails');
}

/** Null: no server is set, and this is no demo. */
export function openMailer(settings: Pick<Settings, 'mail' | 'stateDir'>): Mailer | null {
  const { mail } = settings;
  if (mail === null) return null;
  switch (mail.kind) {
    case 'smtp':
      return createSmtpMailer(mail);
    case 'folder':
      return createFolderMailer(demoMailFolder(settings));
  }
}

/** Where a policy mails codes and nothing can be mailed. Customers can do without: other proofs, and people. */
export const noMailServerText =
  'no codes are mailed to customers, since no mail server is set: rules that ask for one do not apply. Set ' +
  'DESKHAND_SMTP_URL and DESKHAND_MAIL_FROM, or take mailed-code out of identity.proofs in policy.yaml';
