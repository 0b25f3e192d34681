/** Every mode on every kind of plan: what is written, what waits for an agent, and whose the ticket is then. */
import { refusal } from '../../../src/core/people/agent';
import { modes, modeTags, type Mode } from '../../../src/core/modes/mode';
import { defaultSettings, type Plan, type PlannedAction } from '../../../src/core/policy/plan';
import { currentDetails } from '../../../src/core/story';
import { sendTag } from '../../../src/core/ticket/tags';
import { Engine, fail, note, planOf, reply, writes } from '../support/engine';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const handOff: PlannedAction = { type: 'hand-off', reason: 'policy', group: 'Support' };
const cancel: PlannedAction = { type: 'order-action', action: { type: 'cancel', order: '48213' } };
const sendCode: PlannedAction = {
  type: 'send-code',
  order: '48213',
  language: 'en',
  mail: { subject: 'Your code', text: '{code}' },
};
const followUp: Extract<PlannedAction, { type: 'follow-up' }> = {
  type: 'follow-up',
  afterMs: 2 * day,
  text: 'Do you still need help?',
  html: '<p>Do you still need help?</p>',
  template: 'still-there',
  language: 'en',
  close: false,
};
const question: PlannedAction = {
  type: 'reply',
  text: 'Which order is it?',
  html: '<p>Which order is it?</p>',
  template: 'which-order',
  language: 'en',
};
const ask = planOf([question], {
  dialogue: {
    questions: [
      {
        kind: 'ask',
        slot: 'order-number',
        intent: 'order_status',
        rule: 'in-transit',
        tries: 1,
        text: 'Which order is it?',
        reminded: false,
        order: null,
        choices: [],
        actions: [],
      },
    ],
    slots: {},
    mismatches: 0,
  },
});

const kinds = {
  'a reply': planOf([reply, note]),
  'a question': ask,
  'an order action': planOf([cancel, reply, note], { ifRefused: [reply, handOff] }),
  'a code by mail': planOf([sendCode, reply], { ifRefused: [reply, handOff] }),
  'a solved ticket': planOf([note, { type: 'set-status', status: 'solved' }]),
  'what needs approval anyway': planOf([reply], { needsApproval: true }),
  'a hand-off with a promise': planOf([reply, handOff, note]),
  'a silent hand-off': planOf([handOff, note]),
  'a note and a tag': planOf([note, { type: 'tag', add: ['vip'], remove: [] }]),
  'nothing at all': planOf([]),
} satisfies Record<string, Plan>;
type Kind = keyof typeof kinds;

function under(company: Mode, plan: Plan, intents: Readonly<Record<string, Mode>> = {}): Engine {
  return new Engine({ plan: () => plan, modes: { company, intents } });
}

function asked(company: Mode, plan: Plan, intents: Readonly<Record<string, Mode>> = {}): Engine {
  const engine = under(company, plan, intents);
  engine.customerAsks('Where is my order?');
  return engine;
}

const written = (engine: Engine) => engine.started.filter(writes);
const told = (engine: Engine) => engine.state.timeline.map(({ text }) => text).join('\n');
const notes = (engine: Engine) =>
  engine.desk
    .notes()
    .map(({ text }) => text)
    .join('\n');

/** Stages after a message, in the order of `modes`. */
const stagesOf: Record<Kind, readonly [string, string, string, string]> = {
  'a reply': ['waiting-for-customer', 'waiting-for-approval', 'watching', 'watching'],
  'a question': ['waiting-for-customer', 'waiting-for-approval', 'watching', 'watching'],
  'an order action': ['waiting-for-customer', 'waiting-for-approval', 'watching', 'watching'],
  'a code by mail': ['waiting-for-customer', 'waiting-for-approval', 'watching', 'watching'],
  'a solved ticket': ['solved', 'waiting-for-approval', 'watching', 'watching'],
  'what needs approval anyway': ['waiting-for-approval', 'waiting-for-approval', 'watching', 'watching'],
  'a hand-off with a promise': ['handed-off', 'handed-off', 'watching', 'watching'],
  'a silent hand-off': ['handed-off', 'handed-off', 'watching', 'watching'],
  'a note and a tag': ['waiting-for-customer', 'waiting-for-customer', 'watching', 'watching'],
  'nothing at all': ['waiting-for-customer', 'waiting-for-customer', 'watching', 'watching'],
};
const kindNames = Object.keys(kinds) as Kind[];
const table = kindNames.flatMap((kind) =>
  modes.map((mode, index) => ({ kind, mode, stage: stagesOf[kind][index] })),
);

describe.each(table)('$mode with $kind', ({ kind, mode, stage }) => {
  it(`leaves the ticket ${stage}, with somebody to look again`, () => {
    const { state } = asked(mode, kinds[kind]);
    expect(state.stage).toBe(stage);
    expect(state.deadline).not.toBeNull();
  });

  it('writes what that mode may write, and nothing else', () => {
    const engine = asked(mode, kinds[kind]);
    const touched =
      engine.desk.publicReplies().length + engine.shop.size + engine.codes.length > 0 ||
      engine.desk.status === 'solved';
    if (mode === 'auto') expect(written(engine).length > 0).toBe(kind !== 'nothing at all');
    if (mode === 'draft') expect(touched).toBe(false);
    if (mode === 'shadow' || mode === 'off') {
      expect(written(engine)).toEqual([]);
      expect(engine.notices).toEqual([]);
    }
  });

  it('is the same when the mode is of the intent alone, or of this ticket', () => {
    expect(asked('auto', kinds[kind], { order_status: mode }).state.stage).toBe(stage);
    const engine = under('auto', kinds[kind]);
    engine.hint();
    engine.settle();
    engine.act('set-mode', { mode });
    engine.customerAsks('Where is my order?');
    expect(engine.state.stage).toBe(stage);
  });
});

it('another intent is not held back', () => {
  expect(asked('auto', kinds['a reply'], { refund: 'off' }).desk.publicReplies()).toHaveLength(1);
});

describe('draft', () => {
  const held = (plan: Plan) => asked('draft', plan);

  it('shows what would be said, and how to send it, in a note with the tag of drafts', () => {
    const engine = held(kinds['a reply']);
    expect(notes(engine)).toContain('It is on its way.');
    expect(notes(engine)).toContain(sendTag);
    expect(engine.desk.tags).toContain('deskhand_approval');
    expect(engine.state.decision?.mode).toBe('draft');
  });

  it('one action sends it, as it was', () => {
    const engine = held(kinds['an order action']);
    expect(notes(engine)).toContain('To do: cancel order 48213.');
    engine.act('approve');
    engine.settle();
    expect(engine.shop.size).toBe(1);
    expect(engine.desk.publicReplies().map(({ text }) => text)).toEqual(['It is on its way.']);
    expect(engine.state.stage).toBe('waiting-for-customer');
  });

  it('what is said instead, when the shop refuses, was approved by nobody: people are called without it', () => {
    const engine = held(kinds['an order action']);
    engine.world.shop = () => ({ type: 'refused', why: 'It was packed.' });
    engine.act('approve');
    engine.settle();
    expect(engine.desk.publicReplies()).toEqual([]);
    expect(engine.state.stage).toBe('handed-off');
    expect(notes(engine)).toContain('Words for the customer, not sent:');
  });

  it('a draft that nobody looks at goes to people when the time for approvals is over', () => {
    const engine = held(kinds['a reply']);
    engine.pass(defaultSettings.approvalMs);
    expect(engine.state.handOff?.reason).toBe('approval-timeout');
    expect(engine.desk.publicReplies()).toEqual([]);
  });

  it('a hand-off calls people at once; what it would promise stands in the note for whoever comes', () => {
    const engine = held(kinds['a hand-off with a promise']);
    expect(engine.desk.publicReplies()).toEqual([]);
    expect(notes(engine)).toContain('Words for the customer, not sent:\n\nIt is on its way.');
    expect(engine.desk.group).toBe('Support');
  });

  it('a follow-up goes out when it was approved with the reply, and not when nobody has seen it', () => {
    const plan = planOf([reply, followUp]);
    const approved = held(plan);
    approved.act('approve');
    approved.pass(2 * day);
    expect(approved.desk.publicReplies()).toHaveLength(2);

    const unseen = asked('auto', plan);
    unseen.world.modes = { company: 'draft', intents: {} };
    unseen.pass(2 * day);
    expect(unseen.desk.publicReplies()).toHaveLength(1);
    expect(told(unseen)).toContain('Not followed up: the mode is draft');
    expect(unseen.state.stage).toBe('waiting-for-customer');
  });
});

describe('the tag that sends a draft', () => {
  function tagged(engine: Engine): void {
    engine.desk.tags = [...engine.desk.tags, sendTag];
    engine.hint();
    engine.settle();
  }

  it('sends it, and is taken away', () => {
    const engine = asked('draft', kinds['a reply']);
    tagged(engine);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.desk.tags).not.toContain(sendTag);
    expect(told(engine)).toContain(`Approved by the tag ${sendTag}`);
    expect(engine.state.stage).toBe('waiting-for-customer');
  });

  it('counts for a draft that a rule wanted approved, too', () => {
    const engine = asked('auto', kinds['what needs approval anyway']);
    tagged(engine);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('is found at the end of the time for approvals where its webhook was lost', () => {
    const engine = asked('draft', kinds['a reply']);
    engine.desk.tags = [...engine.desk.tags, sendTag];
    engine.pass(defaultSettings.approvalMs);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('counts when whoever sets it has taken the ticket', () => {
    const engine = asked('draft', kinds['a reply']);
    engine.desk.assign('agent-7');
    tagged(engine);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('one that was on the ticket before sends nothing: the note of a draft takes it away', () => {
    const engine = under('draft', kinds['a reply']);
    engine.desk.tags = [sendTag];
    engine.customerAsks('Where is my order?');
    engine.hint();
    engine.settle();
    expect(engine.desk.publicReplies()).toEqual([]);
    expect(engine.desk.tags).not.toContain(sendTag);
  });

  it('sends nothing while the note could not be written: nobody can have read the draft', () => {
    const engine = under('draft', kinds['a reply']);
    engine.desk.tags = [sendTag];
    engine.world.before = (step) => (step.type === 'update-ticket' ? fail('rejected') : undefined);
    engine.customerAsks('Where is my order?');
    engine.world.before = () => undefined;
    engine.hint();
    engine.settle();
    expect(engine.desk.publicReplies()).toEqual([]);
    expect(engine.state.stage).toBe('waiting-for-approval');
  });

  it('sends nothing that a new message of the customer has overtaken', () => {
    const engine = asked('draft', kinds['a reply']);
    engine.desk.tags = [...engine.desk.tags, sendTag];
    engine.customerAsks('Never mind, it is here.');
    expect(engine.desk.publicReplies()).toEqual([]);
    expect(engine.state.stage).toBe('waiting-for-approval');
    expect(engine.desk.tags).not.toContain(sendTag);
  });

  it('sends nothing after an agent has answered', () => {
    const engine = asked('draft', kinds['a reply']);
    engine.desk.agentWrites('It will be there tomorrow.');
    tagged(engine);
    expect(engine.desk.publicReplies()).toEqual([]);
    expect(engine.state.stage).toBe('with-person');
  });

  it('sends nothing in shadow and off', () => {
    for (const company of ['shadow', 'off'] as const) {
      const engine = asked('draft', kinds['a reply']);
      engine.desk.assign('agent-7');
      engine.world.modes = { company, intents: {} };
      tagged(engine);
      expect(engine.desk.publicReplies()).toEqual([]);
      expect(engine.state.approval).toBeNull();
    }
  });
});

describe('shadow', () => {
  it('tells what it would have done: in the timeline, the state and the Web UI', () => {
    const plan = planOf([cancel, reply, handOff, { type: 'tag', add: ['vip'], remove: ['new'] }]);
    const { state } = asked('shadow', plan);
    const deeds = [
      'cancel order 48213',
      'reply with "in_transit" (en)',
      'hand off (policy) to Support',
      'add the tag vip',
      'remove the tag new',
    ];
    expect(state.proposal).toMatchObject({ mode: 'shadow', rule: 'in-transit', text: 'It is on its way.' });
    expect(state.proposal?.deeds).toEqual(deeds);
    expect(state.timeline.map(({ text }) => text)).toContain(`shadow: would ${deeds.join(', ')}`);
    expect(state.decision).toMatchObject({ mode: 'shadow', rule: 'in-transit' });
    expect(currentDetails(state)).toContain('**Mode:** shadow: Deskhand notes what it would do');
    expect(currentDetails(state)).toContain('**Proposed:** cancel order 48213');
  });

  it('a plan that does nothing is told as that', () => {
    expect(asked('shadow', planOf([])).state.proposal?.deeds).toEqual(['stay silent']);
  });

  it('tells of tickets that it would have left to a person', () => {
    const engine = under('shadow', kinds['a reply']);
    engine.desk.requester = { ...engine.desk.requester, role: 'agent' };
    engine.customerAsks('Please see below.');
    expect(told(engine)).toContain('shadow: would hand off (forwarded)');
    expect(written(engine)).toEqual([]);
  });

  it('decides once for a message, however often the ticket is looked at', () => {
    const engine = asked('shadow', kinds['a reply']);
    engine.hint();
    engine.pass(3 * day);
    const decided = engine.started.filter(({ type }) => type === 'consult-policy');
    expect(decided).toHaveLength(1);
    expect(engine.state.stage).toBe('watching');
  });
});

describe('off', () => {
  it('understands and decides nothing; the message is noted as seen', () => {
    const engine = asked('off', kinds['a reply']);
    expect(engine.started.map(({ type }) => type)).toEqual(['fetch-ticket']);
    expect(told(engine)).toContain('Left to people. off: Deskhand leaves the ticket to people');
    expect(engine.state.lastKnown.customerCommentId).not.toBeNull();
    expect(engine.state.decision).toBeNull();
  });

  it('for an intent, the message is understood, and left to people', () => {
    const engine = asked('auto', kinds['a reply'], { order_status: 'off' });
    expect(written(engine)).toEqual([]);
    expect(engine.state.proposal ?? null).toBeNull();
  });
});

describe("a ticket's mode", () => {
  it.each(['draft', 'shadow', 'off'] as const)('%s by a tag of the desk holds while it is there', (mode) => {
    const engine = under('auto', kinds['a reply']);
    engine.desk.tags = [modeTags[mode]];
    engine.customerAsks('Where is my order?');
    expect(engine.desk.publicReplies()).toEqual([]);
    engine.desk.tags = [];
    engine.customerAsks('Hello?');
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('is no way around a stricter one of the company', () => {
    const engine = asked('shadow', kinds['a reply']);
    engine.act('set-mode', { mode: 'auto' });
    engine.settle();
    expect(written(engine)).toEqual([]);
    expect(engine.state.stage).toBe('watching');
  });

  it.each(['draft', 'shadow', 'off'] as const)('%s stops a reply that is being written', (mode) => {
    const engine = under('auto', kinds['a reply']);
    engine.world.before = (step) => {
      if (step.type !== 'update-ticket' || step.purpose !== 'reply') return undefined;
      engine.act('set-mode', { mode });
      return fail('cancelled');
    };
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toEqual([]);
    expect(engine.state.stage).toBe(mode === 'draft' ? 'waiting-for-approval' : 'watching');
    expect(engine.desk.notes()).toHaveLength(mode === 'draft' ? 1 : 0);
  });

  it.each(['draft', 'shadow', 'off'] as const)('%s comes too late for a reply that is out', (mode) => {
    const engine = under('auto', kinds['a reply']);
    engine.world.before = (step) => {
      if (step.type === 'update-ticket' && step.purpose === 'reply') engine.act('set-mode', { mode });
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.state.stage).toBe('waiting-for-customer');
    engine.customerAsks('Thanks. And when?');
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('is kept from one run to the next', () => {
    const engine = under('auto', kinds['a reply']);
    engine.hint();
    engine.settle();
    engine.act('set-mode', { mode: 'draft' });
    engine.carryOver();
    engine.customerAsks('Where is my order?');
    expect(engine.state.stage).toBe('waiting-for-approval');
  });

  it('switched on again for a ticket that was left to people, the ticket is answered at once', () => {
    const engine = under('auto', kinds['a reply']);
    engine.desk.tags = [modeTags.off];
    engine.customerAsks('Where is my order?');
    engine.pass(5 * day);
    engine.desk.tags = [];
    engine.act('set-mode', { mode: 'auto' });
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('a word without a mode is refused with those there are', () => {
    const engine = asked('auto', kinds['a reply']);
    const action = { id: 'a', action: 'set-mode', by: 'maria', reason: null, draftId: null } as const;
    expect(refusal(engine.state, action)).toBe('Say which mode: auto, draft, shadow, off.');
  });

  it.each(['approve', 'reject', 'escalate', 'reply-again', 'close'] as const)(
    'in shadow and off %s is refused: Deskhand would write on the ticket',
    (action) => {
      for (const mode of ['shadow', 'off'] as const) {
        const engine = asked(mode, kinds['a reply']);
        engine.act(action);
        engine.settle();
        expect(told(engine)).toContain(
          `The mode is ${mode} as of the last look, and Deskhand writes nothing`,
        );
        expect(written(engine)).toEqual([]);
      }
    },
  );
});
