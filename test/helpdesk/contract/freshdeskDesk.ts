/** Freshdesk: its adapter on the embedded desk. */
import axios from 'axios';
import type { Sanitizer } from '../../../src/helpdesk/embedded/freshdesk/messageBody';
import { createFreshdeskDesk } from '../../../src/helpdesk/freshdesk/createFreshdeskDesk';
import { secretHeader } from '../../../src/helpdesk/webhooks/secretWebhook';
import { TestFreshdesk } from '../embedded/freshdesk/testFreshdesk';
import { adapterOptions, settlingMs, type DeskUnderTest } from './deskUnderTest';

export const freshdesk = freshdeskThat('keeps-classes', 'Freshdesk');
/** Whose sanitizer leaves no mark in what we write. */
export const strippingFreshdesk = freshdeskThat('keeps-no-attributes', 'Freshdesk that strips attributes');

function freshdeskThat(sanitizer: Sanitizer, name: string): DeskUnderTest {
  return {
    name,
    desk: 'freshdesk',
    deliveries: {
      about: (ticketId) => JSON.stringify({ freshdesk_webhook: { ticket_id: ticketId } }),
      headers: (_body, secret) => ({ [secretHeader]: secret }),
    },
    async start(given) {
      const limits = { requestsPerMinute: 100_000 };
      const double = await TestFreshdesk.start({ sanitizer, limits, ...given });
      const { desk } = double;
      const { token } = desk.credentials;
      const api = axios.create({ baseURL: desk.apiUrl, auth: { username: token, password: 'X' } });
      return {
        abilities: {
          conditionalWrites: false,
          tellsWhoChanged: false,
          closedForGood: false,
          fresh: { status: 'open', priority: 'low' },
          locale: null,
          keysOfFieldUpdates: false,
          hintsOfANewTicket: 1,
          namesDeliveries: false,
          proof: 'secret',
          staleAfterMs: null,
        },
        routes: {
          me: 'GET /api/v2/agents/me',
          ticket: 'GET /api/v2/tickets/*',
          comments: 'GET /api/v2/tickets/*/conversations',
          reply: 'POST /api/v2/tickets/*/reply',
          note: 'POST /api/v2/tickets/*/notes',
          fields: 'PUT /api/v2/tickets/*',
          changed: 'GET /api/v2/tickets',
          search: 'GET /api/v2/search/tickets',
        },
        brands: {
          names: ['Demo Shop', 'Coffee Club'],
          ticketOf: async (people, name) => {
            const { ticketId } = await people.customerOpens('Where is my order?');
            const { data } = await api.get<readonly { id: number; name: string }[]>('/products');
            const product = data.find((one) => one.name === name)?.id;
            await api.put(`/tickets/${ticketId}`, { product_id: product });
            return ticketId;
          },
          route: 'GET /api/v2/products',
        },
        url: desk.url,
        faults: desk.faults,
        open: ({ wrongCredentials = false, ...options } = {}) =>
          createFreshdeskDesk({
            ...{ ...adapterOptions(options), settleMs: settlingMs(options) },
            apiUrl: desk.apiUrl,
            apiKey: wrongCredentials ? 'wrong' : token,
          }),
        fieldOf: async (ticketId, label) => {
          interface Ticket {
            readonly custom_fields: Readonly<Record<string, unknown>>;
          }
          const { data } = await api.get<readonly { name: string; label: string }[]>('/ticket_fields');
          const name = data.find((field) => field.label === label)?.name ?? '';
          return (await api.get<Ticket>(`/tickets/${ticketId}`)).data.custom_fields[name];
        },
        merge: async (ticketId, into) => {
          await api.put('/tickets/merge', { primary_id: Number(into), ticket_ids: [Number(ticketId)] });
        },
        close: () => double.stop(),
      };
    },
  };
}
