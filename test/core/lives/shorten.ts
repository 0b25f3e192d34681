/** Leaves out of a story whatever it fails without: in ever smaller pieces, until nothing more can go. */
export function shorten<T>(story: readonly T[], fails: (shorter: readonly T[]) => boolean): readonly T[] {
  let shortest = story;
  for (let piece = Math.ceil(story.length / 2); piece >= 1;) {
    const before = shortest.length;
    for (let from = 0; from < shortest.length;) {
      const shorter = [...shortest.slice(0, from), ...shortest.slice(from + piece)];
      if (fails(shorter)) shortest = shorter;
      else from += piece;
    }
    if (piece > 1) piece = Math.floor(piece / 2);
    else if (shortest.length === before) break;
  }
  return shortest;
}
