/** Every address with every kind of bad input: the status, where the mistake is, and a whole problem document. */
import net from 'node:net';
import type { AxiosRequestConfig } from 'axios';
import { agentMessageLimits as longest } from '../../src/contracts/messages';
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';
import { runServer, type TestServer } from './running';

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

interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly errors?: readonly { readonly path: string; readonly message: string; readonly found: string }[];
}

async function problem(request: AxiosRequestConfig): Promise<ProblemBody> {
  const { data, headers, status } = await server.api.request<ProblemBody>(request);
  expect(headers['content-type']).toContain('application/problem+json');
  expect(data).toMatchObject({
    type: 'about:blank',
    title: expect.any(String) as string,
    status,
    detail: expect.stringMatching(/\S/) as string,
    code: expect.stringMatching(/^[a-z-]+$/) as string,
  });
  expect(data.instance).toBe(request.url?.split('?')[0]);
  expect(JSON.stringify(data)).not.toMatch(/node_modules|\bat [^ ]+ \(/);
  return data;
}

const start = (data: unknown): AxiosRequestConfig => ({ method: 'POST', url: '/api/tickets', data });
const list = (query: string): AxiosRequestConfig => ({ method: 'GET', url: `/api/tickets?${query}` });
const show = (path: string): AxiosRequestConfig => ({ method: 'GET', url: `/api/tickets/${path}` });
const act = (data: unknown, path = 'zendesk/1'): AxiosRequestConfig => ({
  method: 'POST',
  url: `/api/tickets/${path}/actions`,
  data,
});
const good = { desk: 'zendesk', ticketId: '1' };
const takeOver = { action: 'take-over', by: 'maria' };
const keyed = (key: string): AxiosRequestConfig => ({
  ...start(good),
  headers: { 'idempotency-key': key },
});

describe('a field that is not valid is answered 422, with where it is and what was found', () => {
  test.each<[string, AxiosRequestConfig, string, string]>([
    ['a desk in capitals', start({ ...good, desk: 'Zendesk' }), 'body.desk', '"Zendesk"'],
    ['no desk', start({ ticketId: '1' }), 'body.desk', 'nothing'],
    ['a ticket id that is a number', start({ ...good, ticketId: 35_436 }), 'body.ticketId', '35436'],
    ['a ticket id with a colon', start({ ...good, ticketId: '1:2' }), 'body.ticketId', '"1:2"'],
    ['an empty ticket id', start({ ...good, ticketId: '' }), 'body.ticketId', '""'],
    ['a null ticket id', start({ ...good, ticketId: null }), 'body.ticketId', 'null'],
    ['a message id with a space', start({ ...good, messageId: 'a b' }), 'body.messageId', '"a b"'],
    ['a list as message id', start({ ...good, messageId: ['1'] }), 'body.messageId', 'a list'],
    ['an unknown field', start({ ...good, priority: 'high' }), 'body', 'an object'],
    ['a list as body', start([good]), 'body', 'a list'],
    ['a text as body', { ...start('"x"'), headers: { 'content-type': 'application/json' } }, 'body', '"x"'],
    ['a key with a space', keyed('two words'), 'headers.idempotency-key', '"two words"'],
    ['a key of 201 characters', keyed('k'.repeat(201)), 'headers.idempotency-key', '"kkk'],
    ['a stage that is none', list('stage=lost'), 'querystring.stage', '"lost"'],
    ['two stages', list('stage=solved&stage=closed'), 'querystring.stage', 'a list'],
    ['a priority that is none', list('priority=soon'), 'querystring.priority', '"soon"'],
    ['a reason that is none', list('handOffReason=bored'), 'querystring.handOffReason', '"bored"'],
    ['a state that is none', list('state=ajar'), 'querystring.state', '"ajar"'],
    ['a desk that is no name', list('desk=%27'), 'querystring.desk', '"\'"'],
    ['a limit of 0', list('limit=0'), 'querystring.limit', '"0"'],
    ['a limit of 101', list('limit=101'), 'querystring.limit', '"101"'],
    ['a limit in words', list('limit=ten'), 'querystring.limit', '"ten"'],
    ['a negative limit', list('limit=-1'), 'querystring.limit', '"-1"'],
    ['a cursor with a space', list('cursor=a%20b'), 'querystring.cursor', '"a b"'],
    ['an invented cursor', list('cursor=Zm9vYmFyYmF6cXV4'), 'querystring.cursor', 'another text'],
    ['an unknown filter', list('sort=up'), 'querystring', 'an object'],
    ['a shown desk in capitals', show('ZENDESK/1'), 'params.desk', '"ZENDESK"'],
    ['a shown ticket with a dot', show('zendesk/1.json'), 'params.ticketId', '"1.json"'],
    ['an encoded slash', show('zendesk/1%2F2'), 'params.ticketId', '"1/2"'],
    ['an action that is none', act({ ...takeOver, action: 'explode' }), 'body.action', '"explode"'],
    ['an action of the signal', act({ ...takeOver, action: 'takeOver' }), 'body.action', '"takeOver"'],
    ['no one who acts', act({ action: 'close' }), 'body.by', 'nothing'],
    ['an empty name', act({ ...takeOver, by: '' }), 'body.by', '""'],
    ['a blank name', act({ ...takeOver, by: ' ' }), 'body.by', '" "'],
    [
      'a name of white space of other kinds',
      act({ ...takeOver, by: '\u00a0\t\u2003' }),
      'body.by',
      '"\u00a0',
    ],
    [
      'a name one character too long',
      act({ ...takeOver, by: 'm'.repeat(longest.by + 1) }),
      'body.by',
      '"mmm',
    ],
    ['a blank reason', act({ ...takeOver, reason: '\n' }), 'body.reason', '"\\n"'],
    [
      'a reason one character too long',
      act({ ...takeOver, reason: 'r'.repeat(longest.reason + 1) }),
      'body.reason',
      '"rrr',
    ],
    ['a blank draft id', act({ ...takeOver, draftId: ' ' }), 'body.draftId', '" "'],
    ['a draft id that is a number', act({ ...takeOver, draftId: 1 }), 'body.draftId', '1'],
    ['an acted-on ticket with a colon', act(takeOver, 'zendesk/a:b'), 'params.ticketId', '"a:b"'],
  ])('%s', async (_what, request, path, found) => {
    const { status, code, errors = [], detail } = await problem(request);
    expect({ status, code }).toEqual({ status: 422, code: 'invalid' });
    expect(errors.map((error) => error.path)).toContain(path);
    expect(errors.find((error) => error.path === path)?.found).toContain(found);
    expect(errors.every(({ message }) => message.length > 5)).toBe(true);
    expect(detail).toContain(path);
  });

  test('and a long value is cut, so that no text of a customer is echoed whole', async () => {
    const { errors = [] } = await problem(
      act({ ...takeOver, reason: `secret ${'x'.repeat(longest.reason)}` }),
    );
    expect(errors[0]?.found.length).toBeLessThanOrEqual(60);
  });
});

describe('what cannot be read at all', () => {
  const json = { 'content-type': 'application/json' };
  test.each<[string, number, string, AxiosRequestConfig]>([
    ['cut-off JSON', 400, 'bad-request', { ...start(Buffer.from('{"desk":')), headers: json }],
    ['single quotes', 400, 'bad-request', { ...start(Buffer.from("{'desk':'zendesk'}")), headers: json }],
    [
      'a poisoned prototype',
      400,
      'bad-request',
      { ...start(Buffer.from('{"__proto__":{}}')), headers: json },
    ],
    ['XML', 415, 'media-type-unsupported', { ...start('<a/>'), headers: { 'content-type': 'text/xml' } }],
    ['a form', 415, 'media-type-unsupported', start(new URLSearchParams(good))],
    ['65 kB', 413, 'body-too-large', act({ ...takeOver, reason: 'x'.repeat(65 * 1024) })],
    ['another desk', 404, 'desk-unknown', start({ ...good, desk: 'gorgias' })],
    ['another desk to show', 404, 'desk-unknown', show('gorgias/1')],
    ['another desk to act on', 404, 'desk-unknown', act(takeOver, 'gorgias/1')],
    ['an unknown ticket', 404, 'ticket-unknown', show('zendesk/404')],
    ['an action on an unknown ticket', 404, 'ticket-unknown', act(takeOver, 'zendesk/404')],
    ['no such address', 404, 'not-found', { method: 'GET', url: '/api/nothing' }],
    ['a slash too many', 404, 'not-found', show('zendesk/1/2')],
    ['PUT on the list', 405, 'method-not-allowed', { method: 'PUT', url: '/api/tickets' }],
    ['DELETE on a ticket', 405, 'method-not-allowed', { method: 'DELETE', url: '/api/tickets/zendesk/1' }],
    ['GET on actions', 405, 'method-not-allowed', { method: 'GET', url: '/api/tickets/zendesk/1/actions' }],
    ['GET on the webhook', 405, 'method-not-allowed', { method: 'GET', url: '/webhooks/zendesk' }],
    ['POST on health', 405, 'method-not-allowed', { method: 'POST', url: '/health/live' }],
    ['POST on metrics', 405, 'method-not-allowed', { method: 'POST', url: '/metrics' }],
  ])('%s is answered %d %s', async (_what, status, code, request) => {
    expect(await problem(request)).toMatchObject({ status, code });
  });
});

describe('every address of the API wants the token first, whatever else is wrong', () => {
  test.each<AxiosRequestConfig>([
    start({ nonsense: true }),
    list('limit=0'),
    show('zendesk/404'),
    act({ action: 'explode' }),
  ])('$method $url', async (request) => {
    const { status, headers, data } = await server.anyone.request<ProblemBody>(request);
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toBe('Bearer realm="deskhand"');
    expect(data).toMatchObject({ status: 401, code: 'unauthorized' });
    expect(data.errors).toBeUndefined();
  });
});

/** Bytes as they are, over a connection of their own. */
function raw(bytes: string): Promise<{ status: number; headers: string; body: unknown }> {
  const { hostname, port } = new URL(server.server.url);
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: hostname, port: Number(port) }, () => socket.write(bytes));
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => {
      const [headers = '', body = ''] = text.split('\r\n\r\n');
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(headers)?.[1]),
        headers: headers.toLowerCase(),
        body: JSON.parse(body) as unknown,
      });
    });
  });
}

describe('bytes that are no request', () => {
  test.each([
    ['no HTTP at all', 'hello there\r\n\r\n', 400, 'bad-request'],
    ['a header without a colon', 'GET / HTTP/1.1\r\nHost localhost\r\n\r\n', 400, 'bad-request'],
    ['a length that is none', 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n', 400, 'bad-request'],
    [
      'headers of 20 kB',
      `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    [
      'a path that cannot be decoded',
      'GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      400,
      'bad-request',
    ],
  ])('%s: a problem document, and the connection ends', async (_what, bytes, status, code) => {
    const answer = await raw(bytes);
    expect(answer.status).toBe(status);
    expect(answer.headers).toContain('content-type: application/problem+json');
    expect(answer.body).toMatchObject({ type: 'about:blank', status, code });
  });

  test('do not keep the server from answering the next caller', async () => {
    await Promise.all(Array.from({ length: 20 }, () => raw('\u0000\u0001\r\n\r\n')));
    expect((await server.anyone.get('/health/live')).status).toBe(200);
  });
});
