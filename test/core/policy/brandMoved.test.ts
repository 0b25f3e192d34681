/** A ticket goes by its brand's policy from the beginning of a conversation to its end, and that is told. */
import { decide } from '../../../src/core/decide';
import { newTicketState } from '../../../src/core/newTicketState';
import { defaultSettings, type PolicySettings } from '../../../src/core/policy/plan';
import { decisionRecord } from '../../../src/core/policy/decisionRecord';
import { versionName } from '../../../src/core/policy/policyChoice';
import { currentDetails } from '../../../src/core/story';
import type { TicketState } from '../../../src/core/state';
import { decodeState } from '../../../src/core/decodeState';
import { decisionViewOf, viewOf } from '../../../src/contracts/messages';
import { Engine, planOf, reply } from '../support/engine';

const now = Date.parse('2026-11-25T10:00:00Z');
const acme: PolicySettings = { ...defaultSettings, policy: 'acme' };
const fresh = newTicketState({ desk: 'zendesk', account: 'shops', ticketId: '35436' });
const waiting: TicketState = {
  ...fresh,
  stage: 'waiting-for-customer',
  policyVersion: 'p-000000000001',
  settings: acme,
};

/** One look at the ticket, as the desk activity brings it. */
function look(state: TicketState, movesTo?: string | null): TicketState {
  const hinted = decide(
    state,
    { type: 'hint', hint: { id: `h-${state.turns}`, source: 'webhook', kind: 'changed', commentId: null } },
    now,
  ).state;
  const snapshot = new Engine().desk.snapshot();
  const outcome = {
    ...({ type: 'ticket-fetched', snapshot, settings: acme } as const),
    ...(movesTo === undefined ? {} : { movesTo }),
  };
  const stepId = hinted.steps[0]?.id ?? '';
  return decide(hinted, { type: 'step-done', stepId, outcome }, now).state;
}

const toldOfBrands = ({ timeline }: TicketState): readonly string[] =>
  timeline.map(({ text }) => text).filter((text) => text.includes('brand'));

describe('a ticket whose brand goes by another policy than its open conversation', () => {
  test('is told of, by the name of the policy that its next conversation will go by', () => {
    const moved = look(waiting, 'bravo');
    expect(toldOfBrands(moved)).toEqual([
      "The ticket's brand goes by the policy bravo now: so will its next conversation",
    ]);
    expect(moved.movesTo).toBe('bravo');
  });

  test('once, however often it is looked at', () => {
    expect(toldOfBrands(look(look(waiting, 'bravo'), 'bravo'))).toHaveLength(1);
  });

  test('and again when it is yet another, or one without a policy of its own', () => {
    const told = toldOfBrands(look(look(look(waiting, 'bravo'), 'cedar'), null));
    expect(told).toHaveLength(3);
    expect(told.at(-1)).toBe(
      "The ticket's brand goes by the policy of all other brands now: so will its next conversation",
    );
  });

  test('is forgotten when the brand was given back', () => {
    const back = look(look(waiting, 'bravo'));
    expect(back.movesTo).toBeUndefined();
    expect(toldOfBrands(look(back, 'bravo'))).toHaveLength(2);
  });

  test('goes on under the version and the policy it began with', () => {
    const { policyVersion, settings } = look(waiting, 'bravo');
    expect({ policyVersion, policy: settings.policy }).toEqual({
      policyVersion: 'p-000000000001',
      policy: 'acme',
    });
  });

  test('is carried over to a new run, and absent from states that were carried by older code', () => {
    expect(decodeState(JSON.parse(JSON.stringify(look(waiting, null)))).movesTo).toBeNull();
    expect(decodeState(JSON.parse(JSON.stringify(waiting))).movesTo).toBeUndefined();
  });
});

describe('what is asked of the policy', () => {
  const asked = (engine: Engine) =>
    engine.started.flatMap((step) =>
      step.type === 'consult-policy' ? [{ brand: step.input.brand, policy: step.input.policy }] : [],
    );

  test('names the brand as the desk has it, and the policy of the settings that the look has brought', () => {
    const engine = new Engine({ settings: acme, plan: () => planOf([reply], { settings: acme }) });
    engine.desk.brand = 'Acme Outlet';
    engine.customerAsks('Where is my order?');
    expect(asked(engine)).toEqual([{ brand: 'Acme Outlet', policy: 'acme' }]);
  });

  test('says nothing of either where there is one policy and no brand', () => {
    const engine = new Engine({ plan: () => planOf([reply]) });
    engine.customerAsks('Where is my order?');
    const [step] = engine.started.filter(({ type }) => type === 'consult-policy');
    expect(Object.keys(step?.type === 'consult-policy' ? step.input : {})).not.toEqual(
      expect.arrayContaining(['brand']),
    );
    expect(asked(engine)).toEqual([{ brand: undefined, policy: undefined }]);
  });
});

describe('where a decision is shown, the policy stands beside its version', () => {
  const engine = new Engine({ settings: acme, plan: () => planOf([reply], { settings: acme }) });
  beforeAll(() => engine.customerAsks('Where is my order?'));

  test('in the record, the view and the Web UI', () => {
    const { state } = engine;
    expect(state.decision).toMatchObject({ policy: 'acme', policyVersion: 'p-test' });
    expect(viewOf(state, now)).toMatchObject({ policy: 'acme', policyVersion: 'p-test' });
    expect(decisionViewOf(state)).toMatchObject({ policy: 'acme', policyVersion: 'p-test' });
    expect(currentDetails(state)).toContain('of policy `acme p-test`');
  });

  test('and nowhere in an account with one policy', () => {
    const one = new Engine({ plan: () => planOf([reply]) });
    one.customerAsks('Where is my order?');
    expect(viewOf(one.state, now)).not.toHaveProperty('policy');
    expect(decisionViewOf(one.state)).not.toHaveProperty('policy');
    expect(decisionRecord(planOf([reply]), now)).not.toHaveProperty('policy');
    expect(currentDetails(one.state)).toContain('of policy `p-test`');
  });

  test('not while no conversation is open: by which the next one goes, its brand will say then', () => {
    expect(decisionViewOf({ ...waiting, stage: 'solved' })).toEqual({ policyVersion: null, decision: null });
  });

  test.each([
    ['p-3f2a91c07b4e', undefined, 'p-3f2a91c07b4e'],
    ['p-3f2a91c07b4e', 'acme', 'acme p-3f2a91c07b4e'],
  ])('%s of %s is %s', (version, policy, shown) => {
    expect(versionName(version, policy)).toBe(shown);
  });
});

test('a policy that is not served any more: people get the ticket, with the reason, and the customer no words', () => {
  const why = 'the conversation goes by the policy "acme", which is not served any more';
  const engine = new Engine({
    settings: acme,
    before: (step) =>
      step.type === 'consult-policy' ? { kind: 'rejected', message: why, attempts: 1 } : undefined,
  });
  engine.customerAsks('Where is my order?');
  expect(engine.state.stage).toBe('handed-off');
  expect(engine.state.handOff?.reason).toBe('failure');
  expect(engine.desk.publicReplies()).toEqual([]);
  expect(engine.desk.comments.map(({ text }) => text).join('\n')).toContain(why);
});
