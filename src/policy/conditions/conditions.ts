/**
 * Conditions in CEL (https://cel.dev), type-checked when the policy is loaded: an unknown fact or a comparison of
 * text with a number is a mistake of the file, not a surprise at run time.
 */
import { Environment, serialize, type ASTNode } from '@marcbachmann/cel-js';
import { isObject } from '../../core/isObject';
import { conditionHint } from './conditionHints';
import { costOf, countSteps, findBeyondLimits, type Cost } from './conditionLimits';
import { conjuncts, childrenOf, nodesOf, pathOf } from './conditionTree';
import { findWrongConstant } from './constants';
import {
  entryShapes,
  factShapes,
  privateFacts,
  type FactShape,
  type Facts,
  type FactType,
} from '../facts/facts';
import { didYouMean } from '../policyError';

/** The first half of a condition that did not hold, or null when all of it holds. */
export type Verdict = { readonly holds: true } | { readonly holds: false; readonly why: string };

export interface Condition {
  readonly source: string;
  readonly tree: ASTNode;
  /** A half of it that asks for no fact and is never so: `false`, `1 == 2`. */
  readonly never: string | null;
  /** It asks for no fact and always holds: `true`, `1 < 2`. */
  readonly always: boolean;
  /** @throws Error when the expression fails on these facts, such as `order.parcels[3]` of two. */
  judge(scope: ConditionScope): Verdict;
}

/** Facts in CEL's own types, made once a message: integers are bigint, list entries carry their class. */
export type ConditionScope = Readonly<Record<string, unknown>>;

export interface ConditionMistake {
  /** From 0, within the expression. */
  readonly offset: number;
  readonly message: string;
}

/** List entries need a class of their own: cel-js tells their type by it. */
class Parcel {
  [field: string]: unknown;
  readonly items: readonly string[] = [];
}
class OrderBrief {
  [field: string]: unknown;
  readonly items: readonly string[] = [];
}
class Line {
  [field: string]: unknown;
  readonly name: string = '';
}

const environment = createEnvironment();

function createEnvironment(): Environment {
  const made = new Environment({ limits: { maxAstNodes: 400, maxDepth: 40, maxListElements: 100 } });
  made.registerType('Parcel', { ctor: Parcel, fields: { ...entryShapes.Parcel } });
  made.registerType('OrderBrief', { ctor: OrderBrief, fields: { ...entryShapes.OrderBrief } });
  made.registerType('Line', { ctor: Line, fields: { ...entryShapes.Line } });
  for (const [name, shape] of Object.entries(factShapes)) {
    if (typeof shape === 'string') made.registerVariable(name, shape);
    else made.registerVariable({ name, schema: { ...shape } });
  }
  return made;
}

/** @param intents - what `intent` may be compared with; null: anything. */
export function compileCondition(
  source: string,
  intents: readonly string[] | null = null,
): Condition | ConditionMistake {
  const checked = environment.check(source);
  if (!checked.valid) {
    const { error } = checked;
    const summary = error !== undefined && 'summary' in error ? error.summary : 'cannot be read';
    return { offset: error?.range?.start ?? 0, message: explainCheck(summary, source) };
  }
  if (checked.type !== 'bool') {
    return {
      offset: 0,
      message: `gives ${checked.type ?? 'something else'}; a condition must give true or false`,
    };
  }
  const parsed = environment.parse(source);
  parsed.check();
  const { ast } = parsed;
  const beyond = findBeyondLimits(ast);
  if (beyond !== null) return beyond;
  const wrong = findWrongConstant(ast, intents);
  if (wrong !== null) return wrong;
  const parts = conjuncts(ast).map((node) => {
    // Written anew from the tree: a piece's place in the source leaves its parentheses out.
    const text = serialize(node);
    const shown = factPaths(node).filter((path) => !privateFacts.includes(path));
    const facts = shown.map((path) => ({ path, keys: path.split('.') }));
    return { text, evaluate: environment.parse(text), cost: costOf(node), facts, isFixed: isFixed(node) };
  });
  return {
    source,
    tree: ast,
    always: parts.every(({ isFixed, evaluate }) => isFixed && evaluate({}) === true),
    never: parts.find(({ isFixed, evaluate }) => isFixed && evaluate({}) === false)?.text ?? null,
    judge: (scope) => {
      const known = seenOf(scope);
      for (const { text, evaluate, cost, facts } of parts) {
        let verdict = known.verdicts.get(text);
        if (verdict === undefined) {
          known.takeSteps(cost);
          verdict =
            evaluate(scope) === true
              ? holding
              : {
                  holds: false,
                  why: `the rule wants ${text}; ${describeFacts(facts, scope, known.described)}`,
                };
          known.verdicts.set(text, verdict);
        }
        if (!verdict.holds) return verdict;
      }
      return holding;
    },
  };
}

const holding: Verdict = { holds: true };

/** Rules of one policy ask much the same of the same facts: each thing is looked at once a message. */
interface Seen {
  /** By the text of a half of a condition. */
  readonly verdicts: Map<string, Verdict>;
  /** By the fact's path. */
  readonly described: Map<string, string>;
  readonly takeSteps: (cost: Cost) => void;
}

const seen = new WeakMap<ConditionScope, Seen>();

function seenOf(scope: ConditionScope): Seen {
  return remembered(seen, scope, () => ({
    verdicts: new Map(),
    described: new Map(),
    takeSteps: countSteps(scope),
  }));
}

function remembered<Key, Value>(
  known: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown },
  key: Key,
  find: () => Value,
): Value {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = find();
  known.set(key, found);
  return found;
}

function isFixed(node: ASTNode): boolean {
  return nodesOf(node).every(({ op }) => op !== 'id');
}

export function isMistake(compiled: Condition | ConditionMistake): compiled is ConditionMistake {
  return 'offset' in compiled;
}

function explainCheck(summary: string, source: string): string {
  const unknownName = /^(?:Unknown variable|No such key): (.+)$/.exec(summary)?.[1];
  if (unknownName !== undefined) {
    const names = summary.startsWith('Unknown') ? Object.keys(factShapes) : fieldNames(unknownName, source);
    const named = summary.startsWith('Unknown') ? ' A condition with a name is written is.<name>.' : '';
    return `names "${unknownName}", which is no fact. Allowed here: ${names.join(', ')}.${didYouMean(unknownName, names)}${named}`;
  }
  return `is not a condition: ${summary}. ${conditionHint(source)} (docs/policy.md)`;
}

function fieldNames(unknown: string, source: string): readonly string[] {
  const root = new RegExp(`(\\w+)\\.${unknown.replace(/\W/g, '')}\\b`).exec(source)?.[1] ?? '';
  const shape = Object.entries(factShapes).find(([name]) => name === root)?.[1];
  const shapes = typeof shape === 'object' ? [shape] : Object.values(entryShapes);
  return shapes.flatMap((fields) => Object.keys(fields));
}

/** `order.status`, `confidence`: the facts a piece of the condition looks at. */
function factPaths(node: ASTNode): readonly string[] {
  const path = pathOf(node);
  if (path !== null) return isFact(path) ? [path] : [];
  return [...new Set(childrenOf(node).flatMap(factPaths))];
}

function isFact(path: string): boolean {
  return Object.hasOwn(factShapes, path.split('.')[0] ?? '');
}

/** A fact that people may read of: `order.status`, and `order`, `status`. */
interface ShownFact {
  readonly path: string;
  readonly keys: readonly string[];
}

function describeFacts(
  facts: readonly ShownFact[],
  scope: ConditionScope,
  described: Map<string, string>,
): string {
  const shown = facts.map((fact) => remembered(described, fact.path, () => describeFact(fact, scope)));
  return shown.length === 0 ? 'it does not hold' : shown.join(', ');
}

function describeFact({ path, keys }: ShownFact, scope: ConditionScope): string {
  let value: unknown = scope;
  for (const key of keys) value = isObject(value) ? value[key] : undefined;
  if (Array.isArray(value)) {
    const words = value.filter((entry) => typeof entry === 'string');
    return words.length === value.length
      ? `${path} is [${words.join(', ')}]`
      : `${path} has ${value.length} ${value.length === 1 ? 'entry' : 'entries'}`;
  }
  if (typeof value === 'string') return `${path} is "${value}"`;
  if (typeof value === 'number') return `${path} is ${Number(value.toFixed(2))}`;
  return `${path} is ${String(value)}`;
}

export function conditionScope(facts: Facts): ConditionScope {
  const known: Readonly<Record<string, unknown>> = { ...facts };
  const scope: Record<string, unknown> = {};
  for (const [name, convert] of factConverters) scope[name] = convert(known[name]);
  return scope;
}

type Converter = (value: unknown) => unknown;

const factConverters = Object.entries(factShapes).map(([name, shape]): readonly [string, Converter] => [
  name,
  toCel(shape),
]);

function toCel(type: FactType | FactShape): Converter {
  if (typeof type === 'object') return fieldsToCel(type, () => ({}));
  switch (type) {
    case 'int':
      return (value) => BigInt(typeof value === 'number' ? Math.trunc(value) : 0);
    case 'list<Parcel>':
      return listToCel(fieldsToCel(entryShapes.Parcel, () => new Parcel()));
    case 'list<OrderBrief>':
      return listToCel(fieldsToCel(entryShapes.OrderBrief, () => new OrderBrief()));
    case 'list<Line>':
      return listToCel(fieldsToCel(entryShapes.Line, () => new Line()));
    case 'string':
      // Recorded before there was such a fact.
      return (value) => value ?? '';
    case 'double':
    case 'bool':
    case 'list<string>':
      return (value) => value;
  }
}

function listToCel(convert: Converter): Converter {
  return (value) => (Array.isArray(value) ? value.map(convert) : []);
}

function fieldsToCel(shape: FactShape, make: () => Record<string, unknown>): Converter {
  const converters = Object.entries(shape).map(([field, type]): readonly [string, Converter] => [
    field,
    toCel(type),
  ]);
  return (value) => {
    const source = isObject(value) ? value : {};
    const target = make();
    for (const [field, convert] of converters) target[field] = convert(source[field]);
    return target;
  };
}
