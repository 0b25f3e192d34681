import fc from 'fast-check';
import {
  allAuto,
  bothModes,
  isHandsOff,
  isStricter,
  modesText,
  modeFor,
  modes,
  modeTags,
  strictest,
  type Modes,
} from '../../../src/core/modes/mode';
import { intentsOf, modeOf, taggedMode } from '../../../src/core/modes/modeOf';
import { newTicketState } from '../../../src/core/newTicketState';
import { planOf } from '../support/engine';

const mode = fc.constantFrom(...modes);
const known: fc.Arbitrary<Modes> = fc.record({
  company: mode,
  intents: fc.dictionary(fc.constantFrom('refund', 'cancel', 'constructor', '__proto__x'), mode),
});
const intents = fc.subarray(['refund', 'cancel', 'order_status', 'constructor', 'toString']);

describe('of all modes that apply the strictest holds', () => {
  it('off before shadow before draft before auto', () => {
    expect(strictest()).toBe('auto');
    expect(strictest('auto', 'draft')).toBe('draft');
    expect(strictest('shadow', 'draft', 'auto')).toBe('shadow');
    expect(strictest('shadow', 'off')).toBe('off');
    expect(modes.map(isHandsOff)).toEqual([false, false, true, true]);
  });

  it('whatever their order, and never a looser one', () => {
    fc.assert(
      fc.property(fc.array(mode), (given) => {
        expect(strictest(...given.toReversed())).toBe(strictest(...given));
        for (const one of given) expect(isStricter(one, strictest(...given))).toBe(false);
      }),
    );
  });

  it('off for the company is off for every intent, and for every ticket', () => {
    fc.assert(
      fc.property(known, intents, mode, mode, (given, about, own, tagged) => {
        const settings = { ...newTicketState(ref).settings, modes: { ...given, company: 'off' as const } };
        expect(modeOf({ settings, mode: own, taggedMode: tagged }, about)).toBe('off');
      }),
    );
  });

  it('a message about several things has the strictest of theirs', () => {
    const given: Modes = { company: 'auto', intents: { refund: 'draft', cancel: 'off' } };
    expect(modeFor(given, [])).toBe('auto');
    expect(modeFor(given, ['order_status'])).toBe('auto');
    expect(modeFor(given, ['order_status', 'refund'])).toBe('draft');
    expect(modeFor(given, ['refund', 'cancel'])).toBe('off');
  });

  it('an intent that is called like something every object has is none', () => {
    expect(modeFor(allAuto, ['constructor', 'toString', '__proto__'])).toBe('auto');
  });

  it('the policy and the switch hold both', () => {
    fc.assert(
      fc.property(known, known, intents, (policy, switched, about) => {
        const both = modeFor(bothModes(policy, switched), about);
        expect(both).toBe(strictest(modeFor(policy, about), modeFor(switched, about)));
        expect(modeFor(bothModes(switched, policy), about)).toBe(both);
      }),
    );
  });
});

const ref = { desk: 'zendesk', account: 'acme', ticketId: '35436' };

describe("a ticket's own mode", () => {
  it('is the one of its tags, the strictest of them', () => {
    expect(taggedMode(['vip', 'deskhand_answered'])).toBe('auto');
    expect(taggedMode(['vip', modeTags.draft])).toBe('draft');
    expect(taggedMode([modeTags.off, modeTags.draft])).toBe('off');
  });

  it('counts beside those of company and intent; a state from before there were modes has none', () => {
    const state = newTicketState(ref);
    expect(modeOf(state)).toBe('auto');
    expect(modeOf({ ...state, mode: 'draft', taggedMode: 'shadow' })).toBe('shadow');
    const settings = { ...state.settings, modes: { company: 'auto', intents: { refund: 'off' } } as const };
    expect(modeOf({ ...state, settings, mode: 'draft' })).toBe('draft');
    expect(modeOf({ ...state, settings, mode: 'draft' }, ['refund'])).toBe('off');
  });
});

it('a plan is about every matter of its message that was understood, once', () => {
  const facts = [{ intent: 'refund' }, { intent: 'order_status' }, { intent: '' }, {}, { intent: 7 }];
  expect(intentsOf(planOf([], { intent: 'refund', facts }))).toEqual(['refund', 'order_status']);
  expect(intentsOf(planOf([], { intent: null, facts: [] }))).toEqual([]);
});

it('is told in a line, with the intents that differ', () => {
  expect(modesText({ company: 'draft', intents: {} })).toBe('the mode is draft');
  expect(modesText({ company: 'draft', intents: { invoice: 'auto', refund: 'off', cancel: 'draft' } })).toBe(
    'the mode is draft; of refund it is off',
  );
});
