/** Gorgias: its adapter on the embedded desk. */
import axios from 'axios';
import { createGorgiasDesk } from '../../../src/helpdesk/gorgias/createGorgiasDesk';
import { secretHeader } from '../../../src/helpdesk/webhooks/secretWebhook';
import { TestGorgias } from '../embedded/gorgias/testGorgias';
import { adapterOptions, settlingMs, type DeskUnderTest } from './deskUnderTest';

export const gorgias: DeskUnderTest = {
  name: 'Gorgias',
  desk: 'gorgias',
  deliveries: {
    about: (ticketId) => JSON.stringify({ ticket_id: ticketId, message_id: '200000901', channel: 'email' }),
    headers: (_body, secret) => ({ [secretHeader]: secret }),
  },
  async start(given) {
    const double = await TestGorgias.start(given);
    const { desk } = double;
    const { email, token } = desk.credentials;
    const api = axios.create({ baseURL: desk.apiUrl, auth: { username: email, password: token } });
    return {
      abilities: {
        conditionalWrites: false,
        tellsWhoChanged: false,
        closedForGood: false,
        fresh: { status: 'open', priority: 'normal' },
        locale: null,
        keysOfFieldUpdates: false,
        // Both are snoozed.
        readAs: { hold: 'pending' },
        // "ticket-created" and "ticket-message-created".
        hintsOfANewTicket: 2,
        namesDeliveries: true,
        proof: 'secret',
        staleAfterMs: null,
      },
      routes: {
        me: 'GET /api/users/0',
        ticket: 'GET /api/tickets/*',
        comments: 'GET /api/messages',
        reply: 'POST /api/tickets/*/messages',
        note: 'POST /api/tickets/*/messages',
        fields: 'PUT /api/tickets/*',
        changed: 'GET /api/tickets',
        search: 'GET /api/tags',
      },
      brands: {
        names: ['care@demo-shop.example', 'Demo shop chat'],
        ticketOf: async (people, name) => {
          const channel = name.includes('@') ? 'email' : 'chat';
          return (await people.customerOpens('Where is my order?', { channel })).ticketId;
        },
        route: 'GET /api/integrations',
      },
      url: desk.url,
      faults: desk.faults,
      open: ({ wrongCredentials = false, ...options } = {}) =>
        createGorgiasDesk({
          ...{ ...adapterOptions(options), settleMs: settlingMs(options) },
          ...{ apiUrl: desk.apiUrl, email, apiKey: wrongCredentials ? 'wrong' : token },
        }),
      fieldOf: async (ticketId, label) => {
        interface Fields {
          readonly data: readonly { readonly id: number; readonly label: string }[];
        }
        interface Ticket {
          readonly custom_fields: Readonly<Record<string, { readonly value: unknown }>>;
        }
        const { data } = (await api.get<Fields>('/custom-fields', { params: { object_type: 'Ticket' } }))
          .data;
        const id = data.find((field) => field.label === label)?.id ?? 0;
        const params = { relationships: 'custom_fields' };
        return (await api.get<Ticket>(`/tickets/${ticketId}`, { params })).data.custom_fields[id]?.value;
      },
      close: () => double.stop(),
    };
  },
};
