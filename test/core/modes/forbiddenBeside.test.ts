/**
 * The mode is switched after a ticket's last look, and an agent's word or a clock comes before the next: what can no
 * longer be written is not taken as done.
 */
import type { AgentActionName } from '../../../src/core/events';
import type { Mode } from '../../../src/core/modes/mode';
import { defaultSettings, type PlannedAction, type PolicySettings } from '../../../src/core/policy/plan';
import { Engine, fail, note, planOf, reply } from '../support/engine';

const minute = 60_000;
const handOff: PlannedAction = { type: 'hand-off', reason: 'policy', group: 'Support' };
const everything: PolicySettings = { ...defaultSettings, alsoTell: ['approval', 'deadline', 'hand-off'] };
const handsOff = ['shadow', 'off'] as const;

function asked(company: Mode, actions: readonly PlannedAction[] = [reply, note]): Engine {
  const plan = () => planOf(actions, { settings: everything });
  const engine = new Engine({ plan, settings: everything, modes: { company, intents: {} } });
  engine.customerAsks('Where is my order?');
  return engine;
}

function switchTo(engine: Engine, company: Mode): void {
  engine.world.modes = { company, intents: {} };
}

function acts(engine: Engine, action: AgentActionName): void {
  engine.act(action);
  engine.settle();
}

describe.each(handsOff)('under %s, which no look has seen yet,', (mode) => {
  it("a draft that is rejected is nobody's hand-off: the ticket is watched, and nobody is told", () => {
    const engine = asked('draft');
    const notices = engine.notices.length;
    const notes = engine.desk.notes().length;
    switchTo(engine, mode);
    acts(engine, 'reject');
    expect(engine.state).toMatchObject({ stage: 'watching', handOff: null, approval: null, turn: null });
    expect(engine.desk.notes()).toHaveLength(notes);
    expect(engine.notices).toHaveLength(notices);
  });

  it('and then auto again: the next message is answered together with what waits', () => {
    const engine = asked('draft');
    switchTo(engine, mode);
    acts(engine, 'reject');
    switchTo(engine, 'auto');
    engine.customerAsks('Hello?');
    expect(engine.state.stage).toBe('waiting-for-customer');
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.state.handedOver).toEqual([]);
  });

  it('an escalation is neither on the desk nor in the state, and nobody is told', () => {
    const engine = asked('auto');
    switchTo(engine, mode);
    acts(engine, 'escalate');
    expect(engine.state).toMatchObject({ stage: 'watching', handOff: null, turn: null });
    expect(engine.notices).toEqual([]);
    expect(engine.state.timeline.map(({ text }) => text).join('\n')).toContain(
      'Not handed off: a stricter mode',
    );
    switchTo(engine, 'auto');
    engine.customerAsks('Hello?');
    expect(engine.state.stage).toBe('waiting-for-customer');
  });

  it('a rung is not written; the next one is when another mode holds', () => {
    const engine = asked('auto', [handOff, note]);
    engine.world.before = (step) => {
      if (step.type === 'notify-people' && step.about?.kind === 'escalation') switchTo(engine, mode);
      return undefined;
    };
    engine.pass(31 * minute);
    expect(engine.desk.notes()).toHaveLength(1);
    engine.world.before = () => undefined;
    switchTo(engine, 'auto');
    engine.pass(24 * 60 * minute);
    expect(engine.desk.notes().at(-1)?.text).toContain('Nobody has picked this ticket up');
    expect(engine.state.stage).toBe('escalated');
  });

  it('and is not taken as climbed: each rung is written in its order, once', () => {
    const engine = asked('auto', [handOff, note]);
    engine.world.before = (step) => {
      if (step.type === 'update-ticket' && step.purpose === 'escalate') switchTo(engine, mode);
      return undefined;
    };
    engine.pass(31 * minute);
    expect(engine.state).toMatchObject({ stage: 'handed-off', handOff: { level: 0, asked: 0 } });
    expect(engine.state.timeline.at(-1)?.text).toBe(
      'Not escalated to rung 1: a stricter mode was switched on',
    );
    engine.world.before = () => undefined;
    switchTo(engine, 'auto');
    engine.pass(24 * 60 * minute);
    const rungs = [...engine.desk.appliedKeys.keys()].flatMap(
      (key) => /escalate-(\d+)$/.exec(key)?.[1] ?? [],
    );
    expect(rungs.slice(0, 3)).toEqual(['1', '2', '3']);
    expect(engine.desk.tags).toContain(everything.ladder[0].tag);
  });

  it('nor is one that an agent asked for', () => {
    const engine = asked('auto', [handOff, note]);
    engine.act('escalate');
    engine.world.before = (step) => {
      if (step.type === 'update-ticket' && step.purpose === 'escalate') switchTo(engine, mode);
      return undefined;
    };
    engine.settle();
    expect(engine.state).toMatchObject({ stage: 'handed-off', handOff: { level: 0, asked: 0 } });
    expect(engine.state.deadline?.reason).toBe('pick-up');
  });

  it('a tag that says so stops what is in line as well', () => {
    const engine = asked('auto');
    engine.act('escalate');
    engine.hint();
    engine.desk.tags = [mode === 'off' ? 'deskhand_off' : 'deskhand_shadow'];
    engine.world.before = (step) =>
      step.type === 'update-ticket' && step.purpose === 'hand-off' ? fail('rejected') : undefined;
    engine.settle();
    const written = engine.desk.notes().length;
    engine.world.before = () => undefined;
    engine.pass(24 * 60 * minute);
    expect(engine.desk.notes()).toHaveLength(written);
    expect(engine.state.stage).toBe('watching');
  });

  it('a close is not done, and the ticket is looked at', () => {
    const engine = asked('auto');
    switchTo(engine, mode);
    acts(engine, 'close');
    expect(engine.state.stage).not.toBe('closed');
    expect(engine.desk.status).not.toBe('solved');
  });

  it('a draft whose note is not on the ticket waits for nobody', () => {
    const engine = new Engine({
      plan: () => planOf([reply, note], { settings: everything, needsApproval: true }),
      settings: everything,
    });
    engine.world.before = (step) => {
      if (step.type === 'update-ticket') switchTo(engine, mode);
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    expect(engine.state).toMatchObject({ stage: 'watching', approval: null, heldTurn: null });
    expect(engine.notices).toEqual([]);
    expect(engine.desk.notes()).toEqual([]);
  });
});

describe("an intent's off, switched after its message was decided,", () => {
  function switchedBeforeWriting(engine: Engine): void {
    engine.world.before = (step) => {
      if (step.type === 'update-ticket') {
        engine.world.modes = { company: 'auto', intents: { order_status: 'off' } };
      }
      return undefined;
    };
  }

  it('stops the note of its draft', () => {
    const engine = new Engine({ plan: () => planOf([reply, note], { needsApproval: true }) });
    switchedBeforeWriting(engine);
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
    expect(engine.desk.notes()).toEqual([]);
    expect(engine.state).toMatchObject({ stage: 'watching', approval: null, heldTurn: null });
  });

  it('stops the hand-off of a draft that is rejected, and of one that nobody decided on', () => {
    for (const end of [
      (engine: Engine) => acts(engine, 'reject'),
      (engine: Engine) => engine.pass(defaultSettings.approvalMs + minute),
    ]) {
      const engine = asked('draft');
      const notes = engine.desk.notes().length;
      engine.world.modes = { company: 'draft', intents: { order_status: 'off' } };
      end(engine);
      engine.pass(minute);
      expect(engine.desk.notes()).toHaveLength(notes);
      expect(engine.state).toMatchObject({ stage: 'watching', handOff: null });
    }
  });
});

describe("a ticket's own mode, set to off while a step beside its turns is under way or in line,", () => {
  /** The desk is slow: the agent's action has asked for its write, and nothing has come of it. */
  function slowly(action: AgentActionName, company: Mode = 'auto'): Engine {
    const engine = asked(company);
    engine.act(action);
    engine.act('set-mode', { mode: 'off' });
    return engine;
  }

  const purposes = ({ state }: Engine) =>
    state.steps.map(({ step }) => (step.type === 'update-ticket' ? step.purpose : step.type));

  it('stops the one under way, and drops the others with what would tell of them', () => {
    const engine = slowly('escalate');
    expect(purposes(engine)[0]).toBe('hand-off');
    expect(engine.state.cancelling).toBe(true);
    expect(purposes(engine)).not.toContain('escalate');
    expect(purposes(engine)).not.toContain('notify-people');
  });

  it('what was stopped is void, and said', () => {
    const engine = slowly('escalate');
    engine.world.before = (step) => (step.type === 'update-ticket' ? fail('cancelled') : undefined);
    engine.settle();
    expect(engine.desk.notes()).toHaveLength(1);
    expect(engine.notices).toEqual([]);
    expect(engine.state).toMatchObject({ handOff: null, turn: null, running: false });
    expect(['handed-off', 'escalated', 'closed']).not.toContain(engine.state.stage);
    expect(engine.state.timeline.map(({ text }) => text).join('\n')).toContain(
      'Not handed off: a stricter mode was switched on',
    );
  });

  it('a close under way is not stopped by it, and whoever tries is told', () => {
    const engine = slowly('close');
    expect(engine.state.timeline.at(-1)?.text).toMatch(
      /^set-mode by maria refused: The ticket is being closed/,
    );
  });

  it('what could not be stopped any more is on the desk, and in the state', () => {
    const engine = slowly('reject', 'draft');
    engine.settle();
    expect(engine.desk.notes().at(-1)?.text).toContain('rejected the draft');
    expect(engine.state.stage).toBe('handed-off');
  });

  it("a draft's note: nobody is asked to approve what nobody sees", () => {
    const engine = new Engine({ plan: () => planOf([reply, note], { needsApproval: true }) });
    engine.world.before = (step) => {
      if (step.type !== 'update-ticket') return undefined;
      engine.act('set-mode', { mode: 'off' });
      return fail('cancelled');
    };
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
    expect(engine.state).toMatchObject({ stage: 'watching', approval: null });
    expect(engine.desk.notes()).toEqual([]);
  });
});
