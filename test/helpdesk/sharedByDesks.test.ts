/** The small parts of which a desk is made: pages, a dictionary, shapes, proofs of a webhook. */
import { epochSeconds, id, idText, lenient } from '../../src/helpdesk/api/answerShapes';
import { refusedFields } from '../../src/helpdesk/api/deskHttp';
import { readPages, readToEnd } from '../../src/helpdesk/api/pages';
import { refusedSignature, type SignedCalls } from '../../src/helpdesk/webhooks/signedWebhook';
import { hasNoticedChange } from '../../src/helpdesk/webhooks/noticedTags';
import { attachmentAt, ratingOfFive } from '../../src/helpdesk/stepwise/reading';
import { hint } from '../../src/helpdesk/webhooks/webhookReading';
import { wordsOf } from '../../src/helpdesk/api/wordsOf';
import { numberedTicketId } from '../../src/helpdesk/ticketIds';
import { z } from 'zod';

describe('pages', () => {
  const list = (from: string | null) => {
    const page = Number(from ?? 1);
    return Promise.resolve({ items: [{ id: String(4 - page) }], next: page === 3 ? null : String(page + 1) });
  };

  test.each([
    [3, true],
    [2, false],
  ])('%d of three at most: whole is %p', async (most, isWhole) => {
    const { items, ...read } = await readPages(list, most);
    expect([items.length, read.isWhole]).toEqual([most, isWhole]);
  });

  test('to the end, oldest first, each as it was read last', async () => {
    const known = [
      { id: '2', old: true },
      { id: '10', old: true },
    ];
    expect(await readToEnd('Acme', known, list)).toEqual([
      { id: '1' },
      { id: '2' },
      { id: '3' },
      { id: '10', old: true },
    ]);
  });

  test('a list without an end is malformed', async () => {
    const endless = () => Promise.resolve({ items: [], next: '1' });
    await expect(readToEnd('Acme', [], endless)).rejects.toMatchObject({ kind: 'malformed' });
  });
});

test('a dictionary knows each word once, and no property of objects', () => {
  const words = wordsOf({ chat: ['WebWidget'], messaging: ['Sms', 'Line'] });
  expect([words.get('Line'), words.get('WebWidget'), words.get('Fax'), words.get('toString')]).toEqual([
    ...['messaging', 'chat', undefined, undefined],
  ]);
});

test.each<[string, z.ZodType, unknown, unknown]>([
  ['a number as an id', id, 17, '17'],
  ['an id of a form', idText, ' 17 ', '17'],
  ['seconds', epochSeconds, 1_800_000_000, '2027-01-15T08:00:00Z'],
  ['a part of a second', epochSeconds, 1_800_000_000.5, '2027-01-15T08:00:00.500Z'],
  ['what is strange', lenient(z.string()), { a: 1 }, null],
])('%s', (_what, shape, given, read) => {
  expect(shape.parse(given)).toBe(read);
});

test.each([-1, 1e13, '1800000000', null])('%p is no time', (given) => {
  expect(epochSeconds.safeParse(given).success).toBe(false);
});

test('of a refusal five names of fields are quoted, and nothing that is none', () => {
  const names = ['a', 'ana@mail.example', 7, 'b', 'Ana Diaz', 'c', 'd', 'e', 'f'];
  expect(refusedFields(names)).toEqual({ special: null, reason: 'a, b, c, d, e' });
  expect(refusedFields([])).toEqual({ special: null, reason: null });
});

test.each<[unknown, unknown, boolean]>([
  [['vip'], ['vip', 'deskhand_take_over'], true],
  [['deskhand_take_over'], [], true],
  [['deskhand_take_over', 'vip'], ['deskhand_take_over'], false],
  ['deskhand_take_over', null, false],
])('from %j to %j: a steering tag has changed is %p', (before, after, isChanged) => {
  expect(hasNoticedChange(before, after)).toBe(isChanged);
});

test.each([
  [5, 'good'],
  [4, 'good'],
  [2, 'bad'],
  [1, 'bad'],
])('%d of five is %s', (score, read) => {
  expect(ratingOfFive('9', score, ' ')).toEqual({ id: '9', score: read, hasComment: false });
  expect(ratingOfFive('9', score, 'Thanks')).toMatchObject({ hasComment: true });
});

test.each([3, null, undefined])('%p of five says nothing', (score) => {
  expect(ratingOfFive('9', score, 'Thanks')).toBeNull();
});

test.each([
  ['https://x.example/a/my%20label.PNG?b=/c', 'image', 'my label.PNG', 'image/png'],
  ['https://x.example/100%.pdf', 'file', '100%.pdf', 'application/octet-stream'],
  [null, 'location', 'location', 'application/octet-stream'],
  [null, null, '', 'application/octet-stream'],
])('a file at %p, of which the desk says %p', (url, type, name, contentType) => {
  expect(attachmentAt(url, type, null)).toEqual({ name, contentType, bytes: 0 });
});

describe('a signed call', () => {
  const now = 1_000_000;
  const calls: SignedCalls = {
    headers: { signature: 'X-Acme-Signature', time: 'X-Acme-Time' },
    ...{ whoPosts: 'Acme posts here', secret: "the webhook's" },
    secretsIn: (setting) => setting.split(','),
    sign: (secret, timestamp, body) => `${secret}.${timestamp}.${body.toString()}`,
    timeIn: Number,
  };
  const refusal = (headers: Readonly<Record<string, string>>) =>
    refusedSignature(
      { rawBody: Buffer.from('body'), header: (name) => headers[name] ?? null },
      { secret: 'one,two', secretName: 'ACME_SECRET', now, botUserId: null },
      calls,
    );
  const signed = (secret: string, at: number) => ({
    'x-acme-signature': `${secret}.${at}.body`,
    'x-acme-time': String(at),
  });

  test.each(['one', 'two'])('by the secret %s is taken', (secret) => {
    expect(refusal(signed(secret, now))).toBeNull();
  });

  test.each<[string, Record<string, string>, string, RegExp]>([
    ['without a header', { 'x-acme-time': '1' }, 'bad-signature', /X-Acme-Signature or .*Acme posts here/],
    ['by another', signed('three', now), 'bad-signature', /ACME_SECRET must be the webhook's/],
    ['of long ago', signed('one', now - 301_000), 'stale', /301 s old/],
  ])('%s is refused', (_what, headers, outcome, why) => {
    expect(refusal(headers)).toMatchObject({ outcome, why: expect.stringMatching(why) as string });
  });
});

test('a hint names a ticket that can be one, and else says what one looks like', () => {
  const named = { hintId: 'acme-1', commentId: null };
  const rule = numberedTicketId('Acme');
  expect(hint('Acme', rule, { ticketId: '17', ...named })).toMatchObject({ type: 'hint', ticketId: '17' });
  expect(hint('Acme', rule, { ticketId: '017', ...named })).toMatchObject({
    ...{ type: 'refused', outcome: 'not-readable' },
    why: expect.stringMatching(/a ticket on Acme: it must be a number as Acme shows it/) as string,
  });
});
