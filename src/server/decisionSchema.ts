/** Why the engine decided as it did, as the API shows it. */
import { z } from 'zod';
import { milliseconds, ofPolicy } from './schemas';

const shownFact = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).readonly()]);

export const decisionView = z.object({
  policyVersion: z.string().nullable().meta({
    description:
      'Under which the open conversation goes on; null: the next one begins under the one in force.',
  }),
  policy: ofPolicy,
  decision: z
    .object({
      at: milliseconds,
      policyVersion: z.string(),
      policy: ofPolicy,
      rule: z.string(),
      intent: z.string().nullable(),
      confidence: z.number(),
      mode: z.string().optional().meta({ description: 'Absent: auto.' }),
      trace: z
        .array(z.object({ rule: z.string(), matched: z.boolean(), why: z.string() }))
        .readonly()
        .meta({ description: 'Every rule that was looked at, in order.' }),
      facts: z
        .array(z.record(z.string(), shownFact))
        .readonly()
        .meta({ description: 'For each matter of the message; no customer text.' }),
    })
    .nullable()
    .meta({ description: 'The newest one; null before the first.' }),
});
