/** The policy's folder as parsed YAML that still knows where everything stands. */
import { Stats } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import { hasCode } from '../../contracts/errorCode';
import type { Mistake } from '../policyError';
import { decodeUtf8 } from './utf8';
import { findTooMuch } from './yamlDepth';
import { mendsOfYaml, signMend } from './yamlMends';

export type Path = readonly (string | number)[];

interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

export interface PolicyFile {
  readonly name: string;
  /** Plain data. */
  readonly content: unknown;
  /** Where the value at a path stands, or the nearest parent that exists. */
  placeOf(at: Path): Place;
  /** Where the key itself stands: for a key that should not be there. */
  placeOfKey(at: Path, key: string): Place;
  /** A value as it is written: `6.00`, which YAML reads as 6; null where there is no single value. */
  writtenAt(at: Path): string | null;
  /** Where a character of a text value stands; `line` and `column` count from 1 within the text. */
  placeInText(at: Path, line: number, column: number): Place;
}

/** A shop's whole policy stays readable in one sitting; what is larger is not a policy. */
const maxBytes = 512 * 1024;
const maxFiles = 60;
const maxBytesTogether = 2 * 1024 * 1024;
/** Each alias may stand for as many values; a bomb of them is stopped. */
const maxAliases = 50;
/** One slip can make a mistake of every line; nobody reads them all. */
const maxMistakesOfFile = 20;

export async function readPolicyFiles(
  folder: string,
): Promise<{ readonly files: readonly PolicyFile[]; readonly mistakes: readonly Mistake[] }> {
  const files: PolicyFile[] = [];
  const mistakes: Mistake[] = [];
  const names = await policyFileNames(folder);
  const sizes = await Promise.all(names.map((name) => sizeOf(path.join(folder, name))));
  // One that is too large is refused by itself.
  const bytes = sizes.reduce((sum, size) => sum + Math.min(size, maxBytes), 0);
  if (names.length > maxFiles || bytes > maxBytesTogether) {
    const message = `has ${names.length} files of ${bytes} bytes together; at most ${maxFiles} files and ${maxBytesTogether} bytes are read. Take out what is not policy.`;
    return { files, mistakes: [{ file: '.', line: 1, column: 1, message }] };
  }
  for (const name of names) {
    const read = await readPolicyFile(folder, name);
    if ('mistakes' in read) mistakes.push(...read.mistakes);
    else files.push(read.file);
  }
  return { files, mistakes };
}

/** 0 of what cannot be read, which is told by itself. */
async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

/** Relative to the folder, sorted: what a policy is made of. Hidden files are those of editors. */
export async function policyFileNames(folder: string): Promise<readonly string[]> {
  const top = await readdir(folder);
  const inFolders = await Promise.all(
    ['templates', 'shared']
      .filter((name) => top.includes(name))
      .map(async (name) => (await readdir(path.join(folder, name))).map((entry) => `${name}/${entry}`)),
  );
  return [...top, ...inFolders.flat()].filter((name) => /(?:^|\/)[^./][^/]*\.ya?ml$/.test(name)).toSorted();
}

export type Reading = { readonly file: PolicyFile } | { readonly mistakes: readonly Mistake[] };

/** @param name - relative to `folder`. */
export async function readPolicyFile(folder: string, name: string): Promise<Reading> {
  const fullPath = path.join(folder, name);
  const found = await stat(fullPath).catch((error: unknown) => error);
  if (!(found instanceof Stats)) {
    const why = hasCode(found, 'ENOENT') ? 'is a link that leads to nothing' : 'cannot be read';
    const message = `${why}. Mend it, or remove it from the policy`;
    return { mistakes: [{ file: name, line: 1, column: 1, message }] };
  }
  if (!found.isFile()) {
    return {
      mistakes: [{ file: name, line: 1, column: 1, message: 'is no file. Remove it from the policy' }],
    };
  }
  const { size } = found;
  if (size > maxBytes) {
    const message = `has ${size} bytes; at most ${maxBytes} are read. Split it, or take out what is not policy.`;
    return { mistakes: [{ file: name, line: 1, column: 1, message }] };
  }
  const decoded = decodeUtf8(await readFile(fullPath));
  return 'text' in decoded ? parsePolicyFile(name, decoded.text) : { mistakes: [{ file: name, ...decoded }] };
}

export function parsePolicyFile(name: string, text: string): Reading {
  const tooMuch = findTooMuch(text);
  if (tooMuch !== null) {
    const before = text.slice(0, tooMuch.offset).split('\n');
    const column = (before.at(-1) ?? '').length + 1;
    return { mistakes: [{ file: name, line: before.length, column, message: tooMuch.message }] };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: name, line, column: col };
  };
  const problems = [...document.errors, ...document.warnings];
  if (problems.length > 0) {
    return {
      mistakes: mendsOfYaml(problems)
        .slice(0, maxMistakesOfFile)
        .map(({ offset, message }) => ({ ...place(offset), message })),
    };
  }
  const offsets = offsetsOfPrototypes(document);
  if (offsets.length > 0) {
    const message = 'is a name that JavaScript keeps for itself, and would be passed over. Give it another';
    return { mistakes: offsets.map((offset) => ({ ...place(offset), message })) };
  }
  const strayAliases = offsetsOfStrayAliases(document);
  if (strayAliases.length > 0) {
    return { mistakes: strayAliases.map((offset) => ({ ...place(offset), message: signMend('*') })) };
  }
  try {
    // Aliases are expanded here; a bomb of them is stopped by the count.
    const content: unknown = document.toJS({ maxAliasCount: maxAliases });
    return { file: { name, content, ...locator(document, text, place) } };
  } catch (error) {
    const message = `${error instanceof Error ? error.message : String(error)}. Write the values out instead.`;
    return { mistakes: [{ file: name, line: 1, column: 1, message }] };
  }
}

/** Of the keys that are lost where data becomes objects. */
function offsetsOfPrototypes(document: Document): readonly number[] {
  const offsets: number[] = [];
  visit(document, {
    Pair: (_key, { key }) => {
      if (isScalar(key) && key.value === '__proto__') offsets.push(rangeOf(key) ?? 0);
    },
  });
  return offsets;
}

/** Of those that stand for nothing. */
function offsetsOfStrayAliases(document: Document): readonly number[] {
  const offsets: number[] = [];
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) === undefined) offsets.push(rangeOf(alias) ?? 0);
    },
  });
  return offsets;
}

function locator(
  document: Document,
  text: string,
  place: (offset: number) => Place,
): Pick<PolicyFile, 'placeOf' | 'placeOfKey' | 'placeInText' | 'writtenAt'> {
  const offsetOf = (at: Path): number => {
    for (let length = at.length; length >= 0; length -= 1) {
      const node: unknown = length === 0 ? document.contents : document.getIn(at.slice(0, length), true);
      const range = rangeOf(node);
      if (range !== null) return range;
    }
    return 0;
  };
  return {
    placeOf: (at) => place(offsetOf(at)),
    placeOfKey: (at, key) => {
      const parent: unknown = at.length === 0 ? document.contents : document.getIn(at, true);
      const pair = isMap(parent)
        ? parent.items.find((item) => isScalar(item.key) && item.key.value === key)
        : undefined;
      return place(rangeOf(pair?.key) ?? offsetOf(at));
    },
    writtenAt: (at) => {
      const node: unknown = document.getIn(at, true);
      return isScalar(node) ? (node.source ?? null) : null;
    },
    placeInText: (at, line, column) => {
      const start = offsetOf(at);
      const mark = text[start] ?? '';
      if (mark === '|' || mark === '>') {
        const first = text.indexOf('\n', start) + 1;
        const indent = /^ */.exec(text.slice(first))?.[0].length ?? 0;
        const begin = place(first);
        return { ...begin, line: begin.line + line - 1, column: indent + column };
      }
      const begin = place(start);
      if (line > 1) return begin;
      return { ...begin, column: begin.column + column - 1 + (mark === '"' || mark === "'" ? 1 : 0) };
    },
  };
}

function rangeOf(node: unknown): number | null {
  if (typeof node !== 'object' || node === null || !('range' in node)) return null;
  const { range } = node;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : null;
}
