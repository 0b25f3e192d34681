/** Gorgias: its adapter on the embedded desk. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { startEmbeddedGorgias } from '../../../src/helpdesk/embedded/gorgias/startGorgias';
import { createGorgiasDesk } from '../../../src/helpdesk/gorgias/createGorgiasDesk';
import { secretHeader } from '../../../src/helpdesk/webhooks/secretWebhook';
import { defaultTimeoutsMs } from '../../../src/remote/http';
import type { DeskUnderTest } from './deskUnderTest';

/** What a lost request needs to be applied, in milliseconds: where nothing is late, as short as tests can wait. */
const settleMs = { late: 400, never: 20 };

export const gorgias: DeskUnderTest = {
  name: 'Gorgias',
  desk: 'gorgias',
  deliveries: {
    about: (ticketId) => JSON.stringify({ ticket_id: ticketId, message_id: '200000901', channel: 'email' }),
    headers: (_body, secret) => ({ [secretHeader]: secret }),
  },
  async start(clock, webhook) {
    const stateDir = await mkdtemp(path.join(os.tmpdir(), 'deskhand-contract-'));
    const desk = await startEmbeddedGorgias({
      ...{ host: '127.0.0.1', port: 0, stateDir, limits: { bucket: 100_000 } },
      ...(clock === undefined ? {} : { clock }),
      ...(webhook === undefined ? {} : { webhook }),
    });
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
      url: desk.url,
      faults: desk.faults,
      open: ({ companyAddresses = [], wrongCredentials = false, patienceMs } = {}) =>
        createGorgiasDesk({
          ...{ apiUrl: desk.apiUrl, email, apiKey: wrongCredentials ? 'wrong' : token },
          ...{ account: 'demo', companyAddresses, ticketUrl: null },
          settleMs: patienceMs === undefined ? settleMs.never : settleMs.late,
          timeoutsMs: { ...defaultTimeoutsMs, ...(patienceMs === undefined ? {} : { total: patienceMs }) },
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
      close: async () => {
        await desk.close();
        await rm(stateDir, { recursive: true, force: true });
      },
    };
  },
};
