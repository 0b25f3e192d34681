/** What was done to an order for a message is not done again, whichever messages are answered with it the next time. */
import type { PlannedAction } from '../../../src/core/policy/plan';
import { Engine, note, planOf, reply } from '../support/engine';

const minuteMs = 60_000;
const refund: PlannedAction = {
  type: 'order-action',
  action: { type: 'refund', order: '48213', amount: { minor: 500, currency: 'EUR' }, lines: [] },
};
const refunding = () => planOf([refund, reply, note], { ifRefused: [reply] });

/** A first message of which nobody says anything, and what brings that about. */
const passedOver: Readonly<Record<string, (engine: Engine) => void>> = {
  'an agent put to rest': (engine) => {
    engine.desk.customerWrites('hi');
    engine.desk.status = 'pending';
    engine.hint();
    engine.pass(minuteMs);
    engine.act('hand-back');
    engine.pass(minuteMs);
  },
  'a rule was silent about': (engine) => {
    engine.world.plan = () => planOf([]);
    engine.customerAsks('thanks');
    engine.pass(minuteMs);
  },
};

describe.each(Object.entries(passedOver))('behind a message that %s', (_what, passOver) => {
  it('a reply asked for again does not refund again', () => {
    const engine = new Engine({ plan: () => planOf([]) });
    passOver(engine);
    engine.world.plan = refunding;
    engine.customerAsks('refund me');
    engine.pass(minuteMs);
    expect(engine.shop.size).toBe(1);
    engine.act('reply-again');
    engine.pass(minuteMs);
    expect(engine.desk.publicReplies()).toHaveLength(2);
    expect(engine.shop.size).toBe(1);
  });

  it('nor does a run that remembers nothing, when the one before was lost between the refund and the reply', () => {
    const engine = new Engine({ plan: () => planOf([]) });
    passOver(engine);
    engine.world.plan = refunding;
    engine.desk.customerWrites('refund me');
    engine.hint();
    while (engine.shop.size === 0) {
      if (!engine.step()) engine.reachDeadline(Infinity);
    }
    expect(engine.desk.publicReplies()).toHaveLength(0);
    engine.startAnew();
    engine.hint();
    engine.pass(minuteMs);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.shop.size).toBe(1);
  });
});

it('what the customer asks for after an answer is done for its own sake', () => {
  const engine = new Engine({ plan: refunding });
  engine.customerAsks('refund me');
  engine.pass(minuteMs);
  engine.customerAsks('and once more, please');
  engine.pass(minuteMs);
  expect([...engine.shop.keys()]).toEqual(['35436/9001/refund/48213', '35436/9004/refund/48213']);
});

it('newer messages that begin the turn anew do not do it again', () => {
  const engine = new Engine({ plan: refunding });
  engine.world.before = (step) => {
    if (step.type === 'update-ticket' && engine.desk.comments.length === 1)
      engine.desk.customerWrites('hello?');
    return undefined;
  };
  engine.customerAsks('refund me');
  engine.pass(minuteMs);
  expect(engine.shop.size).toBe(1);
  expect(engine.desk.publicReplies()).toHaveLength(1);
});
