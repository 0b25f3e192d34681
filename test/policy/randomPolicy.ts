/**
 * Policies nobody would write, of all that the language has: every action, what includes bring, questions before
 * questions, proposals of several deeds, limits, approvals, channels, templates in two languages that may lack a fact.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { askSlots } from '../../src/policy/schema';
import { stringify } from 'yaml';

export const intents = [
  'order_status',
  'cancel_order',
  'return_refund',
  'change_address',
  'invoice',
] as const;

const conditions = [
  'order.found',
  '!order.found',
  'order.status == "delivered"',
  'order.status in ["processing", "late"]',
  '"refund" in order.can',
  'order.total > 5000 && order.refund == 0',
  'order.lines.exists(line, line.left > 1)',
  'order.lines[0].price > 100',
  'orders.list.all(brief, brief.late)',
  'lookup.outcome in ["unknown", "withheld"]',
  'lookup.outcome == "several"',
  'question.open && question.answer == ""',
  'question.answer == "yes"',
  'question.slot == "confirmation"',
  '"faulty-goods" in signals || "anger" in signals',
  'intent == ""',
  'confidence < 0.5',
  'identity.proof == "email"',
  'identity.mismatches >= 2',
  'said.item != ""',
  'said.pieces > 1',
  'said.postalCode != ""',
  'limits.left < 1000',
  'message.text.contains("blue") || message.words <= 2',
  '"asked" in ticket.tags',
  'ticket.channel == "chat"',
  'done.thisOrder.size() > 0',
  'clock.open || clock.hour > 12',
  'is.theirs && is.small',
  '!is.theirs',
] as const;

/** Some print what may be absent: then a person has to come, and nothing half is said. */
const templates = {
  plain: 'All right.',
  status: 'Order {{ order.number }} is {{ order.status }}.',
  refunded: 'We sent {{ order.refund | money: order.refundCurrency }} on {{ order.refundOn | day }}.',
  deed: 'Shall we? {{ deed.amount | money: deed.currency }} for {{ deed.item }}.',
  address: 'To {{ deed.address }}?',
  lines:
    '{% for line in order.lines %}{{ line.name }} {{ line.price | money: order.currency }}, {% endfor %}which?',
  list: '{% for brief in orders.list %}- {{ brief.number }}\n{% endfor %}Which one?',
  maybe: '{% if order.found %}About {{ order.number }}.{% else %}About what?{% endif %}',
  name: 'Dear {{ customer.name }}, yes or no?',
  mail: 'It goes to {{ said.email }}.',
  index: 'First: {{ order.items[0] }}, last: {{ order.items | last | upcase }}.',
} as const;
const german: Readonly<Record<keyof typeof templates, string>> = {
  ...templates,
  plain: 'In Ordnung.',
  status: 'Bestellung {{ order.number }}: {{ order.status }}.',
  maybe: '{% if order.found %}Zu {{ order.number }}.{% else %}Worum geht es?{% endif %}',
};

type Step = Readonly<Record<string, unknown>>;

const template = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom('plain', 'maybe', 'name', 'list') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('status', 'refunded', 'deed', 'address', 'lines', 'mail', 'index'),
  },
);
const atMost = fc.integer({ min: 1, max: 3 });
const amounts = fc.constantFrom(
  { EUR: 500 },
  { EUR: 5_000 },
  { USD: 700 },
  { EUR: 100_000, USD: 100_000, JPY: 9_000 },
);

const ask = fc
  .record({
    for: fc.oneof(fc.constantFrom('item', 'pieces', 'address', 'reason'), fc.constantFrom(...askSlots)),
    with: template,
    'at-most': atMost,
  })
  .map((asked): Step => ({ ask: asked }));
const confirm = fc
  .record({ with: template, declined: template, 'at-most': atMost })
  .map((asked): Step => ({ confirm: asked }));
const deed = fc
  .oneof(
    fc.constant({ cancel: true }),
    fc.constant({ 'change-address': true }),
    fc.constant({ 'resend-invoice': true }),
    fc
      .tuple(fc.constantFrom('whole', 'item'), amounts)
      .map(([what, most]) => ({ refund: { what, 'at-most': most } })),
    amounts.map((amount) => ({ refund: { amount } })),
    amounts.map((amount) => ({ 'store-credit': { amount } })),
  )
  .map((order): Step => ({ order }));
const beside = fc.constantFrom<Step>(
  { note: 'Order {{ order.number }}: {{ order.refundOn | day }}' },
  { note: 'Somebody wrote.' },
  { tag: { add: ['asked'] } },
  { tag: { remove: ['asked'] } },
  { 'set-status': 'pending' },
  { 'set-priority': 'high' },
  { assign: { group: 'Billing' } },
  { 'set-field': { Number: '{{ order.number }}', Faulty: true } },
);
const timing = fc.oneof(
  fc.constant<Step>({ wait: '3d' }),
  template.map((with_): Step => ({ 'follow-up': { after: '2d', with: with_ } })),
);
const ending = fc.oneof(
  { weight: 6, arbitrary: template.map((reply): readonly Step[] => [{ reply }]) },
  {
    weight: 1,
    arbitrary: template.map((reply): readonly Step[] => [{ reply }, { 'hand-off': { reason: 'policy' } }]),
  },
  {
    weight: 1,
    arbitrary: fc.constant<readonly Step[]>([{ 'hand-off': { reason: 'anger', group: 'Support' } }]),
  },
  { weight: 1, arbitrary: fc.constant<readonly Step[]>([{ 'stay-silent': true }]) },
  { weight: 1, arbitrary: template.map((reply): readonly Step[] => [{ reply }, { close: true }]) },
);

/** In an order that the language takes: what asks, then what acts, then what is said. */
const steps = fc
  .record({
    first: fc.array(beside, { maxLength: 2 }),
    timing: fc.option(timing, { nil: null }),
    asks: fc.oneof(fc.constant([]), fc.array(ask, { maxLength: 3 })),
    confirm: fc.option(confirm, { nil: null, freq: 3 }),
    deeds: fc.oneof(fc.array(deed, { maxLength: 1 }), fc.array(deed, { minLength: 1, maxLength: 2 })),
    ending,
  })
  .map(({ first, timing, asks, confirm, deeds, ending }): readonly Step[] => {
    const isSilent = ending.some((step) => 'stay-silent' in step);
    const asking = isSilent ? [] : [...asks, ...(confirm === null || deeds.length === 0 ? [] : [confirm])];
    const isOver = ending.some((step) => 'hand-off' in step || 'close' in step);
    const isSaid = !isOver && (asking.length > 0 || ending.some((step) => 'reply' in step));
    return [...first, ...(timing === null || !isSaid ? [] : [timing]), ...asking, ...deeds, ...ending];
  });
const when: fc.Arbitrary<readonly string[]> = fc.oneof(
  fc.constant(['order.found']),
  fc.constant(['order.found']),
  fc.array(fc.constantFrom(...conditions), { minLength: 0, maxLength: 2 }),
);
const rule = fc.record({
  when,
  glue: fc.constantFrom(' && ', ' || '),
  then: steps,
  approval: fc.option(fc.boolean(), { nil: null }),
});
export type RandomRule = typeof rule extends fc.Arbitrary<infer Made> ? Made : never;
/** As most companies write it: a value is asked for, a deed proposed, done, and told. */
const proposing = fc
  .record({
    ask,
    confirm,
    deed,
    reply: template,
    isAsking: fc.boolean(),
    approval: fc.constantFrom(null, true),
  })
  .map(({ ask: asked, confirm: proposal, deed: done, reply, isAsking, approval }): RandomRule => ({
    when: ['order.found'],
    glue: ' && ',
    then: [...(isAsking ? [asked] : []), proposal, done, { reply }],
    approval,
  }));

const ownRules = fc
  .tuple(proposing, fc.array(rule, { maxLength: 3 }))
  .map(([one, more]): readonly RandomRule[] => [one, ...more]);
const randomPolicies = fc.record({
  first: fc.array(rule, { maxLength: 2 }),
  shared: fc.array(rule, { maxLength: 1 }),
  perIntent: fc.tuple(...intents.map(() => ownRules)),
  proofs: fc.subarray(['email', 'postal-code', 'mailed-code'], { minLength: 1 }),
  limits: fc.boolean(),
  chat: fc.option(fc.constantFrom(20, 200), { nil: null }),
  silence: fc.boolean(),
});
export type RandomPolicy = typeof randomPolicies extends fc.Arbitrary<infer Made> ? Made : never;
export const randomPolicy: fc.Arbitrary<RandomPolicy> = randomPolicies;

/** A rule without a condition ends its list: nothing behind it is reached. */
function rulesOf(made: readonly RandomRule[], prefix: string): readonly Step[] {
  const end = made.findIndex(({ when: conditions }) => conditions.length === 0);
  return (end === -1 ? made : made.slice(0, end + 1)).map(({ when, glue, then, approval }, place) => ({
    rule: `${prefix}-${place + 1}`,
    why: 'It is so.',
    ...(when.length === 0 ? {} : { when: when.map((one) => `(${one})`).join(glue) }),
    ...(approval === null ? {} : { 'needs-approval': approval }),
    then,
  }));
}

function filesOf({
  first,
  shared,
  perIntent,
  proofs,
  limits,
  chat,
  silence,
}: RandomPolicy): Readonly<Record<string, unknown>> {
  const bounded = (rules: readonly RandomRule[]) =>
    rules.filter(({ when: conditions }) => conditions.length > 0);
  const included = rulesOf(bounded(shared), 'shared');
  return {
    'policy.yaml': {
      shop: { name: 'Any Shop', links: { returns: 'https://any.example/returns' } },
      languages: ['en', 'de'],
      settings: {
        'settle-window': '3s',
        'fragment-window': '10s',
        'replies-per-hour': 5,
        'customer-silence': '4d',
        'person-check': '1d',
        'approval-time': '4h',
        'step-budget': '4h',
        'hand-off-group': 'Support',
        'new-topic-from': 0.65,
      },
      escalation: [{ after: '30m', group: 'Support', priority: 'high', tag: 'escalated' }],
      identity: { proofs },
      ...(limits
        ? { limits: { refunds: { 'per-customer': { within: '30d', amount: { EUR: 6_000 }, count: 2 } } } }
        : {}),
      ...(chat === null ? {} : { channels: { chat: { 'longest-reply': chat } } }),
      ...(silence ? { silence: { 'after-question': [{ after: '2d', with: 'maybe' }] } } : {}),
    },
    'intents.yaml': Object.fromEntries(
      intents.map((intent, place) => [
        intent,
        {
          about: `is about ${intent}`,
          orders: ['open', 'open', 'delivered', 'refunded', 'none'][place],
          examples: [`about ${intent}`, `what of ${intent}`, `${intent} please`],
        },
      ]),
    ),
    'rules.yaml': {
      conditions: { theirs: 'identity.proof != ""', small: 'order.total < 5000' },
      first: [
        ...(included.length === 0 ? [] : [{ include: 'shared/more.yaml' }]),
        ...rulesOf(bounded(first), 'first'),
      ],
      'per-intent': Object.fromEntries(
        intents.flatMap((intent, place) => {
          const own = rulesOf(perIntent[place] ?? [], intent);
          return own.length === 0 ? [] : [[intent, own]];
        }),
      ),
      otherwise: {
        rule: 'nothing-matched',
        why: 'No rule fits.',
        then: [{ reply: 'plain' }, { 'hand-off': { reason: 'policy' } }],
      },
    },
    ...(included.length === 0 ? {} : { 'shared/more.yaml': included }),
    'templates/en.yaml': { ...templates, ...codeMails },
    'templates/de.yaml': { ...german, ...codeMails },
  };
}

const codeMails = {
  'code-mail-subject': 'Your code',
  'code-mail': 'It is {{ code }}, for {{ minutes }} minutes.',
};

/** The folder is gone after `use`. */
export async function withRandomPolicy<T>(
  made: RandomPolicy,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-random-policy-'));
  try {
    for (const [name, content] of Object.entries(filesOf(made))) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), stringify(content));
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
