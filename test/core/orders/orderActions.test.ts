/** Money moves once: whatever restarts, crashes or people come in between, and only when the ticket still allows it. */
import { describeOrderAction, moneyText, type OrderAction } from '../../../src/core/orders/orderAction';
import { defaultSettings, type Plan, type PlannedAction } from '../../../src/core/policy/plan';
import type { Step } from '../../../src/core/effects';
import { Engine, fail, note, planOf, reply, start } from '../support/engine';

const minute = 60_000;
const refund: OrderAction = {
  type: 'refund',
  order: '48213',
  amount: { minor: 1_299, currency: 'EUR' },
  lines: [],
};
const cancel: OrderAction = { type: 'cancel', order: '48213' };
const act = (action: OrderAction): PlannedAction => ({ type: 'order-action', action });
const instead: readonly PlannedAction[] = [
  {
    type: 'reply',
    text: 'A colleague will look into it.',
    html: '',
    template: 'hand-off',
    language: 'en',
  },
  { type: 'hand-off', reason: 'order-action-refused', group: 'Support' },
];

function shopping(...actions: readonly OrderAction[]): Engine {
  return new Engine({ plan: () => planOf([...actions.map(act), reply, note], { ifRefused: instead }) });
}
const isAct = (step: Step) => step.type === 'act-on-order';
const acts = (engine: Engine) => engine.started.filter(isAct);
const notes = (engine: Engine) => engine.desk.notes().map(({ text }) => text ?? '');

describe('what a plan does to an order', () => {
  it('is done before the customer reads that it was, and the note tells', () => {
    const engine = shopping(refund);
    engine.world.before = (step) => {
      if (step.type === 'update-ticket') expect(engine.shop.size).toBe(1);
      return undefined;
    };
    engine.customerAsks('Yes please');
    expect([...engine.shop.values()]).toEqual([refund]);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(notes(engine)).toEqual([expect.stringContaining('Done: refund EUR 12.99 on order 48213 (re-1).')]);
    expect(engine.state.orderActions).toMatchObject([{ action: refund, noted: true }]);
  });

  it('is done in the order of the plan, each once', () => {
    const engine = shopping(cancel, refund);
    engine.customerAsks('Yes please');
    expect([...engine.shop.values()]).toEqual([cancel, refund]);
    engine.hint();
    engine.pass(minute);
    expect(acts(engine)).toHaveLength(2);
  });

  it('is done to different orders under different keys', () => {
    const engine = shopping(cancel, { ...cancel, order: '51877' });
    engine.customerAsks('Cancel both');
    expect(engine.shop.size).toBe(2);
  });

  it('a message that comes in between begins the turn anew; what was done is not done again', () => {
    const engine = shopping(refund);
    let once = true;
    engine.world.before = (step) => {
      if (step.type === 'update-ticket' && once) {
        once = false;
        engine.desk.customerWrites('and thank you');
      }
      return undefined;
    };
    engine.customerAsks('Yes please');
    engine.pass(minute);
    expect(engine.shop.size).toBe(1);
    expect(acts(engine)).toHaveLength(1);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(notes(engine).join()).toContain('Done: refund');
  });

  it('a reply asked for again does not do it again', () => {
    const engine = shopping(refund);
    engine.customerAsks('Yes please');
    engine.act('reply-again');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(2);
    expect(acts(engine)).toHaveLength(1);
  });

  it('is still known when the ticket was carried over to a new run', () => {
    const engine = shopping(refund);
    engine.customerAsks('Yes please');
    engine.carryOver();
    engine.act('reply-again');
    engine.pass(minute);
    expect(engine.shop.size).toBe(1);
  });

  it('needs the approval that the rule wants, like a reply', () => {
    const engine = new Engine({
      plan: () => planOf([act(refund), reply, note], { needsApproval: true, ifRefused: instead }),
    });
    engine.customerAsks('Yes please');
    expect(engine.shop.size).toBe(0);
    expect(engine.state.approval?.text).toContain('refund EUR 12.99 on order 48213');
    engine.act('approve');
    engine.pass(minute);
    expect(engine.shop.size).toBe(1);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });
});

describe('the terms on which money is given', () => {
  const limits = { perCustomer: null, perDay: { EUR: 5_000 } };
  const settings = { ...defaultSettings, limits };
  const terms = (engine: Engine) =>
    engine.started.flatMap((step) => (step.type === 'act-on-order' ? [step.terms] : []));

  it('are fixed when the turn begins: a turn that begins anew after midnight counts for the same day', () => {
    const engine = new Engine({
      settings,
      plan: () => planOf([act(refund), reply, note], { ifRefused: instead, settings }),
    });
    engine.pass(Date.UTC(2026, 10, 25, 23, 59, 50) - start);
    const began = engine.now;
    engine.world.before = (step) => {
      if (!isAct(step) || acts(engine).length > 1) return undefined;
      engine.now += minute;
      engine.desk.customerWrites('and thank you');
      return { kind: 'stale-draft', message: 'a newer message', attempts: 2 };
    };
    engine.customerAsks('Yes please');
    engine.pass(minute);
    expect(new Date(engine.now).getUTCDate()).toBe(26);
    expect(terms(engine)).toEqual([
      { limits, at: began, approved: false },
      { limits, at: began, approved: false },
    ]);
  });

  it('say that a person decided, where one approved it', () => {
    const engine = new Engine({
      settings,
      plan: () => planOf([act(refund), reply, note], { needsApproval: true, ifRefused: instead, settings }),
    });
    engine.customerAsks('Yes please');
    engine.act('approve');
    engine.pass(minute);
    expect(terms(engine)).toEqual([{ limits, at: expect.any(Number) as number, approved: true }]);
  });

  it.each([
    ['for what costs nothing', cancel, settings],
    ['for a company without limits', refund, defaultSettings],
  ])('are absent %s', (_what, action, ofPlan) => {
    const engine = new Engine({ plan: () => planOf([act(action), reply], { settings: ofPlan }) });
    engine.customerAsks('Yes please');
    engine.pass(minute);
    expect(terms(engine)).toEqual([undefined]);
  });
});

describe('when the turn begins anew after it was done', () => {
  /** The customer adds something at the moment of the reply, and the policy then decides `next`. */
  const overtaken = (next: () => Plan) => {
    const engine = shopping(refund);
    let once = true;
    engine.world.before = (step) => {
      if (step.type === 'update-ticket' && once) {
        once = false;
        engine.desk.customerWrites('and the mug too');
        engine.world.plan = next;
      }
      return undefined;
    };
    engine.customerAsks('Refund the lamp');
    engine.pass(minute);
    return engine;
  };

  it('another deed of the kind on the same order is for a person: nobody reads that it was done', () => {
    const more = { ...refund, amount: { minor: 900, currency: 'EUR' } };
    const engine = overtaken(() => planOf([act(more), reply, note], { ifRefused: instead }));
    expect([...engine.shop.values()]).toEqual([refund]);
    expect(engine.desk.publicReplies().map(({ text }) => text)).toEqual(['A colleague will look into it.']);
    expect(notes(engine).join()).toContain('this was done before: refund EUR 12.99');
  });

  it('and the ticket was closed meanwhile: the follow-up tells of it', () => {
    const engine = shopping(refund);
    engine.world.before = (step) => {
      if (step.type === 'update-ticket') engine.desk.status = 'closed';
      return undefined;
    };
    engine.customerAsks('Refund the lamp');
    engine.pass(minute);
    const [followUp] = engine.started.filter((step) => step.type === 'open-follow-up');
    expect(followUp).toMatchObject({ note: expect.stringContaining('Done: refund EUR 12.99') as string });
  });

  it('an approval does not outlive the draft it was given for', () => {
    const engine = new Engine({
      plan: () => planOf([reply, note], { needsApproval: true, ifRefused: instead }),
    });
    engine.customerAsks('Refund the lamp');
    engine.desk.customerWrites('and the mug too');
    engine.world.plan = () => planOf([reply, note]);
    engine.world.before = (step) => {
      if (step.type === 'consult-policy') engine.desk.assign('nora');
      return undefined;
    };
    engine.act('approve');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.state.stage).toBe('with-person');
  });
});

describe('an action that is not done', () => {
  it('because the shop refuses: the customer hears the truth, a person gets the reason', () => {
    const engine = shopping(refund);
    engine.world.shop = () => ({ type: 'refused', why: 'The order has shipped.' });
    engine.customerAsks('Yes please');
    expect(engine.desk.publicReplies().map(({ text }) => text)).toEqual(['A colleague will look into it.']);
    expect(engine.state.handOff?.reason).toBe('order-action-refused');
    expect(notes(engine).join()).toContain(
      'Not done: refund EUR 12.99 on order 48213. The order has shipped.',
    );
  });

  it('because the second of two is refused: the first is told as done', () => {
    const engine = shopping(cancel, refund);
    engine.world.shop = (action) =>
      action.type === 'cancel' ? { type: 'done', reference: null } : { type: 'refused', why: 'No.' };
    engine.customerAsks('Yes please');
    expect(notes(engine).join()).toContain('Done: cancel order 48213.');
    expect(notes(engine).join()).toContain('Not done: refund');
  });

  it.each(['budget-used-up', 'unavailable', 'unknown', 'malformed'] as const)(
    'because it failed (%s): nobody claims that it was not done all the same',
    (kind) => {
      const engine = shopping(refund);
      engine.world.before = (step) => (isAct(step) ? fail(kind) : undefined);
      engine.customerAsks('Yes please');
      engine.pass(minute);
      expect(engine.desk.publicReplies().map(({ text }) => text)).toEqual(['A colleague will look into it.']);
      expect(notes(engine).join()).toContain('it may have been done all the same');
    },
  );

  it('because it failed again and again: one note says so, and one line of the story', () => {
    const engine = shopping(refund);
    const failure = { kind: 'unavailable', message: 'the shop answered 503', attempts: 3 } as const;
    engine.world.before = (step) => (isAct(step) ? failure : undefined);
    engine.customerAsks('Yes please');
    engine.pass(minute);
    const about = notes(engine).filter((text) => text.includes('refund EUR 12.99 on order 48213'));
    expect(about).toHaveLength(1);
    expect(about[0]).toContain(
      'Not known whether done: refund EUR 12.99 on order 48213. The shop did not do it after 3 attempts: ' +
        'the shop answered 503. Please look at the order: it may have been done all the same.',
    );
  });

  it('because the shop rejected it outright: nobody is told to doubt that', () => {
    const engine = shopping(refund);
    const failure = { kind: 'rejected', message: 'the shop answered 422', attempts: 1 } as const;
    engine.world.before = (step) => (isAct(step) ? failure : undefined);
    engine.customerAsks('Yes please');
    expect(notes(engine).join()).toContain(
      'Not done: refund EUR 12.99 on order 48213. The shop did not do it: ',
    );
    expect(notes(engine).join()).not.toContain('may have been done');
  });

  it('because the desk did not find the ticket once: it is read again, and no message is made up', () => {
    const engine = shopping(refund);
    engine.world.before = (step) =>
      isAct(step) && acts(engine).length === 1 ? fail('ticket-not-found') : undefined;
    engine.customerAsks('Yes please');
    engine.pass(minute);
    const story = engine.state.timeline.map(({ text }) => text).join('\n');
    expect(story).toContain('The desk did not find the ticket: reading the ticket again');
    expect(story).not.toContain('A newer message came');
    expect(engine.shop.size).toBe(1);
  });

  it('because a person was faster: nothing is done, the draft is kept', () => {
    const engine = shopping(refund);
    engine.world.before = (step) => {
      if (step.type === 'consult-policy') engine.desk.agentWrites('I am on it');
      return undefined;
    };
    engine.customerAsks('Yes please');
    expect(engine.shop.size).toBe(0);
    expect(engine.state.stage).toBe('with-person');
    expect(engine.desk.publicReplies().filter(({ author }) => author === 'bot')).toHaveLength(0);
  });

  it('because the customer wrote "stop" in that moment: it is decided anew', () => {
    const engine = shopping(refund);
    engine.world.before = (step) => {
      if (isAct(step) && acts(engine).length === 1) {
        engine.desk.customerWrites('stop!');
        engine.world.plan = () => planOf([reply, note]);
      }
      return undefined;
    };
    engine.customerAsks('Yes please');
    engine.pass(minute);
    expect(engine.shop.size).toBe(0);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it.each(['ticket-closed', 'ticket-not-found'] as const)('because the ticket is gone (%s)', (kind) => {
    const engine = shopping(refund);
    let isGone = false;
    engine.world.before = (step) => {
      isGone ||= isAct(step);
      return isGone && (isAct(step) || step.type === 'fetch-ticket') ? fail(kind) : undefined;
    };
    engine.customerAsks('Yes please');
    engine.pass(minute);
    expect(engine.shop.size).toBe(0);
    expect(engine.finished).toBe(true);
  });
});

describe('a person takes over while the shop is asked', () => {
  it('and it is done: whoever took over reads that', () => {
    const engine = shopping(refund);
    engine.world.before = (step) => {
      if (isAct(step)) engine.act('take-over');
      return undefined;
    };
    engine.customerAsks('Yes please');
    expect(engine.shop.size).toBe(1);
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(notes(engine).join()).toContain('Done: refund EUR 12.99');
    expect(engine.state.stage).toBe('with-person');
  });

  it('while the reply is written that tells of it: it is told once', () => {
    const engine = shopping(refund);
    engine.world.before = (step) => {
      if (step.type === 'update-ticket' && step.purpose === 'reply') engine.act('take-over');
      return undefined;
    };
    engine.customerAsks('Yes please');
    engine.pass(minute);
    expect(notes(engine).filter((text) => text.includes('Done: refund'))).toHaveLength(1);
  });

  it('and it was refused: nothing to tell', () => {
    const engine = shopping(refund);
    engine.world.shop = () => ({ type: 'refused', why: 'No.' });
    engine.world.before = (step) => {
      if (isAct(step)) engine.act('take-over');
      return undefined;
    };
    engine.customerAsks('Yes please');
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(notes(engine).join()).not.toContain('Done');
  });

  it('and its outcome is lost: whoever took over is asked to look', () => {
    const engine = shopping(refund);
    engine.world.before = (step) => {
      if (!isAct(step)) return undefined;
      engine.act('take-over');
      return fail('cancelled');
    };
    engine.customerAsks('Yes please');
    expect(notes(engine).join()).toContain('about to refund EUR 12.99 on order 48213');
    expect(notes(engine).join()).toContain('Please look at the order');
  });

  it('after a first attempt was lost: the same', () => {
    const engine = shopping(refund);
    engine.world.before = (step) => (isAct(step) ? { ...fail('person-active'), attempts: 2 } : undefined);
    engine.customerAsks('Yes please');
    expect(notes(engine).join()).toContain('Please look at the order');
  });
});

describe('in words for agents', () => {
  it.each([
    [cancel, 'cancel order 48213'],
    [refund, 'refund EUR 12.99 on order 48213'],
    [{ ...refund, lines: [{ line: '2', quantity: 1 }] }, 'refund EUR 12.99 on order 48213 (1 of line 2)'],
    [
      { type: 'change-address', order: '48213', address: '1 Quay' },
      'change the delivery address of order 48213',
    ],
    [{ type: 'resend-invoice', order: '48213' }, 'send the invoice of order 48213 again'],
    [
      { type: 'store-credit', order: '48213', amount: { minor: 500, currency: 'JPY' } },
      'give JPY 500 of store credit for order 48213',
    ],
  ] as const)('%j is told as "%s"', (action, words) => {
    expect(describeOrderAction(action)).toBe(words);
  });

  it.each([
    [1_299, 'EUR', 'EUR 12.99'],
    [5, 'EUR', 'EUR 0.05'],
    [1_299, 'JPY', 'JPY 1299'],
    [1_299, 'KWD', 'KWD 1.299'],
  ])('%i minor units of %s are %s', (minor, currency, words) => {
    expect(moneyText({ minor, currency })).toBe(words);
  });
});
