/**
 * `/api/v2/triggers` (developer.zendesk.com/api-reference/ticketing/business-rules/triggers): those that call a webhook.
 * Conditions may be written beside the title or below `conditions`, as Zendesk's documents have it both ways.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isObject } from '../../../../core/isObject';
import { requireAdmin, requireStaff, type Authenticate } from '../answers/auth';
import type { DeskContext } from '../context';
import { invalidAttribute, recordInvalid, recordNotFound } from '../answers/errors';
import { pageOf } from '../lists/pagination';
import { triggerSchema, zendeskTime, type Trigger } from '../store/records';

const { all: conditions, actions } = triggerSchema.shape;
const bodySchema = z.object({
  title: z.string().min(1),
  description: z.string().nullable().default(null),
  active: z.boolean().default(true),
  all: conditions.default([]),
  any: conditions.default([]),
  actions: actions.min(1),
});
type TriggerBody = z.infer<typeof bodySchema>;

export function triggerRoutes(app: FastifyInstance, desk: DeskContext, authenticate: Authenticate): void {
  const { store, clock } = desk;

  app.get('/api/v2/triggers', (request) => {
    requireStaff(authenticate(request));
    return pageOf(request, 'triggers', [...store.triggers.values()], shownTrigger).body;
  });

  app.post('/api/v2/triggers', async (request, reply) => {
    requireAdmin(authenticate(request));
    const given = parse(request.body, {});
    const at = zendeskTime(clock());
    const trigger = await store.write((tx): Trigger => {
      const made = { id: tx.next('record'), ...given, created_at: at, updated_at: at };
      tx.put('triggers', made);
      return made;
    });
    return reply.status(201).send({ trigger: shownTrigger(trigger) });
  });

  app.get<{ Params: { id: string } }>('/api/v2/triggers/:id', (request) => {
    requireStaff(authenticate(request));
    return { trigger: shownTrigger(byId(request.params.id)) };
  });

  app.put<{ Params: { id: string } }>('/api/v2/triggers/:id', async (request) => {
    requireAdmin(authenticate(request));
    const present = byId(request.params.id);
    const trigger: Trigger = {
      ...present,
      ...parse(request.body, present),
      updated_at: zendeskTime(clock()),
    };
    await store.write((tx) => tx.put('triggers', trigger));
    return { trigger: shownTrigger(trigger) };
  });

  app.delete<{ Params: { id: string } }>('/api/v2/triggers/:id', async (request, reply) => {
    requireAdmin(authenticate(request));
    const { id } = byId(request.params.id);
    await store.write((tx) => tx.remove('triggers', id));
    return reply.status(204).send();
  });

  function byId(id: string): Trigger {
    if (!/^\d+$/.test(id)) throw invalidAttribute('id', 'must be an integer');
    const trigger = store.triggers.get(Number(id));
    if (trigger === undefined) throw recordNotFound();
    return trigger;
  }

  /** @throws ApiError 400, 422 */
  function parse(body: unknown, present: Partial<TriggerBody>): TriggerBody {
    const given = isObject(body) && isObject(body['trigger']) ? body['trigger'] : undefined;
    const below = isObject(given?.['conditions']) ? given['conditions'] : {};
    const parsed = bodySchema.safeParse(given === undefined ? given : { ...present, ...given, ...below });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw invalidAttribute(issue?.path.map(String).join('.') ?? 'trigger', issue?.message ?? 'is invalid');
    }
    const trigger = parsed.data;
    if (trigger.all.length + trigger.any.length === 0) {
      throw recordInvalid('base', 'Conditions: at least one is needed');
    }
    for (const { value } of trigger.actions) {
      if (!store.webhooks.has(value[0])) throw recordInvalid('actions', `Actions: no webhook ${value[0]}`);
    }
    return trigger;
  }
}

function shownTrigger({ all, any, ...trigger }: Trigger): Record<string, unknown> {
  return { ...trigger, default: false, position: 1, conditions: { all, any } };
}
