/** The CLI's way to the API, over real HTTP: what it asks, and how each refusal is told. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiUrl, connectApi, type ApiClient } from '../../src/cli/apiClient';
import { readSettings, type Settings } from '../../src/config/settings';

/** With a state folder in which nothing is. */
function settings(port: number, env: Record<string, string> = {}): Settings {
  return readSettings({ DESKHAND_STATE_DIR: '/nowhere', DESKHAND_PORT: String(port), ...env });
}

const token = { DESKHAND_API_TOKEN: 'a-token-of-the-shop' };

let server: http.Server;
let asked: { method: string; url: string; authorization: string; body: string }[];
let answer: { status: number; body: string };
/** How it asks for a token; null: it does not. */
let challenge: string | null;

beforeEach(async () => {
  asked = [];
  challenge = 'Bearer realm="deskhand"';
  answer = { status: 200, body: '{}' };
  server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      asked.push({ method, url, authorization: headers.authorization ?? '', body });
      if (headers.authorization === undefined && answer.status !== 429) {
        response.writeHead(401, challenge === null ? {} : { 'www-authenticate': challenge }).end();
        return;
      }
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

function connect(): Promise<ApiClient> {
  const { port } = server.address() as AddressInfo;
  return connectApi(settings(port, token));
}

it('every request carries the token, once Deskhand has asked for it', async () => {
  const api = await connect();
  await api.list({ stage: 'answering', limit: '5' });
  await api.list({});
  expect(asked).toEqual([
    { method: 'GET', url: '/api/tickets?limit=1', authorization: '', body: '' },
    {
      method: 'GET',
      url: '/api/tickets?stage=answering&limit=5',
      authorization: 'Bearer a-token-of-the-shop',
      body: '',
    },
    { method: 'GET', url: '/api/tickets', authorization: 'Bearer a-token-of-the-shop', body: '' },
  ]);
});

it.each([null, 'Basic realm="router"', 'Bearer realm="somebody else"'])(
  'another program, which asks by %j, is not sent the token; it is told which it is',
  async (other) => {
    challenge = other;
    const api = await connect();
    await expect(api.list({})).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:\d+ is held by .*\(pid \d+\), which is no Deskhand and was not sent the API's token\. DESKHAND_HOST/,
    );
    challenge = 'Bearer realm="deskhand"';
    await api.list({});
    expect(asked.map(({ authorization }) => authorization)).toEqual(['', '', 'Bearer a-token-of-the-shop']);
  },
);

it('a ticket is started, shown and steered at its own address', async () => {
  const api = await connect();
  await api.start({ desk: 'zendesk', ticketId: '7' });
  await api.show({ desk: 'zendesk', account: 'acme', ticketId: '7' });
  await api.act({ desk: 'zendesk', ticketId: '7' }, { action: 'take-over', by: 'maria' });
  expect(asked.slice(1).map(({ method, url, body }) => [method, url, body])).toEqual([
    ['POST', '/api/tickets', '{"desk":"zendesk","ticketId":"7"}'],
    ['GET', '/api/tickets/zendesk/7?account=acme', ''],
    ['POST', '/api/tickets/zendesk/7/actions', '{"action":"take-over","by":"maria"}'],
  ]);
});

it('a server that has another token is told of, and where ours was found', async () => {
  answer = { status: 401, body: JSON.stringify({ detail: 'This token is another.' }) };
  await expect((await connect()).list({})).rejects.toThrow(
    /^The server at http:\/\/127\.0\.0\.1:\d+ has another API token than DESKHAND_API_TOKEN\. Set DESKHAND_STATE_DIR/,
  );
});

it('a problem document is told in its words, with each mistake', async () => {
  const errors = [{ path: 'by', message: 'must be given', found: 'nothing' }];
  answer = { status: 422, body: JSON.stringify({ detail: 'The request has a mistake.', errors }) };
  await expect((await connect()).show({ desk: 'zendesk', ticketId: '7' })).rejects.toThrow(
    'The request has a mistake.\n  - by must be given; found nothing',
  );
});

it.each(['<html>', '{}', ''])('an answer that is not ours (%j) is told as such', async (body) => {
  answer = { status: 502, body };
  await expect((await connect()).show({ desk: 'zendesk', ticketId: '7' })).rejects.toThrow(
    'The API answered 502: is it Deskhand that listens there?',
  );
});

it('asked too often, it is told so, and no token was sent', async () => {
  answer = { status: 429, body: JSON.stringify({ detail: 'Wait 3 seconds.' }) };
  await expect((await connect()).list({})).rejects.toThrow('Wait 3 seconds.');
  expect(asked.map(({ authorization }) => authorization)).toEqual(['']);
});

it('nobody there: where it looked, and the mend', async () => {
  const client = await connectApi(settings(1, token));
  await expect(client.list({})).rejects.toThrow(
    /does not answer at http:\/\/127\.0\.0\.1:1 .*npm start.*DESKHAND_PORT/,
  );
});

it('without a token it says where one is made', async () => {
  await expect(connectApi(settings(1))).rejects.toThrow(/\/nowhere\/api-token is missing/);
});

it.each([
  ['0.0.0.0', 'http://127.0.0.1:4600'],
  ['::', 'http://[::1]:4600'],
  ['::1', 'http://[::1]:4600'],
  ['10.0.0.5', 'http://10.0.0.5:4600'],
])('an API that listens on %s is asked at %s', (host, url) => {
  expect(apiUrl(settings(4600, { DESKHAND_HOST: host }))).toBe(url);
});
