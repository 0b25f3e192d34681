/** The shape of a file of scenarios: checks it, gives it its types, and is published for completion in editors. */
import { z } from 'zod';
import { modes } from '../core/modes/mode';
import { handOffReasons } from '../core/policy/plan';
import { clockStandings } from '../core/sla/clockViews';
import { clockNames } from '../core/sla/targets';
import { stages } from '../core/state';
import { channels } from '../core/ticket/channel';
import { deskStatuses, priorities, ratingScores } from '../core/ticket/ticket';
import { orderStatuses } from '../orders/port';
import { askSlots } from '../policy/schema';
import { dayOf, durationOf, momentOf, readMoney } from './load/moments';

const text = z.string().trim().min(1).max(20_000);
const name = z.string().trim().min(1).max(120);
const texts = z.array(text).min(1).max(20);
const textOrTexts = z.union([text, texts]);
const nameOrNames = z.union([name, z.array(name).min(1).max(3)]);
const language = z.string().regex(/^[a-z]{2}$/, 'must be a two-letter language code, such as "en"');

const day = z
  .string()
  .refine(
    (value) => dayOf(value, 0) !== null,
    'must be a day such as "2026-11-21", "today", "3 days ago" or "in 2 days"',
  )
  .describe('2026-11-21, today, 3 days ago, in 2 days');
const duration = z
  .string()
  .refine(
    (value) => durationOf(value) !== null,
    'must be a time such as "30 minutes", "4h" or "3 days", at most a year',
  )
  .describe('30 minutes, 4 hours, 3 days');
const money = z
  .string()
  .refine((value) => readMoney(value) !== null, 'must be a currency and an amount, such as "EUR 12.90"')
  .describe('EUR 12.90');
/** YAML makes a number of `48213`. */
const orderNumber = z.union([name, z.int()]).describe('As the customer knows it: 48213');

const itemSchema = z.union([
  name.describe('"Kettle", or "4 × Mug"'),
  z.strictObject({
    name,
    quantity: z.int().min(1).optional(),
    price: money.optional().describe('Of one piece'),
  }),
]);

const parcelSchema = z.strictObject({
  items: z.array(name).optional().describe('All of the order when left out'),
  status: z.enum(['preparing', 'shipped', 'in-transit', 'delivered']),
  carrier: name.optional(),
  tracking: name.optional().describe('The tracking number'),
  'tracking-url': z.url({ protocol: /^https?$/, error: 'must be a web address' }).optional(),
  shipped: day.optional(),
  expected: day.optional(),
  delivered: day.optional(),
});

const orderShape = {
  number: orderNumber,
  status: z
    .enum(orderStatuses)
    .optional()
    .describe('What is left out follows from it: parcels, dates, refund'),
  email: z
    .email('must be an e-mail address')
    .optional()
    .describe("Whose it is; the customer's when left out"),
  'postal-code': z.union([name, z.int()]).optional().describe('Of the delivery address'),
  placed: day.optional(),
  items: z.array(itemSchema).min(1).optional(),
  parcels: z.array(parcelSchema).optional(),
  total: money.optional(),
  refund: z.strictObject({ amount: money, on: day }).optional(),
} as const;
const orderSchema = z.strictObject(orderShape);

const givenSchema = z.strictObject({
  customer: z
    .strictObject({
      name: name.optional(),
      email: z.email('must be an e-mail address').optional(),
      language: language.optional().describe("The desk's language for them; what they write counts first"),
      trusted: z.boolean().optional().describe('false: the desk marks the sender as not authenticated'),
    })
    .optional(),
  orders: z.array(orderSchema).max(50).optional(),
  clock: z
    .string()
    .refine((value) => momentOf(value) !== null, 'must be a moment such as "2026-11-25 10:00" (UTC)')
    .optional()
    .describe('When the conversation begins, UTC: 2026-11-25 10:00'),
  shop: z.enum(['up', 'down']).optional().describe('down: it does not answer until a step says so'),
  mail: z.literal('none').optional().describe('No mail server is set: no codes can be mailed'),
  mode: z
    .enum([...modes, 'as the policy says'])
    .optional()
    .describe('How much Deskhand does by itself; auto when left out, whatever the policy says'),
  team: z
    .array(
      z.strictObject({
        name,
        email: z.email('must be an e-mail address').optional(),
        groups: z.array(name).optional(),
        left: z.boolean().optional().describe('true: no agent any more'),
      }),
    )
    .min(1)
    .max(50)
    .optional()
    .describe('Who works there, and in which groups; left out: whoever is said to approve may'),
  channel: z.enum(channels).optional().describe('How the customer writes; email when left out'),
  brand: name.optional().describe('Of the ticket, as the desk calls it; left out: none'),
  ticket: z
    .strictObject({
      subject: z.string().max(300).optional(),
      tags: z.array(name).optional(),
      priority: z.enum(priorities).optional(),
    })
    .optional(),
});

const orderActionSchema = z
  .union([
    z.strictObject({ cancel: orderNumber }),
    z.strictObject({
      refund: z.strictObject({
        order: orderNumber,
        amount: money.optional(),
        items: z.array(name).optional().describe('Which lines go back; [] for an amount of the whole order'),
      }),
    }),
    z.strictObject({
      'change-address': z.strictObject({ order: orderNumber, address: text.optional() }),
    }),
    z.strictObject({ 'resend-invoice': orderNumber }),
    z.strictObject({ 'store-credit': z.strictObject({ order: orderNumber, amount: money.optional() }) }),
  ])
  .meta({ title: 'order action' });
const orderActions = z.array(orderActionSchema).max(10);

const expectSchema = z.strictObject({
  intent: nameOrNames.optional().describe('none, or the intents of the message in the order they were said'),
  rule: nameOrNames.optional().describe('The rule that decided; one for each matter of the message'),
  template: nameOrNames.optional().describe('The templates of the reply, in their order'),
  language: language.optional().describe('Of the reply'),
  'reply contains': textOrTexts.optional(),
  'reply does not contain': textOrTexts.optional(),
  question: z
    .enum([...askSlots, 'confirmation', 'none'])
    .optional()
    .describe('What we wait to hear from the customer'),
  proposes: orderActions.optional().describe('What the customer is asked to say yes to'),
  actions: orderActions.optional().describe('What was done to orders, exactly this; [] for nothing'),
  'note contains': textOrTexts.optional(),
  refusal: textOrTexts.optional().describe('What an agent was told whose action was not done; none'),
  mail: z
    .union([z.literal('none'), z.strictObject({ to: name.optional(), contains: textOrTexts.optional() })])
    .optional()
    .describe('The mail with a code that went out; none'),
  tags: z.array(name).min(1).optional().describe('That the ticket has'),
  status: z.enum(deskStatuses).optional(),
  priority: z.enum(priorities).optional(),
  fields: z
    .record(name, z.union([text, z.number(), z.boolean()]))
    .optional()
    .describe('Custom fields of the ticket, and what is in them'),
  'follow-up': name
    .optional()
    .describe('The template that is written next if the customer stays silent, or none'),
  'hand-off': z
    .union([
      z.enum([...handOffReasons, 'none']),
      z.strictObject({ reason: z.enum(handOffReasons).optional(), group: name.optional() }),
    ])
    .optional()
    .describe('Why the ticket waits for a person, and in which group'),
  sla: z
    .partialRecord(z.enum(clockNames), z.enum(clockStandings))
    .optional()
    .describe('How the clocks of what is promised stand'),
  stage: z.enum(stages).optional(),
  mode: z.enum(modes).optional().describe('Which holds for the ticket'),
  silence: z.literal(true).optional().describe('The customer was told nothing'),
});

const who = name.describe('Who it is, in your words: Maria');

const stepSchema = z
  .union([
    z.strictObject({
      'customer says': z.union([
        text.describe('One message; the engine answers before the next step'),
        texts.describe('A burst: written one right after the other'),
        z.strictObject({ text: z.string().max(200_000), files: z.array(name).min(1).max(20) }),
      ]),
    }),
    z.strictObject({
      'customer rates': z.enum(ratingScores).describe('How they were helped, on the ticket'),
    }),
    z.strictObject({ 'agent says': text.describe('A public reply of a person') }),
    z.strictObject({ 'agent notes': text.describe('An internal note of a person') }),
    z.strictObject({ 'agent assigns': name.describe('Who gets the ticket, or nobody') }),
    z.strictObject({ 'agent takes over': who }),
    z.strictObject({ 'agent hands back': who }),
    z.strictObject({ 'agent approves': who }),
    z.strictObject({ 'agent rejects': who }),
    z.strictObject({ 'agent escalates': who }),
    z.strictObject({ 'agent asks for another reply': who }),
    z.strictObject({ 'agent closes': who }),
    z.strictObject({ 'mode becomes': z.enum(modes).describe('For the whole company') }),
    z.strictObject({ 'shop becomes': z.enum(['up', 'down']).describe('down: it does not answer') }),
    z.strictObject({ after: duration }),
    z.strictObject({ 'shop refuses': text.describe('The next order action, with this reason for agents') }),
    z.strictObject({
      'order changes': orderSchema.describe('Of an order that was given: what is different now'),
    }),
    z.strictObject({ expect: expectSchema }),
  ])
  .meta({ title: 'step' });

export const scenarioFileSchema = z.strictObject({
  given: givenSchema.optional().describe('For all scenarios of the file'),
  scenarios: z
    .array(
      z.strictObject({
        scenario: name.describe('Its name, once among all files'),
        about: text.optional().describe('Why it matters'),
        given: givenSchema.optional().describe('In place of what the file gives'),
        steps: z.array(stepSchema).min(1).max(100),
      }),
    )
    .min(1),
});

export type GivenContent = z.infer<typeof givenSchema>;
export type OrderContent = z.infer<typeof orderSchema>;
export type ParcelContent = z.infer<typeof parcelSchema>;
export type ItemContent = z.infer<typeof itemSchema>;
export type OrderActionExpected = z.infer<typeof orderActionSchema>;
export type Expectation = z.infer<typeof expectSchema>;
export type StepContent = z.infer<typeof stepSchema>;

/** Values that may be written alone or as a list. */
export function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
