/**
 * `is.changesAnOrder` in a rule's condition: a condition that rules.yaml gives a name under `conditions`. It is
 * written out before CEL sees it, so that a trace shows what was asked, and not how it was called.
 */
import { didYouMean, listNames } from '../policyError';
import type { RulesContent } from '../schema';

export interface WrittenOut {
  readonly source: string;
  /** From an offset in `source` to the one in what the file says. */
  originOf(offset: number): number;
}

interface Piece {
  readonly from: number;
  /** In `source`. */
  readonly start: number;
  readonly end: number;
}

/** Quoted text comes first, so that a name within it stays text. */
const textOrName = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![\w.])is\s*\.\s*([A-Za-z_]\w*)/g;

/** @returns a mistake, with its offset from 0, for a name that is not there. */
export function writeOut(
  source: string,
  named: Readonly<Record<string, string>>,
): WrittenOut | { readonly offset: number; readonly message: string } {
  let written = '';
  let from = 0;
  const pieces: Piece[] = [];
  for (const match of source.matchAll(textOrName)) {
    const name = match[1];
    if (name === undefined) continue;
    const condition = Object.hasOwn(named, name) ? named[name] : undefined;
    if (condition === undefined) return { offset: match.index, message: unknownName(name, named) };
    written += source.slice(from, match.index);
    const start = written.length;
    written += `(${condition})`;
    from = match.index + match[0].length;
    pieces.push({ from: match.index, start, end: written.length });
  }
  written += source.slice(from);
  return { source: written, originOf: (offset) => originOf(offset, pieces, source.length - written.length) };
}

function originOf(offset: number, pieces: readonly Piece[], grown: number): number {
  const within = pieces.find(({ start, end }) => offset >= start && offset < end);
  if (within !== undefined) return within.from;
  const next = pieces.find(({ start }) => offset < start);
  return next === undefined ? offset + grown : next.from - (next.start - offset);
}

function unknownName(name: string, named: Readonly<Record<string, string>>): string {
  const names = Object.keys(named);
  const allowed = names.length === 0 ? 'none has a name yet' : `allowed here: ${listNames(names)}`;
  return `names the condition "is.${name}", which rules.yaml has not under "conditions"; ${allowed}.${didYouMean(name, names)}`;
}

/** The rules as they are decided by: for telling versions apart, whatever names their conditions have. */
export function withConditionsWrittenOut(rules: RulesContent): RulesContent {
  const list = (entries: RulesContent['first']) =>
    entries.map((rule) => {
      if (rule.when === undefined) return rule;
      const written = writeOut(rule.when, rules.conditions);
      return 'source' in written ? { ...rule, when: written.source } : rule;
    });
  return {
    ...rules,
    first: list(rules.first),
    'per-intent': Object.fromEntries(
      Object.entries(rules['per-intent']).map(([intent, entries]) => [intent, list(entries)]),
    ),
  };
}
