import { codesIn, maskCodes, readMailedCode } from '../../../src/policy/hear/readMailedCode';
import { processorMs } from '../../support/processorMs';

test.each([
  ['123456', '123456'],
  ['123 456', '123456'],
  ['123-456', '123456'],
  ['The code is 123456.', '123456'],
  ['Der Code lautet 004711, danke!', '004711'],
  ['Code:123456', '123456'],
  ['code: 123456\nBest, Ana', '123456'],
  ['123456 (123456)', '123456'],
  ['order 50926, and the code is 123456', '123456'],
  ['my order number is 654321', null],
  ['Bestellung 654321, Code 123456', '123456'],
  ['#654321', '654321'],
  ['about #654321', null],
  ['The code for my order is 752304', '752304'],
  ['the code for order 50926 is 752304', '752304'],
  ['The code for order 752304', null],
  ['Code for my order: 752304', '752304'],
  ['Der Code zur Bestellung lautet 752304', '752304'],
  ['le code de la commande est 752304', '752304'],
  ['el código del pedido es 752304', '752304'],
  ['koden til ordren er 752304', '752304'],
  ['de code van mijn bestelling is 752304', '752304'],
  ['I have no code. My order number is 752304', null],
  ['it is 123456 or 654321', null],
  ['12345', null],
  ['1234567', null],
  ['call me on 0151 123456', null],
  ['123456 7890', null],
  ['EUR 123456.00', null],
  ['abc123456', null],
  ['123456@mail.example', null],
  ['1/123456', null],
  ['what code?', null],
  ['', null],
])('%j holds the code %j', (said, code) => {
  expect(readMailedCode(said)).toBe(code);
});

test('all that could be one is masked, and nothing else', () => {
  expect(maskCodes('123456 or 654 321, for order 777777, paid 12.50 on 2026-11-25')).toBe(
    '[code] or [code], for order 777777, paid 12.50 on 2026-11-25',
  );
  expect(codesIn('123456 or 654 321')).toEqual(['123456', '654321']);
});

test('hostile texts cost little', () => {
  const used = processorMs();
  for (const text of [
    '1 '.repeat(30_000),
    '123456 '.repeat(9_000),
    'order '.repeat(10_000),
    '1'.repeat(60_000),
  ]) {
    codesIn(text);
    maskCodes(text);
  }
  expect(used()).toBeLessThan(1_000);
});
