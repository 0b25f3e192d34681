/** Public holidays of countries and regions, from the lists of `date-holidays`. */

/** Closed from that minute of the day on. */
export interface PublicHoliday {
  /** `2026-12-25`. */
  readonly date: string;
  /** 0: all of it. */
  readonly fromMinute: number;
}

export interface HolidayLists {
  /** Codes with their names in English. */
  readonly countries: Readonly<Record<string, string>>;
  /** Codes, those of parts of a region as `BY/A`. Empty: the country's holidays are the same everywhere. */
  readonly regionsOf: (country: string) => readonly string[];
  /** @param region - null: what counts in the whole country. */
  readonly inYear: (country: string, region: string | null, year: number) => readonly PublicHoliday[];
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** The lists are large: a process whose policies have no holidays does without. */
export async function openHolidayLists(): Promise<HolidayLists> {
  const { default: Holidays } = await import('date-holidays');
  const lists = new Holidays();
  return {
    countries: lists.getCountries('en'),
    regionsOf: (country) =>
      Object.keys({ ...lists.getStates(country) }).flatMap((state) => [
        state,
        ...Object.keys({ ...lists.getRegions(country, state) }).map((part) => `${state}/${part}`),
      ]),
    inYear: (country, region, year) => {
      const [state, part] = region?.split('/') ?? [];
      const place = {
        country,
        ...(state === undefined ? {} : { state }),
        ...(part === undefined ? {} : { region: part }),
      };
      return new Holidays(place, { types: ['public'] }).getHolidays(year).flatMap(daysOf);
    },
  };
}

/**
 * `date` is the wall's date and time there. One that begins at sunset (`2026-03-20 00:00:00 -0600`) counts for its days
 * of the calendar. Lengths are taken as whole days where clocks change on the day.
 */
function daysOf({ date, start, end }: { date: string; start: Date; end: Date }): readonly PublicHoliday[] {
  const [day = '', time = ''] = date.split(' ');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const days = Math.max(1, Math.floor((end.getTime() - start.getTime() + hourMs) / dayMs));
  return Array.from({ length: days }, (_, index) => ({
    date: new Date(Date.parse(day) + index * dayMs).toISOString().slice(0, 10),
    fromMinute: index === 0 ? hour * 60 + minute : 0,
  }));
}
