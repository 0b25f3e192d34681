/** `outages` of policy.yaml: what is done while a part that answers need is out. */
import { z } from 'zod';
import { waitingByClock } from '../hours/durations';

/** @param template - the shape of a template's name. */
export function outagesSchema(template: z.ZodString) {
  return z
    .strictObject({
      'holding-reply': z
        .strictObject({
          after: waitingByClock.describe('So long after the customer began to wait'),
          with: template.describe('The template: it may print customer.name, the shop and links'),
        })
        .describe(
          'What a customer is told once, while the answer waits for a shop or classifier that is out',
        ),
    })
    .describe('What is done while a part that answers need is out');
}
