/**
 * The internal note beside every reply and hand-off, so that an agent sees at a glance what was understood, what
 * was done and on which facts. No e-mail address, street or phone number; customer words only masked and short.
 */
import { followUpText } from '../../core/conversation/customerSilence';
import type { Dialogue, OpenQuestion } from '../../core/conversation/dialogue';
import { describeOrderAction } from '../../core/orders/orderAction';
import { isSameOrder } from '../../core/orders/orderNumber';
import type { PlannedAction } from '../../core/policy/plan';
import { versionName } from '../../core/policy/policyChoice';
import type { MessageSignal } from '../../core/conversation/understanding';
import { isNoted, type Answer } from './answerMatter';
import type { Facts, OrderBrief, OrderFacts } from '../facts/facts';
import { itemsOfSlot } from '../hear/itemMeant';
import { maskedExcerpt } from '../lookUp/mask';
import type { LoadedPolicy } from '../policy';

interface NoteInput {
  readonly policy: LoadedPolicy;
  readonly answer: Answer;
  /** Of the whole plan. */
  readonly actions: readonly PlannedAction[];
  /** What stands in for the plan when it cannot be done: then nothing of this matter was done either. */
  readonly isInstead: boolean;
  readonly dialogue: Dialogue;
}

const noteOfNote =
  'An agent has written a note since the customer was asked: what the yes allows waits for an agent.';

export function writeNote(input: NoteInput): string {
  const { policy, actions, isInstead } = input;
  const { facts, rule, hindered, failure, question, actions: own } = input.answer;
  const handOff = actions.find((action) => action.type === 'hand-off');
  const group = handOff?.group ?? policy.settings.handOffGroup ?? 'a person';
  // Of two matters one may be answered, and the ticket go to people for the other.
  const isHandedOff = handOff !== undefined && (isInstead || own.some(({ type }) => type === 'hand-off'));
  // What its rule was about to do is not said of a wish that was left.
  const isLeft = handOff !== undefined && question !== null;
  const why = failure === null && !isHandedOff && !isLeft ? ` (${rule.why})` : '';
  const lines = [
    isHandedOff
      ? `Deskhand hands this over to ${group}. Reason: ${failure ?? rule.why}`
      : `${handOff === undefined ? `Deskhand ${whatWasSaid(input)}` : beside(input.answer, group)}.`,
    ...(isHandedOff ? [`Who: ${whoTheyAre(facts)}. Mood: ${moodOf(facts)}.`] : []),
    `Understood: ${whatWasUnderstood(policy, facts)}.`,
    `Rule: ${rule.name}${why}, policy ${versionName(policy.version, policy.settings.policy)}.`,
    `Order facts: ${whatWasFound(facts, input.dialogue)}.`,
    ...whatWasTold(input.dialogue),
    ...(isNoted(facts) && own.some(({ type }) => type === 'order-action') ? [noteOfNote] : []),
    ...whatFollows(actions),
  ];
  if (isHandedOff) {
    lines.push(...hindered.map((why) => `Could not be done by rule ${why}.`));
    lines.push(`Tried: ${whatWasTried(facts)}.`, `The customer ${whatTheyWereTold(actions)}.`);
    if (facts.message.excerpt !== '') lines.push(`Customer's words: "${facts.message.excerpt}"`);
  }
  return lines.join('\n');
}

/** Of a matter that is not handed over, in a ticket that is. */
function beside({ question, said }: Answer, group: string): string {
  const why = `this ticket goes to ${group} for another wish`;
  if (question === null) {
    const how = said === null ? '' : ` with "${said.template}" (${said.language})`;
    return `Deskhand answered this${how}; ${why}`;
  }
  return `NOT done, and still to do. Deskhand would have asked ${whatIsAsked(question)}, and asked nothing, because ${why}`;
}

function whatWasSaid({ answer, actions }: NoteInput): string {
  const { question } = answer;
  const spoken = actions.find((action) => action.type === 'reply');
  const how = spoken === undefined ? '' : ` with "${spoken.template}" (${spoken.language})`;
  if (question !== null && spoken !== undefined) return `asked ${whatIsAsked(question)}${how}`;
  return `answered${how}`;
}

function whatIsAsked({ kind, slot, actions }: OpenQuestion): string {
  return kind === 'confirm'
    ? `whether to ${actions.map(describeOrderAction).join(' and ')}`
    : `for the ${slot.replace('-', ' ')}`;
}

function whatFollows(actions: readonly PlannedAction[]): readonly string[] {
  return actions
    .filter((action) => action.type === 'follow-up')
    .map((followUp) => `${followUpText(followUp)}.`);
}

function whatTheyWereTold(actions: readonly PlannedAction[]): string {
  const spoken = actions.find((action) => action.type === 'reply');
  if (spoken === undefined) return 'was told nothing, and was promised nothing';
  return `was told "${spoken.template}" (${spoken.language}): "${shortWords(spoken.text)}"`;
}

const toldAtMost = 140;

/** What was promised, without the salutation and on one line. */
function shortWords(text: string): string {
  const words = maskedExcerpt(text.replace(/^[^\n]{1,80},\s*\n\s*\n/, ''));
  return words.length <= toldAtMost ? words : `${words.slice(0, toldAtMost - 1).trimEnd()}…`;
}

/** `Ana (en), 2 orders found`. The first name only; the rest of them is on the ticket. */
function whoTheyAre({ customer, orders, lookup }: Facts): string {
  const name = customer.name === '' ? 'no name given' : maskedExcerpt(customer.name);
  const found =
    lookup.outcome === 'not-needed' || lookup.outcome === 'withheld'
      ? []
      : [orders.count === 1 ? '1 order found' : `${orders.count === 0 ? 'no' : orders.count} orders found`];
  const doubt = customer.trusted ? [] : ["the sender's address is not proven"];
  return [`${name} (${customer.language})`, ...found, ...doubt].join(', ');
}

const moods: readonly (readonly [MessageSignal, string])[] = [
  ['safety', 'speaks of danger'],
  ['anger', 'angry'],
  ['legal', 'speaks of lawyers'],
  ['account-misuse', 'fears that somebody else is in the account'],
  ['asks-for-human', 'wants a person'],
  ['thanks', 'friendly'],
];

function moodOf({ signals }: Facts): string {
  const heard = moods.filter(([signal]) => signals.includes(signal)).map(([, words]) => words);
  return heard.length === 0 ? 'calm' : heard.join(', ');
}

/** Where the values come from that the conversation goes by; personal ones are not repeated. */
function whatWasTold({ slots }: Dialogue): readonly string[] {
  const told = Object.entries(slots)
    .filter(([name, { from }]) => from !== 'known' && name !== 'language')
    .map(([name, { value, from }]) => {
      const shown = ['order-number', 'item', 'pieces'].includes(name)
        ? ` ${itemsOfSlot(value).join(', ')}`
        : '';
      return `${name.replace('-', ' ')}${shown} (${from})`;
    });
  return told.length === 0 ? [] : [`Given by the customer: ${told.join(', ')}.`];
}

function whatWasUnderstood(policy: LoadedPolicy, facts: Facts): string {
  const about = policy.intents.find(({ intent }) => intent === facts.intent)?.about;
  const signals = facts.signals.length === 0 ? '' : `; also: ${facts.signals.join(', ')}`;
  if (about === undefined) return `nothing this policy knows${signals}`;
  const sure = facts.question.continued
    ? 'the customer goes on with our question'
    : `${Math.round(facts.confidence * 100)} % sure`;
  return `the customer ${about} (${facts.intent}, ${sure})${signals}`;
}

function whatWasTried({ question, lookup }: Facts): string {
  const asked = question.asked;
  const tries =
    asked === null
      ? []
      : [
          `asked for the ${asked.slot.replace('-', ' ')} ${asked.tries === 1 ? 'once' : `${asked.tries} times`}`,
        ];
  const lookedUp =
    lookup.outcome === 'not-needed' || lookup.outcome === 'withheld' ? [] : ['looked for the order'];
  return [...tries, ...lookedUp].join(', ') || 'nothing, this goes straight to a person';
}

function whatWasFound({ lookup, order, orders, identity, question }: Facts, { slots }: Dialogue): string {
  switch (lookup.outcome) {
    case 'found':
      return `${describeOrder(order)}; ${proofText(identity.proof)}${notTheirs(lookup.notFound)}`;
    case 'only-one': {
      const spokenOf = [question.asked?.order, slots['order-number']?.value];
      return spokenOf.some((number) => isSameOrder(number ?? '', order.number))
        ? `${describeOrder(order)}; no number was given now, it is the one that this conversation was about`
        : `${describeOrder(order)}; no number was given, it is the requester's only one in question`;
    }
    case 'several-named':
      return `${describeOrders(orders.list)}; ${identity.proof === 'email' ? "the requester's address is theirs" : proofText(identity.proof)}${notTheirs(lookup.notFound)}`;
    case 'several':
      return `several orders fit: ${describeOrders(orders.list)}`;
    case 'none':
      return 'no number was given, and the requester has no order in question';
    case 'unknown':
      return `the requester has no order ${lookup.number === '' ? 'of that number' : lookup.number}`;
    case 'withheld':
      return "not looked up, because the sender's address is not proven";
    case 'not-needed':
      return 'none needed';
  }
}

function proofText(proof: string): string {
  if (proof === 'mailed-code') return "the requester has given the code sent to the order's address";
  return proof === 'email'
    ? "the requester's address is the order's"
    : 'the requester has given its number and postal code';
}

function describeOrders(orders: readonly OrderBrief[]): string {
  return orders.map(({ number, status }) => `${number} (${status})`).join(', ');
}

function notTheirs(numbers: readonly string[]): string {
  return numbers.length === 0 ? '' : `; the requester has no order ${numbers.join(', ')}`;
}

function describeOrder(order: OrderFacts): string {
  const dates = [
    `placed ${order.placedOn}`,
    ...(order.expectedOn === '' ? [] : [`expected ${order.expectedOn}`]),
    ...(order.deliveredOn === '' ? [] : [`delivered ${order.deliveredOn}`]),
    ...(order.refundOn === '' ? [] : [`refunded ${order.refundOn}`]),
  ];
  return `order ${order.number} is ${order.status} (${dates.join(', ')})`;
}
