/** Shifts as people write them: `09:00-17:30`, `22:00-06:00 next day`. */
import type { Shift } from '../../core/hours/businessHours';

const dayMinutes = 24 * 60;
const shape = /^(\d{1,2}):(\d\d) ?[-–] ?(\d{1,2}):(\d\d)( next day)?$/;

/** @returns the shift, or what is wrong with it: completes "it ...". */
export function readShift(text: string): Shift | string {
  const [, fromHour, fromMinute, toHour, toMinute, nextDay] = shape.exec(text.trim()) ?? [];
  if (fromHour === undefined) {
    return 'must be a shift such as "09:00-17:30", or "22:00-06:00 next day" where it ends after midnight';
  }
  const from = minutesOf(fromHour, fromMinute);
  const to = minutesOf(toHour, toMinute);
  if (from === null || from === dayMinutes || to === null) {
    return 'names a time that no clock shows. Write 00:00 to 23:59, and 24:00 for the end of the day';
  }
  if (nextDay !== undefined) {
    return to <= from
      ? [from, to + dayMinutes]
      : 'lasts longer than a day. Leave out "next day", or write what comes after as a shift of that day';
  }
  if (to > from) return [from, to];
  return to === from
    ? 'lasts no time. Write "closed" for a day without a shift, and "00:00-24:00" for the whole day'
    : `ends before it begins. Where it ends after midnight, write "${text.trim()} next day"`;
}

function minutesOf(hour: string | undefined, minute: string | undefined): number | null {
  const minutes = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && minutes <= dayMinutes ? minutes : null;
}

/** `22:00-06:00 next day`. */
export function shiftText([from, to]: Shift): string {
  return `${timeText(from)}-${timeText(to > dayMinutes ? to - dayMinutes : to)}${to > dayMinutes ? ' next day' : ''}`;
}

function timeText(minutes: number): string {
  const two = (count: number) => String(count).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
