/**
 * Conditions in CEL (https://cel.dev), type-checked when the policy is loaded: an unknown fact or a comparison of
 * text with a number is a mistake of the file, not a surprise at run time.
 */
import { Environment, EvaluationError, ParseError, serialize, type ASTNode } from '@marcbachmann/cel-js';
import { isObject } from '../../core/isObject';
import { conditionHint } from './conditionHints';
import { costOf, findBeyondLimits, type Cost } from './conditionLimits';
import { entryTypes, factTypes, type ConditionScope, type Judged, type Verdict } from './conditionScope';
import { conjuncts, childrenOf, isSameTree, nodesOf, pathOf } from './conditionTree';
import { findWrongConstant } from './constants';
import { plainHalf, type PlainHalf } from './plainHalf';
import { entryShapes, factShapes, privateFacts } from '../facts/facts';
import { didYouMean } from '../policyError';

export interface Condition {
  readonly source: string;
  readonly tree: ASTNode;
  /** A half of it that asks for no fact and is never so: `false`, `1 == 2`. */
  readonly never: string | null;
  /** It asks for no fact and always holds: `true`, `1 < 2`. */
  readonly always: boolean;
  /** @throws Error when the expression fails on these facts, such as `order.parcels[3]` of two. */
  judge(scope: ConditionScope): Verdict;
  /** Without the words for why not. @throws as `judge` does. */
  holds(scope: ConditionScope): boolean;
}

export interface ConditionMistake {
  /** From 0, within the expression. */
  readonly offset: number;
  readonly message: string;
}

const maxNodes = 400;
const environment = createEnvironment(40);
/** A half that is written anew has parentheses around each step; how large it is was looked at before. */
const writtenAnew = createEnvironment(maxNodes);

function createEnvironment(maxDepth: number): Environment {
  const made = new Environment({ limits: { maxAstNodes: maxNodes, maxDepth, maxListElements: 100 } });
  for (const [name, { fields, ctor }] of Object.entries(entryTypes))
    made.registerType(name, { fields, ctor });
  for (const [name, type] of Object.entries(factTypes)) {
    if (typeof type === 'string') {
      made.registerVariable(name, type);
    } else {
      made.registerType(`$${name}`, { fields: type.fields, ctor: type.ctor });
      made.registerVariable(name, `$${name}`);
    }
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
  const nodes = conjuncts(ast);
  const halves = nodes.map(halfOf).filter((half) => half !== null);
  const whole = { ...whatIsAsked(ast), text: source.trim(), evaluate: parsed };
  const parts: readonly FixedPart[] = halves.length === nodes.length ? halves : [whole];
  const fixed = parts.filter(({ isFixed }) => isFixed);
  const failing = fixed.map(whyItFails).find((why) => why !== null);
  if (failing !== undefined) return failing;
  return {
    source,
    tree: ast,
    always: fixed.length === parts.length && fixed.every(({ evaluate }) => evaluate({}) === true),
    never: fixed.find(({ evaluate }) => evaluate({}) === false)?.text ?? null,
    judge: (scope) => {
      for (const part of parts) {
        const judged = judgedOf(part, scope);
        if (!judged.isMet) return (judged.unmet ??= { holds: false, why: whyUnmet(part, scope) });
      }
      return holding;
    },
    holds: (scope) => parts.every((part) => judgedOf(part, scope).isMet),
  };
}

/** `[1][3] == 1`: asks for no fact, and fails whatever the facts are. */
function whyItFails({ evaluate, text }: FixedPart): ConditionMistake | null {
  try {
    evaluate({});
    return null;
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { offset: 0, message: `can never be judged: ${text} fails, ${error.summary}` };
  }
}

/**
 * Written anew from the tree: its place in the source leaves parentheses out.
 * @returns null where the library does not write what it has read: of `0.1234567891` nine digits, of
 *   `a == (b == c)` no parentheses, of `1.0e21` what it cannot read.
 */
function halfOf(node: ASTNode): FixedPart | null {
  const text = withPictures(serialize(node));
  try {
    const evaluate = writtenAnew.parse(text);
    return isSameTree(evaluate.ast, node) ? { ...whatIsAsked(node), text, evaluate } : null;
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

function whatIsAsked(node: ASTNode): Omit<FixedPart, 'text' | 'evaluate'> {
  const shown = factPaths(node).filter((path) => !privateFacts.includes(path));
  const facts = shown.map((path) => ({ path, keys: path.split('.') }));
  return { plain: plainHalf(node), cost: costOf(node), facts, isFixed: isFixed(node) };
}

/** The library writes an emoji in two halves, and reads no half. */
function withPictures(text: string): string {
  return text.replace(
    /(?<!\\)((?:\\\\)*)\\u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})/giu,
    (_, before: string, high: string, low: string) =>
      before + String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16)),
  );
}

const holding: Verdict = { holds: true };

/** A half of a condition. */
interface Part {
  readonly text: string;
  /** Null: only cel-js can judge it. */
  readonly plain: PlainHalf | null;
  readonly evaluate: (facts: ConditionScope['facts']) => unknown;
  readonly cost: Cost;
  readonly facts: readonly ShownFact[];
}

interface FixedPart extends Part {
  /** It asks for no fact. */
  readonly isFixed: boolean;
}

/** Once a message, however many rules want it. */
function judgedOf(part: Part, scope: ConditionScope): Judged {
  const known = scope.judged.get(part.text);
  if (known !== undefined) return known;
  const anew: Judged = { isMet: isMet(part, scope), unmet: null };
  scope.judged.set(part.text, anew);
  return anew;
}

function isMet({ plain, evaluate, cost }: Part, { told, takeSteps, facts }: ConditionScope): boolean {
  // Steps are counted of what could take long.
  const isPlainlyMet = plain === null ? null : plain(told);
  if (isPlainlyMet !== null) return isPlainlyMet;
  takeSteps(cost);
  return evaluate(facts) === true;
}

function whyUnmet({ text, facts: asked }: Part, { described, facts }: ConditionScope): string {
  return `the rule wants ${text}; ${describeFacts(asked, facts, described)}`;
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
  asked: readonly ShownFact[],
  facts: ConditionScope['facts'],
  described: Map<string, string>,
): string {
  let shown = '';
  for (const fact of asked) {
    const one = described.get(fact.path) ?? describeFact(fact, facts);
    described.set(fact.path, one);
    shown = shown === '' ? one : `${shown}, ${one}`;
  }
  return shown === '' ? 'it does not hold' : shown;
}

function describeFact({ path, keys }: ShownFact, facts: ConditionScope['facts']): string {
  let value: unknown = facts;
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
