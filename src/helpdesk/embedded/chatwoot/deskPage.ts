/** Chatwoot as the desk's page sees it, and what customers and agents do there, as people would in a browser. */
import { z } from 'zod';
import { textOfHtml } from '../../comments/commentHtml';
import {
  agentBody,
  customerMessageBody,
  invalidBody,
  newTicketBody,
  ratingBody,
  readBody,
  wordFor,
  wordIn,
  type AgentChange,
} from '../common/pageBodies';
import { byChange, nameIn, teamOf, type DeskPage } from '../common/pageRoutes';
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
export function chatwootPage(desk: ChatwootContext): DeskPage<Transaction, Conversation, Written> {
  const { tables, clock } = desk;
  const contactOf = (tx: Transaction, { contact_id: id }: Conversation): Contact => {
    const contact = tx.get(tables.contacts, id);
    if (contact === undefined) throw invalidBody('the customer is gone');
    return contact;
  };
  return {
    team: () => teamOf(tables.users.records, tables.teams.records),
    tickets: () => byChange(tables.conversations.records.values(), ({ updated_at: at }) => at),
    ticketById: (id) => conversationById(tables, id),
    shown: (conversation) => summary(tables, conversation),
    thread: (conversation) => threadOf(tables, conversation),

    customerOpens: (tx, body) => {
      const { email, name, subject, ...message } = readBody(newTicketSchema, body);
      const contact = contactByEmail(desk, tx, { name, email });
      const inbox = inboxFor(message.channel);
      const isMail = inbox.channel_type === 'Channel::Email';
      const additional = isMail ? { source: 'email', mail_subject: subject } : {};
      const { conversation } = createConversation(desk, tx, contact, inbox, additional);
      return { ...said(desk, tx, conversation, contact, message, email), isNew: true };
    },

    customerWrites: (tx, conversation, body) => {
      const message = readBody(customerMessageSchema, body);
      const contact = contactOf(tx, conversation);
      return said(desk, tx, conversation, contact, message, message.email ?? contact.email);
    },

    customerRates: (tx, conversation, body) => {
      const { score, comment } = readBody(ratingBody, body);
      const by = { type: 'Contact', contact: contactOf(tx, conversation) } as const;
      const asks = { content: 'Please rate the conversation', message_type: 'template' } as const;
      const earlier = surveyIn(tables, conversation);
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
    },

    agentActs: (tx, conversation, body) => {
      const { comment, ...change } = readBody(agentBody, body);
      const user = tables.users.records.get(change.agentId);
      if (user === undefined) throw invalidBody(`${change.agentId} is not an agent`);
      const by = { type: 'User', user } as const;
      const changed = updateConversation(desk, tx, conversation, fieldsOf(change, clock()), by);
      if (comment === undefined) return changed;
      const { body: content, public: isPublic } = comment;
      const message = { content, message_type: 'outgoing', private: !isPublic } as const;
      return together(changed, addMessage(desk, tx, changed.conversation, by, message));
    },

    idsIn: ({ conversation, messages }) => ({
      ticketId: conversation.id,
      commentId: messages.find(({ message_type: type }) => type !== 'activity')?.id ?? 0,
    }),
  };
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
  const survey = surveySchema.safeParse(surveyIn(tables, conversation)?.content_attributes).data
    ?.submitted_values.csat_survey_response;
  return {
    ...{ id, tags, assigneeId, groupId, updatedAt: new Date(updated_at).toISOString() },
    subject: z.string().catch('').parse(conversation.additional_attributes['mail_subject']),
    status: wordOf(conversation),
    priority: priority === 'medium' ? 'normal' : priority,
    requester: nameIn(tables.contacts.records, conversation.contact_id) ?? '',
    assignee: nameIn(tables.users.records, assigneeId),
    group: nameIn(tables.teams.records, groupId),
    rating:
      survey === undefined
        ? null
        : { score: wordFor(ratingNumbers, survey.rating), comment: survey.feedback_message || null },
    ratable: conversation.status === 'resolved',
  };
}

function surveyIn(tables: Tables, { id }: Conversation) {
  return messagesOf(tables, id).find(({ content_type: type }) => type === 'input_csat');
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
