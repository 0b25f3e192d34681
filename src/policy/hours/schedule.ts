/** The hours as the policy says them, with what knows their zone and their holidays. */
import type { Shift } from '../../core/hours/businessHours';
import { weekdayNames, type HoursContent, type ShiftsContent, type WeekContent } from './hoursSchema';
import { openHolidayLists, type PublicHoliday } from './publicHolidays';
import { readShift } from './shifts';
import { openZoneOffsets, type ZoneOffsets } from './zoneOffsets';

export interface Schedule {
  /** Of the IANA database. */
  readonly timeZone: string;
  readonly zoneOffsets: ZoneOffsets;
  /** Sunday first. */
  readonly week: readonly (readonly Shift[])[];
  readonly holidaysIn: (year: number) => readonly PublicHoliday[];
  /** By `2026-12-24`, or `12-24` for every year. */
  readonly dates: ReadonlyMap<string, readonly Shift[]>;
}

/**
 * @param hours - as schema and checks have accepted it.
 * @returns null for a team that is always at work.
 */
export async function openSchedule(
  hours: HoursContent | undefined,
  timeZone: string,
): Promise<Schedule | null> {
  if (hours === undefined || hours === 'always') return null;
  const { holidays, dates = {} } = hours;
  return {
    timeZone: hours['time-zone'] ?? timeZone,
    zoneOffsets: await openZoneOffsets(),
    week: weekdayNames.map((_, day) => shiftsOf(daySource(hours.week, day).shifts)),
    holidaysIn: holidays === undefined ? () => [] : await holidaysOf(holidays),
    dates: new Map(Object.entries(dates).map(([date, shifts]) => [date, shiftsOf(shifts)])),
  };
}

async function holidaysOf({
  country,
  region = null,
}: {
  readonly country: string;
  readonly region?: string | null | undefined;
}): Promise<Schedule['holidaysIn']> {
  const lists = await openHolidayLists();
  return (year) => lists.inYear(country, region, year);
}

/** @param day - of the week, Sunday 0. `key`: under which its shifts are written; null: nowhere. */
export function daySource(
  week: WeekContent,
  day: number,
): { readonly key: keyof WeekContent | null; readonly shifts: ShiftsContent } {
  const name = weekdayNames[day];
  const isWeekday = day >= 1 && day <= 5;
  const keys: readonly (keyof WeekContent)[] = [
    ...(name === undefined ? [] : [name]),
    ...(isWeekday ? (['weekdays'] as const) : []),
    'every-day',
  ];
  for (const key of keys) {
    const shifts = week[key];
    if (shifts !== undefined) return { key, shifts };
  }
  return { key: null, shifts: [] };
}

/** In the order of the clock. */
export function shiftsOf(written: ShiftsContent): readonly Shift[] {
  const texts = typeof written === 'string' ? [written] : written;
  return texts
    .map(readShift)
    .filter((read) => typeof read !== 'string')
    .toSorted(([a], [b]) => a - b);
}
