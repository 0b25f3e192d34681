/** How the double carries mutations out: with Shopify's own rules about what is refused, and its idempotency. */
import { GraphQLError, Kind, type GraphQLResolveInfo } from 'graphql';
import { cancel } from './cancellation';
import { digestOf, metafieldNode, refundNode } from './reads';
import {
  minorOf,
  newId,
  orderOf,
  timeOf,
  type StoredAddress,
  type StoredOrder,
  type StoredShop,
} from './storedShop';

interface MetafieldWritten {
  readonly ownerId?: string;
  readonly namespace: string;
  readonly key: string;
  readonly value: string;
  readonly compareDigest?: string | null;
}

interface RefundWritten {
  readonly orderId: string;
  readonly currency: string;
  readonly note: string;
  readonly refundLineItems: readonly { readonly lineItemId: string; readonly quantity: number }[];
  readonly transactions: readonly {
    readonly amount: string;
    readonly gateway: string;
    readonly parentId: string;
    readonly kind: string;
    readonly orderId: string;
  }[];
}

export function writeRoots(shop: StoredShop) {
  return {
    refundCreate: ({ input }: { input: RefundWritten }, _context: unknown, info: GraphQLResolveInfo) =>
      refundOnce(shop, input, keyOf(info)),
    orderCancel: (args: { orderId: string; staffNote: string }) => cancel(shop, args),
    orderUpdate: ({
      input,
    }: {
      input: { id: string; shippingAddress?: Partial<StoredAddress>; metafields?: MetafieldWritten[] };
    }) => {
      const order = orderOf(shop, input.id);
      if (order.cancelledAt !== null) return refused(null, 'A cancelled order cannot be changed.', 'order');
      if (input.shippingAddress !== undefined) {
        const { zip, ...rest } = input.shippingAddress;
        if (zip === '0000') return refused(['shippingAddress', 'zip'], 'Zip 0000 is not valid', 'order');
        // Overwrites the existing one: what is not sent is gone.
        order.address = { ...noAddress, ...rest, zip: zip ?? null };
      }
      for (const metafield of input.metafields ?? []) store(shop, order, metafield);
      return { order, userErrors: [] };
    },
    orderInvoiceSend: ({ id }: { id: string }) => {
      shop.invoicesSent.push(orderOf(shop, id).name);
      return { order: orderOf(shop, id), userErrors: [] };
    },
    storeCreditAccountCredit: ({
      id,
      creditInput,
    }: {
      id: string;
      creditInput: { creditAmount: { amount: string; currencyCode: string } };
    }) => {
      const { amount, currencyCode } = creditInput.creditAmount;
      const credit = {
        id: newId('StoreCreditAccountCreditTransaction'),
        customerId: id,
        minor: minorOf(amount, currencyCode),
        currency: currencyCode,
        createdAt: timeOf(shop),
      };
      shop.credits.push(credit);
      return { storeCreditAccountTransaction: { id: credit.id }, userErrors: [] };
    },
    metafieldsSet: ({ metafields }: { metafields: readonly MetafieldWritten[] }) => {
      const written = [];
      for (const metafield of metafields) {
        const order = orderOf(shop, metafield.ownerId ?? '');
        const place = `${metafield.namespace}.${metafield.key}`;
        const stored = order.metafields.get(place);
        const digest = stored === undefined ? null : digestOf(stored.value);
        if (metafield.compareDigest !== undefined && metafield.compareDigest !== digest) {
          const message = 'The resource has been updated since it was loaded.';
          return { metafields: null, userErrors: [{ field: ['metafields'], message, code: 'STALE_OBJECT' }] };
        }
        store(shop, order, metafield);
        written.push(metafieldNode(order, place));
      }
      return { metafields: written, userErrors: [] };
    },
  };
}

const noAddress: StoredAddress = {
  firstName: null,
  lastName: null,
  company: null,
  phone: null,
  address1: null,
  address2: null,
  city: null,
  zip: null,
  provinceCode: null,
  countryCode: null,
};

function refused(field: readonly string[] | null, message: string, empty: string) {
  return { [empty]: null, userErrors: [{ field, message }] };
}

function store(shop: StoredShop, order: StoredOrder, { namespace, key, value }: MetafieldWritten): void {
  if (!/^[\w-]{2,64}$/.test(key)) throw new GraphQLError(`no key of a metafield: ${key}`);
  order.metafields.set(`${namespace}.${key}`, { value, updatedAt: timeOf(shop) });
}

function keyOf(info: GraphQLResolveInfo): string | null {
  const directive = info.fieldNodes[0]?.directives?.find(({ name }) => name.value === 'idempotent');
  const value = directive?.arguments?.[0]?.value;
  if (value === undefined) return null;
  const key = value.kind === Kind.VARIABLE ? info.variableValues[value.name.value] : null;
  return typeof key === 'string' && key.trim() !== '' ? key : null;
}

/** As of 2026-04 the key is a must; the same key with other parameters is refused, the same again answered as before. */
function refundOnce(shop: StoredShop, input: RefundWritten, key: string | null) {
  if (key === null) throw new GraphQLError('The @idempotent directive is required for this mutation');
  const known = shop.refundsByKey.get(key);
  const order = orderOf(shop, input.orderId);
  if (known !== undefined) {
    const made = order.refunds.find(({ id }) => id === known.refundId);
    if (known.input === JSON.stringify(input) && made !== undefined) {
      return { refund: refundNode(made), userErrors: [] };
    }
    const message = 'The same idempotency key cannot be used with different operation parameters.';
    return refused(null, message, 'refund');
  }
  const why = whyNoRefund(order, input);
  if (why !== null) return refused(['transactions'], why, 'refund');
  const made = pay(shop, order, input);
  shop.refundsByKey.set(key, { input: JSON.stringify(input), refundId: made.id });
  return { refund: refundNode(made), userErrors: [] };
}

function whyNoRefund(order: StoredOrder, input: RefundWritten): string | null {
  if (input.currency !== order.currency) return 'Currency must be the presentment currency.';
  for (const { parentId, gateway, amount, kind, orderId } of input.transactions) {
    const payment = order.payments.find(({ id }) => id === parentId);
    if (payment?.gateway !== gateway || kind !== 'REFUND' || orderId !== order.id)
      return 'Invalid transaction.';
    if (minorOf(amount, order.currency) > payment.minor - payment.refunded) {
      return 'Refund amount cannot be greater than the net payment received.';
    }
  }
  for (const { lineItemId, quantity } of input.refundLineItems) {
    const line = order.lines.find(({ id }) => id === lineItemId);
    if (line === undefined || quantity > line.quantity - line.refunded) {
      return 'Refund line items quantity cannot refund more items than were purchased.';
    }
  }
  return null;
}

function pay(shop: StoredShop, order: StoredOrder, input: RefundWritten) {
  let minor = 0;
  for (const { parentId, amount } of input.transactions) {
    const payment = order.payments.find(({ id }) => id === parentId);
    const part = minorOf(amount, order.currency);
    if (payment !== undefined && shop.paymentStatus === 'SUCCESS') payment.refunded += part;
    minor += part;
  }
  for (const { lineItemId, quantity } of input.refundLineItems) {
    const line = order.lines.find(({ id }) => id === lineItemId);
    if (line !== undefined) line.refunded += quantity;
  }
  const paid = shop.paymentStatus === 'SUCCESS' ? minor : 0;
  const statuses = input.transactions.map(() => shop.paymentStatus);
  const made = { id: newId('Refund'), note: input.note, processedAt: timeOf(shop), minor: paid, statuses };
  order.refunds = [...order.refunds, made];
  const back = order.payments.reduce((sum, { refunded }) => sum + refunded, 0);
  order.financialStatus = back >= order.totalMinor ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  return made;
}
