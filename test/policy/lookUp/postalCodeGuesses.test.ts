/** A postal code cannot be found by trying: not in one message, not over many tickets. */
import { newDialogue } from '../../../src/core/conversation/dialogue';
import type { PostalCodeGuesses } from '../../../src/orders/port';
import { RemoteFailure } from '../../../src/remote/failures';
import { lookUpFacts } from '../../../src/policy/lookUp/lookUp';
import { demo, inputOf, order, shopOf, type Said } from '../support';

const toms = order({ number: '77001', customerEmail: 'tom@mail.example', postalCode: '2100' });
const evas = order({ number: '77002', customerEmail: 'eva@mail.example', postalCode: '2100' });
const mine = order();
const signal = new AbortController().signal;

/** As the accounts count: five for an order, a key once. */
function counting(atMost = 5): PostalCodeGuesses & { readonly asked: Map<string, Set<string>> } {
  const asked = new Map<string, Set<string>>();
  return {
    asked,
    take: (number, key) => {
      const keys = asked.get(number) ?? new Set();
      asked.set(number, keys);
      if (!keys.has(key) && keys.size >= atMost) return Promise.resolve(false);
      keys.add(key);
      return Promise.resolve(true);
    },
  };
}

interface Asking extends Said {
  readonly ticket?: string;
  readonly code?: string;
}

/** What is found of the orders of two other people; the code is in the slots unless the text names it. */
async function look(
  { ticket = '1', code, ...said }: Asking,
  guesses: PostalCodeGuesses | null = null,
  orders = [toms, evas, mine],
) {
  const slots =
    code === undefined ? {} : { 'postal-code': { value: code, from: 'said', commentId: '0' } as const };
  const input = inputOf({ dialogue: { ...newDialogue, slots }, ...said });
  const ref = { ...input.ref, ticketId: ticket };
  const known = await lookUpFacts(
    await demo(),
    shopOf(...orders),
    { ...input, ref },
    signal,
    undefined,
    null,
    guesses,
  );
  const [facts] = known.matters;
  return {
    numbers: facts.order.found ? [facts.order.number] : facts.orders.list.map(({ number }) => number),
    facts,
    dialogue: known.dialogue,
  };
}
const found = async (...asking: Parameters<typeof look>) => (await look(...asking)).numbers;

describe('in one message', () => {
  test.each([
    ['77001, 77002, postal code 2100', ['77001', '77002'], ['77002']],
    ['postal code 2100 for 77001, and there is 77002', ['77001', '77002'], ['77001']],
    ['my order 77002 (postal code 2100) and 77001', ['77001', '77002'], ['77002']],
    ['99999 77001 77002 postal code DK-2100', ['99999', '77001', '77002'], ['77002']],
    ['77001 and 99999, postal code 2100', ['77001', '99999'], []],
  ])('a code opens one order, the one it is named with: %s', async (text, numbers, opened) => {
    expect(await found({ text, numbers })).toEqual(opened);
  });

  test('a code of before opens the first that is named', async () => {
    expect(await found({ text: '77001 and 77002', numbers: ['77001', '77002'], code: '2100' })).toEqual([
      '77001',
    ]);
  });

  test('of two matters it opens the order of one', async () => {
    const further = [{ intent: 'cancel_order', confidence: 0.9, orderNumbers: ['77002'] }];
    const text = 'Where is 77001? And cancel 77002, postal code 2100';
    const input = inputOf({ text, numbers: ['77001', '77002'], further });
    const { matters } = await lookUpFacts(await demo(), shopOf(toms, evas), input, signal);
    expect(matters.map(({ order: { found: isFound } }) => isFound)).toEqual([false, true]);
  });

  test('orders of their own need none: all of them are found', async () => {
    const other = order({ number: '48214' });
    const said = { text: '48213, 48214', numbers: ['48213', '48214'], code: '2100' };
    expect(await found(said, null, [mine, other, toms])).toEqual(['48213', '48214']);
  });
});

describe('over many tickets', () => {
  const guess = (ticket: number, code: string, number = '77001'): Asking => ({
    ticket: String(ticket),
    code,
    email: `eve${ticket}@mail.example`,
    text: `where is ${number}`,
    numbers: [number],
  });

  test('after five guesses an order is closed to every code, the right one too', async () => {
    const guesses = counting();
    for (let ticket = 1; ticket <= 5; ticket += 1) {
      expect(await found(guess(ticket, `900${ticket}`), guesses)).toEqual([]);
    }
    expect(await found(guess(6, '2100'), guesses)).toEqual([]);
    expect(await found(guess(6, '2100', '77002'), guesses)).toEqual(['77002']);
  });

  test('then it reads, to every fact, like an order that nobody has', async () => {
    const guesses = counting(0);
    const closed = await look(guess(1, '2100'), guesses);
    const absent = await look(guess(1, '2100'), guesses, [mine]);
    expect(closed.facts).toEqual(absent.facts);
    expect(closed.dialogue).toEqual(absent.dialogue);
    expect(closed.facts.lookup.outcome).toBe('unknown');
  });

  test('a number that nobody has is counted like any other', async () => {
    const guesses = counting();
    await found(guess(1, '2100', '99999'), guesses);
    await found(guess(1, '2100'), guesses);
    expect([...guesses.asked.keys()]).toEqual(['99999', '77001']);
  });

  test('the address of the order opens it all the same, and uses nothing up', async () => {
    const guesses = counting(0);
    expect(await found({ ...guess(1, '2100'), email: 'tom@mail.example' }, guesses)).toEqual(['77001']);
    expect(guesses.asked.size).toBe(0);
  });

  test('who is in the middle of a conversation is not shut out: the same code on the same ticket is one guess', async () => {
    const guesses = counting();
    for (let times = 0; times < 8; times += 1) {
      expect(await found(guess(1, '2100'), guesses)).toEqual(['77001']);
    }
    for (let ticket = 2; ticket <= 7; ticket += 1) await found(guess(ticket, '9999'), guesses);
    expect(await found(guess(1, '2100'), guesses)).toEqual(['77001']);
  });

  test('the accounts learn no code and no ticket', async () => {
    const guesses = counting();
    await found(guess(354_361, '2100'), guesses);
    expect(JSON.stringify([...guesses.asked.values()].flatMap((keys) => [...keys]))).not.toMatch(
      /2100|354361/,
    );
  });

  test('without a code, or where the policy takes none, nobody is asked', async () => {
    const guesses = counting();
    await found({ text: 'where is 77001', numbers: ['77001'] }, guesses);
    const policy = { ...(await demo()), proofs: ['email'] as const };
    const input = inputOf({ text: 'where is 77001, postal code 2100', numbers: ['77001'] });
    await lookUpFacts(policy, shopOf(toms), input, signal, undefined, null, guesses);
    expect(guesses.asked.size).toBe(0);
  });

  test('an account that does not answer opens nothing: the look-up is tried again', async () => {
    const take = () => Promise.reject(new RemoteFailure('unavailable', 'no answer', { retryable: true }));
    await expect(look(guess(1, '2100'), { take })).rejects.toMatchObject({
      kind: 'unavailable',
      retryable: true,
    });
  });
});
