/** What is written on a ticket is recognized there by a run that remembers nothing; and never under another spelling. */
import fc from 'fast-check';
import {
  closeKey,
  codeKey,
  draftKey,
  followUpKey,
  followUpTicketKey,
  handOffId,
  handOffKey,
  isPlain,
  keyBeside,
  noteKey,
  orderActionKey,
  parseKey,
  promiseKey,
  ratingKey,
  replyKey,
  rungKey,
  silenceKey,
  type Key,
} from '../../src/core/businessKeys';
import { orderActionTypes } from '../../src/core/orders/orderAction';
import { handOffReasons } from '../../src/core/policy/plan';

const ref = { ticketId: '35436' };
const plainTurn = { keySuffix: '', startedAt: 1_790_000_000_000 };
/** A run's id, shortened. */
const first = { about: '9001', count: 1, life: '01a0-b1' };
const again = { ...plainTurn, keySuffix: '-again-a1' };

test('the spellings, which open tickets have on them', () => {
  expect([
    replyKey(ref, '9001', plainTurn),
    replyKey(ref, '9001', again),
    promiseKey(ref, '9001', plainTurn),
    noteKey(ref, '9001', again),
    draftKey(ref, '9001', again, '01a0-b1', '2-0bdc'),
    handOffKey(ref, 'anger', first),
    handOffKey(ref, 'agent-escalated', { ...first, about: null, count: 2 }),
    rungKey(ref, handOffId(first), 2),
    rungKey(ref, handOffId({ ...first, about: null }), 1),
    closeKey(ref, 'a1'),
    followUpKey(silenceKey(ref, '9001', plainTurn), 1),
    followUpKey(silenceKey(ref, '9001', again), 2),
    followUpTicketKey(ref, '9001'),
    orderActionKey(ref, '9001', { type: 'cancel', order: '#48213' }),
    codeKey(ref, '9001', '48213'),
    ratingKey(ref, '77', 'hand-off'),
    ratingKey(ref, '77', 'note'),
    keyBeside(handOffKey(ref, 'anger', first), 'plain'),
    keyBeside(replyKey(ref, '9001', plainTurn), 'fields'),
    keyBeside(orderActionKey(ref, '9001', { type: 'refund', order: '1' }), 'doubt'),
    keyBeside(orderActionKey(ref, '9001', { type: 'refund', order: '1' }), 'done'),
  ]).toEqual([
    '35436/9001/reply',
    '35436/9001/reply-again-a1',
    '35436/9001/hand-off-reply',
    '35436/9001/note-again-a1',
    '35436/9001/draft-again-a1-1381f4-2-0bdc',
    '35436/9001/hand-off-anger-1-01a0-b1',
    '35436/ticket/hand-off-agent-escalated-2-01a0-b1',
    '35436/9001-1-01a0-b1/escalate-2',
    '35436/ticket-1-01a0-b1/escalate-1',
    '35436/a1/close',
    '35436/9001/follow-up-1',
    '35436/9001/follow-up-again-a1-2',
    '35436/9001/follow-up',
    '35436/9001/cancel/#48213',
    '35436/9001/code/48213',
    '35436/rating-77/hand-off-bad-rating',
    '35436/rating-77/bad-rating',
    '35436/9001/hand-off-anger-1-01a0-b1/plain',
    '35436/9001/reply/fields',
    '35436/9001/refund/1/doubt',
    '35436/9001/refund/1/done',
  ]);
});

describe('whatever ids, times and numbers there are, a key is read back as what it was', () => {
  const id = fc.bigInt({ min: 1n, max: 10n ** 15n }).map(String);
  const at = fc.integer({ min: 1, max: 4_000_000_000_000 });
  // People may choose it.
  const actionId = fc.string({ minLength: 1, maxLength: 20 }).map((text) => text.replace(/\/+/g, '.'));
  const turn = fc.record({
    keySuffix: fc.oneof(
      fc.constant(''),
      actionId.map((chosen) => `-again-${chosen}`),
    ),
    startedAt: at,
  });
  const handOff = fc.record({
    about: fc.option(id),
    count: fc.integer({ min: 1, max: 200 }),
    life: fc.oneof(fc.uuid(), fc.constant('')),
  });
  const number = fc.stringMatching(/^#?[A-Z0-9.-]{1,12}$/);
  const deed = fc.record({ type: fc.constantFrom(...orderActionTypes), order: number });
  const reason = fc.constantFrom(...handOffReasons);
  const beside = { type: 'beside' } as const;

  const ways: Readonly<Record<string, fc.Arbitrary<readonly [key: string, read: Key]>>> = {
    reply: fc.tuple(id, turn).map(([about, its]) => [replyKey(ref, about, its), { type: 'reply', about }]),
    promise: fc
      .tuple(id, turn)
      .map(([about, its]) => [promiseKey(ref, about, its), { type: 'promise', about }]),
    note: fc.tuple(id, turn).map(([about, its]) => [noteKey(ref, about, its), { type: 'note', about }]),
    draft: fc
      .tuple(id, turn)
      .map(([about, its]) => [draftKey(ref, about, its, 'a life', '1-0bdc'), { type: 'draft', about }]),
    'hand-off': fc
      .tuple(handOff, reason)
      .map(([its, why]) => [handOffKey(ref, why, its), { type: 'hand-off', about: its.about, reason: why }]),
    rung: fc
      .tuple(handOff, fc.integer({ min: 1, max: 500 }))
      .map(([its, level]) => [rungKey(ref, handOffId(its), level), { type: 'rung', level }]),
    'follow-up ticket': id.map((about) => [followUpTicketKey(ref, about), { type: 'follow-up-ticket' }]),
    close: actionId.map((chosen) => [closeKey(ref, chosen), { type: 'close' }]),
    'follow-up': fc
      .tuple(id, turn, fc.integer({ min: 1, max: 3 }))
      .map(([about, its, count]) => [
        followUpKey(silenceKey(ref, about, its), count),
        { type: 'follow-up', about },
      ]),
    'order action': fc.tuple(id, deed).map(([about, its]) => [orderActionKey(ref, about, its), beside]),
    rating: fc
      .tuple(id, fc.constantFrom('hand-off' as const, 'note' as const))
      .map(([rating, how]) => [
        ratingKey(ref, rating, how),
        { type: 'rating', rating, isHandedOff: how === 'hand-off' },
      ]),
    code: fc.tuple(id, number).map(([about, order]) => [codeKey(ref, about, order), beside]),
  };

  test.each(Object.entries(ways))('%s', (_what, keys) => {
    fc.assert(
      fc.property(keys, ([key, read]) => {
        expect(parseKey(key)).toEqual(read);
      }),
    );
  });

  test('in its simplest form it is the same, and what stands beside it is not', () => {
    fc.assert(
      fc.property(id, reason, handOff, (about, why, its) => {
        const key = handOffKey(ref, why, its);
        expect(parseKey(keyBeside(key, 'plain'))).toEqual(parseKey(key));
        expect([isPlain(key), isPlain(keyBeside(key, 'plain'))]).toEqual([false, true]);
        expect(parseKey(keyBeside(key, 'fields'))).toEqual(beside);
        expect(parseKey(keyBeside(replyKey(ref, about, plainTurn), 'fields'))).toEqual(beside);
      }),
    );
  });
});

test('keys of an earlier version, and a hand-off for a reason that is not known yet', () => {
  expect(parseKey('35436/9001/hand-off-1790000000000')).toEqual({
    type: 'hand-off',
    about: '9001',
    reason: null,
  });
  expect(parseKey('35436/9001/hand-off-policy-1790000000000-again-a1')).toMatchObject({ reason: 'policy' });
  expect(parseKey('35436/1790000000000/escalate-2')).toEqual({ type: 'rung', level: 2 });
  expect(parseKey('35436/9001/follow-up-1790000000000-1')).toEqual({ type: 'follow-up', about: '9001' });
  expect(parseKey('35436/9001/hand-off-full-moon-17')).toMatchObject({ type: 'hand-off', reason: null });
});

test.each(['', '35436', '35436/9001', '35436/9001/', '/9001/reply'])('%p is none of ours', (key) => {
  expect(parseKey(key)).toBeNull();
});
