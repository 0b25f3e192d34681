/** Mail through a real SMTP server, and every way in which that goes wrong. */
import type { Mail } from '../../src/mail/port';
import { RemoteFailure } from '../../src/remote/failures';
import { selfSigned } from '../helpdesk/zendesk/selfSigned';
import { MailServer } from './mailServer';

const mail: Mail = {
  to: 'carla@mail.example',
  subject: 'Ihr Code für Demo Shop',
  text: 'Der Code:\n\n123456\n\nGrüße',
  messageId: 'abc123',
};
const untilAborted = () => new AbortController().signal;

let server: MailServer;
beforeAll(async () => {
  server = await MailServer.start();
});
beforeEach(() => {
  server.fault = null;
  server.received.length = 0;
});
afterAll(() => server.close());

async function failureOf(asked: Promise<unknown>): Promise<RemoteFailure> {
  const outcome: unknown = await asked.then(
    () => 'nothing failed',
    (error: unknown) => error,
  );
  if (!(outcome instanceof RemoteFailure)) throw new Error(`no failure, but ${String(outcome)}`);
  return outcome;
}

describe('a mail', () => {
  test('arrives, from whom it should, and says that a machine wrote it', async () => {
    expect(await server.mailer().send(mail, untilAborted())).toEqual({ type: 'accepted' });
    const [received, ...others] = server.received;
    expect(others).toHaveLength(0);
    expect(received).toMatchObject({ from: 'care@shop.example', to: ['carla@mail.example'] });
    expect(received?.raw).toMatch(/^From: Demo Shop <care@shop\.example>/m);
    expect(received?.raw).toMatch(/^Message-ID: <abc123@shop\.example>/m);
    expect(received?.raw).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(received?.raw).toContain('123456');
  });

  test('sent twice is the same mail for whoever reads it', async () => {
    const mailer = server.mailer();
    await mailer.send(mail, untilAborted());
    await mailer.send(mail, untilAborted());
    const ids = server.received.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)?.[1]);
    expect(new Set(ids).size).toBe(1);
  });

  test('cannot smuggle lines into its head', async () => {
    const subject = 'Code\r\nBcc: eve@mail.example';
    await server.mailer().send({ ...mail, subject }, untilAborted());
    expect(server.received[0]?.to).toEqual(['carla@mail.example']);
    expect(server.received[0]?.raw).not.toMatch(/^Bcc:/m);
  });

  test.each([
    '',
    'not an address',
    'a@b.example, eve@mail.example',
    'eve@mail.example\r\nRCPT TO:<x@y.example>',
  ])('to %j reaches nobody but whom it names', async (to) => {
    const outcome = await server
      .mailer()
      .send({ ...mail, to }, untilAborted())
      .catch((error: unknown) => error);
    const reached = server.received.flatMap((received) => received.to);
    if (reached.length === 0) expect(outcome).toMatchObject({ type: 'refused' });
    expect(reached).not.toContain('x@y.example');
    expect(reached.length).toBeLessThanOrEqual(1);
  });

  test('signs in where credentials are set', async () => {
    const strict = await MailServer.start({ authOptional: false });
    try {
      const auth = { user: 'care', password: 'p@ss:word' };
      await strict.mailer({ auth }).send(mail, untilAborted());
      expect(strict.received).toHaveLength(1);
    } finally {
      await strict.close();
    }
  });
});

describe("the server's word on this mail", () => {
  test.each([
    ['to', 550],
    ['to', 552],
    ['to', 450],
    ['data', 554],
    ['data', 451],
  ] as const)('at %s: %i is a refusal that names nobody', async (at, answer) => {
    server.fault = { at, answer };
    const delivery = await server.mailer().send(mail, untilAborted());
    expect(delivery).toEqual({ type: 'refused', why: `the mail server refuses the mail (${answer})` });
  });

  test('about our sender says so', async () => {
    server.fault = { at: 'from', answer: 550 };
    expect(await server.mailer().send(mail, untilAborted())).toEqual({
      type: 'refused',
      why: 'the mail server refuses our sender, DESKHAND_MAIL_FROM (550)',
    });
  });
});

describe('what is not about this mail', () => {
  test.each([
    ['connect', 421],
    ['connect', 554],
    ['to', 421],
    ['data', 421],
  ] as const)('at %s: %i is tried again', async (at, answer) => {
    server.fault = { at, answer };
    const failure = await failureOf(server.mailer().send(mail, untilAborted()));
    expect(failure).toMatchObject({ kind: 'unavailable', retryable: true });
    expect(failure.message).not.toMatch(/carla|123456|as the test wants/);
  });

  test('a connection that breaks after the mail was taken: tried again, and the same mail', async () => {
    server.fault = { at: 'data', answer: 'reset' };
    const failure = await failureOf(server.mailer().send(mail, untilAborted()));
    expect(failure).toMatchObject({ kind: 'unavailable', retryable: true });
    server.fault = null;
    await server.mailer().send(mail, untilAborted());
    const ids = server.received.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)?.[1]);
    expect(ids).toEqual(['<abc123@shop.example>', '<abc123@shop.example>']);
  });

  test('nothing listens', async () => {
    const gone = await MailServer.start();
    const mailer = gone.mailer();
    await gone.close();
    for (const asked of [mailer.send(mail, untilAborted()), mailer.check(untilAborted())]) {
      const failure = await failureOf(asked);
      expect(failure).toMatchObject({ kind: 'unavailable', retryable: true });
      expect(failure.message).toBe(
        'the mail server could not be asked: nothing listens at its address (ECONNREFUSED)',
      );
    }
  });

  test('wrong credentials are the account’s: tried again slowly, the password is nowhere', async () => {
    const mailer = server.mailer({ auth: { user: 'care', password: 'wrong-secret' } });
    for (const asked of [mailer.send(mail, untilAborted()), mailer.check(untilAborted())]) {
      const failure = await failureOf(asked);
      expect(failure).toMatchObject({ kind: 'unauthorized', retryable: true, retryAfterMs: 60_000 });
      expect(JSON.stringify([failure, failure.message, failure.stack])).not.toContain('wrong-secret');
    }
  });

  test('TLS is wanted and not offered: nothing is sent', async () => {
    const mailer = server.mailer({ tls: 'required', auth: { user: 'care', password: 'p@ss:word' } });
    const failure = await failureOf(mailer.send(mail, untilAborted()));
    expect(failure).toMatchObject({ kind: 'unavailable', retryable: true, retryAfterMs: 60_000 });
    expect(failure.message).toContain('no TLS connection came about');
    expect(server.received).toHaveLength(0);
  });

  test.each(['required', 'from-the-start'] as const)(
    'a certificate that nobody vouches for (%s): nothing is sent',
    async (tls) => {
      const secure = await MailServer.start({
        ...selfSigned,
        secure: tls === 'from-the-start',
        disabledCommands: [],
      });
      try {
        const failure = await failureOf(secure.mailer({ tls }).send(mail, untilAborted()));
        expect(failure).toMatchObject({ kind: 'unavailable', retryable: true, retryAfterMs: 60_000 });
        expect(failure.message).toMatch(/TLS/);
        expect(secure.received).toHaveLength(0);
      } finally {
        await secure.close();
      }
    },
  );

  test('TLS from the start to a server that begins without', async () => {
    const failure = await failureOf(server.mailer({ tls: 'from-the-start' }).check(untilAborted()));
    expect(failure).toMatchObject({ kind: 'unavailable', retryable: true, retryAfterMs: 60_000 });
    expect(failure.message).toContain('no TLS connection came about');
  });

  test('a name that DNS does not know', async () => {
    const failure = await failureOf(server.mailer({ host: 'no-such-host.invalid' }).check(untilAborted()));
    expect(failure).toMatchObject({ kind: 'unavailable', retryable: true });
  });

  test('a call that is stopped ends at once', async () => {
    const silent = await MailServer.start({ onConnect: () => undefined });
    try {
      for (const ask of [
        (signal: AbortSignal) => silent.mailer().send(mail, signal),
        (signal: AbortSignal) => silent.mailer().check(signal),
      ]) {
        const stop = new AbortController();
        const asked = failureOf(ask(stop.signal));
        setTimeout(() => stop.abort(), 20);
        expect(await asked).toMatchObject({ kind: 'cancelled', retryable: false });
        expect(await failureOf(ask(stop.signal))).toMatchObject({ kind: 'cancelled' });
        expect(await failureOf(ask(AbortSignal.timeout(20)))).toMatchObject({ kind: 'unavailable' });
      }
    } finally {
      await silent.close();
    }
  });
});

test('a check connects and sends nothing', async () => {
  const before = server.connections;
  await server.mailer().check(untilAborted());
  expect(server.connections).toBe(before + 1);
  expect(server.received).toHaveLength(0);
});
