/** Where a value of a policy file stands, in words, and how one of its shape is written. */
import type { Path } from './policyFiles';

/** By the key whose value has the wrong shape. */
const written: Readonly<Record<string, string>> = {
  tag: '{ add: [a-tag] }',
  'hand-off': '{ reason: policy, group: Support }',
  assign: '{ group: Support }',
  ask: '{ for: item, with: ask-item, at-most: 2 }',
  confirm: '{ with: confirm-refund, declined: declined, at-most: 2 }',
  order: '{ cancel: true }',
  refund: '{ what: item, at-most: { EUR: 2500 } }',
  'store-credit': '{ amount: { EUR: 600 } }',
  'follow-up': '{ after: 2d, with: still-there }',
  'set-field': '{ Name of the field: value }',
  hours: '{ week: { weekdays: 09:00-17:30 } }',
  week: '{ weekdays: 09:00-17:30 }',
  holidays: '{ country: DE }',
  dates: '{ 2026-12-24: closed }',
  'at-most': '{ EUR: 2500 }',
  amount: '{ EUR: 2500 }',
  'per-day': '{ EUR: 30000 }',
  'per-customer': '{ within: 90d, amount: { EUR: 10000 } }',
  'up-to': '{ EUR: 10000 }',
};

/** @returns how it is written, with what was found in it where that can be told; "" when that is not known. */
export function writtenLike(path: Path, found: unknown): string {
  const key = String(path.at(-1));
  const example = Object.hasOwn(written, key) ? written[key] : undefined;
  if (example === undefined) return '';
  return `, such as ${key}: ${withWhatWasMeant(key, found) ?? example}`;
}

/** Texts that people write as numbers, by their keys. */
const texts: Readonly<Record<string, string>> = {
  warn: '75%',
  after: '30m',
  within: '4h',
  wait: '3d',
  total: 'EUR 12.90',
  price: 'EUR 12.90',
  amount: 'EUR 12.90',
};

/** @returns how such a text is written; "" where no number or yes/no was found. */
export function textLike(path: Path, found: unknown): string {
  if (typeof found !== 'number' && typeof found !== 'boolean') return '';
  const key = String(path.at(-1));
  const example = Object.hasOwn(texts, key) ? texts[key] : undefined;
  return example === undefined ? `: put it in quotes, '${found}'` : `, such as ${key}: ${example}`;
}

function withWhatWasMeant(key: string, found: unknown): string | null {
  if (key === 'tag' && Array.isArray(found)) return `{ add: [${found.join(', ')}] }`;
  if (typeof found !== 'string') return null;
  if (key === 'tag') return `{ add: [${found}] }`;
  if (key === 'hand-off') return `{ reason: policy, group: ${found} }`;
  if (key === 'assign') return `{ group: ${found} }`;
  return null;
}

/** An amount with a decimal point, or a whole one that was to have one. */
export function inMinorUnits(path: Path): string {
  return /^[A-Z]{3}$/.test(String(path.at(-1)))
    ? '. Amounts are in the smallest unit: 2550 is 25.50, { EUR: 2550 }'
    : '';
}

/** `rule "bag-refund", step 3, hand-off.reason`: by name, and counted from 1 as people count. */
export function pathInWords(content: unknown, path: Path): string {
  if (path.length === 0) return 'the file';
  const [length, name] = ruleAt(content, path);
  if (name === null) return joined(path);
  const rest = path.slice(length);
  const step = rest[0] === 'then' && typeof rest[1] === 'number' ? [`step ${rest[1] + 1}`] : [];
  const inner = rest.slice(step.length === 0 ? 0 : 2);
  return [`rule "${name}"`, ...step, ...(inner.length === 0 ? [] : [joined(inner)])].join(', ');
}

/** How much of the path leads to the rule, and its name. */
function ruleAt(content: unknown, path: Path): readonly [number, string | null] {
  let at = content;
  for (const [index, key] of path.entries()) {
    at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
    const name: unknown = typeof at === 'object' && at !== null ? Reflect.get(at, 'rule') : undefined;
    if (typeof name === 'string' && typeof key === 'number') return [index + 1, name];
  }
  return [0, null];
}

function joined(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `${index === 0 ? '' : ', '}entry ${key + 1}`;
      return `${index === 0 ? '' : typeof path[index - 1] === 'number' ? ', ' : '.'}${key}`;
    })
    .join('');
}
