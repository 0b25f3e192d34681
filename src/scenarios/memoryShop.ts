/** A shop in memory that keeps what the port promises: a key once, and nothing that the order does not allow. */
import type { OrderAction, OrderActionOutcome } from '../core/orderAction';
import { afterAction } from '../orders/afterAction';
import { whyNot } from '../orders/fits';
import type { Order, Shop } from '../orders/port';

export class MemoryShop implements Shop {
  orders: readonly Order[];
  private readonly done = new Map<string, OrderActionOutcome>();
  private readonly today: () => string;
  private refusal: string | null = null;

  /** @param today - `2026-11-27`. */
  constructor(orders: readonly Order[], today: () => string) {
    this.orders = orders;
    this.today = today;
  }

  /** The next action that was not done before meets with this, whatever the order allows. */
  refuseNext(why: string): void {
    this.refusal = why;
  }

  change(number: string, change: (order: Order) => Order): void {
    this.orders = this.orders.map((order) => (plain(order.number) === plain(number) ? change(order) : order));
  }

  find(number: string): Order | null {
    return this.orders.find((order) => plain(order.number) === plain(number)) ?? null;
  }

  findByNumber(number: string): Promise<Order | null> {
    return Promise.resolve(this.find(number));
  }

  findByCustomer(email: string): Promise<readonly Order[]> {
    const theirs = this.orders.filter(({ customerEmail }) => customerEmail === email.trim().toLowerCase());
    return Promise.resolve(theirs.toSorted((a, b) => b.placedOn.localeCompare(a.placedOn)).slice(0, 20));
  }

  act(action: OrderAction, key: string): Promise<OrderActionOutcome> {
    return Promise.resolve(this.done.get(key) ?? this.actAnew(action, key));
  }

  private actAnew(action: OrderAction, key: string): OrderActionOutcome {
    const why = this.refusal ?? this.whyNot(action);
    this.refusal = null;
    if (why !== null) return { type: 'refused', why };
    const outcome: OrderActionOutcome = { type: 'done', reference: `scenario-${this.done.size + 1}` };
    this.done.set(key, outcome);
    this.change(action.order, (order) => afterAction(order, action, this.today()));
    return outcome;
  }

  private whyNot(action: OrderAction): string | null {
    const order = this.find(action.order);
    return order === null ? `The shop has no order ${action.order}.` : whyNot(order, action);
  }
}

function plain(number: string): string {
  return number.trim().replace(/^#\s*/, '').toLowerCase();
}
