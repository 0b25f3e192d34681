/**
 * A small shop whose bot asks, proposes and acts, for tests that are conversations. Its customers' words go through
 * the real classifier; only orders are made up.
 */
import { readComment } from '../../../src/classify/reading/readComment';
import type { Classifier } from '../../../src/classify/port';
import { newDialogue, openQuestion, type Dialogue } from '../../../src/core/conversation/dialogue';
import type { OrderAction } from '../../../src/core/orders/orderAction';
import type { Plan } from '../../../src/core/policy/plan';
import type { Order } from '../../../src/orders/port';
import { loadPolicy, type LoadedPolicy } from '../../../src/policy/load/loadPolicy';
import { createPolicyProcessor } from '../../../src/policy/processor';
import { demoClassifier } from '../../support/classifier';
import {
  handOffOf,
  inputOf,
  line,
  order,
  parcel,
  shopOf,
  withoutKey,
  withPolicy,
  type Said,
} from '../support';

const rules = `
first:
  - rule: wants-a-person
    why: The customer asks for a person.
    when: '"asks-for-human" in signals || intent == "human_agent"'
    then: [{ reply: hand-off }, { hand-off: { reason: asked-for-human } }]
  - rule: too-many-mismatches
    why: Orders were named again and again that are not theirs.
    when: identity.mismatches >= 3
    then: [{ reply: hand-off }, { hand-off: { reason: identity } }]
  - rule: polite
    why: The customer is polite and nothing more.
    when: '"courtesy-only" in signals && message.attachments == 0'
    then: [{ stay-silent: true }]
  - rule: taken-back
    why: The customer no longer wants what was asked for.
    when: '"never-mind" in signals && question.answer != "no" && intent == ""'
    then: [{ reply: as-you-wish }]
  - rule: question-taken-back
    why: The customer took back what we asked about.
    when: question.answer == "no" && question.slot != "confirmation"
    then: [{ reply: as-you-wish }]
  - rule: ask-postal-code
    why: The number is none of theirs, and no postal code was given.
    when: lookup.outcome in ["unknown", "withheld"] && lookup.number != "" && said.postalCode == ""
    then: [{ ask: { for: postal-code, with: ask-postal-code, at-most: 2 } }]
  - rule: ask-number-again
    why: Number and postal code do not belong together.
    when: lookup.outcome == "unknown"
    then: [{ ask: { for: order-number, with: ask-number-again, at-most: 2 } }]
  - rule: which-order
    why: Several orders fit.
    when: lookup.outcome in ["several", "none"] && intent in ["order_status", "cancel_order", "change_address"]
    then: [{ ask: { for: order-number, with: which-order, at-most: 2 } }]
  - rule: no-idea
    why: It is not clear what the customer wants.
    when: intent == ""
    then: [{ reply: hand-off }, { hand-off: { reason: low-confidence } }]
per-intent:
  order_status:
    - rule: status
      why: The order is known.
      when: order.found
      then: [{ reply: status }]
  cancel_order:
    - rule: cancel
      why: It has not left the shop.
      when: order.found
      then:
        - ask: { for: reason, with: ask-reason, at-most: 1 }
        - confirm: { with: confirm-cancel, declined: declined, at-most: 2 }
        - order: { cancel: true }
        - reply: cancelled
    - rule: cancel-too-late
      why: It has left the shop.
      when: order.found && !("cancel" in order.can)
      then: [{ reply: too-late }]
  return_refund:
    - rule: refund-item
      why: A small amount goes back at once.
      when: order.found
      then:
        - ask: { for: item, with: ask-item, at-most: 2 }
        - confirm: { with: confirm-refund, declined: declined, at-most: 2 }
        - order: { refund: { what: item, at-most: { EUR: 5000 } } }
        - reply: refunded
  change_address:
    - rule: change-address
      why: It has not left the shop.
      when: order.found
      then:
        - ask: { for: address, with: ask-address, at-most: 2 }
        - confirm: { with: confirm-address, declined: declined, at-most: 2 }
        - order: { change-address: true }
        - reply: address-changed
  invoice:
    - rule: invoice-to
      why: It goes to the address we know, or the one they tell.
      then:
        - ask: { for: email, with: ask-email, at-most: 2 }
        - reply: invoice-sent
  account_access:
    - rule: password
      why: The page helps.
      then: [{ reply: password }]
  delivery_info:
    - rule: delivery
      why: The page helps.
      then: [{ reply: delivery }]
otherwise:
  rule: nothing-matched
  why: No rule for this.
  then: [{ reply: hand-off }, { hand-off: { reason: policy } }]
`;

const templates = `
greeting: 'Hello,'
sign-off: Your shop
hand-off: A colleague will answer you here.
as-you-wish: All right, nothing was done.
which-order: Which order is it about?
ask-postal-code: I cannot find that order for your address. What is its postal code?
ask-number-again: I cannot find that order. Could you check its number?
status: 'Order {{ order.number }} is {{ order.status }}.'
ask-reason: Why do you want to cancel order {{ order.number }}?
confirm-cancel: 'Shall I cancel order {{ order.number }}? Yes or no.'
cancelled: 'Order {{ order.number }} is cancelled.'
too-late: 'Order {{ order.number }} has left, so it cannot be cancelled.'
ask-item: 'Which one: {% for line in order.lines %}{{ line.name }}, {% endfor %}or another?'
confirm-refund: 'Shall I refund {{ deed.amount | money: deed.currency }} for the {{ deed.item }}? Yes or no.'
refunded: '{{ deed.amount | money: deed.currency }} for the {{ deed.item }} are on their way.'
ask-address: Where shall order {{ order.number }} go?
confirm-address: 'Shall order {{ order.number }} go to {{ deed.address }}? Yes or no.'
address-changed: 'Order {{ order.number }} goes to {{ deed.address }}.'
declined: Then I leave it as it is.
ask-email: Where shall I send it?
invoice-sent: 'The invoice goes to {{ said.email }}.'
password: You can reset it on our page.
delivery: How we deliver is on our page.
`;

const german = templates
  .replace(
    /^confirm-cancel:.*$/m,
    "confirm-cancel: 'Soll ich Bestellung {{ order.number }} stornieren? Ja oder nein.'",
  )
  .replace(/^cancelled:.*$/m, "cancelled: 'Bestellung {{ order.number }} ist storniert.'")
  .replace(/^ask-reason:.*$/m, 'ask-reason: Warum möchten Sie Bestellung {{ order.number }} stornieren?')
  .replace(/^declined:.*$/m, 'declined: Dann bleibt alles, wie es ist.');

let loaded: Promise<{ readonly policy: LoadedPolicy; readonly classifier: Classifier }> | undefined;

/** Read and trained once a test file. `change` is for the rules of one test. */
export async function talkativePolicy(
  change: (text: string) => string = (text) => text,
): Promise<LoadedPolicy> {
  const all = {
    // Its own templates mail no code.
    'policy.yaml': (text: string) =>
      withoutKey(text, 'outages').replace(/proofs: \[.*\]/, 'proofs: [email, postal-code]'),
    'rules.yaml': () => change(rules),
    'templates/en.yaml': () => templates,
    'templates/de.yaml': () => german,
    ...Object.fromEntries(['fr', 'es', 'da'].map((name) => [`templates/${name}.yaml`, () => templates])),
  };
  return withPolicy(all, loadPolicy);
}

export async function shop(): Promise<{ readonly policy: LoadedPolicy; readonly classifier: Classifier }> {
  loaded ??= talkativePolicy().then(async (policy) => ({ policy, classifier: await demoClassifier() }));
  return loaded;
}

export interface Line extends Omit<Said, 'text' | 'intent' | 'signals' | 'further' | 'numbers'> {
  readonly now?: number;
}

/** One conversation: what the customer writes, word for word, and what comes of it. */
export class Conversation {
  dialogue: Dialogue = newDialogue;
  readonly plans: Plan[] = [];
  orders: readonly Order[];
  tags: readonly string[] = [];
  private comments = 0;
  private readonly policy: LoadedPolicy | undefined;

  constructor(orders: readonly Order[], policy?: LoadedPolicy) {
    this.orders = orders;
    this.policy = policy;
  }

  /** @returns what the customer reads; "" where nothing is said. */
  async customer(body: string, more: Line = {}): Promise<string> {
    const { policy, classifier } = await shop();
    const { text } = readComment({ body, machineMade: false, attachments: [] });
    this.comments += 1;
    const input = inputOf({ ...more, text, dialogue: this.dialogue });
    const classification = await classifier.classify({
      words: input.words,
      locale: null,
      name: input.requester.name,
      question: openQuestion(this.dialogue),
    });
    const processor = createPolicyProcessor(this.policy ?? policy, shopOf(...this.orders));
    const plan = await processor.consult(
      {
        ...input,
        classification,
        commentId: String(this.comments),
        now: more.now ?? input.now,
        tags: this.tags,
      },
      new AbortController().signal,
    );
    this.plans.push(plan);
    this.dialogue = plan.dialogue;
    for (const action of plan.actions) {
      if (action.type !== 'tag') continue;
      this.tags = [...this.tags.filter((tag) => !action.remove.includes(tag)), ...action.add];
    }
    const reply = plan.actions.find((action) => action.type === 'reply');
    return reply === undefined ? '' : reply.text.split('\n\n').slice(1, -1).join(' ');
  }

  /** To go on from here in several ways. */
  copy(): Conversation {
    const other = new Conversation(this.orders, this.policy);
    other.dialogue = this.dialogue;
    other.tags = this.tags;
    other.comments = this.comments;
    return other;
  }

  /** What the newest plan does to orders. */
  get done(): readonly OrderAction[] {
    return (this.plans.at(-1)?.actions ?? []).flatMap((action) =>
      action.type === 'order-action' ? [action.action] : [],
    );
  }

  get handedOver(): boolean {
    const plan = this.plans.at(-1);
    return plan !== undefined && handOffOf(plan) !== null;
  }
}

/** Two orders of Ana's: one that can be cancelled, one on its way; and one of mugs that came. */
export const processing = order({ number: '48213', status: 'processing', shipments: [] });
export const onItsWay = order({ number: '51877', shipments: [parcel()] });
export const mugs = order({
  number: '60004',
  status: 'delivered',
  items: [line('Blue mug', 1, 1_200, '1'), line('Red mug', 1, 1_500, '2')],
  total: { minor: 2_700, currency: 'EUR' },
  shipments: [parcel({ status: 'delivered' })],
});
export const toms = order({ number: '77001', customerEmail: 'tom@mail.example', postalCode: '2100' });
