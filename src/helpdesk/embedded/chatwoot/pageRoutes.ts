/**
 * What the desk's page talks to: `/_desk/...`, in the words that the page has for every desk. Here a customer writes and
 * an agent works as people would in a browser; tests and demos use the same endpoints.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { textOfHtml } from '../../comments/commentHtml';
import type { LiveUpdates } from '../common/liveUpdates';
import {
  agentBody,
  customerMessageBody,
  invalidBody,
  newTicketBody,
  ratingBody,
  readBody,
  wordIn,
  type AgentChange,
} from '../common/pageBodies';
import { servePage, type DemoCustomer } from '../common/pageFiles';
import type { Transaction } from '../common/recordStore';
import type { Actor, ChatwootContext, Written } from './context';
import {
  addMessage,
  contactByEmail,
  createConversation,
  updateConversation,
  type Fields,
} from './conversationChanges';
import { conversationById } from './conversationRoutes';
import {
  inboxes,
  inboxOf,
  type Attachment,
  type Contact,
  type Conversation,
  type Inbox,
  type Tables,
} from './records';
import { messagesOf } from './views';

/** Of a mail: a machine says that it wrote it (RFC 3834). */
const machine = { autoReply: z.boolean().default(false) };
const newTicketSchema = newTicketBody.extend(machine);
const customerMessageSchema = customerMessageBody.extend(machine);
const inboxWords = { email: 1, web: 2, chat: 2, 'web-chat': 2, phone: 3, api: 3, whatsapp: 4 } as const;
const dayMs = 24 * 3_600_000;
const statusWords: Readonly<Record<string, (now: number) => Fields>> = {
  open: () => ({ status: 'open' }),
  pending: () => ({ status: 'snoozed', snoozed_until: null }),
  'waiting-on-customer': () => ({ status: 'snoozed', snoozed_until: null }),
  hold: (now) => ({ status: 'snoozed', snoozed_until: now + dayMs }),
  solved: () => ({ status: 'resolved' }),
  closed: () => ({ status: 'resolved' }),
};
const ratingNumbers = { good: 5, neutral: 3, bad: 1 } as const;

type Message = z.infer<typeof customerMessageSchema>;
type ById = { Params: { id: string } };

export function pageRoutes(
  app: FastifyInstance,
  desk: ChatwootContext,
  live: LiveUpdates,
  customers: readonly DemoCustomer[],
): void {
  const { tables } = desk;
  servePage(app);
  app.get('/_desk/events', (_request, reply) => live.add(reply));
  app.get('/_desk/customers', () => ({ customers }));
  app.get('/_desk/team', () => ({
    agents: [...tables.users.records.values()].map(({ id, name }) => ({
      ...{ id, name },
      groupIds: teamsOf(tables, id),
    })),
    groups: [...tables.teams.records.values()].map(({ id, name }) => ({ id, name })),
  }));
  app.get('/_desk/tickets', () => ({
    tickets: [...tables.conversations.records.values()]
      .sort((a, b) => a.updated_at - b.updated_at || a.id - b.id)
      .slice(-200)
      .reverse()
      .map((conversation) => summary(tables, conversation)),
  }));
  app.get<ById>('/_desk/tickets/:id', (request) => {
    const conversation = conversationById(tables, request.params.id);
    return { ticket: summary(tables, conversation), comments: threadOf(tables, conversation) };
  });

  app.post('/_desk/customer/tickets', async (request, reply) => {
    const { email, name, subject, ...message } = readBody(newTicketSchema, request.body);
    const written = await desk.change((tx) => {
      const contact = contactByEmail(desk, tx, { name, email });
      const inbox = inboxFor(message.channel);
      const isMail = inbox.channel_type === 'Channel::Email';
      const additional = isMail ? { source: 'email', mail_subject: subject } : {};
      const made = createConversation(desk, tx, contact, inbox, additional);
      return { ...said(desk, tx, made.conversation, contact, message, email), isNew: true };
    });
    return reply.status(201).send(idsIn(written));
  });

  app.post<ById>('/_desk/customer/tickets/:id/comments', async (request, reply) => {
    conversationById(tables, request.params.id);
    const message = readBody(customerMessageSchema, request.body);
    const written = await desk.change((tx) => {
      const conversation = conversationById(tables, request.params.id);
      const contact = tx.get(tables.contacts, conversation.contact_id);
      if (contact === undefined) throw invalidBody('the customer is gone');
      return said(desk, tx, conversation, contact, message, message.email ?? contact.email);
    });
    return reply.status(201).send(idsIn(written));
  });

  app.post<ById>('/_desk/agent/tickets/:id', async (request) => {
    conversationById(tables, request.params.id);
    const body = readBody(agentBody, request.body);
    const user = tables.users.records.get(body.agentId);
    if (user === undefined) throw invalidBody(`${body.agentId} is not an agent`);
    const by = { type: 'User', user } as const;
    const written = await desk.change((tx) => {
      const conversation = conversationById(tables, request.params.id);
      const changed = updateConversation(desk, tx, conversation, fieldsOf(body, desk.clock()), by);
      if (body.comment === undefined) return changed;
      const { body: content, public: isPublic } = body.comment;
      const message = { content, message_type: 'outgoing', private: !isPublic } as const;
      return together(changed, addMessage(desk, tx, changed.conversation, by, message));
    });
    return idsIn(written);
  });

  app.post<ById>('/_desk/customer/tickets/:id/rating', async (request, reply) => {
    conversationById(tables, request.params.id);
    const { score, comment } = readBody(ratingBody, request.body);
    const written = await desk.change((tx) => {
      const conversation = conversationById(tables, request.params.id);
      const contact = tx.get(tables.contacts, conversation.contact_id);
      if (contact === undefined) throw invalidBody('the customer is gone');
      const by = { type: 'Contact', contact } as const;
      const asks = { content: 'Please rate the conversation', message_type: 'template' } as const;
      const earlier = messagesOf(tables, conversation.id).find((one) => one.content_type === 'input_csat');
      // Chatwoot asks when a conversation is resolved; here it does when it is answered.
      const asked =
        earlier === undefined
          ? addMessage(desk, tx, conversation, by, { ...asks, content_type: 'input_csat' })
          : { conversation, isNew: false, messages: [], changes: {} };
      const answer = { rating: ratingNumbers[score], feedback_message: comment ?? '' };
      const updated = [earlier ?? asked.messages[0]].flatMap((survey) =>
        survey === undefined
          ? []
          : [{ ...survey, content_attributes: { submitted_values: { csat_survey_response: answer } } }],
      );
      for (const rated of updated) tx.put(tables.messages, rated);
      return { ...asked, updated };
    });
    return reply.status(201).send(idsIn(written));
  });
}

/** Two steps as one. */
function together(first: Written, second: Written): Written {
  return {
    conversation: second.conversation,
    isNew: first.isNew || second.isNew,
    messages: [...first.messages, ...second.messages],
    changes: { ...first.changes, ...second.changes },
  };
}

/** A mail bears its own sender; whoever writes, Chatwoot files it under the contact of the conversation. */
function said(
  desk: ChatwootContext,
  tx: Transaction,
  conversation: Conversation,
  contact: Contact,
  message: Message,
  from: string | null,
): Written {
  const isMail = inboxOf(conversation).channel_type === 'Channel::Email';
  const content = message.html === undefined ? message.body : textOfHtml(message.html);
  const mail = {
    ...{
      from: from === null ? [] : [from.toLowerCase()],
      to: ['care@demo-shop.example'],
      cc: null,
      bcc: null,
    },
    html_content: message.html === undefined ? {} : { full: message.html, reply: message.html, quoted: '' },
    text_content: message.html === undefined ? { full: content, reply: content, quoted: content } : {},
    auto_reply: message.autoReply,
  };
  const by: Actor = { type: 'Contact', contact };
  return addMessage(desk, tx, conversation, by, {
    ...{ content, message_type: 'incoming', attachments: attachmentsOf(message) },
    ...(isMail ? { content_type: 'incoming_email', content_attributes: { email: mail } } : {}),
  });
}

function inboxFor(channel: string): Inbox {
  const wanted = wordIn(inboxWords, channel, 'channel');
  return inboxes.find(({ id }) => id === wanted) ?? inboxes[0];
}

function attachmentsOf({ attachments }: Message): Attachment[] {
  return attachments.map(({ file_name: name, content_type: type, size }, at) => ({
    id: at + 1,
    file_type: (['image', 'audio', 'video'] as const).find((kind) => type.startsWith(kind)) ?? 'file',
    data_url: `https://files.example/rails/active_storage/blobs/redirect/x/${encodeURIComponent(name)}`,
    file_size: size,
  }));
}

function fieldsOf(body: AgentChange, now: number): Fields {
  const { status, priority, assigneeId, groupId, tags } = body;
  return {
    ...(status === undefined ? {} : wordIn(statusWords, status, 'status')(now)),
    ...(priority === undefined ? {} : { priority: priority === 'normal' ? 'medium' : priority }),
    ...(assigneeId === undefined ? {} : { assignee_id: assigneeId }),
    ...(groupId === undefined ? {} : { team_id: groupId }),
    ...(tags === undefined ? {} : { labels: tags }),
  };
}

function wordOf({ status, snoozed_until: until }: Conversation): string {
  const words = { open: 'open', pending: 'new', resolved: 'solved' } as const;
  return status === 'snoozed' ? (until === null ? 'pending' : 'hold') : words[status];
}

function summary(tables: Tables, conversation: Conversation) {
  const { id, labels: tags, updated_at, assignee_id: assigneeId, team_id: groupId, priority } = conversation;
  const rated = messagesOf(tables, id).find((one) => one.content_type === 'input_csat');
  const survey = surveySchema.safeParse(rated?.content_attributes).data?.submitted_values
    .csat_survey_response;
  const score = Object.entries(ratingNumbers).find(([, number]) => number === survey?.rating)?.[0];
  return {
    ...{ id, tags, assigneeId, groupId, updatedAt: new Date(updated_at).toISOString() },
    subject: z.string().catch('').parse(conversation.additional_attributes['mail_subject']),
    status: wordOf(conversation),
    priority: priority === 'medium' ? 'normal' : priority,
    requester: tables.contacts.records.get(conversation.contact_id)?.name ?? '',
    assignee: tables.users.records.get(assigneeId ?? 0)?.name ?? null,
    group: tables.teams.records.get(groupId ?? 0)?.name ?? null,
    rating: survey === undefined ? null : { score: score ?? '', comment: survey.feedback_message || null },
    ratable: conversation.status === 'resolved',
  };
}

const surveySchema = z.object({
  submitted_values: z.object({
    csat_survey_response: z.object({ rating: z.int(), feedback_message: z.string() }),
  }),
});

function threadOf(tables: Tables, conversation: Conversation) {
  return messagesOf(tables, conversation.id)
    .filter(({ message_type: type }) => type !== 'activity')
    .map(({ id, content, sender, created_at, attachments, private: isPrivate }) => ({
      ...{ id, text: content, public: !isPrivate, staff: sender?.type === 'User' },
      author:
        (sender?.type === 'User'
          ? tables.users.records.get(sender.id)?.name
          : tables.contacts.records.get(sender?.id ?? 0)?.name) ?? '',
      at: new Date(created_at).toISOString(),
      attachments: attachments.map(({ data_url: url }) => decodeURIComponent(url.split('/').at(-1) ?? '')),
    }));
}

function teamsOf(tables: Tables, userId: number): readonly number[] {
  return [...tables.teams.records.values()].flatMap(({ id, member_ids: members }) =>
    members.includes(userId) ? [id] : [],
  );
}

function idsIn({ conversation, messages }: Written): { ticketId: string; commentId: string } {
  const said = messages.find(({ message_type: type }) => type !== 'activity');
  return { ticketId: String(conversation.id), commentId: String(said?.id ?? 0) };
}
