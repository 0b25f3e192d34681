/** The webhook's address with every kind of bad delivery: a 4xx problem document that says why, never a 500. */
import http from 'node:http';
import fc from 'fast-check';
import { signZendeskWebhook } from '../../src/helpdesk/zendesk/webhook';
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';
import { deliver, metric, runServer, webhookSecret, type Sent, type TestServer } from './running';

let temporal: TestTemporal;
let server: TestServer;

beforeAll(async () => {
  temporal = await startTestTemporal();
  server = await runServer(temporal);
});
afterAll(async () => {
  await server.server.stop();
  await temporal.stop();
});

interface Answer {
  readonly status: number;
  readonly data: Record<string, unknown>;
  readonly headers: unknown;
}

function expectProblem({ status, data, headers }: Answer, expected: number): void {
  expect({ status, code: data['status'] }).toEqual({ status: expected, code: expected });
  expect(headers).toMatchObject({
    'content-type': expect.stringContaining('application/problem+json') as string,
  });
  expect(data).toMatchObject({ type: 'about:blank', instance: '/webhooks/zendesk' });
  expect(data['detail']).toMatch(/\S{3}/);
  expect(JSON.stringify(data)).not.toMatch(/node_modules|\bat [^ ]+ \(/);
  expect(JSON.stringify(data)).not.toContain(webhookSecret);
}

const nested = (depth: number, open: string, close: string): string =>
  open.repeat(depth) + close.repeat(depth);
const utf16 = Buffer.from('\ufeff{"ticket_id":"1"}', 'utf16le');
const latin1 = Buffer.from('{"ticket_id":"1","note":"Größe"}', 'latin1');

describe('a signed delivery that cannot be read is answered 400 with what is expected', () => {
  test.each<[string, string | Buffer, Sent]>([
    ['no JSON', 'ticket_id=1', {}],
    ['a form', 'ticket_id=1', { contentType: 'application/x-www-form-urlencoded' }],
    ['XML', '<ticket id="1"/>', { contentType: 'application/xml' }],
    ['a multipart body', '--x\r\n\r\n1\r\n--x--', { contentType: 'multipart/form-data; boundary=x' }],
    ['an image', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]), { contentType: 'image/jpeg' }],
    ['null', 'null', {}],
    ['a number', '35436', {}],
    ['a text', '"35436"', {}],
    ['two documents', '{"ticket_id":"1"}{"ticket_id":"2"}', {}],
    ['a comma too many', '{"ticket_id":"1",}', {}],
    ['a template that broke its own JSON', '{"ticket_id":"1","text":"she said "hi""}', {}],
    ['a placeholder nobody filled', '{"ticket_id":"{{ticket.id}}"}', {}],
    ['an empty placeholder', '{"ticket_id":""}', {}],
    ['a list of ids', '{"ticket_id":["1"]}', {}],
    ['an object as id', '{"ticket_id":{"id":"1"}}', {}],
    ['an id that is true', '{"ticket_id":true}', {}],
    ['UTF-16', utf16, { contentType: 'application/json; charset=utf-16' }],
    ['Latin-1', latin1, { contentType: 'application/json; charset=iso-8859-1' }],
    ['UTF-8 that was cut in a letter', Buffer.from('{"ticket_id":"1","note":"Gr\u00f6').subarray(0, -1), {}],
    ['100,000 lists, one in the other', nested(100_000, '[', ']'), {}],
    ['as many that never end', '['.repeat(500_000), {}],
    ['100,000 objects without a ticket', `${'{"event":'.repeat(100_000)}1${'}'.repeat(100_000)}`, {}],
    ['an event without a type', '{"id":"e","subject":"zen:ticket:1"}', {}],
    [
      'an event of another kind of thing',
      '{"id":"e","type":"zen:event-type:ticket.created","subject":"zen:user:1"}',
      {},
    ],
    [
      'an event without an id',
      '{"id":"","type":"zen:event-type:ticket.created","subject":"zen:ticket:1"}',
      {},
    ],
  ])('%s', async (_what, body, sent) => {
    const before = await metric(server, 'deskhand_webhooks_total{outcome="not-readable"}');
    expectProblem(await deliver(server, body, sent), 400);
    expect(await metric(server, 'deskhand_webhooks_total{outcome="not-readable"}')).toBe(before + 1);
  });
});

describe('what is odd, but clear, is taken', () => {
  test.each<[string, string, Sent]>([
    ['depth in what nobody reads', `{"ticket_id":"1","x":${nested(100_000, '[', ']')}}`, {}],
    ['another content type', '{"ticket_id":"1"}', { contentType: 'text/plain' }],
    [
      'a charset that says what holds anyway',
      '{"ticket_id":"1"}',
      { contentType: 'application/json; charset=UTF-8' },
    ],
    ['a byte order mark', '\ufeff{"ticket_id":"1"}', {}],
    ['a poisoned prototype', '{"ticket_id":"1","__proto__":{"ticket_id":"666"}}', {}],
    ['blanks around the id', '{"ticket_id":" 1 "}', {}],
    ['a comment that nobody filled in', '{"ticket_id":"1","comment_id":""}', {}],
    ['a comment that is null', '{"ticket_id":"1","comment_id":null}', {}],
    [
      'an event that tells nothing beside its ticket',
      '{"id":"e-odd-1","type":"zen:event-type:ticket.comment_added","subject":"zen:ticket:1","detail":null,"event":null}',
      {},
    ],
    [
      'an event whose ids beside the ticket have lost their last digits',
      '{"id":"e-odd-2","type":"zen:event-type:ticket.comment_added","subject":"zen:ticket:1",' +
        '"detail":{"id":9007199254740993,"actor_id":9007199254740993},"event":{"comment":{"id":9007199254740993,"author":null}}}',
      {},
    ],
    ['the same key twice, the last counts', '{"ticket_id":"666","ticket_id":"1"}', {}],
  ])('%s', async (_what, body, sent) => {
    const { status, data } = await deliver(server, body, sent);
    expect(status).toBe(202);
    expect(data).toMatchObject({ accepted: true, workflowId: 'ticket:zendesk:demo:1' });
  });
});

describe('size', () => {
  const ofSize = (bytes: number): string =>
    `{"ticket_id":"1","note":"${'x'.repeat(bytes - '{"ticket_id":"1","note":""}'.length)}"}`;

  test('1 MB is taken to the byte, one more is answered 413', async () => {
    expect(ofSize(1024 * 1024)).toHaveLength(1024 * 1024);
    expect((await deliver(server, ofSize(1024 * 1024))).status).toBe(202);
    expectProblem(await deliver(server, ofSize(1024 * 1024 + 1)), 413);
  });

  test('a sender who never says how much comes is cut off at 1 MB', async () => {
    const answer = await new Promise<number>((resolve, reject) => {
      const request = http.request(
        `${server.server.url}/webhooks/zendesk`,
        { method: 'POST' },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      request.on('error', reject);
      for (let chunk = 0; chunk < 20; chunk++) request.write('x'.repeat(64 * 1024));
      request.end();
    });
    expect(answer).toBe(413);
  });
});

describe('who signs', () => {
  const body = '{"ticket_id":"300"}';
  const post = (headers: Record<string, string | string[]>): Promise<Answer> =>
    server.anyone.post<Record<string, unknown>>('/webhooks/zendesk', Buffer.from(body), {
      headers: { 'content-type': 'application/json', ...headers },
    });
  const now = (): string => new Date().toISOString();
  const signed = (timestamp: string): string =>
    signZendeskWebhook(webhookSecret, timestamp, Buffer.from(body));

  test.each<[string, (timestamp: string) => Record<string, string | string[]>]>([
    ['no header at all', () => ({})],
    ['no timestamp', (at) => ({ 'x-zendesk-webhook-signature': signed(at) })],
    ['no signature', (at) => ({ 'x-zendesk-webhook-signature-timestamp': at })],
    [
      'a signature of another time',
      (at) => ({
        'x-zendesk-webhook-signature': signed(at),
        'x-zendesk-webhook-signature-timestamp': new Date(Date.parse(at) + 1).toISOString(),
      }),
    ],
    [
      'a signature in hexadecimal',
      (at) => ({
        'x-zendesk-webhook-signature': Buffer.from(signed(at), 'base64').toString('hex'),
        'x-zendesk-webhook-signature-timestamp': at,
      }),
    ],
    [
      'two signatures, one of them right',
      (at) => ({
        'x-zendesk-webhook-signature': ['AAAA', signed(at)],
        'x-zendesk-webhook-signature-timestamp': at,
      }),
    ],
    [
      'a signature of 8,000 characters',
      (at) => ({
        'x-zendesk-webhook-signature': 'A'.repeat(8_000),
        'x-zendesk-webhook-signature-timestamp': at,
      }),
    ],
    ['the API token instead', () => ({ authorization: 'Bearer a-token-only-for-tests' })],
  ])('%s: 401, and no ticket is started', async (_what, headers) => {
    expectProblem(await post(headers(now())), 401);
    await expect(temporal.client.workflow.getHandle('ticket:zendesk:demo:300').describe()).rejects.toThrow();
  });

  test.each(['yesterday', '', '0', '9'.repeat(400), '2026-13-45T99:99:99Z'])(
    'a signed timestamp that is no recent time is refused: %#',
    async (timestamp) => {
      const headers = {
        'x-zendesk-webhook-signature': signed(timestamp),
        'x-zendesk-webhook-signature-timestamp': timestamp,
      };
      expectProblem(await post(headers), 401);
    },
  );

  test('whatever bytes come unsigned, the answer is 401', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.base64String(), async (bytes, signature) => {
        const answer = await server.anyone.post<Record<string, unknown>>(
          '/webhooks/zendesk',
          Buffer.from(bytes),
          {
            headers: {
              'content-type': 'application/json',
              'x-zendesk-webhook-signature': signature,
              'x-zendesk-webhook-signature-timestamp': now(),
            },
          },
        );
        expect(answer.status).toBe(401);
      }),
      { numRuns: 40 },
    );
  });

  test('whatever JSON comes signed, it is taken or answered 400', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        const { status } = await deliver(server, text);
        expect([202, 400]).toContain(status);
      }),
      { numRuns: 40 },
    );
  });
});
