/**
 * `- include: shared/anger.yaml` among rules: the rules of that file, in its place. What comes out is one file of
 * rules that still knows where each of them stands.
 */
import { isObject } from '../../core/isObject';
import { didYouMean, listNames, type Mistake } from '../policyError';
import type { Path, PolicyFile } from './policyFiles';

/** A shop's rules are read from the top; a reader follows three files, hardly more. */
const maxDepth = 3;
/** Of the whole policy, those counted again that are included again. */
const maxRules = 2_000;
/** Files that only include each other make no rules, and all the same multiply. */
const maxIncludes = 200;

interface Entry {
  readonly value: unknown;
  readonly file: PolicyFile;
  readonly at: Path;
}

interface Reading {
  readonly shared: readonly PolicyFile[];
  readonly mistakes: Mistake[];
  readonly used: Set<string>;
  rules: number;
  includes: number;
}

/** Whether the policy's folder may hold a file of this name to include. */
export function isShared(name: string): boolean {
  return name.startsWith('shared/');
}

/** @param shared - the files under shared/ that are YAML. */
export function expandIncludes(
  rules: PolicyFile,
  shared: readonly PolicyFile[],
  mistakes: Mistake[],
): PolicyFile {
  const { content } = rules;
  const reading: Reading = { shared, mistakes, used: new Set(), rules: 0, includes: 0 };
  if (!isObject(content)) return rules;
  const lists = new Map<string, readonly Entry[]>();
  const expand = (list: readonly unknown[], at: Path): readonly unknown[] => {
    const entries = entriesOf(list, rules, at, [rules.name], reading);
    lists.set(JSON.stringify(at), entries);
    return entries.map(({ value }) => value);
  };
  const perIntent = content['per-intent'];
  const expanded = {
    ...content,
    ...(Array.isArray(content['first']) ? { first: expand(content['first'], ['first']) } : {}),
    ...(isObject(perIntent)
      ? {
          'per-intent': Object.fromEntries(
            Object.entries(perIntent).map(([intent, list]) => [
              intent,
              Array.isArray(list) ? expand(list, ['per-intent', intent]) : list,
            ]),
          ),
        }
      : {}),
  };
  for (const { name } of shared) {
    if (reading.used.has(name) || isTooMuch(reading)) continue;
    const message =
      'is included by no rules. Write "- include: ' + name + '" among rules, or remove the file';
    mistakes.push({ file: name, line: 1, column: 1, message });
  }
  const origin = (at: Path): Pick<Entry, 'file' | 'at'> => {
    const length = at[0] === 'per-intent' ? 2 : 1;
    const index = at[length];
    const entry = typeof index === 'number' ? lists.get(JSON.stringify(at.slice(0, length)))?.[index] : null;
    return entry === undefined || entry === null
      ? { file: rules, at }
      : { file: entry.file, at: [...entry.at, ...at.slice(length + 1)] };
  };
  return {
    name: rules.name,
    content: expanded,
    placeOf: (at) => {
      const from = origin(at);
      return from.file.placeOf(from.at);
    },
    placeOfKey: (at, key) => {
      const from = origin(at);
      return from.file.placeOfKey(from.at, key);
    },
    writtenAt: (at) => {
      const from = origin(at);
      return from.file.writtenAt(from.at);
    },
    placeInText: (at, line, column) => {
      const from = origin(at);
      return from.file.placeInText(from.at, line, column);
    },
  };
}

/** @param chain - the files that led here, the one with the list last. */
function entriesOf(
  list: readonly unknown[],
  file: PolicyFile,
  at: Path,
  chain: readonly string[],
  reading: Reading,
): readonly Entry[] {
  const entries: Entry[] = [];
  for (const [index, value] of list.entries()) {
    if (isTooMuch(reading)) return [];
    const place: Path = [...at, index];
    const isInclude = isObject(value) && Object.hasOwn(value, 'include');
    reading[isInclude ? 'includes' : 'rules'] += 1;
    if (isTooMuch(reading)) return tooMuch(file, place, reading);
    if (isInclude) entries.push(...included(value, file, place, chain, reading));
    else entries.push({ value, file, at: place });
  }
  return entries;
}

function isTooMuch({ rules, includes }: Reading): boolean {
  return rules > maxRules || includes > maxIncludes;
}

/** Told once, where the limit is passed: nothing is read from there on. */
function tooMuch(file: PolicyFile, at: Path, reading: Reading): readonly Entry[] {
  const message =
    reading.rules > maxRules
      ? `makes more than ${maxRules} rules, the included ones counted. Split the policy`
      : `makes more than ${maxIncludes} includes. Include each file once, where its rules belong`;
  reading.mistakes.push({ ...file.placeOf(at), message });
  return [];
}

function included(
  value: Readonly<Record<string, unknown>>,
  file: PolicyFile,
  at: Path,
  chain: readonly string[],
  reading: Reading,
): readonly Entry[] {
  const refuse = (message: string): readonly Entry[] => {
    reading.mistakes.push({ ...file.placeOf([...at, 'include']), message });
    return [];
  };
  const name = value['include'];
  const names = reading.shared.map((other) => other.name);
  if (typeof name !== 'string') return refuse('must name a file, such as "- include: shared/anger.yaml"');
  const extra = Object.keys(value).filter((key) => key !== 'include');
  if (extra.length > 0) return refuse(`stands beside ${listNames(extra)}. An include stands alone`);
  if (!/^shared\/[^/\\]+\.yaml$/.test(name)) {
    return refuse(
      `names "${name}". Only files of the policy's own folder "shared" can be included, such as "shared/anger.yaml"`,
    );
  }
  if (chain.includes(name)) return refuse(`goes in a circle: ${[...chain, name].join(' -> ')}`);
  if (chain.length > maxDepth) {
    return refuse(`nests deeper than ${maxDepth} includes: ${[...chain, name].join(' -> ')}`);
  }
  reading.used.add(name);
  const target = reading.shared.find((other) => other.name === name);
  if (target === undefined) {
    // One that is there but no YAML has its mistake already.
    if (reading.mistakes.some((mistake) => mistake.file === name)) return [];
    const there = names.length === 0 ? 'there is none' : `there are ${listNames(names)}`;
    return refuse(`names "${name}", which does not exist; under shared ${there}.${didYouMean(name, names)}`);
  }
  if (!Array.isArray(target.content)) {
    reading.mistakes.push({
      ...target.placeOf([]),
      message: 'must be a list of rules, each with "- rule: <name>"',
    });
    return [];
  }
  return entriesOf(target.content, target, [], [...chain, name], reading);
}
