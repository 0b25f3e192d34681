/** What somebody wants does not hang on the digits of their order, nor on the proof they send along. */
import { withoutValues } from '../../src/classify/embedded/withoutValues';
import { demoClassifier } from '../support/classifier';
import { classify } from './policyIntents';
import { processorMs } from '../support/processorMs';

beforeAll(demoClassifier, 120_000);

/** The same on every run: a failure names its digits. */
function digits(seed: number, from: number, to: number): number {
  return from + ((seed * 7_919 + 104_729) % (to - from));
}
const cases = Array.from({ length: 60 }, (_, i) => ({
  order: digits(i * i + 3 * i, 10_000, 99_999),
  code: digits(i * 31 + 7, 1_000, 9_999),
}));

test.each([
  ['cancel_order', 'Please cancel order N, the postal code is P'],
  ['cancel_order', 'Please cancel my order N. My postal code is P.'],
  ['cancel_order', 'Bitte stornieren Sie Bestellung N, die Postleitzahl ist P'],
  ['cancel_order', 'Annulez ma commande N, code postal P'],
  ['order_status', 'Where is my order N? My e-mail is anaP@mail.example'],
])('%s, whatever the digits: %s', async (intent, pattern) => {
  const texts = cases.map(({ order, code }) =>
    pattern.replace('N', String(order)).replace(/P(?=\b|@)/, String(code)),
  );
  expect(new Set(texts.map(withoutValues)).size).toBe(1);
  const [first = '', second = '', third = ''] = texts;
  const read = await Promise.all([first, second, third].map((text) => classify(text)));
  expect(read.map((one) => one.intent)).toEqual([intent, intent, intent]);
});

test.each([
  ['Please cancel order 63000, the postal code is 2100', 'Please cancel order 51877'],
  ['cancel 51877, PLZ: 10115', 'cancel 51877'],
  ['Order 63000. My zip code is SW1A 1AA.', 'Order 51877 .'],
  ['the code is 123 456', ''],
  ['my postal code is 2100', ''],
  ['it is ana@shop.example', 'it is me@mail.example'],
  ['my e-mail address is ana@shop.example', ''],
  ['51877', ''],
  ['the new postal code is 8000', 'the new postal code is 51877'],
  ['on 2026-11-03, 2 mugs, 0151 2', 'on 2026-11-03, 2 mugs, 51877 2'],
])('%j reads as %j', (text, masked) => {
  expect(withoutValues(text)).toBe(masked);
});

test.each(['my postal code is ', '48213 ', 'a@b.', ', and the e-mail of '])(
  'a hostile text takes no time: %j',
  (piece) => {
    const used = processorMs();
    withoutValues(piece.repeat(2_200 / piece.length));
    expect(used()).toBeLessThan(500);
  },
);
