/** How people hear of what needs them outside the desk: chat channels, mail, another program, the log. */
import type { Notice, NoticeBatch } from '../core/notices/notice';

export interface Notifier {
  /**
   * Takes a notice: it is in the log, and its way to every channel has begun.
   * @throws RemoteFailure `unavailable` when that could not be begun.
   */
  readonly tell: (notice: Notice) => Promise<void>;
  /**
   * One message through one channel.
   * @throws RemoteFailure. The same batch may be sent again: it has the same id.
   */
  readonly send: (channel: string, batch: NoticeBatch, signal: AbortSignal) => Promise<void>;
}

/** Where messages go. None retries: that is Temporal's work. */
export interface NoticeChannel {
  /** `slack`, `slack-2`: for people and logs; its address is a secret. */
  readonly name: string;
  /** What to do when it is refused, one clause: `make a new webhook and set DESKHAND_NOTIFY_SLACK`. */
  readonly mend: string;
  /** @throws RemoteFailure */
  send(message: Message, signal: AbortSignal): Promise<void>;
}

/** A batch in words and with links, before it is laid out for a channel. */
export interface Message {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** `zendesk/acme`, where people hear of several; null: there is one. */
  readonly account: string | null;
  /** Also a mail's subject. */
  readonly title: string;
  readonly items: readonly MessageItem[];
  /** `and 487 more: ...`; null: that is all. */
  readonly more: string | null;
  readonly batch: NoticeBatch;
}

export interface MessageItem {
  /** What it is, and whose: `Escalation, Acme, zendesk/acme`. */
  readonly label: string;
  readonly what: string;
  readonly next: string;
  /** `2026-11-25 10:31 UTC` */
  readonly since: string;
  readonly links: readonly Link[];
}

export interface Link {
  readonly text: string;
  readonly url: string;
}
