/** Replies as mail programs send them, by program, language and layout: of each, the customer's words and no others. */
import { readComment } from '../../src/classify/reading/readComment';
import { said, written, REPLIES } from './mails/replies';

const read = (body: string) => readComment({ body, machineMade: false, attachments: [] });
const onOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

const replies = REPLIES.map((reply, i) => ({ ...reply, i }));

test('the corpus is as broad as it says', () => {
  expect(REPLIES.length).toBeGreaterThanOrEqual(160);
  expect(new Set(REPLIES.map(({ client }) => client)).size).toBeGreaterThanOrEqual(25);
  expect(new Set(REPLIES.map(({ language }) => language)).size).toBe(20);
  expect(new Set(REPLIES.map(({ layout }) => layout)).size).toBe(5);
});

test.each(replies)('$i $client, $language, $layout', (reply) => {
  const { text, reading } = read(written(reply));
  expect(onOneLine(text)).toBe(said(reply));
  expect(reading).toBe('words');
});

describe('with Windows line ends, and with the blanks that some gateways add', () => {
  test.each([
    ['CRLF', (mail: string) => mail.replaceAll('\n', '\r\n')],
    ['blanks at the ends', (mail: string) => mail.replaceAll('\n', '  \n')],
    ['no-break spaces', (mail: string) => mail.replaceAll(' ', '\u00A0')],
  ])('%s', (_name, mangled) => {
    for (const reply of REPLIES) expect(onOneLine(read(mangled(written(reply))).text)).toBe(said(reply));
  });
});

describe('what only looks like a header is the customer speaking', () => {
  test.each([
    'On 2 November 2026 at 09:14 I wrote:\nplease cancel my order\nand nobody did.',
    'Am 2. November 2026 um 09:14 schrieb mir Ihr Kollege:\nDas Geld kommt morgen.\nWo ist es?',
    'Le 2 novembre 2026 à 09:14 vous avez écrit :\nle colis part demain\nOù est-il ?',
    'Your colleague wrote on 2.11.2026:\nyou get a new one.\nWhere is it?',
    'From: Berlin\nTo: Hamburg\nDate: Monday\nCan you deliver there?',
    'Von: Berlin\nNach: Hamburg\nDatum: 2.11.2026\nGeht das?',
    'The label says:\nFrom: Kim\nTo: Ana\nis that right?',
    'My reference: 2026\nOrder: 48213\nSubject: kettle',
    'I need it before 11:30 on 2 November 2026:\nmy mother has her birthday.',
    'The invoice for 2026 please to my accountant (tax@office.example):\nElm Street 4, Leeds.',
    'Between 9:00 and 11:30 I am here (ana@mail.example):\nElm Street 4, Leeds.',
    'Please write to ana@mail.example from 2026 on:\nthe old address is gone.',
  ])('%j', (body) => {
    expect(read(body)).toEqual({ text: body, cut: false, reading: 'words' });
  });

  test.each([
    'iPhone case broken',
    'Sent via DHL on Monday and still nothing',
    'Gesendet mit DHL am Montag, noch nicht da',
    'Enviado desde Valencia ayer, y no llega',
    'Verzonden met PostNL vorige week',
    'Wysłane z magazynu w poniedziałek',
    'Von Ihnen wurde das falsche Handy gesendet',
    'Sent from Samsung? It says so on the box, is it an original?',
    'Siparişim gönderildi mi',
    'Skickat med PostNord i måndags',
  ])('a line that only looks like a telephone’s: %s', (line) => {
    expect(read(`Hello.\n${line}`).text).toBe(`Hello.\n${line}`);
  });
});

test('the shop may be called what people say', () => {
  for (const name of ['You & Me', 'We Love Tea', 'Mi Tienda', 'Ich und Du']) {
    const header = `On Monday, November 2, 2026 at 09:14:00 AM GMT, ${name} <care@shop.example> wrote:`;
    expect(read(`Where is it?\n\n${header}\n\nCancelled.`).text).toBe('Where is it?');
  }
});

test('the words above a wrapped line that says who wrote it are kept, blank line or not', () => {
  const mail =
    'Where is order 48213?\nOn Mon, Nov 2, 2026 at 9:14 AM Blue Shop Care <\ncare@shop.example> wrote:\n> Cancelled.';
  expect(read(mail).text).toBe('Where is order 48213?');
});
