/**
 * What became of each webhook's deliveries (developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks, "List
 * Webhook Invocations"). Zendesk keeps seven days of them, this desk the latest hundred until it is stopped.
 */
import { zendeskTime } from '../store/records';

export type InvocationStatus =
  'success' | 'client error' | 'server error' | 'throttled' | 'timeout' | 'failed';

export interface Invocation {
  readonly id: string;
  readonly status: InvocationStatus;
  readonly status_code: number | null;
  readonly latest_completed_at: string;
}

const kept = 100;

export class InvocationLog {
  private readonly byWebhook = new Map<string, Invocation[]>();

  /** @param statusCode - what the endpoint answered last; null: nothing. */
  add(webhookId: string, id: string, status: InvocationStatus, statusCode: number | null): void {
    const entry = { id, status, status_code: statusCode, latest_completed_at: zendeskTime(Date.now()) };
    this.byWebhook.set(webhookId, [entry, ...this.of(webhookId)].slice(0, kept));
  }

  /** Newest first. */
  of(webhookId: string): readonly Invocation[] {
    return this.byWebhook.get(webhookId) ?? [];
  }
}
