/** The page asks nobody to sign in, so no other site in the same browser gets at what is behind it. */
import { request } from 'node:http';
import { startEmbeddedZendesk } from '../../../../src/helpdesk/embedded/zendesk/desk';
import { matching, TestDesk } from '../zendesk/harness';

let desk: TestDesk;
beforeAll(async () => {
  desk = await TestDesk.start();
});
afterAll(() => desk.stop());

const own = () => new URL(desk.desk.url).host;

/** Node's own client, because fetch would not let us say which Host, Origin and site we are. */
function ask(headers: Record<string, string>, method = 'GET', path = '/_desk/tickets', url = desk.desk.url) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    request(new URL(path, url), { method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end(method === 'POST' ? '{}' : undefined);
  });
}

describe('a request', () => {
  it.each([
    ['under a foreign name (DNS rebinding)', () => ({ host: 'evil.example' }), 403],
    [
      'under a foreign name with our port',
      () => ({ host: `evil.example:${new URL(desk.desk.url).port}` }),
      403,
    ],
    ['under a name that only begins like ours', () => ({ host: '127.0.0.1.evil.example' }), 403],
    ['under an address of the network', () => ({ host: '192.168.0.7:80' }), 403],
    ['from a foreign site', () => ({ host: own(), origin: 'https://evil.example' }), 403],
    ['from another port of this machine', () => ({ host: own(), origin: 'http://127.0.0.1:1' }), 403],
    ['from a sandboxed page', () => ({ host: own(), origin: 'null' }), 403],
    [
      'for an image on another site',
      () => ({ host: own(), 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }),
      403,
    ],
    [
      'from a sister site',
      () => ({ host: own(), 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }),
      403,
    ],
    [
      'from the page itself',
      () => ({ host: own(), origin: desk.desk.url, 'sec-fetch-site': 'same-origin' }),
      200,
    ],
    ['typed into the address bar', () => ({ host: own(), 'sec-fetch-site': 'none' }), 200],
    ['from a program', () => ({ host: own() }), 200],
    ['as localhost', () => ({ host: own().replace('127.0.0.1', 'LOCALHOST') }), 200],
    ['by IPv6', () => ({ host: own().replace('127.0.0.1', '[::1]') }), 200],
  ])('%s gets its due', async (_how, headers, status) => {
    expect((await ask(headers())).status).toBe(status);
  });

  it('that is refused is told the mend', async () => {
    const { body } = await ask({ host: 'evil.example' });
    expect(JSON.parse(body)).toMatchObject({
      error: 'Forbidden',
      description: matching(/not known as "evil.example".*start it with that public URL/),
    });
  });

  it.each(['/', '/desk.js', '/_desk/events', '/_desk/team', '/_desk/tickets/1', '/_desk/faults'])(
    'to %s is guarded',
    async (path) => {
      expect((await ask({ host: 'evil.example' }, 'GET', path)).status).toBe(403);
    },
  );

  it('to the API needs the token instead, under whatever name', async () => {
    expect((await ask({ host: 'desk.internal' }, 'GET', '/api/v2/users/me')).status).toBe(401);
    const headers = { host: 'desk.internal', ...desk.credentials() };
    expect((await ask(headers, 'GET', '/api/v2/users/me')).status).toBe(200);
  });
});

it('a form of another site cannot write: its types are not read', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const headers = { host: own(), 'content-type': type };
    expect((await ask(headers, 'POST', '/_desk/customer/tickets')).status).toBe(422);
  }
});

it('a link on another site may open the page, which forbids all that is not its own', async () => {
  const headers = { host: own(), 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  expect((await ask(headers, 'GET', '/')).status).toBe(200);
  expect((await ask(headers, 'POST', '/_desk/customer/tickets')).status).toBe(403);
  const page = await desk.get('/');
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
});

it('the public address is a name of the desk too, and no more than that', async () => {
  const publicUrl = 'https://desk.shop.example/';
  const first = await TestDesk.start();
  const { port } = new URL(first.desk.url);
  await first.desk.close();
  const { stateDir } = first;
  const behindProxy = await startEmbeddedZendesk({
    host: '127.0.0.1',
    port: Number(port),
    stateDir,
    publicUrl,
  });
  const listening = `http://127.0.0.1:${port}`;
  const known = { host: 'desk.shop.example', origin: 'https://desk.shop.example' };
  expect((await ask(known, 'GET', '/_desk/tickets', listening)).status).toBe(200);
  expect((await ask({ host: 'shop.example' }, 'GET', '/_desk/tickets', listening)).status).toBe(403);
  expect(behindProxy.url).toBe('https://desk.shop.example');
  expect(behindProxy.credentials.apiUrl).toBe('https://desk.shop.example/api/v2');
  await behindProxy.close();
  await first.stop();
});
