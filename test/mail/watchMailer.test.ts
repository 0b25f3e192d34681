/** The mail server changes its mind about a password: whoever runs Deskhand reads it once, with the mend. */
import { watchMailer } from '../../src/mail/watchMailer';
import { MailServer } from './mailServer';

const signal = new AbortController().signal;
const mail = { to: 'ana@mail.example', subject: 'Your code', text: '123456', messageId: 'one' };
const auth = { user: 'care', password: 'p@ss:word' };

let server: MailServer;
beforeAll(async () => {
  server = await MailServer.start();
});
afterAll(() => server.close());

function logged(password: string) {
  const lines: string[] = [];
  const log = (level: string) => (message: string) => lines.push(`${level} ${message}`);
  const logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
  const login = { ...auth, password };
  return { lines, mailer: watchMailer(server.mailer({ auth: login }), logger) };
}

test('a refused password is said once, whether a code was to be sent or nobody has the order', async () => {
  const { lines, mailer } = logged('yesterday’s');
  await expect(mailer.send(mail, signal)).rejects.toMatchObject({ kind: 'unauthorized' });
  await expect(mailer.check(signal)).rejects.toMatchObject({ kind: 'unauthorized' });
  await expect(mailer.send(mail, signal)).rejects.toMatchObject({ kind: 'unauthorized' });
  expect(lines).toEqual([
    'error the mail server does not accept the credentials. Until it is mended, tickets that need a code go to people ' +
      'a quarter of an hour after they asked: check the user and the password in DESKHAND_SMTP_URL, and restart ' +
      'Deskhand if you changed a variable.',
  ]);
  expect(lines.join()).not.toContain('yesterday');
});

test('a password that holds is nothing to talk about', async () => {
  const { lines, mailer } = logged(auth.password);
  await expect(mailer.send(mail, signal)).resolves.toEqual({ type: 'accepted' });
  await mailer.check(signal);
  expect(lines).toEqual([]);
});

test('trouble of the server’s own is each ticket’s, and not said here', async () => {
  server.fault = { at: 'connect', answer: 421 };
  const { lines, mailer } = logged(auth.password);
  await expect(mailer.send(mail, signal)).rejects.toMatchObject({ kind: 'unavailable' });
  expect(lines).toEqual([]);
  server.fault = null;
});
