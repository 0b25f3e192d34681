/**
 * Any program that takes a post: documented JSON, signed as Standard Webhooks says, so that a receiver can use one of
 * its libraries: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
import { createHmac } from 'node:crypto';
import type { Notice } from '../core/notices/notice';
import { plainText } from './message';
import { createWebhookPost, type Webhook } from './postJson';
import type { NoticeChannel, Message } from './port';

export interface SignedWebhook extends Pick<Webhook, 'url' | 'timeoutsMs'> {
  /** Null: nothing is signed. */
  readonly key: Buffer | null;
  /** Epoch milliseconds. */
  readonly clock?: () => number;
}

export function createWebhookChannel(name: string, webhook: SignedWebhook): NoticeChannel {
  const { url, key, timeoutsMs, clock = Date.now } = webhook;
  const post = createWebhookPost({
    name: 'the webhook',
    url,
    // Whoever answers is not known: nothing of it is repeated.
    codeIn: () => null,
    ...(timeoutsMs === undefined ? {} : { timeoutsMs }),
  });
  return {
    name,
    mend: 'check DESKHAND_NOTIFY_URL and DESKHAND_NOTIFY_SECRET',
    send(message, signal) {
      const body = JSON.stringify(webhookBody(message));
      // Of this attempt: a receiver refuses old ones.
      const timestamp = String(Math.floor(clock() / 1_000));
      const headers = {
        'webhook-id': message.id,
        'webhook-timestamp': timestamp,
        ...(key === null ? {} : { 'webhook-signature': signatureOf(key, message.id, timestamp, body) }),
      };
      return post({ body, headers }, signal);
    },
  };
}

/** As docs/notifications.md describes it. `text` alone is enough for a chat. */
function webhookBody(message: Message) {
  const { title, account, at, batch, items } = message;
  return {
    type: 'deskhand.notices',
    timestamp: new Date(at).toISOString(),
    text: `${title}\n\n${plainText(message)}`,
    data: {
      account,
      notices: batch.notices.map((notice, index) => noticeBody(notice, items[index]?.links ?? [])),
      more: batch.more,
    },
  };
}

function noticeBody(notice: Notice, links: Message['items'][number]['links']) {
  const { key, kind, reason, ticket, brand = null, since, what, next } = notice;
  return { key, kind, reason, ticket, brand, since: new Date(since).toISOString(), what, next, links };
}

function signatureOf(key: Buffer, id: string, timestamp: string, body: string): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}
