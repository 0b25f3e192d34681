/** Word and character n-grams, weighted by how telling they are: sees "refund" and its misspelling, where an embedding blurs. */

export type SparseVector = ReadonlyMap<string, number>;

export interface TfIdf {
  /** Of unit length, or empty when nothing in the text was seen in training. */
  vector(text: string): SparseVector;
}

export function fitTfIdf(texts: readonly string[]): TfIdf {
  const documents = new Map<string, number>();
  for (const text of texts) {
    for (const term of new Set(terms(text))) documents.set(term, (documents.get(term) ?? 0) + 1);
  }
  const weight = (term: string) => {
    const seen = documents.get(term);
    return seen === undefined ? 0 : Math.log((1 + texts.length) / (1 + seen)) + 1;
  };
  return {
    vector(text) {
      const counts = new Map<string, number>();
      for (const term of terms(text)) if (documents.has(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
      const vector = new Map<string, number>();
      let squares = 0;
      for (const [term, count] of counts) {
        const value = (1 + Math.log(count)) * weight(term);
        vector.set(term, value);
        squares += value * value;
      }
      const norm = Math.sqrt(squares);
      for (const [term, value] of vector) vector.set(term, value / norm);
      return vector;
    },
  };
}

export function sparseDot(a: SparseVector, b: SparseVector): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, value] of small) sum += value * (large.get(term) ?? 0);
  return sum;
}

/** Words, pairs of words, and runs of 3 to 5 characters within a word. Digits count as digits, not as numbers. */
function terms(text: string): string[] {
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
