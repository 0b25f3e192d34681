/** What the double keeps: a shop's orders, payments, refunds and store credit, and what happened to them. */
interface StoredLine {
  readonly id: string;
  readonly name: string;
  readonly quantity: number;
  /** Minor units of the order's currency, as a decimal string where Shopify would divide. */
  readonly price: string;
  readonly isGiftCard: boolean;
  readonly requiresShipping: boolean;
  refunded: number;
  fulfilled: number;
}

export interface StoredFulfillment {
  readonly id: string;
  readonly status: string;
  readonly displayStatus: string | null;
  readonly createdAt: string;
  readonly inTransitAt: string | null;
  readonly estimatedDeliveryAt: string | null;
  readonly deliveredAt: string | null;
  readonly trackingInfo: readonly Readonly<Record<'company' | 'number' | 'url', string | null>>[];
  readonly items: readonly { readonly line: string; readonly quantity: number | null }[];
}

export interface StoredRefund {
  readonly id: string;
  readonly note: string | null;
  readonly processedAt: string;
  readonly minor: number;
  readonly statuses: readonly string[];
}

interface StoredPayment {
  readonly id: string;
  readonly gateway: string;
  readonly minor: number;
  refunded: number;
}

export interface StoredAddress {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly company: string | null;
  readonly phone: string | null;
  readonly address1: string | null;
  readonly address2: string | null;
  readonly city: string | null;
  readonly zip: string | null;
  readonly provinceCode: string | null;
  readonly countryCode: string | null;
}

export interface StoredOrder {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly currency: string;
  readonly totalMinor: number;
  readonly processedAt: string;
  readonly customerId: string | null;
  readonly lines: readonly StoredLine[];
  readonly payments: readonly StoredPayment[];
  readonly metafields: Map<string, { readonly value: string; readonly updatedAt: string }>;
  fulfillments: readonly StoredFulfillment[];
  fulfillmentStatus: string;
  financialStatus: string | null;
  address: StoredAddress | null;
  cancelledAt: string | null;
  staffNote: string | null;
  refunds: readonly StoredRefund[];
}

interface StoredCredit {
  readonly id: string;
  readonly customerId: string;
  readonly minor: number;
  readonly currency: string;
  readonly createdAt: string;
}

export interface StoredShop {
  readonly orders: StoredOrder[];
  readonly credits: StoredCredit[];
  readonly invoicesSent: string[];
  readonly jobs: Map<string, { readonly orderId: string; readonly note: string; looksLeft: number }>;
  /** Idempotency keys, as Shopify remembers them for a day. */
  readonly refundsByKey: Map<string, { readonly input: string; readonly refundId: string }>;
  /** How often a job is looked at before it is done; Infinity: never. */
  cancelLooks: number;
  /** What the payment provider says to the next refunds. */
  paymentStatus: string;
  clock: number;
}

export function emptyShop(): StoredShop {
  return {
    orders: [],
    credits: [],
    invoicesSent: [],
    jobs: new Map(),
    refundsByKey: new Map(),
    cancelLooks: 0,
    paymentStatus: 'SUCCESS',
    clock: Date.parse('2026-11-26T10:00:00Z'),
  };
}

/** Shopify tells whole seconds. */
export function timeOf(shop: StoredShop): string {
  return new Date(Math.floor(shop.clock / 1_000) * 1_000).toISOString().replace('.000', '');
}

const whole = new Set(['JPY', 'KRW']);

function decimals(currency: string): number {
  return whole.has(currency) ? 0 : 2;
}

export function moneyOf(minor: number, currency: string) {
  const places = decimals(currency);
  // Shopify drops zeros at the end, but keeps one digit: "59.0", "1300.0".
  const amount = (minor / 10 ** places).toFixed(Math.max(places, 1)).replace(/(\.\d+?)0+$/, '$1');
  return { presentmentMoney: { amount, currencyCode: currency } };
}

export function minorOf(amount: string, currency: string): number {
  const minor = Number(amount) * 10 ** decimals(currency);
  if (!/^\d+(\.\d+)?$/.test(amount) || Math.abs(minor - Math.round(minor)) > 1e-6) {
    throw new Error(`${amount} ${currency} is no amount that can be paid`);
  }
  return Math.round(minor);
}

export function orderOf(shop: StoredShop, id: string): StoredOrder {
  const order = shop.orders.find((candidate) => candidate.id === id);
  if (order === undefined) throw new Error(`the double has no order ${id}`);
  return order;
}

let lastId = 1_000;

export function newId(type: string): string {
  lastId += 1;
  return `gid://shopify/${type}/${lastId}`;
}

export interface OrderMade {
  readonly name: string;
  readonly email?: string | null;
  readonly currency?: string;
  readonly processedAt?: string;
  readonly customerId?: string | null;
  /** Minor units each; a decimal string stands as it is. */
  readonly lines?: readonly {
    readonly name: string;
    readonly quantity: number;
    readonly price: number | string;
    readonly fulfilled?: number;
    readonly refunded?: number;
    readonly isGiftCard?: boolean;
    /** Left out: goods are sent, a gift card is mailed. */
    readonly requiresShipping?: boolean;
  }[];
  readonly shippingMinor?: number;
  readonly payments?: readonly { readonly gateway: string; readonly minor: number }[];
  readonly fulfillmentStatus?: string;
  readonly financialStatus?: string | null;
  readonly address?: Partial<StoredAddress> | null;
}

const street: StoredAddress = {
  firstName: 'Ana',
  lastName: 'Costa',
  company: null,
  phone: null,
  address1: 'Rue Neuve 1',
  address2: null,
  city: 'Bruxelles',
  zip: '1000',
  provinceCode: null,
  countryCode: 'BE',
};

/** An order of a lamp for EUR 59.00 that is paid and not sent, unless told otherwise. */
export function addOrder(shop: StoredShop, made: OrderMade): StoredOrder {
  const currency = made.currency ?? 'EUR';
  const given = made.lines ?? [{ name: 'Desk lamp', quantity: 1, price: 5_900 }];
  const lines = given.map(({ isGiftCard = false, ...line }): StoredLine => ({
    id: newId('LineItem'),
    name: line.name,
    quantity: line.quantity,
    price:
      typeof line.price === 'string' ? line.price : moneyOf(line.price, currency).presentmentMoney.amount,
    isGiftCard,
    requiresShipping: line.requiresShipping ?? !isGiftCard,
    refunded: line.refunded ?? 0,
    fulfilled: line.fulfilled ?? 0,
  }));
  const goods = lines.reduce(
    (sum, { price, quantity }) => sum + Math.round(Number(price) * quantity * 10 ** decimals(currency)),
    0,
  );
  const totalMinor = goods + (made.shippingMinor ?? 0);
  const payments = made.payments ?? [{ gateway: 'shopify_payments', minor: totalMinor }];
  const order: StoredOrder = {
    id: newId('Order'),
    name: made.name,
    email: made.email === undefined ? 'ana@example.com' : made.email,
    currency,
    totalMinor,
    processedAt: made.processedAt ?? '2026-11-22T09:30:00Z',
    customerId: made.customerId === undefined ? 'gid://shopify/Customer/7' : made.customerId,
    lines,
    payments: payments.map((payment) => ({ ...payment, id: newId('OrderTransaction'), refunded: 0 })),
    metafields: new Map(),
    fulfillments: [],
    fulfillmentStatus: made.fulfillmentStatus ?? 'UNFULFILLED',
    financialStatus: made.financialStatus === undefined ? 'PAID' : made.financialStatus,
    address: made.address === null ? null : { ...street, ...made.address },
    cancelledAt: null,
    staffNote: null,
    refunds: [],
  };
  shop.orders.push(order);
  return order;
}

export function addParcel(order: StoredOrder, parcel: Partial<StoredFulfillment> = {}): StoredFulfillment {
  const made: StoredFulfillment = {
    id: newId('Fulfillment'),
    status: 'SUCCESS',
    displayStatus: 'FULFILLED',
    createdAt: '2026-11-24T08:00:00Z',
    inTransitAt: null,
    estimatedDeliveryAt: null,
    deliveredAt: null,
    trackingInfo: [],
    items: order.lines.map(({ id, quantity }) => ({ line: id, quantity })),
    ...parcel,
  };
  order.fulfillments = [...order.fulfillments, made];
  if (parcel.items === undefined) for (const line of order.lines) line.fulfilled = line.quantity;
  return made;
}
