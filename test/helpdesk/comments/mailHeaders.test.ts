/** The headers that mail programs, mail servers and lists really set, and the facts that are kept of them. */
import fc from 'fast-check';
import { snapshotOf } from '../../../activities/readTicket';
import { machineByHeader } from '../../../src/classify/reading/machineMail';
import type { MailFacts } from '../../../src/core/ticket/mailFacts';
import { mailFactsOf, type MailHeaders } from '../../../src/helpdesk/comments/mailHeaders';
import type { DeskTicket } from '../../../src/helpdesk/port';
import { processorMs } from '../../support/processorMs';

const own = new Set(['care@shop.example']);
const facts = (headers: MailHeaders): MailFacts => mailFactsOf(headers, own);
const by = (headers: MailHeaders) => machineByHeader(facts(headers));

const aPersons = {
  'Return-Path': '<ana@mail.example>',
  From: 'Ana <ana@mail.example>',
  'Content-Type': 'multipart/alternative; boundary="x"',
  'X-Mailer': 'Apple Mail (2.3774)',
};

describe('a machine that answers', () => {
  test.each<[string, MailHeaders]>([
    ['a vacation notice (RFC 3834)', { 'Auto-Submitted': 'auto-replied' }],
    ['with a comment behind it', { 'Auto-Submitted': 'auto-replied (vacation)' }],
    ['with its reason', { 'auto-submitted': 'Auto-Replied; owner-email="x@mail.example"' }],
    ['an old responder', { 'X-Autoreply': 'yes' }],
    ['one that gives its name', { 'X-Autorespond': 'Away' }],
    ['one that counts', { 'X-Autoresponder': '1' }],
    ['Precedence in place of it', { Precedence: 'auto_reply' }],
    ['a server that wants no answer', { 'Return-Path': '<>' }],
    ['written with a space', { 'Return-Path': '< >' }],
    ['a delivery report', { 'Content-Type': 'multipart/report; boundary="x"; report-type=delivery-status' }],
    ['one folded over lines', { 'Content-Type': 'multipart/report;\r\n report-type="delivery-status"' }],
    ["Gmail's", { 'X-Failed-Recipients': 'ana@mail.example' }],
    ['given as a list', { Received: ['a', 'b'], 'Auto-Submitted': ['auto-replied'] }],
  ])('%s', (_what, headers) => {
    expect(by({ ...aPersons, ...headers })).toBe('answers');
  });
});

describe('a machine that sends, behind which a customer may stand', () => {
  test.each<[string, MailHeaders]>([
    ['a form', { 'Auto-Submitted': 'auto-generated' }],
    ['a notification (RFC 5436)', { 'Auto-Submitted': 'auto-notified' }],
    ['what nobody has invented yet', { 'Auto-Submitted': 'robotic' }],
    ['a newsletter', { 'List-Unsubscribe': '<mailto:off@news.example>' }],
    ['a list', { 'List-Id': 'News <news.lists.example>' }],
    ['an older list', { Precedence: 'list' }],
    ['a crowd', { Precedence: 'bulk' }],
    ['junk, by its own word', { Precedence: 'Junk' }],
    ["Exchange's wish for no answers", { 'X-Auto-Response-Suppress': 'All' }],
    ['a part of it', { 'X-Auto-Response-Suppress': 'DR, OOF, AutoReply' }],
  ])('%s', (_what, headers) => {
    expect(by({ ...aPersons, ...headers })).toBe('sends');
  });
});

describe('a person', () => {
  test.each<[string, MailHeaders]>([
    ['an ordinary mail', {}],
    ['one that says so', { 'Auto-Submitted': 'no' }],
    ['one that an old responder has not written', { 'X-Autoreply': 'no', 'X-Autorespond': 'false' }],
    ['first class', { Precedence: 'first-class' }],
    ['who wants no receipts', { 'X-Auto-Response-Suppress': 'DR, NDR, RN, NRN' }],
    ['a signed mail', { 'Content-Type': 'multipart/signed; protocol="application/pgp-signature"' }],
    ['a read receipt is no delivery report', { 'Content-Type': 'multipart/report; report-type=other' }],
    ['empty headers', { 'Auto-Submitted': '', 'List-Id': '', Precedence: ' ' }],
    ['headers of another kind', { 'Auto-Submitted': 7, 'List-Id': null, Precedence: { a: 1 } }],
    [
      "the company's own list that sends its mail on",
      {
        ...{ 'List-Id': '"Care" <care.shop.example>', Precedence: 'list' },
        'List-Unsubscribe': '<https://groups.example/off>',
      },
    ],
    [
      'told by where one posts to it',
      { 'List-Post': '<https://groups.example>, <mailto:care@shop.example>', Precedence: 'list' },
    ],
  ])('%s', (_what, headers) => {
    expect(by({ ...aPersons, ...headers })).toBeNull();
  });

  test("the company's list does not make a machine's mail a person's", () => {
    const list = { 'List-Id': 'care <care.shop.example>', Precedence: 'list' };
    expect(by({ ...list, 'Auto-Submitted': 'auto-replied' })).toBe('answers');
  });

  test('a list whose name only holds the address is not the company’s', () => {
    expect(by({ 'List-Id': '<notcare.shop.example>' })).toBe('sends');
  });
});

test('whatever is in a header, it is read in no time, and nothing of it is kept', () => {
  const value = fc.oneof(fc.string({ maxLength: 80 }), fc.array(fc.anything()), fc.anything());
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value), (headers) => {
      for (const fact of Object.values(facts(headers))) {
        expect([true, false, null, 'replied', 'generated']).toContain(fact);
      }
    }),
  );
  const used = processorMs();
  facts({
    'Content-Type': `multipart/report ${'report-type '.repeat(100_000)}`,
    'Return-Path': '<'.repeat(1e6),
  });
  expect(used()).toBeLessThan(500);
});

describe('on the ticket', () => {
  const person = { id: '1', name: null, email: 'ana@mail.example', locale: null };
  function readOf(body: string, more: Partial<DeskTicket['comments'][number]>) {
    const ticket: DeskTicket = {
      ...{ status: 'open', subject: 'Hello', priority: null, tags: [], groupId: null, assignee: null },
      requester: { ...person, role: 'end-user', isCompany: false, trusted: true },
      ...{ channel: 'email', stamp: '2026-11-25T10:00:00Z' },
      comments: [
        {
          ...{ id: '9', at: '2026-11-25T10:00:00Z', public: true, author: 'requester', authorId: '1' },
          ...{ body, machineMade: false, attachments: [] },
          ...more,
        },
      ],
    };
    return snapshotOf(ticket).comments[0];
  }
  const mail = (headers: MailHeaders) => ({ mail: facts(headers) });

  test('an answer by a machine is none, in whatever words it comes', () => {
    const read = readOf(
      'Tack! Jag är tillbaka snart. Hör av dig?',
      mail({ 'Auto-Submitted': 'auto-replied' }),
    );
    expect(read).toMatchObject({ reading: 'auto-reply' });
    expect(read).not.toHaveProperty('forPerson');
  });

  test('a question that a form sends is shown to a person, a newsletter is not', () => {
    const form = mail({ 'Auto-Submitted': 'auto-generated' });
    expect(readOf('Message: where is my parcel?', form)).toMatchObject({ forPerson: true });
    const newsletter = readOf('Our offers of the week.', mail({ 'List-Unsubscribe': '<x>' }));
    expect(newsletter).toMatchObject({ reading: 'auto-reply' });
    expect(newsletter).not.toHaveProperty('forPerson');
  });

  test('a report tells by its words whether a server has given up', () => {
    const report = mail({ 'X-Failed-Recipients': 'x@mail.example' });
    expect(readOf('Adressen findes ikke.\nAction: failed', report)).toMatchObject({
      reading: 'undeliverable',
    });
    expect(readOf('Action: delayed', report)).toMatchObject({ reading: 'delivery-report' });
  });

  test('the address of a third party tells machines; neither it nor the facts go on', () => {
    const notice = { author: 'third-party' as const, sentFrom: 'no-reply@carrier.example' };
    const read = readOf('We are open on Sunday.', { ...notice, ...mail(aPersons) });
    expect(read).toMatchObject({ reading: 'auto-reply' });
    expect(read).not.toHaveProperty('sentFrom');
    expect(read).not.toHaveProperty('mail');
    expect(readOf('He moved.', { ...notice, sentFrom: 'bo@mail.example' })).toMatchObject({
      reading: 'words',
    });
  });
});
