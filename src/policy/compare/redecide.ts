/**
 * What another version of the policy would have made of a decision that was taken: the same facts, decided again.
 * Nothing is looked up, nothing is sent. Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import { assertNever } from '../../core/failure';
import { describeOrderAction } from '../../core/orders/orderAction';
import type { Plan, PlannedAction } from '../../core/policy/plan';
import { waitOf, waitText } from '../../core/hours/wait';
import { openQuestion } from '../../core/conversation/dialogue';
import { evaluate } from '../decide/evaluate';
import type { KnownMatters } from '../lookUp/lookUp';
import type { LoadedPolicy } from '../policy';
import { readFacts } from './recordedPlan';

export const aspects = [
  'reply',
  'order action',
  'code mail',
  'if refused',
  'hand-off',
  'question',
  'ticket',
  'approval',
  'silence',
  'wait for more',
] as const;
export type Aspect = (typeof aspects)[number];

export interface Difference {
  readonly aspect: Aspect;
  /** Without the words of replies: `order-late (en)`. */
  readonly before: string;
  readonly after: string;
}

export type Redecision =
  | {
      readonly type: 'decided';
      readonly before: Plan;
      readonly after: Plan;
      /** Empty: customer, shop and desk would see the same. */
      readonly differences: readonly Difference[];
    }
  /** `why` completes "it cannot be decided again: ...". */
  | { readonly type: 'undecidable'; readonly why: string };

export function redecide(policy: LoadedPolicy, before: Plan): Redecision {
  try {
    const known = knownOf(policy, before);
    if (typeof known === 'string') return { type: 'undecidable', why: known };
    const after = evaluate(policy, known);
    return { type: 'decided', before, after, differences: differencesOf(before, after) };
  } catch (error) {
    // Of facts that a file was filled with by hand, say. The message may repeat them.
    const kind = error instanceof Error ? error.name : typeof error;
    return { type: 'undecidable', why: `the facts are not what a Deskhand records (${kind})` };
  }
}

function knownOf(policy: LoadedPolicy, plan: Plan): KnownMatters | string {
  const [first, ...others] = plan.facts.map(readFacts);
  if (first === undefined) return 'an older Deskhand did not keep the facts';
  if (first === null || others.includes(null)) return 'the facts are not what a Deskhand records';
  const questions = plan.questionsBefore;
  const today = (facts: KnownMatters['matters'][0]): KnownMatters['matters'][0] => ({
    ...facts,
    // As it is when a message comes: an intent that this policy does not have is none.
    intent: policy.intents.some(({ intent }) => intent === facts.intent) ? facts.intent : '',
    // The very question of the dialogue, and not its copy, is what evaluation settles.
    question: {
      ...facts.question,
      asked:
        questions.find((question) => isDeepStrictEqual(question, facts.question.asked)) ??
        facts.question.asked,
    },
  });
  return {
    matters: [today(first), ...others.flatMap((facts) => (facts === null ? [] : [today(facts)]))],
    dialogue: { ...plan.dialogue, questions },
    standingOf: (number) => plan.standings?.find(({ order }) => order === number) ?? null,
  };
}

function differencesOf(before: Plan, after: Plan): readonly Difference[] {
  return aspects.flatMap((aspect): readonly Difference[] => {
    const was = aspectOf(before, aspect);
    const is = aspectOf(after, aspect);
    // What cannot be refused has nothing in its place; that it is not tried any more, other aspects tell.
    if (aspect === 'if refused' && (was === nothing || is === nothing)) return [];
    return was.key === is.key ? [] : [{ aspect, before: was.shown, after: is.shown }];
  });
}

/** `key` is what counts, `shown` what people read: two replies by one template may have other words. */
interface Shown {
  readonly key: string;
  readonly shown: string;
}

const nothing: Shown = { key: '', shown: '-' };

function aspectOf(plan: Plan, aspect: Aspect): Shown {
  const shownOf = (parts: readonly string[]) =>
    parts.length === 0 ? nothing : { key: parts.join('\n'), shown: parts.join(', ') };
  switch (aspect) {
    case 'reply': {
      const reply = ofType(plan, 'reply')[0];
      if (reply === undefined) return nothing;
      return { key: reply.text, shown: `${reply.template} (${reply.language})` };
    }
    case 'order action': {
      const deeds = ofType(plan, 'order-action').map(({ action }) => action);
      return deeds.length === 0
        ? nothing
        : { key: JSON.stringify(deeds), shown: deeds.map(describeOrderAction).join(', ') };
    }
    case 'code mail':
      return codeMailOf(plan);
    case 'if refused':
      return refusalOf(plan);
    case 'hand-off': {
      const [handOff] = ofType(plan, 'hand-off');
      if (handOff === undefined) return nothing;
      const group = handOff.group ?? plan.settings.handOffGroup;
      return shownOf([`${handOff.reason}${group === null ? '' : ` to ${group}`}`]);
    }
    case 'question': {
      const question = openQuestion(plan.dialogue);
      return question === null
        ? nothing
        : shownOf([`${question.kind} ${question.slot} (${question.intent})`]);
    }
    case 'ticket':
      return changesOf(plan);
    case 'approval':
      return plan.needsApproval ? shownOf(['needed']) : nothing;
    case 'silence':
      return silenceOf(plan);
    case 'wait for more':
      return plan.awaitsMore ? shownOf(['first']) : nothing;
    default:
      return assertNever(aspect);
  }
}

/** Its words are the policy's own: the code itself stands in none of them. */
function codeMailOf(plan: Plan): Shown {
  const mails = ofType(plan, 'send-code');
  return mails.length === 0
    ? nothing
    : {
        key: JSON.stringify(mails.map(({ order, mail }) => [order, mail.subject, mail.text])),
        shown: mails.map(({ order, language }) => `for order ${order} (${language})`).join(', '),
      };
}

/** What customer and desk would see in place of the plan, were an order action refused or no code sent. */
function refusalOf(plan: Plan): Shown {
  const instead: Plan = { ...plan, actions: plan.ifRefused };
  const parts = (['reply', 'hand-off', 'ticket', 'silence'] as const)
    .map((aspect) => aspectOf(instead, aspect))
    .filter(({ key }) => key !== '');
  return parts.length === 0
    ? nothing
    : { key: JSON.stringify(parts), shown: parts.map(({ shown }) => shown).join(', ') };
}

/** Values of fields may be what a customer has told: they are compared and not shown. */
function changesOf(plan: Plan): Shown {
  const changes = plan.actions.flatMap(ticketChange);
  const fields = ofType(plan, 'set-field');
  if (changes.length + fields.length === 0) return nothing;
  return {
    key: [...changes, ...fields.map(({ field, value }) => `field ${field}: ${String(value)}`)]
      .sort()
      .join('\n'),
    shown: [...changes, ...fields.map(({ field }) => `field ${field}`)].sort().join(', '),
  };
}

/** What is done while the customer does not answer. */
function silenceOf(plan: Plan): Shown {
  const waits = ofType(plan, 'wait').map(
    ({ ms, countedIn }) => `let go after ${waitText(waitOf(ms, countedIn))}`,
  );
  const followUps = ofType(plan, 'follow-up');
  if (waits.length + followUps.length === 0) return nothing;
  const shown = followUps.map(
    ({ template, language, close, ...wait }) =>
      `${template} (${language}) after ${waitText(wait)}${close ? ', solved' : ''}`,
  );
  return {
    key: [...shown, ...waits, ...followUps.map(({ text }) => text)].join('\n'),
    shown: [...shown, ...waits].join(', '),
  };
}

function ofType<Type extends PlannedAction['type']>(
  plan: Plan,
  type: Type,
): readonly Extract<PlannedAction, { type: Type }>[] {
  return plan.actions.filter(
    (action): action is Extract<PlannedAction, { type: Type }> => action.type === type,
  );
}

/** What is set on the ticket. Notes name the version and differ always. */
function ticketChange(action: PlannedAction): readonly string[] {
  switch (action.type) {
    case 'tag':
      return [...action.add.map((tag) => `tag +${tag}`), ...action.remove.map((tag) => `tag -${tag}`)];
    case 'set-status':
      return [`status ${action.status}`];
    case 'set-priority':
      return [`priority ${action.priority}`];
    case 'assign':
      return [`assigned to ${action.agent ?? action.group ?? 'nobody'}`];
    case 'reply':
    case 'note':
    case 'hand-off':
    case 'set-field':
    case 'wait':
    case 'follow-up':
    case 'order-action':
    case 'send-code':
      return [];
    default:
      return assertNever(action);
  }
}
