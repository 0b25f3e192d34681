/**
 * Slack's incoming webhooks: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 * Mattermost's take the same body.
 */
import { createWebhookPost, type Webhook } from './postJson';
import type { NoticeChannel, Message, MessageItem } from './port';

export function createSlackChannel(
  name: string,
  { url, timeoutsMs }: Pick<Webhook, 'url' | 'timeoutsMs'>,
): NoticeChannel {
  const post = createWebhookPost({
    name: 'Slack',
    url,
    // Slack answers with a line such as `no_service`.
    codeIn: (text) => /^[a-z_]{3,60}$/.exec(text.trim())?.[0] ?? null,
    ...(timeoutsMs === undefined ? {} : { timeoutsMs }),
  });
  return {
    name,
    mend: 'make a new incoming webhook in Slack and set DESKHAND_NOTIFY_SLACK to it',
    send: (message, signal) => post({ body: JSON.stringify(slackBody(message)) }, signal),
  };
}

/** `text` is what a phone shows of it. At most 50 blocks, 3,000 characters each. */
export function slackBody(message: Message): { readonly text: string; readonly blocks: readonly object[] } {
  const { title, items, more } = message;
  return {
    text: escape(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title.slice(0, 150) } },
      ...items.map((item) => section(itemText(item))),
      ...(more === null ? [] : [section(escape(more))]),
    ],
  };
}

function section(text: string): object {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

function itemText({ label, what, next, since, links }: MessageItem): string {
  const linked = links.map(({ text, url }) => ` · <${escape(url)}|${escape(text)}>`).join('');
  return [
    `*${escape(label)}:* ${escape(what)}`,
    `*Next:* ${escape(next)}`,
    `Since ${escape(since)}${linked}`,
  ].join('\n');
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
