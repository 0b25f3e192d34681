/**
 * The business keys, `35436/9001/reply`: ticket, what it is about, action. Free of personal data, and the same on every
 * attempt. They stand on tickets, where a run without memory reads them back: none may ever be spelled another way.
 */
import { fingerprint } from './fingerprint';
import { handOffReasons, type HandOffReason } from './policy/plan';
import type { TicketRef } from './ticket/ticket';

type Ticket = Pick<TicketRef, 'ticketId'>;
interface Begun {
  /** "", or what tells a reply that was asked for again from the one before. */
  readonly keySuffix: string;
}

/** @param about - the newest customer comment it answers, here and below. */
export function replyKey(ref: Ticket, about: string, { keySuffix }: Begun): string {
  return keyOf(ref, about, `reply${keySuffix}`);
}

/** The promise that a person comes is not the answer, which may follow after a hand-back. */
export function promiseKey(ref: Ticket, about: string, { keySuffix }: Begun): string {
  return keyOf(ref, about, `hand-off-reply${keySuffix}`);
}

/**
 * @param about - the oldest message that waits: newer ones, and a run without memory, make no other of it.
 * @param isPublic - a note that an agent may say it is not yet said.
 */
export function holdingKey(ref: Ticket, about: string, isPublic: boolean): string {
  return keyOf(ref, about, isPublic ? 'holding' : 'holding-note');
}

export function noteKey(ref: Ticket, about: string, { keySuffix }: Begun): string {
  return keyOf(ref, about, `note${keySuffix}`);
}

/**
 * A later draft on the same message is another one, and must be approved anew.
 * @param life - of the ticket's state.
 * @param which - what tells it from the others about that message in this life; no time, which is another after a reset.
 */
export function draftKey(
  ref: Ticket,
  about: string,
  { keySuffix }: Begun,
  life: string,
  which: string,
): string {
  return keyOf(ref, about, `draft${keySuffix}-${fingerprint(life).slice(0, 6)}-${which}`);
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
export function silenceKey(ref: Ticket, about: string, { keySuffix }: Begun): string {
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

/** @param about - the newest of the automatic messages. */
export function automaticKey(ref: Ticket, about: string): string {
  return keyOf(ref, about, 'automatic');
}

/** @param about - the newest of others' messages. */
export function othersWroteKey(ref: Ticket, about: string): string {
  return keyOf(ref, about, 'third-party');
}

/** @param since - when the clock began: each is told of once. */
export function slaKey(ref: Ticket, clock: string, since: number, what: 'warning' | 'breach'): string {
  return keyOf(ref, `sla-${clock}-${since}`, `sla-${what}`);
}

/** @param count - from 1. */
export function reminderKey(draft: string, count: number): string {
  return `${draft}/reminder-${count}`;
}

/** @param turn - the number of the one that the hand-back has begun. */
export function handBackKey(ref: Ticket, about: string, turn: number, life: string): string {
  return keyOf(ref, about, `given-back-${turn}-${life}`);
}

/** @param about - the newest customer comment that waits. */
export function teamSilenceKey(ref: Ticket, about: string): string {
  return keyOf(ref, about, 'team-silence');
}

/** @param rating - its id on the desk: people are told of it once. */
export function ratingKey(ref: Ticket, rating: string, how: 'hand-off' | 'note'): string {
  return keyOf(ref, `${ratingPrefix}${rating}`, how === 'hand-off' ? 'hand-off-bad-rating' : 'bad-rating');
}

const ratingPrefix = 'rating-';

/** Of the note that the tag was not heeded. */
export function sendTagKey(draft: string): string {
  return `${draft}/tag`;
}

/** Of a note that belongs to another update; `plain` stands in for it, in its simplest form. */
export function keyBeside(
  key: string,
  what: 'plain' | 'fields' | 'done' | 'doubt' | 'void' | 'untagged',
): string {
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
  /** `isHandedOff`: with the ticket. */
  | { readonly type: 'rating'; readonly rating: string; readonly isHandedOff: boolean }
  /** Of the ticket itself: it goes on where a closed one could not. */
  | { readonly type: 'follow-up-ticket' }
  | { readonly type: 'close' }
  /** No answer: the customer waits on. */
  | { readonly type: 'holding' }
  /** Tells nothing of whose the ticket is: order actions, codes, notes beside other updates. */
  | { readonly type: 'beside' };

/** @returns null: none of Deskhand's. */
export function parseKey(key: string): Key | null {
  const [, about, action] = /^[^/]+\/([^/]*)\/(.+)$/s.exec(key) ?? [];
  if (about === undefined || action === undefined) return null;
  // An action's id, which people may choose, stands in it.
  if (key.endsWith('/close')) return { type: 'close' };
  const deed = action.replace(/\/plain$/, '');
  if (about.startsWith(ratingPrefix) && /^(hand-off-)?bad-rating$/.test(deed)) {
    const rating = about.slice(ratingPrefix.length);
    return { type: 'rating', rating, isHandedOff: deed !== 'bad-rating' };
  }
  if (/^reply(-again-|$)/.test(deed) && !/\/fields$/.test(deed)) return { type: 'reply', about };
  if (deed.includes('/')) return { type: 'beside' };
  if (/^note(-again-|$)/.test(deed)) return { type: 'note', about };
  if (deed === 'holding') return { type: 'holding' };
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
