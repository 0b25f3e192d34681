import { z } from 'zod';

/** `Europe/Berlin`: a name of the IANA time zone database that this Node knows. */
export const timeZone = z
  .string()
  .refine(isTimeZone, 'must be a time zone of the IANA database, such as "Europe/Berlin" or "UTC"');

function isTimeZone(name: string): boolean {
  // Node takes offsets such as "+02:00" as well, which know nothing of summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
