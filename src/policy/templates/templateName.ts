/** How templates are named: `order-late`, and a variant of it after a dot. */
import { z } from 'zod';
import { didYouMean, listNames } from '../policyError';
import { variantNames, variantOf } from './variants';

export const templateName = z
  .string()
  .regex(/^[a-z][a-z0-9]*([-_][a-z0-9]+)*(\.[a-z]+)?$/, {
    error:
      'must be lower-case words joined by - or _, such as "order-late", or "order-late.chat" for a channel',
    abort: true,
  })
  .max(72)
  .refine((name) => variantOf(name) === '' || variantNames.includes(variantOf(name).slice(1)), {
    error: ({ input }) => {
      const ending = variantOf(String(input)).slice(1);
      return `is a variant for nothing. Allowed after the dot: ${listNames(variantNames)}.${didYouMean(ending, variantNames)}`;
    },
  });
