/** A brand that is renamed on the desk goes by the policy of all others from then on: nobody would see it but customers. */
import type { BrandFolders } from '../../config/brandSettings';
import { minuteMs } from '../../core/spans';
import type { Helpdesk } from '../../helpdesk/port';
import { lookRepeatedly, type Looking } from '../../temporal/lookRepeatedly';
import { brandsAmiss } from './brandsAmiss';

/** As long as another name of a brand may stay unnoticed where tickets are read. */
const lookEveryMs = 10 * minuteMs;
const answersWithinMs = 30_000;

/**
 * Looks at once and then again and again; one request each.
 * @param on.amiss - told a sentence once, and anew when it was mended meanwhile.
 * @param on.trouble - the desk does not tell; it is asked again.
 */
export function lookAfterBrands(
  brands: BrandFolders,
  desk: Pick<Helpdesk, 'desk' | 'brandNames'>,
  on: { readonly amiss: (sentence: string) => void; readonly trouble: (error: unknown) => void },
  everyMs = lookEveryMs,
): Looking {
  if (Object.keys(brands).length === 0) return { stop: () => Promise.resolve() };
  let told: readonly string[] = [];
  const look = async (): Promise<void> => {
    try {
      const amiss = await brandsAmiss(brands, desk, AbortSignal.timeout(answersWithinMs));
      amiss.filter((sentence) => !told.includes(sentence)).forEach(on.amiss);
      told = amiss;
    } catch (error) {
      on.trouble(error);
    }
  };
  const first = look();
  const later = lookRepeatedly(look, everyMs);
  return {
    stop: async () => {
      await Promise.all([first, later.stop()]);
    },
  };
}
