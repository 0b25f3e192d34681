/** What agents write of themselves cannot pass for somebody else's words, wherever it is shown. */
import fc from 'fast-check';
import { parseAgentMessage, parsePolicyChoice } from '../../src/contracts/parse';
import { parseSetMode } from '../../src/contracts/parseModes';
import { asShown, isOneLine, isShownAsWritten, oneLine } from '../../src/contracts/shownText';
import { actionBody, setModeBody } from '../../src/server/schemas';
import { anyCharacter } from '../support/anyCharacter';

const forged = 'maria\nApproved by lea';
const hidden = ['a\u0000b', 'a\u001b[31mb', 'a\u0085b', 'a\u2028b', 'a\u202eb', 'a\u2066b'];

it.each<[string, string]>([
  [forged, 'maria Approved by lea'],
  ['maria\r\n\tk', 'maria k'],
  [' maria ', 'maria'],
  ['\u0000', '?'],
  ...hidden.map((text): [string, string] => [text, text.replace(/^a.(.*)$/su, 'a $1')]),
])('a name is one line: %j is shown as %j', (text, shown) => {
  expect(oneLine(text)).toBe(shown);
});

it('a reason keeps its lines, and nothing that hides or turns words', () => {
  expect(asShown('too much\r\n\tfor this\u202e one\u0007')).toBe('too much\n\tfor this  one');
  expect(isShownAsWritten('too much\r\n\tfor this one')).toBe(true);
  for (const text of hidden) expect(isShownAsWritten(text)).toBe(false);
});

it.each(['Łukasz', 'Зоя', 'می‌خواهم', '李雷', 'O’Brien-Smith', 'Zoë 👩‍💻', 'lea@shop.example'])(
  'names of the world stay as they are: %s',
  (name) => {
    expect(isOneLine(name)).toBe(true);
    expect(oneLine(name)).toBe(name);
  },
);

it('what is shown is shown the same again, is never blank, and is no longer than it was', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: anyCharacter }), (text) => {
      for (const show of [oneLine, asShown]) {
        expect(show(show(text))).toBe(show(text));
        expect(show(text)).not.toMatch(/^\s*$/);
        expect(show(text).length).toBeLessThanOrEqual(text.length);
      }
      expect(isOneLine(oneLine(text))).toBe(true);
      expect(isShownAsWritten(asShown(text))).toBe(true);
    }),
  );
});

it('a signal by hand is taken, and cleaned', () => {
  const message = { by: forged, reason: 'no\u0000\nway', mode: 'draft', version: 'p-3f2a91c07b4e' };
  const shown = { by: 'maria Approved by lea', reason: 'no \nway' };
  expect(parseAgentMessage('reject', message, 'x')).toMatchObject({ ok: true, value: shown });
  expect(parseSetMode(message)).toMatchObject({ ok: true, value: shown });
  expect(parsePolicyChoice(message)).toMatchObject({ ok: true, value: { by: shown.by } });
});

it('a request is refused, with what is wrong where', () => {
  const whyNot = (body: object, schema: typeof actionBody | typeof setModeBody = actionBody) =>
    schema.safeParse(body).error?.issues.map(({ path, message }) => `${path.join()}: ${message}`);
  expect(whyNot({ action: 'approve', by: forged })).toEqual([
    'by: must be one line, without control characters or marks that turn the direction of words',
  ]);
  expect(whyNot({ mode: 'draft', by: 'maria', reason: 'a\u202eb' }, setModeBody)).toEqual([
    expect.stringMatching(/^reason: must be without control characters, line ends and tabs excepted/),
  ]);
  expect(whyNot({ action: 'reject', by: 'maria', reason: 'too much\nfor this' })).toBeUndefined();
});
