/** What customers say in a random life, and what the policy decides then: one plan of every kind that there is. */
import {
  newDialogue,
  openQuestion,
  type Dialogue,
  type OpenQuestion,
} from '../../../src/core/conversation/dialogue';
import type { ConsultInput } from '../../../src/core/effects';
import type { OrderAction } from '../../../src/core/orders/orderAction';
import type { OrderStanding } from '../../../src/core/orders/orderStanding';
import {
  defaultSettings,
  type Plan,
  type PlannedAction,
  type PolicySettings,
} from '../../../src/core/policy/plan';
import { hourMs } from '../../../src/core/spans';
import { note, planOf } from '../support/engine';

export const sayings = [
  'where is it',
  'a person, please',
  'this is a scandal',
  'a refund, please',
  'it is order 48213',
  'yes',
  'cancel it',
  'cancel it and give me credit',
  'I am a big customer',
  'refund me a lot',
  'that is not my address',
  'hi',
  'thanks',
  'for your files',
  'all is well',
  'I will be back in a minute',
] as const;

/** What is known to the policy beside the words; a turn that begins anew may find it changed. */
export const moods = ['as-ever', 'answers', 'hands-off', 'drafts', 'stays-silent'] as const;
export type Mood = (typeof moods)[number];

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const cancel: OrderAction = { type: 'cancel', order: '48213' };
const refund: OrderAction = { type: 'refund', order: '48213', amount: eur(500), lines: [] };
const credit: OrderAction = { type: 'store-credit', order: '48213', amount: eur(900) };
const handOff: PlannedAction = { type: 'hand-off', reason: 'policy', group: 'Support' };
const asDelivered: OrderStanding = {
  ...{ order: '48213', status: 'delivered', paid: 'EUR 9.00', refunded: 'nothing', storeCredit: 'nothing' },
  ...{ lines: '1: 1 pieces, 0 went back', customer: 'c', address: 'a' },
};
/** Reminded, given to others, and, where money goes, approved by those alone who may: not by Nora. */
export const settings: PolicySettings = {
  ...defaultSettings,
  approvalPath: [
    { afterMs: hourMs, group: null },
    { afterMs: 2 * hourMs, group: 'Tier 2' },
  ],
  approvers: [{ actions: ['refund'], upTo: null, groups: [], agents: ['maria'] }],
  holdingReplyAfterMs: hourMs,
};
/** Of the silence rule, while it is on. */
export const silentForMs = 5 * hourMs;
export const silenceRule = { handBack: { afterMs: silentForMs, except: [] } } as const;
export const promised: Pick<PolicySettings, 'sla'> = {
  sla: {
    tier: null,
    targets: {
      'first-reply': { afterMs: hourMs, warn: { share: 0.75 } },
      'next-reply': { afterMs: 2 * hourMs },
      'pick-up': { afterMs: hourMs / 2, warn: { beforeMs: hourMs / 6 } },
      resolution: { afterMs: 48 * hourMs },
    },
  },
};
export const holdingWords = 'It takes longer.';
export const mayNotApprove = 'nora';
const deed = (action: OrderAction): PlannedAction => ({ type: 'order-action', action });

/** @param words - the public words of this decision: no other has the same. */
export function decideBy(mood: Mood, input: ConsultInput, words: string): Plan {
  const reply: PlannedAction = { type: 'reply', text: words, html: words, template: 'words', language: 'en' };
  const followUp = (close: boolean): PlannedAction => {
    const text = `${words}, again${close ? ' and for the last time' : ''}`;
    return { ...reply, type: 'follow-up', text, html: text, afterMs: 30 * hourMs, close };
  };
  const said = input.words.text.split('\n\n');
  const last = said.findLast((line) => line !== 'hi') ?? 'hi';
  const slots = { ...input.dialogue.slots };
  const plan = (actions: readonly PlannedAction[], change: Partial<Plan> = {}): Plan =>
    planOf(actions, {
      dialogue: { ...newDialogue, slots },
      ifRefused: [reply, handOff],
      settings,
      ...change,
    });
  const asking = (question: OpenQuestion, actions: readonly PlannedAction[]): Plan =>
    plan(actions, { dialogue: { ...newDialogue, slots, questions: [question] } satisfies Dialogue });

  switch (mood) {
    case 'answers':
      return plan([reply]);
    case 'hands-off':
      return plan([reply, note, handOff]);
    case 'drafts':
      return plan(last === 'it is order 48213' ? [deed(refund), reply, note] : [reply, note], {
        needsApproval: true,
        standings: [asDelivered],
      });
    case 'stays-silent':
      return plan([]);
    case 'as-ever':
      break;
  }
  switch (last) {
    case 'a person, please':
      return plan([reply, note, handOff]);
    case 'this is a scandal':
      return plan([note, handOff]);
    case 'a refund, please':
      return asking(question('ask', []), [reply, followUp(false)]);
    case 'it is order 48213':
      return openQuestion(input.dialogue)?.kind === 'ask'
        ? asking(question('confirm', [refund]), [reply, followUp(false), followUp(true)])
        : plan([reply, note]);
    case 'yes':
      return openQuestion(input.dialogue)?.kind === 'confirm'
        ? plan([deed(refund), reply, note])
        : plan([reply]);
    case 'cancel it':
      return plan([deed(cancel), reply, note]);
    case 'cancel it and give me credit':
      return plan([deed(cancel), deed(credit), reply]);
    case 'I am a big customer':
      return plan([reply, note, { type: 'set-priority', priority: 'high' }], { needsApproval: true });
    case 'refund me a lot':
      return plan([deed(refund), reply, followUp(false)], { needsApproval: true });
    case 'that is not my address':
      return plan([reply, { type: 'send-code', order: '50926', language: 'en', mail: codeMail }, note]);
    case 'hi':
      return plan([reply], { awaitsMore: true });
    case 'thanks':
      return plan([]);
    case 'for your files':
      return plan([note, { type: 'set-field', field: 'Order number', value: '48213' }]);
    case 'all is well':
      return plan([reply, { type: 'set-status', status: 'solved' }]);
    case 'I will be back in a minute':
      return plan([reply, { type: 'wait', ms: hourMs }]);
    default:
      return plan([reply, note, { type: 'tag', add: ['asked'], remove: [] }]);
  }
}

const codeMail = { subject: 'Your code', text: '{code}' };

function question(kind: OpenQuestion['kind'], actions: readonly OrderAction[]): OpenQuestion {
  return {
    kind,
    slot: kind === 'ask' ? 'order-number' : 'confirmation',
    intent: 'refund',
    rule: 'refund',
    tries: 1,
    text: 'Which order?',
    reminded: false,
    order: null,
    choices: [],
    actions,
  };
}
