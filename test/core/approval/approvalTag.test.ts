/** The tag of a draft stands on the ticket for as long as the draft waits, and a run without memory is not misled by it. */
import type { PlannedAction } from '../../../src/core/policy/plan';
import { approvalTag, sendTag, takeOverTag } from '../../../src/core/ticket/tags';
import { Engine, note, planOf, reply } from '../support/engine';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const otherwise: PlannedAction = {
  type: 'reply',
  text: 'It arrives today.',
  html: null,
  template: 'today',
  language: 'en',
};
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
  'a person takes over': (engine) => engine.act('take-over'),
  'a person takes over by the tag': (engine) => {
    engine.desk.tags = [...engine.desk.tags, takeOverTag];
    engine.hint();
  },
  'an agent answers in its place': (engine) => engine.hint(engine.desk.agentWrites('It is on its way.').id),
  'an agent solves the ticket': (engine) => {
    engine.desk.agentSolves();
    engine.hint();
  },
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

it('it goes, too, when a person takes over before its note is written', () => {
  const engine = new Engine({ plan: () => planOf([reply, note], { needsApproval: true }) });
  engine.world.before = (step) => {
    if (step.type === 'update-ticket' && engine.state.approval !== null) engine.act('take-over');
    return undefined;
  };
  engine.customerAsks('Where is my order?');
  engine.pass(minuteMs);
  expect(engine.state.stage).toBe('with-person');
  expect(engine.desk.tags).not.toContain(approvalTag);
});

it('it is taken away once, and with nothing else: no note, no word', () => {
  const engine = draftWaits();
  const { length } = engine.desk.comments;
  engine.act('take-over');
  engine.hint();
  engine.pass(minuteMs);
  expect(engine.desk.comments).toHaveLength(length);
  const keys = [...engine.desk.appliedKeys.keys()].filter((key) => key.endsWith('/untagged'));
  expect(keys).toHaveLength(1);
});

it('a run that remembers nothing leaves the ticket to whoever took it over', () => {
  const engine = draftWaits();
  engine.act('take-over');
  engine.pass(minuteMs);
  engine.startAnew();
  engine.hint();
  engine.pass(minuteMs);
  expect(engine.state).toMatchObject({ stage: 'with-person', approval: null });
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

describe('deskhand_send sends the draft that was read', () => {
  const tagged = (engine: Engine): void => {
    engine.desk.tags = [...engine.desk.tags, sendTag];
    engine.hint();
    engine.pass(minuteMs);
  };
  /** The draft for the first message is void; the next one waits in its place. */
  function replaced(): Engine {
    const engine = draftWaits();
    engine.pass(minuteMs);
    engine.customerAsks('Wait, I mean the other order');
    engine.pass(minuteMs);
    expect(engine.state.stage).toBe('waiting-for-approval');
    return engine;
  }
  const sent = ({ desk }: Engine) => desk.publicReplies().length;

  it('at once, where only one has waited', () => {
    const engine = draftWaits();
    tagged(engine);
    expect([sent(engine), engine.desk.tags.includes(sendTag)]).toEqual([1, false]);
  });

  it('one that took the place of another is asked for once more, and the tag is taken away', () => {
    const engine = replaced();
    const { draftId = '' } = engine.state.approval ?? {};
    tagged(engine);
    expect([sent(engine), engine.desk.tags.includes(sendTag)]).toEqual([0, false]);
    expect(engine.desk.notes().at(-1)?.text).toBe(
      `The tag deskhand_send was not heeded: draft ${draftId} took the place of another one at 2026-11-25 10:02 UTC, for which the tag may have been meant. Read it, and set the tag again.`,
    );
    expect(engine.state.stage).toBe('waiting-for-approval');
    tagged(engine);
    expect(sent(engine)).toBe(1);
  });

  it('one that a hand-back has made again, to the letter, is sent at once: it is the one that was read', () => {
    const engine = draftWaits();
    engine.act('take-over');
    engine.pass(minuteMs);
    engine.act('hand-back');
    engine.pass(minuteMs);
    expect(engine.state).toMatchObject({ stage: 'waiting-for-approval', approval: { replaces: true } });
    tagged(engine);
    expect([sent(engine), engine.desk.tags.includes(sendTag)]).toEqual([1, false]);
  });

  it('one that a hand-back has made with other words is asked for once more', () => {
    const engine = draftWaits();
    engine.act('take-over');
    engine.pass(minuteMs);
    engine.world.plan = () => planOf([otherwise], { needsApproval: true });
    engine.act('hand-back');
    engine.pass(minuteMs);
    tagged(engine);
    expect(sent(engine)).toBe(0);
  });

  it('so is one like the last but not like the one before, which somebody may have read', () => {
    const engine = replaced();
    engine.act('take-over');
    engine.pass(minuteMs);
    engine.act('hand-back');
    engine.pass(minuteMs);
    tagged(engine);
    expect(sent(engine)).toBe(0);
  });

  it('as long as that cannot be said, it is not sent', () => {
    const engine = replaced();
    engine.world.before = (step) =>
      step.type === 'update-ticket' && step.updates.some(({ key }) => key.endsWith('/tag'))
        ? { kind: 'rejected', message: 'no', attempts: 1 }
        : undefined;
    tagged(engine);
    engine.hint();
    engine.pass(minuteMs);
    expect(sent(engine)).toBe(0);
  });

  it('an approval that names it needs no second word', () => {
    const engine = replaced();
    engine.act('approve');
    engine.pass(minuteMs);
    expect(sent(engine)).toBe(1);
  });

  it('nobody has a draft of yesterday before them', () => {
    const engine = draftWaits();
    engine.world.plan = () => planOf([reply]);
    engine.customerAsks('Never mind');
    engine.pass(dayMs);
    engine.world.plan = () => planOf([reply], { needsApproval: true });
    engine.customerAsks('And now?');
    const before = sent(engine);
    tagged(engine);
    expect(sent(engine)).toBe(before + 1);
  });

  it('set while a newer draft is being written, it sends neither', () => {
    const engine = draftWaits();
    engine.world.before = (step) => {
      if (step.type === 'update-ticket') engine.desk.tags = [...engine.desk.tags, sendTag];
      return undefined;
    };
    engine.customerAsks('Wait');
    engine.world.before = () => undefined;
    engine.hint();
    engine.pass(minuteMs);
    expect([sent(engine), engine.desk.tags.includes(sendTag)]).toEqual([0, false]);
  });
});

describe('a draft is noted once, whenever it is made', () => {
  const idAfter = (ms: number): string => {
    const engine = new Engine({ plan: () => planOf([reply, note], { needsApproval: true }) });
    engine.now += ms;
    engine.customerAsks('Where is my order?');
    engine.pass(minuteMs);
    return engine.state.approval?.draftId ?? '';
  };

  it('a reset makes it again under the same name', () => {
    expect(idAfter(0)).toMatch(/^35436\/9001\/draft-/);
    expect(idAfter(dayMs)).toBe(idAfter(0));
  });

  it('and so is one that was kept for whoever took over', () => {
    const keyAfter = (ms: number): readonly string[] => {
      const engine = new Engine();
      engine.now += ms;
      engine.world.before = (step) => {
        if (step.type === 'update-ticket' && step.purpose === 'reply') engine.desk.assign('nora');
        return undefined;
      };
      engine.customerAsks('Where is my order?');
      engine.pass(minuteMs);
      return [...engine.desk.appliedKeys.keys()];
    };
    expect(keyAfter(0)).toHaveLength(1);
    expect(keyAfter(dayMs)).toEqual(keyAfter(0));
  });

  it('the same again, after it was rejected and handed back, is another one: nobody has approved it', () => {
    const engine = draftWaits();
    const first = engine.state.approval?.draftId;
    engine.act('reject');
    engine.act('hand-back');
    engine.pass(minuteMs);
    expect(engine.state.stage).toBe('waiting-for-approval');
    expect(engine.state.approval?.draftId).not.toBe(first);
    expect(
      engine.desk.notes().filter(({ text }) => text?.startsWith('Draft, waiting') === true),
    ).toHaveLength(2);
  });
});
