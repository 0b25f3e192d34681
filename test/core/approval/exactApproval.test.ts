/** An approval is of one exact action: it names what was read, and counts for that alone, once, while nothing has changed. */
import { agentMessageLimits } from '../../../src/contracts/messages';
import { parseAgentMessage } from '../../../src/contracts/parse';
import { decide } from '../../../src/core/decide';
import { decodeState } from '../../../src/core/decodeState';
import type { OrderAction } from '../../../src/core/orders/orderAction';
import type { OrderStanding } from '../../../src/core/orders/orderStanding';
import type { Plan, PlannedAction } from '../../../src/core/policy/plan';
import { refusal, wasDone } from '../../../src/core/people/agent';
import type { AgentActionName } from '../../../src/core/events';
import type { PendingApproval } from '../../../src/core/state';
import { Engine, fail, note, planOf, reply, start } from '../support/engine';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const refund: OrderAction = {
  type: 'refund',
  order: '48213',
  amount: { minor: 4_800, currency: 'EUR' },
  lines: [],
};
const move: OrderAction = { type: 'change-address', order: '48213', address: 'Hoofdstraat 1\n1050 Brussel' };
const asDelivered: OrderStanding = {
  order: '48213',
  status: 'delivered',
  paid: 'EUR 48.00',
  refunded: 'nothing',
  storeCredit: 'nothing',
  lines: '1: 4 pieces, 0 went back',
  customer: 'c',
  address: 'a',
};
const act = (action: OrderAction): PlannedAction => ({ type: 'order-action', action });
const handOff: PlannedAction = { type: 'hand-off', reason: 'order-action-refused', group: 'Support' };

const plan = (actions: readonly PlannedAction[], change: Partial<Plan> = {}) =>
  planOf(actions, { needsApproval: true, standings: [asDelivered], ifRefused: [handOff], ...change });

function held(...actions: readonly OrderAction[]): Engine {
  const engine = new Engine({ plan: () => plan([...actions.map(act), reply, note]) });
  engine.customerAsks('I want my money back');
  engine.pass(minuteMs);
  expect(engine.state.stage).toBe('waiting-for-approval');
  return engine;
}

function waiting({ state: { approval } }: Engine): PendingApproval {
  if (approval === null) throw new Error('no draft waits');
  return approval;
}

const notes = (engine: Engine) => engine.desk.notes().map(({ text }) => text ?? '');
const ignored = (engine: Engine) =>
  engine.state.timeline.filter(({ kind }) => kind === 'ignored').map(({ text }) => text);
const why = (engine: Engine, action: AgentActionName, draftId: string | null) =>
  refusal(engine.state, { id: 'a', action, by: 'nora', reason: null, draftId });

describe('what waits', () => {
  it('is shown with all of its arguments, the words, the ticket as it was, and what it was decided on', () => {
    const engine = held(refund);
    expect(waiting(engine)).toMatchObject({
      actions: [refund],
      reply: 'It is on its way.',
      revision: expect.any(String) as string,
      since: expect.any(Number) as number,
      decidedOn: { messages: ['9001'], orders: [asDelivered] },
    });
    const { draftId, text, decidedOn } = waiting(engine);
    expect(text).toContain('To do: refund EUR 48.00 on order 48213.');
    expect(text).toContain('It is on its way.');
    expect(draftId.endsWith(decidedOn?.hash ?? 'none')).toBe(true);
    expect(notes(engine)[0]).toContain(text);
    expect(notes(engine)[0]).toMatch(
      /\nDecided on: the ticket as of \S+; message 9001; order 48213 \(delivered, paid EUR 48\.00, refunded nothing, store credit nothing\)\.\n/,
    );
    expect(notes(engine)[0]).toContain(`This is draft ${draftId}.`);
  });

  it('shows an address to whoever is to approve it, and to nobody else', () => {
    const engine = held(move);
    expect(waiting(engine).text).toContain('Hoofdstraat 1\n1050 Brussel');
    expect(JSON.stringify(engine.state.timeline)).not.toContain('Hoofdstraat');
    expect(waiting(engine).draftId).not.toContain('Hoofdstraat');
    expect(engine.notices.join()).not.toContain('Hoofdstraat');
  });

  it.each<[string, Partial<Plan>, readonly PlannedAction[]]>([
    ['another amount', {}, [act({ ...refund, amount: { minor: 4_799, currency: 'EUR' } }), reply]],
    ['another order', {}, [act({ ...refund, order: '48214' }), reply]],
    ['other words', {}, [act(refund), { ...reply, text: 'Sorry.' } as PlannedAction]],
    [
      'an order that stands otherwise',
      { standings: [{ ...asDelivered, refunded: 'EUR 1.00' }] },
      [act(refund), reply],
    ],
    ['nothing more than a tag', {}, [act(refund), reply, { type: 'tag', add: ['vip'], remove: [] }]],
  ])('has another id for %s', (_what, change, actions) => {
    const idOf = (made: Plan) => {
      const engine = new Engine({ plan: () => made });
      engine.customerAsks('I want my money back');
      return waiting(engine).draftId;
    };
    expect(idOf(plan(actions, change))).not.toBe(idOf(plan([act(refund), reply])));
    expect(idOf(plan(actions, change))).toBe(idOf(plan(actions, change)));
  });

  it('is carried to a new run whole, and an older one that knew only a text and an id still can be decided', () => {
    const engine = held(refund);
    const carried = decodeState(JSON.parse(JSON.stringify(engine.state)));
    expect(carried.approval).toEqual(engine.state.approval);
    const { draftId, text } = waiting(engine);
    const older = { ...carried, approval: { draftId, text }, settledDrafts: undefined };
    const action = { id: 'a', action: 'approve', by: 'maria', reason: null, draftId } as const;
    expect(refusal(older, action)).toBeNull();
    const { state } = decide(older, { type: 'agent-acted', action }, start + hourMs);
    expect(state.turn).toMatchObject({ phase: 'acting', approved: true });
  });
});

it('an id is never too long to be named, whatever the id of the action that asked for the reply', () => {
  const engine = new Engine();
  engine.customerAsks('I want my money back');
  engine.pass(minuteMs);
  engine.world.plan = () => plan([act(refund), reply, note]);
  engine.act('reply-again', { id: 'x'.repeat(agentMessageLimits.id) });
  engine.pass(minuteMs);
  const { draftId } = waiting(engine);
  const message = { by: 'maria', draftId };
  expect(parseAgentMessage('approve', message, 'one')).toMatchObject({ ok: true, value: { draftId } });
});

describe('who decides names the draft', () => {
  it.each(['approve', 'reject'] as const)('%s without one is refused, and told which one waits', (action) => {
    const engine = held(refund);
    const { draftId } = waiting(engine);
    const refused = `Say which draft is meant, by its draftId. ${draftId} waits: read it before you ${action} it.`;
    expect(why(engine, action, null)).toBe(refused);
    engine.act(action, { draftId: null });
    expect(ignored(engine).at(-1)).toContain(refused);
    expect(waiting(engine).draftId).toBe(draftId);
    expect(engine.shop.size).toBe(0);
  });

  it.each(['approve', 'reject'] as const)('%s where nothing waits says so', (action) => {
    const engine = new Engine();
    expect(why(engine, action, null)).toBe('No draft waits for approval.');
    expect(why(engine, action, '35436/1/draft-1')).toBe('No draft waits for approval.');
  });

  it('one that nobody has heard of is refused, and told which one waits', () => {
    const engine = held(refund);
    expect(why(engine, 'approve', '35436/1/draft-1')).toBe(
      `Draft 35436/1/draft-1 is not the one that waits (${waiting(engine).draftId}): read it again.`,
    );
  });

  it('the right one: it is done once, and said', () => {
    const engine = held(refund);
    engine.act('approve');
    engine.pass(minuteMs);
    expect([...engine.shop.values()]).toEqual([refund]);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });
});

describe('two who decide about the same draft', () => {
  it('one wins, the other is told who has, when, and that it is under way; later that it is over', () => {
    const engine = held(refund);
    const { draftId } = waiting(engine);
    engine.act('approve', { by: 'maria', draftId });
    const approved = `Draft ${draftId} was approved by maria at 2026-11-25 10:01 UTC`;
    for (const action of ['approve', 'reject'] as const) {
      expect(why(engine, action, draftId)).toBe(`${approved}: it is being carried out.`);
      engine.act(action, { by: 'nora', draftId });
    }
    engine.pass(minuteMs);
    expect(why(engine, 'approve', draftId)).toBe(`${approved}: there is nothing left to decide.`);
    expect(engine.shop.size).toBe(1);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(ignored(engine)).toEqual([
      expect.stringContaining('approve by nora refused: Draft'),
      expect.stringContaining('reject by nora refused: Draft'),
    ]);
  });

  it('a rejection is as final', () => {
    const engine = held(refund);
    const { draftId } = waiting(engine);
    engine.act('reject', { by: 'maria', draftId, reason: 'too much' });
    expect(why(engine, 'approve', draftId)).toBe(
      `Draft ${draftId} was rejected by maria at 2026-11-25 10:01 UTC: people have the ticket.`,
    );
    engine.act('approve', { by: 'nora', draftId });
    engine.pass(minuteMs);
    expect(engine.shop.size).toBe(0);
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.state.handOff?.reason).toBe('approval-rejected');
  });

  it('the same request again is answered as the first one was, also when something else is decided since', () => {
    const engine = held(refund);
    const { draftId } = waiting(engine);
    const again = { id: 'one', action: 'approve', by: 'maria', reason: null, draftId } as const;
    engine.happen({ type: 'agent-acted', action: again });
    engine.pass(minuteMs);
    expect(wasDone(engine.state, again)).toBe(true);
    const { timeline, orderActions } = engine.state;
    engine.happen({ type: 'agent-acted', action: again });
    engine.pass(minuteMs);
    expect(engine.state.timeline).toEqual(timeline);
    expect(engine.state.orderActions).toEqual(orderActions);
  });

  it('a hundred at once: one is carried out', () => {
    const engine = held(refund);
    const { draftId } = waiting(engine);
    for (let index = 0; index < 100; index += 1) {
      engine.act(index % 3 === 1 ? 'reject' : 'approve', { by: `agent-${index}`, draftId });
    }
    engine.pass(minuteMs);
    expect(engine.shop.size).toBe(1);
    expect(engine.state.settledDrafts).toMatchObject([{ draftId, how: 'approved', by: 'agent-0' }]);
  });

  it('the tag on the desk counts as a word like any other', () => {
    const engine = held(refund);
    const { draftId } = waiting(engine);
    engine.desk.tags = [...engine.desk.tags, 'deskhand_send'];
    engine.hint();
    engine.pass(minuteMs);
    expect(engine.shop.size).toBe(1);
    expect(why(engine, 'reject', draftId)).toContain('was approved by the tag deskhand_send at');
  });
});

describe('a draft that waits no longer says why', () => {
  const ends: readonly [string, (engine: Engine) => void, string][] = [
    [
      'the customer wrote',
      (engine) => engine.customerAsks('Or a new one?'),
      'what it answered is decided anew',
    ],
    [
      'an agent has answered',
      (engine) => {
        engine.desk.agentWrites('I have it');
        engine.hint();
      },
      'a person has the ticket',
    ],
    ['somebody took over', (engine) => engine.act('take-over'), 'a person has the ticket'],
    ['it was escalated', (engine) => engine.act('escalate'), 'the ticket was escalated'],
    ['the mode', (engine) => engine.act('set-mode', { mode: 'off' }), 'the mode leaves the ticket to people'],
  ];

  it.each(ends)('%s', (_what, end, words) => {
    const engine = held(refund);
    const { draftId } = waiting(engine);
    end(engine);
    engine.pass(minuteMs);
    expect(engine.state.settledDrafts).toMatchObject([{ draftId, how: 'void', by: null, why: words }]);
    if (engine.state.mode !== 'off') expect(why(engine, 'approve', draftId)).toContain(`: ${words}.`);
    engine.act('approve', { draftId });
    engine.pass(minuteMs);
    expect(engine.shop.size).toBe(0);
  });

  it('nobody decided in time', () => {
    const engine = held(refund);
    const { draftId } = waiting(engine);
    engine.pass(engine.state.settings.approvalMs + hourMs);
    expect(why(engine, 'approve', draftId)).toContain(`Nobody decided about draft ${draftId} in time`);
  });

  it('a customer who wrote before the approval was carried out voids it too', () => {
    const engine = held(refund);
    const { draftId } = waiting(engine);
    engine.desk.customerWrites('Wait, keep the money');
    engine.act('approve', { draftId });
    engine.pass(minuteMs);
    expect(engine.shop.size).toBe(0);
    expect(engine.state.settledDrafts?.find((settled) => settled.draftId === draftId)).toMatchObject({
      how: 'void',
      why: 'after its approval, before it was carried out: a newer message came',
    });
    expect(waiting(engine).decidedOn?.messages).toEqual(['9001', '9003']);
  });

  it('twenty of them are remembered', () => {
    const engine = held(refund);
    for (let index = 0; index < 25; index += 1) {
      engine.customerAsks(`And ${index}?`);
      engine.pass(hourMs);
    }
    expect(engine.state.settledDrafts).toHaveLength(20);
  });
});

describe('an order that has changed since', () => {
  const shipped = ['it was delivered and is refunded'];

  function changedBefore(engine: Engine, made: () => Plan): string {
    const { draftId } = waiting(engine);
    engine.world.orderChanges = ({ status }) => (status === 'delivered' ? shipped : []);
    engine.world.plan = made;
    engine.act('approve', { by: 'maria', draftId });
    engine.pass(minuteMs);
    expect(engine.shop.size).toBe(0);
    return draftId;
  }

  it('is not touched: people are told, and what is right now is asked anew under another id', () => {
    const engine = held(refund);
    const standings = [{ ...asDelivered, status: 'refunded' }];
    const draftId = changedBefore(engine, () => plan([act(refund), reply, note], { standings }));
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(notes(engine)).toContainEqual(
      'Not done: refund EUR 48.00 on order 48213. Order 48213 has changed since this was approved: ' +
        'it was delivered and is refunded. It is decided anew.',
    );
    expect(waiting(engine).draftId).not.toBe(draftId);
    expect(waiting(engine).decidedOn?.orders).toEqual(standings);
    expect(notes(engine).at(-1)).toContain(`This is draft ${waiting(engine).draftId}.`);
    expect(why(engine, 'approve', draftId)).toContain('order 48213 has changed since this was approved');
    engine.act('approve');
    engine.pass(minuteMs);
    expect(engine.shop.size).toBe(1);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('is asked anew although nothing else is another: nobody approves what they have not read', () => {
    const engine = held(refund);
    const draftId = changedBefore(engine, () => plan([act(refund), reply, note]));
    expect(waiting(engine).draftId).not.toBe(draftId);
    expect(engine.desk.notes()).toHaveLength(3);
  });

  it('is left alone where the policy says something else by now', () => {
    const engine = held(refund);
    changedBefore(engine, () => planOf([reply, note]));
    expect(engine.state.stage).toBe('waiting-for-customer');
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(notes(engine)).toContainEqual(expect.stringContaining('Not done: refund EUR 48.00'));
  });

  it('by the first of two actions is no change: the second finds it as the first has left it', () => {
    const engine = held(refund, {
      type: 'store-credit',
      order: '48213',
      amount: { minor: 100, currency: 'EUR' },
    });
    engine.act('approve');
    engine.pass(minuteMs);
    const standings = engine.started.flatMap((step) => (step.type === 'act-on-order' ? [step.standing] : []));
    expect(standings).toEqual([asDelivered, undefined]);
    expect(engine.shop.size).toBe(2);
  });

  it('is not asked about where nobody had to approve', () => {
    const engine = new Engine({ plan: () => plan([act(refund), reply], { needsApproval: false }) });
    engine.world.orderChanges = () => shipped;
    engine.customerAsks('I want my money back');
    engine.pass(minuteMs);
    expect(engine.shop.size).toBe(1);
  });

  it('perhaps by an attempt that nobody knows the end of: a person looks', () => {
    const engine = held(refund);
    engine.world.before = (step) =>
      step.type === 'act-on-order'
        ? fail('rejected', 'the order has changed since this was approved')
        : undefined;
    engine.act('approve');
    engine.pass(minuteMs);
    expect(engine.state.handOff?.reason).toBe('order-action-refused');
    expect(notes(engine).join('\n')).toContain('Not known whether done: refund EUR 48.00 on order 48213.');
  });
});

describe('at every moment of what an approval sets going', () => {
  const comes: Readonly<Record<string, (engine: Engine, draftId: string) => void>> = {
    'a second approval': (engine, draftId) => engine.act('approve', { by: 'nora', draftId }),
    'a rejection': (engine, draftId) => engine.act('reject', { by: 'nora', draftId }),
    'a take-over': (engine) => engine.act('take-over', { by: 'nora' }),
    'an escalation': (engine) => engine.act('escalate', { by: 'nora' }),
    'the tag': (engine) => {
      engine.desk.tags = [...engine.desk.tags, 'deskhand_send'];
      engine.hint();
    },
    'a message': (engine) => engine.hint(engine.desk.customerWrites('Keep the money').id),
    'an agent’s answer': (engine) => {
      engine.desk.agentWrites('I have it');
      engine.hint();
    },
    'another version of the policy': (engine) =>
      engine.happen({
        type: 'policy-chosen',
        choice: { version: 'p-3f2a91c07b4e', by: 'lea' },
        voidsDraft: true,
      }),
  };
  const moments = Object.keys(comes).flatMap((what) => [1, 2, 3].map((moment) => [what, moment] as const));

  it.each(moments)(
    '%s before step %i: the money moves at most once, and nobody is left alone',
    (what, moment) => {
      const engine = held(refund);
      const { draftId } = waiting(engine);
      let steps = 0;
      engine.world.plan = () => planOf([reply, note]);
      engine.act('approve', { by: 'maria', draftId });
      engine.world.before = () => {
        steps += 1;
        if (steps === moment) comes[what]?.(engine, draftId);
        return undefined;
      };
      engine.pass(minuteMs);
      expect(steps).toBeGreaterThanOrEqual(moment > 2 ? 2 : moment);
      expect(engine.shop.size).toBeLessThanOrEqual(1);
      const settled = engine.state.settledDrafts?.find((one) => one.draftId === draftId);
      if (engine.shop.size === 1) expect(settled?.how).toBe('approved');
      else expect(['approved', 'void']).toContain(settled?.how);
      // What was done to the order is told to the customer, or stands in a note.
      const told = engine.desk.comments.map(({ text }) => text ?? '').join('\n');
      if (engine.shop.size === 1)
        expect(told).toMatch(/Done: refund EUR 48\.00|was done before|may have been done/);
      expect(engine.state.steps).toEqual([]);
      expect(engine.state.deadline).not.toBeNull();
      expect(why(engine, 'approve', draftId)).not.toBeNull();
    },
  );
});

describe('another version of the policy', () => {
  const choose = (engine: Engine, voids: boolean) =>
    engine.happen({
      type: 'policy-chosen',
      choice: { version: 'p-3f2a91c07b4e', by: 'lea' },
      ...(voids ? { voidsDraft: true as const } : {}),
    });

  it('decides anew what waits: the draft of the one before is void', () => {
    const engine = held(refund);
    const { draftId } = waiting(engine);
    engine.world.plan = () => planOf([reply, note]);
    choose(engine, true);
    engine.act('approve', { draftId });
    engine.pass(minuteMs);
    expect(engine.shop.size).toBe(0);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.state.settledDrafts).toMatchObject([{ draftId, how: 'void' }]);
    const consulted = engine.started.findLast((step) => step.type === 'consult-policy');
    expect(consulted).toMatchObject({ input: { policyVersion: 'p-3f2a91c07b4e' } });
  });

  it('that says the same asks once more', () => {
    const engine = held(refund);
    const { draftId } = waiting(engine);
    choose(engine, true);
    engine.pass(minuteMs);
    expect(waiting(engine).draftId).not.toBe(draftId);
  });

  it('that is the same one, or was chosen in an older history, changes nothing', () => {
    const engine = held(refund);
    const { draftId } = waiting(engine);
    choose(engine, false);
    choose(engine, true);
    engine.pass(minuteMs);
    expect(waiting(engine).draftId).toBe(draftId);
  });
});
