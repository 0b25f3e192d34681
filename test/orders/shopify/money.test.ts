import fc from 'fast-check';
import { decimal, moneySet, moneyV2, unitPriceSet } from '../../../src/orders/shopify/money';

const bag = (amount: string, currencyCode: string) => ({ presentmentMoney: { amount, currencyCode } });

describe('an amount of Shopify', () => {
  it.each([
    ['59.0', 'EUR', 5_900],
    ['59', 'EUR', 5_900],
    ['12.9', 'EUR', 1_290],
    ['0.05', 'USD', 5],
    ['0.0', 'USD', 0],
    ['1300.0', 'JPY', 1_300],
    ['1.234', 'KWD', 1_234],
    ['12.900000', 'EUR', 1_290],
    ['-12.9', 'EUR', -1_290],
    ['99999999999.99', 'EUR', 9_999_999_999_999],
  ])('%s %s is %i in minor units, never by way of a fraction', (amount, currency, minor) => {
    expect(moneySet.parse(bag(amount, currency))).toEqual({ minor, currency });
    expect(moneyV2.parse({ amount, currencyCode: currency })).toEqual({ minor, currency });
  });

  it.each([
    ['a part smaller than a cent', '12.905', 'EUR'],
    ['a part of a yen', '1300.5', 'JPY'],
    ['an exponent', '1e3', 'EUR'],
    ['a comma', '12,90', 'EUR'],
    ['nothing', '', 'EUR'],
    ['more digits than are safe to count', '1'.repeat(15), 'EUR'],
    ['no currency', '12.90', 'euro'],
  ])('with %s is not taken', (_what, amount, currency) => {
    expect(moneySet.safeParse(bag(amount, currency)).success).toBe(false);
  });

  it.each([
    ['3.33666', 'EUR', 333],
    ['0.999', 'EUR', 99],
    ['10.9', 'JPY', 10],
  ])('of one piece, %s %s, is rounded down to %i', (amount, currency, minor) => {
    expect(unitPriceSet.parse(bag(amount, currency))).toEqual({ minor, currency });
  });

  it('is written as Shopify takes it', () => {
    expect(decimal({ minor: 5, currency: 'EUR' })).toBe('0.05');
    expect(decimal({ minor: 1_290, currency: 'EUR' })).toBe('12.90');
    expect(decimal({ minor: 1_300, currency: 'JPY' })).toBe('1300');
    expect(decimal({ minor: 7, currency: 'KWD' })).toBe('0.007');
  });

  it('is the same after it was written and read', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 13 }),
        fc.constantFrom('EUR', 'JPY', 'KWD', 'USD'),
        (minor, currency) => {
          const written = decimal({ minor, currency });
          expect(moneyV2.parse({ amount: written, currencyCode: currency })).toEqual({ minor, currency });
        },
      ),
    );
  });
});
