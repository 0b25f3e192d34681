/**
 * The account's webhooks and labels (app/controllers/api/v1/accounts/{webhooks,labels}_controller.rb, app/models/{webhook,label}.rb,
 * app/policies): an administrator's.
 */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { RecordStore } from '../common/recordStore';
import { notAllowed, notFound, taken } from './apiErrors';
import { readParams } from './params';
import { account, type Label, type Tables, type User, type Webhook } from './records';

interface Setup {
  readonly tables: Pick<Tables, 'webhooks' | 'labels'>;
  readonly store: RecordStore;
}
type ById = { Params: { id: string } };

const base = '/api/v1/accounts/1';
const events = [
  ...['conversation_status_changed', 'conversation_updated', 'conversation_created', 'contact_created'],
  ...['contact_updated', 'message_created', 'message_updated', 'webwidget_triggered', 'inbox_created'],
  ...['inbox_updated', 'conversation_typing_on', 'conversation_typing_off'],
];
const changedWebhook = z.strictObject({
  name: z.string().optional(),
  subscriptions: z.array(z.enum(events)).min(1).optional(),
});
const newWebhook = changedWebhook.extend({
  url: z.url({ protocol: /^https?$/ }),
  inbox_id: z.int().optional(),
});
const changedLabel = z.strictObject({
  title: z
    .string()
    .toLowerCase()
    .regex(/^[\p{L}\p{N}]+[\p{L}\p{N}_-]+$/u)
    .optional(),
  description: z.string().optional(),
  color: z.string().optional(),
  show_on_sidebar: z.boolean().optional(),
});
const newLabel = changedLabel.required({ title: true });

export function setupRoutes(app: FastifyInstance, { tables, store }: Setup, me: () => User): void {
  const administratorsOnly = (): void => {
    if (me().role !== 'administrator') throw notAllowed();
  };

  app.get(`${base}/webhooks`, () => {
    administratorsOnly();
    return { payload: { webhooks: [...tables.webhooks.records.values()].map(webhookView) } };
  });
  app.post(`${base}/webhooks`, async (request) => {
    administratorsOnly();
    const { webhook: given } = readParams(z.strictObject({ webhook: newWebhook }), request.body);
    const { url, name = null, subscriptions = [...events] } = given;
    if ([...tables.webhooks.records.values()].some((one) => one.url === url)) throw taken('url');
    const webhook = await store.write((tx): Webhook => {
      const secret = randomBytes(24).toString('base64url');
      const made = { id: tx.next('webhook', 1), url, name, subscriptions, secret };
      tx.put(tables.webhooks, made);
      return made;
    });
    return { payload: { webhook: webhookView(webhook) } };
  });
  app.patch<ById>(`${base}/webhooks/:id`, async (request) => {
    administratorsOnly();
    const present = tables.webhooks.records.get(Number(request.params.id));
    if (present === undefined) throw notFound();
    const { webhook: given } = readParams(z.strictObject({ webhook: changedWebhook.loose() }), request.body);
    // An address is passed over: only these two may be changed.
    const { name = present.name, subscriptions = present.subscriptions } = given;
    const webhook = { ...present, name, subscriptions };
    await store.write((tx) => tx.put(tables.webhooks, webhook));
    return { payload: { webhook: webhookView(webhook) } };
  });
  app.delete<ById>(`${base}/webhooks/:id`, async (request, reply) => {
    administratorsOnly();
    const id = Number(request.params.id);
    if (!tables.webhooks.records.has(id)) throw notFound();
    await store.write((tx) => tx.remove(tables.webhooks, id));
    return reply.status(200).send();
  });

  app.get(`${base}/labels`, () => ({ payload: [...tables.labels.records.values()] }));
  app.post(`${base}/labels`, async (request) => {
    administratorsOnly();
    const { label: given } = readParams(z.strictObject({ label: newLabel }), request.body);
    const { title, description = null, color = '#1f93ff', show_on_sidebar = false } = given;
    if (isTaken(title, null)) throw taken('title');
    return store.write((tx): Label => {
      const made = { id: tx.next('label', 1), title, description, color, show_on_sidebar };
      tx.put(tables.labels, made);
      return made;
    });
  });
  app.patch<ById>(`${base}/labels/:id`, async (request) => {
    administratorsOnly();
    const present = tables.labels.records.get(Number(request.params.id));
    if (present === undefined) throw notFound();
    const { label: given } = readParams(z.strictObject({ label: changedLabel }), request.body);
    const label: Label = {
      ...present,
      title: given.title ?? present.title,
      description: given.description ?? present.description,
      color: given.color ?? present.color,
      show_on_sidebar: given.show_on_sidebar ?? present.show_on_sidebar,
    };
    if (isTaken(label.title, label.id)) throw taken('title');
    await store.write((tx) => tx.put(tables.labels, label));
    return label;
  });
  app.delete<ById>(`${base}/labels/:id`, async (request, reply) => {
    administratorsOnly();
    const id = Number(request.params.id);
    if (!tables.labels.records.has(id)) throw notFound();
    await store.write((tx) => tx.remove(tables.labels, id));
    return reply.status(200).send();
  });

  function isTaken(title: string, by: number | null): boolean {
    return [...tables.labels.records.values()].some((one) => one.title === title && one.id !== by);
  }
}

function webhookView(webhook: Webhook): Record<string, unknown> {
  return { ...webhook, account_id: account.id };
}
