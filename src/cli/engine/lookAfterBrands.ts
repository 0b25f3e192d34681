/** A brand that is renamed on the desk goes by the policy of all others from then on: nobody would see it but customers. */
import type { BrandFolders } from '../../config/brandSettings';
import type { Notice } from '../../core/notices/notice';
import { minuteMs } from '../../core/spans';
import type { Helpdesk } from '../../helpdesk/port';
import { lookRepeatedly, type Looking } from '../../temporal/lookRepeatedly';
import { brandsAmiss, type BrandAmiss } from './brandsAmiss';

/** As long as another name of a brand may stay unnoticed where tickets are read. */
const lookEveryMs = 10 * minuteMs;
const answersWithinMs = 30_000;

/**
 * Looks at once and then again and again; one request each.
 * @param on.amiss - told of each once, and anew when it was mended meanwhile. Where it fails, it is told with the next look.
 * @param on.trouble - the desk does not tell; it is asked again.
 */
export function lookAfterBrands(
  brands: BrandFolders,
  desk: Pick<Helpdesk, 'desk' | 'brandNames'>,
  on: {
    readonly amiss: (amiss: BrandAmiss) => Promise<void>;
    readonly trouble: (error: unknown) => void;
  },
  everyMs = lookEveryMs,
): Looking {
  if (Object.keys(brands).length === 0) return { stop: () => Promise.resolve() };
  let told: readonly string[] = [];
  const look = async (): Promise<void> => {
    try {
      const amiss = await brandsAmiss(brands, desk, AbortSignal.timeout(answersWithinMs));
      const known = told.filter((what) => amiss.some((one) => one.what === what));
      told = known;
      for (const one of amiss.filter(({ what }) => !known.includes(what))) {
        await on.amiss(one);
        told = [...told, one.what];
      }
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

/** Every worker sees it: the key is the same for all of them. @param since - epoch milliseconds. */
export function brandNotice({ brand, what, next }: BrandAmiss, since: number): Notice {
  const reason = 'brand-unknown';
  return { kind: 'failure', key: `${reason}/${brand ?? ''}`, since, ticket: null, reason, what, next };
}
