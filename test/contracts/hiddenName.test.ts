/** Names for what must not be read: the same again, told apart, and nothing of what they hide. */
import { hiddenName } from '../../src/contracts/hiddenName';

test('is the same for the same, and another for anything else', () => {
  expect(hiddenName('ana@mail.example')).toBe(hiddenName('ana@mail.example'));
  expect(hiddenName('ana@mail.example')).not.toBe(hiddenName('Ana@mail.example'));
});

test('is as those that are in use: an account is found again after an upgrade', () => {
  // printf %s ana@mail.example | sha256sum
  expect(hiddenName('ana@mail.example')).toBe('7f0d4910592408724f1860bc3faf02f7');
});

test('of several parts, text or bytes, is that of them one after the other', () => {
  expect(hiddenName('2026-11-25', Buffer.from('{"a":1}'))).toBe(hiddenName('2026-11-25{"a":1}'));
});
