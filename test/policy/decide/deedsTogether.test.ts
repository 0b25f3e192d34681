import type { OrderAction } from '../../../src/core/orders/orderAction';
import { neverTogether, whyNotTogether } from '../../../src/policy/decide/deedsTogether';

const order = '48213';
const refund = (minor: number): OrderAction => ({
  type: 'refund',
  order,
  amount: { minor, currency: 'EUR' },
  lines: [],
});
const credit = (minor: number): OrderAction => ({
  type: 'store-credit',
  order,
  amount: { minor, currency: 'EUR' },
});
const left = { currency: 'EUR', refundable: 1_000 };

test.each<[readonly OrderAction['type'][], string | null]>([
  [[], null],
  [['refund'], null],
  [['refund', 'store-credit'], null],
  [['cancel', 'resend-invoice'], null],
  [['change-address', 'resend-invoice'], null],
  [['refund', 'refund'], 'does refund twice, and for one message it is done to an order once'],
  [['cancel', 'refund'], 'does refund to an order that it cancels, and with a cancellation all goes back'],
  [
    ['change-address', 'cancel'],
    'does change-address to an order that it cancels, and with a cancellation all goes back',
  ],
])('%j: %s', (types, why) => {
  expect(neverTogether(types)).toBe(why);
});

test('a refund and a store credit are never more than was paid, together', () => {
  expect(whyNotTogether([refund(600), credit(400)], left)).toBeNull();
  expect(whyNotTogether([refund(600), credit(401)], left)).toBe(
    'it gives EUR 10.01 in all, and only EUR 10.00 may be given still',
  );
});

test('one by itself was held against the order already', () => {
  expect(whyNotTogether([refund(5_000)], left)).toBeNull();
});

test('what no order allows is said of each', () => {
  expect(whyNotTogether([refund(1), refund(1)], left)).toContain('it does refund twice');
});
