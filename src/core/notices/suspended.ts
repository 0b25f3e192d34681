/**
 * Messages that a desk has kept back from its tickets, because it took them for spam or the like. One that was a customer's
 * is lost unless a person looks: people are told of those that may be, once. Nothing is taken out of there by Deskhand.
 */
import { minuteMs } from '../spans';
import { compareIds } from '../ticket/ticket';
import type { Notice } from './notice';

export interface SuspendedMessage {
  /** Grows with every message. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** For programs, one of a closed set: `failed-authentication`. */
  readonly cause: string;
  /** Completes "because": `the sender's mail server could not be verified`. */
  readonly why: string;
  /** False: spam, bounces, automatic answers. Such are counted, and nobody is called. */
  readonly mayBeCustomers: boolean;
}

/** Where the last look ended. */
export interface SuspendedMark {
  /** The newest message seen; null: none yet. */
  readonly upTo: string | null;
  /** Epoch milliseconds. */
  readonly lookedAt: number;
}

/** What a look needs not show again. */
export interface SuspendedSeen {
  /** As in the mark. */
  readonly upTo: string | null;
  /** Epoch milliseconds: without a mark, what came before is old. */
  readonly since: number;
}

export function isUnseen({ id, at }: SuspendedMessage, { upTo, since }: SuspendedSeen): boolean {
  return upTo === null ? Date.parse(at) >= since : compareIds(id, upTo) > 0;
}

/** Where they are, and what becomes of them there. */
export interface SuspendedPlace {
  /** Completes "look at it in": `Zendesk, under Views > Suspended tickets`. */
  readonly place: string;
  readonly keptForDays: number;
}

export interface SuspendedNews {
  readonly notices: readonly Notice[];
  readonly mark: SuspendedMark;
  /** What was new: of those that people are told of, and of the others. */
  readonly told: number;
  readonly counted: number;
}

const betweenLooksMs = 10 * minuteMs;

/** Between two looks lies some time: nobody answers these within a minute, and each costs a request. */
export function isDue(mark: SuspendedMark | undefined, now: number): boolean {
  return mark === undefined || now - mark.lookedAt >= betweenLooksMs;
}

/** What is new since the mark, in a notice for each cause. */
export function suspendedNews(
  messages: readonly SuspendedMessage[],
  place: SuspendedPlace,
  {
    mark,
    since,
    now,
  }: { readonly mark: SuspendedMark | undefined; readonly since: number; readonly now: number },
): SuspendedNews {
  const upTo = mark?.upTo ?? null;
  const fresh = messages.filter((message) => isUnseen(message, { upTo, since }));
  const theirs = fresh
    .filter(({ mayBeCustomers }) => mayBeCustomers)
    .toSorted((one, other) => compareIds(one.id, other.id));
  const firsts = theirs.filter(
    ({ cause }, at) => theirs.findIndex((message) => message.cause === cause) === at,
  );
  const newest =
    messages
      .map(({ id }) => id)
      .toSorted(compareIds)
      .at(-1) ?? null;
  const isFurther = newest !== null && (upTo === null || compareIds(newest, upTo) > 0);
  return {
    notices: firsts.map((first) =>
      noticeOf(
        first,
        theirs.filter(({ cause }) => cause === first.cause),
        place,
      ),
    ),
    mark: { upTo: isFurther ? newest : upTo, lookedAt: now },
    told: theirs.length,
    counted: fresh.length - theirs.length,
  };
}

/** @param all - of one cause, from the first on. */
function noticeOf(
  first: SuspendedMessage,
  all: readonly SuspendedMessage[],
  { place, keptForDays }: SuspendedPlace,
): Notice {
  const { cause, why, at } = first;
  return {
    kind: 'failure',
    key: `suspended/${cause}/${(all.at(-1) ?? first).id}`,
    since: Date.parse(at),
    ticket: null,
    reason: `suspended:${cause}`,
    what: `Messages are kept back from the tickets (${all.length} new), because ${why}: a customer's may be among them.`,
    next:
      `Look at them in ${place}, and recover what is a customer's: it is answered then. ` +
      `What nobody recovers is deleted there after ${keptForDays} days.`,
  };
}
