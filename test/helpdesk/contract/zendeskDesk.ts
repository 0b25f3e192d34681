/** Zendesk: its adapter on the embedded desk. */
import axios from 'axios';
import { createZendeskDesk } from '../../../src/helpdesk/zendesk/createZendeskDesk';
import { signZendeskWebhook } from '../../../src/helpdesk/zendesk/webhook';
import { TestDesk } from '../embedded/zendesk/harness';
import { adapterOptions, type DeskUnderTest } from './deskUnderTest';

const update = 'PUT /api/v2/tickets/*';
const limits = {
  requestsPerMinute: 100_000,
  updatesPerMinute: 10_000,
  updatesPerTicketIn10Minutes: 10_000,
  incrementalPerMinute: 1_000,
};

export const zendesk: DeskUnderTest = {
  name: 'Zendesk',
  desk: 'zendesk',
  deliveries: {
    about: (ticketId) =>
      JSON.stringify({
        ...{ id: `event-about-${ticketId}`, type: 'zen:event-type:ticket.comment_added' },
        subject: `zen:ticket:${ticketId}`,
        detail: { id: ticketId },
        event: { comment: { id: '501', author: { id: '77' } } },
      }),
    headers: (body, secret, at) => ({
      'x-zendesk-webhook-signature': signZendeskWebhook(secret, at.toISOString(), body),
      'x-zendesk-webhook-signature-timestamp': at.toISOString(),
    }),
  },
  async start(given) {
    const double = await TestDesk.start({ limits, ...given });
    const { desk } = double;
    const { email, token } = desk.credentials;
    const api = axios.create({
      baseURL: desk.apiUrl,
      auth: { username: `${email}/token`, password: token },
    });
    return {
      abilities: {
        conditionalWrites: true,
        tellsWhoChanged: true,
        closedForGood: true,
        fresh: { status: 'new', priority: null },
        locale: 'en-US',
        keysOfFieldUpdates: true,
        // "ticket.created" and "ticket.comment_added".
        hintsOfANewTicket: 2,
        namesDeliveries: true,
        proof: 'signature',
        staleAfterMs: 5 * 60_000,
      },
      routes: {
        me: 'GET /api/v2/users/me',
        ticket: 'GET /api/v2/tickets/*',
        comments: 'GET /api/v2/tickets/*/comments',
        reply: update,
        note: update,
        fields: update,
        changed: 'GET /api/v2/incremental/tickets/cursor',
        search: 'GET /api/v2/search',
      },
      brands: {
        names: ['Demo Shop', 'Bravo'],
        ticketOf: async (people, name) => {
          const { ticketId } = await people.customerOpens('Where is my order?');
          interface Listed {
            readonly brands: readonly { readonly id: number; readonly name: string }[];
          }
          const known = (await api.get<Listed>('/brands')).data.brands.find((brand) => brand.name === name);
          const made = async () =>
            (await api.post<{ brand: { id: number } }>('/brands', { brand: { name, subdomain: 'bravo' } }))
              .data;
          const id = known?.id ?? (await made()).brand.id;
          await api.put(`/tickets/${ticketId}`, { ticket: { brand_id: id } });
          return ticketId;
        },
        route: 'GET /api/v2/brands',
      },
      url: desk.url,
      faults: desk.faults,
      open: ({ wrongCredentials = false, ...options } = {}) =>
        createZendeskDesk({
          ...adapterOptions(options),
          apiUrl: desk.apiUrl,
          auth: { type: 'api-token', email, token: wrongCredentials ? 'wrong' : token },
        }),
      fieldOf: async (ticketId, label) => {
        interface Fields {
          readonly ticket_fields: readonly { readonly id: number; readonly title: string }[];
        }
        interface Ticket {
          readonly ticket: {
            readonly custom_fields: readonly { readonly id: number; readonly value: unknown }[];
          };
        }
        const { data } = await api.get<Fields>('/ticket_fields');
        const field = data.ticket_fields.find(({ title }) => title === label);
        const { ticket } = (await api.get<Ticket>(`/tickets/${ticketId}`)).data;
        return ticket.custom_fields.find(({ id }) => id === field?.id)?.value;
      },
      merge: async (ticketId, into) => {
        const auth = { username: 'nora@demo-shop.example/token', password: token };
        await api.post(`/tickets/${into}/merge`, { ids: [Number(ticketId)] }, { auth });
      },
      close: () => double.stop(),
    };
  },
};
