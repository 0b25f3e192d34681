/** Which order a customer and people spoke of while those had the ticket: one, or none at all. */
import { toldToPeople } from '../../src/classify/reading/toldToPeople';
import type { Author } from '../../src/core/ticket/ticket';

type Line = readonly [author: Author, text: string | null, isPublic?: boolean];

const told = (...lines: readonly Line[]): string | null =>
  toldToPeople(
    lines.map(([author, text, isPublic = true], index) => ({
      ...{ id: String(9001 + index), author, text },
      public: isPublic,
    })),
  )?.orderNumber ?? null;

it.each<[string, readonly Line[], string | null]>([
  ['said by the customer', [['requester', 'It is about order 48213']], '48213'],
  ['named by an agent in public', [['agent', 'You mean order #48213?']], '48213'],
  [
    'said by both',
    [
      ['requester', 'Order 48213'],
      ['agent', 'Order 48213 it is.'],
    ],
    '48213',
  ],
  ['in a note, which the customer may not have', [['agent', 'Order 48213', false]], null],
  ['by somebody else on the ticket', [['third-party', 'Order 48213']], null],
  ['by the desk', [['system', 'Order 48213']], null],
  ['two of them', [['requester', 'Orders 48213 and 51877']], null],
  [
    'another one after it',
    [
      ['requester', 'Order 48213'],
      ['requester', 'No, order 51877'],
    ],
    null,
  ],
  [
    'before our last words, which the bot has read',
    [
      ['requester', 'Order 48213'],
      ['bot', 'It is on its way.'],
    ],
    null,
  ],
  [
    'before a note of ours',
    [
      ['requester', 'Order 48213'],
      ['bot', 'Handed off.', false],
    ],
    '48213',
  ],
  ['a phone number', [['requester', 'My phone is 20304050']], null],
  ['behind pages of quotations', [['requester', `${'> quoted\n'.repeat(800)}order 48213`]], null],
  ['words that are not kept', [['requester', null]], null],
  ['nothing', [], null],
])('%s', (_what, lines, expected) => {
  expect(told(...lines)).toBe(expected);
});

it('names the comment it was said in first', () => {
  const said = { author: 'requester', public: true, text: 'order 48213' } as const;
  expect(
    toldToPeople([
      { ...said, id: '9001' },
      { ...said, id: '9005' },
    ])?.commentId,
  ).toBe('9001');
});
