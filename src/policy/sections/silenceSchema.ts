/** What is written to a customer who does not answer: after one rule's words, or once for all rules. */
import { z } from 'zod';
import { silence } from '../hours/durations';

/** @param template - the shape of a template's name, here and below. */
export function followUpSchema(template: z.ZodString) {
  return z.strictObject({
    after: silence.describe('How long after the words it follows, with no answer'),
    with: template.describe('The template that is written then'),
    then: z.literal('close').optional().describe('The ticket is solved with it; the template should say so'),
  });
}

/** `silence` of policy.yaml. */
export function silenceSchema(template: z.ZodString) {
  const followUps = z.array(followUpSchema(template)).min(1).max(3);
  return z
    .strictObject({
      'after-question': followUps.optional().describe('After words that ask the customer for something'),
      'after-answer': followUps.optional().describe('After all other words'),
    })
    .refine((lists) => Object.keys(lists).length > 0, 'must have after-question or after-answer')
    .describe(
      'What is written to a customer who does not answer, where the rule has no wait and no follow-up of its own',
    );
}
