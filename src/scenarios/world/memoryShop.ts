/** A shop in memory that keeps what the port promises: a key once, and nothing that the order does not allow. */
import type { OrderAction, OrderActionOutcome } from '../../core/orders/orderAction';
import { actOn, orderByNumber, ordersOfCustomer, type KeptShop } from '../../orders/keptShop';
import type { Order, Shop } from '../../orders/port';

/** Whatever was asked of it waits until it answers again. */
export class ShopIsDown extends Error {
  override readonly name = 'ShopIsDown';

  constructor() {
    super('the shop does not answer');
  }
}

export class MemoryShop implements Shop {
  private kept: KeptShop;
  private readonly today: () => string;
  private refusal: string | null = null;
  isDown = false;

  /** @param today - `2026-11-27`. */
  constructor(orders: readonly Order[], today: () => string) {
    this.kept = { orders, done: [] };
    this.today = today;
  }

  get orders(): readonly Order[] {
    return this.kept.orders;
  }

  set orders(orders: readonly Order[]) {
    this.kept = { ...this.kept, orders };
  }

  /** The next action that was not done before meets with this, whatever the order allows. */
  refuseNext(why: string): void {
    this.refusal = why;
  }

  change(number: string, change: (order: Order) => Order): void {
    const found = this.find(number);
    this.orders = this.orders.map((order) => (order === found ? change(order) : order));
  }

  find(number: string): Order | null {
    return orderByNumber(this.orders, number);
  }

  async findByNumber(number: string): Promise<Order | null> {
    await this.answers();
    return this.find(number);
  }

  async findByCustomer(email: string): Promise<readonly Order[]> {
    await this.answers();
    return ordersOfCustomer(this.orders, email);
  }

  async act(action: OrderAction, key: string): Promise<OrderActionOutcome> {
    await this.answers();
    const why = this.refusal;
    if (why !== null && this.kept.done.every((done) => done.key !== key)) {
      this.refusal = null;
      return { type: 'refused', why };
    }
    const { outcome, shop } = actOn(this.kept, { action, key, on: this.today(), name: 'scenario' });
    this.kept = shop;
    return outcome;
  }

  private answers(): Promise<void> {
    return this.isDown ? Promise.reject(new ShopIsDown()) : Promise.resolve();
  }
}
