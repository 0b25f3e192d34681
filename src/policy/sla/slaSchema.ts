/** `sla` of policy.yaml: what customers are promised, by tier. */
import { z } from 'zod';
import type { Warning } from '../../core/sla/targets';
import { durationMs, waiting } from '../hours/durations';

const share = /^([1-9]\d?)%$/;
const before = /^\d{1,4}(s|m|h|d)$/;

const warn = z
  .string()
  .regex(new RegExp(`${share.source}|${before.source}`), {
    error: 'must be a share of the target from "1%" to "99%", or a duration before it such as "30m"',
    abort: true,
  })
  .refine((text) => share.test(text) || durationMs(text) > 0, 'must be longer than nothing, such as "30m"')
  .describe('75%: when so much of the target is used; 30m: so long before it, counted as the target is');

/** Of what the schema has accepted. */
export function readWarning(text: string): Warning {
  const percent = share.exec(text)?.[1];
  return percent === undefined ? { beforeMs: durationMs(text) } : { share: Number(percent) / 100 };
}

const target = z.union([
  waiting,
  z.strictObject({ within: waiting, warn: warn.optional() }).describe('With a warning of its own'),
]);

const tierSchema = z.strictObject({
  tier: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be lower-case words joined by -, such as "vip"')
    .max(60)
    .describe('Its name, in timelines and notes'),
  when: z
    .string()
    .trim()
    .min(1)
    .max(1_000)
    .optional()
    .describe('A CEL expression over intent, customer and ticket (docs/sla.md); left out: every ticket'),
  'first-reply': target.optional().describe("From the customer's first message to the first answer"),
  'next-reply': target.optional().describe('From the oldest unanswered message after it to the next answer'),
  'pick-up': target.optional().describe('From a hand-off until a person has the ticket'),
  resolution: target
    .optional()
    .describe('Until the ticket is solved, without the time in which the customer is waited for'),
  warn: warn.optional().describe('When people are warned, of each target that does not say so itself'),
});

export const slaSchema = z
  .array(tierSchema)
  .min(1)
  .describe('What customers are promised. The first tier whose condition holds is the one of a ticket');

export type TierContent = z.infer<typeof tierSchema>;
export type TargetContent = z.infer<typeof target>;
