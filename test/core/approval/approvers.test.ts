/** Who may approve what is policy, and who somebody is the desk says: asked in the moment of the approval. */
import fc from 'fast-check';
import { wasDone } from '../../../src/core/people/agent';
import { isBeingChecked, laterRefusal } from '../../../src/core/approval/approverCheck';
import {
  approvalKinds,
  deedsToApprove,
  isRestricted,
  whoMay,
  whyNotApprover,
  whyNotRejecter,
  type ApproverRule,
  type DeedToApprove,
  type DeskAgent,
} from '../../../src/core/approval/approvers';
import { approvalRefusal } from '../../../src/core/approval/approval';
import { moneyOf } from '../../../src/core/orders/moneyLimits';
import type { OrderAction } from '../../../src/core/orders/orderAction';
import { defaultSettings, type PlannedAction, type PolicySettings } from '../../../src/core/policy/plan';
import { Engine, fail, note, planOf, reply } from '../support/engine';

const minuteMs = 60_000;
const eur = (minor: number) => ({ minor, currency: 'EUR' });
const refundOf = (minor: number): OrderAction => ({
  ...{ type: 'refund', order: '48213', lines: [] },
  amount: eur(minor),
});
const small: ApproverRule = {
  ...{ actions: ['refund', 'store-credit'], upTo: { EUR: 10_000 } },
  ...{ groups: ['Support'], agents: ['Lea@Shop.example'] },
};
const large: ApproverRule = { actions: ['refund'], upTo: null, groups: ['Tier 2'], agents: [] };
const rules = [small, large];
const maria: DeskAgent = {
  ...{ id: '7', name: 'Maria', email: 'maria@shop.example' },
  ...{ isActive: true, groups: ['Support'] },
};
const deed = (minor: number): DeedToApprove => ({ kind: 'refund', amount: eur(minor) });

describe('what a policy says', () => {
  const cases: readonly [string, Partial<DeskAgent>, readonly DeedToApprove[], boolean][] = [
    ['up to the amount: the group', {}, [deed(10_000)], true],
    ['above it: not the group', {}, [deed(10_001)], false],
    ['above it: the other group', { groups: ['Tier 2'] }, [deed(10_001)], true],
    [
      'another currency has no amount',
      {},
      [{ kind: 'refund', amount: { minor: 1, currency: 'USD' } }],
      false,
    ],
    [
      'an agent by address, however it is spelled',
      { groups: [], email: 'lea@shop.example' },
      [deed(1)],
      true,
    ],
    ['a group by its exact name', { groups: ['support'] }, [deed(1)], false],
    ['nobody of the list', { groups: ['Billing'] }, [deed(1)], false],
    ['what no entry is about: anybody', { groups: [] }, [{ kind: 'cancel', amount: null }], true],
    ['all that the draft does', {}, [deed(1), deed(20_000)], false],
    ['of all that, what is restricted', {}, [{ kind: 'cancel', amount: null }, deed(1)], true],
  ];

  it.each(cases)('%s', (_what, change, deeds, may) => {
    const why = whyNotApprover(rules, deeds, { ...maria, ...change }, 'maria@shop.example');
    expect(why === null).toBe(may);
  });

  it('by id as well', () => {
    const byId = [{ ...large, groups: [], agents: ['7'] }];
    expect(whyNotApprover(byId, [deed(1)], maria, '7')).toBeNull();
    expect(whyNotApprover(byId, [deed(1)], { ...maria, id: '77' }, '77')).toContain('does not let Maria');
  });

  it('the refusal says who may', () => {
    expect(whyNotApprover(rules, [deed(10_001)], maria, '7')).toBe(
      'The policy does not let Maria approve this. For refund it takes Tier 2.',
    );
    expect(whoMay(rules, [deed(1)])).toBe('Support or Lea@Shop.example or Tier 2');
    expect(whoMay([small], [deed(10_001)])).toBe('nobody, for this amount');
    expect(whoMay(rules, [{ kind: 'cancel', amount: null }])).toBeNull();
  });

  it('whom the desk does not know, or who has left, approves nothing that is restricted, and all else', () => {
    expect(whyNotApprover(rules, [deed(1)], null, 'mallory')).toBe(
      'The desk has no agent "mallory": say who decides by the id or the e-mail address of the agent there.',
    );
    expect(whyNotApprover(rules, [deed(1)], { ...maria, isActive: false }, '7')).toBe(
      '"7" is no active agent of the desk: somebody else must decide.',
    );
    expect(whyNotApprover(rules, [{ kind: 'cancel', amount: null }], null, 'mallory')).toBeNull();
    expect(whyNotApprover([], [deed(1)], null, 'mallory')).toBeNull();
  });

  it('tells nobody the name of a customer who tries', () => {
    const ana = { ...maria, name: 'Ana Silva', isActive: false };
    expect(whyNotApprover(rules, [deed(1)], ana, '12')).not.toContain('Ana');
    expect(whyNotRejecter(rules, [deed(1)], ana, '12')).not.toContain('Ana');
  });

  it('Deskhand decides about nothing of its own, in whatever group its user is', () => {
    const ours: DeskAgent = { ...maria, name: 'Deskhand', groups: ['Support', 'Tier 2'], isOurs: true };
    const why = '"7" is Deskhand itself on the desk: a person must decide.';
    expect(whyNotApprover(rules, [deed(1)], ours, '7')).toBe(why);
    expect(whyNotRejecter(rules, [deed(1)], ours, '7')).toBe(why);
  });

  it('whoever works there may reject, whatever the amount; nobody else', () => {
    const other = { ...maria, groups: [] };
    expect(whyNotRejecter(rules, [deed(1_000_000)], other, '7')).toBeNull();
    expect(whyNotRejecter(rules, [deed(1)], { ...other, isActive: false }, '7')).toContain('no active agent');
    expect(whyNotRejecter(rules, [deed(1)], null, 'mallory')).toContain('has no agent "mallory"');
    expect(whyNotRejecter(rules, [{ kind: 'cancel', amount: null }], null, 'mallory')).toBeNull();
  });

  it('a draft that does nothing to an order is a reply', () => {
    expect(deedsToApprove([])).toEqual([{ kind: 'reply', amount: null }]);
    expect(deedsToApprove([refundOf(5)])).toEqual([deed(5)]);
  });

  it('nobody who is not named, or named for less, ever may; who may approve more may approve less', () => {
    const names = fc.subarray(['Support', 'Tier 2', 'Billing']);
    const rule = fc.record({
      actions: fc.subarray([...approvalKinds], { minLength: 1 }),
      upTo: fc.option(fc.record({ EUR: fc.integer({ min: 1, max: 100 }) })),
      groups: names,
      agents: fc.constant([]),
    });
    fc.assert(
      fc.property(fc.array(rule), names, fc.integer({ min: 2, max: 100 }), (some, groups, minor) => {
        const may = (amount: number) =>
          whyNotApprover(some, [deed(amount)], { ...maria, groups }, '7') === null;
        const about = some.filter(({ actions }) => actions.includes('refund'));
        expect(isRestricted(some, [deed(minor)])).toBe(about.length > 0);
        const named = about.filter((one) => one.groups.some((group) => groups.includes(group)));
        const covered = named.some(({ upTo }) => upTo === null || minor <= upTo.EUR);
        expect(may(minor)).toBe(about.length === 0 || covered);
        if (may(minor)) expect(may(minor - 1)).toBe(true);
      }),
    );
  });
});

describe('an approval', () => {
  const settings: PolicySettings = { ...defaultSettings, approvers: rules };
  const actions: readonly PlannedAction[] = [{ type: 'order-action', action: refundOf(4_800) }, reply, note];

  function held(under = settings): Engine {
    const plan = planOf(actions, { needsApproval: true, settings: under });
    const engine = new Engine({ plan: () => plan, settings: under });
    engine.customerAsks('I want my money back');
    engine.pass(minuteMs);
    return engine;
  }
  const draftOf = (engine: Engine) => engine.state.approval?.draftId ?? '';
  const ignored = ({ state }: Engine) =>
    state.timeline.filter(({ kind }) => kind === 'ignored').map(({ text }) => text);

  it('is done once the desk has said who it is, under the name that it has there', () => {
    const engine = held();
    const draftId = draftOf(engine);
    engine.world.approver = ({ word, deeds }) => {
      expect([word.by, deeds]).toEqual(['7', [deed(4_800)]]);
      return { why: null, name: 'Maria' };
    };
    engine.act('approve', { by: '7', id: 'one' });
    expect(isBeingChecked(engine.state, 'one')).toBe(true);
    expect(engine.state.approval?.draftId).toBe(draftId);
    engine.pass(minuteMs);
    expect(isBeingChecked(engine.state, 'one')).toBe(false);
    expect(laterRefusal(engine.state, 'one')).toBeNull();
    expect([...engine.shop.values()].map(moneyOf)).toEqual([eur(4_800)]);
    expect(engine.state.settledDrafts).toMatchObject([{ draftId, how: 'approved', by: 'Maria' }]);
  });

  it('of somebody who may not is refused with why, and the draft waits on as before', () => {
    const engine = held();
    const { approval, deadline } = engine.state;
    engine.world.approver = () => ({ why: 'Not you.', name: 'Tom' });
    engine.act('approve', { by: 'tom', id: 'one' });
    engine.pass(1);
    expect(laterRefusal(engine.state, 'one')).toBe('Not you.');
    expect(ignored(engine)).toEqual(['approve by tom refused: Not you.']);
    expect(engine.state).toMatchObject({ approval, deadline, stage: 'waiting-for-approval' });
    engine.world.approver = () => ({ why: null, name: 'Maria' });
    engine.act('approve', { by: '7' });
    engine.pass(minuteMs);
    expect(engine.shop.size).toBe(1);
  });

  it('two at once, both allowed: the first is carried out, the second is told who it was', () => {
    const engine = held();
    const draftId = draftOf(engine);
    engine.act('approve', { by: 'maria', id: 'one' });
    engine.act('approve', { by: 'nora', id: 'two' });
    engine.pass(minuteMs);
    expect(laterRefusal(engine.state, 'two')).toContain(`Draft ${draftId} was approved by maria`);
    expect(engine.shop.size).toBe(1);
  });

  it('while the desk is asked, the first word still counts, where it may', () => {
    const engine = held();
    engine.act('approve', { id: 'one' });
    engine.act('reject', { by: 'nora', id: 'two' });
    engine.pass(minuteMs);
    expect(engine.shop.size).toBe(1);
    expect(laterRefusal(engine.state, 'two')).toContain('was approved by maria');

    const refused = held();
    refused.world.approver = ({ word }) => ({
      why: word.rejects === undefined ? 'Not you.' : null,
      name: null,
    });
    refused.act('approve', { id: 'one' });
    refused.act('reject', { by: 'nora' });
    refused.pass(minuteMs);
    expect(refused.shop.size).toBe(0);
    expect(refused.state.handOff?.reason).toBe('approval-rejected');
  });

  it('while the desk is asked, a customer counts: nothing is done', () => {
    const written = held();
    written.act('approve', { id: 'one' });
    written.hint(written.desk.customerWrites('Keep it').id);
    written.pass(minuteMs);
    expect(written.shop.size).toBe(0);
    expect(written.state.stage).toBe('waiting-for-approval');
  });

  it('is refused, and not lost, while the desk does not answer', () => {
    const engine = held();
    engine.world.before = (step) =>
      step.type === 'check-approver' ? fail('unavailable', 'it is down') : undefined;
    engine.act('approve', { by: '7', id: 'one' });
    engine.pass(1);
    expect(laterRefusal(engine.state, 'one')).toBe(
      'Asking the desk who 7 is failed after 3 attempts: it is down. Approve it again when the desk answers.',
    );
    expect(engine.state.stage).toBe('waiting-for-approval');
  });

  it('by tag says nothing of who: it sends nothing, and the note says so', () => {
    const engine = held();
    expect(engine.desk.notes()[0]?.text).toContain(
      'waiting for approval by Support or Lea@Shop.example or Tier 2.',
    );
    engine.desk.tags = [...engine.desk.tags, 'deskhand_send'];
    engine.hint();
    engine.pass(minuteMs);
    expect(engine.shop.size).toBe(0);
    expect(engine.state.stage).toBe('waiting-for-approval');
  });

  it('of another draft, or of none, asks nobody', () => {
    const engine = held();
    engine.act('approve', { draftId: null });
    engine.act('approve', { draftId: '1/2/draft-3' });
    engine.pass(1);
    expect(engine.started.some(({ type }) => type === 'check-approver')).toBe(false);
  });

  it('a rejection asks who it is as well: it gives the ticket to people, under the name that the desk has', () => {
    const engine = held();
    const draftId = draftOf(engine);
    engine.world.approver = ({ word }) => {
      expect(word.rejects).toEqual({ reason: 'too much' });
      return { why: null, name: 'Tom' };
    };
    engine.act('reject', { by: '9', reason: 'too much' });
    expect(engine.state.stage).toBe('waiting-for-approval');
    engine.pass(1);
    expect(engine.state.handOff?.reason).toBe('approval-rejected');
    expect(engine.state.settledDrafts).toMatchObject([
      { draftId, how: 'rejected', by: 'Tom', why: 'too much' },
    ]);
    expect(engine.desk.notes().at(-1)?.text).toContain('Tom rejected the draft: too much.');
  });

  it('a rejection of somebody whom the desk does not know, or while it does not answer, changes nothing', () => {
    const engine = held();
    engine.world.approver = () => ({ why: 'Who are you?', name: null });
    engine.act('reject', { by: 'mallory', id: 'one' });
    engine.pass(1);
    expect(laterRefusal(engine.state, 'one')).toBe('Who are you?');
    expect(ignored(engine)).toEqual(['reject by mallory refused: Who are you?']);
    engine.world.before = (step) =>
      step.type === 'check-approver' ? fail('unavailable', 'it is down') : undefined;
    engine.act('reject', { by: '7', id: 'two' });
    engine.pass(1);
    expect(laterRefusal(engine.state, 'two')).toMatch(
      / Reject it again when the desk answers, or take the ticket over\.$/,
    );
    expect(engine.state.stage).toBe('waiting-for-approval');
  });

  it('what nobody is named for, anybody rejects at once', () => {
    const engine = held({ ...settings, approvers: [{ ...large, actions: ['cancel'] }] });
    engine.act('reject', { by: 'tom' });
    expect(engine.state.handOff?.reason).toBe('approval-rejected');
  });

  describe('while the desk is asked', () => {
    const comes: readonly [string, (engine: Engine) => void, RegExp][] = [
      [
        'the mode off',
        (engine) => engine.act('set-mode', { mode: 'off' }),
        /^The mode is off as of the last look/,
      ],
      ['the mode shadow', (engine) => engine.act('set-mode', { mode: 'shadow' }), /^The mode is shadow/],
      ['a close', (engine) => engine.act('close'), /is void since .*: the ticket was closed\.$|being closed/],
      ['an escalation', (engine) => engine.act('escalate'), /is void since .*: the ticket was escalated\.$/],
      ['a take-over', (engine) => engine.act('take-over'), /is void since .*: a person has the ticket\.$/],
    ];

    it.each(comes)('%s counts: nothing is done, nothing is said', (_what, come, why) => {
      const engine = held();
      engine.act('approve', { id: 'one' });
      come(engine);
      engine.pass(minuteMs);
      expect(laterRefusal(engine.state, 'one')).toMatch(why);
      expect(engine.shop.size).toBe(0);
      expect(engine.desk.publicReplies()).toEqual([]);
    });

    it('a mode that writes drafts lets what was approved go out', () => {
      const engine = held();
      engine.act('approve', { id: 'one' });
      engine.act('set-mode', { mode: 'draft' });
      engine.pass(minuteMs);
      expect(engine.shop.size).toBe(1);
    });

    it('a hundred at once: one is carried out right after it was asked about, each of the others is told why not', () => {
      const engine = held();
      const draftId = draftOf(engine);
      const ids = Array.from({ length: 100 }, (_, index) => `word-${index}`);
      for (const id of ids) engine.act('approve', { id, by: id, draftId });
      const taken = ids.filter((id) => isBeingChecked(engine.state, id));
      expect(taken).toHaveLength(50);
      engine.pass(minuteMs);
      const [winner, ...others] = taken;
      expect(laterRefusal(engine.state, winner ?? '')).toBeNull();
      for (const id of others) {
        expect(laterRefusal(engine.state, id)).toContain(`Draft ${draftId} was approved by word-0`);
      }
      expect(engine.started.filter(({ type }) => type === 'check-approver')).toHaveLength(1);
      expect(engine.shop.size).toBe(1);
      expect(engine.state.timeline.map(({ text }) => text)).toContain(
        '49 more words about that draft came too late',
      );
    });

    it('a rejection that was first is not held up by the words that came after it', () => {
      const engine = held();
      const draftId = draftOf(engine);
      engine.act('reject', { id: 'first', draftId });
      for (const id of ['second', 'third']) engine.act('approve', { id, draftId });
      engine.pass(minuteMs);
      expect(engine.started.filter(({ type }) => type === 'check-approver')).toHaveLength(1);
      expect(laterRefusal(engine.state, 'third')).toContain('was rejected by maria');
    });
  });

  it('sixty refusals are remembered; whoever sends an older one again is judged anew, not told that it was done', () => {
    const engine = held();
    const draftId = draftOf(engine);
    engine.world.approver = () => ({ why: 'No.', name: null });
    const words = Array.from({ length: 70 }, (_, index) => `tom-${index}`);
    for (const id of words) {
      engine.act('approve', { id, by: 'tom', draftId });
      engine.pass(1);
    }
    expect(engine.state.refusedApprovals).toHaveLength(60);
    expect(laterRefusal(engine.state, 'tom-69')).toBe('No.');
    const sent = (id: string) =>
      ({ ...{ id, by: 'tom', draftId }, action: 'approve', reason: null }) as const;
    expect(wasDone(engine.state, sent('tom-69'))).toBe(true);
    expect(wasDone(engine.state, sent('tom-0'))).toBe(false);
    engine.act('approve', { id: 'tom-0', by: 'tom', draftId });
    engine.pass(1);
    expect(laterRefusal(engine.state, 'tom-0')).toBe('No.');
    expect(approvalRefusal(engine.state, { action: 'approve', draftId })).toBeNull();
  });
});
