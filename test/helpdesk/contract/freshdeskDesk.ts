/** Freshdesk: its adapter on the embedded desk. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import axios from 'axios';
import type { Sanitizer } from '../../../src/helpdesk/embedded/freshdesk/messageBody';
import { startEmbeddedFreshdesk } from '../../../src/helpdesk/embedded/freshdesk/startFreshdesk';
import { createFreshdeskDesk } from '../../../src/helpdesk/freshdesk/createFreshdeskDesk';
import { defaultTimeoutsMs } from '../../../src/remote/http';
import { secretHeader } from '../../../src/helpdesk/webhooks/secretWebhook';
import type { DeskUnderTest } from './deskUnderTest';

/** What a lost request needs to be applied, in milliseconds: where nothing is late, as short as tests can wait. */
const settleMs = { late: 400, never: 20 };

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
    async start(clock, webhook) {
      const stateDir = await mkdtemp(path.join(os.tmpdir(), 'deskhand-contract-'));
      const desk = await startEmbeddedFreshdesk({
        ...{ host: '127.0.0.1', port: 0, stateDir, sanitizer, limits: { requestsPerMinute: 100_000 } },
        ...(clock === undefined ? {} : { clock }),
        ...(webhook === undefined ? {} : { webhook }),
      });
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
        url: desk.url,
        faults: desk.faults,
        open: ({ companyAddresses = [], wrongCredentials = false, patienceMs } = {}) =>
          createFreshdeskDesk({
            apiUrl: desk.apiUrl,
            apiKey: wrongCredentials ? 'wrong' : token,
            ...{ account: 'demo', companyAddresses, ticketUrl: null },
            settleMs: patienceMs === undefined ? settleMs.never : settleMs.late,
            timeoutsMs: { ...defaultTimeoutsMs, ...(patienceMs === undefined ? {} : { total: patienceMs }) },
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
        close: async () => {
          await desk.close();
          await rm(stateDir, { recursive: true, force: true });
        },
      };
    },
  };
}
