/**
 * What a condition may use, and what it may take: everything else is a mistake of the file. A decision blocks its
 * worker while it runs, so no time limit could end it: its steps are known before it is begun.
 */
import type { ASTNode } from '@marcbachmann/cel-js';
import { childrenOf, functionName, nodesOf, pathOf } from './conditionTree';
import { macros } from './constants';
import { entryShapes, factShapes, type FactShape, type FactType } from '../facts/facts';
import { isObject } from '../../core/isObject';
import { didYouMean } from '../policyError';

/** Every other function of CEL makes text or lists that grow, can fail, or hides types. */
export const conditionFunctions = ['size', 'contains', 'startsWith', 'endsWith', 'has', ...macros];

/** A list within a list, and no more: each level multiplies the work. */
const maxLoops = 2;

/** Of all conditions for one message: about a second, and far more than a policy that people can read takes. */
const maxSteps = 300_000;

/** Compared in one step. */
const charactersOfStep = 10_000;

const plain = ['string', 'int', 'double', 'bool'];
const comparable = [...plain, ...plain.map((type) => `list<${type}>`), 'list<T>'];

interface Beyond {
  /** From 0, within the expression. */
  readonly offset: number;
  readonly message: string;
}

/** @param tree - type-checked. */
export function findBeyondLimits(tree: ASTNode): Beyond | null {
  // What is wrong within comes before what comes of it.
  for (const node of nodesOf(tree).toReversed()) {
    const message = refusalOf(node);
    if (message !== null) return { offset: node.start, message };
  }
  const deepest = withLoops(tree).find(({ loops }) => loops > maxLoops);
  if (deepest === undefined) return null;
  const message = `goes through lists more than ${maxLoops} deep, which can run without end; say it with fewer`;
  return { offset: deepest.node.start, message };
}

function refusalOf(node: ASTNode): string | null {
  const [left, right] = childrenOf(node);
  switch (node.op) {
    case 'call':
    case 'rcall':
      return refusalOfCall(node);
    case 'map':
      return 'makes a map, which a condition does not need; compare the facts themselves';
    case 'list':
      return childrenOf(node).every((entry) => plain.includes(typeOf(entry)))
        ? null
        : 'makes a list of something else than text, numbers and yes/no; compare the facts themselves';
    case '[]':
      return right?.op === 'value' && typeof right.args === 'bigint'
        ? null
        : 'takes an entry by something else than a written number; write order.total or order.items[0]';
    case '/':
    case '%':
      return right?.op === 'value' && Number(right.args) !== 0
        ? null
        : `divides by something else than a written number that is not 0, which can fail; compare with "*"`;
    case '+':
      return ['int', 'double'].includes(typeOf(node))
        ? null
        : 'joins text or lists, which a condition does not need; compare each by itself';
    case '==':
    case '!=':
    case 'in': {
      const odd = [left, right].find((side) => side !== undefined && !comparable.includes(typeOf(side)));
      return odd === undefined
        ? null
        : `compares ${typeOf(odd)}; only text, numbers, yes/no and lists of them can be`;
    }
    default:
      return null;
  }
}

function refusalOfCall(node: ASTNode): string | null {
  const name = functionName(node);
  if (name === 'matches') {
    return 'uses matches(), which can run without end; use contains(), startsWith() or "in [...]"';
  }
  if (!conditionFunctions.includes(name)) {
    const allowed = conditionFunctions.map((each) => `${each}()`).join(', ');
    return `uses ${name}(), which conditions do not have. Allowed: ${allowed}.${didYouMean(name, conditionFunctions)}`;
  }
  if (name === 'map' && !plain.some((type) => typeOf(node) === `list<${type}>`)) {
    return 'makes a list of something else than text, numbers and yes/no with map(); use exists() or filter()';
  }
  return name === 'has' ? refusalOfHas(node) : null;
}

/** CEL does not check what `has` asks for. */
function refusalOfHas(node: ASTNode): string | null {
  const path = childrenOf(node).map(pathOf)[0] ?? '';
  const [root = '', field = ''] = path.split('.');
  const shape = Object.entries(factShapes).find(([name]) => name === root)?.[1];
  const shapes = typeof shape === 'object' ? [shape] : Object.values(entryShapes);
  const fields = shapes.flatMap((each) => Object.keys(each));
  if (fields.includes(field)) return null;
  return `names "${field}", which is no fact. Allowed here: ${fields.join(', ')}.${didYouMean(field, fields)}`;
}

/** The library keeps what its type checker found on the node. A type that cannot be read is none that is allowed. */
function typeOf(node: ASTNode): string {
  return String(Reflect.get(node, 'checkedType'));
}

/** What a message brings to its conditions. */
interface ScopeSize {
  /** Entries of the longest list. */
  readonly entries: number;
  /** Characters of the longest text. */
  readonly characters: number;
}

/** At most so many steps. */
export type Cost = (size: ScopeSize) => number;

/** `factor` steps for each entry of `loops` lists, and for each character of so many texts. */
interface Term {
  readonly loops: number;
  readonly texts: number;
  readonly factor: number;
}

export function costOf(tree: ASTNode): Cost {
  const nodes = withLoops(tree);
  const written = Math.max(0, ...nodes.map(({ node }) => (node.op === 'list' ? childrenOf(node).length : 0)));
  const sums = new Map<string, Term>();
  for (const term of nodes.flatMap(({ node, loops }) => termsOf(node, loops))) {
    const key = `${term.loops} ${term.texts}`;
    sums.set(key, { ...term, factor: term.factor + (sums.get(key)?.factor ?? 0) });
  }
  const terms = [...sums.values()];
  return ({ entries, characters }) => {
    const perLoop = Math.max(entries, written);
    let steps = 0;
    for (const { loops, texts, factor } of terms) {
      steps += factor * power(perLoop, loops) * power(characters, texts);
    }
    return steps;
  };
}

/** Exponents are 0 to 3: multiplied out, it takes a tenth of what `**` does, for each half of a condition. */
function power(base: number, exponent: number): number {
  let result = 1;
  for (let times = 0; times < exponent; times += 1) result *= base;
  return result;
}

function termsOf(node: ASTNode, loops: number): readonly Term[] {
  const once: Term = { loops, texts: 0, factor: 1 };
  if (['==', '!=', 'in'].includes(node.op)) {
    const isOfLists = childrenOf(node).some((side) => typeOf(side).startsWith('list<'));
    return [once, { loops: isOfLists ? loops + 1 : loops, texts: 1, factor: 1 / charactersOfStep }];
  }
  if (!['contains', 'startsWith', 'endsWith'].includes(functionName(node))) return [once];
  const wanted = childrenOf(node)[1];
  const isWritten = wanted?.op === 'value' && typeof wanted.args === 'string';
  return isWritten
    ? [once, { loops, texts: 1, factor: wanted.args.length / charactersOfStep }]
    : [once, { loops, texts: 2, factor: 1 / charactersOfStep }];
}

/** Each node, and how many lists it stands in. What a macro goes through stands outside of it. */
function withLoops(node: ASTNode, loops = 0): readonly { readonly node: ASTNode; readonly loops: number }[] {
  const isLoop = node.op === 'rcall' && macros.includes(functionName(node));
  return [
    { node, loops },
    ...childrenOf(node).flatMap((child, place) => withLoops(child, isLoop && place > 0 ? loops + 1 : loops)),
  ];
}

/** Of the facts that conditions can ask for. */
function sizeOf(facts: Readonly<Record<string, unknown>>): ScopeSize {
  let entries = 0;
  let characters = 0;
  measure(facts, measured);
  return { entries, characters };

  function measure(part: unknown, fields: readonly MeasuredField[]): void {
    if (!isObject(part)) return;
    for (const { name, within } of fields) {
      const value = part[name];
      if (typeof value === 'string') {
        characters = Math.max(characters, value.length);
      } else if (Array.isArray(value)) {
        entries = Math.max(entries, value.length);
        for (const entry of value) {
          if (typeof entry === 'string') characters = Math.max(characters, entry.length);
          else measure(entry, within);
        }
      } else {
        measure(value, within);
      }
    }
  }
}

/** One that holds text or a list; `within`: those of what it is made of. */
interface MeasuredField {
  readonly name: string;
  readonly within: readonly MeasuredField[];
}

function measuredFields(shape: Readonly<Record<string, FactType | FactShape>>): readonly MeasuredField[] {
  return Object.entries(shape).flatMap(([name, type]): readonly MeasuredField[] => {
    if (typeof type === 'object') return [{ name, within: measuredFields(type) }];
    switch (type) {
      case 'int':
      case 'double':
      case 'bool':
        return [];
      case 'string':
      case 'list<string>':
        return [{ name, within: [] }];
      case 'list<Parcel>':
        return [{ name, within: measuredFields(entryShapes.Parcel) }];
      case 'list<OrderBrief>':
        return [{ name, within: measuredFields(entryShapes.OrderBrief) }];
      case 'list<Line>':
        return [{ name, within: measuredFields(entryShapes.Line) }];
    }
  });
}

const measured = measuredFields(factShapes);

/** @returns counts the steps of all conditions for one message. It throws before what takes too long is begun. */
export function countSteps(facts: Readonly<Record<string, unknown>>): (cost: Cost) => void {
  let size: ScopeSize | null = null;
  let left = maxSteps;
  return (cost) => {
    size ??= sizeOf(facts);
    left -= cost(size);
    if (left >= 0) return;
    throw new Error(
      `with those before it, it takes more than ${maxSteps} steps on this message; ask for less`,
    );
  };
}
