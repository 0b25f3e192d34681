/**
 * What may be written to a webhook (developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks): those for
 * events and those for triggers, each posting JSON. Which of the two it is, is settled when it is made.
 */
import { z } from 'zod';
import { ApiError } from './errors';

export const triggerSubscription = 'conditional_ticket_events';

const subscriptions = z
  .array(
    z
      .string()
      .regex(
        /^(zen:event-type:.+|conditional_ticket_events)$/,
        `must start with zen:event-type: or be ${triggerSubscription}`,
      ),
  )
  .min(1)
  .refine(
    (given) => given.length === 1 || !given.includes(triggerSubscription),
    `${triggerSubscription} cannot be combined with event subscriptions`,
  );

const fields = {
  name: z.string().min(1),
  description: z.string().nullable(),
  endpoint: z.url({ protocol: /^https?$/ }),
  http_method: z.literal('POST', { error: 'must be POST for event subscriptions' }),
  request_format: z.literal('json', { error: 'must be json for event subscriptions' }),
  status: z.enum(['active', 'inactive']),
  subscriptions,
  custom_headers: z.record(z.string(), z.string()),
};

const creation = z.object({
  ...fields,
  description: fields.description.default(null),
  status: fields.status.default('active'),
  custom_headers: fields.custom_headers.default({}),
});
/** PUT demands what a webhook must have; the subscriptions it has stay. */
const replacement = creation.extend({ status: fields.status, subscriptions: subscriptions.optional() });
const patch = z.object(fields).partial();

export type WebhookPatch = z.infer<typeof patch>;

/** @throws ApiError 400, naming every field. */
export function parseWebhook(body: unknown): z.infer<typeof creation> {
  return parse(creation, body);
}

/** @param how - PUT gives all of it anew, PATCH what is named. @throws ApiError 400, naming every field. */
export function parseWebhookChange(how: 'PUT' | 'PATCH', body: unknown): WebhookPatch {
  const { subscriptions: given, ...rest } = how === 'PUT' ? parse(replacement, body) : parse(patch, body);
  return { ...rest, ...(given === undefined ? {} : { subscriptions: given }) };
}

export function invalidWebhook(details: readonly string[]): ApiError {
  return new ApiError(400, {
    errors: details.map((detail) => ({ code: 'InvalidWebhook', title: 'Invalid webhook', detail })),
  });
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = z.object({ webhook: schema }).safeParse(body);
  if (parsed.success) return parsed.data.webhook;
  throw invalidWebhook(
    parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`),
  );
}
