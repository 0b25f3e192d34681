/**
 * What `deskhand connect gorgias` makes on an account: the HTTP integration that calls Deskhand, the team's views, custom fields.
 * developers.gorgias.com/reference/{create-integration,update-integration,create-view,the-view-object}. Inferred: that an
 * integration is switched on again by its `deactivated_datetime`, and may be shown without its headers.
 */
import { z } from 'zod';
import { isObject } from '../../../core/isObject';
import { id, text } from '../../api/answerShapes';
import type { DeskCalls } from '../../api/deskCalls';
import type { DeskSetup } from '../../setup/deskSetup';
import { marked, markOf, type PieceKind, type WantedPiece } from '../../setup/pieces';
import { restKind } from '../../setup/restKind';
import { teamViews, type TeamView } from '../../setup/teamViews';
import { secretHeader } from '../../webhooks/secretWebhook';
import { gorgiasRequests, type GorgiasOptions } from '../http';
import { allOf } from '../people';
import { listOf } from '../schemas';
import { fieldsOn, gorgiasField } from './fields';

/** @param secret - what the integration sends along. */
export function openGorgiasSetup(options: GorgiasOptions, secret: string): DeskSetup {
  const { ofAccount } = gorgiasRequests(options);
  return {
    kinds: [integrationsOn(ofAccount, secret), viewsOn(ofAccount), fieldsOn(ofAccount)],
    wanted: ({ endpoint, views, fields }) => [
      wantedIntegration(endpoint, secret),
      ...(views ? teamViews.map(wantedView) : []),
      ...fields.map(gorgiasField),
    ],
    secret: { from: 'us' },
  };
}

const kindNames = { integration: 'HTTP integration', view: 'view' } as const;
const right =
  'integrations and shared views need an admin; what one makes by hand, "deskhand connect gorgias --by-hand" tells';

const integration = z.object({
  ...{ id, name: text, description: text, type: z.string(), deactivated_datetime: text },
  http: z
    .looseObject({
      ...{ url: text, method: text, request_content_type: text },
      headers: z.record(z.string(), z.unknown()).nullish(),
      form: z.unknown(),
      triggers: z.record(z.string(), z.unknown()).nullish(),
    })
    .nullish(),
});
const view = z.object({ id, name: z.string(), filters: text, visibility: text, deactivated_datetime: text });
const made = z.object({ id }).transform((one) => one.id);

function integrationsOn(calls: DeskCalls, secret: string): PieceKind {
  const path = '/integrations';
  return restKind(calls, {
    ...{ name: kindNames.integration, right, path, changeBy: 'PUT', made },
    list: async (call) =>
      (await allOf(calls)(path, {}, listOf(integration), call)).filter(({ type }) => type === 'http'),
    pieceOf: ({ id: ownId, name, description, deactivated_datetime: off, http }) => ({
      ...{ id: ownId, mark: markOf(description), name: name ?? '' },
      record: {
        ...{ active: !off, endpoint: http?.url, method: http?.method, content: http?.request_content_type },
        ...{ form: http?.form, triggers: switchedOn(http?.triggers) },
        'secret sent': isSecretSent(http?.headers, secret),
      },
    }),
  });
}

function switchedOn(triggers: unknown): readonly string[] {
  return isObject(triggers) ? Object.keys(triggers).filter((name) => triggers[name] === true) : [];
}

/** Where headers are not shown, nobody knows: they are taken for right. */
function isSecretSent(
  headers: Readonly<Record<string, unknown>> | null | undefined,
  secret: string,
): boolean {
  if (!headers) return true;
  return Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === secretHeader && value === secret,
  );
}

function viewsOn(calls: DeskCalls): PieceKind {
  const path = '/views';
  return restKind(calls, {
    ...{ name: kindNames.view, right, path, changeBy: 'PUT', made },
    list: (call) => allOf(calls)(path, {}, listOf(view), call),
    pieceOf: ({ id: ownId, name, filters, visibility, deactivated_datetime: off }) => ({
      // It has no room for a mark, so that it is known by its name, or by its id once it was made.
      ...{ id: ownId, mark: teamViews.find(({ title }) => title === name)?.mark ?? null, name },
      record: { active: !off, filters: plain(filters ?? ''), visibility },
    }),
  });
}

/** Gorgias writes code in its own way: with other quotation marks, on several lines. */
function plain(code: string): string {
  return code.replaceAll(/\s/g, '').replaceAll('"', "'");
}

/** Not `ticket-updated`, which Deskhand's own changes pull as well. */
const triggers = ['ticket-created', 'ticket-message-created'] as const;

/** Ids and words of Gorgias' own alone: texts of people break the JSON that they are put into. */
const form = {
  ticket_id: '{{ticket.id}}',
  message_id: '{{message.id}}',
  channel: '{{message.channel}}',
  via: '{{message.via}}',
  sender_id: '{{message.sender.id}}',
};

function wantedIntegration(endpoint: string, secret: string): WantedPiece {
  const [mark, name, type, json] = ['events', 'Deskhand', 'http', 'application/json'] as const;
  const http = {
    ...{ url: endpoint, method: 'POST', request_content_type: json, response_content_type: json },
    ...{ headers: { 'X-Deskhand-Secret': secret }, form },
    triggers: { ...Object.fromEntries(triggers.map((one) => [one, true])), 'ticket-updated': false },
  };
  return {
    ...{ kind: kindNames.integration, mark, name },
    body: { name, description: marked('Tells Deskhand that a ticket has changed.', mark), type, http },
    repair: { http, deactivated_datetime: null },
    shows: {
      ...{ active: true, endpoint, method: 'POST', content: json, form, triggers },
      'secret sent': true,
    },
  };
}

function wantedView({ mark, title: name, tag }: TeamView): WantedPiece {
  const filters = `containsAll(ticket.tags.name, ['${tag}']) && neq(ticket.status, 'closed')`;
  const repair = { filters, visibility: 'public', deactivated_datetime: null };
  return {
    ...{ kind: kindNames.view, mark, name, repair },
    body: {
      ...{ name, type: 'ticket-list', filters, visibility: 'public' },
      ...{ fields: ['details', 'tags', 'customer', 'created'] },
      ...{ order_by: 'updated_datetime', order_dir: 'desc' },
    },
    shows: { active: true, filters: plain(filters), visibility: 'public' },
  };
}
