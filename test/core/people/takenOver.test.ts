/**
 * Every way in which a person takes a ticket over, at every point of a turn and of the waits between turns: from then
 * on the bot says nothing and does nothing, and somebody owes the next step by a deadline.
 */
import type { Step } from '../../../src/core/effects';
import { nextDeadline } from '../../../src/core/nextDeadline';
import type { Plan, PlannedAction } from '../../../src/core/policy/plan';
import { takeOverTag } from '../../../src/core/ticket/tags';
import { Engine, fail, note, planOf, reply } from '../support/engine';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const refund: PlannedAction = {
  type: 'order-action',
  action: { type: 'refund', order: '48213', amount: { minor: 500, currency: 'EUR' }, lines: [] },
};
const followUp: PlannedAction = {
  ...{ type: 'follow-up', afterMs: 2 * day, close: false, template: 'still-there', language: 'en' },
  ...{ text: 'Are you still there?', html: '<p>Are you still there?</p>' },
};
const asks = planOf([reply], {
  dialogue: {
    questions: [
      {
        ...{ kind: 'ask', slot: 'order-number', intent: 'order_status', rule: 'ask', tries: 1 },
        ...{ text: 'Which order?', reminded: false, order: null, choices: [], actions: [] },
      },
    ],
    slots: {},
    mismatches: 0,
  },
});
const answers = planOf([refund, reply, note]);

interface Way {
  readonly take: (engine: Engine) => void;
  /** The desk's webhook tells of it; an action needs none. */
  readonly isTold?: false;
  /** It does not stop what an agent has approved. */
  readonly isWeak?: true;
}

/** By what an agent does on the desk, and by an action, which a signal, an update, the API and the CLI all become. */
const ways: Readonly<Record<string, Way>> = {
  'answers in public': { take: ({ desk }) => void desk.agentWrites('I am on it.') },
  'is assigned': { take: ({ desk }) => desk.assign('nora'), isWeak: true },
  'sets the tag': {
    take: ({ desk }) => {
      desk.tags = [...desk.tags, takeOverTag];
    },
  },
  'takes over by an action': { take: (engine) => engine.act('take-over'), isTold: false },
  'escalates by an action': { take: (engine) => engine.act('escalate'), isTold: false },
};

interface Point {
  readonly plan: Plan;
  /** Brings the ticket there; `take` is called at that point. */
  readonly arrive: (engine: Engine, take: () => void) => void;
  /** What an agent has approved is on its way. */
  readonly isApproved?: true;
}

/** Right before that step is carried out, while it is under way. */
function at(isMoment: (step: Step) => boolean): Point['arrive'] {
  return (engine, take) => {
    let isTaken = false;
    engine.world.before = (step) => {
      if (isTaken || !isMoment(step)) return undefined;
      isTaken = true;
      take();
      return engine.state.cancelling ? fail('cancelled') : undefined;
    };
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
  };
}
const atStep = (type: Step['type']): Point['arrive'] => at((step) => step.type === type);

function afterwards(ms: number): Point['arrive'] {
  return (engine, take) => {
    engine.customerAsks('Where is my order?');
    engine.pass(ms);
    take();
  };
}

const points: Readonly<Record<string, Point>> = {
  'before the ticket is read': { plan: answers, arrive: atStep('fetch-ticket') },
  'while more words are waited for': {
    plan: answers,
    arrive: (engine, take) => {
      engine.hint(engine.desk.customerWrites('Where is my order?').id);
      engine.step();
      take();
    },
  },
  'while it is classified': { plan: answers, arrive: atStep('classify-message') },
  'while the policy looks up': { plan: answers, arrive: atStep('consult-policy') },
  'at the last look before the shop is asked': { plan: answers, arrive: atStep('act-on-order') },
  'between the order and the reply': {
    plan: answers,
    arrive: at((step) => step.type === 'update-ticket' && step.purpose === 'reply'),
  },
  'while the reply is posted': { plan: planOf([reply, note]), arrive: atStep('update-ticket') },
  'while a hand-off is written': {
    plan: planOf([reply, note, { type: 'hand-off', reason: 'policy', group: 'Support' }]),
    arrive: atStep('update-ticket'),
  },
  'after the reply': { plan: planOf([reply, note]), arrive: afterwards(minute) },
  'while an answer to our question is waited for': { plan: asks, arrive: afterwards(minute) },
  'while a follow-up is due later': { plan: planOf([reply, followUp]), arrive: afterwards(day) },
  'while a draft is noted': {
    plan: planOf([refund, reply], { needsApproval: true }),
    arrive: atStep('update-ticket'),
  },
  'after the approval, before it is carried out': {
    plan: planOf([reply], { needsApproval: true }),
    isApproved: true,
    arrive: (engine, take) => {
      engine.customerAsks('Where is my order?');
      engine.pass(minute);
      let isTaken = false;
      engine.world.before = (step) => {
        if (isTaken || step.type !== 'update-ticket') return undefined;
        isTaken = true;
        take();
        return engine.state.cancelling ? fail('cancelled') : undefined;
      };
      engine.act('approve');
      engine.pass(minute);
    },
  },
  'in a run that was continued as new': {
    plan: answers,
    arrive: (engine, take) => {
      engine.hint(engine.desk.customerWrites('Where is my order?').id);
      engine.step();
      engine.pass(engine.state.settings.settleMs - 1);
      engine.carryOver();
      take();
    },
  },
};

const table = Object.entries(points).flatMap(([where, point]) =>
  Object.entries(ways).map(([how, way]) => ({ where, how, point, way })),
);

const publicWords = ({ desk }: Engine) =>
  desk.comments.filter((one) => one.author === 'bot' && one.public).length;

describe.each(table)('$where, somebody who $how', ({ point, way }) => {
  function taken(): { readonly engine: Engine; readonly said: number; readonly done: number } {
    const engine = new Engine({ plan: () => point.plan });
    let then = { said: -1, done: -1 };
    point.arrive(engine, () => {
      way.take(engine);
      then = { said: publicWords(engine), done: engine.shop.size };
      if (way.isTold !== false) engine.hint();
    });
    engine.pass(10 * minute);
    expect(then.said).toBeGreaterThanOrEqual(0);
    return { engine, ...then };
  }
  const mayStillGoOut = way.isWeak === true && point.isApproved === true;

  it('is not talked over, whatever the customer writes and however long it takes', () => {
    const { engine, said, done } = taken();
    expect(publicWords(engine)).toBe(mayStillGoOut ? said + 1 : said);
    expect(engine.shop.size).toBe(done);
    engine.customerAsks('Hello?');
    engine.pass(5 * day);
    expect(publicWords(engine)).toBe(mayStillGoOut ? said + 1 : said);
    expect(engine.shop.size).toBe(done);
  });

  it('has it, and somebody owes the next step by a deadline', () => {
    const { engine } = taken();
    engine.customerAsks('Hello?');
    engine.pass(minute);
    expect(['with-person', 'handed-off', 'escalated']).toContain(engine.state.stage);
    expect(engine.state).toMatchObject({ approval: null, heldTurn: null, silence: null, steps: [] });
    const due = nextDeadline(engine.state);
    expect(due?.at).toBeGreaterThanOrEqual(engine.now);
    expect(['pick-up', 'person-check']).toContain(due?.reason);
  });

  it('finds what was drafted and what was done in notes, each once', () => {
    const { engine } = taken();
    const notes = engine.desk.notes().map(({ text }) => text ?? '');
    expect(notes.filter((text) => text.startsWith('Draft')).length).toBeLessThanOrEqual(1);
    const told = notes.filter((text) => text.includes('Done: refund')).length;
    expect(told).toBe(engine.shop.size);
  });
});

describe('nobody has taken it who', () => {
  const passersBy: Readonly<Record<string, (engine: Engine) => void>> = {
    'leaves a note in passing': ({ desk }) => void desk.agentWrites('She phoned.', false),
    'is the bot itself': ({ desk }) => {
      desk.assignee = { id: 'bot', kind: 'bot' };
    },
    'was the assignee when it was handed back': (engine) => {
      engine.desk.assign('nora');
      engine.hint();
      engine.settle();
      engine.act('hand-back');
    },
  };
  it.each(Object.entries(passersBy))('%s', (_who, pass) => {
    const engine = new Engine();
    pass(engine);
    engine.pass(minute);
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
    expect(publicWords(engine)).toBe(1);
    expect(engine.state.stage).toBe('waiting-for-customer');
  });

  it('writes along, in copy: the words are heard, and a person looks at them', () => {
    const engine = new Engine();
    engine.hint(engine.desk.customerWrites('He asked me to', { author: 'third-party' }).id);
    engine.pass(minute);
    expect(engine.state.handOff?.reason).toBe('third-party');
  });
});

test('what the customer writes to the person who has it stands in the story, once for each time', () => {
  const engine = new Engine();
  const story = () => engine.state.timeline.filter(({ kind }) => kind === 'message').map(({ text }) => text);
  const again = 'The customer wrote again; a person has the ticket';
  engine.desk.assign('nora');
  engine.customerAsks('Where is my order?');
  engine.pass(minute);
  expect(story()).not.toContain(again);
  engine.customerAsks('Hello?');
  engine.hint();
  engine.pass(2 * day);
  expect(story().filter((text) => text === again)).toHaveLength(1);
  engine.customerAsks('Anybody?');
  engine.pass(minute);
  expect(story().filter((text) => text === again)).toHaveLength(2);
});
