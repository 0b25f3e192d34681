import type { Author } from '../../../src/core/ticket/ticket';
import { authorOf, isMachineMade, isStaff, isTrusted } from '../../../src/helpdesk/zendesk/authorship';

const bot = '100';
const requester = '200';
const context = {
  ownUserId: bot,
  requesterId: requester,
  roles: new Map([
    [bot, 'admin'],
    [requester, 'end-user'],
    ['300', 'agent'],
    ['301', 'admin'],
    ['400', 'end-user'],
  ]),
};

describe('who wrote a comment', () => {
  const rows: readonly [who: string, id: string, channel: string | null, author: Author][] = [
    ['Deskhand, through the API', bot, 'api', 'bot'],
    ['a person signed in with the account of the bot', bot, 'web', 'agent'],
    ['the account of the bot on a channel nobody names', bot, null, 'agent'],
    ['the requester by mail', requester, 'email', 'requester'],
    ['the requester, through a shop that posts for them', requester, 'api', 'requester'],
    ['an agent', '300', 'web', 'agent'],
    ['an admin', '301', 'email', 'agent'],
    ['another integration that writes as an agent', '300', 'api', 'agent'],
    ['somebody in copy', '400', 'email', 'third-party'],
    ['Zendesk itself', '-1', 'web', 'system'],
    ['user zero', '0', 'web', 'system'],
    ['a trigger in the name of an agent', '300', 'rule', 'system'],
    ['somebody Zendesk tells nothing about: stepping back is the safe mistake', '999', 'email', 'agent'],
  ];
  test.each(rows)('%s', (_who, id, channel, author) => {
    expect(authorOf(id, channel, context)).toBe(author);
  });

  test('an agent who is the requester speaks as the requester on this ticket', () => {
    const theirs = { ...context, requesterId: '300' };
    expect(authorOf('300', 'email', theirs)).toBe('requester');
    expect(authorOf('301', 'email', theirs)).toBe('agent');
  });
});

test.each([
  ['agent', true],
  ['admin', true],
  ['end-user', false],
  [undefined, false],
])('role %s is staff: %s', (role, staff) => {
  expect(isStaff(role)).toBe(staff);
});

test.each([
  [{ flags: [4] }, true],
  [{ flags: [2, 4] }, true],
  [{ flags: [2] }, false],
  [{ flags: [] }, false],
  [{ flags: null }, false],
  [{}, false],
  [null, false],
  [undefined, false],
])('flags %j mean machine-made: %s', (flags, expected) => {
  expect(isMachineMade(flags)).toBe(expected);
});

describe('whether the sender is who it says', () => {
  test.each([
    ['no flags', undefined, true],
    ['an empty list', { flags: [] }, true],
    ['0, Zendesk doubts it', { flags: [0] }, false],
    ['2, not in the conversation before', { flags: [2] }, true],
    ['3, not signed in', { flags: [3] }, false],
    ['4, a machine', { flags: [4] }, true],
    ['14, perhaps not the user', { flags: [14] }, false],
    ['20, another Reply-To', { flags: [20] }, false],
    ['one good and one bad', { flags: [4, 0] }, false],
    [
      'a harmless flag that Zendesk calls untrusted',
      { flags: [11], flags_options: { '11': { trusted: false } } },
      false,
    ],
    ['a bad flag that Zendesk vouches for', { flags: [3], flags_options: { '3': { trusted: true } } }, true],
    ['options without a word on trust', { flags: [3], flags_options: { '3': {} } }, false],
    ['a flag of next year', { flags: [77] }, true],
  ])('%s', (_what, flags, trusted) => {
    expect(isTrusted(flags)).toBe(trusted);
  });
});
