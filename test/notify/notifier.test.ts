import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LogFields, Logger } from '../../src/log/logger';
import { createNotifier } from '../../src/notify/createNotifier';
import type { Notice } from '../../src/notify/port';

const notice: Notice = {
  ref: { desk: 'zendesk', account: 'acme', ticketId: '35436' },
  reason: 'failure',
  message: 'The desk does not know the ticket.',
};

/** A chat channel that answers as told and keeps what it was sent. */
async function channel(answer: (response: http.ServerResponse) => void) {
  const posts: unknown[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      posts.push(JSON.parse(body));
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hooks/secret-path`,
    posts,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function keepingLogger() {
  const lines: { message: string; fields: LogFields | undefined }[] = [];
  const keep = (message: string, fields?: LogFields) => void lines.push({ message, fields });
  const logger: Logger = { debug: keep, info: keep, warn: keep, error: keep };
  return { logger, lines };
}

const never = (): AbortSignal => new AbortController().signal;

test('without an address, one loud line in the log is all', async () => {
  const { logger, lines } = keepingLogger();
  await createNotifier({ url: null, logger }).notify(notice, never());
  expect(lines).toEqual([
    {
      message: 'PEOPLE ARE NEEDED: The desk does not know the ticket. (ticket zendesk/acme/35436)',
      fields: { ...notice.ref, reason: 'failure' },
    },
  ]);
});

test('with an address, the notice is posted as text, ticket and reason, and logged as well', async () => {
  const chat = await channel((response) => response.end('ok'));
  const { logger, lines } = keepingLogger();
  await createNotifier({ url: chat.url, logger }).notify(notice, never());
  expect(chat.posts).toEqual([
    {
      text: 'The desk does not know the ticket. (ticket zendesk/acme/35436)',
      ticket: 'zendesk/acme/35436',
      reason: 'failure',
    },
  ]);
  expect(lines).toHaveLength(1);
  await chat.close();
});

test.each([500, 404, 302])(
  'an answer of %d is a failure that may be tried again, without the address',
  async (status) => {
    const chat = await channel((response) => response.writeHead(status, { location: '/' }).end());
    const sent = createNotifier({ url: chat.url, logger: keepingLogger().logger }).notify(notice, never());
    await expect(sent).rejects.toThrow(`it answered ${status}`);
    await expect(sent).rejects.not.toThrow('secret-path');
    // Of a kind that is tried for as long as the step allows, not given up as something nobody foresaw.
    await expect(sent).rejects.toMatchObject({ kind: 'unavailable', retryable: true, retryAfterMs: null });
    await chat.close();
  },
);

test('a channel that is gone is a failure, too', async () => {
  const chat = await channel((response) => response.end());
  await chat.close();
  const { logger } = keepingLogger();
  await expect(createNotifier({ url: chat.url, logger }).notify(notice, never())).rejects.toThrow(
    'ECONNREFUSED',
  );
});

test('cancellation ends the request', async () => {
  const chat = await channel(() => undefined);
  const controller = new AbortController();
  const { logger } = keepingLogger();
  const sent = createNotifier({ url: chat.url, logger }).notify(notice, controller.signal);
  setTimeout(() => controller.abort(), 50);
  await expect(sent).rejects.toThrow('it was cancelled');
  await chat.close();
});
