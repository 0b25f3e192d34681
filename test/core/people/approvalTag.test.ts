/** The tag of a draft stands on the ticket for as long as the draft waits, and a run without memory is not misled by it. */
import type { PlannedAction } from '../../../src/core/policy/plan';
import { approvalTag } from '../../../src/core/ticket/tags';
import { Engine, note, planOf, reply } from '../support/engine';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const handOff: PlannedAction = { type: 'hand-off', reason: 'policy', group: 'Support' };

function draftWaits(): Engine {
  const engine = new Engine({ plan: () => planOf([reply, note], { needsApproval: true }) });
  engine.customerAsks('Where is my order?');
  engine.pass(minuteMs);
  expect(engine.desk.tags).toContain(approvalTag);
  return engine;
}

const settledBy: Readonly<Record<string, (engine: Engine) => void>> = {
  'it is approved': (engine) => engine.act('approve'),
  'it is rejected': (engine) => engine.act('reject'),
  'nobody decides in time': (engine) => engine.pass(3 * dayMs),
  'the ticket is escalated': (engine) => engine.act('escalate'),
  'the ticket is closed': (engine) => engine.act('close'),
  'the customer writes again, and is answered': (engine) => {
    engine.world.plan = () => planOf([reply]);
    engine.customerAsks('And now?');
  },
  'the customer writes again, and the ticket is handed off': (engine) => {
    engine.world.plan = () => planOf([note, handOff]);
    engine.customerAsks('And now?');
  },
};

it.each(Object.entries(settledBy))('it is taken away when %s', (_how, settle) => {
  const engine = draftWaits();
  settle(engine);
  engine.pass(minuteMs);
  expect(engine.desk.tags).not.toContain(approvalTag);
});

it('it stays for the next draft', () => {
  const engine = draftWaits();
  engine.customerAsks('And now?');
  engine.pass(minuteMs);
  expect(engine.state.stage).toBe('waiting-for-approval');
  expect(engine.desk.tags.filter((tag) => tag === approvalTag)).toHaveLength(1);
});

it('a policy that says nothing to the next message leaves no tag behind', () => {
  const engine = draftWaits();
  engine.world.plan = () => planOf([]);
  engine.customerAsks('Thanks!');
  engine.pass(minuteMs);
  expect(engine.desk.tags).not.toContain(approvalTag);
});

it("a draft that was kept since a person came is the person's, in a run that remembers nothing", () => {
  const engine = draftWaits();
  engine.act('approve');
  engine.pass(minuteMs);
  engine.world.plan = () => planOf([reply]);
  engine.world.before = (step) => {
    if (step.type === 'consult-policy') engine.act('take-over');
    return undefined;
  };
  engine.customerAsks('And now?');
  engine.pass(minuteMs);
  const replies = engine.desk.publicReplies().length;
  engine.world.before = () => undefined;
  engine.startAnew();
  engine.hint();
  engine.pass(minuteMs);
  expect(engine.state.stage).toBe('with-person');
  expect(engine.desk.publicReplies()).toHaveLength(replies);
});

it('so is one that was kept while an older tag still stood there', () => {
  const engine = draftWaits();
  engine.world.plan = () => planOf([reply]);
  engine.world.before = (step) => {
    if (step.type === 'consult-policy') engine.act('take-over');
    return undefined;
  };
  engine.customerAsks('And now?');
  engine.pass(minuteMs);
  engine.world.before = () => undefined;
  engine.startAnew();
  engine.hint();
  engine.pass(minuteMs);
  expect(engine.desk.publicReplies()).toHaveLength(0);
  expect(engine.state.stage).toBe('with-person');
});
