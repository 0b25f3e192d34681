/** The silence rule under way: what stops the answer in place of people, and what becomes of it then. */
import { Engine, fail, note, planOf, reply } from '../support/engine';
import {
  defaultSettings,
  type Plan,
  type PlannedAction,
  type PolicySettings,
} from '../../../src/core/policy/plan';
import type { Step } from '../../../src/core/effects';
import { modeTags } from '../../../src/core/modes/mode';
import { takeOverTag } from '../../../src/core/ticket/tags';

const hour = 3_600_000;
const day = 24 * hour;
const settings: PolicySettings = { ...defaultSettings, handBack: { afterMs: 2 * hour, except: [] } };
const handOff: PlannedAction = { type: 'hand-off', reason: 'asked-for-human', group: 'Support' };
const promised = 'A colleague will answer you.';
const promise: PlannedAction = {
  ...{ type: 'reply', text: promised, html: `<p>${promised}</p>` },
  ...{ template: 'handed-over', language: 'en' },
};
const cancel: PlannedAction = { type: 'order-action', action: { type: 'cancel', order: '48213' } };
const code: PlannedAction = {
  ...{ type: 'send-code', order: '48213', language: 'en' },
  mail: { subject: 'Your code', text: '{code}' },
};
const plan = (actions: readonly PlannedAction[]): Plan =>
  planOf(actions, { settings, ifRefused: [promise, handOff] });

/** People were called, and the policy would have an answer now. */
function called(then: readonly PlannedAction[] = [reply, note]): Engine {
  const engine = new Engine({ settings, plan: () => plan([promise, note, handOff]) });
  engine.customerAsks('A person, please');
  engine.world.plan = () => plan(then);
  return engine;
}

/** And Nora has it. */
function taken(then?: readonly PlannedAction[]): Engine {
  const engine = called(then);
  engine.desk.assign('nora');
  engine.hint();
  engine.settle();
  return engine;
}

/** Once, at this step of the turn that the silence has brought about. */
function inTheMiddle(engine: Engine, type: Step['type'], happens: () => void): void {
  let isOver = false;
  engine.world.before = (step) => {
    if (isOver || step.type !== type || engine.state.turn?.cause !== 'team-silence') return undefined;
    isOver = true;
    happens();
    return engine.state.cancelling ? fail('cancelled') : undefined;
  };
}

const answers = ({ desk }: Engine) => desk.publicReplies().filter(({ text }) => text === 'It is on its way.');
const notesWith = ({ desk }: Engine, words: string) =>
  desk.notes().filter(({ text }) => text?.includes(words) === true);

describe('what the answer tells of cannot be done', () => {
  it.each<[string, readonly PlannedAction[], (engine: Engine) => void, string]>([
    [
      'the shop refuses it',
      [cancel, reply],
      ({ world }) => void (world.shop = () => ({ type: 'refused', why: 'It was shipped.' })),
      'Not done: cancel order 48213. It was shipped.',
    ],
    [
      'no code can be mailed',
      [code, reply],
      ({ world }) =>
        void (world.before = ({ type }) => (type === 'send-code' ? fail('rejected') : undefined)),
      'No code was sent for order 48213.',
    ],
  ])(
    '%s: the call that stands goes on, nobody is called anew and nothing is said again',
    (_, then, fails, why) => {
      const engine = called(then);
      const { since } = engine.state.handOff ?? {};
      fails(engine);
      engine.pass(3 * day);
      expect(engine.state.handOff).toMatchObject({ since, reason: 'asked-for-human' });
      expect(engine.state.handOff?.level).toBeGreaterThan(4);
      expect(engine.desk.publicReplies().map(({ text }) => text)).toEqual([promised]);
      const said = engine.state.timeline.map(({ text }) => text);
      expect(
        said.filter((text) => text.startsWith('The team is silent, and the ticket stays theirs')),
      ).toHaveLength(1);
      expect(said.some((text) => text.includes(why))).toBe(true);
    },
  );

  it('whoever has the ticket is told why, once', () => {
    const engine = taken([cancel, reply]);
    engine.world.shop = () => ({ type: 'refused', why: 'It was shipped.' });
    engine.pass(3 * day);
    expect(notesWith(engine, 'It was shipped.')).toHaveLength(1);
    expect(notesWith(engine, 'Please answer.')).toHaveLength(1);
    expect(engine.state).toMatchObject({ stage: 'with-person', handOff: null });
  });

  it('where nobody knows whether it was done, whoever has the ticket is asked to look, once', () => {
    const engine = taken([cancel, reply]);
    engine.world.before = ({ type }) => (type === 'act-on-order' ? fail('unavailable') : undefined);
    engine.pass(3 * day);
    expect(notesWith(engine, 'it may have been done all the same')).toHaveLength(1);
    expect(answers(engine)).toHaveLength(0);
    expect(engine.state.stage).toBe('with-person');
  });
});

describe('a mode that writes nothing, switched on while the answer is being made', () => {
  it.each<[string, (engine: Engine) => void]>([
    ['by an action', (engine) => engine.act('set-mode', { mode: 'shadow' })],
    ['by the company', ({ world }) => void (world.modes = { company: 'shadow', intents: {} })],
    [
      'for what it is about',
      ({ world }) => void (world.modes = { company: 'auto', intents: { order_status: 'off' } }),
    ],
    ['by a tag', ({ desk }) => void (desk.tags = [...desk.tags, modeTags.off])],
  ])('%s: nobody is reminded, and nothing is said', (_, happens) => {
    const engine = taken();
    const written = engine.desk.comments.length;
    inTheMiddle(engine, 'classify-message', () => happens(engine));
    engine.pass(5 * hour);
    expect(engine.desk.comments).toHaveLength(written);
    expect(['with-person', 'watching']).toContain(engine.state.stage);
  });
});

describe('a second person who takes over while the bot looks', () => {
  it.each<[string, (engine: Engine) => void]>([
    ['by an action', (engine) => engine.act('take-over', { by: 'lea' })],
    ['by the tag', ({ desk }) => void (desk.tags = [...desk.tags, takeOverTag])],
  ])('%s is there, although somebody had it before: they have their time', (_, takes) => {
    const engine = called();
    engine.act('take-over', { by: 'maria' });
    engine.desk.assign('nora');
    engine.hint();
    engine.settle();
    inTheMiddle(engine, 'fetch-ticket', () => takes(engine));
    engine.pass(2 * hour + hour / 2);
    expect(answers(engine)).toHaveLength(0);
    expect(engine.state.stage).toBe('with-person');
    engine.pass(2 * hour);
    expect(answers(engine)).toHaveLength(1);
  });
});
