/** A code is sent before the customer reads that it was, once, and trouble with it is seen by people alone. */
import { newDialogue, openQuestion, type OpenQuestion } from '../../../src/core/conversation/dialogue';
import { codesAtMost, newestCodeFor } from '../../../src/core/orders/mailedCode';
import type { Plan, PlannedAction } from '../../../src/core/policy/plan';
import { currentDetails, stepSummary } from '../../../src/core/story';
import { Engine, fail, note, planOf, reply } from '../support/engine';

const minute = 60_000;
const sendCode = (order = '50926'): PlannedAction => ({
  type: 'send-code',
  order,
  language: 'en',
  mail: { subject: 'Your code', text: 'It is {code}' },
});
const question: OpenQuestion = {
  kind: 'ask',
  slot: 'mailed-code',
  intent: 'order_status',
  rule: 'ask-code',
  tries: 1,
  text: 'The code?',
  reminded: false,
  order: '50926',
  choices: [],
  actions: [],
};
const instead: readonly PlannedAction[] = [
  { type: 'reply', text: 'A colleague will answer you.', html: '', template: 'hand-off', language: 'en' },
  { type: 'hand-off', reason: 'failure', group: 'Support' },
];
const asking = (change: Partial<Plan> = {}): Plan =>
  planOf([reply, sendCode(), note], {
    ifRefused: instead,
    dialogue: { ...newDialogue, questions: [question] },
    ...change,
  });
const engineOf = (plan: () => Plan = () => asking()): Engine => new Engine({ plan });

describe('a code', () => {
  it('is sent before the reply that tells of it', () => {
    const engine = engineOf();
    engine.world.before = (step) => {
      if (step.type === 'update-ticket') expect(engine.codes).toHaveLength(1);
      if (step.type === 'send-code') expect(engine.desk.publicReplies()).toHaveLength(0);
      return undefined;
    };
    engine.customerAsks('Where is 50926?');
    expect(engine.codes).toEqual(['35436/9001/code/50926']);
    expect(engine.state.codesSent).toMatchObject([{ order: '50926', key: '35436/9001/code/50926' }]);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(openQuestion(engine.state.dialogue)).toEqual(question);
  });

  it('is told to the next consultation, and forgotten with a new conversation', () => {
    const engine = engineOf();
    const told: unknown[] = [];
    engine.world.before = (step) => {
      if (step.type === 'consult-policy') told.push(step.input.codesSent?.map(({ order }) => order));
      return undefined;
    };
    engine.customerAsks('Where is 50926?');
    engine.world.plan = () => planOf([reply, { type: 'set-status', status: 'solved' }]);
    engine.customerAsks('123456');
    expect(engine.state.stage).toBe('solved');
    engine.customerAsks('And another thing');
    expect(told).toEqual([[], ['50926'], []]);
  });

  it('is sent once for a message, however often the turn begins anew', () => {
    const engine = engineOf();
    let once = true;
    engine.world.before = (step) => {
      if (step.type !== 'update-ticket' || !once) return undefined;
      once = false;
      engine.desk.customerWrites('please be quick');
      return undefined;
    };
    engine.customerAsks('Where is 50926?');
    engine.pass(minute);
    engine.act('reply-again');
    engine.pass(minute);
    expect(engine.codes).toHaveLength(1);
  });

  it('is sent anew for a new message, in a new run of the workflow too', () => {
    const engine = engineOf();
    engine.customerAsks('Where is 50926?');
    engine.carryOver();
    engine.customerAsks('It did not come');
    expect(engine.codes).toEqual(['35436/9001/code/50926', '35436/9004/code/50926']);
  });

  it('is not sent when a person was faster', () => {
    const engine = engineOf();
    engine.world.before = (step) => {
      if (step.type === 'send-code') engine.desk.agentWrites('I am on it');
      return undefined;
    };
    engine.customerAsks('Where is 50926?');
    expect(engine.codes).toHaveLength(0);
    expect(engine.state.stage).toBe('with-person');
  });

  it('needs the approval that its rule wants, and the draft says so', () => {
    const engine = engineOf(() => asking({ needsApproval: true }));
    engine.customerAsks('Where is 50926?');
    expect(engine.codes).toHaveLength(0);
    expect(engine.state.approval?.text).toContain('To do: send a code to the address of order 50926.');
    engine.act('approve');
    engine.pass(minute);
    expect(engine.codes).toHaveLength(1);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });
});

describe('trouble', () => {
  it('that only the order’s address has changes nothing on the ticket; people hear of it', () => {
    const calm = engineOf();
    calm.customerAsks('Where is 50926?');
    const troubled = engineOf();
    troubled.world.mail = () => 'the mail server refuses the mail (550).';
    troubled.customerAsks('Where is 50926?');
    expect(troubled.desk.comments).toEqual(calm.desk.comments);
    expect(troubled.desk.tags).toEqual(calm.desk.tags);
    expect(troubled.state.dialogue).toEqual(calm.state.dialogue);
    expect([troubled.state.stage, troubled.state.deadline]).toEqual([calm.state.stage, calm.state.deadline]);
    expect(calm.notices).toEqual([]);
    expect(troubled.notices).toEqual([
      'Ticket 35436: a code was asked for and reached nobody: the mail server refuses the mail (550).',
    ]);
  });

  it('with the mail server brings a person, a truthful sentence, and a note', () => {
    const engine = engineOf();
    engine.world.before = (step) =>
      step.type === 'send-code' ? fail('budget-used-up', 'gave up: the mail server answered 421') : undefined;
    engine.customerAsks('Where is 50926?');
    expect(engine.state.stage).toBe('handed-off');
    expect(engine.state.handOff?.reason).toBe('failure');
    expect(engine.desk.publicReplies().map(({ text }) => text)).toEqual(['A colleague will answer you.']);
    expect(engine.desk.notes().map(({ text }) => text)).toEqual([
      'No code was sent for order 50926. Sending the code failed after 3 attempts: gave up: the mail server answered 421.\n' +
        'Next: Answer the customer yourself: Deskhand could not.',
    ]);
    expect(openQuestion(engine.state.dialogue)).toBeNull();
  });

  it('with the conversation: more codes than these are sent to nobody', () => {
    const engine = engineOf();
    for (let round = 0; round < codesAtMost + 1; round += 1) {
      engine.customerAsks(`Where is it? (${round})`);
      engine.pass(60 * minute);
    }
    expect(engine.codes).toHaveLength(codesAtMost);
    expect(engine.state.stage).not.toBe('waiting-for-customer');
    const notes = engine.desk.notes().map(({ text }) => text);
    expect(notes).toContainEqual(expect.stringContaining('6 were sent in this conversation'));
  });
});

test('what people read of it names neither code nor address', () => {
  const engine = engineOf();
  const lines: string[] = [];
  engine.world.before = (step) => {
    lines.push(stepSummary(step));
    return undefined;
  };
  engine.customerAsks('Where is 50926?');
  expect(lines).toContain('Send a code to the address of order 50926, if there is one');
  expect(currentDetails(engine.state)).toContain('A code was asked for, to the address of order 50926');
});

test('of several codes for an order the newest counts', () => {
  const sent = [
    { key: 'a', order: '1', at: 1 },
    { key: 'b', order: '2', at: 2 },
    { key: 'c', order: '#1', at: 3 },
  ];
  expect(newestCodeFor('1', sent)?.key).toBe('c');
  expect(newestCodeFor('3', sent)).toBeNull();
});
