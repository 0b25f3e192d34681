/** What the policy is told of an agent's note, and of the comments that one turn answers. */
import type { ConsultInput, Step } from '../../../src/core/effects';
import { Engine } from '../support/engine';

const consulted = (engine: Engine): ConsultInput | undefined =>
  engine.started.flatMap((step) => (step.type === 'consult-policy' ? [step.input] : [])).at(-1);
const classified = (engine: Engine): Extract<Step, { type: 'classify-message' }> | undefined =>
  engine.started.flatMap((step) => (step.type === 'classify-message' ? [step] : [])).at(-1);

describe('a note since our last words', () => {
  it('is told, once there is one', () => {
    const engine = new Engine();
    engine.customerAsks('Please cancel order 48213');
    expect(consulted(engine)?.agentNoted).toBeUndefined();
    engine.desk.agentWrites('She phoned: she keeps it', false);
    engine.customerAsks('Yes');
    expect(consulted(engine)?.agentNoted).toBe(true);
  });

  it('is none before we have said anything', () => {
    const engine = new Engine();
    engine.desk.agentWrites('A friend of mine', false);
    engine.customerAsks('Please cancel order 48213');
    expect(consulted(engine)?.agentNoted).toBeUndefined();
  });

  it('is an old one after our next words', () => {
    const engine = new Engine();
    engine.customerAsks('Please cancel order 48213');
    engine.desk.agentWrites('I look at it', false);
    engine.customerAsks('And where is it?');
    engine.customerAsks('Yes');
    expect(consulted(engine)?.agentNoted).toBeUndefined();
  });

  it('no longer counts once the ticket was handed back after it', () => {
    const engine = new Engine();
    engine.customerAsks('Please cancel order 48213');
    engine.act('take-over');
    engine.settle();
    engine.desk.agentWrites('I look at it', false);
    engine.pass(5_000);
    engine.act('hand-back');
    engine.pass(5_000);
    engine.customerAsks('Yes');
    expect(consulted(engine)?.agentNoted).toBeUndefined();
  });

  it('of our own is none', () => {
    const engine = new Engine();
    engine.customerAsks('Please cancel order 48213');
    expect(engine.desk.notes()).not.toEqual([]);
    engine.customerAsks('Yes');
    expect(consulted(engine)?.agentNoted).toBeUndefined();
  });
});

describe('what is classified', () => {
  it('holds the comments of a burst one by one, and the name that may stand below them', () => {
    const engine = new Engine();
    const first = engine.desk.customerWrites('Yes');
    engine.hint(first.id);
    const second = engine.desk.customerWrites('Wait');
    engine.hint(second.id);
    engine.pass(engine.state.settings.settleMs);
    expect(classified(engine)).toMatchObject({
      words: { text: 'Yes\n\nWait', parts: ['Yes', 'Wait'] },
      name: engine.desk.snapshot().requester.name,
    });
    expect(consulted(engine)?.words).not.toHaveProperty('parts');
  });

  it('of one comment is that comment', () => {
    const engine = new Engine();
    engine.customerAsks('Yes\n\nWait');
    expect(classified(engine)?.words).not.toHaveProperty('parts');
  });
});
