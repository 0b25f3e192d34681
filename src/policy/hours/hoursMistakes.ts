/** Hours that have the right shape and make no sense: shifts over each other, a country that nobody knows. */
import type { Shift } from '../../core/hours/businessHours';
import type { Path, PolicyFile } from '../load/policyFiles';
import { silencesOf } from '../sections/compileSilence';
import { didYouMean, listNames, type Mistake } from '../policyError';
import type { PolicyContent, RulesContent } from '../schema';
import { isBusinessTime } from './durations';
import { weekdayNames, type HoursContent } from './hoursSchema';
import { openHolidayLists } from './publicHolidays';
import { daySource, shiftsOf } from './schedule';
import { shiftText } from './shifts';

const dayMinutes = 24 * 60;

type Written = Exclude<HoursContent, 'always'>;
interface Placed {
  readonly at: Path;
  readonly message: string;
}

export async function hoursMistakes({ hours }: PolicyContent, file: PolicyFile): Promise<readonly Mistake[]> {
  if (hours === undefined || hours === 'always') return [];
  const placed = [
    ...tooMany(hours),
    ...overlaps(hours),
    ...neverOpen(hours),
    ...(await unknownPlaces(hours)),
  ];
  return placed.map(({ at, message }) => ({ ...file.placeOf(['hours', ...at]), message }));
}

/** Each look at a ticket carries them, and keeps them in its history. */
const datesAtMost = 400;
const shiftsAtMost = 800;

function tooMany({ dates = {} }: Written): readonly Placed[] {
  const days = Object.values(dates);
  const shifts = days.reduce((count, written) => count + shiftsOf(written).length, 0);
  if (days.length <= datesAtMost && shifts <= shiftsAtMost) return [];
  const message = `has ${days.length} days with ${shifts} shifts, but ${datesAtMost} days with ${shiftsAtMost} shifts are the most. Take out days that are over, and write what comes every year once, such as "12-24"`;
  return [{ at: ['dates'], message }];
}

function overlaps({ week, dates = {} }: Written): readonly Placed[] {
  const days = weekdayNames.map((name, day) => {
    const { key, shifts } = daySource(week, day);
    return { name, at: ['week', ...(key === null ? [] : [key])], shifts: shiftsOf(shifts) };
  });
  const within = [
    ...days.map(({ at, shifts }) => ({ at, shifts })),
    ...Object.entries(dates).map(([date, written]) => ({ at: ['dates', date], shifts: shiftsOf(written) })),
  ].flatMap(({ at, shifts }) => overlapWithin(shifts).map((message) => ({ at, message })));
  const overMidnight = days.flatMap(({ at, shifts, name }, index) => {
    const tomorrow = days[(index + 1) % days.length];
    const last = shifts.at(-1);
    const [first] = tomorrow?.shifts ?? [];
    if (tomorrow === undefined || last === undefined || first === undefined) return [];
    if (last[1] - dayMinutes <= first[0]) return [];
    const message = `${shiftText(last)} of ${name} goes on while ${shiftText(first)} of ${tomorrow.name} has begun. Let one end where the other begins`;
    return [{ at, message }];
  });
  return onceEach([...within, ...overMidnight]);
}

function overlapWithin(shifts: readonly Shift[]): readonly string[] {
  return shifts.flatMap((shift, index) => {
    const before = shifts[index - 1];
    return before !== undefined && before[1] > shift[0]
      ? [
          `has ${shiftText(before)} and ${shiftText(shift)}, which overlap. Make them one, or let one end first`,
        ]
      : [];
  });
}

/** `weekdays` stands for five days, and is told once. */
function onceEach(placed: readonly Placed[]): readonly Placed[] {
  return placed.filter(
    ({ at }, index) => placed.findIndex((other) => other.at.join() === at.join()) === index,
  );
}

function neverOpen({ week, dates = {} }: Written): readonly Placed[] {
  const written = [...weekdayNames.map((_, day) => daySource(week, day).shifts), ...Object.values(dates)];
  if (written.some((shifts) => shiftsOf(shifts).length > 0)) return [];
  const message =
    'is closed on every day, so nothing counted in business time would ever be due. Name a shift, or write "hours: always"';
  return [{ at: ['week'], message }];
}

async function unknownPlaces({ holidays }: Written): Promise<readonly Placed[]> {
  if (holidays === undefined) return [];
  const { country, region } = holidays;
  const { countries, regionsOf } = await openHolidayLists();
  if (!Object.hasOwn(countries, country)) {
    const byName = Object.entries(countries).find(
      ([code, name]) => name.toLowerCase() === country.toLowerCase() || code === country.toUpperCase(),
    );
    const mend =
      byName === undefined
        ? ' Leave "holidays" out and list the days under "dates"'
        : ` Did you mean "${byName[0]}"?`;
    const message = `names the country "${country}", whose holidays are not known. A country is its ISO 3166 code, such as "DE".${mend}`;
    return [{ at: ['holidays', 'country'], message }];
  }
  if (region === undefined) return [];
  const regions = regionsOf(country);
  if (regions.includes(region)) return [];
  const states = regions.filter((code) => !code.includes('/'));
  const message =
    regions.length === 0
      ? `names the region "${region}", but the holidays of ${country} are the same everywhere. Leave it out`
      : `names the region "${region}", which ${country} does not have. Known: ${listNames(states)}.${didYouMean(region, regions)}`;
  return [{ at: ['holidays', 'region'], message }];
}

/** Where business time is counted in a policy that does not say when its team is at work. */
export function waitsWithoutHours(
  policy: { readonly content: PolicyContent; readonly file: PolicyFile },
  rules: { readonly content: RulesContent; readonly file: PolicyFile },
): readonly Mistake[] {
  if (policy.content.hours !== undefined) return [];
  const { settings, escalation, approvals = [], 'hand-back': handBack } = policy.content;
  const inPolicy = [
    ...(['customer-silence', 'approval-time'] as const).map((key) => ({
      at: ['settings', key],
      text: settings[key],
    })),
    ...escalation.map(({ after }, index) => ({ at: ['escalation', index, 'after'], text: after })),
    ...approvals.map(({ after }, index) => ({ at: ['approvals', index, 'after'], text: after })),
    ...(handBack === undefined ? [] : [{ at: ['hand-back', 'after'], text: handBack.after }]),
    ...silencesOf(policy.content).map(({ after, at }) => ({ at: [...at, 'after'], text: after })),
  ].map((wait) => ({ ...wait, file: policy.file }));
  const inRules = waitsOfRules(rules.content).map((wait) => ({ ...wait, file: rules.file }));
  return [...inPolicy, ...inRules]
    .filter(({ text }) => isBusinessTime(text))
    .map(({ at, text, file }) => ({
      ...file.placeOf(at),
      message: `waits "${text}", but policy.yaml does not say when the team is at work. Add "hours", or "hours: always"`,
    }));
}

function waitsOfRules(rules: RulesContent): readonly { readonly at: Path; readonly text: string }[] {
  const lists = [
    { at: ['first'], list: rules.first },
    ...Object.entries(rules['per-intent']).map(([intent, list]) => ({ at: ['per-intent', intent], list })),
  ];
  const placed = [
    ...lists.flatMap(({ at, list }) =>
      list.map((rule, index) => ({ at: [...at, index], actions: rule.then })),
    ),
    { at: ['otherwise'], actions: rules.otherwise.then },
  ];
  return placed.flatMap(({ at, actions }) =>
    actions.flatMap((action, index): { at: Path; text: string }[] => {
      const place = [...at, 'then', index];
      if ('wait' in action) return [{ at: [...place, 'wait'], text: action.wait }];
      return 'follow-up' in action
        ? [{ at: [...place, 'follow-up', 'after'], text: action['follow-up'].after }]
        : [];
    }),
  );
}
