/** The policy, looked at before anything is started: the worker would find the same, a minute later and in a log. */
import { noMailer } from '../../mail/openMailer';
import { loadPolicy, PolicyError } from '../../policy/loadPolicy';
import { CommandError } from '../failure';

/** With the lines around them, one screen. */
const mistakesShown = 12;

/**
 * @param canMail - a mail server is set, or this is the demo.
 * @throws CommandError with the mistakes, each where it stands, and the mend.
 */
export async function checkPolicy(folder: string, canMail = true): Promise<void> {
  try {
    const { proofs } = await loadPolicy(folder);
    if (!canMail && proofs.includes('mailed-code')) throw new CommandError(noMailer);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const [head = '', ...mistakes] = error.message.split('\n');
    const more = mistakes.length - mistakesShown;
    throw new CommandError(
      [
        head,
        ...mistakes.slice(0, mistakesShown).map((mistake) => `  - ${mistake}`),
        ...(more > 0 ? [`  ... and ${more} more`] : []),
        'Mend it and start again, or set DESKHAND_POLICY to another folder; unset, it is policies/demo-shop.',
      ].join('\n'),
    );
  }
}
