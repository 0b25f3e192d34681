/**
 * What `deskhand connect zendesk` makes on an account. Each piece has a mark in its description: that alone says that it is
 * ours, whatever an admin renames it to.
 */

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

export const pieceKinds = ['webhook'] as const;
export type PieceKind = (typeof pieceKinds)[number];

export interface WantedPiece {
  readonly kind: PieceKind;
  /** What tells it from all our other pieces: `events`. */
  readonly mark: string;
  readonly name: string;
  /** As it is sent when it is made. */
  readonly body: JsonObject;
  /** What the account shows of it as long as nobody changes it. */
  readonly shows: JsonObject;
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

export const webhookMark = 'events';

/**
 * The events after which a ticket is worth a look (developer.zendesk.com/api-reference/webhooks/event-types/ticket-events);
 * the server ignores tags that steer nothing.
 */
export const watchedEvents: readonly string[] = [
  'created',
  'comment_added',
  'comment_made_private',
  'status_changed',
  'agent_assignment_changed',
  'group_assignment_changed',
  'requester_changed',
  'csat_received',
  'merged',
  'marked_as_spam',
  'soft_deleted',
  'undeleted',
  'tags_changed',
].map((name) => `zen:event-type:ticket.${name}`);

/** @param publicUrl - where Zendesk reaches this Deskhand, without a trailing slash. */
export function webhookEndpoint(publicUrl: string): string {
  return `${publicUrl}/webhooks/zendesk`;
}

export function wantedPieces(publicUrl: string): readonly WantedPiece[] {
  const name = 'Deskhand';
  const description = marked('Tells Deskhand that a ticket has changed.', webhookMark);
  const shows = {
    endpoint: webhookEndpoint(publicUrl),
    http_method: 'POST',
    request_format: 'json',
    status: 'active',
    subscriptions: watchedEvents,
  };
  return [{ kind: 'webhook', mark: webhookMark, name, body: { name, description, ...shows }, shows }];
}
