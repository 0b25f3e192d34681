/** What changed, from a list that knows only "the newest first". */
import { RemoteFailure } from '../../../src/remote/failures';
import {
  changedSince,
  openSince,
  type ListedTicket,
  type NewestFirst,
} from '../../../src/helpdesk/api/newestFirst';

/** A desk's list of two a page; a page is named by how many lie before it. */
class List {
  readonly asked: (string | null)[] = [];
  clock: number | null = null;
  private tickets: ListedTicket[] = [];

  change(id: string, at: number, isOpen = true): void {
    this.tickets = [{ id, at, isOpen }, ...this.tickets.filter((one) => one.id !== id)].sort(
      (a, b) => b.at - a.at,
    );
  }

  readonly read: NewestFirst = (from) => {
    this.asked.push(from);
    const start = Number(from ?? 0);
    const next = start + 2 < this.tickets.length ? String(start + 2) : null;
    return Promise.resolve({ tickets: this.tickets.slice(start, start + 2), next, clock: this.clock });
  };
}

const minute = 60_000;
let list: List;
beforeEach(() => {
  list = new List();
});

async function told(from: Parameters<typeof changedSince>[1]) {
  const { changes, cursor, complete } = await changedSince(list.read, from);
  return { ids: changes.map(({ ticketId }) => ticketId), cursor: cursor ?? '', complete };
}

test('the oldest change is told first, and nothing twice', async () => {
  for (const [id, at] of [
    ['a', 10],
    ['b', 11],
    ['c', 12],
  ] as const)
    list.change(id, at * minute);
  const first = await told({ since: 9 * minute });
  expect(first).toMatchObject({ ids: ['a', 'b', 'c'], complete: true });
  expect((await told(first)).ids).toEqual([]);
  list.change('a', 13 * minute);
  expect((await told(first)).ids).toEqual(['a']);
});

test('what changed before, and is not within the overlap, is not even asked for', async () => {
  for (let n = 0; n < 10; n += 1) list.change(`old-${n}`, n * minute);
  list.change('new', 20 * minute);
  expect((await told({ since: 15 * minute })).ids).toEqual(['new']);
  expect(list.asked).toEqual([null]);
});

test('a change that the list shows late, or at the same moment as a known one, is told all the same', async () => {
  list.change('a', 10 * minute);
  const { cursor } = await told({ since: 9 * minute });
  list.change('late', 10 * minute - 20_000);
  list.change('same', 10 * minute);
  expect((await told({ cursor })).ids.sort()).toEqual(['late', 'same']);
});

describe('a time to come', () => {
  test('hides nothing that changes before it, and is told once', async () => {
    list.clock = 20 * minute;
    list.change('odd', 900 * minute);
    list.change('a', 19 * minute);
    let look = await told({ since: 18 * minute });
    expect(look.ids).toEqual(['a', 'odd']);
    list.clock = 25 * minute;
    list.change('b', 24 * minute);
    look = await told({ cursor: look.cursor });
    expect(look.ids).toEqual(['b']);
    list.clock = 30 * minute;
    expect((await told({ cursor: look.cursor })).ids).toEqual([]);
  });

  test('in a cursor of before is mended by the next look', async () => {
    list.clock = 20 * minute;
    const cursor = JSON.stringify({ upTo: 900 * minute, walk: null, told: [] });
    const { cursor: mended } = await told({ cursor });
    list.change('a', 20 * minute);
    expect((await told({ cursor: mended })).ids).toEqual(['a']);
  });
});

test('after a long while it goes on in several looks; what moved to the top meanwhile is found by the next one', async () => {
  for (let n = 0; n < 30; n += 1) list.change(`t${n}`, (100 + n) * minute);
  const seen: string[] = [];
  let look = await told({ since: 90 * minute });
  expect(look.complete).toBe(false);
  seen.push(...look.ids);
  list.change('t1', 200 * minute);
  for (let n = 0; n < 5 && !look.complete; n += 1) {
    look = await told({ cursor: look.cursor });
    seen.push(...look.ids);
  }
  expect(look.complete).toBe(true);
  seen.push(...(await told({ cursor: look.cursor })).ids);
  expect(new Set(seen).size).toBe(30);
  expect(seen).toContain('t1');
});

test.each(['', 'nonsense', '{}', '{"upTo":"now","walk":null,"told":[]}', '{"page":3,"upTo":1,"told":[]}'])(
  'a cursor that is none of ours (%s) begins anew, from now',
  async (cursor) => {
    list.change('old', Date.now() - 10 * minute);
    list.change('now', Date.now());
    expect((await told({ cursor })).ids).toEqual(['now']);
  },
);

describe('a look that goes on where the one before ended', () => {
  const forgotten = new RemoteFailure('rejected', 'no such cursor', { retryable: false, status: 400 });
  const thatFails =
    (failure: Error): NewestFirst =>
    (from) =>
      from === null ? list.read(from) : Promise.reject(failure);

  test('begins at the top again where the desk has forgotten the place, and misses nothing', async () => {
    for (let n = 0; n < 30; n += 1) list.change(`t${n}`, (100 + n) * minute);
    const first = await told({ since: 90 * minute });
    expect(first.complete).toBe(false);
    let isForgotten = true;
    const forgetful: NewestFirst = (from) => {
      const fails = isForgotten && from !== null;
      isForgotten = false;
      return fails ? Promise.reject(forgotten) : list.read(from);
    };
    const seen = new Set(first.ids);
    let { cursor, complete } = first;
    for (let look = 0; look < 5 && !complete; look += 1) {
      const next = await changedSince(forgetful, { cursor });
      ({ complete } = next);
      cursor = next.cursor ?? '';
      for (const { ticketId } of next.changes) seen.add(ticketId);
    }
    expect({ complete, found: seen.size }).toEqual({ complete: true, found: 30 });
  });

  test('fails where the desk fails otherwise, or has none of its lists', async () => {
    for (let n = 0; n < 30; n += 1) list.change(`t${n}`, (100 + n) * minute);
    const { cursor } = await told({ since: 90 * minute });
    const down = new RemoteFailure('unavailable', 'down', { retryable: true });
    await expect(changedSince(thatFails(down), { cursor })).rejects.toBe(down);
    await expect(changedSince(() => Promise.reject(forgotten), { cursor })).rejects.toBe(forgotten);
  });
});

describe('a list that shows the same page for ever', () => {
  const same: NewestFirst = () => {
    const tickets = ['a', 'b'].map((id) => ({ id, at: 10 * minute, isOpen: true }));
    return Promise.resolve({ tickets, next: 'again', clock: null });
  };

  test('is looked at again at the next look, and not at once', async () => {
    const first = await changedSince(same, { since: 9 * minute });
    expect(first.changes.map(({ ticketId }) => ticketId)).toEqual(['b', 'a']);
    expect(first.complete).toBe(true);
    expect(await changedSince(same, { cursor: first.cursor ?? '' })).toMatchObject({
      ...{ changes: [], complete: true },
    });
  });

  test('ends, where the open ones are sought', async () => {
    expect(await openSince(same, 9 * minute)).toEqual(['a', 'b']);
  });
});

test('the open ones are found over all pages, and those that were closed are not', async () => {
  for (let n = 0; n < 25; n += 1) list.change(`t${n}`, (100 + n) * minute, n % 2 === 0);
  list.change('old', minute);
  const found = await openSince(list.read, 100 * minute);
  expect(found).toHaveLength(13);
  expect(found).not.toContain('old');
  expect(found).not.toContain('t1');
});
