import { Engine, fail, note, planOf, reply } from './support/engine';
import { defaultSettings, type PlannedAction } from '../../src/core/policy/plan';
import type { Step } from '../../src/core/effects';
import { refusal } from '../../src/core/people/agent';

const minute = 60_000;
const handOff: PlannedAction = { type: 'hand-off', reason: 'asked-for-human', group: 'Support' };

describe('a person wins', () => {
  it('an answer by an agent while the bot drafts turns the draft into a note', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type === 'consult-policy') engine.desk.agentWrites('I am on it');
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.desk.notes().map((comment) => comment.text)).toEqual([
      expect.stringContaining('It is on its way.'),
    ]);
    expect(engine.state.stage).toBe('with-person');
  });

  it('an assignment while the bot drafts does the same', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type === 'consult-policy') engine.desk.assign('agent-7');
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.state.stage).toBe('with-person');
  });

  it('even an internal note written meanwhile holds the bot back', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type === 'consult-policy') engine.desk.agentWrites('let me check with the warehouse', false);
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    expect(engine.desk.publicReplies()).toHaveLength(0);
  });

  it.each(['assigned', 'answered'])(
    'a ticket that an agent has %s before is never answered by the bot',
    (how) => {
      const engine = new Engine();
      engine.desk.customerWrites('first');
      if (how === 'assigned') engine.desk.assign('agent-7');
      else engine.desk.agentWrites('It is on its way.');
      engine.customerAsks('and now?');
      expect(engine.desk.publicReplies()).toHaveLength(0);
      expect(engine.state.stage).toBe('with-person');
      expect(engine.state.deadline?.reason).toBe('person-check');
    },
  );

  it('is not looked after without end under a policy of before that waits for nothing', () => {
    const [rung, ...more] = defaultSettings.ladder;
    const settings = {
      ...defaultSettings,
      personCheckMs: 0,
      ladder: [{ ...rung, afterMs: 0 }, ...more] as const,
    };
    const engine = new Engine({ settings, plan: () => ({ ...planOf([reply, note]), settings }) });
    engine.desk.assign('agent-7');
    engine.customerAsks('hello');
    const before = engine.started.length;
    engine.pass(5_000);
    expect(engine.state.stage).toBe('with-person');
    expect(engine.state.deadline?.reason).toBe('person-check');
    expect(engine.started.length - before).toBeLessThanOrEqual(5);
  });

  it('nor does a hand-off under one climb at once for ever', () => {
    const [rung] = defaultSettings.ladder;
    const settings = { ...defaultSettings, ladder: [{ ...rung, afterMs: 0 }] as const };
    const engine = new Engine({ settings, plan: () => ({ ...planOf([handOff]), settings }) });
    engine.customerAsks('a person, please');
    const before = engine.started.length;
    engine.pass(minute);
    expect(engine.state.stage).toBe('escalated');
    expect(engine.started.length - before).toBeLessThan(100);
  });

  it('follows a person to the solved ticket, and lets go of it in the end', () => {
    const engine = new Engine();
    engine.desk.assign('agent-7');
    engine.desk.customerWrites('hello');
    engine.hint();
    engine.pass(minute);
    engine.desk.agentWrites('Done!');
    engine.desk.status = 'solved';
    engine.pass(defaultSettings.personCheckMs);
    expect(engine.state.stage).toBe('solved');
    engine.pass(defaultSettings.customerSilenceMs);
    expect(engine.finished).toBe(true);
  });
});

describe('agents steer', () => {
  it('take over in the middle of a turn: the step is stopped, the draft is kept as a note', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type === 'update-ticket' && step.purpose === 'reply') {
        engine.act('take-over');
        return fail('cancelled');
      }
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    expect(engine.state.stage).toBe('with-person');
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.desk.notes()).toHaveLength(1);
  });

  it('take over while a reply that had reached the desk is stopped: nobody reads that it was not sent', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type !== 'update-ticket' || step.purpose !== 'reply') return undefined;
      engine.act('take-over');
      engine.desk.apply(step.updates.slice(0, 1), step.guard);
      return fail('cancelled');
    };
    engine.customerAsks('Where is my order?');
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.desk.notes()).toHaveLength(0);
  });

  it('take over while the bot waits for the rest of a message: its draft is kept as a note', () => {
    const engine = new Engine({ plan: () => planOf([reply, note], { awaitsMore: true }) });
    engine.customerAsks('Hi, my order');
    expect(engine.state.turn?.phase).toBe('settling');
    engine.act('take-over');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.desk.notes().map(({ text }) => text)).toEqual([
      expect.stringContaining('It is on its way.'),
    ]);
  });

  it('take over a moment too late: what reached the desk is recorded, not repeated after hand-back', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type === 'update-ticket' && engine.state.stage !== 'with-person') engine.act('take-over');
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.state.stage).toBe('with-person');
    engine.world.before = () => undefined;
    engine.act('hand-back');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.state.stage).toBe('waiting-for-customer');
  });

  it('take over and hand back while the same step is still under way', () => {
    const engine = new Engine();
    let once = true;
    engine.world.before = (step) => {
      if (step.type === 'classify-message' && once) {
        once = false;
        engine.act('take-over');
        engine.act('hand-back');
      }
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('hand back: the bot answers what the person left unanswered', () => {
    const engine = new Engine();
    engine.desk.assign('agent-7');
    engine.customerAsks('Where is my order?');
    engine.act('hand-back');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    engine.customerAsks('and when exactly?');
    expect(engine.desk.publicReplies()).toHaveLength(2);
  });

  it('a hand-back holds until a person acts again', () => {
    const engine = new Engine();
    engine.desk.agentWrites('hello');
    engine.customerAsks('Where is my order?');
    engine.act('hand-back');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    engine.desk.agentWrites('I take it from here');
    engine.customerAsks('thank you');
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.state.stage).toBe('with-person');
  });

  const drafting = () => new Engine({ plan: () => planOf([reply, note], { needsApproval: true }) });

  it('a draft that needs approval is shown to agents and sent only when approved', () => {
    const engine = drafting();
    engine.customerAsks('Where is my order?');
    expect(engine.state.stage).toBe('waiting-for-approval');
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.desk.notes()).toHaveLength(1);
    engine.act('approve', { draftId: engine.state.approval?.draftId ?? '' });
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.state.stage).toBe('waiting-for-customer');
    expect(engine.state.approval).toBeNull();
  });

  it('an approved draft that a person was faster than is not noted a second time', () => {
    const engine = drafting();
    engine.customerAsks('Where is my order?');
    engine.desk.agentWrites('I have it');
    engine.act('approve');
    engine.pass(minute);
    expect(engine.desk.publicReplies().filter(({ author }) => author === 'bot')).toHaveLength(0);
    expect(engine.desk.notes().filter(({ text }) => text?.includes('It is on its way.'))).toHaveLength(1);
    expect(engine.state.stage).toBe('with-person');
  });

  it('an approval of another draft is refused', () => {
    const engine = drafting();
    engine.customerAsks('Where is my order?');
    engine.act('approve', { draftId: '35436/1/draft' });
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.state.timeline.at(-1)?.text).toContain('is not the one that waits');
  });

  it('a new message makes the waiting draft void, even when the approval comes at that moment', () => {
    const engine = drafting();
    engine.customerAsks('Where is my order?');
    engine.hint(engine.desk.customerWrites('never mind, cancel it').id);
    engine.act('approve');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.state.stage).toBe('waiting-for-approval');
    expect(engine.state.approval?.draftId).toContain('9003');
  });

  it('a draft stands while nothing new is said, whatever else is announced; its text is the one approved', () => {
    const engine = drafting();
    engine.customerAsks('Where is my order?');
    const { approval, deadline } = engine.state;
    engine.world.plan = () => planOf([note], { needsApproval: true });
    engine.hint();
    engine.pass(minute);
    expect(engine.state.approval).toEqual(approval);
    expect(engine.state.deadline).toEqual(deadline);
    engine.act('approve', { draftId: approval?.draftId ?? '' });
    engine.pass(1);
    expect(engine.desk.publicReplies().map((comment) => comment.text)).toEqual(['It is on its way.']);
  });

  it('a fragment that needs approval waits for it too', () => {
    const engine = new Engine({ plan: () => planOf([reply], { needsApproval: true, awaitsMore: true }) });
    engine.customerAsks('hi');
    engine.pass(minute);
    expect(engine.state.stage).toBe('waiting-for-approval');
    expect(engine.desk.publicReplies()).toHaveLength(0);
  });

  it('rejected, handed back and rejected again: both reasons reach people', () => {
    const engine = drafting();
    engine.customerAsks('Where is my order?');
    engine.act('reject', { reason: 'wrong tone' });
    engine.pass(minute);
    engine.act('hand-back');
    engine.pass(minute);
    expect(engine.state.stage).toBe('waiting-for-approval');
    engine.act('reject', { reason: 'wrong facts' });
    engine.pass(1);
    const notes = engine.desk.notes().map((comment) => comment.text);
    expect(notes.filter((text) => text?.includes('wrong'))).toHaveLength(2);
  });

  it('hand back: somebody who steps in while the bot is at it still wins', () => {
    const engine = new Engine();
    engine.desk.assign('agent-7');
    engine.customerAsks('Where is my order?');
    let once = true;
    engine.world.before = (step) => {
      if (step.type === 'classify-message' && once) {
        once = false;
        engine.desk.assign('agent-9');
        engine.desk.agentWrites('I have it now');
        engine.hint(engine.desk.customerWrites('thank you').id);
      }
      return undefined;
    };
    engine.act('hand-back');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.state.stage).toBe('with-person');
  });

  it('a rejected draft goes to people with the reason', () => {
    const engine = drafting();
    engine.customerAsks('Where is my order?');
    engine.act('reject', { reason: 'wrong tone' });
    engine.pass(1);
    expect(engine.state.handOff?.reason).toBe('approval-rejected');
    expect(engine.desk.notes().at(-1)?.text).toContain('wrong tone');
  });

  it('a draft nobody looks at goes to people in time', () => {
    const engine = drafting();
    engine.customerAsks('Where is my order?');
    engine.pass(defaultSettings.approvalMs);
    expect(engine.state.handOff?.reason).toBe('approval-timeout');
  });

  it('reply again: a second reply to the same message, on purpose', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.act('reply-again', { id: 'again-1' });
    engine.act('reply-again', { id: 'again-1' });
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(2);
  });

  it('escalate: from the bot to people and up a rung at once, then up again when asked again', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.act('escalate', { reason: 'a journalist' });
    engine.pass(1);
    expect(engine.state.stage).toBe('escalated');
    expect(engine.desk.priority).toBe('high');
    expect(engine.desk.notes().some((comment) => comment.text?.includes('a journalist'))).toBe(true);
    expect(engine.desk.tags).toContain('deskhand_handed_off');
    expect(engine.desk.status).toBe('open');
    expect(engine.state.timeline.some((entry) => entry.text.includes('a journalist'))).toBe(false);
    engine.act('escalate');
    engine.pass(1);
    expect(engine.desk.priority).toBe('urgent');
    expect(engine.notices).toHaveLength(2);
  });

  it('escalate while the bot is drafting: nothing is sent any more', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type === 'consult-policy') engine.act('escalate');
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    engine.pass(1);
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.state.stage).toBe('escalated');
    expect(engine.desk.notes().some((comment) => comment.text?.includes('It is on its way.'))).toBe(true);
  });

  it('close: the desk shows it solved, the workflow ends', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.act('close', { reason: 'duplicate' });
    engine.pass(1);
    expect(engine.desk.status).toBe('solved');
    expect(engine.finished).toBe(true);
  });

  it('close: a message that comes meanwhile is still answered', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.world.before = (step) => {
      if (step.type === 'update-ticket' && step.purpose === 'close')
        engine.hint(engine.desk.customerWrites('wait!').id);
      return undefined;
    };
    engine.act('close');
    engine.pass(minute);
    expect(engine.finished).toBe(false);
    expect(engine.desk.publicReplies()).toHaveLength(2);
  });

  it.each(['rejected', 'ticket-closed', 'ticket-not-found'] as const)(
    'close: ends although the desk says %s',
    (kind) => {
      const engine = new Engine();
      engine.customerAsks('Where is my order?');
      const isAsked = (step: Step) => step.type === 'update-ticket' || step.type === 'fetch-ticket';
      engine.world.before = (step) => (isAsked(step) ? fail(kind) : undefined);
      engine.act('close');
      engine.pass(1);
      expect(engine.finished).toBe(true);
    },
  );

  it('close asked for twice is done once', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.act('close');
    engine.act('close');
    engine.pass(1);
    expect(engine.desk.notes().filter(({ text }) => text?.startsWith('Closed by'))).toHaveLength(1);
    expect(engine.state.timeline.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('The ticket is being closed already'),
    );
  });

  it('an id that was used for another action is refused, and says for which', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.act('take-over', { id: 'same' });
    engine.act('hand-back', { id: 'same' });
    engine.pass(minute);
    expect(engine.state.stage).toBe('with-person');
    expect(engine.state.timeline.at(-1)?.text).toContain('was used for take-over before');
  });

  it('an action seen before is done once', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.act('take-over', { id: 'same' });
    const after = engine.state;
    engine.act('take-over', { id: 'same' });
    expect(engine.state).toEqual(after);
  });

  it.each([
    ['waiting-for-customer', 'hand-back', 'nothing to hand back'],
    ['waiting-for-customer', 'approve', 'No draft waits'],
    ['waiting-for-customer', 'reject', 'No draft waits'],
    ['with-person', 'take-over', 'already'],
    ['with-person', 'reply-again', 'hand it back first'],
    ['handed-off', 'reply-again', 'hand it back first'],
    ['waiting-for-approval', 'reply-again', 'approve or reject it first'],
    ['closed', 'take-over', 'closed'],
    ['closed', 'close', 'closed'],
  ] as const)('%s refuses %s: %s', (stage, action, words) => {
    const { state } = new Engine();
    const refused = refusal(
      { ...state, stage },
      { id: 'a', action, by: 'maria', reason: null, draftId: null },
    );
    expect(refused).toContain(words);
  });

  it('reply-again is refused while the engine is at work', () => {
    const engine = new Engine();
    engine.hint(engine.desk.customerWrites('Where is my order?').id);
    engine.act('reply-again');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });
});

describe('a hand-off', () => {
  const handingOff = () => new Engine({ plan: () => planOf([reply, note, handOff]) });

  it('tells the customer, and gives the agents group, note, tag and status in one update', () => {
    const engine = handingOff();
    engine.customerAsks('I want to talk to a human');
    const write = engine.started.find((step) => step.type === 'update-ticket');
    expect(write?.updates).toHaveLength(2);
    expect(write?.updates[1]).toMatchObject({
      group: 'Support',
      status: 'open',
      addTags: ['deskhand_handed_off'],
    });
    expect(engine.state.stage).toBe('handed-off');
  });

  it('that nobody picks up climbs the ladder until somebody does', () => {
    const engine = handingOff();
    engine.customerAsks('I want to talk to a human');
    engine.pass(30 * minute);
    expect(engine.state.stage).toBe('escalated');
    expect(engine.desk.priority).toBe('high');
    engine.pass(120 * minute);
    expect(engine.desk.priority).toBe('urgent');
    expect(engine.desk.tags).toContain('deskhand_escalated_again');
    expect(engine.notices).toHaveLength(2);
    engine.desk.assign('agent-7');
    engine.pass(24 * 60 * minute);
    expect(engine.state.stage).toBe('with-person');
    expect(engine.notices).toHaveLength(2);
  });

  it.each(['by its rule', 'by an agent'])('is escalated without lowering what was set %s', (how) => {
    const engine = handingOff();
    const urgent: PlannedAction = { type: 'set-priority', priority: 'urgent' };
    if (how === 'by its rule') engine.world.plan = () => planOf([urgent, handOff]);
    engine.customerAsks('I want to talk to a human');
    if (how === 'by an agent') engine.desk.priority = 'urgent';
    engine.pass(30 * minute);
    expect(engine.state).toMatchObject({ stage: 'escalated', priority: 'urgent' });
    expect(engine.desk.priority).toBe('urgent');
    expect(engine.desk.tags).toContain('deskhand_escalated');
  });

  it('repeats the last rung ever slower, at most daily, never more than once each time', () => {
    const engine = handingOff();
    engine.customerAsks('I want to talk to a human');
    engine.pass(7 * 24 * 60 * minute);
    const escalations = engine.started.filter(
      (step) => step.type === 'update-ticket' && step.purpose === 'escalate',
    );
    expect(escalations.length).toBeGreaterThan(5);
    expect(escalations.length).toBeLessThan(15);
    const keys = escalations.flatMap((step) =>
      step.type === 'update-ticket' ? step.updates.map((update) => update.key) : [],
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is picked up by an internal note too', () => {
    const engine = handingOff();
    engine.customerAsks('I want to talk to a human');
    engine.desk.agentWrites('calling her', false);
    engine.pass(30 * minute);
    expect(engine.state.stage).toBe('with-person');
  });

  it('leaves what the customer adds to the person, and still escalates in time', () => {
    const engine = handingOff();
    engine.customerAsks('I want to talk to a human');
    engine.pass(10 * minute);
    engine.customerAsks('hello??');
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.state.deadline?.reason).toBe('pick-up');
    engine.pass(21 * minute);
    expect(engine.state.stage).toBe('escalated');
  });

  it.each([[], ['take-over'] as const])(
    'handed back is answered, or handed off again: nobody is stranded %j',
    (...first) => {
      const engine = handingOff();
      engine.customerAsks('I want to talk to a human');
      for (const action of first) engine.act(action);
      engine.act('hand-back');
      engine.pass(minute);
      expect(engine.state.stage).toBe('handed-off');
      expect(engine.desk.publicReplies()).toHaveLength(1);
      engine.world.plan = () => planOf([reply]);
      engine.act('hand-back');
      engine.pass(minute);
      expect(engine.state.stage).toBe('waiting-for-customer');
      expect(engine.desk.publicReplies()).toHaveLength(2);
    },
  );

  it('taken back by an agent is answered by the bot again', () => {
    const engine = handingOff();
    engine.customerAsks('I want to talk to a human');
    engine.world.plan = () => planOf([reply]);
    engine.desk.customerWrites('where is my order, actually?');
    engine.act('hand-back');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(2);
    expect(engine.state.stage).toBe('waiting-for-customer');
  });
});

it.each(['cancelled', 'ticket-not-found'] as const)(
  'a take-over while the desk is asked for a ticket that it does not have (%s) holds it no longer than a look',
  (failure) => {
    const engine = new Engine();
    let isTaken = false;
    engine.world.before = (step) => {
      if (step.type !== 'fetch-ticket') return undefined;
      if (isTaken) return fail('ticket-not-found');
      isTaken = true;
      engine.act('take-over');
      return fail(failure);
    };
    engine.hint();
    engine.pass(minute);
    expect(engine.state.stage).toBe('with-person');
    engine.pass(31 * minute);
    expect(engine.state.stage).toBe('closed');
    expect(engine.notices).toEqual([expect.stringContaining('does not exist on the desk')]);
  },
);
