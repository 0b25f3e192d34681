/** A ticket that a person merges into another one ends quietly; what nobody had answered is told where it goes on. */
import { Engine, fail, planOf, reply } from '../support/engine';

const minute = 60_000;

function merge(engine: Engine): void {
  const { desk } = engine;
  const read = desk.snapshot.bind(desk);
  desk.snapshot = (withPast) => ({ ...read(withPast), mergedInto: '77' });
  desk.status = 'closed';
}
const toldThere = (engine: Engine) => engine.started.filter(({ type }) => type === 'open-follow-up');
const lastLine = (engine: Engine) => engine.state.timeline.at(-1)?.text;

it('one whose question was answered, with no word to anybody', () => {
  const engine = new Engine();
  engine.customerAsks('Where is my order?');
  merge(engine);
  const { length } = engine.started;
  engine.hint();
  engine.pass(minute);
  expect(engine.finished).toBe(true);
  expect(engine.started.slice(length).map(({ type }) => type)).toEqual(['fetch-ticket']);
  expect(lastLine(engine)).toBe('Closed: it was merged into ticket 77');
});

it('one whose question nobody had answered: people are told there, and no other ticket is opened', () => {
  const engine = new Engine();
  engine.desk.customerWrites('Where is my order?');
  merge(engine);
  engine.hint();
  engine.pass(minute);
  expect(toldThere(engine)).toMatchObject([
    {
      mergedInto: '77',
      tags: ['deskhand_handed_off'],
      note: expect.stringContaining('merged into this one') as string,
    },
  ]);
  expect(engine.desk.publicReplies()).toEqual([]);
  expect(engine.finished).toBe(true);
});

it('however long ago it was asked: a merge is nobody’s decision to leave it', () => {
  const engine = new Engine();
  engine.desk.customerWrites('Where is my order?');
  engine.now += 5 * 24 * 60 * minute;
  merge(engine);
  engine.hint();
  engine.pass(minute);
  expect(toldThere(engine)).toHaveLength(1);
});

it.each<[string, (engine: Engine) => void]>([
  ['a person had it', (engine) => engine.desk.agentWrites('I am on it.')],
  [
    'only a machine has written since',
    (engine) => {
      engine.customerAsks('Where is my order?');
      engine.desk.customerWrites('Away until Monday.', { reading: 'auto-reply' });
    },
  ],
])('one that %s tells nobody', (_what, before) => {
  const engine = new Engine();
  before(engine);
  merge(engine);
  engine.hint();
  engine.pass(minute);
  expect(toldThere(engine)).toEqual([]);
  expect(engine.finished).toBe(true);
});

it('one that is merged while its reply is on its way', () => {
  const engine = new Engine();
  engine.world.plan = () => planOf([reply]);
  engine.world.before = (step) => {
    if (step.type === 'update-ticket') merge(engine);
    return undefined;
  };
  engine.customerAsks('Where is my order?');
  engine.pass(minute);
  expect(engine.desk.publicReplies()).toEqual([]);
  expect(toldThere(engine)).toHaveLength(1);
  expect(engine.finished).toBe(true);
});

it('one whose other ticket cannot be told: people hear of it', () => {
  const engine = new Engine();
  engine.desk.customerWrites('Where is my order?');
  merge(engine);
  engine.world.before = (step) => (step.type === 'open-follow-up' ? fail('ticket-not-found') : undefined);
  engine.hint();
  engine.pass(minute);
  expect(engine.started.some(({ type }) => type === 'notify-people')).toBe(true);
  expect(engine.finished).toBe(true);
});

it('in shadow nothing is written, there neither', () => {
  const engine = new Engine();
  engine.world.modes = { company: 'shadow', intents: {} };
  engine.desk.customerWrites('Where is my order?');
  merge(engine);
  engine.hint();
  engine.pass(minute);
  expect(toldThere(engine)).toEqual([]);
});
