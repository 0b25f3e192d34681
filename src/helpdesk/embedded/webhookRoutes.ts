/** `/api/v2/webhooks` (developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks): event webhooks only. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireAdmin, type Authenticate } from './auth';
import type { DeskContext } from './context';
import { ApiError, newerError } from './errors';
import { pageOf } from './pagination';
import { zendeskTime, type Webhook } from './records';
import { webhookView } from './views';

const creationSchema = z.object({
  webhook: z.object({
    name: z.string().min(1),
    endpoint: z.url({ protocol: /^https?$/ }),
    http_method: z.literal('POST', { error: 'must be POST for event subscriptions' }),
    request_format: z.literal('json', { error: 'must be json for event subscriptions' }),
    status: z.enum(['active', 'inactive']).default('active'),
    subscriptions: z
      .array(
        z.string().regex(/^zen:event-type:/, 'must start with zen:event-type: (this desk has no triggers)'),
      )
      .min(1),
    custom_headers: z.record(z.string(), z.string()).default({}),
  }),
});

export function webhookRoutes(app: FastifyInstance, desk: DeskContext, authenticate: Authenticate): void {
  const { store, clock } = desk;

  app.post('/api/v2/webhooks', async (request, reply) => {
    const user = requireAdmin(authenticate(request));
    const parsed = creationSchema.safeParse(request.body);
    if (!parsed.success) throw invalidWebhook(parsed.error);
    const at = zendeskTime(clock());
    const webhook: Webhook = {
      id: randomUUID(),
      ...parsed.data.webhook,
      secret: newSecret(),
      created_at: at,
      updated_at: at,
      created_by: String(user.id),
    };
    await store.write((tx) => tx.put('webhooks', webhook));
    return reply.status(201).send({ webhook: webhookView(webhook) });
  });

  app.get('/api/v2/webhooks', (request) => {
    requireAdmin(authenticate(request));
    return pageOf(request, 'webhooks', [...store.webhooks.values()], webhookView).body;
  });

  app.get<{ Params: { id: string } }>('/api/v2/webhooks/:id', (request) => {
    requireAdmin(authenticate(request));
    return { webhook: webhookView(byId(request.params.id)) };
  });

  app.delete<{ Params: { id: string } }>('/api/v2/webhooks/:id', async (request, reply) => {
    requireAdmin(authenticate(request));
    const { id } = byId(request.params.id);
    await store.write((tx) => tx.remove('webhooks', id));
    return reply.status(204).send();
  });

  app.get<{ Params: { id: string } }>('/api/v2/webhooks/:id/signing_secret', (request) => {
    requireAdmin(authenticate(request));
    return { signing_secret: { algorithm: 'SHA256', secret: byId(request.params.id).secret } };
  });

  app.post<{ Params: { id: string } }>('/api/v2/webhooks/:id/signing_secret', async (request, reply) => {
    requireAdmin(authenticate(request));
    const webhook = { ...byId(request.params.id), secret: newSecret(), updated_at: zendeskTime(clock()) };
    await store.write((tx) => tx.put('webhooks', webhook));
    return reply.status(201).send({ signing_secret: { algorithm: 'SHA256', secret: webhook.secret } });
  });

  function byId(id: string): Webhook {
    const webhook = store.webhooks.get(id);
    if (webhook === undefined) throw newerError(404, 'WebhookNotFound', 'Webhook not found');
    return webhook;
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function invalidWebhook(error: z.ZodError): ApiError {
  return new ApiError(400, {
    errors: error.issues.map((issue) => ({
      code: 'InvalidWebhook',
      title: 'Invalid webhook',
      detail: `${issue.path.map(String).join('.')}: ${issue.message}`,
    })),
  });
}
