/** Goes through the chosen rule from the top: what is said, done and asked about one matter. Pure. */
import { assertNever } from '../core/failure';
import type { OpenQuestion } from '../core/dialogue';
import type { OrderAction } from '../core/orderAction';
import type { PlannedAction, RuleTrace } from '../core/plan';
import {
  answerTo,
  chooseRule,
  confirmation,
  firstLine,
  isKnown,
  triesSoFar,
  type Choice,
} from './chooseRule';
import type { Facts } from './facts';
import type { Ask, Confirm, LoadedPolicy, Rule } from './policy';
import { speak, type SpokenPart } from './speak';
import { templateView } from './templates';

export interface Answer {
  readonly facts: Facts;
  readonly rule: Rule;
  readonly trace: readonly RuleTrace[];
  readonly said: SpokenPart | null;
  /** Everything but words to the customer. */
  readonly actions: readonly Exclude<PlannedAction, { type: 'reply' }>[];
  /** What `said` asks; null where it answers. */
  readonly question: OpenQuestion | null;
  /** The customer is polite and nothing more: what is open stays open. */
  readonly silent: boolean;
  /** Why it could not be decided or said as the rule wants; a person takes over. */
  readonly failure: string | null;
}

export function answerMatter(policy: LoadedPolicy, facts: Facts): Answer {
  const choice = chooseRule(policy, facts);
  if (choice.failure !== null) return failed(policy, facts, choice, choice.failure);
  try {
    return followRule(policy, facts, choice);
  } catch (error) {
    // A template that lacks a fact says nothing at all rather than half a sentence, and people are told.
    const why = `what rule "${choice.rule.name}" says could not be written: ${firstLine(error)}`;
    return failed(policy, facts, choice, why);
  }
}

function followRule(policy: LoadedPolicy, facts: Facts, { rule, trace, deeds }: Choice): Answer {
  const view = templateView(facts, policy.shop, deeds[0] ?? null);
  const say = (template: string) => speak(policy, facts.customer.language, view, template);
  const actions: Answer['actions'][number][] = [];
  const answer = { facts, rule, trace, actions, question: null, silent: false, failure: null } as const;
  let said: SpokenPart | null = null;
  let deed = 0;
  for (const action of rule.actions) {
    switch (action.type) {
      case 'ask': {
        if (isKnown(action.slot, facts)) break;
        const asked = say(action.template);
        return { ...answer, said: asked, question: questionOf(action, facts, rule, asked.text) };
      }
      case 'confirm': {
        const answered = answerTo(rule, facts, deeds);
        if (answered === 'yes') break;
        if (answered === 'no') return { ...answer, said: say(action.declined) };
        const asked = say(action.template);
        return { ...answer, said: asked, question: proposalOf(action, facts, rule, deeds, asked.text) };
      }
      case 'reply':
        said = say(action.template);
        break;
      case 'note':
        actions.push({ type: 'note', text: action.template.render(view) });
        break;
      case 'stay-silent':
        return { ...answer, said, silent: true, actions: [...actions, ...withoutWords(rule)] };
      case 'order': {
        const exact = deeds[deed];
        if (exact !== undefined) actions.push({ type: 'order-action', action: exact });
        deed += 1;
        break;
      }
      case 'tag':
      case 'set-status':
      case 'set-priority':
      case 'assign':
      case 'hand-off':
        actions.push(action);
        break;
      default:
        assertNever(action);
    }
  }
  return { ...answer, said };
}

/** What a silent rule does beside its silence, in whatever order it was written. */
function withoutWords(rule: Rule): readonly Answer['actions'][number][] {
  return rule.actions.flatMap((action) => {
    switch (action.type) {
      case 'tag':
      case 'set-status':
      case 'set-priority':
      case 'assign':
      case 'hand-off':
        return [action];
      default:
        return [];
    }
  });
}

function questionOf(ask: Ask, facts: Facts, rule: Rule, text: string): OpenQuestion {
  return {
    kind: 'ask',
    slot: ask.slot,
    intent: facts.intent,
    rule: rule.name,
    tries: triesSoFar('ask', ask.slot, facts.intent, facts.question.asked) + 1,
    text,
    reminded: false,
    order: ask.slot === 'order-number' ? null : orderSpokenOf(facts),
    choices:
      ask.slot === 'item'
        ? facts.order.lines.map(({ name }) => name)
        : facts.orders.list.map(({ number }) => number),
    actions: [],
  };
}

function proposalOf(
  confirm: Confirm,
  facts: Facts,
  rule: Rule,
  deeds: readonly OrderAction[],
  text: string,
): OpenQuestion {
  return {
    kind: 'confirm',
    slot: confirmation,
    intent: facts.intent,
    rule: rule.name,
    tries: triesSoFar('confirm', confirmation, facts.intent, facts.question.asked) + 1,
    text,
    reminded: false,
    order: orderSpokenOf(facts),
    choices: facts.order.lines.map(({ name }) => name),
    actions: deeds,
  };
}

function orderSpokenOf({ order, lookup }: Facts): string | null {
  if (order.found) return order.number;
  return lookup.number === '' ? null : lookup.number;
}

/** The default's words and group, with the failure as the reason; without words if those fail as well. */
function failed(policy: LoadedPolicy, facts: Facts, { rule, trace }: Choice, failure: string): Answer {
  return {
    facts,
    rule,
    trace,
    ...defaultHandOff(policy, facts, 'failure'),
    question: null,
    silent: false,
    failure,
  };
}

/** What the policy's last rule says and to whom it hands, for another reason than its own. */
export function defaultHandOff(
  policy: LoadedPolicy,
  facts: Facts,
  reason: 'failure' | 'order-action-refused',
): Pick<Answer, 'said' | 'actions'> {
  const { otherwise } = policy.rules;
  const view = templateView(facts, policy.shop, null);
  const words = otherwise.actions.find((action) => action.type === 'reply');
  const group = otherwise.actions.find((action) => action.type === 'hand-off')?.group ?? null;
  return { said: words === undefined ? null : trySaying(), actions: [{ type: 'hand-off', reason, group }] };

  function trySaying(): SpokenPart | null {
    try {
      return speak(policy, facts.customer.language, view, words?.template ?? '');
    } catch {
      return null;
    }
  }
}
