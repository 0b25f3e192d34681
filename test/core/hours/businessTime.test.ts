/** All hours arithmetic against a walk of every minute: 10,000 questions over clocks that jump, and hours of all kinds. */
import fc from 'fast-check';
import type { Shift } from '../../../src/core/hours/businessHours';
import {
  addBusinessDays,
  addBusinessTime,
  businessTimeBetween,
  isOpen,
  nextOpening,
} from '../../../src/core/hours/businessTime';
import { openZoneOffsets } from '../../../src/policy/hours/zoneOffsets';
import {
  afterBusinessDays,
  afterOpenMinutes,
  clockOf,
  firstOpenMinute,
  minuteMs,
  openMinutesBetween,
  walk,
} from './minuteByMinute';

const days = 12;
const schedules = 400;
const questionsEach = 25;

/** Zone, and the UTC midnight some days before something happens there. */
const moments = [
  ['Europe/Berlin', '2026-03-25'], // clocks forward, 02:00 to 03:00
  ['Europe/Berlin', '2026-10-21'], // and back
  ['America/New_York', '2026-03-04'],
  ['America/New_York', '2026-10-28'],
  ['America/Santiago', '2026-04-01'], // back at midnight: the day of the change has 25 hours before it is over
  ['America/Santiago', '2026-09-02'], // forward at midnight: the day begins at 01:00
  ['Australia/Lord_Howe', '2026-09-30'], // by half an hour
  ['Australia/Lord_Howe', '2027-03-31'],
  ['Antarctica/Troll', '2026-03-25'], // by two hours
  ['Africa/Casablanca', '2027-02-03'], // winter time for the month of fasting
  ['Asia/Kolkata', '2028-02-25'], // half an hour off, and a leap day
  ['Asia/Kathmandu', '2026-12-28'], // three quarters off, over new year
  ['Pacific/Apia', '2011-12-26'], // 30 December 2011 did not take place
  ['UTC', '2028-02-25'],
] as const;

/** On the quarter, where clocks change; and with a minute that is on none. */
const timeOfDay = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 1439 }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 60, 90, 120, 135, 150, 165, 180) },
);

/** Shifts of one day, that of the night last; none overlaps, and none reaches over the first of the next morning. */
const shifts: fc.Arbitrary<readonly Shift[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.constant<readonly Shift[]>([[0, 1440]]) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.uniqueArray(timeOfDay, { minLength: 2, maxLength: 6 }), fc.boolean())
      .map(([times, overnight]) => {
        const sorted = times.toSorted((a, b) => a - b);
        const pairs = sorted.flatMap((from, index): readonly Shift[] => {
          const to = sorted[index + 1];
          return index % 2 === 1 || to === undefined ? [] : [[from, to]];
        });
        const last = sorted.length % 2 === 1 ? sorted.at(-1) : undefined;
        return overnight && last !== undefined ? [...pairs, [last, 1440] as const] : pairs;
      }),
  },
);

/** Where the night's shift may go on, it does: until at most the first shift of the next day. */
function untilMorning(
  week: readonly (readonly Shift[])[],
  overnight: boolean,
): readonly (readonly Shift[])[] {
  if (!overnight) return week;
  return week.map((day, index) => {
    const [firstOfNext] = week[(index + 1) % 7] ?? [];
    const last = day.at(-1);
    if (last?.[1] !== 1440) return day;
    return [...day.slice(0, -1), [last[0], 1440 + Math.min(360, firstOfNext?.[0] ?? 360)]];
  });
}

const question = fc.record({
  start: fc.integer({ min: 0, max: 6 * 1440 }),
  minutes: fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 5_000 })),
  businessDays: fc.integer({ min: 1, max: 4 }),
});

const story = fc.record({
  moment: fc.constantFrom(...moments),
  week: fc
    .tuple(fc.array(shifts, { minLength: 7, maxLength: 7 }), fc.boolean())
    .map(([week, overnight]) => untilMorning(week, overnight)),
  closedOn: fc.array(fc.integer({ min: 0, max: days - 1 }), { maxLength: 3 }),
  questions: fc.array(question, { minLength: questionsEach, maxLength: questionsEach }),
});

it(`counts as a walk of every minute does, ${schedules * questionsEach} times`, async () => {
  const zoneOffsets = await openZoneOffsets();
  let asked = 0;
  fc.assert(
    fc.property(story, ({ moment: [timeZone, date], week, closedOn, questions }) => {
      const from = Date.parse(date);
      const dates = Object.fromEntries(
        closedOn.map((day) => [new Date(from + day * 1440 * minuteMs).toISOString().slice(0, 10), []]),
      );
      const offsets = zoneOffsets(timeZone, from - 30 * 1440 * minuteMs, from + 30 * 1440 * minuteMs);
      const hours = { timeZone, week, dates, offsets };
      const slow = walk(hours, clockOf(timeZone, from, days));
      const at = (index: number | null) => (index === null ? null : from + index * minuteMs);
      const wrong = questions.flatMap(({ start, minutes, businessDays }) => {
        asked += 1;
        const now = from + start * minuteMs;
        const compared: readonly (readonly [string, number | null, number | null])[] = [
          ['open', Number(slow.open[start] !== null), Number(isOpen(hours, now))],
          [
            'between',
            openMinutesBetween(slow, start, start + minutes) * minuteMs,
            businessTimeBetween(hours, now, now + minutes * minuteMs),
          ],
          ['opening', at(firstOpenMinute(slow, start)), nextOpening(hours, now)],
          [
            'time',
            at(afterOpenMinutes(slow, start, minutes)),
            addBusinessTime(hours, now, minutes * minuteMs),
          ],
          [
            'days',
            at(afterBusinessDays(slow, start, businessDays)),
            addBusinessDays(hours, now, businessDays),
          ],
        ];
        // Where the walk is too short to know, nothing is compared.
        return compared.filter(([, slowly, quickly]) => slowly !== null && slowly !== quickly);
      });
      expect(wrong).toEqual([]);
    }),
    { numRuns: schedules, seed: 20261126 },
  );
  expect(asked).toBe(schedules * questionsEach);
});
