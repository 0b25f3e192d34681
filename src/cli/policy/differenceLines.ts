/** What another version would have done, for people at a terminal. */
import type { Difference } from '../../policy/compare/redecide';

/** `reply: order-late (en) -> ask-order-number (en)`. */
export function differenceLines(differences: readonly Difference[]): readonly string[] {
  return differences.map(({ aspect, before, after }) =>
    before === after ? `${aspect}: ${after}, in other words` : `${aspect}: ${before} -> ${after}`,
  );
}
