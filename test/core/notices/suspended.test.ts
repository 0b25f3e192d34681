/** What people hear of messages that a desk has kept back: those that may be a customer's, once, and nothing of them. */
import { isDue, suspendedNews, type SuspendedMessage } from '../../../src/core/notices/suspended';

const at = (minutes: number) => new Date(Date.parse('2026-11-25T12:00:00Z') + minutes * 60_000).toISOString();
const place = { place: 'the desk, under Suspended', keptForDays: 14 };
const since = Date.parse(at(0));
const now = Date.parse(at(30));

const message = (id: string, cause: string, change: Partial<SuspendedMessage> = {}): SuspendedMessage => ({
  ...{ id, at: at(1), cause, why: `of ${cause}`, mayBeCustomers: true },
  ...change,
});
const spam = (id: string) => message(id, 'spam', { mayBeCustomers: false });
const newsOf = (messages: readonly SuspendedMessage[], upTo?: string | null) =>
  suspendedNews(messages, place, {
    mark: upTo === undefined ? undefined : { upTo, lookedAt: since },
    ...{ since, now },
  });

test('one message: what happened, why, since when, where to look, and until when', () => {
  expect(newsOf([message('7', 'unverified')]).notices).toEqual([
    {
      ...{ kind: 'failure', key: 'suspended/unverified/7', reason: 'suspended:unverified', ticket: null },
      since: Date.parse(at(1)),
      what: "Messages are kept back from the tickets (1 new), because of unverified: a customer's may be among them.",
      next:
        "Look at them in the desk, under Suspended, and recover what is a customer's: it is answered then. " +
        'What nobody recovers is deleted there after 14 days.',
    },
  ]);
});

test('several of one cause are one notice, since the oldest; another cause is another', () => {
  const { notices, told } = newsOf([
    message('9', 'unverified', { at: at(9) }),
    message('8', 'logged-out'),
    message('7', 'unverified', { at: at(7) }),
  ]);
  expect(notices.map(({ key, since: from }) => [key, from])).toEqual([
    ['suspended/unverified/9', Date.parse(at(7))],
    ['suspended/logged-out/8', Date.parse(at(1))],
  ]);
  expect(notices[0]?.what).toMatch(/\(2 new\)/);
  expect(told).toBe(3);
});

test('spam and bounces are counted, and nobody is called', () => {
  const news = newsOf([spam('3'), message('2', 'unverified'), spam('1')]);
  expect(news).toMatchObject({ told: 1, counted: 2, mark: { upTo: '3', lookedAt: now } });
  expect(news.notices).toHaveLength(1);
});

test('what was there before the first look is old, and the mark stands behind it', () => {
  const old = message('5', 'unverified', { at: at(-1) });
  expect(newsOf([old])).toMatchObject({ notices: [], told: 0, counted: 0, mark: { upTo: '5' } });
});

test('what was told is not told again, however the list comes', () => {
  const first = newsOf([message('9', 'unverified'), message('10', 'unverified')]);
  expect(first.mark.upTo).toBe('10');
  expect(newsOf([message('10', 'unverified'), message('9', 'unverified')], first.mark.upTo).notices).toEqual(
    [],
  );
  const next = newsOf([message('9', 'unverified'), message('11', 'unverified')], first.mark.upTo);
  expect(next).toMatchObject({ told: 1, mark: { upTo: '11' } });
});

test('the mark never goes back: what was recovered or deleted leaves the list', () => {
  expect(newsOf([], '10').mark.upTo).toBe('10');
  expect(newsOf([message('4', 'unverified')], '10')).toMatchObject({ told: 0, mark: { upTo: '10' } });
  expect(newsOf([], null)).toMatchObject({ notices: [], mark: { upTo: null, lookedAt: now } });
});

test('it is looked at every ten minutes', () => {
  expect(isDue(undefined, now)).toBe(true);
  expect(isDue({ upTo: null, lookedAt: now - 599_999 }, now)).toBe(false);
  expect(isDue({ upTo: null, lookedAt: now - 600_000 }, now)).toBe(true);
});
