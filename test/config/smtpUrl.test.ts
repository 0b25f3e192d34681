import { parseSender, parseSmtpUrl } from '../../src/config/mailSettings';

test.each([
  ['smtp://mail.shop.example', { host: 'mail.shop.example', port: 587, tls: 'required', auth: null }],
  ['smtps://mail.shop.example', { host: 'mail.shop.example', port: 465, tls: 'from-the-start', auth: null }],
  [
    'smtp://care:p%40ss%3Aword@mail.shop.example:2525/',
    {
      host: 'mail.shop.example',
      port: 2525,
      tls: 'required',
      auth: { user: 'care', password: 'p@ss:word' },
    },
  ],
  ['smtp://localhost:1025', { host: 'localhost', port: 1025, tls: 'offered', auth: null }],
  ['smtp://[::1]:1025', { host: '::1', port: 1025, tls: 'offered', auth: null }],
])('%s', (url, settings) => {
  expect(parseSmtpUrl(url)).toEqual(settings);
});

test.each([
  'mail.shop.example',
  'https://mail.shop.example',
  'smtp://',
  'smtp://care@mail.shop.example',
  'smtp://mail.shop.example/inbox',
  'smtp://mail.shop.example?tls=no',
  'smtp://mail.shop.example:99999',
  'smtp://care:%E0%A4%A@mail.shop.example',
])('%s is no mail server', (url) => {
  expect(parseSmtpUrl(url)).toBeUndefined();
});

test.each([
  ['care@shop.example', { name: '', address: 'care@shop.example' }],
  ['<care@shop.example>', { name: '', address: 'care@shop.example' }],
  ['Demo Shop <care@shop.example>', { name: 'Demo Shop', address: 'care@shop.example' }],
  ['"Demo Shop" <care@shop.example>', { name: 'Demo Shop', address: 'care@shop.example' }],
])('the sender %s', (text, sender) => {
  expect(parseSender(text)).toEqual(sender);
});

test.each([
  '',
  'Demo Shop',
  'Demo <care>',
  'a@b.example, c@d.example',
  'x\r\nBcc: y <a@b.example>',
  'a@b',
  `${'a'.repeat(250)}@mail.example`,
])('no sender: %j', (text) => {
  expect(parseSender(text)).toBeUndefined();
});
