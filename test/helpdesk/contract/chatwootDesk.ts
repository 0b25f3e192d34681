/** Chatwoot: its adapter on the embedded desk. */
import axios from 'axios';
import { createChatwootDesk } from '../../../src/helpdesk/chatwoot/createChatwootDesk';
import { signChatwootWebhook } from '../../../src/helpdesk/chatwoot/webhook';
import { TestChatwoot } from '../embedded/chatwoot/testChatwoot';
import { adapterOptions, settlingMs, type DeskUnderTest } from './deskUnderTest';

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
  async start(given) {
    const double = await TestChatwoot.start({ limits: { requestsPerMinute: 100_000 }, ...given });
    const { desk } = double;
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
      brands: {
        names: ['Care', 'Shop'],
        ticketOf: async (people, name) => {
          const channel = name === 'Care' ? 'email' : 'chat';
          return (await people.customerOpens('Where is my order?', { channel })).ticketId;
        },
        route: 'GET /api/v1/accounts/1/inboxes',
      },
      url: desk.url,
      faults: desk.faults,
      open: ({ wrongCredentials = false, ...options } = {}) =>
        createChatwootDesk({
          ...{ ...adapterOptions(options), settleMs: settlingMs(options) },
          apiUrl: desk.apiUrl,
          apiToken: wrongCredentials ? 'wrong' : token,
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
      close: () => double.stop(),
    };
  },
};
