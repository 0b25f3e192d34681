/** While people have a ticket, or are to have it, its story says who has written: the customer, somebody else, a machine. */
import type { TicketComment } from '../../../src/core/ticket/ticket';
import { whoWrote } from '../../../src/core/people/whoWrote';
import { Engine, planOf } from '../support/engine';

const minute = 60_000;
const others = { author: 'third-party', authorId: 'r-2' } as const;

const written: readonly [string, Partial<TicketComment>, string][] = [
  ['the customer', {}, 'The customer wrote again'],
  ['the customer, a photograph alone', { reading: 'attachment-only' }, 'The customer wrote again'],
  ['a courier in copy', others, 'Somebody other than the requester wrote'],
  ['an out-of-office note', { reading: 'auto-reply' }, 'An automatic message came'],
  ['one of somebody in copy', { ...others, reading: 'auto-reply' }, 'An automatic message came'],
  ['a mail server that still tries', { reading: 'delivery-report' }, 'An automatic message came'],
  ['a mail server that gave up', { reading: 'undeliverable' }, 'A mail could not be delivered'],
];
const story = (engine: Engine) =>
  engine.state.timeline.filter(({ kind }) => kind === 'message').map(({ text }) => text);

function comes(engine: Engine, comment: Partial<TicketComment>): void {
  engine.hint(engine.desk.customerWrites('...', comment).id);
  engine.pass(minute);
}

it.each(written)('%s, to the person who has it', (_who, comment, says) => {
  const engine = new Engine();
  engine.desk.assign('nora');
  engine.customerAsks('Where is my order?');
  const before = story(engine);
  comes(engine, comment);
  expect(story(engine)).toEqual([...before, `${says}; a person has the ticket`]);
});

it.each(written)('%s, while the ticket waits for a person', (_who, comment, says) => {
  const engine = new Engine({ plan: () => planOf([{ type: 'hand-off', reason: 'policy', group: null }]) });
  engine.customerAsks('I want to talk to somebody.');
  const before = story(engine);
  comes(engine, comment);
  expect(story(engine)).toEqual([...before, `${says} while the ticket waits for a person`]);
  engine.hint();
  engine.pass(minute);
  expect(story(engine)).toHaveLength(before.length + 1);
});

it('the customer, with a machine and somebody else: the customer', () => {
  const engine = new Engine();
  const { id } = engine.desk.customerWrites('Where is my order?');
  engine.desk.customerWrites('Away.', { reading: 'auto-reply' });
  engine.desk.customerWrites('Seen.', others);
  expect(whoWrote(engine.desk.snapshot(), id)).toBe('Somebody other than the requester wrote');
  engine.desk.customerWrites('Hello?');
  expect(whoWrote(engine.desk.snapshot(), id)).toBe('The customer wrote again');
});

it('only agents: nobody', () => {
  const engine = new Engine();
  const { id } = engine.desk.customerWrites('Where is my order?');
  engine.desk.agentWrites('On its way.');
  expect(whoWrote(engine.desk.snapshot(), id)).toBeNull();
});
