/** Conversations, their messages and their fields: app/controllers/api/v1/accounts/conversations{,/*}_controller.rb */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { couldNot, notFound } from './apiErrors';
import type { ChatwootContext, Written } from './context';
import { addMessage, updateConversation, type Fields } from './conversationChanges';
import { booleanParam, objectParam, queryValues, readParams } from './params';
import { requireDefined } from './attributes';
import { inboxOf, priorities, statuses, type Conversation, type Tables, type User } from './records';
import { agentView, contactView, conversationView, messagesOf, messageView } from './views';

type ById = { Params: { id: string } };

const base = '/api/v1/accounts/1/conversations';
const perPage = 25;
const messagesAfter = 100;
const messagesBefore = 20;

const messageParams = z.strictObject({
  content: z.string().min(1),
  message_type: z.enum(['incoming', 'outgoing']).default('outgoing'),
  private: booleanParam.default(false),
  content_type: z.enum(['text', 'input_select', 'cards', 'form', 'article']).default('text'),
  content_attributes: objectParam.default({}),
  source_id: z.string().nullable().default(null),
  echo_id: z.string().optional(),
});
const statusParams = z.strictObject({
  status: z.enum(statuses).optional(),
  snoozed_until: z.int().nullish(),
});
const priorityParams = z.strictObject({ priority: z.enum(priorities).nullable() });
const labelParams = z.strictObject({ labels: z.array(z.string().regex(/^[^,]+$/)) });
const assignmentParams = z.strictObject({
  assignee_id: z.int().nullable().optional(),
  team_id: z.int().nullable().optional(),
});
const attributeParams = z.strictObject({
  custom_attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  merge: z.boolean().default(false),
});

export function conversationRoutes(app: FastifyInstance, desk: ChatwootContext, me: () => User): void {
  const { tables } = desk;
  const ours = () => ({ type: 'User', user: me() }) as const;
  const update = (id: string, fields: (conversation: Conversation) => Fields): Promise<Written> =>
    desk.change((tx) => {
      const conversation = conversationById(tables, id);
      return updateConversation(desk, tx, conversation, fields(conversation), ours());
    });

  app.get(base, (request) => {
    const found = listed(tables, request, me());
    const page = Number(queryValues(request, 'page').at(-1) ?? 1);
    const mine = found.filter(({ assignee_id: id }) => id === me().id).length;
    const unassigned = found.filter(({ assignee_id: id }) => id === null).length;
    const counts = { mine_count: mine, unassigned_count: unassigned, all_count: found.length };
    const shown = found.slice((page - 1) * perPage, page * perPage);
    return {
      data: {
        meta: { ...counts, assigned_count: found.length - unassigned },
        payload: shown.map((one) => conversationView(desk, one)),
      },
    };
  });

  app.get<ById>(`${base}/:id`, (request) =>
    conversationView(desk, conversationById(tables, request.params.id)),
  );

  app.get<ById>(`${base}/:id/messages`, (request) => {
    const conversation = conversationById(tables, request.params.id);
    const { labels, additional_attributes, contact_id, assignee_id } = conversation;
    const contact = tables.contacts.records.get(contact_id);
    const assignee = tables.users.records.get(assignee_id ?? 0);
    return {
      meta: {
        ...{ labels, additional_attributes, agent_last_seen_at: null, assignee_last_seen_at: null },
        contact: contact === undefined ? null : contactView(contact),
        ...(assignee === undefined ? {} : { assignee: agentView(assignee) }),
      },
      payload: pageOf(request, messagesOf(tables, conversation.id)).map((one) => messageView(tables, one)),
    };
  });

  app.post<ById>(`${base}/:id/messages`, async (request) => {
    conversationById(tables, request.params.id);
    const { echo_id: echoId, ...message } = readParams(messageParams, request.body);
    const { messages } = await desk.change((tx) => {
      const conversation = conversationById(tables, request.params.id);
      const contact = tx.get(tables.contacts, conversation.contact_id);
      const isIncoming = message.message_type === 'incoming';
      if (isIncoming && inboxOf(conversation).channel_type !== 'Channel::Api') {
        throw couldNot('Incoming messages are only allowed in Api inboxes');
      }
      const by = isIncoming && contact !== undefined ? ({ type: 'Contact', contact } as const) : ours();
      return addMessage(desk, tx, conversation, by, message);
    });
    const [made] = messages;
    if (made === undefined) throw new Error('nothing was written');
    return messageView(tables, made, echoId);
  });

  app.post<ById>(`${base}/:id/toggle_status`, async (request) => {
    conversationById(tables, request.params.id);
    const { status, snoozed_until: until } = readParams(statusParams, request.body);
    const { conversation } = await update(request.params.id, (before) => {
      const next = status ?? (before.status === 'open' ? 'resolved' : 'open');
      return {
        status: next,
        ...(until === undefined || until === null ? {} : { snoozed_until: until * 1_000 }),
        // An agent who opens a conversation has it from then on.
        ...(next === 'open' && me().role === 'agent' ? { assignee_id: me().id } : {}),
      };
    });
    return {
      meta: {},
      payload: {
        success: true,
        ...{ current_status: conversation.status, conversation_id: conversation.id },
        snoozed_until: conversation.snoozed_until,
      },
    };
  });

  app.patch<ById>(`${base}/:id`, async (request) => {
    conversationById(tables, request.params.id);
    const { priority } = readParams(priorityParams, request.body);
    const { conversation } = await update(request.params.id, () => ({ priority }));
    return conversationView(desk, conversation);
  });
  app.post<ById>(`${base}/:id/toggle_priority`, async (request, reply) => {
    conversationById(tables, request.params.id);
    const { priority } = readParams(priorityParams, request.body);
    await update(request.params.id, () => ({ priority }));
    return reply.status(200).send('');
  });

  app.get<ById>(`${base}/:id/labels`, (request) => ({
    payload: conversationById(tables, request.params.id).labels,
  }));
  app.post<ById>(`${base}/:id/labels`, async (request) => {
    conversationById(tables, request.params.id);
    const labels = [...new Set(readParams(labelParams, request.body).labels)];
    await update(request.params.id, () => ({ labels }));
    return { payload: labels };
  });

  app.post<ById>(`${base}/:id/custom_attributes`, async (request) => {
    conversationById(tables, request.params.id);
    const { custom_attributes: given, merge } = readParams(attributeParams, request.body);
    requireDefined(tables, Object.keys(given));
    const { conversation } = await update(request.params.id, ({ custom_attributes: before }) => ({
      custom_attributes: merge ? { ...before, ...given } : given,
    }));
    return { custom_attributes: conversation.custom_attributes };
  });

  app.post<ById>(`${base}/:id/assignments`, async (request, reply) => {
    conversationById(tables, request.params.id);
    const { assignee_id: assignee, team_id: team } = readParams(assignmentParams, request.body);
    // Whoever is not found is nobody: the conversation is unassigned then.
    if (assignee !== undefined) {
      const agent = tables.users.records.get(assignee ?? 0) ?? null;
      await update(request.params.id, () => ({ assignee_id: agent?.id ?? null }));
      return reply.type('application/json').send(agent === null ? 'null' : agentView(agent));
    }
    if (team === undefined) return reply.type('application/json').send('null');
    const found = tables.teams.records.get(team ?? 0) ?? null;
    await update(request.params.id, () => ({ team_id: found?.id ?? null }));
    return reply.type('application/json').send(found === null ? 'null' : { id: found.id, name: found.name });
  });
}

/** @throws ApiError 404 */
export function conversationById({ conversations }: Tables, id: string): Conversation {
  const conversation = /^\d{1,15}$/.test(id) ? conversations.records.get(Number(id)) : undefined;
  if (conversation === undefined) throw notFound();
  return conversation;
}

/** app/finders/conversation_finder.rb */
function listed(tables: Tables, request: FastifyRequest, me: User): readonly Conversation[] {
  const one = (name: string): string | undefined => queryValues(request, name).at(-1);
  const status = one('status') ?? 'open';
  const labels = queryValues(request, 'labels').flatMap((text) => text.split(','));
  const assignee = one('assignee_type') ?? 'all';
  const sort = one('sort_by') ?? 'last_activity_at_desc';
  const orders = ['last_activity_at_desc', 'last_activity_at_asc', 'created_at_desc', 'created_at_asc'];
  if (!orders.includes(sort)) throw couldNot(`this desk does not sort by ${sort}`);
  const direction = sort.endsWith('_asc') ? 1 : -1;
  const keyOf = (conversation: Conversation): number =>
    sort.startsWith('created_at') ? conversation.created_at : conversation.last_activity_at;
  return [...tables.conversations.records.values()]
    .filter((conversation) => status === 'all' || conversation.status === status)
    .filter(
      (conversation) => labels.length === 0 || labels.some((label) => conversation.labels.includes(label)),
    )
    .filter(({ assignee_id: id }) => {
      if (assignee === 'me') return id === me.id;
      return assignee === 'all' || (assignee === 'unassigned') === (id === null);
    })
    .sort((a, b) => direction * (keyOf(a) - keyOf(b) || a.id - b.id));
}

/** app/finders/message_finder.rb: the last twenty, twenty before an id, or a hundred after one. */
function pageOf<T extends { readonly id: number }>(
  request: FastifyRequest,
  messages: readonly T[],
): readonly T[] {
  const [after, before] = ['after', 'before'].map((name) => queryValues(request, name).at(-1));
  if (after !== undefined) return messages.filter(({ id }) => id > Number(after)).slice(0, messagesAfter);
  const older = before === undefined ? messages : messages.filter(({ id }) => id < Number(before));
  return older.slice(-messagesBefore);
}
