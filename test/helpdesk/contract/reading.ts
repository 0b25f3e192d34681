/** What is read of a ticket and of the account, what changed, and how a desk's troubles are called. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { snapshotOf } from '../../../activities/readTicket';
import { plainUpdate } from '../../../src/core/ticket/update';
import type { Fault } from '../../../src/remote/faults';
import { DeskInUse, anyCall, note, reply, whatever, type DeskUnderTest } from './deskUnderTest';

const hourMs = 3_600_000;

export function reading(tested: DeskUnderTest): void {
  const at = new DeskInUse(tested, { ownClock: true });

  describe('a ticket', () => {
    test('with everything a turn needs, in one step', async () => {
      const { ticketId, commentId } = await at.people.customerOpens('Where is #48213?', {
        channel: 'email',
        attachments: [{ file_name: 'label.png', content_type: 'image/png', size: 1234 }],
      });
      const ticket = await at.read(ticketId);
      const { fresh, locale } = at.desk.abilities;
      expect(ticket).toMatchObject({
        ...{ ...fresh, subject: 'My parcel', tags: [], groupId: null, assignee: null, channel: 'email' },
        requester: {
          ...{ name: 'Ana Diaz', email: 'ana@mail.example', locale, role: 'end-user' },
          ...{ isCompany: false, trusted: true },
        },
        comments: [
          {
            id: commentId,
            at: '2026-11-25T12:00:00Z',
            public: true,
            author: 'requester',
            authorId: ticket.requester.id,
            body: 'Where is #48213?',
            machineMade: false,
            attachments: [{ name: 'label.png', contentType: 'image/png', bytes: 1234 }],
          },
        ],
      });
      expect(Date.parse(ticket.stamp)).not.toBeNaN();
    });

    test('oldest comment first, each with its author', async () => {
      const ticketId = await at.asks('one');
      await at.people.agentActs(ticketId, 'Nora Lind', { comment: { body: 'two', public: false } });
      await at.apply(ticketId, [reply('k/three', 'three')]);
      await at.people.customerWrites(ticketId, 'four', { email: 'bo@mail.example', name: 'Bo' });
      await at.people.customerWrites(ticketId, 'five');
      const { comments } = await at.read(ticketId);
      expect(comments.map(({ body, author, public: shown }) => [body, author, shown])).toEqual([
        ['one', 'requester', true],
        ['two', 'agent', false],
        ['three', 'bot', true],
        ['four', 'third-party', true],
        ['five', 'requester', true],
      ]);
    });

    test('with the lines of a mail, as its HTML has them', async () => {
      const html = '<div>Hello,<br>where is it?</div><blockquote>On Monday you wrote</blockquote>';
      const { ticketId } = await at.people.customerOpens('', { html, channel: 'email' });
      expect((await at.read(ticketId)).comments[0]?.body).toMatch(/^Hello,\nwhere is it\?\n+.*On Monday/);
    });

    test('of more than a hundred comments, the newest hundred', async () => {
      const ticketId = await at.asks('comment 1');
      for (let n = 2; n <= 105; n += 1) await at.people.customerWrites(ticketId, `comment ${n}`);
      const { comments } = await at.read(ticketId);
      expect(comments).toHaveLength(100);
      expect([comments[0]?.body, comments[99]?.body]).toEqual(['comment 6', 'comment 105']);
      const guard = await at.guard(ticketId);
      expect(await at.apply(ticketId, [reply('k/reply')], guard)).toMatchObject([{ outcome: 'applied' }]);
      expect(await at.apply(ticketId, [reply('k/reply')], guard)).toMatchObject([
        { outcome: 'already-applied' },
      ]);
    });

    test('of an agent who wrote in as a customer', async () => {
      const staff = { email: 'nora@demo-shop.example', name: 'Nora Lind' };
      const { ticketId } = await at.people.customerOpens('Test', staff);
      expect(await at.read(ticketId)).toMatchObject({
        requester: { role: 'agent' },
        comments: [{ author: 'requester' }],
      });
    });

    test('of a user without an e-mail address, who is nobody of the company', async () => {
      const caller = { email: null, name: 'A caller', channel: 'web' };
      const { ticketId } = await at.people.customerOpens('Where is it?', caller);
      const { requester } = await at.desk
        .open({ companyAddresses: ['care@shop.example'] })
        .fetchTicket(ticketId, anyCall());
      expect(requester).toMatchObject({ name: 'A caller', email: null, isCompany: false, role: 'end-user' });
      const guard = await at.guard(ticketId);
      expect(await at.apply(ticketId, [note('k/note')], guard)).toMatchObject([{ outcome: 'applied' }]);
    });

    test("of the company's own support address, in any case", async () => {
      const { ticketId } = await at.people.customerOpens('Thank you', { email: 'Care@shop.example' });
      const isCompany = async (companyAddresses: readonly string[]) =>
        (await at.desk.open({ companyAddresses }).fetchTicket(ticketId, anyCall())).requester.isCompany;
      expect(await isCompany(['CARE@shop.example'])).toBe(true);
      expect(await isCompany([])).toBe(false);
    });

    test('on which others write: their address tells a machine, and our own mail that came back', async () => {
      const ticketId = await at.asks();
      const senders = ['bo@mail.example', 'Mailer-Daemon@mx.example', 'Care@shop.example'];
      for (const email of senders) await at.people.customerWrites(ticketId, 'Hello', { email, name: 'X' });
      const companyAddresses = ['care@shop.example'];
      const { comments } = await at.desk.open({ companyAddresses }).fetchTicket(ticketId, anyCall());
      expect(comments.slice(1).map(({ sentFrom, machineMade }) => [sentFrom, machineMade])).toEqual([
        ['bo@mail.example', false],
        ['mailer-daemon@mx.example', false],
        ['care@shop.example', true],
      ]);
      expect(comments[0]).not.toHaveProperty('sentFrom');
    });

    test('with what was written on it before, for who has no memory of it', async () => {
      const ticketId = await at.asks();
      await at.apply(ticketId, [reply('1/0/reply'), note('1/0/note')]);
      const { past = [] } = await at.desk.open().fetchTicket(ticketId, anyCall(), { past: true });
      expect(past.map((event) => (event.type === 'written' ? event.key : event.type))).toEqual([
        '1/0/reply',
        '1/0/note',
      ]);
    });

    test('with the rating of the customer, and without what they wrote with it', async () => {
      const ticketId = await at.asks();
      expect((await at.read(ticketId)).rating).toBeUndefined();
      await at.people.agentActs(ticketId, 'Nora Lind', { status: 'solved' });
      await at.people.rate(ticketId, 'good');
      expect((await at.read(ticketId)).rating).toMatchObject({ score: 'good', hasComment: false });
      at.now += 60_000;
      await at.people.rate(ticketId, 'bad', 'It never came.');
      const { rating, comments } = await at.read(ticketId);
      expect(rating).toMatchObject({ score: 'bad', hasComment: true });
      expect(comments.filter(({ author }) => author === 'requester')).toHaveLength(1);
    });

    test.each(['999999', '12; drop', '', '007'])('that does not exist: "%s"', async (ticketId) => {
      await expect(at.read(ticketId)).rejects.toMatchObject({ kind: 'ticket-not-found', retryable: false });
    });
  });

  test.each<[string, Fault, Record<string, unknown>]>([
    ['a 400', { type: 'status', status: 400 }, { kind: 'rejected', retryable: false }],
    ['a 401', { type: 'status', status: 401 }, { kind: 'unauthorized', retryAfterMs: 60_000 }],
    ['a 403', { type: 'status', status: 403 }, { kind: 'unauthorized', retryable: true }],
    ['a 404', { type: 'status', status: 404, body: '' }, { kind: 'ticket-not-found', retryable: false }],
    ['a 422', { type: 'status', status: 422 }, { kind: 'rejected', retryable: false }],
    [
      'a 429 with Retry-After, and no JSON',
      { type: 'status', status: 429, retryAfter: 9, body: 'Too many' },
      { kind: 'throttled', retryable: true, retryAfterMs: 9_000 },
    ],
    [
      'a 429 without',
      { type: 'status', status: 429 },
      { kind: 'throttled', retryable: true, retryAfterMs: null },
    ],
    ['a 500', { type: 'status', status: 500 }, { kind: 'unavailable', retryable: true }],
    ['a 502 page', { type: 'status', status: 502, body: '<h1>Bad gateway</h1>' }, { kind: 'unavailable' }],
    [
      'a 503 with Retry-After',
      { type: 'status', status: 503, retryAfter: '3' },
      { kind: 'unavailable', retryable: true, retryAfterMs: 3_000 },
    ],
    ['a 200 of another kind', { type: 'status', status: 200, body: {} }, { kind: 'malformed' }],
    ['a 200 that is a page', { type: 'status', status: 200, body: '<html>' }, { kind: 'malformed' }],
    [
      'a 200 with an error inside',
      {
        type: 'status',
        status: 200,
        body: { error: 'Busy', code: 'busy', message: 'Busy', errors: [{ code: 'busy' }] },
      },
      { kind: 'malformed', retryable: true },
    ],
    ['a redirect', { type: 'status', status: 302, body: '' }, { kind: 'malformed', retryable: true }],
    ['a reset', { type: 'reset-before' }, { kind: 'unavailable', retryable: true }],
    ['half an answer', { type: 'malformed' }, { kind: 'malformed', retryable: true }],
  ])('%s is the failure it is, and says nothing of the customer', async (_what, fault, failure) => {
    const ticketId = await at.asks();
    at.desk.faults.add({ route: at.desk.routes.ticket, fault });
    const error: unknown = await at.read(ticketId).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'RemoteFailure', ...failure });
    expect(String(error)).not.toMatch(/ana@mail\.example|Where is my order/);
  });

  test('no request goes where the words of a ticket say', async () => {
    const asked: string[] = [];
    const trap = http.createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = trap.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}`;
      const html = `<p>Click <a href="${url}/a">here</a> <img src="${url}/pixel.gif"><iframe src="${url}/f"></iframe></p><script src="${url}/s"></script>`;
      const mail = { subject: `${url}/subject`, html, channel: 'email' };
      const { ticketId } = await at.people.customerOpens('', mail);
      await at.people.customerWrites(ticketId, `![x](${url}/markdown) ${url}/api/v2/tickets/1 {{${url}}}`);
      const guard = await at.guard(ticketId);
      snapshotOf(await at.read(ticketId));
      await at.apply(ticketId, [reply('k/reply', `See ${url}/reply`), note('k/note', `${url}/note`)], guard);
      at.now += 120_000;
      await at.desk.open().changedTickets({ since: at.now - hourMs }, anyCall());
      expect(asked).toEqual([]);
    } finally {
      await new Promise((resolve) => trap.close(resolve));
    }
  });

  test('a call that is given up ends at once', async () => {
    const ticketId = await at.asks();
    at.desk.faults.add({ route: at.desk.routes.ticket, times: 1, fault: { type: 'delay', ms: 20_000 } });
    const told = new AbortController();
    setTimeout(() => told.abort(), 50);
    const reads = at.desk.open().fetchTicket(ticketId, { signal: told.signal });
    await expect(reads).rejects.toMatchObject({ kind: 'cancelled' });
  });

  describe('the account', () => {
    test('says who we are, and is asked every time: it is the proof of the credentials', async () => {
      const desk = at.desk.open();
      expect(await desk.whoAmI(anyCall())).toMatchObject({
        userId: String(at.people.agentId('Deskhand')),
        name: 'Deskhand',
      });
      at.desk.faults.add({ route: at.desk.routes.me, fault: { type: 'status', status: 401 } });
      await expect(desk.whoAmI(anyCall())).rejects.toMatchObject({ kind: 'unauthorized', status: 401 });
    });

    test('is refused with wrong credentials, and nothing of them is said', async () => {
      const failure: unknown = await at.desk
        .open({ wrongCredentials: true })
        .whoAmI(anyCall())
        .catch((error: unknown) => error);
      expect(failure).toMatchObject({ kind: 'unauthorized', retryAfterMs: 60_000 });
      expect(String(failure)).not.toContain('wrong');
    });

    const asKept = (name: string): string =>
      at.desk.abilities.smallGroupNames === true ? name.toLowerCase() : name;

    test('names its groups and its custom fields', async () => {
      const groups = ['Support', 'Tier 2', 'Billing'].map(asKept);
      expect(await at.desk.open().groupNames(anyCall())).toEqual(groups);
      expect(await at.desk.open().customFields(anyCall())).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ name: 'Order number', kind: 'text', options: [] }),
          expect.objectContaining({ name: 'Contact reason', kind: 'choice' }),
        ]),
      );
    });

    test('says where agents read a ticket', () => {
      expect(at.desk.open().ticketUrl('7')).toMatch(new RegExp(`^${at.desk.url}/.*/7$`));
    });

    test('knows its agents by id and by address, and nobody else', async () => {
      const find = (who: string) => at.desk.open().findAgent(who, anyCall());
      const nora = {
        id: String(at.people.agentId('Nora Lind')),
        ...{ name: 'Nora Lind', email: 'nora@demo-shop.example', isActive: true },
        groups: ['Support', 'Tier 2'].map(asKept),
      };
      expect(await find(nora.id)).toEqual(nora);
      expect(await find(' Nora@Demo-Shop.Example ')).toEqual(nora);
      for (const nobody of ['999999', 'mallory@example.com', 'nora', 'Nora Lind', 'role:agent', ' ']) {
        expect(await find(nobody)).toBeNull();
      }
      expect(await find('deskhand@demo-shop.example')).toMatchObject({ isOurs: true });
    });
  });

  describe('changed tickets', () => {
    test('come oldest first, then only what changed since, by an opaque cursor', async () => {
      const desk = at.desk.open();
      at.now += hourMs;
      const since = at.now - 1_000;
      const first = await at.asks('one');
      const second = await at.asks('two');
      at.now += 120_000;
      const begun = await desk.changedTickets({ since }, anyCall());
      expect(begun.changes.map(({ ticketId }) => ticketId)).toEqual([first, second]);
      expect(begun.complete).toBe(true);
      const cursor = begun.cursor ?? '';
      expect((await desk.changedTickets({ cursor }, anyCall())).changes).toEqual([]);
      await at.people.customerWrites(first, 'Well?');
      at.now += 120_000;
      const next = await desk.changedTickets({ cursor }, anyCall());
      expect(next.changes.map(({ ticketId }) => ticketId)).toEqual([first]);
    });

    test('are all told, each once, however many changed at one moment', async () => {
      at.now += hourMs;
      const since = at.now;
      const made: string[] = [];
      for (let n = 0; n < 120; n += 1) made.push(await at.asks());
      at.now += 120_000;
      const told: string[] = [];
      let from: { since: number } | { cursor: string } = { since };
      for (let look = 0; look < 20; look += 1) {
        const { changes, cursor, complete } = await at.desk.open().changedTickets(from, anyCall());
        told.push(...changes.map(({ ticketId }) => ticketId));
        from = { cursor: cursor ?? '' };
        if (complete) break;
      }
      expect(told).toEqual(made);
    });

    test('are asked for again when the desk is down', async () => {
      at.desk.faults.add({ route: at.desk.routes.changed, times: 1, fault: { type: 'status', status: 503 } });
      const look = () => at.desk.open().changedTickets({ since: at.now - hourMs }, anyCall());
      await expect(look()).rejects.toMatchObject({ kind: 'unavailable', retryable: true });
    });
  });
}

/** On an account of its own: nothing of ours is on it yet. */
export function leftOpen(tested: DeskUnderTest): void {
  const at = new DeskInUse(tested, { ownClock: true });
  const found = (since: number) => at.desk.open().ticketsLeftOpen(since, anyCall());
  const tagged = async (ticketId: string, tag: string): Promise<void> => {
    const update = plainUpdate(`${ticketId}/1/note`, { addTags: [tag] });
    await at.desk.open().applyUpdates(ticketId, [update], whatever, anyCall());
  };

  test('are none of its business on an account where it has done nothing yet', async () => {
    await tagged(await at.asks(), 'vip');
    expect(await found(0)).toEqual([]);
  });

  test('are the new and the open ones, answered or not, that changed since then', async () => {
    at.now += hourMs;
    const since = at.now;
    const old = await at.asks();
    at.now += hourMs;
    const fresh = await at.asks();
    const open = await at.asks();
    await at.people.agentActs(open, 'Nora Lind', { status: 'open' });
    const answered = await at.asks();
    await tagged(answered, 'deskhand_answered');
    for (const status of ['pending', 'solved', 'closed']) {
      await at.people.agentActs(await at.asks(), 'Nora Lind', { status });
    }
    expect(new Set(await found(since + 1_000))).toEqual(new Set([fresh, open, answered]));
    expect(new Set(await found(since))).toEqual(new Set([old, fresh, open, answered]));
  });

  test('are all of them, over pages', async () => {
    at.now += hourMs;
    const since = at.now;
    const many: string[] = [];
    for (let index = 0; index < 130; index += 1) many.push(await at.asks());
    const handedOff = await at.asks();
    await tagged(handedOff, 'deskhand_handed_off');
    expect(new Set(await found(since))).toEqual(new Set([...many, handedOff]));
  });

  test('cannot be found while the desk is down, which is tried again', async () => {
    at.desk.faults.add({ route: at.desk.routes.search, times: 1, fault: { type: 'status', status: 503 } });
    await expect(found(0)).rejects.toMatchObject({ kind: 'unavailable', retryable: true });
  });
}
