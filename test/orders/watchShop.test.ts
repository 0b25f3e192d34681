import { RemoteFailure } from '../../src/remote/failures';
import type { Shop } from '../../src/orders/port';
import { OrderFileError } from '../../src/orders/demoOrderFile';
import { watchShop } from '../../src/orders/watchShop';

const { signal } = new AbortController();
const refused = new RemoteFailure('unauthorized', 'The shop answered 401: no', {
  retryable: true,
  status: 401,
});

/** A shop whose next answers are these. */
function shopThat(...answers: readonly (Error | null)[]): Shop {
  const left = [...answers];
  const answer = () => {
    const next = left.shift() ?? null;
    return next === null ? Promise.resolve(null) : Promise.reject(next);
  };
  return {
    findByNumber: answer,
    findByCustomer: () => answer().then(() => []),
    act: () => answer().then(() => ({ type: 'done', reference: null })),
  };
}

function logged(shop: Shop) {
  const lines: string[] = [];
  const log = (level: string) => (message: string) => lines.push(`${level} ${message}`);
  const logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
  return { lines, watched: watchShop(shop, logger) };
}

test('refused credentials are said once, with the mend, and once more when they work again', async () => {
  const { lines, watched } = logged(shopThat(refused, refused, null, refused));
  await expect(watched.findByNumber('1', signal)).rejects.toBe(refused);
  await expect(watched.act({ type: 'cancel', order: '1' }, 'key', signal)).rejects.toBe(refused);
  expect(lines).toEqual([expect.stringMatching(/^error The shop answered 401: no\..*check SHOP_API_TOKEN/)]);
  await watched.findByCustomer('ana@mail.example', signal);
  expect(lines.slice(1)).toEqual(['info the shop accepts the credentials again']);
  await expect(watched.findByNumber('1', signal)).rejects.toBe(refused);
  expect(lines).toHaveLength(3);
});

test('other failures are the ticket’s: thrown on, and not said', async () => {
  const down = new RemoteFailure('unavailable', 'The shop answered 503', { retryable: true });
  const { lines, watched } = logged(shopThat(down, null));
  await expect(watched.findByNumber('1', signal)).rejects.toBe(down);
  await expect(watched.findByNumber('1', signal)).resolves.toBeNull();
  expect(lines).toEqual([]);
});

test('a broken file of orders is said once with its place, anew when it is broken otherwise, and when it is mended', async () => {
  const brokenAt = (line: number) => new OrderFileError(`orders.json:${line} is not JSON. Mend it.`);
  const { lines, watched } = logged(shopThat(brokenAt(3), brokenAt(3), brokenAt(5), null, null));
  for (let asked = 0; asked < 5; asked += 1) await watched.findByNumber('1', signal).catch(() => undefined);
  expect(lines).toEqual([
    'error orders.json:3 is not JSON. Mend it. What waits for it goes on by itself once it is mended.',
    'error orders.json:5 is not JSON. Mend it. What waits for it goes on by itself once it is mended.',
    'info the file of orders can be read again',
  ]);
});
