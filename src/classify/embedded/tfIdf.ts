/** Word and character n-grams, weighted by how telling they are: sees "refund" and its misspelling, where an embedding blurs. */

export interface SparseVector {
  /** Numbers of the terms, growing. */
  readonly terms: Int32Array;
  readonly values: Float64Array;
}

export interface TfIdf {
  /** Of unit length, or empty when nothing in the text was seen in training. */
  vector(text: string): SparseVector;
}

export function fitTfIdf(texts: readonly string[]): TfIdf {
  const documents = new Map<string, number>();
  for (const text of texts) {
    for (const term of new Set(termsOf(text))) documents.set(term, (documents.get(term) ?? 0) + 1);
  }
  const known = new Map(
    [...documents].map(([term, seen], number) => [
      term,
      { number, weight: Math.log((1 + texts.length) / (1 + seen)) + 1 },
    ]),
  );
  return {
    vector(text) {
      const counts = new Map<number, { count: number; weight: number }>();
      for (const term of termsOf(text)) {
        const entry = known.get(term);
        if (entry === undefined) continue;
        counts.set(entry.number, {
          count: (counts.get(entry.number)?.count ?? 0) + 1,
          weight: entry.weight,
        });
      }
      const inOrder = [...counts].sort(([a], [b]) => a - b);
      const values = Float64Array.from(inOrder, ([, { count, weight }]) => (1 + Math.log(count)) * weight);
      const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
      return {
        terms: Int32Array.from(inOrder, ([number]) => number),
        values: values.map((value) => value / norm),
      };
    },
  };
}

export function sparseDot(a: SparseVector, b: SparseVector): number {
  let sum = 0;
  let i = 0;
  let j = 0;
  while (i < a.terms.length && j < b.terms.length) {
    const left = a.terms[i] ?? 0;
    const right = b.terms[j] ?? 0;
    if (left === right) sum += (a.values[i] ?? 0) * (b.values[j] ?? 0);
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return sum;
}

/** Words, pairs of words, and runs of 3 to 5 characters within a word. Digits count as digits, not as numbers. */
function termsOf(text: string): string[] {
  const words =
    text
      .toLowerCase()
      .replace(/[’`]/g, "'")
      .replace(/\p{N}+/gu, '0')
      .match(/[\p{L}\p{M}0']+/gu) ?? [];
  const found: string[] = [];
  words.forEach((word, i) => {
    const next = words[i + 1];
    found.push(`w:${word}`);
    if (next !== undefined) found.push(`p:${word} ${next}`);
    const padded = ` ${word.slice(0, 30)} `;
    for (let size = 3; size <= 5; size++) {
      for (let at = 0; at + size <= padded.length; at++) found.push(`c:${padded.slice(at, at + size)}`);
    }
  });
  return found;
}
