/** A limit on tries holds whichever rule asks, and whatever comes between. */
import type { OpenQuestion } from '../../../src/core/conversation/dialogue';
import { sameQuestion, timesAsked, timesAskedAfter } from '../../../src/policy/decide/timesAsked';
import type { Facts } from '../../../src/policy/facts/facts';
import { Conversation, onItsWay, processing, shop, toms } from '../dialogue/dialogueShop';
import { asked, consult } from '../support';

let facts: Facts;
beforeAll(async () => {
  await shop();
  const [known] = (await consult({ intent: 'cancel_order' })).facts;
  if (known === undefined) throw new Error('nothing was known');
  facts = known as unknown as Facts;
});

const reason = asked({ slot: 'reason', intent: 'cancel_order', order: '48213' });
const after = (
  question: OpenQuestion | null,
  open: readonly OpenQuestion[],
  counts: Facts['question']['timesAsked'],
) =>
  timesAskedAfter(
    [
      {
        facts: {
          ...facts,
          question: { ...facts.question, ...(counts === undefined ? {} : { timesAsked: counts }) },
        },
        question,
        known: [],
      },
    ],
    open,
  );

describe('the same question', () => {
  test('is one for the whole conversation, or for one order', () => {
    expect(sameQuestion(asked({ intent: 'order_status' }))).toBe(sameQuestion(asked({ intent: 'invoice' })));
    expect(sameQuestion(reason)).toBe(sameQuestion({ ...reason, intent: 'return_refund' }));
    expect(sameQuestion(reason)).not.toBe(sameQuestion({ ...reason, order: '51877' }));
  });

  test('a proposal is another one for another intent', () => {
    const cancel = asked({ kind: 'confirm', slot: 'confirmation', intent: 'cancel_order', order: '48213' });
    expect(sameQuestion(cancel)).not.toBe(sameQuestion({ ...cancel, intent: 'return_refund' }));
  });
});

describe('counting', () => {
  test('nothing before the first question', () => {
    expect(after(null, [], undefined)).toBeNull();
  });

  test('goes on where a question was put aside, and was dropped', () => {
    expect(after(reason, [reason], undefined)).toEqual({ 'reason:48213': 1 });
    expect(after(null, [], { 'order-number': 2 })).toEqual({ 'order-number': 2 });
    expect(after(reason, [{ ...reason, tries: 3 }], { 'order-number': 2 })).toEqual({
      'order-number': 2,
      'reason:48213': 3,
    });
  });

  test('begins anew once it was answered, unless it is open for another matter', () => {
    const answered = [
      {
        facts: { ...facts, question: { ...facts.question, timesAsked: { 'order-number': 2 } } },
        question: null,
        known: ['order-number'],
      },
    ];
    expect(timesAskedAfter(answered, [])).toEqual({});
    expect(timesAskedAfter(answered, [asked()])).toEqual({ 'order-number': 2 });
  });

  test('keeps what was asked last, of a ticket that goes on for years', () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, place) => [`reason:${place}x`, 1]));
    expect(Object.keys(after(null, [], many) ?? {})).toHaveLength(20);
  });

  test('an open question of before counts, where no count was kept yet', () => {
    const open = {
      ...facts,
      intent: 'cancel_order',
      question: { ...facts.question, asked: { ...reason, tries: 2 } },
    };
    expect(timesAsked({ kind: 'ask', slot: 'reason' }, open)).toBe(2);
    expect(timesAsked({ kind: 'ask', slot: 'item' }, open)).toBe(0);
  });
});

describe('in a conversation', () => {
  test('another topic that asks the same goes on counting', async () => {
    const ana = new Conversation([processing, onItsWay]);
    expect(await ana.customer('Where is my order?')).toBe('Which order is it about?');
    expect(await ana.customer('I want to cancel my order')).toBe('Which order is it about?');
    await ana.customer('Where is my order?');
    expect(ana.handedOver).toBe(true);
  });

  test('an answer begins it anew', async () => {
    const ana = new Conversation([processing, onItsWay]);
    await ana.customer('Where is my order?');
    await ana.customer('hm, no clue');
    expect(await ana.customer('51877')).toBe('Order 51877 is in-transit.');
    expect(ana.dialogue.asked).toEqual({});
  });

  test('number and postal code in turn are no way round it', async () => {
    const ana = new Conversation([toms]);
    for (const words of ['Where is order 77002?', '1050', '77003', '77004', '2200'])
      await ana.customer(words);
    expect(ana.plans.some((plan) => plan.actions.some(({ type }) => type === 'hand-off'))).toBe(true);
  });

  test('a reminder names the template that asked', async () => {
    const ana = new Conversation([processing]);
    await ana.customer('Please cancel order 48213');
    await ana.customer('How do I reset my password?');
    const reply = ana.plans.at(-1)?.actions.find((action) => action.type === 'reply');
    expect(reply).toMatchObject({ template: 'password + ask-reason' });
  });
});
