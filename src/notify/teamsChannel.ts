/**
 * Microsoft Teams through a workflow "When a Teams webhook request is received", which takes Adaptive Cards and
 * nothing else. The connectors it replaces ("Incoming Webhook", message cards) are retired:
 * https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
 */
import { shorten } from './message';
import { createWebhookPost, type Webhook } from './postJson';
import type { NoticeChannel, Link, Message, MessageItem } from './port';

/** The documents say 28 KB. */
const largestBytes = 26_000;

/** A workflow that its owner has switched off. */
const offCodes = ['WorkflowTriggerIsNotEnabled', 'WorkflowNotFound'];

export function createTeamsChannel(
  name: string,
  { url, timeoutsMs }: Pick<Webhook, 'url' | 'timeoutsMs'>,
): NoticeChannel {
  const post = createWebhookPost({
    name: 'Teams',
    url,
    // {"error": {"code": "WorkflowTriggerIsNotEnabled", "message": ...}}
    codeIn: (text) => /"code"\s*:\s*"([A-Za-z]{3,60})"/.exec(text)?.[1] ?? null,
    offCodes,
    ...(timeoutsMs === undefined ? {} : { timeoutsMs }),
  });
  return {
    name,
    mend: 'switch the workflow on in Teams, or make a new one and set DESKHAND_NOTIFY_TEAMS to its address',
    send: (message, signal) => post({ body: teamsBody(message) }, signal),
  };
}

/** As JSON, with as many notices as Teams takes. */
export function teamsBody(message: Message): string {
  const body = JSON.stringify({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: cardOf(message),
      },
    ],
  });
  const { length } = message.items;
  return Buffer.byteLength(body) <= largestBytes || length <= 1
    ? body
    : teamsBody(shorten(message, length - 1));
}

/** https://adaptivecards.io/explorer/, version 1.4. */
function cardOf({ title, items, more }: Message): object {
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body: [
      textRuns([{ ...run(title), size: 'Large', weight: 'Bolder' }]),
      ...items.flatMap(itemBlocks),
      ...(more === null ? [] : [textRuns([run(more)])]),
    ],
  };
}

function itemBlocks({ label, what, next, since, links }: MessageItem): readonly object[] {
  return [
    { ...textRuns([{ ...run(`${label}: `), weight: 'Bolder' }, run(what)]), separator: true },
    textRuns([{ ...run('Next: '), weight: 'Bolder' }, run(next)]),
    textRuns([run(`Since ${since}`), ...links.flatMap((link) => [run(' · '), linkRun(link)])]),
  ];
}

/** Unlike a TextBlock's, a run's text is not read as Markdown: nothing needs escaping. */
function textRuns(inlines: readonly object[]): object {
  return { type: 'RichTextBlock', inlines };
}

function run(text: string): object {
  return { type: 'TextRun', text };
}

function linkRun({ text, url }: Link): object {
  return { ...run(text), selectAction: { type: 'Action.OpenUrl', url } };
}
