/**
 * Halves of conditions that ask whether a fact is so, or compare it with written words and numbers: nearly all that
 * policies have. They are judged without cel-js, which takes several times as long for one, and by the same rules.
 * Whatever else there is, and a fact that is not of its type, is cel-js's.
 */
import type { ASTNode } from '@marcbachmann/cel-js';
import { isObject } from '../../core/isObject';
import { factShapes, type FactType } from '../facts/facts';
import { childrenOf, pathOf } from './conditionTree';

/** @param told - facts as they were told. @returns null: cel-js has to say. */
export type PlainHalf = (told: Readonly<Record<string, unknown>>) => boolean | null;

/** @param node - type-checked. @returns null for anything else than such a half. */
export function plainHalf(node: ASTNode): PlainHalf | null {
  const [left, right] = childrenOf(node);
  if (left === undefined) return isSo(node);
  switch (node.op) {
    case '!_':
      return not(plainHalf(left));
    case '&&':
      return right === undefined ? null : each(plainHalf(left), plainHalf(right), false);
    case '||':
      return right === undefined ? null : each(plainHalf(left), plainHalf(right), true);
    case '.':
      return isSo(node);
    case 'in':
      return right === undefined ? null : (isOneOf(left, right) ?? holdsWord(left, right));
    default:
      return right === undefined ? null : compares(node.op, left, right);
  }
}

function not(half: PlainHalf | null): PlainHalf | null {
  if (half === null) return null;
  return (told) => {
    const holds = half(told);
    return holds === null ? null : !holds;
  };
}

/** @param enough - what one of them must be for both to be it: true for `||`, false for `&&`. */
function each(first: PlainHalf | null, second: PlainHalf | null, enough: boolean): PlainHalf | null {
  if (first === null || second === null) return null;
  return (told) => {
    const holds = first(told);
    return holds === null || holds === enough ? holds : second(told);
  };
}

function isSo(node: ASTNode): PlainHalf | null {
  const fact = factOf(node, 'bool');
  if (fact === null) return null;
  return (told) => {
    const value = fact(told);
    return typeof value === 'boolean' ? value : null;
  };
}

/** `order.status in ["shipped", "in-transit"]`. */
function isOneOf(left: ASTNode, right: ASTNode): PlainHalf | null {
  const fact = textOf(left);
  const words = right.op === 'list' ? childrenOf(right).map(writtenText) : [null];
  if (fact === null || !words.every((word) => word !== null)) return null;
  return (told) => {
    const text = fact(told);
    return text === null ? null : words.includes(text);
  };
}

/** `"anger" in signals`. */
function holdsWord(left: ASTNode, right: ASTNode): PlainHalf | null {
  const word = writtenText(left);
  const fact = factOf(right, 'list<string>');
  if (fact === null || word === null) return null;
  return (told) => {
    const list = fact(told);
    return Array.isArray(list) ? list.includes(word) : null;
  };
}

function compares(op: string, left: ASTNode, right: ASTNode): PlainHalf | null {
  const text = textOf(left);
  const word = writtenText(right);
  if (text !== null && word !== null && (op === '==' || op === '!=')) {
    const isWanted = op === '==';
    return (told) => {
      const value = text(told);
      return value === null ? null : (value === word) === isWanted;
    };
  }
  const whole = writtenNumber(right, 'bigint');
  const count = factOf(left, 'int');
  if (whole !== null && count !== null) return comparesNumbers(op, (told) => wholeNumber(count(told)), whole);
  const broken = writtenNumber(right, 'number');
  const measure = factOf(left, 'double');
  if (broken !== null && measure !== null)
    return comparesNumbers(op, (told) => anyNumber(measure(told)), broken);
  return null;
}

function comparesNumbers(
  op: string,
  read: (told: Readonly<Record<string, unknown>>) => number | null,
  wanted: number,
): PlainHalf | null {
  const holds = numberComparisons[op];
  if (holds === undefined) return null;
  return (told) => {
    const value = read(told);
    return value === null ? null : holds(value, wanted);
  };
}

const numberComparisons: Readonly<Record<string, (value: number, wanted: number) => boolean>> = {
  '==': (value, wanted) => value === wanted,
  '!=': (value, wanted) => value !== wanted,
  '<': (value, wanted) => value < wanted,
  '<=': (value, wanted) => value <= wanted,
  '>': (value, wanted) => value > wanted,
  '>=': (value, wanted) => value >= wanted,
};

/** As conditionScope.ts makes integers. */
function wholeNumber(value: unknown): number | null {
  const whole = typeof value === 'number' ? Math.trunc(value) : 0;
  return Number.isSafeInteger(whole) ? whole : null;
}

function anyNumber(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

/** As conditionScope.ts makes text: one that was recorded before there was such a fact is "". */
function textOf(node: ASTNode): ((told: Readonly<Record<string, unknown>>) => string | null) | null {
  const fact = factOf(node, 'string');
  if (fact === null) return null;
  return (told) => {
    const value = fact(told) ?? '';
    return typeof value === 'string' ? value : null;
  };
}

/** Reads a fact of that type; null: the node is none. */
function factOf(
  node: ASTNode,
  type: FactType,
): ((told: Readonly<Record<string, unknown>>) => unknown) | null {
  const [root = '', field, ...deeper] = pathOf(node)?.split('.') ?? [];
  const shape = Object.entries(factShapes).find(([name]) => name === root)?.[1];
  if (shape === undefined || deeper.length > 0) return null;
  if (typeof shape === 'string') {
    return field === undefined && shape === type ? (told) => told[root] : null;
  }
  if (field === undefined || Object.entries(shape).find(([name]) => name === field)?.[1] !== type)
    return null;
  return (told) => {
    const fields = told[root];
    return isObject(fields) ? fields[field] : undefined;
  };
}

function writtenText({ op, args }: ASTNode): string | null {
  return op === 'value' && typeof args === 'string' ? args : null;
}

/** @param kind - what cel-js keeps it as: `bigint` for integers, `number` for those with a fraction. */
function writtenNumber(node: ASTNode, kind: 'bigint' | 'number'): number | null {
  const [negated] = node.op === '-_' ? childrenOf(node) : [];
  if (negated !== undefined) {
    const written = writtenNumber(negated, kind);
    return written === null ? null : -written;
  }
  const { op, args } = node;
  if (op !== 'value' || (typeof args !== 'bigint' && typeof args !== 'number') || typeof args !== kind)
    return null;
  const value = Number(args);
  return kind === 'number' || Number.isSafeInteger(value) ? value : null;
}
