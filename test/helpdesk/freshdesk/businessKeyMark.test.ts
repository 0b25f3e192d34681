/** The key that travels with the words: found again, in whatever a sanitizer leaves of it, and nowhere else. */
import fc from 'fast-check';
import type { OutgoingComment } from '../../../src/core/ticket/update';
import { bodyOfHtml } from '../../../src/helpdesk/embedded/freshdesk/messageBody';
import { keyIn, markedHtml, saysTheSame } from '../../../src/helpdesk/freshdesk/businessKeyMark';

const words = (text: string, isPublic: boolean): OutgoingComment => ({ public: isPublic, text, html: null });
const keys = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' });

test('whatever the key and the words, a desk that keeps classes gives it back', () => {
  fc.assert(
    fc.property(keys, fc.string(), fc.boolean(), (key, text, isPublic) => {
      const { body } = bodyOfHtml(markedHtml(words(text, isPublic), key), 'keeps-classes');
      expect(keyIn(body, isPublic)).toBe(Buffer.from(key).toString());
    }),
  );
});

test('a desk that keeps no attributes gives back that of a note', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9/-]{1,40}$/), fc.string(), (key, text) => {
      const { body } = bodyOfHtml(markedHtml(words(text, false), key), 'keeps-no-attributes');
      expect(keyIn(body, false)).toBe(key);
    }),
  );
});

test('and of a reply the words, by which it is told', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const reply = words(`Hi ${text}\nDeskhand ref. 1/0/note`, true);
      const { body } = bodyOfHtml(markedHtml(reply, '1/0/reply'), 'keeps-no-attributes');
      expect(keyIn(body, true)).toBeNull();
      expect(saysTheSame(body, reply)).toBe(true);
    }),
  );
});

test.each([
  ['a mark in words', '<p>deskhand-key-MS8wL3JlcGx5</p>'],
  ['a tag in words', '<p>&lt;div class="deskhand-key-MS8wL3JlcGx5"&gt;</p>'],
  ['a line that is not the last', '<p>Deskhand ref. 1/0/note</p><p>So they wrote.</p>'],
  ['nothing', ''],
])('%s is no key', (_what, html) => {
  expect(keyIn(html, false)).toBeNull();
});

test('words are the same however they are laid out, and others are not', () => {
  const reply: OutgoingComment = {
    public: true,
    text: '',
    html: '<p>Hi Ana,<br>it arrives <b>today</b>.</p>',
  };
  expect(saysTheSame('<div>Hi Ana,</div>\n<div>it  arrives today.</div>', reply)).toBe(true);
  expect(saysTheSame('<div>Hi Ana, it arrives today.<p>-- Nora</p></div>', reply)).toBe(true);
  expect(saysTheSame('<div>Hi Ana, it arrives tomorrow.</div>', reply)).toBe(false);
  expect(saysTheSame('<div>Hi Ana</div>', words(' ', true))).toBe(false);
});
