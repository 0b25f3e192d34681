/** The switch of modes is looked after: one that was lost would hold until nobody can read it any more. */
import { lookRepeatedly, type Looking } from './lookRepeatedly';
import type { KeptSwitch } from './modeSwitch';

const lookEveryMs = 60_000;

/**
 * Starts the switch again whenever it has stopped, as it stood. Looking after it costs no Action.
 * @param on.restarted - told how it had stopped.
 * @param on.trouble - nobody can tell which mode holds, so that nothing is written; it is tried again the next time.
 */
export async function keepModes(
  modeSwitch: Pick<KeptSwitch, 'restart'>,
  on: { readonly restarted: (how: string) => void; readonly trouble: (error: unknown) => void },
  everyMs = lookEveryMs,
): Promise<Looking> {
  const look = async (): Promise<void> => {
    try {
      const how = await modeSwitch.restart();
      if (how !== null) on.restarted(how);
    } catch (error) {
      on.trouble(error);
    }
  };
  await look();
  return lookRepeatedly(look, everyMs);
}
