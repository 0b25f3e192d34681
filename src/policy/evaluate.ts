/** Facts in, plan out: the first rule that matches, and why those before it did not. Pure. */
import { assertNever } from '../core/failure';
import type { OpenQuestion, Plan, PlannedAction, RuleTrace } from '../core/plan';
import { conditionScope, type ConditionScope } from './conditions';
import type { Facts } from './facts';
import { writeNote } from './notes';
import { askOf, greeting, signOff, triesSoFar, type Ask, type LoadedPolicy, type Rule } from './policy';
import { templateView, textToHtml, type TemplateView } from './templates';

interface Choice {
  readonly rule: Rule;
  readonly trace: readonly RuleTrace[];
  /** Its condition could not be evaluated: whether it forbids or allows something is not known. */
  readonly failure: string | null;
}

export function evaluate(policy: LoadedPolicy, facts: Facts): Plan {
  const choice = choose(policy, facts);
  const view = templateView(facts, policy.shop);
  if (choice.failure !== null) return failedPlan(policy, facts, view, choice, choice.failure);
  try {
    return planOf(policy, facts, view, choice);
  } catch (error) {
    // A template that lacks a fact says nothing at all rather than half a sentence, and people are told.
    const why = `what rule "${choice.rule.name}" says could not be written: ${messageOf(error)}`;
    return failedPlan(policy, facts, view, choice, why);
  }
}

function choose(policy: LoadedPolicy, facts: Facts): Choice {
  const scope = conditionScope(facts);
  const rules = [...policy.rules.first, ...(policy.rules.perIntent.get(facts.intent) ?? [])];
  const trace: RuleTrace[] = [];
  for (const rule of rules) {
    try {
      const verdict = judge(rule, facts, scope);
      trace.push({ rule: rule.name, ...verdict });
      if (verdict.matched) return { rule, trace, failure: null };
    } catch (error) {
      const failure = `the condition of rule "${rule.name}" failed: ${messageOf(error)}`;
      return { rule, trace: [...trace, { rule: rule.name, matched: false, why: failure }], failure };
    }
  }
  const { otherwise } = policy.rules;
  const last = { rule: otherwise.name, matched: true, why: 'no other rule matched' };
  return { rule: otherwise, trace: [...trace, last], failure: null };
}

function judge(rule: Rule, facts: Facts, scope: ConditionScope): Pick<RuleTrace, 'matched' | 'why'> {
  const ask = askOf(rule);
  const verdict = rule.condition?.judge(scope) ?? { holds: true };
  if (!verdict.holds) return { matched: false, why: verdict.why };
  if (ask !== null && triesSoFar(ask, facts.intent, facts.question.asked) >= ask.atMost) {
    return {
      matched: false,
      why: `it may ask at most ${ask.atMost === 1 ? 'once' : `${ask.atMost} times`}, and did`,
    };
  }
  return { matched: true, why: rule.why };
}

function planOf(policy: LoadedPolicy, facts: Facts, view: TemplateView, { rule, trace }: Choice): Plan {
  const actions = rule.actions.flatMap((action): readonly PlannedAction[] => {
    switch (action.type) {
      case 'reply':
      case 'ask':
        return [reply(policy, facts, view, action.template)];
      case 'note':
        return [{ type: 'note', text: action.template.render(view) }];
      case 'stay-silent':
        return [];
      case 'tag':
      case 'set-status':
      case 'set-priority':
      case 'assign':
      case 'hand-off':
        return [action];
      default:
        return assertNever(action);
    }
  });
  const question = nextQuestion(policy, facts, rule);
  const speaks = actions.some(({ type }) => type === 'reply' || type === 'hand-off');
  const note = writeNote({ policy, facts, rule, actions, question, failure: null });
  return {
    ...planFrame(policy, facts, rule, trace),
    actions: speaks ? [...actions, { type: 'note', text: note }] : actions,
    needsApproval: rule.needsApproval,
    awaitsMore: rule.waitForMore,
    question,
  };
}

/** The default's words and group, with the failure as the reason; without words if those fail as well. */
function failedPlan(
  policy: LoadedPolicy,
  facts: Facts,
  view: TemplateView,
  { rule, trace }: Choice,
  why: string,
): Plan {
  const { otherwise } = policy.rules;
  const spoken = otherwise.actions.flatMap((action): readonly PlannedAction[] => {
    if (action.type !== 'reply') return [];
    try {
      return [reply(policy, facts, view, action.template)];
    } catch {
      return [];
    }
  });
  const group = otherwise.actions.find((action) => action.type === 'hand-off')?.group ?? null;
  const actions: readonly PlannedAction[] = [...spoken, { type: 'hand-off', reason: 'failure', group }];
  const note = writeNote({ policy, facts, rule, actions, question: null, failure: why });
  return {
    ...planFrame(policy, facts, rule, trace),
    actions: [...actions, { type: 'note', text: note }],
    needsApproval: false,
    awaitsMore: false,
    question: null,
  };
}

function planFrame(
  policy: LoadedPolicy,
  facts: Facts,
  rule: Rule,
  trace: readonly RuleTrace[],
): Pick<Plan, 'policyVersion' | 'rule' | 'intent' | 'confidence' | 'trace' | 'settings'> {
  return {
    policyVersion: policy.version,
    rule: rule.name,
    intent: facts.intent === '' ? null : facts.intent,
    confidence: facts.confidence,
    trace,
    settings: policy.settings,
  };
}

/**
 * The template in the customer's language if it has that, else in the policy's first one; greeting and sign-off
 * around it in the same language.
 * @throws Error when a fact that is absent would be printed.
 */
function reply(policy: LoadedPolicy, facts: Facts, view: TemplateView, name: string): PlannedAction {
  const translations = policy.templates.get(name);
  const [fallback] = policy.languages;
  const spoken = translations?.has(facts.customer.language) === true ? facts.customer.language : fallback;
  const template = translations?.get(spoken);
  if (template === undefined) throw new Error(`there is no template "${name}"`);
  const text = [
    policy.templates.get(greeting)?.get(spoken),
    template,
    policy.templates.get(signOff)?.get(spoken),
  ]
    .flatMap((part) => (part === undefined ? [] : [part.render(view)]))
    .join('\n\n');
  return { type: 'reply', text, html: textToHtml(text), template: name, language: spoken };
}

/**
 * A question stays open through what is said beside it (a thanks, an aside that needs no order); anything else
 * answers it, replaces it or gives it to a person.
 */
function nextQuestion(policy: LoadedPolicy, facts: Facts, rule: Rule): OpenQuestion | null {
  const { asked, continued } = facts.question;
  const ask = askOf(rule);
  if (ask !== null) return askedNow(ask, facts);
  if (asked === null || rule.actions.some(({ type }) => type === 'hand-off')) return null;
  if (rule.actions.some(({ type }) => type === 'stay-silent')) return asked;
  const scope = policy.intents.find(({ intent }) => intent === facts.intent)?.orders ?? 'none';
  return !continued && scope === 'none' ? asked : null;
}

function askedNow(ask: Ask, facts: Facts): OpenQuestion {
  return {
    slot: ask.slot,
    intent: facts.intent,
    tries: triesSoFar(ask, facts.intent, facts.question.asked) + 1,
    choices: facts.orders.list.map(({ number }) => number),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split(/\n|, file:|, line:/)[0] ?? '') : String(error);
}
