/**
 * When the team is at work, with all that the world's clocks and calendars add to it worked out beforehand: the zone's
 * offsets as numbers, holidays as dates. Counting over it needs no time zone database and no calendar, so a workflow
 * that is replayed on another Node, with other data, counts the same.
 */

/** Minutes after midnight of the day on which it begins; `to` is past 1440 where it goes on after midnight. */
export type Shift = readonly [from: number, to: number];

/** `minutes` ahead of UTC since `from`, in epoch milliseconds. */
export type ZoneOffset = readonly [from: number, minutes: number];

export interface BusinessHours {
  /** For people: `Europe/Berlin`. */
  readonly timeZone: string;
  /** Oldest first. The first counts for the time before it too, the last for all that comes. */
  readonly offsets: readonly [ZoneOffset, ...ZoneOffset[]];
  /** The shifts that begin on each day of the week, Sunday first; in their order, without overlaps. */
  readonly week: readonly (readonly Shift[])[];
  /** Days that are not as their week says, by date (`2026-12-25`): holidays and exceptions. Empty: closed. */
  readonly dates: Readonly<Record<string, readonly Shift[]>>;
}
