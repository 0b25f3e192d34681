/** How people hear of what needs them outside the desk (a chat channel, a log that is watched). */
import type { HandOffReason } from '../core/plan';
import type { TicketRef } from '../core/ticket';

export interface Notice {
  readonly ref: TicketRef;
  readonly reason: HandOffReason;
  /** No customer text, no personal data. */
  readonly message: string;
}

export interface Notifier {
  notify(notice: Notice, signal: AbortSignal): Promise<void>;
}
