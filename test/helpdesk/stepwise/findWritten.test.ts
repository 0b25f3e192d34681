/** How what an earlier attempt wrote is known again: by its key, or where that is gone by its words. */
import { findByKey, findByKeyOrWords, lettersOf } from '../../../src/helpdesk/stepwise/findWritten';
import type { WrittenComment } from '../../../src/helpdesk/stepwise/stepwiseDesk';

const key = '17/200/reply';
const reply = { public: true, text: 'It arrives on Friday.', html: null };
const note = { ...reply, public: false };
const ours: WrittenComment = {
  ...{ id: '201', at: '2026-11-25T12:00:00Z', author: 'bot', public: true, machineMade: false },
  ...{ key: null, html: 'It arrives on  Friday.' },
};
const sameLetters = (html: string, { text }: { text: string }) => lettersOf(html) === lettersOf(text);
const find = (comment: WrittenComment, of: typeof reply | null, under = key) =>
  findByKeyOrWords([comment], under, of, sameLetters);

test('by its key, whatever it says, where it is ours', () => {
  expect(findByKey([{ ...ours, key }], key)).toMatchObject({ id: '201' });
  expect(find({ ...ours, key, html: 'Otherwise' }, reply)).toMatchObject({ id: '201' });
  expect(findByKey([{ ...ours, key, author: 'agent' }], key)).toBeUndefined();
});

test.each<[string, Partial<WrittenComment>, typeof reply | null, string, boolean]>([
  ['the same words, laid out anew', {}, reply, key, true],
  ['other words', { html: 'On Monday.' }, reply, key, false],
  ['the same words under another key', { key: '17/100/reply' }, reply, key, false],
  ['the same words, older than the message that is answered', { id: '199' }, reply, key, false],
  ["an agent's same words", { author: 'agent' }, reply, key, false],
  ['the same words, for other eyes', { public: false }, reply, key, false],
  ['a note of the same words', { public: false }, note, key, true],
  ['a reply that was taken back', { html: '' }, reply, key, true],
  ['a note that was taken back', { html: '', public: false }, note, key, false],
  ['any words of ours, where only whether is asked', { html: 'On Monday.' }, null, key, true],
  ['any words, for a key that names no message', { html: 'On Monday.' }, null, 'k/reply', false],
  ['the same words, for a key that names no message', {}, reply, 'k/reply', true],
])('%s', (_what, change, comment, under, isFound) => {
  expect(find({ ...ours, ...change }, comment, under) !== undefined).toBe(isFound);
});
