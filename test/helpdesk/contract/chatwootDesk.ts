/** Chatwoot: its adapter on the embedded desk. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { createChatwootDesk } from '../../../src/helpdesk/chatwoot/createChatwootDesk';
import { signChatwootWebhook } from '../../../src/helpdesk/chatwoot/webhook';
import { startEmbeddedChatwoot } from '../../../src/helpdesk/embedded/chatwoot/startChatwoot';
import { defaultTimeoutsMs } from '../../../src/remote/http';
import type { DeskUnderTest } from './deskUnderTest';

/** What a lost request needs to be applied, in milliseconds: where nothing is late, as short as tests can wait. */
const settleMs = { late: 400, never: 20 };
const conversations = '/api/v1/accounts/1/conversations';

export const chatwoot: DeskUnderTest = {
  name: 'Chatwoot',
  desk: 'chatwoot',
  deliveries: {
    about: (ticketId) =>
      JSON.stringify({
        ...{ event: 'message_created', id: 3_000_000_501, message_type: 'incoming', private: false },
        ...{ sender: { id: 77, type: 'contact' }, conversation: { id: ticketId } },
      }),
    headers: (body, secret, at) => {
      const timestamp = String(Math.floor(at.getTime() / 1_000));
      return {
        'x-chatwoot-timestamp': timestamp,
        'x-chatwoot-signature': signChatwootWebhook(secret, timestamp, body),
      };
    },
  },
  async start(clock, webhook) {
    const stateDir = await mkdtemp(path.join(os.tmpdir(), 'deskhand-contract-'));
    const limits = { requestsPerMinute: 100_000 };
    const desk = await startEmbeddedChatwoot({
      ...{ host: '127.0.0.1', port: 0, stateDir, limits },
      ...(clock === undefined ? {} : { clock }),
      ...(webhook === undefined ? {} : { webhook }),
    });
    const { token } = desk.credentials;
    const api = axios.create({ baseURL: desk.apiUrl, headers: { api_access_token: token } });
    return {
      abilities: {
        conditionalWrites: false,
        tellsWhoChanged: false,
        closedForGood: false,
        fresh: { status: 'open', priority: null },
        locale: null,
        keysOfFieldUpdates: false,
        smallGroupNames: true,
        hintsOfANewTicket: 1,
        namesDeliveries: true,
        proof: 'signature',
        staleAfterMs: 5 * 60_000,
      },
      routes: {
        me: 'GET /api/v1/profile',
        ticket: `GET ${conversations}/*`,
        comments: `GET ${conversations}/*/messages`,
        reply: `POST ${conversations}/*/messages`,
        note: `POST ${conversations}/*/messages`,
        fields: `POST ${conversations}/*/toggle_status`,
        changed: `GET ${conversations}`,
        search: `GET ${conversations}`,
      },
      url: desk.url,
      faults: desk.faults,
      open: ({ companyAddresses = [], wrongCredentials = false, patienceMs } = {}) =>
        createChatwootDesk({
          apiUrl: desk.apiUrl,
          apiToken: wrongCredentials ? 'wrong' : token,
          ...{ account: 'demo', companyAddresses, ticketUrl: null },
          settleMs: patienceMs === undefined ? settleMs.never : settleMs.late,
          timeoutsMs: { ...defaultTimeoutsMs, ...(patienceMs === undefined ? {} : { total: patienceMs }) },
        }),
      fieldOf: async (ticketId, label) => {
        interface Definition {
          readonly attribute_key: string;
          readonly attribute_display_name: string;
        }
        interface Conversation {
          readonly custom_attributes: Readonly<Record<string, unknown>>;
        }
        const { data } = await api.get<readonly Definition[]>('/custom_attribute_definitions');
        const key = data.find((one) => one.attribute_display_name === label)?.attribute_key ?? '';
        return (await api.get<Conversation>(`/conversations/${ticketId}`)).data.custom_attributes[key];
      },
      close: async () => {
        await desk.close();
        await rm(stateDir, { recursive: true, force: true });
      },
    };
  },
};
