import { demoCustomers } from '../../src/orders/demoShop';
import { demoOrders } from '../../src/orders/demoOrders';

test('everybody who has orders in the demo shop is introduced, and nobody else', () => {
  const withOrders = new Set(demoOrders(Date.now()).map(({ customerEmail }) => customerEmail));
  expect(demoCustomers.map(({ email }) => email)).toEqual([...withOrders]);
});

test.each(demoCustomers)('$name is told of in one line', ({ email, orders }) => {
  expect(orders).toMatch(/^[^\n]{10,80}$/);
  expect(orders).not.toContain(email);
});
