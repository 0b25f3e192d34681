/** Goes through the chosen rule from the top: what is said, done and asked about one matter. Pure. */
import { assertNever } from '../../core/failure';
import type { OpenQuestion } from '../../core/conversation/dialogue';
import { waitOf, type Wait } from '../../core/hours/wait';
import type { OrderAction } from '../../core/orders/orderAction';
import type { PlannedAction, RuleTrace } from '../../core/policy/plan';
import { answerTo, chooseRule, confirmation, firstLine, isKnown, type Choice } from './chooseRule';
import { sendCodeOf } from '../load/codeMail';
import { orderSpokenOf, type Facts } from '../facts/facts';
import type { Ask, Confirm, FieldSetting, LoadedPolicy, Rule } from '../policy';
import { speak, type Listener, type SpokenPart } from '../templates/speak';
import { timesAsked } from './timesAsked';
import { isLiquidError, templateView, type TemplateView } from '../templates/templates';

export interface Answer {
  readonly facts: Facts;
  readonly rule: Rule;
  readonly trace: readonly RuleTrace[];
  readonly hindered: Choice['hindered'];
  readonly said: SpokenPart | null;
  /** Everything but words to the customer. */
  readonly actions: readonly Exclude<PlannedAction, { type: 'reply' }>[];
  /** What `said` asks; null where it answers. */
  readonly question: OpenQuestion | null;
  /** The customer is polite and nothing more: what is open stays open. */
  readonly silent: boolean;
  /** Why it could not be decided or said as the rule wants; a person takes over. */
  readonly failure: string | null;
  readonly waiting: Waiting;
}

/** What is done while the customer does not answer `said`. */
interface Waiting {
  /** Null: let go when the policy says. */
  readonly letGo: Wait | null;
  readonly followUps: readonly ({ readonly said: SpokenPart; readonly close: boolean } & Wait)[];
}

const plainWaiting: Waiting = { letGo: null, followUps: [] };

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

function followRule(policy: LoadedPolicy, facts: Facts, { rule, trace, deeds, hindered }: Choice): Answer {
  const view = templateView(facts, policy.shop, deeds[0] ?? null);
  const say = (template: string) => speak(policy, listenerOf(facts), view, template);
  const actions: Answer['actions'][number][] = [];
  const answer = (said: SpokenPart | null, question: OpenQuestion | null, waits: Waiting): Answer => {
    return {
      facts,
      rule,
      trace,
      hindered,
      said,
      actions,
      question,
      silent: false,
      failure: null,
      waiting: waits,
    };
  };
  // For the next words to the customer; those that are passed over take theirs with them.
  let waiting = plainWaiting;
  let said: SpokenPart | null = null;
  let deed = 0;
  for (const action of rule.actions) {
    switch (action.type) {
      case 'ask': {
        if (isKnown(action.slot, facts)) {
          waiting = plainWaiting;
          break;
        }
        const asked = say(action.template);
        const code = action.slot === 'mailed-code' ? sendCodeOf(policy, facts) : null;
        if (code !== null) actions.push(code);
        return answer(asked, questionOf(action, facts, rule, asked.text), waiting);
      }
      case 'confirm': {
        const answered = answerTo(rule, facts, deeds);
        if (answered === 'yes') {
          waiting = plainWaiting;
          break;
        }
        if (answered === 'no') return answer(say(action.declined), null, plainWaiting);
        const asked = say(action.template);
        return answer(asked, proposalOf(action, facts, rule, deeds, asked.text), waiting);
      }
      case 'reply':
        said = say(action.template);
        break;
      case 'note':
        actions.push({ type: 'note', text: action.template.render(view) });
        break;
      case 'stay-silent':
        actions.push(...withoutWords(rule, view));
        return { ...answer(said, null, plainWaiting), silent: true };
      case 'set-field':
        actions.push(...fieldsSet(action.fields, view));
        break;
      case 'wait':
        waiting = { ...waiting, letGo: waitOf(action.ms, action.countedIn) };
        break;
      case 'follow-up': {
        const { afterMs, countedIn, close } = action;
        const followUp = { ...waitOf(afterMs, countedIn), close, said: say(action.template) };
        waiting = { ...waiting, followUps: [...waiting.followUps, followUp] };
        break;
      }
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
  return answer(said, null, waiting);
}

export function listenerOf({ customer, ticket }: Facts): Listener {
  return { language: customer.language, channel: ticket.channel };
}

/** An empty text leaves a field as it is. */
function fieldsSet(
  fields: readonly FieldSetting[],
  view: TemplateView,
): readonly Extract<PlannedAction, { type: 'set-field' }>[] {
  return fields.flatMap(({ field, value }) => {
    const set = typeof value === 'object' ? value.render(view) : value;
    return set === '' ? [] : [{ type: 'set-field', field, value: set } as const];
  });
}

/** What a silent rule does beside its silence, in whatever order it was written. */
function withoutWords(rule: Rule, view: TemplateView): readonly Answer['actions'][number][] {
  return rule.actions.flatMap((action): readonly Answer['actions'][number][] => {
    switch (action.type) {
      case 'tag':
      case 'set-status':
      case 'set-priority':
      case 'assign':
      case 'hand-off':
        return [action];
      case 'set-field':
        return fieldsSet(action.fields, view);
      case 'reply':
      case 'note':
      case 'stay-silent':
      case 'follow-up':
      case 'wait':
      case 'ask':
      case 'confirm':
      case 'order':
        return [];
      default:
        return assertNever(action);
    }
  });
}

function questionOf(ask: Ask, facts: Facts, rule: Rule, text: string): OpenQuestion {
  return {
    kind: 'ask',
    slot: ask.slot,
    intent: facts.intent,
    rule: rule.name,
    tries: timesAsked({ kind: 'ask', slot: ask.slot }, facts) + 1,
    text,
    reminded: false,
    order: ask.slot === 'order-number' ? null : orderSpokenOf(facts),
    choices: choicesOf(ask.slot, facts),
    actions: [],
    template: ask.template,
    ...(ask.slot === 'order-number' && facts.orders.list.length > 0
      ? { offered: facts.orders.list.map(({ number, placedOn, items }) => ({ number, placedOn, items })) }
      : {}),
  };
}

function choicesOf(slot: Ask['slot'], { order, orders }: Facts): readonly string[] {
  switch (slot) {
    case 'item':
      return order.lines.map(({ name }) => name);
    case 'pieces':
    case 'mailed-code':
      return [];
    case 'order-number':
    case 'topic':
    case 'email':
    case 'postal-code':
    case 'address':
    case 'reason':
      return orders.list.map(({ number }) => number);
    default:
      return assertNever(slot);
  }
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
    tries: timesAsked({ kind: 'confirm', slot: confirmation }, facts) + 1,
    text,
    reminded: false,
    order: orderSpokenOf(facts),
    choices: facts.order.lines.map(({ name }) => name),
    actions: deeds,
    ...proposedOf(facts, deeds),
    template: confirm.template,
    ...(isNoted(facts) ? { noted: true } : {}),
  };
}

/** Whoever names these things, and no others, has named all that is proposed; of several pieces that is not sure. */
function proposedOf({ order }: Facts, deeds: readonly OrderAction[]): Pick<OpenQuestion, 'proposed'> {
  const [deed, ...others] = deeds;
  if (deed === undefined || others.length > 0) return {};
  const ids = deed.type === 'refund' ? deed.lines.map(({ line }) => line) : [];
  const lines = deed.type === 'cancel' ? order.lines : order.lines.filter(({ line }) => ids.includes(line));
  const names = lines.map(({ name }) => name);
  const isOnePieceEach =
    lines.every(({ quantity }) => quantity === 1) &&
    names.every((name) => order.lines.filter((line) => line.name === name).length === 1);
  return isOnePieceEach && names.length > 0 ? { proposed: names } : {};
}

/** An agent has written a note since we asked for the yes: they may know what speaks against it. */
export function isNoted({ question: { asked } }: Facts): boolean {
  return asked?.kind === 'confirm' && asked.noted === true;
}

/** The default's words and group, with the failure as the reason; without words if those fail as well. */
function failed(
  policy: LoadedPolicy,
  facts: Facts,
  { rule, trace, hindered }: Pick<Choice, 'rule' | 'trace' | 'hindered'>,
  failure: string,
): Answer {
  return {
    facts,
    rule,
    trace,
    hindered,
    ...defaultHandOff(policy, facts, 'failure'),
    question: null,
    silent: false,
    failure,
    waiting: plainWaiting,
  };
}

/** What the rule says is longer than the channel takes, and is never cut: a person answers, the rule's own if it has one. */
export function withoutRoom(policy: LoadedPolicy, { facts, rule, trace, hindered, actions }: Answer): Answer {
  const { channel } = facts.ticket;
  const most = policy.channels[channel].longestReply ?? 0;
  const why = `what rule "${rule.name}" says is longer than the ${most} characters that ${channel} takes`;
  const answer = failed(policy, facts, { rule, trace, hindered }, why);
  // Nothing is done to an order that the customer is not told of.
  const isUntold = actions.some(({ type }) => type === 'order-action');
  const handsOff = actions.some(({ type }) => type === 'hand-off');
  return handsOff && !isUntold ? { ...answer, actions } : answer;
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
      return speak(policy, listenerOf(facts), view, words?.template ?? '');
    } catch (error) {
      // A fact that is absent. Anything else is a defect, and not to be passed over.
      if (isLiquidError(error)) return null;
      throw error;
    }
  }
}
