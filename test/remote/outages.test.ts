/** When a part that all tickets need counts as out, and when it works again. */
import type { OutageReport } from '../../src/core/notices/notice';
import { RemoteFailure } from '../../src/remote/failures';
import { watchOutage } from '../../src/remote/outages';
import { watchCredentials } from '../../src/remote/watchCredentials';

const minute = 60_000;
const unavailable = new RemoteFailure('unavailable', 'Zendesk could not be asked', { retryable: true });
const refused = new RemoteFailure('unauthorized', 'Zendesk answered 401', { retryable: true, status: 401 });

function watched() {
  let now = Date.UTC(2026, 10, 25, 10, 0, 0);
  let whom: string | null = null;
  const start = now;
  const reports: OutageReport[] = [];
  const watch = watchOutage(
    'desk',
    (report) => reports.push(report),
    () => whom,
    () => now,
  );
  return {
    ...watch,
    reports,
    askFor: (ticket: string | null) => void (whom = ticket),
    start,
    pass: (ms: number) => void (now += ms),
  };
}

describe('down', () => {
  it('is what has failed three times over a minute; since the first of them', () => {
    const desk = watched();
    for (const ms of [0, 1_000, 2_000, 4_000, 8_000, 16_000]) {
      desk.pass(ms);
      desk.failed(unavailable);
    }
    expect(desk.reports).toEqual([]);
    desk.pass(32_000);
    desk.failed(unavailable);
    expect(desk.reports).toEqual([
      { part: 'desk', state: 'down', why: 'Zendesk could not be asked', since: desk.start },
    ]);
  });

  it('is not what fails now and then', () => {
    const desk = watched();
    desk.worked();
    for (let hours = 0; hours < 24; hours += 1) {
      desk.failed(unavailable);
      desk.pass(30 * minute);
      desk.failed(unavailable);
      desk.worked();
      desk.pass(30 * minute);
    }
    expect(desk.reports.filter(({ state }) => state !== 'works')).toEqual([]);
  });

  it('is not two failures with an hour between', () => {
    const desk = watched();
    desk.failed(unavailable);
    desk.pass(60 * minute);
    desk.failed(unavailable);
    expect(desk.reports).toEqual([]);
  });

  it.each(['ticket-not-found', 'rejected', 'person-active', 'throttled', 'cancelled', 'unknown'] as const)(
    'is no ticket’s own matter: %s',
    (kind) => {
      const desk = watched();
      for (let again = 0; again < 10; again += 1) {
        desk.failed(new RemoteFailure(kind, 'no', { retryable: true }));
        desk.failed(new Error('a defect'));
        desk.failed('nonsense');
        desk.pass(minute);
      }
      expect(desk.reports).toEqual([]);
    },
  );
});

describe('refused', () => {
  it('is told at once, and again every quarter of an hour: a word that was lost leaves nobody untold', () => {
    const desk = watched();
    for (let passed = 0; passed <= 45; passed += 1) {
      desk.failed(refused);
      desk.pass(minute);
    }
    expect(desk.reports.map(({ state, since }) => [state, since])).toEqual(
      Array.from({ length: 4 }, () => ['refused', desk.start]),
    );
  });
});

describe('works again', () => {
  it('is told once after what was told', () => {
    const desk = watched();
    desk.worked();
    desk.failed(refused);
    desk.worked();
    desk.worked();
    expect(desk.reports.map(({ state }) => state)).toEqual(['works', 'refused', 'works']);
  });

  it('is told by the first success of a process: an earlier one may have died in the outage', () => {
    const desk = watched();
    desk.worked();
    desk.worked();
    expect(desk.reports.map(({ state }) => state)).toEqual(['works']);
  });
});

describe('what waits', () => {
  it('is counted, each ticket once, and told at the end; the next outage begins with none', () => {
    const shop = watched();
    for (const again of [1, 2, 3]) {
      for (let ticket = 1; ticket <= 200; ticket += 1) {
        shop.askFor(`ticket:zendesk:acme:${ticket}`);
        shop.failed(unavailable);
      }
      shop.pass(again * minute);
    }
    shop.askFor(null);
    shop.failed(unavailable);
    shop.worked();
    expect(shop.reports.map(({ state, waited }) => [state, waited])).toEqual([
      ['down', 200],
      ['works', 200],
    ]);
    shop.failed(refused);
    shop.worked();
    expect(shop.reports.slice(2).map(({ state, waited }) => [state, waited])).toEqual([
      ['refused', undefined],
      ['works', undefined],
    ]);
  });

  it('is no ticket whose own matter it is', () => {
    const shop = watched();
    shop.askFor('ticket:zendesk:acme:1');
    shop.failed(new RemoteFailure('rejected', 'no', { retryable: false }));
    shop.askFor(null);
    shop.failed(refused);
    expect(shop.reports.at(-1)?.waited).toBeUndefined();
  });
});

describe('credentials', () => {
  const forbidden = new RemoteFailure('unauthorized', 'Zendesk answered 403', {
    retryable: true,
    status: 403,
  });
  const nothing = (): void => undefined;
  const logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

  function account() {
    const desk = watched();
    const { watched: ask } = watchCredentials<'fetch' | 'update' | 'poll'>(
      logger,
      { who: 'the desk', mend: () => 'mend', meanwhile: 'wait', outage: desk },
      (operation) => operation !== 'poll',
    );
    const states = (): string[] => desk.reports.map(({ state }) => state);
    const fails = (operation: 'fetch' | 'update' | 'poll', failure: RemoteFailure) =>
      expect(ask(operation, () => Promise.reject(failure))).rejects.toBe(failure);
    return { ask, fails, states };
  }

  it('that may read and not write are out until they may write: a read that works does not say otherwise', async () => {
    const { ask, fails, states } = account();
    await fails('update', forbidden);
    await ask('fetch', () => Promise.resolve(1));
    await ask('fetch', () => Promise.resolve(1));
    expect(states()).toEqual(['refused']);
    await ask('update', () => Promise.resolve(1));
    expect(states()).toEqual(['refused', 'works']);
  });

  it('that may not poll are none: webhooks tell of what changes', async () => {
    const { ask, fails, states } = account();
    await fails('poll', forbidden);
    await ask('fetch', () => Promise.resolve(1));
    await fails('poll', forbidden);
    expect(states()).toEqual(['works']);
  });
});
