/** What a turn takes along of a ticket: its words, and never more than Temporal carries. */
import { snapshotOf } from '../../activities/readTicket';
import type { DeskComment, DeskTicket } from '../../src/helpdesk/port';

let ids = 0;
function comment(body: string, change: Partial<DeskComment> = {}): DeskComment {
  ids += 1;
  return {
    id: String(9_000 + ids),
    at: '2026-11-25T10:00:00Z',
    public: true,
    author: 'requester',
    authorId: '11',
    body,
    machineMade: false,
    attachments: [],
    ...change,
  };
}
const file = (name: string) => ({ name, contentType: 'image/jpeg', bytes: 1 });

function ticketOf(comments: readonly DeskComment[], change: Partial<DeskTicket> = {}): DeskTicket {
  return {
    status: 'open',
    subject: 'My order',
    priority: null,
    tags: [],
    groupId: null,
    assignee: null,
    requester: {
      id: '11',
      name: 'Ana Costa',
      email: 'ana@example.com',
      locale: 'en-US',
      role: 'end-user',
      isCompany: false,
      trusted: true,
    },
    channel: 'email',
    stamp: '2026-11-25T10:00:00Z',
    comments,
    ...change,
  };
}
const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

it('an ordinary ticket is read whole, in its order', () => {
  const { comments } = snapshotOf(
    ticketOf([
      comment('Where is my order?'),
      comment('On its way.', { author: 'bot' }),
      comment('Thanks! And my invoice?', { attachments: [file('order.jpg')] }),
    ]),
  );
  expect(comments.map(({ text, cut }) => [text, cut])).toEqual([
    ['Where is my order?', false],
    [null, false],
    ['Thanks! And my invoice?', false],
  ]);
  expect(comments[2]?.attachments).toEqual([file('order.jpg')]);
});

it('what an agent has answered stays on the desk', () => {
  const answered = [comment('Where is my order?'), comment('Here.', { author: 'agent' })];
  expect(snapshotOf(ticketOf(answered)).comments.map(({ text }) => text)).toEqual([null, null]);
});

describe('a ticket that holds more than is taken along', () => {
  const pages = Array.from({ length: 70 }, (_, index) => comment(`${index} ${'\u8336'.repeat(19_000)}`));

  it('is read from its newest message back, and tells what was left out', () => {
    const { comments } = snapshotOf(ticketOf(pages));
    const read = comments.map(({ text, cut }) => (cut && text === '' ? 'left out' : text?.slice(0, 2)));
    expect(read).toEqual([...Array.from({ length: 68 }, () => 'left out'), '68', '69']);
  });

  it('is read without holes: what is older than the first that does not fit is left out, however short', () => {
    const { comments } = snapshotOf(ticketOf([comment('Hello'), ...pages, comment('Well?')]));
    expect(comments.map(({ text }) => text).filter((text) => text !== '')).toHaveLength(3);
    expect(comments[0]).toMatchObject({ text: '', cut: true, reading: 'words' });
  });

  it.each([
    ['letters of three bytes', '\u8336'.repeat(25_000)],
    ['pictures of four', '\u{1f6d2}'.repeat(25_000)],
    ['quotation marks', '"'.repeat(25_000)],
    ['backslashes', 'a\\'.repeat(12_000)],
    ['halves of letters', 'a\ud800'.repeat(12_000)],
  ])('of one message of the longest kind, in %s, nothing is left out', (_what, body) => {
    const [read] = snapshotOf(ticketOf([comment(body)])).comments;
    expect(read?.text?.length).toBeGreaterThan(10_000);
  });

  it('fits, whatever it is too large in', () => {
    const attachments = Array.from({ length: 200 }, (_, index) => file(`${index}-${'x'.repeat(5_000)}.jpg`));
    const comments = Array.from({ length: 100 }, () => comment('\u8336'.repeat(25_000), { attachments }));
    const snapshot = snapshotOf(ticketOf(comments, { subject: '\u8336'.repeat(60_000) }));
    // A quarter of what Temporal takes: a plan that quotes it, and an earlier draft, travel with it.
    expect(sizeOf(snapshot)).toBeLessThan(500_000);
    expect(snapshot.comments.at(-1)?.attachments.length).toBeGreaterThan(50);
    expect(snapshot.comments).toHaveLength(100);
  });
});
