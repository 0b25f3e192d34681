/** A desk that is out for longer than a step is tried: what people have stays theirs, what is due comes when it is back. */
import { nextDeadline } from '../../../src/core/nextDeadline';
import { defaultSettings, type PlannedAction, type PolicySettings } from '../../../src/core/policy/plan';
import { Engine, fail, note, planOf, reply, type World } from '../support/engine';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const handOff: PlannedAction = { type: 'hand-off', reason: 'asked-for-human', group: 'Support' };

/** An engine whose desk cannot be read between `goesOut` and `isBack`. */
function withDesk(change: Partial<World> = {}) {
  let isOut = false;
  const engine = new Engine({
    ...change,
    before: (step) => (isOut && step.type === 'fetch-ticket' ? fail('budget-used-up') : undefined),
  });
  return { engine, goesOut: () => void (isOut = true), isBack: () => void (isOut = false) };
}

const looksFailed = ({ state }: Engine) => state.timeline.filter(({ kind }) => kind === 'failed').length;

it('a ticket that a person has keeps its group and status, gets no note, and is looked at again within the hour', () => {
  const { engine, goesOut, isBack } = withDesk({ settings: { ...defaultSettings, handOffGroup: 'Support' } });
  engine.customerAsks('Where is my order?');
  engine.desk.assign('nora');
  [engine.desk.group, engine.desk.status] = ['VIP', 'pending'];
  engine.hint();
  engine.pass(minute);
  const comments = engine.desk.comments.length;
  goesOut();
  engine.pass(2 * day);
  expect(looksFailed(engine)).toBeGreaterThan(1);
  expect(engine.state).toMatchObject({ stage: 'with-person', handOff: null });
  expect([engine.desk.group, engine.desk.status, engine.desk.comments.length]).toEqual([
    'VIP',
    'pending',
    comments,
  ]);
  expect(nextDeadline(engine.state)?.at).toBeLessThanOrEqual(engine.now + hour);
  isBack();
  engine.pass(hour);
  expect(engine.state).toMatchObject({ stage: 'with-person', deadline: { reason: 'person-check' } });
});

it('one that a person has and left is given to people as soon as the desk is back', () => {
  const { engine, goesOut, isBack } = withDesk();
  engine.act('take-over');
  engine.desk.customerWrites('Where is my order?');
  goesOut();
  engine.hint();
  engine.pass(day);
  expect(engine.state.stage).toBe('with-person');
  isBack();
  engine.pass(hour);
  expect(engine.state.handOff?.reason).toBe('left-by-person');
});

it('the ladder of one that waits for people is not begun anew, and goes on from its rung', () => {
  const { engine, goesOut, isBack } = withDesk({ plan: () => planOf([reply, handOff]) });
  engine.customerAsks('A person, please');
  engine.pass(day);
  const before = engine.state.handOff;
  goesOut();
  engine.hint(engine.desk.customerWrites('Hello?').id);
  engine.pass(day);
  expect(engine.state.handOff).toEqual(before);
  isBack();
  engine.pass(hour);
  expect(engine.state.handOff).toMatchObject({ reason: 'asked-for-human', level: (before?.level ?? 0) + 1 });
});

it('a reminder to a silent customer comes later, and calls nobody', () => {
  const wait = { template: 'still-there', language: 'en', text: 'Still there?', html: 'Still there?' };
  const followUp: PlannedAction = { type: 'follow-up', ...wait, afterMs: 2 * day, close: true };
  const { engine, goesOut, isBack } = withDesk({ plan: () => planOf([reply, note, followUp]) });
  engine.customerAsks('It does not fit');
  goesOut();
  engine.pass(3 * day);
  expect(engine.state).toMatchObject({ stage: 'waiting-for-customer', handOff: null });
  expect(engine.state.deadline).toMatchObject({
    reason: 'follow-up',
    detail: expect.stringContaining('still-there') as string,
  });
  isBack();
  engine.pass(hour);
  expect(engine.desk.publicReplies().at(-1)?.text).toBe('Still there?');
  expect(engine.state.stage).toBe('solved');
});

describe('a draft that waits', () => {
  const settings: PolicySettings = {
    ...defaultSettings,
    approvalMs: 2 * day,
    approvalPath: [{ afterMs: hour, group: null }],
  };
  const plan = () => planOf([reply], { needsApproval: true, settings });

  it('waits on when its reminder cannot be written, and people are reminded later', () => {
    const { engine, goesOut, isBack } = withDesk({ settings, plan });
    engine.customerAsks('Where is my order?');
    const draftId = engine.state.approval?.draftId;
    goesOut();
    engine.pass(6 * hour);
    expect(looksFailed(engine)).toBeGreaterThan(0);
    expect(engine.state.approval?.draftId).toBe(draftId);
    isBack();
    engine.pass(hour);
    expect(engine.desk.notes().at(-1)?.text).toContain('waits for approval since');
    engine.act('approve');
    engine.settle();
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('is a person’s when the time to approve it is over, the desk being out or not', () => {
    const { engine, goesOut } = withDesk({ settings, plan });
    engine.customerAsks('Where is my order?');
    goesOut();
    engine.pass(3 * day);
    expect(engine.state).toMatchObject({
      stage: expect.not.stringMatching('approval') as string,
      approval: null,
    });
    expect(engine.state.handOff?.reason).toBe('failure');
  });
});

it.each([
  ['nobody has read yet', () => undefined],
  ['goes on after an answer', (engine: Engine) => engine.customerAsks('Where is my order?')],
])('a message on a ticket that %s is brought before people', (_, before) => {
  const { engine, goesOut } = withDesk();
  before(engine);
  goesOut();
  engine.hint(engine.desk.customerWrites('Hello?').id);
  engine.pass(minute);
  expect(engine.state.handOff?.reason).toBe('failure');
});
