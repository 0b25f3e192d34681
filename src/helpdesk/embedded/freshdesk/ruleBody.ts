/** What an automation rule is made of: developers.freshdesk.com/api/#automations */
import { z } from 'zod';

const named = z.looseObject({ field_name: z.string().min(1) });
const conditions = z
  .array(
    z.strictObject({
      name: z.enum(['condition_set_1', 'condition_set_2']),
      match_type: z.enum(['all', 'any']),
      properties: z.array(named.extend({ operator: z.string() })).min(1),
    }),
  )
  .min(1)
  .max(2);
const webhook = z.strictObject({
  field_name: z.literal('trigger_webhook'),
  url: z.url({ protocol: /^https?$/ }),
  request_type: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  content_type: z.enum(['XML', 'JSON', 'X-FORM-URLENCODED']),
  content_layout: z.enum(['1', '2']),
  content: z.record(z.string(), z.string()),
  custom_headers: z
    .record(z.string(), z.string())
    .refine((headers) => Object.keys(headers).length <= 5)
    .optional(),
  auth_header: z.record(z.string(), z.string()).optional(),
});
const field = z.strictObject({
  field_name: z.string().refine((name) => name !== 'trigger_webhook'),
  value: z.unknown(),
});
export const ruleBody = z.strictObject({
  name: z.string().min(1).max(255),
  description: z.string().optional(),
  active: z.boolean().optional(),
  position: z.int().min(1).optional(),
  operator: z.string().optional(),
  performer: z.strictObject({ type: z.int().min(1).max(4), members: z.array(z.int()).optional() }).optional(),
  events: z.array(named).min(1).optional(),
  conditions: conditions.optional(),
  actions: z.array(z.union([webhook, field])).min(1),
});
export type RuleBody = z.infer<typeof ruleBody>;
