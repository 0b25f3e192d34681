/** What the doctor says of whoever answers where the API is meant to be, over real sockets. */
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { apiWords } from '../../../src/cli/doctor/doctorApi';
import { NotCheckedError } from '../../../src/cli/doctor/check';
import { readSettings } from '../../../src/config/settings';

const token = 'a-token-of-the-shop';
const ready = JSON.stringify({ checks: [{ name: 'temporal', ok: true, detail: 'answers' }] });
let there: net.Server | null = null;
/** What was sent with each request. */
let given: (string | undefined)[] = [];

afterEach(async () => {
  if (there === null) return;
  if (there instanceof http.Server) there.closeAllConnections();
  there.close();
  await once(there, 'close');
  there = null;
  given = [];
});

/** @param env - without one, there is no token. */
async function askedOf(server: net.Server, env: Record<string, string> = { DESKHAND_API_TOKEN: token }) {
  there = server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return apiWords(readSettings({ DESKHAND_STATE_DIR: '/nowhere', DESKHAND_PORT: String(port), ...env }));
}

function answering(answer: http.RequestListener): http.Server {
  return http.createServer((request, response) => {
    given.push(request.headers.authorization);
    answer(request, response);
  });
}

/** A Deskhand, as it looks from outside. */
function deskhandWith(itsToken: string): http.Server {
  return answering(({ url, headers: { authorization } }, response) => {
    if (url === '/health/ready') return response.end(ready);
    response.setHeader('content-type', 'application/json');
    if (authorization === `Bearer ${itsToken}`) return response.end('{"tickets":[],"nextPageToken":null}');
    return response.writeHead(401, { 'www-authenticate': 'Bearer realm="deskhand"' }).end('{}');
  });
}

it('a Deskhand that takes our token is ready', async () => {
  expect(await askedOf(deskhandWith(token))).toMatch(/^http:\/\/127\.0\.0\.1:\d+ is ready$/);
});

it('one that takes another token is no use to any command', async () => {
  await expect(askedOf(deskhandWith('of-another-shop'))).rejects.toThrow(
    /^The server at \S+ has another API token than DESKHAND_API_TOKEN\. Set DESKHAND_STATE_DIR to that server's/,
  );
});

it('where there is no token of ours, that is said, and nobody is blamed', async () => {
  const asking = askedOf(deskhandWith(token), {});
  await expect(asking).rejects.toThrow(NotCheckedError);
  await expect(asking).rejects.toThrow(
    / is ready, and no command can use it\. There is no API token: \/nowhere/,
  );
});

it.each<[string, http.RequestListener]>([
  ['says {} to everything', (_, response) => response.end('{}')],
  ['has no checks', (_, response) => response.end('{"checks":[]}')],
  ['sends us elsewhere', (_, response) => response.writeHead(302, { location: '/elsewhere' }).end()],
  ['is broken', (_, response) => response.writeHead(500).end('<html>')],
])('a program that %s is named, is no Deskhand, and gets no token', async (_what, answer) => {
  await expect(askedOf(answering(answer))).rejects.toThrow(
    /^http:\/\/127\.0\.0\.1:\d+ is held by .*\(pid \d+\), which is no Deskhand: DESKHAND_HOST and DESKHAND_PORT/,
  );
  expect(given).toEqual([undefined]);
});

const page = Buffer.alloc(100_000, ' ');

it.each<[string, () => net.Server]>([
  [
    'speaks no HTTP',
    () =>
      net.createServer((socket) =>
        socket
          .on('error', () => undefined)
          .resume()
          .end('SSH-2.0\r\n'),
      ),
  ],
  [
    'never comes to an end',
    () =>
      answering((_, response) => {
        const goOn = () => {
          while (!response.destroyed && response.write(page));
        };
        response.on('drain', goOn);
        goOn();
      }),
  ],
])('a program that %s is not taken for nobody', async (_what, program) => {
  await expect(askedOf(program())).rejects.toThrow(
    /^http:\/\/127\.0\.0\.1:\d+ is held by .*\(pid \d+\), which does not answer as Deskhand does: DESKHAND_HOST/,
  );
});

it('nobody', async () => {
  const settings = readSettings({ DESKHAND_STATE_DIR: '/nowhere', DESKHAND_PORT: '1' });
  await expect(apiWords(settings)).rejects.toThrow(/^nothing answers at http:\/\/127\.0\.0\.1:1: start it/);
});
