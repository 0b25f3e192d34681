/** For the demo: each mail is a file in a folder, for people to read and for no one to receive. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { RemoteFailure } from '../remote/failures';
import { composedMail } from './composedMail';
import type { Mailer } from './port';

const from = { name: 'Deskhand demo', address: 'deskhand@demo.example' };

export function createFolderMailer(folder: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    async send(mail) {
      const { message } = await transport.sendMail(composedMail(mail, from));
      // The same mail again is the same file.
      await orUnavailable(folder, () => writeFile(fileOf(folder, mail.messageId), message, { mode: 0o600 }));
      return { type: 'accepted' };
    },
    check: () => orUnavailable(folder, () => Promise.resolve()),
  };
}

function fileOf(folder: string, messageId: string): string {
  return path.join(folder, `${messageId.replace(/[^\w-]/g, '_')}.eml`);
}

async function orUnavailable(folder: string, write: () => Promise<void>): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await write();
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be written';
    throw new RemoteFailure('unavailable', `the folder of the demo's mails cannot be used (${why})`, {
      retryable: true,
    });
  }
}
