/** The policy, looked at before anything is started: the worker would find the same, a minute later and in a log. */
import { loadPolicy, type LoadedPolicy, PolicyError } from '../../policy/load/loadPolicy';
import { CommandError } from '../failure';

/** With the lines around them, one screen. */
const mistakesShown = 12;

const usualMend =
  'Mend it and start again, or set DESKHAND_POLICY to another folder; unset, it is policies/demo-shop.';

/** @throws CommandError with the mistakes, each where it stands, and the mend. */
export async function checkPolicy(folder: string, mend = usualMend): Promise<LoadedPolicy> {
  try {
    return await loadPolicy(folder);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const [head = '', ...mistakes] = error.message.split('\n');
    const more = mistakes.length - mistakesShown;
    throw new CommandError(
      [
        head,
        ...mistakes.slice(0, mistakesShown).map((mistake) => `  - ${mistake}`),
        ...(more > 0 ? [`  ... and ${more} more`] : []),
        mend,
      ].join('\n'),
    );
  }
}
