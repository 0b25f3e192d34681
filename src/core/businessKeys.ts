/**
 * The business keys, `35436/9001/reply`: ticket, what it is about, action. Free of personal data, and the same on every
 * attempt. They stand on tickets, where a run without memory reads them back: none may ever be spelled another way.
 */
import { handOffReasons, type HandOffReason } from './policy/plan';
import type { TicketRef } from './ticket/ticket';

type Ticket = Pick<TicketRef, 'ticketId'>;
interface Begun {
  /** "", or what tells a reply that was asked for again from the one before. */
  readonly keySuffix: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** @param about - the newest customer comment it answers, here and below. */
export function replyKey(ref: Ticket, about: string, { keySuffix }: Pick<Begun, 'keySuffix'>): string {
  return keyOf(ref, about, `reply${keySuffix}`);
}

/** The promise that a person comes is not the answer, which may follow after a hand-back. */
export function promiseKey(ref: Ticket, about: string, { keySuffix }: Pick<Begun, 'keySuffix'>): string {
  return keyOf(ref, about, `hand-off-reply${keySuffix}`);
}

export function noteKey(ref: Ticket, about: string, { keySuffix }: Pick<Begun, 'keySuffix'>): string {
  return keyOf(ref, about, `note${keySuffix}`);
}

/**
 * Of this turn alone: a later draft on the same message is another text, and must be approved anew.
 * @param basis - the hash of what an approval rests on, where it is held for one: the same turn may make another.
 */
export function draftKey(ref: Ticket, about: string, { keySuffix, startedAt }: Begun, basis = ''): string {
  return keyOf(ref, about, `draft${keySuffix}-${startedAt}${basis === '' ? '' : `-${basis}`}`);
}

/** One hand-off; no time tells it from another, since that is a different one after a reset. */
export interface HandOffCount {
  /** Null: no message, the ticket. */
  readonly about: string | null;
  /** From 1, of the hand-offs about it in one life of the ticket's state. */
  readonly count: number;
  readonly life: string;
}

export function handOffKey(ref: Ticket, reason: HandOffReason, { about, count, life }: HandOffCount): string {
  return keyOf(ref, about ?? 'ticket', `hand-off-${reason}-${count}-${life}`);
}

export function handOffId({ about, count, life }: HandOffCount): string {
  return `${about ?? 'ticket'}-${count}-${life}`;
}

/** @param handOff - its id, or when it was, where an earlier life of the state did it. */
export function rungKey(ref: Ticket, handOff: string, level: number): string {
  return keyOf(ref, handOff, `escalate-${level}`);
}

/** @param actionId - as the agent's request had it; people may choose it. */
export function closeKey(ref: Ticket, actionId: string): string {
  return keyOf(ref, actionId, 'close');
}

/** What the follow-ups after one reply have in common: where that is there already, so are they. */
export function silenceKey(ref: Ticket, about: string, { keySuffix }: Pick<Begun, 'keySuffix'>): string {
  return keyOf(ref, about, `follow-up${keySuffix}`);
}

/** @param count - from 1. */
export function followUpKey(silence: string, count: number): string {
  return `${silence}-${count}`;
}

/** Of the ticket that follows a closed one, on both of which it stands. */
export function followUpTicketKey(ref: Ticket, about: string): string {
  return keyOf(ref, about, 'follow-up');
}

/** @param about - the oldest message of the turn, which newer ones do not change. */
export function orderActionKey(
  ref: Ticket,
  about: string,
  { type, order }: { readonly type: string; readonly order: string },
): string {
  return keyOf(ref, about, `${type}/${order}`);
}

/** @param about - the oldest message of the turn as well. */
export function codeKey(ref: Ticket, about: string, order: string): string {
  return keyOf(ref, about, `code/${order}`);
}

/** @param since - when the clock began: each is told of once. */
export function slaKey(ref: Ticket, clock: string, since: number, what: 'warning' | 'breach'): string {
  return keyOf(ref, `sla-${clock}-${since}`, `sla-${what}`);
}

/** @param count - from 1. */
export function reminderKey(draft: string, count: number): string {
  return `${draft}/reminder-${count}`;
}

/** Of a note that belongs to another update; `plain` stands in for it, in its simplest form. */
export function keyBeside(key: string, what: 'plain' | 'fields' | 'done' | 'doubt' | 'void'): string {
  return `${key}/${what}`;
}

export function isPlain(key: string): boolean {
  return key.endsWith('/plain');
}

function keyOf({ ticketId }: Ticket, about: string, action: string): string {
  return `${ticketId}/${about}/${action}`;
}

export type Key =
  /** `about`: a comment's id. */
  | { readonly type: 'reply' | 'promise' | 'note' | 'draft' | 'follow-up'; readonly about: string }
  /** `about` null: no message. `reason` null: an earlier version did not write it, or a later one has another. */
  | { readonly type: 'hand-off'; readonly about: string | null; readonly reason: HandOffReason | null }
  | { readonly type: 'rung'; readonly level: number }
  /** Of the ticket itself: it goes on where a closed one could not. */
  | { readonly type: 'follow-up-ticket' }
  | { readonly type: 'close' }
  /** Tells nothing of whose the ticket is: order actions, codes, notes beside other updates. */
  | { readonly type: 'beside' };

/** @returns null: none of Deskhand's. */
export function parseKey(key: string): Key | null {
  const [, about, action] = /^[^/]+\/([^/]*)\/(.+)$/s.exec(key) ?? [];
  if (about === undefined || action === undefined) return null;
  // An action's id, which people may choose, stands in it.
  if (key.endsWith('/close')) return { type: 'close' };
  const deed = action.replace(/\/plain$/, '');
  if (/^reply(-again-|$)/.test(deed) && !/\/fields$/.test(deed)) return { type: 'reply', about };
  if (deed.includes('/')) return { type: 'beside' };
  if (/^note(-again-|$)/.test(deed)) return { type: 'note', about };
  if (deed === 'follow-up') return { type: 'follow-up-ticket' };
  if (/^follow-up-/.test(deed)) return { type: 'follow-up', about };
  if (/^draft-/.test(deed)) return { type: 'draft', about };
  if (/^hand-off-reply(-again-|$)/.test(deed)) return { type: 'promise', about };
  const [, level] = /^escalate-(\d+)$/.exec(deed) ?? [];
  if (level !== undefined) return { type: 'rung', level: Number(level) };
  const [isHandOff, reason] = /^hand-off-(?:([a-z-]+)-)?\d/.exec(deed) ?? [];
  if (isHandOff === undefined) return { type: 'beside' };
  return {
    type: 'hand-off',
    about: about === 'ticket' ? null : about,
    reason: handOffReasons.find((known) => known === reason) ?? null,
  };
}
