/** What a server asks a desk now and then: who we are there, and whether it answers at all. */
import type { Settings } from '../../config/settings';
import { openHelpdesk, servedDesk } from '../../helpdesk/openHelpdesk';
import type { Logger } from '../../log/logger';

const askAgainMs = 30_000;
const askWithinMs = 2_000;

export interface AskedDesk {
  /**
   * Asked once; while the desk does not tell, a webhook waits for it no longer than two seconds, and not at every
   * delivery. Null: not known.
   */
  readonly botUserId: () => Promise<string | null>;
  /** Why the desk does not answer, as of a moment ago; null: it does. */
  readonly trouble: () => Promise<string | null>;
}

/** @param everyMs - it is asked no more often. */
export function askDesk(settings: Settings, logger: Logger, everyMs = askAgainMs): AskedDesk {
  let known: string | null = null;
  let askedAt = 0;
  let asking: Promise<string | null> = Promise.resolve(null);
  const ask = async (): Promise<string | null> => {
    try {
      const helpdesk = await openHelpdesk(settings);
      known = (await helpdesk.whoAmI({ signal: AbortSignal.timeout(askWithinMs) })).userId;
      return null;
    } catch (error) {
      logger.warn('the desk did not tell who we are: our own updates are looked at as if they were others’', {
        ...servedDesk(settings),
        failure: error instanceof Error ? error.name : typeof error,
      });
      return error instanceof Error ? error.message : String(error);
    }
  };
  const trouble = (): Promise<string | null> => {
    if (Date.now() - askedAt >= everyMs) {
      askedAt = Date.now();
      asking = ask();
    }
    return asking;
  };
  return {
    trouble,
    botUserId: async () => {
      if (known === null) await trouble();
      return known;
    },
  };
}
