/**
 * Stands with each classification in a ticket's history. The number grows with the first release that may describe the
 * same message another way than the release before it: 0.1.0 has 1. Examples are the policy's, and its version names
 * them; what is kept between runs goes by `classifierIdentity`, which every change of the code changes.
 */
export const embeddedClassifierName = 'embedded@1';
