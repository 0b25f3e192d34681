/**
 * Sends events to webhooks the way Zendesk does (developer.zendesk.com/documentation/webhooks): signed, in no
 * promised order, in the background. A 409 is tried again up to three times, a 429 or 503 only when its
 * Retry-After is under a minute, a time-out up to five times; any other answer is final. A connection that fails is
 * tried again like a time-out (the documents are silent about it): the consumer may be starting beside the desk.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { InvocationLog, type InvocationStatus } from './invocations';
import { account } from '../store/seed';
import type { OutgoingEvent, Webhook } from '../store/records';

export interface DeliveryOptions {
  /** How long a consumer may take to answer. */
  readonly timeoutMs: number;
  /** The first wait before a 409 or a time-out is tried again; each further one is twice as long. */
  readonly retryMs: number;
  /** Sends every event this many times. */
  readonly copies: number;
  /** Holds this many events back and sends them in reverse. */
  readonly reorder: number;
}

export const zendeskDelivery: DeliveryOptions = { timeoutMs: 12_000, retryMs: 1_000, copies: 1, reorder: 1 };

const conflictRetries = 3;
const unansweredRetries = 5;
const throttledRetries = 3;
const longestRetryAfterSeconds = 60;
const reorderWaitMs = 100;

/** `settled`: delivered, or given up; `stopped`: the desk was stopped before either. */
export type Sent = 'settled' | 'stopped';

interface Delivery {
  readonly webhook: Webhook;
  readonly event: OutgoingEvent;
  readonly resolve: (sent: Sent) => void;
}

export class WebhookDelivery {
  readonly invocations = new InvocationLog();
  private readonly options: DeliveryOptions;
  private readonly onLost: (reason: string) => void;
  private readonly stopping = new AbortController();
  private held: Delivery[] = [];
  private release: NodeJS.Timeout | null = null;

  /** @param onLost - told why an event was given up; never what was in it. */
  constructor(options: DeliveryOptions, onLost: (reason: string) => void) {
    this.options = options;
    this.onLost = onLost;
    // Each delivery under way listens, and there is no limit to these.
    setMaxListeners(0, this.stopping.signal);
  }

  send(webhook: Webhook, event: OutgoingEvent): Promise<Sent> {
    return new Promise((resolve) => {
      this.held.push({ webhook, event, resolve });
      if (this.held.length >= this.options.reorder) this.flush();
      else this.release ??= setTimeout(() => this.flush(), reorderWaitMs);
    });
  }

  stop(): void {
    this.stopping.abort();
    this.flush();
  }

  private flush(): void {
    if (this.release !== null) clearTimeout(this.release);
    this.release = null;
    for (const delivery of this.held.splice(0).reverse()) void this.start(delivery);
  }

  private async start({ webhook, event, resolve }: Delivery): Promise<void> {
    const copies = Array.from({ length: this.options.copies }, () => this.deliver(webhook, event));
    const lost = (await Promise.all(copies)).filter((reason) => reason !== null);
    const stopped = lost[0] !== undefined && this.stopping.signal.aborted;
    if (lost[0] !== undefined && !stopped) this.onLost(lost[0]);
    resolve(stopped ? 'stopped' : 'settled');
  }

  /** Null once delivered, else why it was given up. */
  private async deliver(webhook: Webhook, event: OutgoingEvent): Promise<string | null> {
    const invocation = randomUUID();
    const left = { conflict: conflictRetries, unanswered: unansweredRetries, throttled: throttledRetries };
    for (let wait = this.options.retryMs; ; wait *= 2) {
      const outcome = await this.attempt(webhook, event, invocation);
      const isFinal = outcome.type === 'delivered' || outcome.type === 'refused' || left[outcome.type] === 0;
      if (isFinal) this.invocations.add(webhook.id, invocation, statusOf(outcome), outcome.status);
      if (outcome.type === 'delivered') return null;
      if (outcome.type === 'refused' || left[outcome.type] === 0) return outcome.reason;
      left[outcome.type] -= 1;
      await sleep(outcome.type === 'throttled' ? outcome.waitMs : wait, undefined, {
        signal: this.stopping.signal,
      }).catch(() => undefined);
      if (this.stopping.signal.aborted) return 'the desk stopped';
    }
  }

  private async attempt(webhook: Webhook, event: OutgoingEvent, invocation: string): Promise<AttemptOutcome> {
    const body = typeof event.payload === 'string' ? event.payload : JSON.stringify(event.payload);
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
      return attemptOutcome(response.status, response.headers.get('retry-after'));
    } catch {
      const reason = timeout.aborted ? 'no answer in time' : 'the connection failed';
      return { type: 'unanswered', reason, status: null, inTime: !timeout.aborted };
    }
  }
}

type AttemptOutcome =
  | { readonly type: 'delivered'; readonly status: number }
  | { readonly type: 'conflict' | 'refused'; readonly reason: string; readonly status: number }
  | { readonly type: 'unanswered'; readonly reason: string; readonly status: null; readonly inTime: boolean }
  | { readonly type: 'throttled'; readonly reason: string; readonly status: number; readonly waitMs: number };

function statusOf(outcome: AttemptOutcome): InvocationStatus {
  switch (outcome.type) {
    case 'delivered':
      return 'success';
    case 'throttled':
      return 'throttled';
    case 'unanswered':
      return outcome.inTime ? 'failed' : 'timeout';
    case 'conflict':
    case 'refused':
      return outcome.status >= 500 ? 'server error' : 'client error';
  }
}

/** base64(HMAC-SHA256(secret, timestamp + body)), nothing between the two (developer.zendesk.com/documentation/webhooks/verifying). */
function signature(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret)
    .update(timestamp + body)
    .digest('base64');
}

function attemptOutcome(status: number, retryAfter: string | null): AttemptOutcome {
  const reason = `the endpoint answered ${status}`;
  if (status >= 200 && status < 300) return { type: 'delivered', status };
  if (status === 409) return { type: 'conflict', reason, status };
  const seconds = Number(retryAfter ?? Number.NaN);
  if ((status === 429 || status === 503) && seconds >= 0 && seconds < longestRetryAfterSeconds) {
    return { type: 'throttled', reason, status, waitMs: seconds * 1000 };
  }
  return { type: 'refused', reason, status };
}
