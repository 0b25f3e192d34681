/** Stands in each decision's record; the number grows when the same message may be described another way. */
export const embeddedClassifierName = 'embedded@1';
