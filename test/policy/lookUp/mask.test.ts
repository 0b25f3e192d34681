import fc from 'fast-check';
import { maskedExcerpt } from '../../../src/policy/lookUp/mask';
import { processorMs } from '../../support/processorMs';

describe("the customer's words in a note", () => {
  test.each([
    ['charge 4111 1111 1111 1111 please', 'charge [card number ending 1111] please'],
    ['4111-1111-1111-1111', '[card number ending 1111]'],
    ['4111\u200b1111\u200b1111\u200b1111', '[card number ending 1111]'],
    ['4111  1111\n1111 1111', '[card number ending 1111]'],
    ['write to ana.costa+shop@mail.example.', 'write to [e-mail address].'],
    ['<ana@mail.example>', '<[e-mail address]>'],
    ['call +353 1 555 0102 today', 'call [number] today'],
    ['(0151) 234-56789', '([number]'],
    ['IBAN 12345678901234567890', 'IBAN [number]'],
    ['send it to 9 Harbour Road, Cork', 'send it to [street], Cork'],
    ['12 rue de la Paix', '[street]'],
    ['Bitte an Lange Straße 4 schicken', 'Bitte an [street] schicken'],
    ['calle Mayor 5', '[street]'],
    ['Nørregade 12', '[street]'],
  ])('%j is written down as %j', (text, masked) => {
    // A number in brackets keeps only its opening bracket: what matters is that no digit is left.
    expect(maskedExcerpt(text)).toContain(masked);
    expect(maskedExcerpt(text)).not.toMatch(/\d{5}|@|1111 1111|Harbour|Paix|Mayor/);
  });

  test.each([
    'where is 48213?',
    'order 51877 of 2 mugs, paid 59.00',
    'I waited 10 days, 3 mails',
    'the 2 lamps',
  ])('%j stays as it is', (text) => {
    expect(maskedExcerpt(text)).toBe(text);
  });

  test('line breaks, tabs and invisible characters leave one line', () => {
    expect(maskedExcerpt('a\u202e\n\n\tb\u0000c\u200d')).toBe('a b c');
  });

  test('is cut at 240 characters, never within a character', () => {
    const cut = maskedExcerpt('🙂'.repeat(300));
    expect(Array.from(cut)).toHaveLength(240);
    expect(cut.endsWith('🙂…')).toBe(true);
  });

  test('of a text that fills a book only the beginning is looked at, and nothing is half masked at its end', () => {
    const used = processorMs();
    for (const piece of [
      'a',
      'A',
      '1',
      '1 ',
      '-',
      '#',
      '?',
      '🙂',
      'a@',
      'Lange ',
      'rue de ',
      '9 Harbour ',
      ' ',
    ]) {
      const excerpt = maskedExcerpt(piece.repeat(160_000 / piece.length));
      expect(Array.from(excerpt).length).toBeLessThanOrEqual(240);
    }
    expect(used()).toBeLessThan(2_000);
    // Addresses become short: what is shown of 2,000 characters may reach their end.
    const filled = 'customer-address@mail.example '.repeat(66);
    expect(maskedExcerpt(`${filled}call +353 1 555 0102 please${' and so on'.repeat(300)}`)).not.toMatch(
      /\d/,
    );
    expect(maskedExcerpt(`${' '.repeat(12_000)}+353 1 555 0102`)).not.toMatch(/\d/);
  });

  test('nothing in, nothing out', () => {
    expect(maskedExcerpt(' \n ')).toBe('');
  });

  test('no long number, address or second line gets through, whatever is around it', () => {
    const secret = fc.constantFrom('4111 1111 1111 1111', 'ana@mail.example', '+353 1 555 0102');
    const words = fc
      .string({ unit: 'grapheme-ascii', maxLength: 40 })
      .map((text) => text.replace(/\d/g, 'x'));
    fc.assert(
      fc.property(words, secret, words, (before, hidden, after) => {
        const masked = maskedExcerpt(`${before} ${hidden} ${after}`);
        expect(masked).not.toContain(hidden);
        expect(masked).not.toMatch(/\n/);
        expect(Array.from(masked).length).toBeLessThanOrEqual(240);
      }),
    );
  });

  test('a long hostile text takes no time to speak of', () => {
    const used = processorMs();
    for (const text of ['1 '.repeat(10_000), 'a@'.repeat(10_000), 'Aa '.repeat(7_000), '9 A '.repeat(5_000)])
      maskedExcerpt(text);
    expect(used()).toBeLessThan(2_000);
  });
});
