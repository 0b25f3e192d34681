/**
 * HTTP integrations and views (developers.gorgias.com/reference/{integrations,create-integration,views,create-view}). Seen in Gorgias' pages: views are lists of tickets, their filters code that
 * is written anew. Inferred: that what has a `deactivated_datetime` is off until that is null.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { RecordStore } from '../common/recordStore';
import { notFound } from './apiErrors';
import { read } from './bodies';
import { gorgiasTime, type Setting, type Tables } from './records';
import { ownIntegrations } from './ticketChanges';
import { filters, noContent, pageOf, queryOf } from './wire';

interface Setup {
  readonly tables: Pick<Tables, 'settings'>;
  readonly store: RecordStore;
  readonly clock: () => number;
}
type ById = { Params: { id: string } };
type Body = Readonly<Record<string, unknown>>;

const triggers = [
  ...['ticket-created', 'ticket-updated', 'ticket-message-created', 'ticket-self-unsnoozed'],
  'ticket-message-failed',
];
const http = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  headers: z.record(z.string(), z.string()).optional(),
  form: z.record(z.string(), z.unknown()).nullish(),
  request_content_type: z.string(),
  response_content_type: z.string(),
  triggers: z.partialRecord(z.enum(triggers), z.boolean()).optional(),
});
const off = z.iso.datetime({ offset: true }).nullable().optional();
const integration = z.strictObject({
  ...{ name: z.string().min(1), type: z.literal('http'), http },
  ...{ description: z.string().nullish(), deactivated_datetime: off },
});
const view = z.strictObject({
  name: z.string().min(1),
  type: z.literal('ticket-list').optional(),
  filters: z.string().regex(/^\w+\(/),
  fields: z.array(z.string()).optional(),
  order_by: z.string().optional(),
  order_dir: z.enum(['asc', 'desc']).optional(),
  visibility: z.enum(['public', 'shared', 'private']).optional(),
  deactivated_datetime: off,
});

interface Kind {
  readonly kind: Setting['kind'];
  readonly what: string;
  /** The first id. */
  readonly first: number;
  readonly made: z.ZodType<Body>;
  readonly changed: z.ZodType<Body>;
}
const kinds: readonly Kind[] = [
  {
    kind: 'integrations',
    what: 'Integration',
    first: 3001,
    made: integration,
    changed: integration.partial(),
  },
  { kind: 'views', what: 'View', first: 7001, made: view, changed: view.partial() },
];

/** Those that customers write through are there, and nobody's to change. */
const given = Object.values(ownIntegrations).map(({ id, ...body }): Setting => {
  return { id, kind: 'integrations', body, created_datetime: gorgiasTime(0) };
});

export function setupRoutes(app: FastifyInstance, { tables, store, clock }: Setup): void {
  const { records } = tables.settings;
  for (const { kind, what, first, made, changed } of kinds) {
    const path = `/api/${kind}`;
    const settingAt = (id: string): Setting => {
      const setting = records.get(Number(id));
      if (setting?.kind !== kind) throw notFound(what);
      return setting;
    };
    app.get(path, (request) =>
      pageOf(
        request,
        queryOf(request, filters[kind]),
        [...given, ...records.values()].filter((one) => one.kind === kind),
        {
          orders: { created_datetime: ({ created_datetime: at }) => at },
          ...{ defaultOrder: 'created_datetime:asc', view: shown },
        },
      ),
    );
    app.post(path, async (request, reply) => {
      const body = read(made, request.body);
      const setting = await store.write((tx): Setting => {
        const at = gorgiasTime(clock());
        const one = { id: tx.next(kind, first), kind, body, created_datetime: at };
        tx.put(tables.settings, one);
        return one;
      });
      return reply.status(201).send(shown(setting));
    });
    app.put<ById>(`${path}/:id`, async (request, reply) => {
      const present = settingAt(request.params.id);
      const change = read(changed, request.body);
      const setting = { ...present, body: { ...present.body, ...change } };
      await store.write((tx) => tx.put(tables.settings, setting));
      return reply.status(202).send(shown(setting));
    });
    app.delete<ById>(`${path}/:id`, async (request, reply) => {
      const { id } = settingAt(request.params.id);
      await store.write((tx) => tx.remove(tables.settings, id));
      return noContent(reply);
    });
  }
}

function shown({ id, kind, body, created_datetime }: Setting): Record<string, unknown> {
  const code = body['filters'];
  return {
    ...{ id, uri: `/api/${kind}/${id}/`, created_datetime, deactivated_datetime: null, ...body },
    ...(typeof code === 'string' ? { filters: code.replaceAll("'", '"').replaceAll(' && ', ' &&\n') } : {}),
  };
}
