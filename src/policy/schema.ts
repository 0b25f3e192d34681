/**
 * The shape of a policy's files. One zod schema each: it checks the files, gives them their types, and is
 * published as JSON Schema for completion in editors.
 */
import { z } from 'zod';
import { approvalKinds } from '../core/approval/approvers';
import { modes } from '../core/modes/mode';
import { handOffReasons } from '../core/policy/plan';
import { priorities } from '../core/ticket/ticket';
import { durationBetween, gathering, longest, silence, waiting, waitingByClock } from './hours/durations';
import { hoursSchema } from './hours/hoursSchema';
import { timeZone } from './hours/timeZone';
import { channelsSchema } from './sections/channelsSchema';
import { outagesSchema } from './sections/outagesSchema';
import { ratingsSchema } from './sections/ratingsSchema';
import { followUpSchema, silenceSchema } from './sections/silenceSchema';
import { thirdPartiesSchema } from './sections/thirdPartiesSchema';
import { slaSchema } from './sla/slaSchema';
import { templateName } from './templates/templateName';

const name = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/,
    'must be lower-case words joined by - or _, such as "order-late"',
  )
  .max(60);
const sentence = z.string().trim().min(1).max(300);
const language = z.string().regex(/^[a-z]{2}$/, 'must be a two-letter language code, such as "en"');
const tag = z.string().regex(/^[^\s,]{1,80}$/, 'must be a tag without spaces and commas');
const webPage = z.url({
  protocol: /^https?$/,
  error: 'must be a web address, such as "https://shop.example/returns"',
});
const group = z
  .string()
  .min(1)
  .max(100)
  .refine(
    (text) => text === text.trim(),
    'must be the name of a group as the desk shows it, without spaces around it',
  );

const share = z.number().min(0).max(1);

/** What shows that an order is the requester's. */
const proofs = ['email', 'postal-code', 'mailed-code'] as const;
export type Proof = (typeof proofs)[number];

export const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 currency code, such as "EUR"')
  .refine((code) => currencies.has(code), 'is no ISO 4217 currency code, such as "EUR"');
/** Minor units by currency: what may be given without a person. */
const limit = z
  .record(currency, z.int().min(1))
  .refine(
    (limits) => Object.keys(limits).length > 0,
    'must name at least one currency, such as { EUR: 5000 }',
  )
  .describe('The most that may be given, in minor units: { EUR: 5000 } is EUR 50.00');

/** What may be given away without a person, over all tickets; each rule has its own limit besides. */
const limitsSchema = z.strictObject({
  refunds: z
    .strictObject({
      'per-customer': z
        .strictObject({ within: waitingByClock, amount: limit.optional(), count: z.int().min(1).optional() })
        .refine(
          ({ amount, count }) => amount !== undefined || count !== undefined,
          'must have amount or count',
        )
        .optional()
        .describe('To one customer: at most so much, and so often, within this time'),
      'per-day': limit.optional().describe('To all customers together on one day, in UTC'),
    })
    .describe('Refunds and store credit. What is over a limit is not done; a person decides'),
});

const approversSchema = z
  .array(
    z
      .strictObject({
        actions: z
          .array(z.enum(approvalKinds))
          .min(1)
          .describe('What they may approve; reply: a draft that does nothing to an order'),
        'up-to': limit
          .optional()
          .describe('Of one refund or store credit, in minor units; left out: any amount'),
        groups: z.array(group).default([]).describe("Everybody in these groups of the desk's"),
        agents: z
          .array(
            z
              .string()
              .regex(
                /^(\d{1,20}|[^\s@"]+@[^\s@"]+)$/,
                'must be the id or the e-mail address of an agent, such as "lea@shop.example"',
              ),
          )
          .default([])
          .describe('By id or e-mail address'),
      })
      .refine(
        ({ groups, agents }) => groups.length + agents.length > 0,
        'must name somebody, in groups or agents',
      )
      .refine(
        ({ actions, 'up-to': upTo }) =>
          upTo === undefined || actions.every((action) => action === 'refund' || action === 'store-credit'),
        'has up-to, which counts for refund and store-credit alone: give the other actions an entry of their own',
      ),
  )
  .min(1)
  .describe('Who may approve what. What no entry is about, anybody may approve');

const mode = z.enum(modes);

const modeSchema = z
  .strictObject({
    default: mode.default('auto').describe('For everything'),
    intents: z
      .record(name, mode)
      .default({})
      .describe('For what is about this; the stricter one of both holds'),
  })
  .describe(
    'How much Deskhand does by itself. auto: it answers; draft: an agent sends what it proposes; shadow: it only notes what it would do; off: it leaves everything to people',
  );

const handBackSchema = z
  .strictObject({
    after: waiting.describe(
      "So long nobody of the team has said anything, since the customer's oldest message without an answer, or since somebody took the ticket or was called for it last",
    ),
    except: z
      .array(z.enum(handOffReasons))
      .default([])
      .describe('What was handed off for one of these stays with people'),
  })
  .describe(
    'When people who have a ticket stay silent while its customer waits, the bot answers in their place, if the rules have an answer; left out: never',
  );

export const policySchema = z.strictObject({
  shop: z.strictObject({
    name: sentence.describe('The name customers know you by'),
    links: z.record(name, webPage).describe('Pages that templates may name, as {{ links.returns }}'),
  }),
  'time-zone': timeZone.describe('Where the shop is: the clock facts are its time').default('UTC'),
  hours: hoursSchema.optional(),
  languages: z.array(language).min(1).describe('The first is used where a template has no translation'),
  settings: z.strictObject({
    'settle-window': gathering.describe('Messages within this time are answered together'),
    'fragment-window': gathering.describe('The same after a fragment such as "hi"'),
    'replies-per-hour': z
      .int()
      .min(1)
      .max(60)
      .describe('More replies within an hour are not written: a person takes over (reply-limit)'),
    'replies-without-person': z
      .int()
      .min(1)
      .max(90)
      .optional()
      .describe(
        'The same within thirty days, while nobody of the team has written; four times replies-per-hour when absent',
      ),
    'customer-silence': waiting.describe('After this much silence a waiting ticket is let go'),
    'person-check': waitingByClock.describe('While a person has a ticket, it is looked at again so often'),
    'approval-time': waiting.describe(
      'A draft that nobody approved or rejected for so long goes to people (approval-timeout)',
    ),
    'step-budget': durationBetween('1s', longest).describe(
      'For so long a step is tried again, when desk or shop do not answer; then people are told (failure)',
    ),
    'hand-off-group': group
      .nullable()
      .describe('Gets what a hand-off without a group hands over; null: the ticket stays in its group'),
    'new-topic-from': share.describe('From this confidence on, a new topic wins over the open question'),
  }),
  identity: z
    .strictObject({
      proofs: z
        .array(z.enum(proofs))
        .min(1)
        .describe(
          "email: the sender's address is the order's; postal-code: number and postal code are given; mailed-code: the code that was sent to the order's address is given",
        ),
      'code-valid': durationBetween('1m', '1d')
        .default('30m')
        .describe('For how long a mailed code counts after it was sent'),
    })
    .default({ proofs: ['email'], 'code-valid': '30m' }),
  approvals: z
    .array(
      z.strictObject({
        after: waiting.describe('So long after the draft was made, with nobody to decide'),
        group: group.optional().describe('Gets the ticket then; left out: it stays in its group'),
      }),
    )
    .min(1)
    .max(10)
    .optional()
    .describe(
      'When people are reminded of a draft that waits for approval, by a note and a notice; it is handed off after settings.approval-time',
    ),
  limits: limitsSchema.optional(),
  approvers: approversSchema.optional(),
  silence: silenceSchema(name).optional(),
  ratings: ratingsSchema({ group, tag }).optional(),
  mode: modeSchema.optional(),
  outages: outagesSchema(name).optional(),
  'third-parties': thirdPartiesSchema.optional(),
  channels: channelsSchema.optional(),
  escalation: z
    .array(
      z.strictObject({
        after: waiting.describe('So long after the hand-off, or the rung before, with nobody on the ticket'),
        group: group.nullable().describe('Gets the ticket then; null: it stays in its group'),
        priority: z.enum(priorities).describe('Its priority from then on'),
        tag: tag.describe('Added then'),
      }),
    )
    .min(1)
    .describe('What is done when nobody takes a ticket that was handed off, rung by rung'),
  'hand-back': handBackSchema.optional(),
  sla: slaSchema.optional(),
});

/** Which of the requester's orders are meant when no number is given. */
const orderScopes = ['open', 'delivered', 'refunded', 'none'] as const;
export type OrderScope = (typeof orderScopes)[number];

export const intentsSchema = z.record(
  name,
  z.strictObject({
    about: sentence.describe('What the customer wants, for agents: "wants to know where an order is"'),
    orders: z
      .enum(orderScopes)
      .describe(
        'Which orders are meant when the customer gives no number. open: neither delivered, cancelled nor refunded',
      ),
    examples: z.array(z.string().trim().min(1).max(300)).min(3),
  }),
);

const condition = z
  .string()
  .trim()
  .min(1)
  .max(1_000)
  .describe('A CEL expression over the facts (docs/policy.md)');

/** What an `ask` can collect. */
export const askSlots = [
  'order-number',
  'topic',
  'email',
  'postal-code',
  'mailed-code',
  'item',
  'pieces',
  'address',
  'reason',
] as const;
export type AskSlot = (typeof askSlots)[number];

const askSchema = z.strictObject({
  for: z.enum(askSlots),
  with: name.describe('The template that asks'),
  'at-most': z.int().min(1).max(5).describe('After so many questions the rule no longer applies'),
});

const confirmSchema = z.strictObject({
  with: name.describe('The template that says exactly what will be done, and asks for a yes or no'),
  declined: name.describe('The template for a no'),
  'at-most': z.int().min(1).max(5).describe('After so many unclear answers the rule no longer applies'),
});

const orderSchema = z
  .union([
    z.strictObject({ cancel: z.literal(true) }),
    z.strictObject({
      refund: z.union([
        z.strictObject({ what: z.enum(['whole', 'item']), 'at-most': limit }),
        z.strictObject({
          amount: limit.describe('Exactly so much, in the currency of the order, whatever it cost'),
        }),
      ]),
    }),
    z.strictObject({ 'change-address': z.literal(true) }),
    z.strictObject({ 'resend-invoice': z.literal(true) }),
    z.strictObject({
      'store-credit': z.strictObject({ amount: limit.describe('How much, in the currency of the order') }),
    }),
  ])
  .meta({ title: 'order action' });

const fieldsSchema = z
  .record(
    z.string().trim().min(1).max(200),
    z.union([z.string().trim().min(1).max(2_000), z.number(), z.boolean()]),
  )
  .refine((fields) => Object.keys(fields).length > 0, 'must name at least one field of the desk')
  .describe('Custom fields of the ticket, by name or id: text (Liquid allowed), number, true or false');

const actionSchema = z
  .union([
    z.strictObject({ reply: name }),
    z.strictObject({ note: z.string().trim().min(1).max(2_000) }),
    z.strictObject({
      tag: z.strictObject({ add: z.array(tag).default([]), remove: z.array(tag).default([]) }),
    }),
    z.strictObject({ 'set-status': z.enum(['open', 'pending', 'hold', 'solved']) }),
    z.strictObject({ close: z.literal(true).describe('The same as set-status: solved') }),
    z.strictObject({ 'set-priority': z.enum(priorities) }),
    z.strictObject({
      assign: z.strictObject({
        group: group.nullable().default(null).describe('null: it stays in its group'),
        agent: z.string().min(1).nullable().default(null).describe('null: nobody'),
      }),
    }),
    z.strictObject({
      'hand-off': z.strictObject({
        reason: z.enum(handOffReasons).describe('policy is the one for business of your own'),
        group: group.nullable().default(null).describe('null: hand-off-group of policy.yaml'),
      }),
    }),
    z.strictObject({ 'set-field': fieldsSchema }),
    z.strictObject({
      wait: silence.describe('Let the ticket go after so much silence, in place of customer-silence'),
    }),
    z.strictObject({ 'follow-up': followUpSchema(name) }),
    z.strictObject({ ask: askSchema }),
    z.strictObject({ confirm: confirmSchema }),
    z.strictObject({ order: orderSchema }),
    z.strictObject({ 'stay-silent': z.literal(true) }),
  ])
  .meta({ title: 'action' });

const actions = z.array(actionSchema).min(1);

const ruleSchema = z.strictObject({
  rule: name,
  why: sentence.describe('One sentence for agents; it stands in the note'),
  when: condition.optional(),
  then: actions,
  'needs-approval': z.boolean().default(false),
  'wait-for-more': z.boolean().default(false),
});

const conditionName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/, 'must be letters and digits, such as "aboutAnOrder"')
  .max(60);

function rulesOf<T extends z.ZodType>(rule: T) {
  const list = z.array(rule);
  return z.strictObject({
    conditions: z
      .record(conditionName, condition)
      .default({})
      .describe('Conditions with a name; rules write is.<name>'),
    first: list.describe('Looked at before the rules of the intent, in this order'),
    'per-intent': z.record(name, list),
    otherwise: ruleSchema.omit({ when: true }).describe('When no rule matched; must hand off'),
  });
}

/** With every include replaced by the rules it brings. */
export const rulesSchema = rulesOf(ruleSchema);

const ruleOrInclude = z.union([
  ruleSchema,
  z.strictObject({
    include: z
      .string()
      .regex(/^shared\/[^/]+\.yaml$/)
      .describe('A list of rules, such as shared/anger.yaml'),
  }),
]);
/** rules.yaml and the files under shared/ as they are written: for editors. */
export const writtenRulesSchema = rulesOf(ruleOrInclude);
export const sharedRulesSchema = z.array(ruleOrInclude);

export const templatesSchema = z.record(templateName, z.string().trim().min(1).max(5_000));

export type PolicyContent = z.infer<typeof policySchema>;
export type IntentsContent = z.infer<typeof intentsSchema>;
export type RulesContent = z.infer<typeof rulesSchema>;
export type RuleContent = z.infer<typeof ruleSchema>;
export type OrderActionContent = z.infer<typeof orderSchema>;
export type ActionContent = z.infer<typeof actionSchema>;
export type TemplatesContent = z.infer<typeof templatesSchema>;
