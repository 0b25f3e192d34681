/** Clocks against a walk of every minute of random stories, and what each of them means. */
import fc from 'fast-check';
import { clockOf, minuteMs, walk } from '../hours/minuteByMinute';
import type { BusinessHours } from '../../../src/core/hours/businessHours';
import { breachAt, usedOf, warningAt } from '../../../src/core/sla/clock';
import { clocksAfter, type ClockEvent, type Clocks } from '../../../src/core/sla/clocks';
import { clockNames, type ClockName, type SlaTarget } from '../../../src/core/sla/targets';
import { openZoneOffsets } from '../../../src/policy/hours/zoneOffsets';
import { slowClock, type Told } from './slowClocks';

const hourMs = 60 * minuteMs;
const days = 10;
const end = days * 1440;
/** The clocks go back on the Sunday. */
const from = Date.parse('2026-10-21');
const timeZone = 'Europe/Berlin';

const schedules = [
  { name: 'office', week: [[], ...Array.from({ length: 5 }, () => [[540, 1020]] as const), []], dates: {} },
  {
    name: 'nights and a holiday',
    week: Array.from({ length: 7 }, () => [[1320, 1500]] as const),
    dates: { '2026-10-23': [] },
  },
  {
    name: 'two shifts',
    week: Array.from(
      { length: 7 },
      () =>
        [
          [480, 715],
          [780, 1051],
        ] as const,
    ),
    dates: {},
  },
] as const;

const types: readonly ClockEvent['type'][] = [
  'customer-wrote',
  'answered',
  'waits-for-customer',
  'goes-on',
  'handed-off',
  'picked-up',
  'solved',
];

const story: fc.Arbitrary<readonly Told[]> = fc
  .array(
    fc.record({
      type: fc.oneof(
        { weight: 3, arbitrary: fc.constant(types[0] ?? 'solved') },
        { weight: 7, arbitrary: fc.constantFrom(...types) },
      ),
      after: fc.oneof(
        { weight: 3, arbitrary: fc.nat({ max: 90 }) },
        { weight: 1, arbitrary: fc.nat({ max: 900 }) },
      ),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((told) => {
    let at = 0;
    return told.map(({ type, after }) => ({ type, at: (at += after) }));
  });

function clocksOf(told: readonly Told[], hours: BusinessHours | undefined): Clocks {
  return told.reduce<Clocks>(
    (clocks, { type, at }) => clocksAfter(clocks, { type, at: from + at * minuteMs }, hours),
    {},
  );
}

test('every minute of a random story is counted as a walk over the minutes counts it', async () => {
  const zoneOffsets = await openZoneOffsets();
  const offsets = zoneOffsets(timeZone, from - 40 * 24 * hourMs, from + 40 * 24 * hourMs);
  const clock = clockOf(timeZone, from, days);
  const walked = new Map(schedules.map((schedule) => [schedule.name, walk(schedule, clock)]));
  let breaches = 0;
  fc.assert(
    fc.property(
      story,
      fc.constantFrom(...schedules),
      fc.constantFrom(...clockNames),
      fc.boolean(),
      fc.integer({ min: 1, max: 900 }),
      fc.nat({ max: 600 }),
      (told, schedule, name, isBusiness, targetMinutes, later) => {
        const hours: BusinessHours = { timeZone, offsets, week: schedule.week, dates: schedule.dates };
        const target: SlaTarget = {
          afterMs: targetMinutes * minuteMs,
          ...(isBusiness ? { countedIn: 'business-hours' as const } : {}),
          warn: { share: 0.5 },
        };
        const now = (told.at(-1)?.at ?? 0) + later;
        const open = walked.get(schedule.name)?.open ?? [];
        const slow = slowClock(told, name, (minute) => !isBusiness || open[minute] !== null, { now, end });
        const fast = clocksOf(told, hours)[name];
        if (slow === null || fast === undefined) {
          expect([slow, fast]).toEqual([null, undefined]);
          return;
        }
        expect(fast.since).toBe(from + slow.since * minuteMs);
        const { usedMs, ofMs } = usedOf(fast, target, hours, from + now * minuteMs);
        expect(usedMs / minuteMs).toBe(slow.used);
        expect(ofMs).toBe(target.afterMs);
        const breach = breachAt(fast, target, hours);
        expect(breach === null).toBe(!slow.runs);
        const reached = slow.reaches(targetMinutes);
        // What was used up before the clock stood, or beyond the walk, is due at once, or not known to it.
        if (breach === null || reached === null || breach < from + now * minuteMs) return;
        expect((breach - from) / minuteMs).toBe(reached);
        breaches += 1;
        const warning = warningAt(fast, target, hours);
        if (warning === null || warning < from + now * minuteMs) return;
        expect(Math.ceil((warning - from) / minuteMs)).toBe(slow.reaches(targetMinutes / 2));
      },
    ),
    {
      numRuns: 3_000,
      // Surely broken in time, so that it is no test of nothing.
      examples: schedules.map((schedule): [Told[], typeof schedule, ClockName, boolean, number, number] => [
        [at(10, 'customer-wrote')],
        schedule,
        'first-reply',
        true,
        60,
        5,
      ]),
    },
  );
  expect(breaches).toBeGreaterThan(0);
});

function at(minute: number, type: ClockEvent['type']): Told {
  return { type, at: minute };
}

/** In minutes, by the clock, at the 100th. */
function used(name: ClockName, ...told: readonly Told[]): number | null {
  const clock = clocksOf(told, undefined)[name];
  if (clock === undefined) return null;
  return usedOf(clock, { afterMs: hourMs }, undefined, from + 100 * minuteMs).usedMs / minuteMs;
}

describe('what each clock means', () => {
  test("the first reply is waited for from the customer's first message, however often they write", () => {
    expect(used('first-reply', at(10, 'customer-wrote'), at(50, 'customer-wrote'))).toBe(90);
    expect(used('next-reply', at(10, 'customer-wrote'), at(50, 'customer-wrote'))).toBeNull();
  });

  test('the next reply is waited for from the oldest message that is unanswered', () => {
    const talk = [
      at(0, 'customer-wrote'),
      at(5, 'answered'),
      at(20, 'customer-wrote'),
      at(60, 'customer-wrote'),
    ];
    expect(used('first-reply', ...talk)).toBe(5);
    expect(used('next-reply', ...talk)).toBe(80);
    expect(used('next-reply', ...talk, at(70, 'answered'))).toBe(50);
    expect(used('next-reply', ...talk, at(70, 'answered'), at(90, 'customer-wrote'))).toBe(10);
  });

  test('a hand-off is no answer: it stops and restarts nothing that the customer waits for', () => {
    const handedOff = [at(0, 'customer-wrote'), at(1, 'handed-off')];
    expect(used('first-reply', ...handedOff)).toBe(100);
    expect(used('pick-up', ...handedOff)).toBe(99);
    expect(used('pick-up', ...handedOff, at(31, 'picked-up'))).toBe(30);
    expect(used('first-reply', ...handedOff, at(31, 'picked-up'))).toBe(100);
  });

  test('a second hand-off is picked up anew', () => {
    const twice = [at(0, 'handed-off'), at(10, 'picked-up'), at(40, 'handed-off')];
    expect(used('pick-up', ...twice)).toBe(60);
  });

  test('the resolution stands while the customer is waited for, and goes on when the ticket is opened again', () => {
    const asked = [at(0, 'customer-wrote'), at(10, 'answered'), at(10, 'waits-for-customer')];
    expect(used('resolution', ...asked)).toBe(10);
    const wroteBack = [...asked, at(80, 'customer-wrote')];
    expect(used('resolution', ...wroteBack)).toBe(30);
    const solved = [...wroteBack, at(85, 'solved')];
    expect(used('resolution', ...solved)).toBe(15);
    expect(used('resolution', ...solved, at(95, 'customer-wrote'))).toBe(20);
  });

  test('what is told twice counts once', () => {
    const told = [at(0, 'customer-wrote'), at(10, 'waits-for-customer'), at(50, 'goes-on')];
    const twice = told.flatMap((one) => [one, one]);
    expect(clocksOf(twice, undefined)).toEqual(clocksOf(told, undefined));
  });

  test('where nothing changes the clocks are the same object', () => {
    const clocks = clocksOf([at(0, 'customer-wrote')], undefined);
    expect(clocksAfter(clocks, { type: 'goes-on', at: from }, undefined)).toBe(clocks);
    expect(clocksAfter(clocks, { type: 'picked-up', at: from }, undefined)).toBe(clocks);
  });
});

describe('targets', () => {
  const office: BusinessHours = {
    timeZone: 'UTC',
    offsets: [[0, 0]],
    week: [[], ...Array.from({ length: 5 }, () => [[540, 1020]] as const), []],
    dates: {},
  };
  const friday = Date.parse('2026-11-27T16:00Z');
  const wrote = (events: readonly ClockEvent[]) =>
    events.reduce<Clocks>((clocks, event) => clocksAfter(clocks, event, office), {}).resolution;
  const running = wrote([{ type: 'customer-wrote', at: friday }]);

  test.each([
    [{ afterMs: 4 * hourMs }, '2026-11-27T20:00Z'],
    [{ afterMs: 4 * hourMs, countedIn: 'business-hours' as const }, '2026-11-30T12:00Z'],
    [{ afterMs: 24 * hourMs, countedIn: 'business-days' as const }, '2026-11-30T16:00Z'],
  ])('%j from Friday, 16:00, is due %s', (target, due) => {
    expect(running && breachAt(running, target, office)).toBe(Date.parse(due));
  });

  test('a business day that was interrupted has as much open time as it would have had', () => {
    const interrupted = wrote([
      { type: 'customer-wrote', at: friday },
      { type: 'waits-for-customer', at: friday + hourMs / 2 },
      { type: 'customer-wrote', at: Date.parse('2026-12-01T09:00Z') },
    ]);
    const target = { afterMs: 24 * hourMs, countedIn: 'business-days' as const };
    // From Friday, 16:00, to Monday, 16:00, are eight open hours; half of one was used.
    expect(interrupted && breachAt(interrupted, target, office)).toBe(Date.parse('2026-12-01T16:30Z'));
    expect(interrupted && usedOf(interrupted, target, office, Date.parse('2026-12-01T10:00Z'))).toEqual({
      usedMs: 1.5 * hourMs,
      ofMs: 8 * hourMs,
    });
  });

  test.each([
    [{ share: 0.75 }, '2026-11-30T11:00Z'],
    [{ beforeMs: hourMs / 2 }, '2026-11-30T11:30Z'],
  ])('people are warned %j of four business hours', (warn, due) => {
    const target = { afterMs: 4 * hourMs, countedIn: 'business-hours' as const, warn };
    expect(running && warningAt(running, target, office)).toBe(Date.parse(due));
  });

  test('another target is held against what was used already, in its own time', () => {
    const paused = wrote([
      { type: 'customer-wrote', at: friday },
      { type: 'waits-for-customer', at: Date.parse('2026-11-30T10:00Z') },
    ]);
    const at = Date.parse('2026-12-01T10:00Z');
    const usedHours = (target: SlaTarget) => paused && usedOf(paused, target, office, at).usedMs / hourMs;
    expect(usedHours({ afterMs: hourMs })).toBe(66);
    expect(usedHours({ afterMs: hourMs, countedIn: 'business-hours' })).toBe(2);
  });

  test('with a team that never comes back business time goes by the clock: nobody is forgotten', () => {
    const never: BusinessHours = { ...office, week: Array.from({ length: 7 }, () => []) };
    const target = { afterMs: hourMs, countedIn: 'business-hours' as const };
    expect(running && breachAt(running, target, never)).toBe(friday + hourMs);
    expect(running && usedOf(running, target, never, friday + hourMs).usedMs).toBe(hourMs);
  });

  test('the hours as they are now count for what runs, and other hours move it', () => {
    const mondayOff: BusinessHours = { ...office, dates: { '2026-11-30': [] } };
    const target = { afterMs: 4 * hourMs, countedIn: 'business-hours' as const };
    expect(running && breachAt(running, target, mondayOff)).toBe(Date.parse('2026-12-01T12:00Z'));
  });
});
