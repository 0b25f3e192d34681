/**
 * "The one with the blue mug", "the newest", "die von letzter Woche": which of the orders that we offered is meant.
 * Pure. Where two would do, none is: it is asked again.
 */
import type { OfferedOrder } from '../../core/conversation/dialogue';
import { thingsFitting, wordsBeside } from './thingsNamed';

export interface Described {
  readonly number: string;
  /** The message does nothing but describe the order. */
  readonly isAll: boolean;
}

/** Longer messages are stories, and the order that they speak of is in doubt. */
const longestDescription = 120;
const day = 86_400_000;

const extremes: readonly (readonly [RegExp, 'newest' | 'oldest'])[] = [
  [
    word(
      'newest|latest|most recent|neueste[nrs]?|neuste[nrs]?|jüngste[nrs]?|aktuellste[nrs]?|plus récente?|más reciente|más nuev[oa]|nyeste|seneste',
    ),
    'newest',
  ],
  [word('oldest|älteste[nrs]?|plus ancien(?:ne)?|plus vieille|más antigu[oa]|más viej[oa]|ældste'), 'oldest'],
];

/** Whole days before today, the later one first: [0, 0] is today. */
type Span = readonly [number, number];
const relative: readonly (readonly [RegExp, (today: number) => Span])[] = [
  [word("today|heute|aujourd'hui|hoy|i dag"), () => [0, 0]],
  [word("yesterday|gestern|d'hier|ayer|i går"), () => [1, 1]],
  [
    word('this week|dies(?:e|er) woche|cette semaine|esta semana|denne uge'),
    (today) => [0, weekdayOf(today)],
  ],
  [
    word(
      'last week|(?:letzte|vorige|vergangene)[nr]? woche|semaine dernière|semana pasada|sidste uge|forrige uge',
    ),
    (today) => [weekdayOf(today) + 1, weekdayOf(today) + 7],
  ],
];
const lastMonth = word(
  'last month|(?:letzte|vorige|vergangene)[nrs]? monat|mois dernier|mes pasado|sidste måned|forrige måned',
);

const languages = ['en', 'de', 'fr', 'es', 'da'] as const;
const months = namesOf({ month: 'long' }, 12, (place) => Date.UTC(2026, place, 15));
/** "Nov", "sept": only beside a day; "mar" alone is the sea. */
const shortMonths = namesOf({ month: 'short' }, 12, (place) => Date.UTC(2026, place, 15));
/** 5 January 2026 is a Monday. */
const weekdays = namesOf({ weekday: 'long' }, 7, (place) => Date.UTC(2026, 0, 5 + place));
const numericDate =
  /(?<!\d)(\d{1,2})[./](\d{1,2})(?:[./](?:20)?\d{2})?(?!\d)|(?<!\d)20\d{2}-(\d{2})-(\d{2})(?!\d)/u;

/** @param today - of the shop, as ISO date. @returns null when none, or more than one, is described. */
export function describedOrder(
  text: string,
  offered: readonly OfferedOrder[],
  today: string,
): Described | null {
  const said = text.trim().toLowerCase().replace(/[’`´]/g, "'");
  if (offered.length === 0 || said.length > longestDescription || said.includes('?')) return null;
  const cues = cuesIn(said, Date.parse(today));
  const items = offered.map((order) => order.items.join(' '));
  const fitting = thingsFitting(cues.rest, items);
  if (fitting === null && cues.placed === null && cues.extreme === null) return null;
  const { placed } = cues;
  const meant = offered.filter(
    (order) =>
      (fitting === null || fitting.includes(order.items.join(' '))) &&
      (placed === null || placed(Date.parse(order.placedOn))),
  );
  const [only, ...others] = cues.extreme === null ? meant : endOf(meant, cues.extreme);
  if (only === undefined || others.length > 0) return null;
  return { number: only.number, isAll: wordsBeside(cues.rest, items).length === 0 };
}

interface Cues {
  /** Whether an order placed then is meant; null: nothing was said about it. */
  readonly placed: ((placedOn: number) => boolean) | null;
  readonly extreme: 'newest' | 'oldest' | null;
  /** The words without them. */
  readonly rest: string;
}

function cuesIn(said: string, today: number): Cues {
  const extreme = extremes.find(([pattern]) => pattern.test(said));
  const without = extreme === undefined ? said : said.replace(extreme[0], ' ');
  const { placed, rest } = dateIn(without, today);
  return { placed, extreme: extreme?.[1] ?? null, rest };
}

function dateIn(said: string, today: number): Pick<Cues, 'placed' | 'rest'> {
  for (const [pattern, spanOf] of relative) {
    if (!pattern.test(said)) continue;
    const [from, to] = spanOf(today);
    const placed = (on: number) => on <= today - from * day && on >= today - to * day;
    return { placed, rest: said.replace(pattern, ' ') };
  }
  if (lastMonth.test(said)) {
    const before = new Date(new Date(today).setUTCDate(0));
    return { placed: (on) => isSameMonth(new Date(on), before), rest: said.replace(lastMonth, ' ') };
  }
  const numeric = numericDate.exec(said);
  if (numeric !== null) {
    const [whole, one, two, month, date] = numeric;
    const isThat = (on: Date, dayOf?: string, monthOf?: string) =>
      on.getUTCDate() === Number(dayOf) && on.getUTCMonth() + 1 === Number(monthOf);
    // "11/12": whichever way round it is meant; of two orders that fit, none is chosen.
    const placed = (at: number) => {
      const on = new Date(at);
      return month === undefined ? isThat(on, one, two) || isThat(on, two, one) : isThat(on, date, month);
    };
    return { placed, rest: said.replace(whole, ' ') };
  }
  return namedDate(said, today);
}

/** "18 November", "from October", "le lundi". */
function namedDate(said: string, today: number): Pick<Cues, 'placed' | 'rest'> {
  const words = said.match(/[\p{L}\p{N}]+/gu) ?? [];
  const without = (names: readonly (string | undefined)[]) =>
    words.filter((name) => !names.includes(name)).join(' ');
  // "18 November", "18 de noviembre", "November 18th"
  const dayBeside = (at: number) =>
    [words[at - 1], words[at + 1], words[at - 2]].find((name) =>
      /^\d{1,2}(?:st|nd|rd|th|er)?$/.test(name ?? ''),
    );
  const at = words.findIndex(
    (name, place) => months.has(name) || (shortMonths.has(name) && dayBeside(place) !== undefined),
  );
  if (at >= 0) {
    const month = months.get(words[at] ?? '') ?? shortMonths.get(words[at] ?? '');
    const dayName = dayBeside(at);
    const date = dayName === undefined ? null : Number.parseInt(dayName, 10);
    const placed = (placedOn: number) => {
      const on = new Date(placedOn);
      return on.getUTCMonth() === month && (date === null || on.getUTCDate() === date);
    };
    return { placed, rest: without([words[at], dayName]) };
  }
  const name = words.find((candidate) => weekdays.has(candidate));
  const weekday = weekdays.get(name ?? '');
  if (weekday === undefined) return { placed: null, rest: said };
  const ago = (weekdayOf(today) - weekday + 7) % 7;
  return { placed: (on) => on === today - ago * day, rest: without([name]) };
}

function endOf(orders: readonly OfferedOrder[], extreme: 'newest' | 'oldest'): readonly OfferedOrder[] {
  const times = orders.map(({ placedOn }) => Date.parse(placedOn));
  const end = extreme === 'newest' ? Math.max(...times) : Math.min(...times);
  return orders.filter(({ placedOn }) => Date.parse(placedOn) === end);
}

function isSameMonth(one: Date, other: Date): boolean {
  return one.getUTCMonth() === other.getUTCMonth() && one.getUTCFullYear() === other.getUTCFullYear();
}

/** Monday is 0. */
function weekdayOf(time: number): number {
  return (new Date(time).getUTCDay() + 6) % 7;
}

function word(alternatives: string): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${alternatives})(?!\\p{L})`, 'iu');
}

/** As the languages write them, each with its place; "mars" and "mardi" are what they are. */
function namesOf(
  format: Intl.DateTimeFormatOptions,
  count: number,
  timeOf: (place: number) => number,
): ReadonlyMap<string, number> {
  return new Map(
    languages.flatMap((language) => {
      const names = new Intl.DateTimeFormat(language, { ...format, timeZone: 'UTC' });
      return Array.from(
        { length: count },
        (_, place) => [names.format(timeOf(place)).toLowerCase().replace('.', ''), place] as const,
      );
    }),
  );
}
