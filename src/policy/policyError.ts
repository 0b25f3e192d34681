/** What is wrong with a policy, all of it at once, each mistake where it stands. */
import { closest, distance } from 'fastest-levenshtein';

export interface Mistake {
  /** Relative to the policy's folder; `.`: the folder itself. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** What was found, what is allowed, how to mend it. */
  readonly message: string;
}

/** One slip can make a mistake of every line; nobody reads them all. */
const toldOfFile = 100;

export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  /** In the order of the files and lines; of one file the first ones, and how many more there are. */
  readonly mistakes: readonly Mistake[];

  constructor(folder: string, mistakes: readonly Mistake[]) {
    const sorted = mistakes.toSorted(
      (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column,
    );
    const count = sorted.length === 1 ? 'one mistake' : `${sorted.length} mistakes`;
    const files = [...new Set(sorted.map(({ file }) => file))];
    const told = files.flatMap((name) => firstOf(sorted.filter(({ file }) => file === name)));
    super([`The policy in ${folder} has ${count}:`, ...told.map(mistakeLine)].join('\n'));
    this.mistakes = told;
  }
}

function firstOf(mistakes: readonly Mistake[]): readonly Mistake[] {
  const next = mistakes[toldOfFile];
  if (next === undefined) return mistakes;
  const message = `begins ${mistakes.length - toldOfFile} more mistakes of this file. Mend those above first`;
  return [...mistakes.slice(0, toldOfFile), { ...next, message }];
}

function mistakeLine({ file, line, column, message }: Mistake): string {
  return file === '.' ? `the folder ${message}` : `${file}:${line}:${column} ${message}`;
}

/** ` Did you mean "shipped"?`, or nothing when no name is near. */
export function didYouMean(found: string, allowed: readonly string[]): string {
  if (allowed.length === 0) return '';
  const nearest = closest(found, [...allowed]);
  return distance(found, nearest) <= Math.max(2, Math.floor(found.length / 3))
    ? ` Did you mean "${nearest}"?`
    : '';
}

/** @param known - by name: those that there are. */
export function noSuchTemplate(name: string, known: readonly string[]): string {
  return `names the template "${name}", which does not exist.${didYouMean(name, known)}`;
}

/** `"a", "b" or "c"`. */
export function listNames(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}
