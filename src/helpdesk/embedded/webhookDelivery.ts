/**
 * Sends events to webhooks the way Zendesk does (developer.zendesk.com/documentation/webhooks): signed, in no
 * promised order, in the background. A 409 is tried again up to three times, a 429 or 503 only when its
 * Retry-After is under a minute, a time-out up to five times; anything else, a refused connection too, is lost.
 * What was not delivered when the desk stops is lost as well, so a consumer polls besides.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { account } from './seed';
import type { Webhook } from './records';
import type { DeskEvent } from './webhookEvents';

export interface DeliveryOptions {
  /** How long a consumer may take to answer. */
  readonly timeoutMs: number;
  /** The wait before a 409 or a time-out is tried again. */
  readonly retryMs: number;
  /** Sends every event this many times. */
  readonly copies: number;
  /** Holds this many events back and sends them in reverse. */
  readonly reorder: number;
}

export const zendeskDelivery: DeliveryOptions = { timeoutMs: 12_000, retryMs: 1_000, copies: 1, reorder: 1 };

const conflictRetries = 3;
const timeoutRetries = 5;
const throttledRetries = 3;
const longestRetryAfterSeconds = 60;
const reorderWaitMs = 100;

interface Delivery {
  readonly webhook: Webhook;
  readonly event: DeskEvent;
}

export class WebhookDelivery {
  private readonly options: DeliveryOptions;
  private readonly onLost: (reason: string) => void;
  private readonly stopping = new AbortController();
  private readonly underWay = new Set<Promise<void>>();
  private held: Delivery[] = [];
  private release: NodeJS.Timeout | null = null;

  /** @param onLost - told why an event was given up; never what was in it. */
  constructor(options: DeliveryOptions, onLost: (reason: string) => void) {
    this.options = options;
    this.onLost = onLost;
  }

  send(webhooks: Iterable<Webhook>, events: readonly DeskEvent[]): void {
    const wanted = [...webhooks].flatMap((webhook) =>
      events.filter((event) => subscribes(webhook, event)).map((event) => ({ webhook, event })),
    );
    this.held.push(...wanted);
    if (this.held.length >= this.options.reorder) this.flush();
    else this.release ??= setTimeout(() => this.flush(), reorderWaitMs);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    if (this.release !== null) clearTimeout(this.release);
    this.held = [];
    await Promise.all(this.underWay);
  }

  private flush(): void {
    if (this.release !== null) clearTimeout(this.release);
    this.release = null;
    const due = this.options.reorder > 1 ? this.held.reverse() : this.held;
    this.held = [];
    for (const delivery of due) {
      for (let copy = 0; copy < this.options.copies; copy += 1) this.start(delivery);
    }
  }

  private start(delivery: Delivery): void {
    const done = this.deliver(delivery)
      .then((lost) => {
        if (lost !== null && !this.stopping.signal.aborted) this.onLost(lost);
      })
      .finally(() => this.underWay.delete(done));
    this.underWay.add(done);
  }

  /** Null once delivered, else why it was given up. */
  private async deliver({ webhook, event }: Delivery): Promise<string | null> {
    const invocation = randomUUID();
    const left = { conflict: conflictRetries, timeout: timeoutRetries, throttled: throttledRetries };
    for (;;) {
      const outcome = await this.attempt(webhook, event, invocation);
      if (outcome.type === 'delivered') return null;
      if (outcome.type === 'failed' || left[outcome.type] === 0) return outcome.reason;
      left[outcome.type] -= 1;
      const wait = outcome.type === 'throttled' ? outcome.waitMs : this.options.retryMs;
      await sleep(wait, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.stopping.signal.aborted) return 'the desk stopped';
    }
  }

  private async attempt(webhook: Webhook, event: DeskEvent, invocation: string): Promise<AttemptOutcome> {
    const body = JSON.stringify(event.payload);
    const timestamp = new Date().toISOString();
    const timeout = AbortSignal.timeout(this.options.timeoutMs);
    try {
      const response = await fetch(webhook.endpoint, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.any([timeout, this.stopping.signal]),
        headers: {
          ...webhook.custom_headers,
          'content-type': 'application/json; charset=utf-8',
          'x-zendesk-account-id': account.id,
          'x-zendesk-webhook-id': webhook.id,
          'x-zendesk-webhook-invocation-id': invocation,
          'x-zendesk-webhook-signature': signature(webhook.secret, timestamp, body),
          'x-zendesk-webhook-signature-timestamp': timestamp,
        },
        body,
      });
      await response.body?.cancel();
      return judge(response.status, response.headers.get('retry-after'));
    } catch {
      return timeout.aborted
        ? { type: 'timeout', reason: 'no answer in time' }
        : { type: 'failed', reason: 'the connection failed' };
    }
  }
}

type AttemptOutcome =
  | { readonly type: 'delivered' }
  | { readonly type: 'conflict' | 'timeout' | 'failed'; readonly reason: string }
  | { readonly type: 'throttled'; readonly reason: string; readonly waitMs: number };

/** base64(HMAC-SHA256(secret, timestamp + body)), nothing between the two (developer.zendesk.com/documentation/webhooks/verifying). */
function signature(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret)
    .update(timestamp + body)
    .digest('base64');
}

function judge(status: number, retryAfter: string | null): AttemptOutcome {
  const reason = `the endpoint answered ${status}`;
  if (status >= 200 && status < 300) return { type: 'delivered' };
  if (status === 409) return { type: 'conflict', reason };
  const seconds = Number(retryAfter ?? Number.NaN);
  if ((status === 429 || status === 503) && seconds >= 0 && seconds < longestRetryAfterSeconds) {
    return { type: 'throttled', reason, waitMs: seconds * 1000 };
  }
  return { type: 'failed', reason };
}

function subscribes(webhook: Webhook, event: DeskEvent): boolean {
  return webhook.status === 'active' && webhook.subscriptions.includes(event.type);
}
