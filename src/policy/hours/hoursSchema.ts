/** `hours` of policy.yaml: when the team is at work. */
import { z } from 'zod';
import { readShift } from './shifts';
import { timeZone } from './timeZone';

const closed = 'closed';
const shiftsADay = 12;

const shift = z
  .string()
  .superRefine((text, context) => {
    if (text === closed) return;
    const read = readShift(text);
    if (typeof read === 'string') context.addIssue({ code: 'custom', message: read });
  })
  .describe('09:00-17:30, or 22:00-06:00 next day, or closed');

const shiftsOfDay = z
  .union([
    shift,
    z
      .array(
        shift.refine((text) => text !== closed, 'must be a shift: "closed" stands alone, without a list'),
      )
      .max(shiftsADay),
  ])
  .describe('A shift, a list of them, or closed');

const date = z
  .string()
  .superRefine((text, context) => {
    const message = wrongDate(text);
    if (message !== null) context.addIssue({ code: 'custom', message });
  })
  .describe('2026-12-24, or 12-24 for every year');

/** Null: it is a date that comes. */
function wrongDate(text: string): string | null {
  const [, year, monthDay] = /^(?:(\d{4})-)?(\d\d-\d\d)$/.exec(text) ?? [];
  if (monthDay === undefined) return 'must be a date such as "2026-12-24", or "12-24" for every year';
  // Of a year that has a 29 February, for those that come every year.
  const whole = `${year ?? '2024'}-${monthDay}`;
  const at = new Date(`${whole}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(whole)
    ? null
    : 'is no day of the calendar. Write one that exists';
}

export const weekdayNames = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

const weekSchema = z.strictObject({
  'every-day': shiftsOfDay.optional().describe('For each day that is not named itself'),
  weekdays: shiftsOfDay.optional().describe('For Monday to Friday, where they are not named themselves'),
  monday: shiftsOfDay.optional(),
  tuesday: shiftsOfDay.optional(),
  wednesday: shiftsOfDay.optional(),
  thursday: shiftsOfDay.optional(),
  friday: shiftsOfDay.optional(),
  saturday: shiftsOfDay.optional(),
  sunday: shiftsOfDay.optional(),
});

export const hoursSchema = z
  .union([
    z.literal('always'),
    z.strictObject({
      'time-zone': timeZone.optional().describe('Where the team is; time-zone of the policy when left out'),
      week: weekSchema.describe('What is not named is closed. A shift belongs to the day on which it begins'),
      holidays: z
        .strictObject({
          country: z.string().min(1).max(10).describe('ISO 3166 code, such as DE: its public holidays'),
          region: z
            .string()
            .min(1)
            .max(20)
            .optional()
            .describe('Of the country, such as BY, or BY/A for a part of it'),
        })
        .optional()
        .describe('On public holidays it is closed'),
      dates: z
        .record(date, shiftsOfDay)
        .optional()
        .describe('Days that are not as their week, or the holidays, say'),
    }),
  ])
  .describe(
    'When the team is at work: what business hours and business days are counted in. always: at any time',
  );

export type HoursContent = z.infer<typeof hoursSchema>;
export type WeekContent = z.infer<typeof weekSchema>;
export type ShiftsContent = z.infer<typeof shiftsOfDay>;
