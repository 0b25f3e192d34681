/** What was done for a message is told to whoever wrote it, or a person is asked to: whatever came in between. */
import type { Step } from '../../../src/core/effects';
import type { OrderAction } from '../../../src/core/orders/orderAction';
import type { PlannedAction } from '../../../src/core/policy/plan';
import { Engine, fail, note, planOf } from '../support/engine';

const minute = 60_000;
/** A burst's window is over, a fragment's is not. */
const settled = 5_000;
const refund: OrderAction = {
  type: 'refund',
  order: '48213',
  amount: { minor: 1_200, currency: 'EUR' },
  lines: [],
};
const others: readonly OrderAction[] = [
  { type: 'cancel', order: '48213' },
  { type: 'change-address', order: '48213', address: '1 Quay' },
  { type: 'store-credit', order: '48213', amount: { minor: 500, currency: 'EUR' } },
];
const words = (text: string, template: string): PlannedAction => ({
  type: 'reply',
  text,
  html: '',
  template,
  language: 'en',
});
const done = words('It is done.', 'done');
const howToReturn = words('Print the label.', 'return-how-to');
const instead: readonly PlannedAction[] = [
  words('A colleague will look into it.', 'hand-off'),
  { type: 'hand-off', reason: 'order-action-refused', group: 'Support' },
];
const doing = (action: OrderAction) =>
  planOf([{ type: 'order-action', action }, done, note], { ifRefused: instead });
const isAct = (step: Step) => step.type === 'act-on-order';
const said = (engine: Engine) => engine.desk.publicReplies().map(({ text }) => text);
const notes = (engine: Engine) =>
  engine.desk
    .notes()
    .map(({ text }) => text ?? '')
    .join('\n');

/** Somebody takes over while the shop is at it; `outcome` is what is heard of it. */
function takenOver(action: OrderAction, outcome: 'done' | 'lost' = 'done'): Engine {
  const engine = new Engine({ plan: () => doing(action) });
  engine.world.before = (step) => {
    if (!isAct(step)) return undefined;
    engine.world.before = () => undefined;
    engine.act('take-over');
    return outcome === 'lost' ? fail('cancelled') : undefined;
  };
  engine.customerAsks('Yes please');
  engine.pass(minute);
  // Nobody asks any more: the same words are the beginning of something.
  engine.world.plan = () => planOf([howToReturn, note], { awaitsMore: true });
  return engine;
}

describe('handed back by a person who was told of it', () => {
  test.each([refund, ...others])(
    'a message with more words is not answered as if it was not done: $type',
    (action) => {
      const engine = takenOver(action);
      engine.act('hand-back');
      engine.customerAsks('Hello?');
      engine.pass(minute);
      expect(said(engine)).toEqual(['A colleague will look into it.']);
      expect(engine.state.handOff?.reason).toBe('order-action-refused');
      expect(notes(engine)).toContain('The customer was not told');
      expect(engine.shop.size).toBe(1);
    },
  );

  test('at once: a fragment is not waited on', () => {
    const engine = takenOver(refund);
    engine.act('hand-back');
    engine.pass(settled);
    expect(said(engine)).toEqual(['A colleague will look into it.']);
    expect(notes(engine)).toContain(
      'refund EUR 12.00 on order 48213. The customer was not told: please tell them.',
    );
  });

  test('a draft that waits for approval does not hide it', () => {
    const engine = takenOver(refund);
    engine.world.plan = () => planOf([howToReturn], { needsApproval: true });
    engine.act('hand-back');
    engine.pass(settled);
    expect(engine.state.approval).toBeNull();
    expect(engine.state.handOff?.reason).toBe('order-action-refused');
  });

  test('a plan that does the same again tells it, and the shop is not asked twice', () => {
    const engine = takenOver(refund);
    engine.world.plan = () => doing(refund);
    engine.act('hand-back');
    engine.pass(settled);
    expect(said(engine)).toEqual(['It is done.']);
    expect(engine.started.filter(isAct)).toHaveLength(1);
    expect(engine.state.untold).toEqual([]);
    engine.world.plan = () => planOf([howToReturn]);
    engine.act('reply-again');
    engine.pass(settled);
    expect(said(engine)).toEqual(['It is done.', 'Print the label.']);
  });

  test('whose outcome was lost: people are asked to look', () => {
    const engine = takenOver(refund, 'lost');
    engine.act('hand-back');
    engine.pass(settled);
    expect(said(engine)).toEqual(['A colleague will look into it.']);
    expect(notes(engine)).toContain('this may have been done before: refund EUR 12.00 on order 48213');
  });

  test('handed back once more without a word, it is theirs again', () => {
    const engine = takenOver(refund);
    for (let times = 0; times < 2; times += 1) {
      engine.act('hand-back');
      engine.pass(settled);
    }
    expect(engine.state.stage).toBe('handed-off');
    expect(said(engine)).toEqual(['A colleague will look into it.']);
  });

  test('after the person has answered in public, the next message is answered for itself', () => {
    const engine = takenOver(refund);
    engine.desk.agentWrites('The refund is on its way.');
    engine.pass(settled);
    engine.act('hand-back');
    engine.pass(minute);
    engine.customerAsks('And how do I return the lamp?');
    engine.pass(minute);
    expect(said(engine).at(-1)).toBe('Print the label.');
    expect(engine.state.handOff).toBeNull();
  });

  test('in a new run of the workflow it is known still', () => {
    const engine = takenOver(refund);
    engine.carryOver();
    engine.act('hand-back');
    engine.pass(settled);
    expect(said(engine)).toEqual(['A colleague will look into it.']);
  });
});

describe('without a person', () => {
  test('a newer message that changes the topic leaves nothing untold', () => {
    const engine = new Engine({ plan: () => doing(refund) });
    engine.world.before = (step) => {
      if (step.type !== 'update-ticket') return undefined;
      engine.world.before = () => undefined;
      engine.desk.customerWrites('and how do I return the lamp?');
      engine.world.plan = () => planOf([howToReturn, note]);
      return undefined;
    };
    engine.customerAsks('Yes please');
    engine.pass(minute);
    expect(said(engine)).toEqual(['A colleague will look into it.']);
    expect(notes(engine)).toContain('refund EUR 12.00');
  });

  test.each(['budget-used-up', 'unavailable'] as const)(
    'a shop that gave no answer (%s), and people who hand it back',
    (kind) => {
      const engine = new Engine({ plan: () => doing(refund) });
      engine.world.before = (step) => (isAct(step) ? fail(kind) : undefined);
      engine.customerAsks('Yes please');
      engine.pass(minute);
      engine.world.plan = () => planOf([howToReturn]);
      engine.act('hand-back');
      engine.pass(minute);
      expect(said(engine)).not.toContain('Print the label.');
      expect(engine.state.stage).toBe('handed-off');
    },
  );

  test('told is told: the next message is another matter', () => {
    const engine = new Engine({ plan: () => doing(refund) });
    engine.customerAsks('Yes please');
    engine.world.plan = () => planOf([howToReturn]);
    engine.customerAsks('And the lamp?');
    expect(said(engine)).toEqual(['It is done.', 'Print the label.']);
    expect(engine.state.untold).toEqual([]);
  });

  test('of what the shop refused there is nothing to tell', () => {
    const engine = new Engine({ plan: () => doing(refund) });
    engine.world.shop = () => ({ type: 'refused', why: 'No.' });
    engine.customerAsks('Yes please');
    engine.world.plan = () => planOf([howToReturn]);
    engine.act('hand-back');
    engine.pass(minute);
    expect(said(engine).at(-1)).toBe('Print the label.');
  });
});
