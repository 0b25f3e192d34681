/** One order number, however it is written; and two that only look alike. */
import { isSameOrder, plainNumber } from '../../../src/core/orders/orderNumber';

test.each([
  ['#50926', '50926', true],
  ['# 50926 ', '50926', true],
  ['web-00097', 'WEB-00097', true],
  ['50926', '50927', false],
  ['1-23', '12-3', false],
  ['48213.1', '482131', false],
  ['', '50926', false],
])('%p and %p: one order, %p', (one, other, same) => {
  expect(isSameOrder(one, other)).toBe(same);
  expect(isSameOrder(other, one)).toBe(same);
});

test('what is plain stays as it is', () => {
  for (const number of ['#50926', ' WEB-1', '# 7', '1-23']) {
    const plain = plainNumber(number);
    expect(isSameOrder(plain, number)).toBe(true);
  }
});
