/** A desk of one's own that is answered as the demo shop would: said at the start, and by the doctor. */
import type { Settings } from '../../config/settings';
import { shippedProofs } from './provenPolicy';

/**
 * @param version - of the policy that decides.
 * @returns what to do about it; null for the demo's own desk, and for a policy that did not come with Deskhand.
 */
export function demoPolicyOfRealDesk({ desk }: Pick<Settings, 'desk'>, version: string): string | null {
  if (desk.kind === 'embedded' || !shippedProofs.some((proof) => proof.startsWith(`${version} `)))
    return null;
  return (
    'customers are answered with the rules and words of a demo shop, as they came with Deskhand: copy its folder, make it yours, ' +
    'and set DESKHAND_POLICY to the copy. With "mode: { default: shadow }" in its policy.yaml no customer notices at first'
  );
}
