/**
 * Webhook events that are not delivered yet. They are stored in the same step as the change they tell of, and sent
 * again after a restart: a desk that is killed between a customer's comment and its webhook loses neither, and the
 * webhook gets the event twice at worst.
 */
import type { OutgoingCalls } from '../../common/runEmbedded';
import { UnderWay } from '../../common/underWay';
import type { OutgoingEvent, Webhook } from '../store/records';
import type { DeskStore, Transaction } from '../store/store';
import type { Written } from '../tickets/ticketChanges';
import { triggeredBy } from './triggers';
import type { Sent, WebhookDelivery } from './webhookDelivery';
import { eventsOf } from './webhookEvents';

/** The oldest are dropped beyond this. */
const mostEvents = 1_000;

export class Outbox implements OutgoingCalls<Transaction, Written, OutgoingEvent> {
  private readonly store: DeskStore;
  private readonly delivery: WebhookDelivery;
  private readonly underWay = new UnderWay();
  private readonly settled: number[] = [];

  constructor(store: DeskStore, delivery: WebhookDelivery) {
    this.store = store;
    this.delivery = delivery;
  }

  /** Stores the change's events that somebody subscribed to; to be sent once the step is stored. */
  keep(tx: Transaction, written: Written): readonly OutgoingEvent[] {
    if (this.store.webhooks.size === 0) return [];
    const happened = [...eventsOf(tx, written), ...triggeredBy(this.store, tx, written)];
    const events = happened.filter((event) => this.subscribers(event).length > 0);
    for (const event of events) tx.put('outbox', event);
    const tooMany = this.store.outbox.size + events.length - mostEvents;
    if (tooMany > 0) {
      for (const id of [...this.store.outbox.keys()].slice(0, tooMany)) tx.remove('outbox', id);
    }
    return events;
  }

  /** An event that cannot be crossed off stays, and is sent again after the next start. */
  send(events: readonly OutgoingEvent[]): void {
    for (const event of events) this.underWay.follow(this.deliver(event));
  }

  /** What an earlier start left: one after the other, so that a receiver is not met by all of it at once. */
  resume(): void {
    const left = [...this.store.outbox.values()];
    const inOrder = async (): Promise<void> => {
      for (const event of left) if ((await this.deliver(event)) === 'stopped') return;
    };
    this.underWay.follow(inOrder());
  }

  async stop(): Promise<void> {
    this.delivery.stop();
    await this.underWay.ended();
  }

  private async deliver(event: OutgoingEvent): Promise<Sent> {
    const sent = this.subscribers(event).map((webhook) => this.delivery.send(webhook, event));
    if ((await Promise.all(sent)).includes('stopped')) return 'stopped';
    this.settled.push(event.id);
    // One write crosses off all that have been settled by the time it runs.
    await this.store.write((tx) => {
      for (const id of this.settled.splice(0)) tx.remove('outbox', id);
    });
    return 'settled';
  }

  private subscribers({ type, webhook_id: called }: OutgoingEvent): Webhook[] {
    return [...this.store.webhooks.values()].filter(
      ({ id, status, subscriptions }) =>
        status === 'active' && subscriptions.includes(type) && (called === undefined || called === id),
    );
  }
}
