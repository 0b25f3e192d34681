/** Counters for Prometheus. Labels come from fixed lists: no ticket, no person, no text. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { WebhookOutcome } from '../helpdesk/webhooks/webhookReading';
import type { DeskQueue } from './deskQueues';
import type { DeskPoll } from './deskPolls';

export interface Metrics {
  readonly contentType: string;
  requestAnswered(request: { method: string; route: string; status: number; seconds: number }): void;
  webhookAnswered(outcome: WebhookOutcome): void;
  hintAccepted(source: 'api' | 'webhook'): void;
  /** As they are just now: one that is not told of is not shown. */
  deskQueuesSeen(queues: readonly DeskQueue[]): void;
  deskPollsSeen(polls: readonly DeskPoll[]): void;
  text(): Promise<string>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Counter({
    name: 'deskhand_http_requests_total',
    help: 'Requests answered, by route and status.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'deskhand_http_request_seconds',
    help: 'From the first byte of a request to its answer.',
    labelNames: ['route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const webhooks = new Counter({
    name: 'deskhand_webhooks_total',
    help: 'Webhook deliveries, by what became of them.',
    labelNames: ['outcome'],
    registers,
  });
  const hints = new Counter({
    name: 'deskhand_hints_accepted_total',
    help: 'Hints that Temporal accepted for a ticket, by where they came from.',
    labelNames: ['source'],
    registers,
  });
  const waiting = new Gauge({
    name: 'deskhand_desk_steps_waiting',
    help: "Activities that wait in the task queue of an account's desk.",
    labelNames: ['desk', 'account'],
    registers,
  });
  const rate = new Gauge({
    name: 'deskhand_desk_steps_per_second',
    help: 'Activities a second that this task queue lets begin, as learnt from the desk.',
    labelNames: ['desk', 'account'],
    registers,
  });
  const looking = new Gauge({
    name: 'deskhand_poll_ok',
    help: 'Whether the poll of an account has looked for changed tickets of late (1), or not (0).',
    labelNames: ['desk', 'account'],
    registers,
  });
  const looked = new Gauge({
    name: 'deskhand_poll_last_look_timestamp_seconds',
    help: 'When the desk has answered the poll of an account last, in Unix time.',
    labelNames: ['desk', 'account'],
    registers,
  });
  return {
    contentType: registry.contentType,
    requestAnswered: ({ method, route, status, seconds: taken }) => {
      requests.inc({ method, route, status: String(status) });
      seconds.observe({ route }, taken);
    },
    webhookAnswered: (outcome) => webhooks.inc({ outcome }),
    hintAccepted: (source) => hints.inc({ source }),
    deskQueuesSeen: (queues) => {
      waiting.reset();
      rate.reset();
      for (const { account, waiting: count, perSecond } of queues) {
        const labels = { desk: account.desk, account: account.account };
        waiting.set(labels, count);
        if (perSecond !== null) rate.set(labels, perSecond);
      }
    },
    deskPollsSeen: (polls) => {
      looking.reset();
      looked.reset();
      for (const { account, ok, lastLookAt } of polls) {
        const labels = { desk: account.desk, account: account.account };
        looking.set(labels, ok ? 1 : 0);
        if (lastLookAt !== null) looked.set(labels, lastLookAt / 1_000);
      }
    },
    text: () => registry.metrics(),
  };
}
