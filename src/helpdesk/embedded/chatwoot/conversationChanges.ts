/** What a message or a change does to a conversation: the same from the API and from the page. app/models/{conversation,message}.rb */
import { randomUUID } from 'node:crypto';
import { Liquid } from 'liquidjs';
import type { Transaction } from '../common/recordStore';
import { couldNot } from './apiErrors';
import type { Actor, ChatwootContext, Changes, Written } from './context';
import { inboxOf, type Contact, type Conversation, type Inbox, type Message } from './records';

/** Beyond what 32 bits hold: Chatwoot's ids are 64-bit. */
const firstMessageId = 3_000_000_001;
const longestContent = 150_000;
const minuteMs = 60_000;

export type Fields = Partial<
  Pick<
    Conversation,
    'status' | 'snoozed_until' | 'priority' | 'labels' | 'custom_attributes' | 'assignee_id' | 'team_id'
  >
>;

export type NewMessage = Pick<Message, 'content' | 'message_type'> &
  Partial<Pick<Message, 'content_type' | 'content_attributes' | 'private' | 'source_id' | 'attachments'>>;

export function createConversation(
  { clock, hasBot, tables }: ChatwootContext,
  tx: Transaction,
  contact: Contact,
  inbox: Inbox,
  additional: Record<string, unknown>,
): Written {
  const now = clock();
  const conversation: Conversation = {
    ...{ id: tx.next('conversation', 1), uuid: randomUUID(), inbox_id: inbox.id, contact_id: contact.id },
    ...{ assignee_id: null, team_id: null, status: hasBot ? 'pending' : 'open', snoozed_until: null },
    ...{ priority: null, labels: [], custom_attributes: {}, additional_attributes: additional },
    ...{ created_at: now, updated_at: now, last_activity_at: now },
  };
  tx.put(tables.conversations, conversation);
  return { conversation, isNew: true, messages: [], changes: {} };
}

/** A new one, or the one with the address. */
export function contactByEmail(
  { tables, clock }: ChatwootContext,
  tx: Transaction,
  { name, email }: { readonly name?: string | undefined; readonly email: string | null },
): Contact {
  const wanted = email?.toLowerCase() ?? null;
  const known = [...tables.contacts.records.values()].find((one) => one.email === wanted && wanted !== null);
  if (known !== undefined) return known;
  const contact: Contact = {
    ...{ id: tx.next('contact', 5_001), name: name ?? wanted?.replace(/@.*/, '') ?? '', email: wanted },
    ...{ phone_number: wanted === null ? '+15550100' : null, created_at: clock() },
  };
  tx.put(tables.contacts, contact);
  return contact;
}

/** @throws ApiError 422 */
export function addMessage(
  context: ChatwootContext,
  tx: Transaction,
  conversation: Conversation,
  by: Actor,
  message: NewMessage,
): Written {
  const { tables, clock, hasBot, limits } = context;
  if (message.content.length > longestContent) {
    throw couldNot(`Validation failed: Content is too long (maximum is ${longestContent} characters)`);
  }
  const recent = [...tables.messages.records.values()].filter(
    (one) => one.conversation_id === conversation.id && one.created_at >= clock() - minuteMs,
  );
  if (recent.length >= limits.messagesPerMinute) throw couldNot('Validation failed: Too many messages');
  const made: Message = {
    ...{ id: tx.next('message', firstMessageId), conversation_id: conversation.id, created_at: clock() },
    ...{ content_type: 'text', content_attributes: {}, private: false, source_id: null, attachments: [] },
    ...{ status: 'sent', sender: idOf(by) },
    ...message,
    content:
      message.message_type === 'outgoing'
        ? expanded(message.content, conversation, by, context)
        : message.content,
  };
  tx.put(tables.messages, made);
  const heard = { ...conversation, last_activity_at: clock(), updated_at: clock() };
  tx.put(tables.conversations, heard);
  const isPutAside = conversation.status === 'resolved' || conversation.status === 'snoozed';
  if (made.message_type !== 'incoming' || !isPutAside) {
    return { conversation: heard, isNew: false, messages: [made], changes: {} };
  }
  const status = conversation.status === 'resolved' && hasBot ? 'pending' : 'open';
  const opened = updateConversation(context, tx, heard, { status }, by);
  return { ...opened, messages: [made, ...opened.messages] };
}

/** What was done leaves an activity, as a message that nobody is sent. */
export function updateConversation(
  { tables, clock }: ChatwootContext,
  tx: Transaction,
  conversation: Conversation,
  fields: Fields,
  by: Actor,
): Written {
  const next = { ...conversation, ...fields };
  if (next.status !== 'snoozed') next.snoozed_until = null;
  const team = next.team_id === null ? undefined : tx.get(tables.teams, next.team_id);
  const isOutsider =
    team !== undefined && next.assignee_id !== null && !team.member_ids.includes(next.assignee_id);
  // A team drops whoever is not one of it, in the moment in which it is given the conversation.
  if (next.team_id !== conversation.team_id && isOutsider) next.assignee_id = null;
  const changes = changesBetween(conversation, next);
  if (Object.keys(changes).length === 0) return { conversation, isNew: false, messages: [], changes };
  const now = clock();
  const activities = activitiesOf(changes, by).map((content): Message => {
    const activity: Message = {
      ...{
        id: tx.next('message', firstMessageId),
        conversation_id: conversation.id,
        created_at: now,
        content,
      },
      ...{ message_type: 'activity', content_type: 'text', content_attributes: {}, private: false },
      ...{ status: 'sent', source_id: null, sender: null, attachments: [] },
    };
    tx.put(tables.messages, activity);
    return activity;
  });
  const changed = { ...next, updated_at: now, ...(activities.length === 0 ? {} : { last_activity_at: now }) };
  tx.put(tables.conversations, changed);
  return { conversation: changed, isNew: false, messages: activities, changes };
}

function changesBetween(before: Conversation, after: Conversation): Changes {
  const names = [
    ...(['status', 'snoozed_until', 'priority', 'labels'] as const),
    ...(['custom_attributes', 'assignee_id', 'team_id'] as const),
  ];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => [name, [before[name], after[name]]]),
  );
}

/** In the account's language: app/models/concerns/activity_message_handler.rb */
function activitiesOf({ status, priority, labels, assignee_id, team_id }: Changes, by: Actor): string[] {
  const name = by.type === 'User' ? by.user.name : by.contact.name;
  return [
    ...(status === undefined ? [] : [`Conversation was marked ${String(status[1])} by ${name}`]),
    ...(priority === undefined ? [] : [`${name} set the priority to ${String(priority[1])}`]),
    ...(labels === undefined ? [] : [`${name} changed the labels`]),
    ...(team_id === undefined ? [] : [`${name} changed the team`]),
    ...(assignee_id === undefined || team_id !== undefined ? [] : [`${name} changed the assignee`]),
  ];
}

function idOf(actor: Actor): NonNullable<Message['sender']> {
  return actor.type === 'User'
    ? { type: 'User', id: actor.user.id }
    : { type: 'Contact', id: actor.contact.id };
}

const liquid = new Liquid();

/** What cannot be parsed stays as it is: app/models/concerns/liquidable.rb */
function expanded(
  content: string,
  conversation: Conversation,
  by: Actor,
  { tables }: ChatwootContext,
): string {
  const contact = tables.contacts.records.get(conversation.contact_id);
  const agent = by.type === 'User' ? { name: by.user.name, email: by.user.email } : {};
  try {
    return String(
      liquid.parseAndRenderSync(content.replaceAll(/`(.*?)`/gs, '{% raw %}`$1`{% endraw %}'), {
        contact: { name: contact?.name, email: contact?.email, phone_number: contact?.phone_number },
        agent,
        conversation: { display_id: conversation.id },
        inbox: { name: inboxOf(conversation).name },
      }),
    );
  } catch {
    return content;
  }
}
