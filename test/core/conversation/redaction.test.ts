import fc from 'fast-check';
import { containsCardNumber, maskCardNumbers } from '../../../src/core/conversation/redaction';
import { processorMs } from '../../support/processorMs';

test.each([
  ['4111 1111 1111 1111', '1111'],
  ['4111-1111-1111-1111', '1111'],
  ['4111111111111111', '1111'],
  ['5555.5555.5555.4444', '4444'],
  ['378282246310005', '0005'],
  ['6011111111111117', '1117'],
])('a card number is masked: %s', (number, ending) => {
  expect(maskCardNumbers(`my card ${number}, please`)).toBe(`my card [card number ending ${ending}], please`);
  expect(containsCardNumber(number)).toBe(true);
});

test.each([
  'order 48213',
  'order #1000048213',
  'tracking 1Z999AA10123456784',
  'tracking 00340434161094042557',
  'call +49 151 4821 3000 12',
  '4111 1111 1111 1112',
  '0000 0000 0000 0000',
  'WEB-00097 of 2026-11-02 12:12',
])('%s is left alone', (text) => {
  expect(maskCardNumbers(text)).toBe(text);
});

test('every card in a text, and masking twice changes nothing', () => {
  const once = maskCardNumbers('4111 1111 1111 1111 or 5555555555554444');
  expect(once).toBe('[card number ending 1111] or [card number ending 4444]');
  fc.assert(
    fc.property(fc.string(), (text) => maskCardNumbers(maskCardNumbers(text)) === maskCardNumbers(text)),
  );
});

test('long runs of digits take no time', () => {
  const used = processorMs();
  maskCardNumbers('1 '.repeat(30_000));
  maskCardNumbers('4'.repeat(60_000));
  expect(used()).toBeLessThan(500);
});
