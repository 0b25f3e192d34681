import { NoDeprecatedCustomRule, parse, specifiedRules, validate } from 'graphql';
import * as operations from '../../../src/orders/shopify/operations';
import { adminSchema, startShopifyDouble } from './double/startShopifyDouble';
import { openedShop } from './openedShop';
import { addOrder } from './double/storedShop';

describe('what is sent to Shopify', () => {
  const rules = [...specifiedRules, NoDeprecatedCustomRule];

  it.each(Object.entries(operations))(
    'is what the published schema of 2026-10 allows: %s',
    (_name, operation) => {
      expect(validate(adminSchema, parse(operation), rules).map(({ message }) => message)).toEqual([]);
    },
  );

  it('is named, so that it can be told apart in the logs of Shopify', () => {
    const names = Object.values(operations).map((operation) => /(query|mutation) (\w+)/.exec(operation)?.[2]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => name?.startsWith('Deskhand'))).toBe(true);
  });

  it('carries the idempotency key that refunds need since 2026-04', () => {
    expect(operations.createRefund).toContain('@idempotent(key: $key)');
  });

  describe('and the double', () => {
    it.each([
      ['a field that the schema does not have', operations.readJob.replace('done', 'finished'), /finished/],
      ['an argument it does not have', operations.readJob.replace('(id:', '(jobId:'), /jobId/],
      [
        'an enum value it does not have',
        operations.cancelOrder.replace('reason: CUSTOMER', 'reason: WEATHER'),
        /WEATHER/,
      ],
      [
        'a deprecated argument',
        operations.cancelOrder.replace('restock: true', 'restock: true refund: true'),
        /deprecated/,
      ],
      ['a variable of another type', operations.readJob.replace('$id: ID!', '$id: Int!'), /Int!/],
    ])('refuses %s', (_what, operation, message) => {
      const mistakes = validate(adminSchema, parse(operation), rules).map((mistake) => mistake.message);
      expect(mistakes.join('\n')).toMatch(message);
    });

    it('refuses a refund without an idempotency key', async () => {
      const double = await startShopifyDouble();
      try {
        const order = addOrder(double.shop, { name: '#1001' });
        const { send } = openedShop(double);
        const query = operations.createRefund
          .replace('@idempotent(key: $key)', '')
          .replace(', $key: String!', '');
        const input = { orderId: order.id, currency: 'EUR', transactions: [], refundLineItems: [] };
        expect(JSON.stringify(await send(query, { input }))).toContain('@idempotent directive is required');
        expect(order.refunds).toEqual([]);
      } finally {
        await double.stop();
      }
    });
  });
});
