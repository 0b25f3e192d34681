/** What the API takes and answers; the OpenAPI document is made from these. */
import { z } from 'zod';
import { agentMessageLimits } from '../contracts/messages';
import { intentPattern } from '../contracts/parseModes';
import { isOneLine, isShownAsWritten } from '../contracts/shownText';
import { agentActions } from '../core/events';
import { modes, type Mode } from '../core/modes/mode';
import { handOffReasons } from '../core/policy/plan';
import { clockNames } from '../core/sla/targets';
import { stages } from '../core/state';
import { priorities, ratingScores } from '../core/ticket/ticket';
import { ticketIdMistake } from '../helpdesk/deskKinds';
import { anyTicketId } from '../helpdesk/ticketIds';

const deskName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be the name of a desk, such as zendesk')
  .meta({ description: 'The desk, as it stands in workflow ids.', example: 'zendesk' });
const ticketId = z.string().meta({
  description: "The desk's id of the ticket; on Zendesk a number without zeros before it.",
  example: '35436',
  pattern: anyTicketId.pattern.source,
});

const accountName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{0,100}$/, 'must be the name of an account, such as acme')
  .meta({
    description: 'The account, as it stands in workflow ids. Needed where the desk has several here.',
    example: 'acme',
  });

export const accountPath = z.object({ account: accountName });
export const ofAccount = z.strictObject({ account: accountName.optional() });
export const accountQuery = z.strictObject({ desk: deskName.optional(), account: accountName.optional() });

/** The desk decides what its ids may be. */
function checkTicketId({ value, issues }: z.core.ParsePayload<{ desk: string; ticketId: string }>): void {
  const message = ticketIdMistake(value.desk, value.ticketId);
  if (message !== null) issues.push({ code: 'custom', path: ['ticketId'], message, input: value });
}

export const ticketPath = z.object({ desk: deskName, ticketId }).check(checkTicketId);

export const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 visible ASCII characters')
    .optional()
    .meta({ description: 'The same key again is the same request: it is carried out once.' }),
});

export const startBody = z
  .strictObject({
    desk: deskName,
    account: accountName.optional(),
    ticketId,
    messageId: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, "must be the desk's id of a comment")
      .optional()
      .meta({
        description: "The desk's id of the message that caused this. The same one again changes nothing.",
      }),
  })
  .check(checkTicketId);

const webUrl = z.string().nullable().meta({
  description:
    "The ticket in Temporal's Web UI; null when the server was not told where that is (TEMPORAL_UI_URL).",
});

export const startedTicket = z.object({ workflowId: z.string(), webUrl });

/** Blank is as good as nothing, here and in signals. */
function text(longest: number): z.ZodString {
  const allowed = `must be a text of 1 to ${longest} characters, not blank`;
  return z.string().min(1, allowed).max(longest, allowed).regex(/\S/, allowed);
}

/** Of staff, as others read it. */
const who = text(agentMessageLimits.by).refine(
  isOneLine,
  'must be one line, without control characters or marks that turn the direction of words',
);

const why = text(agentMessageLimits.reason).refine(
  isShownAsWritten,
  'must be without control characters, line ends and tabs excepted, and without marks that turn the direction of words',
);

export const listQuery = z.strictObject({
  desk: deskName.optional(),
  account: accountName.optional(),
  stage: z.enum(stages).optional(),
  intent: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/, 'must be the name of an intent, such as order-status')
    .optional(),
  priority: z.enum(priorities).optional(),
  handOffReason: z.enum(handOffReasons).optional(),
  state: z.enum(['open', 'closed']).optional().meta({ description: 'Whether the workflow still runs.' }),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, 'must be a whole number from 1 to 100')
    .transform(Number)
    .pipe(z.number().min(1).max(100))
    .default(50),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,4000}$/, 'must be the nextCursor of the page before')
    .optional(),
});
export type ListFilters = z.output<typeof listQuery>;

const ticketRow = z.object({
  desk: z.string(),
  account: z.string(),
  ticketId: z.string(),
  workflowId: z.string(),
  open: z.boolean(),
  stage: z.string().nullable(),
  intent: z.string().nullable(),
  priority: z.string().nullable(),
  handOffReason: z.string().nullable(),
  startedAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  webUrl,
});
export type TicketRow = z.output<typeof ticketRow>;

export const ticketPage = z.object({
  tickets: z.array(ticketRow),
  nextCursor: z
    .string()
    .nullable()
    .meta({ description: 'Give it as `cursor` for the next page; null on the last.' }),
});
export type TicketPage = z.output<typeof ticketPage>;

export const milliseconds = z.number().meta({ description: 'Epoch milliseconds.' });

const exactMoney = z.object({ minor: z.number(), currency: z.string() });
const order = z.string();
const orderAction = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['cancel', 'resend-invoice']), order }),
  z.object({
    type: z.literal('refund'),
    order,
    amount: exactMoney,
    lines: z.array(z.object({ line: z.string(), quantity: z.number() })).readonly(),
  }),
  z.object({ type: z.literal('change-address'), order, address: z.string() }),
  z.object({ type: z.literal('store-credit'), order, amount: exactMoney }),
]);

const orderStanding = z.object({
  order,
  status: z.string(),
  paid: z.string().meta({ example: 'EUR 48.00' }),
  refunded: z.string(),
  storeCredit: z.string(),
  lines: z.string(),
  customer: z.string(),
  address: z.string(),
});

export const ofPolicy = z
  .string()
  .optional()
  .meta({ description: 'Of several policies, the name of that one; absent: of brands without their own.' });

/** A wider net than the type: a worker newer than this server may know more stages. */
export const ticketView = z.object({
  ref: z.object({ desk: z.string(), account: z.string(), ticketId: z.string() }),
  stage: z.string().meta({ examples: [...stages] }),
  intent: z.string().nullable(),
  confidence: z
    .number()
    .nullable()
    .meta({ description: 'From 0 to 1; null also where the customer goes on with our question.' }),
  rule: z.string().nullable(),
  policyVersion: z.string().nullable(),
  policy: ofPolicy,
  priority: z.string().nullable(),
  turns: z.number(),
  turnPhase: z.string().nullable(),
  question: z.string().nullable(),
  mode: z
    .string()
    .optional()
    .meta({
      description:
        'Which holds, as of the last look; absent, as the two below, when an older worker answers.',
      examples: [...modes],
    }),
  proposal: z
    .object({
      at: milliseconds,
      mode: z.string(),
      rule: z.string(),
      intent: z.string().nullable(),
      policyVersion: z.string(),
      text: z.string().nullable().meta({ description: 'Of the public reply; null: none.' }),
      deeds: z.array(z.string()).readonly(),
    })
    .nullable()
    .optional()
    .meta({ description: 'What was proposed, in draft or shadow, and no agent has answered yet.' }),
  comparisons: z
    .array(
      z.object({
        proposedAt: milliseconds,
        at: milliseconds,
        mode: z.string(),
        rule: z.string(),
        intent: z.string().nullable(),
        policyVersion: z.string(),
        result: z.string(),
        similarity: z.number().nullable(),
      }),
    )
    .readonly()
    .optional()
    .meta({ description: 'What agents sent where something had been proposed: numbers, no words.' }),
  approval: z
    .object({
      draftId: z.string().meta({ description: 'Of exactly this: approve and reject name it.' }),
      text: z.string().meta({ description: 'All that an approval allows, for people.' }),
      actions: z.array(orderAction).readonly().optional(),
      reply: z
        .string()
        .nullable()
        .optional()
        .meta({ description: 'The words for the customer; null: none.' }),
      revision: z.string().optional().meta({ description: "The ticket's stamp when it was decided." }),
      decidedOn: z
        .object({
          hash: z.string(),
          messages: z.array(z.string()).readonly(),
          requesterId: z.string(),
          orders: z.array(orderStanding).readonly(),
        })
        .optional()
        .meta({ description: 'What it rests on: where that is another by then, it is not done.' }),
      since: milliseconds.optional(),
    })
    .nullable()
    .meta({ description: 'The draft that waits.' }),
  settledDrafts: z
    .array(
      z.object({
        draftId: z.string(),
        how: z.enum(['approved', 'rejected', 'timed-out', 'void']),
        by: z.string().nullable(),
        why: z.string().nullable(),
        at: milliseconds,
      }),
    )
    .readonly()
    .optional()
    .meta({ description: 'Drafts that waited before, newest last: the newest 20.' }),
  handOff: z
    .object({
      reason: z.string(),
      group: z.string().nullable(),
      since: milliseconds,
      level: z.number(),
      detail: z.string(),
    })
    .nullable(),
  rating: z
    .enum(ratingScores)
    .nullable()
    .optional()
    .meta({ description: 'How the customer rated the ticket last; null: they did not.' }),
  nextDeadline: z
    .object({
      at: milliseconds,
      reason: z.string(),
      detail: z.string().optional(),
      counted: z
        .object({
          since: milliseconds,
          afterMs: z.number(),
          countedIn: z.enum(['business-hours', 'business-days']),
        })
        .optional()
        .describe('In business time: so long since then. Absent: by the clock'),
    })
    .nullable(),
  clocks: z
    .array(
      z.object({
        clock: z.string().meta({ examples: [...clockNames] }),
        tier: z.string().nullable(),
        target: z.string().meta({ examples: ['4 business hours'] }),
        status: z.enum(['running', 'paused', 'over']),
        why: z.string(),
        since: milliseconds,
        until: milliseconds.nullable(),
        warnAt: milliseconds.nullable(),
        usedMs: z.number().meta({ description: 'By now, counted as the target is.' }),
        targetMs: z.number(),
        warned: z.boolean(),
        breachedAt: milliseconds.nullable(),
      }),
    )
    .readonly()
    .optional()
    .meta({ description: 'What is promised to the customer, and how it stands; empty: nothing.' }),
  timeline: z.array(z.object({ at: milliseconds, kind: z.string(), text: z.string() })).readonly(),
});

/** Each action has what it needs, and nothing that it would pass over. */
function checkMode({
  value,
  issues,
}: z.core.ParsePayload<{ action: string; mode?: Mode | undefined }>): void {
  const { action, mode: given } = value;
  const message =
    action === 'set-mode' && given === undefined
      ? `must say which: ${modes.join(', ')}`
      : action !== 'set-mode' && given !== undefined
        ? `belongs to set-mode, not to ${action}`
        : null;
  if (message !== null) issues.push({ code: 'custom', path: ['mode'], message, input: given });
}

const mode = z.enum(modes, `must be one of ${modes.join(', ')}`);

export const actionBody = z
  .strictObject({
    action: z.enum(agentActions, `must be one of ${agentActions.join(', ')}`),
    by: who.meta({
      description: 'Who steers: a name or id of staff.',
      example: 'maria',
    }),
    reason: why.optional(),
    draftId: text(agentMessageLimits.draftId)
      .optional()
      .meta({ description: 'For approve and reject, which need it: the draft that was read.' }),
    mode: mode.optional().meta({ description: 'For set-mode.' }),
  })
  .check(checkMode);
export type ActionBody = z.output<typeof actionBody>;

export const setModeBody = z.strictObject({
  mode,
  by: who.meta({ description: 'A name or id of staff.', example: 'maria' }),
  intent: z
    .string()
    .regex(intentPattern, 'must be the name of an intent of the policy, such as refund')
    .optional()
    .meta({ description: 'Left out: the whole company.' }),
  reason: why.optional(),
});

const switchedMode = z.object({
  mode,
  by: z.string(),
  reason: z.string().nullable(),
  at: milliseconds,
});

export const switchedModes = z.object({
  company: switchedMode.nullable().meta({ description: 'Null: nobody has switched it.' }),
  intents: z
    .record(z.string(), switchedMode)
    .readonly()
    .meta({ description: 'Those that are not auto, by intent.' }),
});

export const webhookAnswer = z.object({
  accepted: z.boolean(),
  workflowId: z.string().nullable(),
  reason: z.string().nullable(),
});

export const problemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    instance: z.string().optional(),
    code: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string(), found: z.string() })).optional(),
  })
  .meta({ description: 'RFC 9457.' });
