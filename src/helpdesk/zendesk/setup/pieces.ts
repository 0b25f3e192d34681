/**
 * What `deskhand connect zendesk` makes on an account. Each piece has a mark in its description: that alone says that it is
 * ours, whatever an admin renames it to.
 */
import { lookEvents, tagsChangedEvent } from '../ticketEvents';
import { approvalTag, handedOffTag, slaBreachedTag } from '../../../core/ticket/tags';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

/** In the order in which they are made: a trigger names its webhook. They are taken away in the opposite order. */
export const pieceKinds = ['webhook', 'trigger', 'view'] as const;
export type PieceKind = (typeof pieceKinds)[number];

export interface WantedPiece {
  readonly kind: PieceKind;
  /** What tells it from all our other pieces: `events`. */
  readonly mark: string;
  readonly name: string;
  /** As it is sent when it is made. */
  readonly body: JsonObject;
  /** As it is sent when it is mended: without name and description, which are an admin's to change. */
  readonly repair: JsonObject;
  /** What the account shows of it as long as nobody changes it. */
  readonly shows: JsonObject;
  /** The same, calling this webhook, whose id is known once it is there; absent: it calls none. */
  readonly calling?: (webhookId: string) => WantedPiece;
}

/** A piece of ours, as the account has it. */
export interface FoundPiece {
  readonly kind: PieceKind;
  readonly id: string;
  readonly mark: string;
  readonly name: string;
  readonly record: Readonly<Record<string, unknown>>;
}

export function markOf(description: string | null | undefined): string | null {
  return /\[deskhand:([a-z-]{1,40})\]/.exec(description ?? '')?.[1] ?? null;
}

function marked(text: string, mark: string): string {
  return `${text} Made by "deskhand connect": change it there. [deskhand:${mark}]`;
}

/** How the account tells of a change: by event subscriptions, or by a trigger. Null: by events. */
export type ByTrigger = { readonly botUserId: string } | null;

/** Two marks, since a webhook of one kind cannot become one of the other. */
export function webhookMark(byTrigger: boolean): string {
  return byTrigger ? 'calls' : 'events';
}

/** The server ignores tags that steer nothing. */
const watchedEvents: readonly string[] = [...lookEvents, tagsChangedEvent];
const calledByTriggers: readonly string[] = ['conditional_ticket_events'];

/**
 * @param publicUrl - where Zendesk reaches this Deskhand, without a trailing slash.
 * @param account - whose webhook it is, where there may be several; null: there is one.
 */
export function webhookEndpoint(publicUrl: string, account: string | null): string {
  return `${publicUrl}/webhooks/zendesk${account === null ? '' : `/${account}`}`;
}

/** In the order in which they are made. */
export function wantedPieces(
  endpoint: string,
  { views, trigger = null }: { readonly views: boolean; readonly trigger?: ByTrigger },
): readonly WantedPiece[] {
  return [
    wantedWebhook(endpoint, trigger !== null),
    ...(trigger === null ? [] : [wantedTrigger(trigger.botUserId, '')]),
    ...(views ? teamViews.map((view) => wantedView(view)) : []),
  ];
}

function wantedWebhook(endpoint: string, byTrigger: boolean): WantedPiece {
  const name = 'Deskhand';
  const mark = webhookMark(byTrigger);
  const description = marked('Tells Deskhand that a ticket has changed.', mark);
  const shows = {
    endpoint,
    http_method: 'POST',
    request_format: 'json',
    status: 'active',
    subscriptions: byTrigger ? calledByTriggers : watchedEvents,
  };
  return {
    ...{ kind: 'webhook', mark, name, shows },
    ...{ body: { name, description, ...shows }, repair: shows },
  };
}

/**
 * At every change but our own (developer.zendesk.com/api-reference/ticketing/business-rules/triggers,
 * developer.zendesk.com/documentation/ticketing/reference-guides/conditions-reference: `role` is who makes the change). Ids
 * alone are sent, since texts in a template break its JSON.
 */
function wantedTrigger(botUserId: string, webhookId: string): WantedPiece {
  const mark = 'trigger';
  const title = 'Tell Deskhand';
  const is = (value: string) => ({ field: 'update_type', operator: 'is', value });
  const shows = {
    active: true,
    conditions: {
      all: [{ field: 'role', operator: 'is_not', value: botUserId }],
      any: [is('Create'), is('Change')],
    },
    actions: [{ field: 'notification_webhook', value: [webhookId, '{"ticket_id": "{{ticket.id}}"}'] }],
  };
  const description = marked('Calls the webhook when somebody else than Deskhand changes a ticket.', mark);
  return {
    ...{ kind: 'trigger', mark, name: title, shows },
    ...{ body: { title, description, ...shows }, repair: shows },
    calling: (id) => wantedTrigger(botUserId, id),
  };
}

interface TeamView {
  readonly mark: string;
  readonly title: string;
  readonly about: string;
  readonly tag: string;
}

const teamViews: readonly TeamView[] = [
  {
    mark: 'view-handed-over',
    title: 'Handed over by Deskhand',
    about: 'A person goes on here.',
    tag: handedOffTag,
  },
  {
    mark: 'view-drafts',
    title: 'Drafts of Deskhand waiting',
    about: 'A draft waits for approval.',
    tag: approvalTag,
  },
  {
    mark: 'view-late',
    title: 'Late, says Deskhand',
    about: 'A time that was promised to the customer has passed.',
    tag: slaBreachedTag,
  },
];

/** developer.zendesk.com/api-reference/ticketing/business-rules/views: written as `all`, shown below `conditions`. */
function wantedView({ mark, title, about, tag }: TeamView): WantedPiece {
  const all = [
    { field: 'status', operator: 'less_than', value: 'solved' },
    { field: 'current_tags', operator: 'includes', value: tag },
  ];
  const repair = { active: true, all, any: [] };
  const output = { columns: ['status', 'subject', 'requester', 'updated', 'assignee'] };
  return {
    ...{ kind: 'view', mark, name: title, repair },
    body: { title, description: marked(about, mark), ...repair, output },
    shows: { active: true, conditions: { all, any: [] } },
  };
}
