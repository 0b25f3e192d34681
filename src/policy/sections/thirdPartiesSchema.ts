/** `third-parties` of policy.yaml: what becomes of words of somebody other than the requester. */
import { z } from 'zod';
import type { PolicySettings } from '../../core/policy/plan';

export const thirdPartiesSchema = z
  .enum(['hand-off', 'note-only', 'answer'])
  .describe(
    'What becomes of words of somebody other than the requester: a person gets the ticket (hand-off, as when left out), a note tells that they wrote (note-only), or they are answered without any proof of who asks (answer)',
  );

export function thirdPartiesOf(
  what: z.output<typeof thirdPartiesSchema> | undefined,
): Pick<PolicySettings, 'thirdParties'> {
  return what === undefined || what === 'hand-off' ? {} : { thirdParties: what };
}
