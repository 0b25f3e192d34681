/** What may be done to an order. Exact: an approval, a confirmation and the shop all see these same arguments. */

export interface Money {
  /** In the currency's minor unit: 1299 is 12.99 EUR, and 1,299 JPY. */
  readonly minor: number;
  /** ISO 4217. */
  readonly currency: string;
}

export interface RefundLine {
  /** The shop's id of the order line. */
  readonly line: string;
  readonly quantity: number;
}

export type OrderAction =
  | { readonly type: 'cancel'; readonly order: string }
  /** `lines` empty: an amount of the whole order. */
  | {
      readonly type: 'refund';
      readonly order: string;
      readonly amount: Money;
      readonly lines: readonly RefundLine[];
    }
  /** As the customer wrote it, lines joined by `\n`; a shop that needs it in parts reads them or refuses. */
  | { readonly type: 'change-address'; readonly order: string; readonly address: string }
  | { readonly type: 'resend-invoice'; readonly order: string }
  | { readonly type: 'store-credit'; readonly order: string; readonly amount: Money };

export const orderActionTypes = [
  'cancel',
  'refund',
  'change-address',
  'resend-invoice',
  'store-credit',
] as const satisfies readonly OrderAction['type'][];

/** `refused`: the order does not allow it (any more); the sentence says why, for agents. */
export type OrderActionOutcome =
  | { readonly type: 'done'; readonly reference: string | null }
  | { readonly type: 'refused'; readonly why: string };

/** `order-changed`: it was approved for an order that stands otherwise by now, and was not done; for agents. */
export type OrderStepOutcome =
  OrderActionOutcome | { readonly type: 'order-changed'; readonly changes: readonly string[] };

/** For agents: `refund EUR 12.99 on order 48213`. No personal data: an address is not told. */
export function describeOrderAction(action: OrderAction): string {
  switch (action.type) {
    case 'cancel':
      return `cancel order ${action.order}`;
    case 'refund': {
      const lines = action.lines.map(({ line, quantity }) => `${quantity} of line ${line}`).join(', ');
      return `refund ${moneyText(action.amount)} on order ${action.order}${lines === '' ? '' : ` (${lines})`}`;
    }
    case 'change-address':
      return `change the delivery address of order ${action.order}`;
    case 'resend-invoice':
      return `send the invoice of order ${action.order} again`;
    case 'store-credit':
      return `give ${moneyText(action.amount)} of store credit for order ${action.order}`;
  }
}

/** With all of its arguments, an address included: for those alone who are to approve exactly this. */
export function exactOrderAction(action: OrderAction): string {
  const what = describeOrderAction(action);
  return action.type === 'change-address' ? `${what} to:\n${action.address}` : what;
}

/** `EUR 12.99`. Decimals by ISO 4217, as `Intl` knows them. */
export function moneyText({ minor, currency }: Money): string {
  const decimals = decimalsOf(currency);
  return `${currency} ${(minor / 10 ** decimals).toFixed(decimals)}`;
}

/** Asking `Intl` takes longer than all else in a note. */
const knownDecimals = new Map<string, number>();

function decimalsOf(currency: string): number {
  const known = knownDecimals.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const { maximumFractionDigits = 2 } = format.resolvedOptions();
  knownDecimals.set(currency, maximumFractionDigits);
  return maximumFractionDigits;
}
