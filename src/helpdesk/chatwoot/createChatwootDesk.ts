/**
 * Chatwoot behind the desk port, over its application API. What its public source says (github.com/chatwoot/chatwoot) and
 * its documents leave out stands in the modules beside this one.
 */
import type { AdapterOptions } from '../deskCalls';
import type { Helpdesk } from '../port';
import { createThreadDesk } from '../stepwise/createThreadDesk';
import { createDirectory } from '../stepwise/directory';
import { hasWorked, newestConversations } from './changedTickets';
import { deskName, openAccount, type ChatwootConnection } from './http';
import { chatwootPeople } from './people';
import { factsOf, lastActivityAt, ratingIn, readMessages, saidIn } from './readTicket';
import { conversationAnswer, type ChatwootConversation, type ChatwootMessage } from './schemas';
import { saysTheSame, setFields, write } from './writing';

/** Chatwoot ends its own requests after fifteen seconds (rack-timeout). */
const defaultSettleMs = 16_000;

export function createChatwootDesk(options: ChatwootConnection & AdapterOptions): Helpdesk {
  const account = openAccount(options, options);
  return createThreadDesk<ChatwootConversation, ChatwootMessage>(
    {
      ...{ desk: 'chatwoot', title: deskName, settleMs: options.settleMs ?? defaultSettleMs },
      directory: createDirectory(deskName, chatwootPeople(account)),
      readTicket: (ticketId, call) =>
        account.ofTicket.get(account.pathOf(ticketId), conversationAnswer, call),
      readMessages: (ticketId, known, call) => readMessages(account, ticketId, known, call),
      ...{ factsOf, saidIn, saysTheSame },
      ratingOf: (_conversation, messages) => ratingIn(messages),
      // Something was done then: it may have been the status.
      statusSetAt: ({ messages }) => lastActivityAt(messages),
      setFields: (thread, changes, call) => setFields(account, thread, changes, call),
      write: (thread, key, comment, call) => write(account, thread, key, comment, call),
      newest: (call) => newestConversations(account, call),
      hasWorked: (call) => hasWorked(account, call),
      waiting: (call) => [
        newestConversations(account, call, 'open'),
        newestConversations(account, call, 'pending'),
      ],
      ticketUrl: (ticketId) => `${account.site}/app${account.path}/conversations/${ticketId}`,
    },
    options,
  );
}
