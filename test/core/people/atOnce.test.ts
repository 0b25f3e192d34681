/** Actions that come too late, twice, or a hundred at once; deadlines that lie in the past: said so, nothing doubled. */
import { Engine, planOf, reply } from '../support/engine';
import { agentActions, type AgentAction, type AgentActionName } from '../../../src/core/events';
import { refusal, refusalForNow } from '../../../src/core/people/agent';
import type { PlannedAction } from '../../../src/core/policy/plan';

const minute = 60_000;
const day = 24 * 60 * minute;
const followUp: PlannedAction = {
  ...{ type: 'follow-up', afterMs: 2 * day, text: 'Still there?', html: '<p>Still there?</p>' },
  ...{ template: 'still-there', language: 'en', close: false },
};

const action = (name: AgentActionName, id = 'a'): AgentAction => ({
  ...{ id, action: name, by: 'maria', reason: null, draftId: null },
  ...(name === 'set-mode' ? { mode: 'draft' as const } : {}),
});

function answered(plan = planOf([reply])): Engine {
  const engine = new Engine({ plan: () => plan });
  engine.customerAsks('Where is my order?');
  return engine;
}

/** As the workflow takes updates: asked first, and then done. */
function wish(engine: Engine, name: AgentActionName, id: string): string | null {
  const wished = action(name, id);
  const refused = refusalForNow(engine.state, wished);
  if (refused === null) engine.happen({ type: 'agent-acted', action: wished });
  return refused;
}

/** @param asked - how many replies were wanted. */
function expectNothingDoubled({ desk, started }: Engine, asked: number): void {
  const keys = started.flatMap((step) =>
    step.type === 'update-ticket' ? step.updates.map(({ key }) => key) : [],
  );
  expect(keys).toEqual([...new Set(keys)]);
  expect(desk.publicReplies().length).toBeLessThanOrEqual(asked);
}

describe('on a closed ticket', () => {
  it.each(agentActions)('%s is refused with the state it is in, and changes nothing', (name) => {
    const engine = answered();
    engine.pass(5 * day);
    expect(engine.finished).toBe(true);
    const before = engine.desk.comments.length;
    expect(refusal(engine.state, action(name))).toBe('The ticket is closed.');
    engine.happen({ type: 'agent-acted', action: action(name) });
    engine.pass(minute);
    expect(engine.desk.comments).toHaveLength(before);
    expect(engine.finished).toBe(true);
    expect(engine.state.timeline.at(-1)?.text).toBe(`${name} by maria refused: The ticket is closed.`);
  });
});

describe('the same action twice', () => {
  it.each(agentActions)('%s with one id is done once', (name) => {
    const needsApproval = name === 'approve' || name === 'reject';
    const engine = answered(planOf([reply], { needsApproval }));
    if (name === 'hand-back') engine.act('take-over');
    const draftId = engine.state.approval?.draftId ?? null;
    const twice = { ...action(name), draftId };
    engine.happen({ type: 'agent-acted', action: twice });
    engine.pass(minute);
    const { timeline } = engine.state;
    const comments = engine.desk.comments.length;
    engine.happen({ type: 'agent-acted', action: twice });
    engine.pass(minute);
    expect(engine.desk.comments).toHaveLength(comments);
    expect(engine.state.timeline).toEqual(timeline);
    expectNothingDoubled(engine, name === 'reply-again' ? 2 : 1);
  });
});

describe('a hundred at once', () => {
  it.each(agentActions)('%s: what makes no sense after the first is refused in a sentence', (name) => {
    const engine = answered();
    if (name === 'hand-back') engine.act('take-over');
    const answers = Array.from({ length: 100 }, (_, index) => wish(engine, name, `wish-${index}`));
    engine.pass(minute);
    expectNothingDoubled(engine, name === 'reply-again' ? 2 : 1);
    const taken = answers.filter((answer) => answer === null).length;
    expect(taken).toBe(name === 'set-mode' ? 100 : name === 'approve' || name === 'reject' ? 0 : 1);
    for (const answer of answers) expect(answer ?? 'Taken.').toMatch(/^[A-Z].*\.$/);
    expect(engine.desk.comments.length).toBeLessThan(8);
  });

  it('all of them, mixed, in ten orders: one line of steps, one end, and a deadline while it is open', () => {
    for (let order = 0; order < 10; order += 1) {
      const engine = answered();
      for (let index = 0; index < 100; index += 1) {
        const name = agentActions[(index * (order + 1) + order) % agentActions.length];
        if (name !== undefined) wish(engine, name, `wish-${index}`);
        if (index % 7 === 0) engine.step();
      }
      engine.pass(minute);
      const again = engine.started.filter(({ type }) => type === 'consult-policy').length;
      expectNothingDoubled(engine, again);
      expect(engine.state.steps).toEqual([]);
      expect(engine.finished || engine.state.deadline !== null).toBe(true);
    }
  });

  it('by signal, too, of which nobody hears: the line is bounded, and what is over it is told', () => {
    const engine = answered();
    for (let index = 0; index < 100; index += 1) engine.act('escalate', { id: `signal-${index}` });
    expect(engine.state.steps.length).toBeLessThanOrEqual(52);
    expect(engine.state.timeline.at(-1)?.text).toMatch(/steps on the ticket wait for the desk to answer/);
    engine.pass(minute);
    expectNothingDoubled(engine, 1);
  });
});

describe('an escalation that is not on the ticket yet', () => {
  it('is not asked for once more; as soon as it is there, it may be', () => {
    const engine = answered();
    expect(wish(engine, 'escalate', 'one')).toBeNull();
    expect(wish(engine, 'escalate', 'two')).toBe(
      'The ticket is being escalated already: ask again when that is on it.',
    );
    engine.settle();
    expect(wish(engine, 'escalate', 'three')).toBeNull();
    engine.settle();
    expect(engine.state.handOff?.level).toBe(2);
  });
});

describe('a deadline in the past, after a week without a worker', () => {
  it('of a follow-up: the customer is written to once, and waited for from now on', () => {
    const engine = answered(planOf([reply, followUp]));
    engine.now += 7 * day;
    engine.carryOver();
    engine.pass(0);
    expect(engine.desk.publicReplies().map(({ text }) => text)).toEqual([
      'It is on its way.',
      'Still there?',
    ]);
    expect(engine.state.deadline?.at).toBeGreaterThan(engine.now);
    expect(engine.state.stage).toBe('waiting-for-customer');
  });

  it('of a hand-off: one rung is climbed, not all that would have been due', () => {
    const engine = answered(planOf([{ type: 'hand-off', reason: 'policy', group: null }]));
    engine.now += 7 * day;
    engine.carryOver();
    engine.pass(0);
    expect(engine.state.handOff?.level).toBe(1);
    expect(engine.state.deadline?.at).toBeGreaterThan(engine.now);
    expectNothingDoubled(engine, 1);
  });

  it('of silence: the ticket is let go, unless the customer has written meanwhile', () => {
    const silent = answered();
    silent.now += 7 * day;
    silent.carryOver();
    silent.pass(0);
    expect(silent.finished).toBe(true);
    const heard = answered();
    heard.now += 7 * day;
    heard.carryOver();
    heard.hint(heard.desk.customerWrites('And now?').id);
    heard.pass(minute);
    expect(heard.desk.publicReplies()).toHaveLength(2);
  });
});
