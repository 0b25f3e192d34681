/**
 * What may be written to a webhook (developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks): those for
 * events and those for triggers, each posting JSON. Which of the two it is, is settled when it is made.
 */
import { z } from 'zod';
import { isObject } from '../../../../core/isObject';
import { ApiError } from '../../common/apiError';
import { triggerSubscription } from './triggers';

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

const webhook = z.object({
  name: z.string().min(1),
  description: z.string().nullable().default(null),
  endpoint: z.url({ protocol: /^https?$/ }),
  http_method: z.literal('POST', { error: 'must be POST for event subscriptions' }),
  request_format: z.literal('json', { error: 'must be json for event subscriptions' }),
  status: z.enum(['active', 'inactive']).default('active'),
  subscriptions,
  custom_headers: z.record(z.string(), z.string()).default({}),
});
type WebhookBody = z.infer<typeof webhook>;

/** @throws ApiError 400, naming every field. */
export function parseWebhook(body: unknown): WebhookBody {
  return parse(body, {});
}

/**
 * PUT gives all of it anew but the subscriptions, PATCH what is named.
 * @throws ApiError 400, naming every field; also for a change between the two kinds.
 */
export function parseWebhookChange(how: 'PUT' | 'PATCH', present: WebhookBody, body: unknown): WebhookBody {
  const { subscriptions: kept } = present;
  const changed = parse(body, how === 'PATCH' ? present : { subscriptions: kept });
  if (changed.subscriptions.includes(triggerSubscription) === kept.includes(triggerSubscription)) {
    return changed;
  }
  throw invalidWebhook([`subscriptions: cannot change to or from ${triggerSubscription}`]);
}

function invalidWebhook(details: readonly string[]): ApiError {
  return new ApiError(400, {
    errors: details.map((detail) => ({ code: 'InvalidWebhook', title: 'Invalid webhook', detail })),
  });
}

function parse(body: unknown, present: Partial<WebhookBody>): WebhookBody {
  const given = isObject(body) && isObject(body['webhook']) ? body['webhook'] : undefined;
  const parsed = z
    .object({ webhook })
    .safeParse({ webhook: given === undefined ? given : { ...present, ...given } });
  if (parsed.success) return parsed.data.webhook;
  throw invalidWebhook(
    parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`),
  );
}
