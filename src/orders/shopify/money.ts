/** Shopify's decimal strings (`"12.9"`, `"1300.0"`) from and to integers in the currency's minor unit. */
import { z } from 'zod';
import type { Money } from '../../core/orders/orderAction';

const exact = moneySchema('exact');

/** An exact amount in the one currency it has. */
export const moneyV2: z.ZodType<Money> = exact;

/**
 * An exact amount. Presentment money: what the customer saw, paid in, and is paid back in; where the shop sells in
 * one currency only, it is the shop's money too.
 * shopify.dev/docs/api/admin-graphql/2026-10/objects/MoneyBag
 */
export const moneySet: z.ZodType<Money> = z
  .object({ presentmentMoney: exact })
  .transform(({ presentmentMoney }) => presentmentMoney);

/** Of one piece: Shopify divides and may tell more digits than can be paid. Never more than was paid. */
export const unitPriceSet: z.ZodType<Money> = z
  .object({ presentmentMoney: moneySchema('down') })
  .transform(({ presentmentMoney }) => presentmentMoney);

function moneySchema(rounding: 'exact' | 'down'): z.ZodType<Money> {
  return z
    .object({
      amount: z.string().regex(/^-?\d{1,14}(\.\d{1,12})?$/),
      currencyCode: z.string().regex(/^[A-Z]{3}$/),
    })
    .transform(({ amount, currencyCode }, context): Money => {
      const minor = minorOf(amount, decimalsOf(currencyCode), rounding);
      if (minor !== null) return { minor, currency: currencyCode };
      context.addIssue({ code: 'custom', message: 'has parts smaller than the currency has' });
      return z.NEVER;
    });
}

function minorOf(amount: string, decimals: number, rounding: 'exact' | 'down'): number | null {
  const [whole = '', fraction = ''] = amount.split('.');
  const rest = fraction.slice(decimals);
  if (rounding === 'exact' && /[1-9]/.test(rest)) return null;
  const minor = Number(whole.replace('-', '') + fraction.slice(0, decimals).padEnd(decimals, '0'));
  return amount.startsWith('-') && minor > 0 ? -minor : minor;
}

/** `12.90`: as Shopify takes it. */
export function decimal({ minor, currency }: Money): string {
  const decimals = decimalsOf(currency);
  const digits = String(minor).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function decimalsOf(currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return maximumFractionDigits;
}
