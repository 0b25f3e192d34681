/**
 * Temporal can set a ticket back to an earlier moment and send it once more what came since. What was done between then
 * and now is on the ticket, under keys that come out the same again, however late it is by then.
 */
import { hourMs } from '../../src/core/spans';
import type { PlannedAction } from '../../src/core/policy/plan';
import type { TicketState } from '../../src/core/state';
import { Engine, note, planOf, reply, start } from './support/engine';

const minuteMs = 60_000;
const handOff: PlannedAction = { type: 'hand-off', reason: 'anger', group: 'Support' };

function askedFor(actions: readonly PlannedAction[]): { engine: Engine; before: TicketState } {
  const engine = new Engine();
  engine.customerAsks('Where is my order?');
  engine.pass(minuteMs);
  const before = engine.state;
  engine.world.plan = () => planOf(actions);
  engine.customerAsks('And now?');
  engine.pass(minuteMs);
  return { engine, before };
}

/** To an early state, and long after; the desk keeps what is on it. */
function reset(engine: Engine, to: TicketState): void {
  expect(to.running).toBe(false);
  engine.state = to;
  engine.now += 5 * minuteMs;
}

function written({ desk }: Engine): readonly string[] {
  return desk.comments.filter(({ author }) => author === 'bot').map(({ text }) => text ?? '');
}

it.each([
  ['in words of the policy', [reply, handOff]],
  ['with a note alone', [note, handOff]],
])('a hand-off %s is not written again, and people are still called for it', (_how, actions) => {
  const { engine, before } = askedFor(actions);
  const was = written(engine);
  reset(engine, before);
  engine.hint();
  engine.pass(minuteMs);
  expect(written(engine)).toEqual(was);
  expect(engine.state.stage).toBe('handed-off');
  engine.pass(hourMs);
  expect(engine.state.stage).toBe('escalated');
});

it('nor is one that an agent asked for, with its rung', () => {
  const { engine } = askedFor([reply, note]);
  const before = engine.state;
  const escalate = (): void => {
    engine.act('escalate', { id: 'e1' });
    engine.pass(minuteMs);
  };
  escalate();
  const was = written(engine);
  expect(was).toHaveLength(6);
  reset(engine, before);
  escalate();
  expect(written(engine)).toEqual(was);
  expect(engine.state.stage).toBe('escalated');
});

it('nor are the rungs of the ladder; those that follow are', () => {
  const { engine } = askedFor([note, handOff]);
  const before = engine.state;
  engine.pass(hourMs);
  const was = written(engine);
  expect(engine.state.handOff?.level).toBe(1);
  reset(engine, before);
  engine.pass(minuteMs);
  expect(written(engine)).toEqual(was);
  engine.pass(24 * hourMs);
  expect(engine.state.handOff?.level).toBeGreaterThan(1);
  expect(written(engine).length).toBeGreaterThan(was.length);
});

it('two messages that are then read at once are one hand-off more at most', () => {
  const { engine, before } = askedFor([note, handOff]);
  engine.act('hand-back');
  engine.pass(minuteMs);
  engine.act('hand-back');
  engine.customerAsks('Hello?');
  engine.pass(minuteMs);
  const was = written(engine);
  reset(engine, before);
  engine.hint();
  engine.pass(minuteMs);
  expect(written(engine)).toEqual(was);
});

it('words to a customer who stayed silent are not sent again', () => {
  const followUp: PlannedAction = {
    type: 'follow-up',
    afterMs: hourMs,
    text: 'Still there?',
    html: '<p>Still there?</p>',
    template: 'still-there',
    language: 'en',
    close: false,
  };
  const { engine, before } = askedFor([reply, followUp]);
  engine.pass(2 * hourMs);
  const was = written(engine);
  expect(was).toContain('Still there?');
  reset(engine, before);
  engine.hint();
  engine.pass(2 * hourMs);
  expect(written(engine)).toEqual(was);
});

describe('what is another hand-off of the same message is written', () => {
  it('after it was handed back', () => {
    const { engine } = askedFor([note, handOff]);
    engine.act('hand-back');
    engine.pass(minuteMs);
    expect(engine.state.stage).toBe('handed-off');
    expect(engine.desk.notes()).toHaveLength(3);
  });

  it('each time an agent escalates what was solved in between, whatever else was handed off', () => {
    const { engine } = askedFor([reply, note]);
    for (const round of [1, 2, 3]) {
      engine.act('escalate');
      engine.pass(minuteMs);
      expect(engine.desk.notes()).toHaveLength(2 + 2 * round);
      engine.act('hand-back');
      engine.pass(minuteMs);
    }
  });

  it('in a new run, which remembers nothing', () => {
    const { engine } = askedFor([note, handOff]);
    engine.startAnew();
    engine.hint();
    engine.pass(minuteMs);
    engine.act('hand-back');
    engine.pass(minuteMs);
    expect(engine.state.stage).toBe('handed-off');
    expect(engine.desk.notes()).toHaveLength(3);
    expect(engine.now).toBeGreaterThan(start);
  });
});
