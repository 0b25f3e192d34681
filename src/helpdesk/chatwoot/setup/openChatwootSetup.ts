/**
 * What `deskhand connect chatwoot` makes on an account: the webhook, the labels by which agents and Deskhand understand each
 * other, and, in place of views, those under which the sidebar has what was handed over, is drafted or late. github.com/chatwoot/chatwoot:
 * app/controllers/api/v1/accounts/{webhooks,labels}_controller.rb, app/models/{webhook,label}.rb
 */
import { z } from 'zod';
import { answeredTag, handBackTag, sendTag, takeOverTag } from '../../../core/ticket/tags';
import { id, text } from '../../api/answerShapes';
import { rejected } from '../../api/rejected';
import type { DeskSetup } from '../../setup/deskSetup';
import { endpointOf, marked, markOf, type PieceKind, type WantedPiece } from '../../setup/pieces';
import { restKind } from '../../setup/restKind';
import { teamViews, type TeamView } from '../../setup/teamViews';
import { openChatwoot, type ChatwootAccount, type ChatwootOptions } from '../http';
import { title } from '../ticketId';
import { chatwootField, fieldsOn } from './fields';

export function openChatwootSetup(options: ChatwootOptions): DeskSetup {
  const account = openChatwoot(options);
  return {
    kinds: [webhooksOn(account), labelsOn(account), fieldsOn(account)],
    wanted: ({ endpoint, views, fields }) => [
      wantedWebhook(endpoint),
      ...workLabels.map((label) => wantedLabel(label, false)),
      ...(views ? teamViews.map((view) => wantedLabel(view, true)) : []),
      ...fields.map(chatwootField),
    ],
    secret: {
      from: 'desk',
      mark: () => webhookMark,
      read: async (webhookId, call) => {
        const { payload } = await account.ofAccount.get(`${account.path}/webhooks`, webhooksAnswer, call);
        const secret = payload.webhooks.find((one) => one.id === webhookId)?.secret ?? '';
        if (secret === '') {
          throw rejected(
            `${title} shows no secret of its webhook: it signs its calls from version 4.11.2 on`,
          );
        }
        return secret;
      },
    },
  };
}

const webhookMark = 'events';
const right =
  'webhooks and labels need an administrator; what one makes by hand, "deskhand connect chatwoot --by-hand" tells';

const webhook = z.object({
  ...{ id, name: text, secret: text },
  url: z.string(),
  subscriptions: z.array(z.string()).nullish(),
});
const webhooksAnswer = z.object({ payload: z.object({ webhooks: z.array(webhook) }) });
const label = z.object({ id, title: z.string(), description: text, show_on_sidebar: z.boolean().nullish() });
const labelsAnswer = z.object({ payload: z.array(label) });

function webhooksOn({ ofAccount, path: account }: ChatwootAccount): PieceKind {
  const path = `${account}/webhooks`;
  return restKind(ofAccount, {
    ...{ name: 'webhook', right, path, changeBy: 'PATCH' },
    list: async (call) => (await ofAccount.get(path, webhooksAnswer, call)).payload.webhooks,
    pieceOf: ({ id: webhookId, name, url, subscriptions }) => ({
      ...{ id: webhookId, mark: markOf(name), name: name ?? url },
      record: { endpoint: url, subscriptions: subscriptions ?? [] },
    }),
    made: z
      .object({ payload: z.object({ webhook: z.object({ id }) }) })
      .transform(({ payload }) => payload.webhook.id),
    sent: (body) => ({ webhook: body }),
  });
}

function labelsOn({ ofAccount, path: account }: ChatwootAccount): PieceKind {
  const path = `${account}/labels`;
  return restKind(ofAccount, {
    ...{ name: 'label', right, path, changeBy: 'PATCH' },
    list: async (call) => (await ofAccount.get(path, labelsAnswer, call)).payload,
    pieceOf: ({ id: labelId, title: name, description, show_on_sidebar: isShown }) => ({
      ...{ id: labelId, mark: markOf(description), name },
      record: { title: name, 'shown in the sidebar': isShown === true },
    }),
    made: z.object({ id }).transform((made) => made.id),
    sent: (body) => ({ label: body }),
  });
}

/** The name bears the mark, since a webhook has no description. Chatwoot has room for one webhook at each address. */
function wantedWebhook(endpoint: string): WantedPiece {
  const name = `Deskhand [deskhand:${webhookMark}]`;
  const subscriptions = [
    ...['message_created', 'message_updated'],
    ...['conversation_status_changed', 'conversation_updated'],
  ];
  return {
    ...{ kind: 'webhook', mark: webhookMark, name: 'Deskhand' },
    body: { name, url: endpoint, subscriptions },
    repair: { subscriptions },
    shows: { endpoint, subscriptions },
    // An address that is sent with a change is passed over.
    fixed: ['endpoint'],
    servesAsWell: (theirs) => endpointOf(theirs) === endpoint,
  };
}

type LabelOfOurs = Pick<TeamView, 'mark' | 'tag' | 'about'>;

/** What agents see on a conversation, and set on one: they are offered no label that was not made. */
const workLabels: readonly LabelOfOurs[] = [
  { mark: 'label-answered', tag: answeredTag, about: 'Deskhand has answered.' },
  { mark: 'label-send', tag: sendTag, about: 'Set by an agent: the draft that waits is sent.' },
  { mark: 'label-take-over', tag: takeOverTag, about: 'Set by an agent: a person goes on here.' },
  { mark: 'label-hand-back', tag: handBackTag, about: 'Set by an agent: Deskhand goes on here.' },
];

/** Which of those that have none of their own is in the sidebar is for people to say. */
function wantedLabel({ mark, tag, about }: LabelOfOurs, isView: boolean): WantedPiece {
  const repair = isView ? { show_on_sidebar: true } : {};
  return {
    ...{ kind: 'label', mark, name: tag, repair },
    body: { title: tag, description: marked(about, mark), color: '#1f93ff', ...repair },
    shows: isView ? { title: tag, 'shown in the sidebar': true } : { title: tag },
    fixed: ['title'],
    servesAsWell: ({ record }) => record['title'] === tag,
  };
}
