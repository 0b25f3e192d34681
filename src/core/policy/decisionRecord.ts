/** Why the engine did what it did last, for people: the rules it went through and the facts they were judged on. */
import { isObject } from '../isObject';
import type { Mode } from '../modes/mode';
import type { Plan, RuleTrace } from './plan';

type ShownFact = string | number | boolean | readonly string[];

export interface DecisionRecord {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Which of several policies; absent: the one of tickets whose brand has none of its own. */
  readonly policy?: string;
  readonly policyVersion: string;
  readonly rule: string;
  readonly intent: string | null;
  readonly confidence: number;
  /** Under which it was decided; absent: auto. */
  readonly mode?: Mode;
  /** Every rule that was looked at, in order, and why it matched or did not. */
  readonly trace: readonly RuleTrace[];
  /** For each matter of the message: `order.status` -> `in-transit`. No customer text, nothing personal. */
  readonly facts: readonly Readonly<Record<string, ShownFact>>[];
}

/** The customer went on with our question: how sure the classifier is of such words alone says nothing. */
export function continuesQuestion(decision: Pick<DecisionRecord, 'facts'> | null): boolean {
  return decision?.facts[0]?.['question.continued'] === true;
}

/** What customers wrote and who they are; the question is told by its other facts. */
const withheld = ['message.text', 'message.excerpt', 'customer.name', 'said', 'question.asked'];

export function decisionRecord(plan: Plan, now: number): DecisionRecord {
  const { policyVersion, rule, intent, confidence, trace } = plan;
  const { policy } = plan.settings;
  const facts = plan.facts.map((matter) => {
    const shown: Record<string, ShownFact> = {};
    gatherShown(matter, everyFact, shown);
    return shown;
  });
  return {
    ...{ at: now, policyVersion, rule, intent, confidence, trace, facts },
    ...(policy === undefined ? {} : { policy }),
  };
}

/** Absent facts are left out, and so are lists of things, which every ticket would carry about. */
function gatherShown(
  facts: Readonly<Record<string, unknown>>,
  named: NamedFact,
  shown: Record<string, ShownFact>,
): void {
  for (const name of Object.keys(facts)) {
    const value = facts[name];
    if (value === '') continue;
    const fact = within(named, name);
    if (fact.isWithheld) continue;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      shown[fact.path] = value;
    } else if (Array.isArray(value)) {
      if (value.length > 0 && value.every(isText)) shown[fact.path] = value;
    } else if (isObject(value)) {
      gatherShown(value, fact, shown);
    }
  }
}

/** By name, then by the names within: paths joined anew for each fact of each message take longer than all else of a record. */
interface NamedFact {
  readonly path: string;
  readonly isWithheld: boolean;
  readonly within: Map<string, NamedFact>;
}

/** Facts have fewer; what is counted by order has no end of names. */
const namesKept = 60;

const everyFact: NamedFact = { path: '', isWithheld: false, within: new Map() };

function within(parent: NamedFact, name: string): NamedFact {
  const known = parent.within.get(name);
  if (known !== undefined) return known;
  const path = parent === everyFact ? name : `${parent.path}.${name}`;
  const fact = { path, isWithheld: withheld.includes(path), within: new Map<string, NamedFact>() };
  if (parent.within.size < namesKept) parent.within.set(name, fact);
  return fact;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
