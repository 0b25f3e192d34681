/** A code goes to the address of an order; whoever asked for it sees the same where there is none. */
import { sendCode, type CodeMailing } from '../../activities/sendCode';
import { createMailedCodes } from '../../src/mail/mailedCodes';
import { RemoteFailure } from '../../src/remote/failures';
import { MailServer } from '../mail/mailServer';
import { order, shopOf } from '../policy/support';

const codes = createMailedCodes('a secret of thirty-two characters');
const carlas = order({ number: '50926', customerEmail: 'carla@mail.example' });
const asked = {
  ref: { desk: 'zendesk', account: 'acme', ticketId: '35436' },
  key: '35436/9001/code/50926',
  order: '50926',
  mail: { subject: 'Your code', text: 'The code is {code}. Again: {code}' },
};
const signal = new AbortController().signal;

let server: MailServer;
let taken: string[];
beforeAll(async () => {
  server = await MailServer.start();
});
beforeEach(() => {
  server.received.length = 0;
  server.fault = null;
  taken = [];
});
afterAll(() => server.close());

function mailing(change: Partial<CodeMailing> = {}): CodeMailing {
  return {
    codes,
    takesMs: 0,
    mailer: server.mailer(),
    perOrder: {
      take: (number, key) => {
        taken.push(`${number} ${key}`);
        return Promise.resolve(true);
      },
    },
    ...change,
  };
}

test('the code that whoever has the secret can check goes to the address of the order', async () => {
  expect(await sendCode({ ...mailing(), orders: shopOf(carlas) }, asked, signal)).toBeNull();
  const claim = { key: asked.key, ticketId: '35436', order: '50926', email: 'carla@mail.example' };
  const code = codes.codeFor(claim);
  expect(server.received).toHaveLength(1);
  expect(server.received[0]?.to).toEqual(['carla@mail.example']);
  expect(server.received[0]?.raw).toContain(`The code is ${code}. Again: ${code}`);
  expect(server.received[0]?.raw).toContain(`<${codes.messageIdFor(claim)}@shop.example>`);
  expect(taken).toEqual([`50926 ${asked.key}`]);
});

test('a retry sends the same mail, and counts once for its key', async () => {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await sendCode({ ...mailing(), orders: shopOf(carlas) }, asked, signal);
  }
  const [first, second] = server.received.map(({ raw }) => raw.replace(/^Date: .*$/m, ''));
  expect(second).toBe(first);
  expect(new Set(taken).size).toBe(1);
});

test('nobody has the order: nothing is sent, and the answer is the same', async () => {
  const before = server.connections;
  expect(await sendCode({ ...mailing(), orders: shopOf() }, asked, signal)).toBeNull();
  expect(server.received).toHaveLength(0);
  expect(taken).toHaveLength(0);
  expect(server.connections).toBe(before + 1);
});

test('too many for one order: nothing is sent, and people hear of it', async () => {
  const before = server.connections;
  const parts = mailing({ perOrder: { take: () => Promise.resolve(false) } });
  expect(await sendCode({ ...parts, orders: shopOf(carlas) }, asked, signal)).toBe(
    'too many were sent for this order within a day.',
  );
  expect(server.received).toHaveLength(0);
  expect(server.connections).toBe(before + 1);
});

test('a mail that the server refuses is no failure: only people hear of it', async () => {
  server.fault = { at: 'to', answer: 550 };
  expect(await sendCode({ ...mailing(), orders: shopOf(carlas) }, asked, signal)).toBe(
    'the mail server refuses the mail (550).',
  );
});

test.each([
  ['somebody has', shopOf(carlas)],
  ['nobody has', shopOf()],
])('a server that is down fails alike for an order that %s', async (_who, orders) => {
  const down = await MailServer.start();
  const mailer = down.mailer();
  await down.close();
  const failed = sendCode({ ...mailing({ mailer }), orders }, asked, signal);
  await expect(failed).rejects.toMatchObject({
    kind: 'unavailable',
    message: 'the mail server could not be asked: nothing listens at its address (ECONNREFUSED)',
  });
  await expect(failed).rejects.toBeInstanceOf(RemoteFailure);
});

test('both take as long', async () => {
  const takesMs = 150;
  for (const orders of [shopOf(carlas), shopOf()]) {
    const started = performance.now();
    await sendCode({ ...mailing({ takesMs }), orders }, asked, signal);
    expect(performance.now() - started).toBeGreaterThanOrEqual(takesMs - 2);
  }
});

test('a shop that does not answer is a failure, and nothing is sent', async () => {
  const down = new RemoteFailure('unavailable', 'the shop is down', { retryable: true });
  const orders = { ...shopOf(carlas), findByNumber: () => Promise.reject(down) };
  await expect(sendCode({ ...mailing(), orders }, asked, signal)).rejects.toBe(down);
  expect(server.received).toHaveLength(0);
});
