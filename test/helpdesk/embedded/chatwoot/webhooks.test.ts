/** What the embedded Chatwoot tells its webhooks, how it signs, and what it does where they do not answer. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { signChatwootWebhook } from '../../../../src/helpdesk/chatwoot/webhook';
import { until } from '../zendesk/harness';
import { TestChatwoot } from './testChatwoot';

interface Call {
  readonly delivery: unknown;
  readonly isSigned: boolean;
  readonly body: Record<string, unknown>;
}

/** Whom Chatwoot calls. */
class Target {
  readonly calls: Call[] = [];
  readonly secret = 'a-secret-of-the-webhook';
  status = 200;
  url = '';
  private readonly server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const { headers } = request;
      const timestamp = String(headers['x-chatwoot-timestamp']);
      this.calls.push({
        delivery: headers['x-chatwoot-delivery'],
        isSigned: headers['x-chatwoot-signature'] === signChatwootWebhook(this.secret, timestamp, bytes),
        body: JSON.parse(bytes.toString()) as Record<string, unknown>,
      });
      response.writeHead(this.status).end();
    });
  });

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhooks/chatwoot`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
  }

  get events(): unknown[] {
    return this.calls.map(({ body }) => body['event']);
  }
}

let target: Target;
beforeEach(async () => {
  target = new Target();
  await target.open();
});
afterEach(() => target.close());

const delivery = { botRetryMs: 10 };

test("the account's webhook is told of everything, in words, and signed", async () => {
  const desk = await TestChatwoot.start({ webhook: target });
  try {
    const { ticketId, commentId } = await desk.people.customerOpens('Where is my order?');
    await until(() => target.calls.length === 2, 'the conversation and its message');
    expect(new Set(target.events)).toEqual(new Set(['conversation_created', 'message_created']));
    expect(target.calls.every(({ isSigned }) => isSigned)).toBe(true);
    const told = target.calls.find(({ body }) => body['event'] === 'message_created')?.body;
    expect(told).toMatchObject({
      ...{ id: Number(commentId), message_type: 'incoming', private: false, content: 'Where is my order?' },
      ...{ account: { id: 1 }, sender: { type: 'contact' }, conversation: { id: Number(ticketId) } },
    });
    target.calls.length = 0;
    await desk.people.agentActs(ticketId, 'Nora Lind', { status: 'solved' });
    await until(() => target.calls.length === 2, 'the status, twice');
    const [status] = target.calls.filter(({ body }) => body['event'] === 'conversation_status_changed');
    expect(status?.body).toMatchObject({
      ...{ id: Number(ticketId), status: 'resolved' },
      changed_attributes: [{ status: { previous_value: 'open', current_value: 'resolved' } }],
    });
  } finally {
    await desk.stop();
  }
});

test('a private note is told of as such, with the last public words beside it', async () => {
  const desk = await TestChatwoot.start({ webhook: target });
  try {
    const { ticketId } = await desk.people.customerOpens('Where is my order?');
    await desk.call('POST', `/conversations/${ticketId}/messages`, { content: 'He lies.', private: true });
    await until(() => target.calls.length === 3, 'the note');
    const note = target.calls.find(({ body }) => body['private'] === true)?.body;
    expect(note).toMatchObject({
      ...{ event: 'message_created', content: 'He lies.' },
      conversation: { messages: [{ content: 'Where is my order?' }] },
    });
  } finally {
    await desk.stop();
  }
});

test('a survey is told of when it is sent, and again when it is answered', async () => {
  const desk = await TestChatwoot.start({ webhook: target });
  try {
    const { ticketId } = await desk.people.customerOpens('Where is my order?');
    await until(() => target.calls.length === 2, 'the conversation and its message');
    target.calls.length = 0;
    await desk.people.rate(ticketId, 'good', 'Quick!');
    await until(() => target.calls.length === 2, 'the survey and its answer');
    const answered = target.calls.find(({ body }) => body['event'] === 'message_updated')?.body;
    expect(answered).toMatchObject({
      ...{ message_type: 'template', content_type: 'input_csat', conversation: { id: Number(ticketId) } },
      content_attributes: {
        submitted_values: { csat_survey_response: { rating: 5, feedback_message: 'Quick!' } },
      },
    });
  } finally {
    await desk.stop();
  }
});

test("the account's webhook is called once, whatever it answers", async () => {
  target.status = 500;
  const desk = await TestChatwoot.start({ webhook: target });
  try {
    await desk.people.customerOpens('Where is my order?');
    await until(() => target.calls.length === 2, 'both calls');
    target.status = 200;
    await desk.people.customerOpens('And mine?');
    await until(() => target.calls.length === 4, 'both calls of the other');
  } finally {
    await desk.stop();
  }
  expect(target.calls).toHaveLength(4);
});

test('an agent bot has new conversations and resolved ones, pending, and is told of messages and of what is resolved', async () => {
  const desk = await TestChatwoot.start({ agentBot: target });
  try {
    const { ticketId } = await desk.people.customerOpens('Where is my order?', { channel: 'chat' });
    const isPending = async () => {
      const { body } = await desk.call('GET', `/conversations/${ticketId}`);
      expect(body).toMatchObject({ status: 'pending', meta: { channel: 'Channel::WebWidget' } });
    };
    await isPending();
    await desk.call('POST', `/conversations/${ticketId}/toggle_status`, { status: 'resolved' });
    await desk.people.customerWrites(ticketId, 'Hello?');
    await isPending();
    await until(() => target.calls.length === 3, 'two messages and a status');
    expect([...target.events].sort()).toEqual([
      'conversation_resolved',
      'message_created',
      'message_created',
    ]);
  } finally {
    await desk.stop();
  }
});

test('an agent bot is called three times under one name, then people get the conversation', async () => {
  target.status = 500;
  const desk = await TestChatwoot.start({ agentBot: target, delivery });
  try {
    const { ticketId } = await desk.people.customerOpens('Where is my order?');
    const shown = async () => (await desk.call('GET', `/conversations/${ticketId}`)).body;
    expect(await shown()).toMatchObject({ status: 'pending' });
    await until(() => target.events.includes('conversation_opened'), 'the conversation to be opened');
    const messages = target.calls.filter(({ body }) => body['event'] === 'message_created');
    expect(messages).toHaveLength(3);
    expect(new Set(messages.map((call) => call.delivery)).size).toBe(1);
    expect(await shown()).toMatchObject({ status: 'open' });
  } finally {
    await desk.stop();
  }
});

test('what the bot has not taken is sent again after a restart, and what was written is there', async () => {
  target.status = 500;
  const desk = await TestChatwoot.start({ agentBot: target });
  const { ticketId } = await desk.people.customerOpens('Where is my order?');
  await until(() => target.calls.length === 1, 'the first call');
  const { token } = desk.desk.credentials;
  const shown = (await desk.call('GET', `/conversations/${ticketId}`)).body;
  target.status = 200;
  const again = await desk.restart({ agentBot: target });
  try {
    await until(() => target.calls.length === 2, 'the call after the restart');
    expect(target.calls[1]).toMatchObject({ ...target.calls[0], isSigned: true });
    expect(again.desk.credentials.token).toBe(token);
    expect((await again.call('GET', `/conversations/${ticketId}`)).body).toEqual(shown);
    expect((await again.people.customerOpens('Another')).ticketId).toBe(String(Number(ticketId) + 1));
  } finally {
    await again.stop();
  }
});
