/** `ratings` of policy.yaml: what comes of how customers rate a ticket. */
import { z } from 'zod';
import type { BadRatingRule } from '../../core/policy/plan';
import { badRatingTag } from '../../core/ticket/tags';
import { priorities } from '../../core/ticket/ticket';

/** @param shapes - of the name of a group, and of a tag. */
export function ratingsSchema({ group, tag }: { readonly group: z.ZodString; readonly tag: z.ZodString }) {
  return z.strictObject({
    bad: z
      .strictObject({
        do: z
          .enum(['hand-off', 'note', 'nothing'])
          .default('hand-off')
          .describe(
            'hand-off: the ticket is opened again, for whoever solved it or a group; note: it is told on the ticket, and no more; nothing: it is kept for rules alone',
          ),
        group: group.optional().describe('Gets it; settings.hand-off-group when left out'),
        priority: z.enum(priorities).optional().describe('Its priority from then on, if it was lower'),
        tag: tag.default(badRatingTag).describe('Added then'),
      })
      .refine(
        ({ do: what, group: to, priority }) =>
          what === 'hand-off' || (to === undefined && priority === undefined),
        'has group or priority, which belong to do: hand-off alone. Leave them out',
      )
      .describe("A customer's bad rating of a ticket. They are not written to"),
  });
}

export function badRatingOf(ratings: z.infer<ReturnType<typeof ratingsSchema>> | undefined): {
  readonly badRating?: BadRatingRule;
} {
  if (ratings === undefined) return {};
  const { group = null, priority = null, ...rule } = ratings.bad;
  return { badRating: { ...rule, group, priority } };
}
