/** What agents sent where Deskhand had proposed something: kept as numbers, for every kind of answer. */
import { viewOf } from '../../../src/contracts/messages';
import { decodeState } from '../../../src/core/decodeState';
import type { Mode } from '../../../src/core/modes/mode';
import { newTicketState } from '../../../src/core/newTicketState';
import type { PlannedAction } from '../../../src/core/policy/plan';
import { Engine, note, planOf, reply } from '../support/engine';

const handOff: PlannedAction = { type: 'hand-off', reason: 'policy', group: 'Support' };

function asked(company: Mode, actions: readonly PlannedAction[] = [reply, note]): Engine {
  const engine = new Engine({ plan: () => planOf(actions), modes: { company, intents: {} } });
  engine.customerAsks('Where is my order?');
  return engine;
}

function agentSays(engine: Engine, text: string): void {
  engine.desk.agentWrites(text);
  engine.hint();
  engine.settle();
}

const comparisons = (engine: Engine) => viewOf(engine.state, engine.now).comparisons;

describe.each(['draft', 'shadow'] as const)('where %s had proposed a reply', (mode) => {
  it.each([
    ['It is on its way!', 'same-words', 1],
    ['Hi Ana, it is on its way.', 'edited', 0.83],
    ['We have refunded you.', 'other-words', 0],
  ] as const)('and an agent wrote "%s", that is %s', (text, result, similarity) => {
    const engine = asked(mode);
    const proposedAt = engine.state.proposal?.at;
    engine.pass(3_600_000);
    agentSays(engine, text);
    expect(comparisons(engine)).toEqual([
      {
        mode,
        rule: 'in-transit',
        intent: 'order_status',
        policyVersion: 'p-test',
        proposedAt,
        at: engine.now,
        result,
        similarity,
      },
    ]);
    expect(viewOf(engine.state, engine.now).proposal).toBeNull();
  });

  it('only the first answer counts', () => {
    const engine = asked(mode);
    agentSays(engine, 'It is on its way.');
    agentSays(engine, 'We have refunded you.');
    expect(comparisons(engine)?.map(({ result }) => result)).toEqual(['same-words']);
  });

  it('an internal note is no answer', () => {
    const engine = asked(mode);
    engine.desk.agentWrites('It is on its way.', false);
    engine.hint();
    engine.settle();
    expect(comparisons(engine)).toEqual([]);
  });

  it("no word of the agent's gets into the state, nor into what a look takes along", () => {
    const engine = asked(mode);
    engine.desk.agentWrites('My private wording of it.');
    engine.hint();
    engine.settle();
    expect(JSON.stringify([engine.state.comparisons, engine.state.timeline])).not.toContain('wording');
    const asked2 = engine.started.flatMap((step) => (step.type === 'fetch-ticket' ? [step.proposed] : []));
    expect(asked2.at(-1)).toEqual({ after: '9001', text: 'It is on its way.' });
  });
});

it('a draft that was sent by an action or by its tag was approved', () => {
  const byAction = asked('draft');
  byAction.act('approve');
  byAction.settle();
  const byTag = asked('draft');
  byTag.desk.tags = [...byTag.desk.tags, 'deskhand_send'];
  byTag.hint();
  byTag.settle();
  for (const engine of [byAction, byTag]) {
    expect(comparisons(engine)).toMatchObject([{ mode: 'draft', result: 'approved', similarity: 1 }]);
  }
});

it('one that was rejected is compared with what the agent wrote instead', () => {
  const engine = asked('draft');
  engine.act('reject', { reason: 'wrong tone' });
  engine.settle();
  agentSays(engine, 'It is on its way, Ana.');
  expect(comparisons(engine)).toMatchObject([{ result: 'edited' }]);
});

it('where it would have handed off, there are no words to compare', () => {
  const engine = asked('shadow', [handOff, note]);
  agentSays(engine, 'I am on it.');
  expect(comparisons(engine)).toMatchObject([{ result: 'no-reply-proposed', similarity: null }]);
});

it('a later message is proposed for anew, and only that is compared', () => {
  const engine = asked('shadow');
  engine.customerAsks('And when?');
  agentSays(engine, 'It is on its way.');
  expect(comparisons(engine)).toHaveLength(1);
  expect(engine.state.stage).toBe('with-person');
});

it('what Deskhand says itself after all is no answer of an agent', () => {
  const engine = asked('shadow');
  engine.world.modes = { company: 'auto', intents: {} };
  engine.customerAsks('Hello?');
  expect(engine.desk.publicReplies()).toHaveLength(1);
  expect(engine.state.proposal).toBeNull();
  agentSays(engine, 'It is on its way.');
  expect(comparisons(engine)).toEqual([]);
});

it('the newest twenty are kept', () => {
  const engine = asked('draft');
  for (let index = 0; index < 25; index += 1) {
    engine.act('approve');
    engine.settle();
    engine.customerAsks('And now?');
    engine.pass(3_600_000);
  }
  expect(comparisons(engine)).toHaveLength(20);
});

it('a ticket of before there were modes has none of it, and goes on', () => {
  const old: Record<string, unknown> = {
    ...newTicketState({ desk: 'zendesk', account: 'acme', ticketId: '1' }),
  };
  const state = decodeState(JSON.parse(JSON.stringify(old)));
  expect(viewOf(state, 0)).toMatchObject({ mode: 'auto', proposal: null, comparisons: [] });
});
