/** What comes before what on a ticket: by what desks count up, since their clocks may step back. */
import fc from 'fast-check';
import {
  compareIds,
  higherPriority,
  isAfterId,
  isNewer,
  isPublicAnswer,
  withoutPast,
  type Priority,
  type TicketComment,
  type TicketSnapshot,
} from '../../../src/core/ticket/ticket';

const noon = '2026-11-25T12:00:00Z';
const earlier = '2026-11-25T11:00:00Z';

function comment(id: string, at = noon, more: Partial<TicketComment> = {}): TicketComment {
  return {
    ...{ id, at, public: true, author: 'requester', authorId: '7', text: null, cut: false },
    ...{ reading: null, attachments: [] },
    ...more,
  };
}

const snapshot: TicketSnapshot = {
  ...{ status: 'open', subject: 'My order', priority: null, tags: [], groupId: null, assignee: null },
  requester: {
    ...{ id: '7', name: null, email: null, locale: null },
    ...{ role: 'end-user', isCompany: false, trusted: true },
  },
  ...{ channel: 'email', stamp: noon, comments: [] },
};

describe('the ids of comments', () => {
  test('are compared as the numbers they are, however many digits they have', () => {
    const number = fc.bigInt({ min: 1n, max: 10n ** 20n });
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(Math.sign(compareIds(String(a), String(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  test('tell which is newer, also when the clock of the desk has stepped back', () => {
    expect(isNewer(comment('10', earlier), comment('9', noon))).toBe(true);
    expect(isNewer(comment('9', noon), comment('10', earlier))).toBe(false);
  });

  test('that are no numbers leave it to the time, and decide where the time is the same', () => {
    expect(isNewer(comment('zz', earlier), comment('aa', noon))).toBe(false);
    expect(isNewer(comment('aa', noon), comment('zz', earlier))).toBe(true);
    expect(isNewer(comment('zz'), comment('aa'))).toBe(true);
  });

  test('never make each of two the newer one, nor one newer than itself', () => {
    const id = fc.oneof(fc.stringMatching(/^[1-9]\d{0,11}$/), fc.stringMatching(/^[a-z]{1,4}$/));
    const one = fc.tuple(id, fc.constantFrom(noon, earlier));
    fc.assert(
      fc.property(one, one, ([a, atA], [b, atB]) => {
        const [first, second] = [comment(a, atA), comment(b, atB)];
        expect(isNewer(first, second) && isNewer(second, first)).toBe(false);
        expect(isNewer(first, first)).toBe(false);
      }),
    );
  });
});

describe('after the comment that was answered last', () => {
  const [old, answered, recent] = [comment('100', earlier), comment('101'), comment('102')];
  const shown = { comments: [old, answered, recent] };

  test.each([
    ['the next one is', recent, '101', true],
    ['the same one is not', answered, '101', false],
    ['an older one is not', old, '101', false],
    ['each is, where none was answered', old, null, true],
    ['each is that was handed out since, where it is no longer shown', old, '99', true],
    ['none is that was handed out before, where it is not shown yet', recent, '103', false],
  ])('%s', (_what, one, id, isAfter) => {
    expect(isAfterId(shown, one, id)).toBe(isAfter);
  });
});

test.each([
  ['an agent in public', { author: 'agent', public: true }, true],
  ['Deskhand in public', { author: 'bot', public: true }, true],
  ['an agent among colleagues', { author: 'agent', public: false }, false],
  ['the customer', { author: 'requester', public: true }, false],
  ['somebody in copy', { author: 'third-party', public: true }, false],
] as const)('what %s says answers the customer: %j', (_who, said, answers) => {
  expect(isPublicAnswer(said)).toBe(answers);
});

test.each<[Priority | null, Priority, Priority]>([
  [null, 'low', 'low'],
  ['low', 'urgent', 'urgent'],
  ['urgent', 'high', 'urgent'],
  ['normal', 'normal', 'normal'],
])(
  'a ticket of priority %j that shall have %j has %j: it is raised, and never lowered',
  (has, wished, then) => {
    expect(higherPriority(has, wished)).toBe(then);
  },
);

describe('the past of a ticket', () => {
  const past = [{ type: 'solved', after: '101' }] as const;
  const follows = { ticketId: '6', past };

  test('is set apart, and not carried along', () => {
    expect(withoutPast({ ...snapshot, past, follows })).toEqual({ snapshot, past, follows });
    expect(withoutPast({ ...snapshot, past }).snapshot).not.toHaveProperty('past');
  });

  test('that was not asked for costs no copy', () => {
    expect(withoutPast(snapshot).snapshot).toBe(snapshot);
  });
});
