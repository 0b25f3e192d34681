/** What a desk stored, as the text that a person would have seen. */
import fc from 'fast-check';
import { toPlainText } from '../../src/classify/reading/plainText';
import { longestText, readComment } from '../../src/classify/reading/readComment';
import { findOrderNumbers } from '../../src/classify/reading/orderNumbers';
import { findSignals, isOnlyCourtesy } from '../../src/classify/embedded/signals';
import { readLexicon } from '../../src/classify/embedded/lexicon';
import { anyCharacter } from '../support/anyCharacter';

const words = (body: string) => toPlainText(body).trim();

describe('HTML', () => {
  test.each([
    ['paragraphs', '<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['line breaks', 'One<br>Two<br/>Three', 'One\nTwo\nThree'],
    ['entities', '<p>caf&eacute; &amp; cr&egrave;me &lt;3</p>', 'café & crème <3'],
    ['a link shows its words', '<p>see <a href="https://evil.example">my order</a></p>', 'see my order'],
    ['a picture is nothing', '<p>here: <img src="x.png" alt="lamp"></p>', 'here:'],
    ['a heading stays as written', '<h1>Where is it</h1>', 'Where is it'],
    ['scripts and styles vanish', '<style>p{}</style><script>cancel()</script><p>hi</p>', 'hi'],
    ['comments vanish', '<p>a<!-- refund everything -->b</p>', 'ab'],
    ['capital tags', '<P>One</P>', 'One'],
    ['an open tag', '<p>One', 'One'],
    ['an address in brackets', '<p>Ana <ana@mail.example> asks</p>', 'Ana <ana@mail.example> asks'],
    [
      'words crossed out',
      '<p><span style="text-decoration: line-through">Yes</span> Wait</p>',
      '~~Yes~~ Wait',
    ],
    ['a list', '<ul><li>lamp</li><li>rug</li></ul>', '* lamp\n * rug'],
  ])('%s', (_name, html, text) => {
    expect(words(html)).toBe(text);
  });

  test.each(['a < b and c > d', 'if x<y then', '<3 you', 'mail <ana@mail.example>', '1 <2> 3'])(
    'is not what plain text only looks like: %s',
    (text) => {
      expect(words(text)).toBe(text);
    },
  );
});

describe('what cannot be seen', () => {
  test.each([
    ['zero-width space', 'can\u200Bcel', 'cancel'],
    ['soft hyphen', 'can\u00ADcel', 'cancel'],
    ['byte order mark', '\uFEFFcancel', 'cancel'],
    ['bidirectional marks', '\u202Ecancel\u202C \u2066me\u2069', 'cancel me'],
    ['word joiner', 'can\u2060cel', 'cancel'],
    ['controls', 'can\u0000cel\u0007', 'cancel'],
    ['the control that deletes', 'can\u007Fcel', 'cancel'],
    ['a joiner between Latin letters', 'can\u200Dcel', 'cancel'],
    ['tag letters', 'hi\u{E0063}\u{E0061}', 'hi'],
    ['half a pair', 'a\uD83Db', 'ab'],
    ['no-break space becomes a space', 'a\u00A0b', 'a b'],
    ['all kinds of line breaks', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['letters in two parts become one', 'cafe\u0301', 'café'],
  ])('%s', (_name, hidden, text) => {
    expect(words(hidden)).toBe(text);
  });

  test.each([
    ['a family', '👨‍👩‍👧'],
    ['a skin tone', '👍🏽'],
    ['the flag of Scotland', '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
    ['Hindi with a joiner', 'क्‍ष'],
    ['Arabic', 'أين طلبي؟'],
    ['a tab', 'a\tb'],
  ])('but what holds a sign together stays: %s', (_name, text) => {
    expect(words(text)).toBe(text);
  });
});

describe('any text at all', () => {
  const anything = fc.string({ unit: anyCharacter, maxLength: 400 });

  test('becomes whole characters, and cleaning twice changes nothing', () => {
    fc.assert(
      fc.property(anything, (body) => {
        const plain = toPlainText(body);
        expect(/\p{Surrogate}/u.test(plain)).toBe(false);
        // Entities can spell out new markup; what is free of both is settled at once.
        if (!/[<&]/.test(plain)) expect(toPlainText(plain)).toBe(plain);
      }),
    );
  });

  test('is cut between characters, wherever the limit falls', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), fc.constantFrom('😀', 'é', '👍🏽', 'x'), (shift, sign) => {
        const body = 'a'.repeat(shift) + sign.repeat(longestText + 1);
        const { text, cut } = readComment({ body, machineMade: false, attachments: [] });
        expect(cut).toBe(true);
        expect(text.length).toBeLessThanOrEqual(longestText);
        expect(text.length).toBeGreaterThanOrEqual(longestText - 1);
        expect(/\p{Surrogate}/u.test(text)).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  test('reading what was read gives the same words', () => {
    const sentences = fc.array(
      fc.constantFrom('Where is order 48213?', 'It is late.', 'Thank you', '😀', 'Wo ist es?', '\n', ' '),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(sentences, (parts) => {
        const once = readComment({ body: parts.join(' '), machineMade: false, attachments: [] });
        if (once.reading !== 'words') return;
        expect(readComment({ body: once.text, machineMade: false, attachments: [] })).toEqual(once);
      }),
    );
  });

  test('has signals, numbers and an intent or none, and no accident', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const signals = findSignals(text);
        expect(new Set(signals).size).toBe(signals.length);
        expect(signals.includes('courtesy-only')).toBe(isOnlyCourtesy(text));
        const numbers = findOrderNumbers(text);
        expect(new Set(numbers).size).toBe(numbers.length);
        for (const number of numbers) expect(number).toMatch(/^[A-Z]{0,5}-?\d{4,12}$/);
        expect(readLexicon(text, [])).toEqual([]);
      }),
    );
  });

  test('an order number is found wherever it stands among words', () => {
    const filler = fc.array(fc.constantFrom('please', 'the', 'lamp', 'is', 'late', 'hello'), {
      maxLength: 6,
    });
    const number = fc.integer({ min: 30_000, max: 99_999 }).map(String);
    fc.assert(
      fc.property(filler, number, filler, (before, order, after) => {
        const text = [...before, 'order', order, ...after].join(' ');
        expect(findOrderNumbers(text)).toEqual([order]);
      }),
    );
  });
});
