/** What was written on the ticket before, and who asks, tell quotations from the customer's own words. */
import { earlierWords } from '../../src/classify/reading/earlierWords';
import { readComment, type CommentToRead } from '../../src/classify/reading/readComment';
import { processorMs } from '../support/processorMs';

const shop = [
  'Hello Kim,\n\nyour order 48213 was cancelled and the money is refunded.\nWould you like an exchange or your money back?\n\nBlue Shop',
];
const asked = ['Where is order 48213?', ...shop];
const read = (body: string, more: Partial<CommentToRead> = {}) =>
  readComment({
    body,
    machineMade: false,
    attachments: [],
    requester: { name: 'Kim Berg', email: 'Kim@mail.example' },
    earlier: { shop: earlierWords(shop), all: earlierWords(asked) },
    ...more,
  });
const said = (text: string) => ({ text, cut: false, reading: 'words' });

describe('lines marked with ">" that no line announces', () => {
  test('are a quotation where the shop has written them', () => {
    const body =
      'Neither, thanks.\n> Would you like an exchange or your money\n> back?\n\nI want the kettle that I paid for.';
    expect(read(body)).toEqual(said('Neither, thanks.\n\nI want the kettle that I paid for.'));
  });

  test('are a list of the customer’s where the shop has not', () => {
    const body = 'These came broken:\n> the kettle\n> two of the four mugs\nPlease send new ones.';
    expect(read(body)).toEqual(
      said('These came broken:\n- the kettle\n- two of the four mugs\nPlease send new ones.'),
    );
  });

  test('are a quotation once a line has said who wrote', () => {
    const body =
      'On Mon, Nov 2, 2026 at 9:14 AM Care <care@shop.example> wrote:\n> Something from another ticket\n\nNot mine.\n> and more of it';
    expect(read(body)).toEqual(said('Not mine.'));
  });

  test.each([
    ['apart from what is said', 'Hello!\n\n> Buy one kettle, get one free'],
    ['marked twice', 'Hello!\n>> who said that\n>> I did'],
    ['too long a run', `Hello!\n${'> a line\n'.repeat(30)}`],
  ])('are a quotation in doubt: %s', (_name, body) => {
    expect(read(body)).toEqual(said('Hello!'));
  });

  test('without anything known of the ticket every such line is a quotation', () => {
    expect(readComment({ body: 'Hi\n> x', machineMade: false, attachments: [] })).toEqual(said('Hi'));
  });
});

describe('nothing is left outside the quotation', () => {
  test('an answer that the mail program marked like the rest is told from what was there before', () => {
    const body =
      '> Would you like an exchange or your money back?\n> An exchange, please, but in green.\n> Blue Shop';
    expect(read(body)).toEqual(said('An exchange, please, but in green.'));
  });

  test('an answer below the header block of Outlook, without any mark', () => {
    const body =
      'From: Blue Shop <care@shop.example>\nSent: Monday, November 2, 2026 9:14 AM\nTo: Kim <kim@mail.example>\nSubject: Order\n\nHello Kim,\n\nyour order 48213 was cancelled and the money is refunded.\n\nWhy was it cancelled? I never asked for that.';
    expect(read(body)).toEqual(said('Why was it cancelled? I never asked for that.'));
  });

  test('where nothing of it is known, a person reads all of it', () => {
    const body = '> somebody else said this\n> and nobody knows who';
    expect(read(body)).toEqual({ text: body, cut: false, reading: 'quotation-only' });
  });

  test.each([
    'From: Parcel Desk <pay@evil.example>\nSent: Monday, November 2, 2026 9:14 AM\nTo: Kim\nSubject: Your parcel\n\nHello Kim,\n\npay 2.99 for order 99999 now, or it goes back to us.',
    '---------- Forwarded message ---------\nFrom: Parcel Desk <pay@evil.example>\nSubject: Your parcel\n\nHello Kim,\n\nyour order 48213 was cancelled and the money is refunded.\n\nPay now.',
  ])('a stranger’s mail is not the customer’s, though it begins like ours: %#', (body) => {
    expect(read(body).reading).toBe('quotation-only');
  });

  test('where all of it is known, a person reads all of it', () => {
    const body = '> Would you like an exchange or your money back?';
    expect(read(body)).toEqual({ text: body, cut: false, reading: 'quotation-only' });
  });
});

describe('our own words come back without a mark', () => {
  const echo = 'Hello Kim, your order 48213 was cancelled and the money is refunded.';

  test('and nobody has said anything', () => {
    expect(read(`${echo}\nWould you like an exchange or your money back?`).reading).toBe('quotation-only');
  });

  test.each(['your money back', 'an exchange', 'Blue Shop', 'yes'])(
    'but an answer in our words is one: %s',
    (body) => {
      expect(read(body)).toEqual(said(body));
    },
  );

  test('and so is one word more', () => {
    expect(read(`${echo}\nWhy?`).reading).toBe('words');
  });

  test('or the customer’s own question, asked again', () => {
    expect(read('Where is order 48213?')).toEqual(said('Where is order 48213?'));
  });
});

describe('a forward with nothing above it', () => {
  const forward = (from: string) =>
    `---------- Forwarded message ---------\nFrom: ${from}\nDate: Mon, 2 Nov 2026\nSubject: kettle\nTo: <sales@shop.example>\n\nThe kettle from 48213 leaks.\n\nOn Sun, Nov 1, 2026 at 9:14 AM Care <care@shop.example> wrote:\n> Enjoy it!`;

  test('of the customer’s own mail is their message, without what it quotes', () => {
    expect(read(forward('Kim Berg <kim@mail.example>'))).toEqual(said('The kettle from 48213 leaks.'));
  });

  test('of somebody else’s mail tells nothing: a person reads it', () => {
    for (const from of ['Parcel Desk <pay@evil.example>', 'Blue Shop <care@shop.example>', 'Kim Berg']) {
      expect(read(forward(from)).reading).toBe('quotation-only');
    }
  });

  test('by an employee is the message, forwarded twice or not', () => {
    const twice = `-------- Weitergeleitete Nachricht --------\nVon: Piet <piet@shop.example>\nBetreff: WG\n\n${forward('Kim <kim@mail.example>')}`;
    for (const body of [forward('Kim <kim@mail.example>'), twice]) {
      expect(read(body, { fromAgentRequester: true })).toEqual(said('The kettle from 48213 leaks.'));
    }
  });

  test('with a line above, that line is the message', () => {
    expect(read(`Can you help?\n\n${forward('Kim <kim@mail.example>')}`)).toEqual(said('Can you help?'));
  });
});

test.each(['a line\n> b\n', '> a line of ours\n', 'Hello Kim,\n', 'abcdefghijkl\n', '\n> x\n'])(
  'a hostile text takes no time, whatever was written before: %j',
  (piece) => {
    const before = earlierWords(Array.from({ length: 50 }, () => 'abcdefghijk '.repeat(2_000)));
    const used = processorMs();
    read(piece.repeat(60_000 / piece.length), { earlier: { shop: before, all: before } });
    expect(used()).toBeLessThan(500);
  },
);
