import { describeSettings } from '../../src/config/givenVariables';
import { readSettings, SettingsError } from '../../src/config/settings';

const smtp = {
  DESKHAND_SMTP_URL: 'smtp://care:p%40ss@mail.shop.example',
  DESKHAND_MAIL_FROM: 'Demo Shop <care@shop.example>',
};
const zendesk = { ZENDESK_API_URL: 'https://acme.zendesk.com/api/v2', ZENDESK_OAUTH_TOKEN: 'token' };

function mistakes(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  return [];
}

test('a mail server, on any desk', () => {
  const mail = {
    kind: 'smtp',
    host: 'mail.shop.example',
    port: 587,
    tls: 'required',
    auth: { user: 'care', password: 'p@ss' },
    from: { name: 'Demo Shop', address: 'care@shop.example' },
  };
  expect(readSettings(smtp).mail).toEqual(mail);
  expect(readSettings({ ...zendesk, ...smtp }).mail).toEqual(mail);
});

test('without one, the demo keeps its mails and a real desk has none', () => {
  expect(readSettings({}).mail).toEqual({ kind: 'folder' });
  expect(readSettings(zendesk).mail).toBeNull();
});

test.each([
  [{ DESKHAND_SMTP_URL: smtp.DESKHAND_SMTP_URL }, 'DESKHAND_SMTP_URL is set, but not who mails'],
  [
    { DESKHAND_MAIL_FROM: smtp.DESKHAND_MAIL_FROM },
    'DESKHAND_MAIL_FROM is set, but not through which server',
  ],
  [
    { ...smtp, DESKHAND_SMTP_URL: 'https://user:hidden@mail.example' },
    'it must be smtp://user:password@host',
  ],
  [
    { ...smtp, DESKHAND_MAIL_FROM: 'Demo Shop' },
    'DESKHAND_MAIL_FROM is "Demo Shop": it must be an e-mail address',
  ],
  [{ DESKHAND_CODE_SECRET: 'hidden-too-short' }, 'it must have at least 32 characters'],
])('%j', (env, words) => {
  const found = mistakes(env);
  expect(found.join('\n')).toContain(words);
  expect(found.join('\n')).not.toMatch(/hidden|p%40ss/);
});

test('the password and the secret are shown to nobody', () => {
  const env = { ...smtp, DESKHAND_CODE_SECRET: 'x'.repeat(40) };
  expect(readSettings(env).codeSecret).toBe('x'.repeat(40));
  expect(JSON.stringify(describeSettings(env))).not.toMatch(/p%40ss|p@ss|xxxx/);
});
