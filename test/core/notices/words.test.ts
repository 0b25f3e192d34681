/** The words of notices: what happened and what to do, in one or two plain sentences each. */
import { boxDetails } from '../../../src/core/notices/boxDetails';
import {
  noticeKinds,
  outageStates,
  parts,
  type Notice,
  type NoticeBatch,
} from '../../../src/core/notices/notice';
import {
  beginMessages,
  emptyBox,
  takeNotice,
  takeReport,
  useChannels,
} from '../../../src/core/notices/noticeBox';
import {
  approvalWords,
  escalationWords,
  failureWords,
  handOffWords,
  missedWords,
  moreText,
  outageWords,
  recoveredWords,
  shortened,
  titleOf,
  type FailureOf,
} from '../../../src/core/notices/words';
import { handOffReasons } from '../../../src/core/policy/plan';

const at = Date.UTC(2026, 10, 25, 10, 31, 12);
const ofFailures: readonly FailureOf[] = ['gave-up', 'hand-over', 'close', 'gone', 'follow-up', 'code'];
const tried = 'Replying failed after 3 attempts: Zendesk answered 422.';

const everything = [
  escalationWords('35436', 1, '30 minutes'),
  escalationWords('35436', 2, null),
  approvalWords('35436', at),
  missedWords('35436', 'approval-timeout'),
  missedWords('35436', 'left-by-person'),
  ...handOffReasons.flatMap((reason) => [
    handOffWords('35436', reason, 'Tier 2'),
    handOffWords('35436', reason, null),
  ]),
  ...ofFailures.map((of) => failureWords('35436', of, tried)),
];

it.each(everything)('a ticket’s notice names it and ends its sentences: %j', ({ what, next }) => {
  expect(what).toMatch(/\b35436\b.*\.$/);
  expect(next).toMatch(/^[A-Z].*\.$/);
  expect(`${what}${next}`).not.toMatch(/undefined|null|\[object|\.\./);
  expect(what.length + next.length).toBeLessThan(400);
});

it('what is known of a failure stands in its notice; where nothing is, no space is left for it', () => {
  expect(failureWords('1', 'gave-up', tried).what).toBe(`Ticket 1 needs a person: ${tried}`);
  expect(failureWords('1', 'gone', '').what).toBe('Ticket 1 does not exist on the desk (any more).');
  expect(failureWords('1', 'gone', 'Done: cancel order 48213.').what).toMatch(/\(any more\)\. Done: cancel/);
});

describe('an outage', () => {
  const known = parts.flatMap((part) =>
    outageStates
      .filter((state) => state !== 'works')
      .map((state) => outageWords({ part, state, why: 'it answered 503', since: at })),
  );

  it.each(known)('says what is out, why, and what becomes of the tickets: %j', ({ what, next }) => {
    expect(what).toMatch(
      /^The (desk|shop|mail server|classifier) (refuses our credentials|is down): it answered 503\.$/,
    );
    expect(next).toMatch(/`deskhand doctor` tells more\. [A-Z].*\.$/);
  });

  it.each([
    [0, /^Nothing: what waited goes on by itself\.$/],
    [1, /: 1 ticket was given to people meanwhile\.$/],
    [2, /deskhand_handed_off: 2 tickets were given to people meanwhile\.$/],
  ])('that is over says what is left to do after %d tickets', (tickets, next) => {
    expect(recoveredWords('shop', { tickets, waited: 0, forMs: 42 * 60_000 })).toEqual({
      what: 'The shop works again, after 42 minutes.',
      next: expect.stringMatching(next) as unknown,
    });
  });

  it.each([
    [10_000, 0, 'after 1 minute.'],
    [119 * 60_000, 1, 'after 119 minutes. At least 1 ticket waited for it.'],
    [5.4 * 3_600_000, 200, 'after 5 hours. At least 200 tickets waited for it.'],
  ])('that is over says how long it was, %d ms, and how many waited, %d', (forMs, waited, words) => {
    expect(recoveredWords('shop', { tickets: 0, waited, forMs }).what).toBe(`The shop works again, ${words}`);
  });
});

describe('a message of several', () => {
  const notice = (kind: Notice['kind']): Notice => ({
    ...{ key: kind, kind, ticket: null, reason: 'desk', since: at, what: 'What.', next: 'Next.' },
  });
  const batch = (change: Partial<NoticeBatch>): NoticeBatch => ({
    id: 'a',
    at,
    notices: [],
    more: {},
    ...change,
  });

  it('counts each kind in its title, one and many', () => {
    const notices = [...noticeKinds, 'failure' as const].map(notice);
    expect(titleOf(batch({ notices, more: { escalation: 3 } }))).toBe(
      'Deskhand: 4 escalations, 1 approval, 1 missed deadline, 1 hand-off, 2 failures, 1 outage',
    );
  });

  it('says nothing of more where there is none', () => {
    expect(moreText({})).toBeNull();
    expect(moreText({ outage: 0 })).toBeNull();
    expect(moreText({ outage: 1, failure: 2 })).toBe('and 3 more: 2 failures, 1 outage');
  });
});

it('a long sentence is cut where a phone would cut it', () => {
  expect(shortened('short')).toBe('short');
  expect(shortened('x'.repeat(400))).toHaveLength(400);
  expect(shortened('x '.repeat(400))).toMatch(/^(x )+\.\.\.$/);
  expect(shortened('x '.repeat(400)).length).toBeLessThanOrEqual(400);
});

it('the Web UI shows what waits, for whom and until when, and what is out', () => {
  const told = (key: string): Notice => ({
    ...{ key, kind: 'failure' as const, ticket: null, reason: 'failure', since: at, what: 'W.', next: 'N.' },
  });
  let box = takeNotice(useChannels(emptyBox, ['slack', 'email']), told('1'), at);
  expect(boxDetails(box)).toContain('**slack:** 1 waiting until 10:31:17 UTC');
  box = beginMessages(box, at + 5_000);
  box = takeReport(box, { part: 'desk', state: 'down', why: 'no answer', since: at }, at + 6_000);
  expect(boxDetails(box).split('\n\n')).toEqual([
    '**Out:** desk (down) since 2026-11-25 10:31 UTC, 0 tickets given to people meanwhile',
    '**slack:** 1 being sent since 2026-11-25 10:31 UTC; 1 waiting behind it',
    '**email:** 1 being sent since 2026-11-25 10:31 UTC; 1 waiting behind it',
    '**Told within a day:** 2',
  ]);
});
