/** `/api/v2/webhooks` (developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks). */
import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { requireAdmin, type Authenticate } from '../answers/auth';
import type { DeskContext } from '../context';
import { newerError } from '../answers/errors';
import type { InvocationLog } from './invocations';
import { pageOf, queryValue } from '../lists/pagination';
import { zendeskTime, type Webhook } from '../store/records';
import { webhookView } from '../lists/views';
import { parseWebhook, parseWebhookChange } from './webhookBody';

export function webhookRoutes(
  app: FastifyInstance,
  desk: DeskContext,
  authenticate: Authenticate,
  invocations: InvocationLog,
): void {
  const { store, clock } = desk;

  app.post('/api/v2/webhooks', async (request, reply) => {
    const user = requireAdmin(authenticate(request));
    const given = parseWebhook(request.body);
    const at = zendeskTime(clock());
    const webhook: Webhook = {
      id: randomUUID(),
      ...given,
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
    const [name, status] = [
      queryValue(request, 'filter[name_contains]'),
      queryValue(request, 'filter[status]'),
    ];
    const found = [...store.webhooks.values()].filter(
      (webhook) => webhook.name.includes(name ?? '') && (status === undefined || webhook.status === status),
    );
    return pageOf(request, 'webhooks', found, webhookView).body;
  });

  app.get<{ Params: { id: string } }>('/api/v2/webhooks/:id', (request) => {
    requireAdmin(authenticate(request));
    return { webhook: webhookView(byId(request.params.id)) };
  });

  for (const method of ['PUT', 'PATCH'] as const) {
    app.route<{ Params: { id: string } }>({
      method,
      url: '/api/v2/webhooks/:id',
      handler: async (request, reply) => {
        requireAdmin(authenticate(request));
        const present = byId(request.params.id);
        const changed = { ...present, ...parseWebhookChange(method, present, request.body) };
        await store.write((tx) => tx.put('webhooks', { ...changed, updated_at: zendeskTime(clock()) }));
        return reply.status(204).send();
      },
    });
  }

  app.delete<{ Params: { id: string } }>('/api/v2/webhooks/:id', async (request, reply) => {
    requireAdmin(authenticate(request));
    const { id } = byId(request.params.id);
    // Documented for people in the Admin Center, inferred for the API.
    const caller = [...store.triggers.values()].find(({ actions }) =>
      actions.some(({ value }) => value[0] === id),
    );
    if (caller !== undefined) {
      throw newerError(400, 'WebhookInUse', `Webhook is connected to the trigger "${caller.title}"`);
    }
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

  app.get<{ Params: { id: string } }>('/api/v2/webhooks/:id/invocations', (request) => {
    requireAdmin(authenticate(request));
    return pageOf(request, 'invocations', invocations.of(byId(request.params.id).id), (one) => one).body;
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
