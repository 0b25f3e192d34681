/** Conversations: what is missing is asked for, what is done is confirmed, and nothing is forgotten or done twice. */
import { Conversation, mugs, onItsWay, processing, shop, talkativePolicy } from './dialogueShop';
import { handOffOf, noteOf, order } from '../support';

beforeAll(shop, 120_000);

const cancel48213 = { type: 'cancel', order: '48213' };
const day = 86_400_000;

/** Ana wants to cancel, and has said why: the proposal is open. */
async function asksToCancel(...orders: Conversation['orders']): Promise<Conversation> {
  const ana = new Conversation(orders.length === 0 ? [processing] : orders);
  expect(await ana.customer('Please cancel order 48213')).toBe('Why do you want to cancel order 48213?');
  expect(await ana.customer('I found it cheaper in another shop')).toBe(
    'Shall I cancel order 48213? Yes or no.',
  );
  return ana;
}

describe('a yes', () => {
  test('does exactly what was proposed, once', async () => {
    const ana = await asksToCancel();
    expect(ana.done).toEqual([]);
    expect(await ana.customer('Yes please')).toBe('Order 48213 is cancelled.');
    expect(ana.done).toEqual([cancel48213]);
    expect(ana.dialogue.questions).toEqual([]);
    expect(ana.plans.map(noteOf).at(-1)).toContain('order number 48213 (said)');
    await ana.customer('Yes please');
    expect(ana.done).toEqual([]);
  });

  test.each([
    'yes',
    'Yes, cancel it please.',
    'go ahead',
    'ok',
    '👍',
    'Sure, thanks!',
    'ja, bitte',
    'oui',
    'si claro',
    'ja tak',
    'Yes please\nAna',
    'Yes please\n\nOn Mon, 2 Nov 2026 at 09:14, Care <care@shop.example> wrote:\n> Shall I cancel order 48213? No is fine too.',
    'Yes.\n\nKind regards,\nAna\nSent from my iPhone',
    'yes, 48213',
  ])('in the customer’s own words: %j', async (words) => {
    const ana = await asksToCancel();
    await ana.customer(words);
    expect(ana.done).toEqual([cancel48213]);
  });

  test('three days later still counts', async () => {
    const ana = await asksToCancel();
    await ana.customer('yes please', { now: Date.parse('2026-11-28T10:00:00Z') });
    expect(ana.done).toEqual([cancel48213]);
  });

  test('survives being written down and read again', async () => {
    const ana = await asksToCancel();
    ana.dialogue = JSON.parse(JSON.stringify(ana.dialogue)) as typeof ana.dialogue;
    await ana.customer('yes');
    expect(ana.done).toEqual([cancel48213]);
  });

  test('to nothing at all does nothing', async () => {
    const ana = new Conversation([processing]);
    await ana.customer('yes please, cancel it');
    expect(ana.done).toEqual([]);
  });

  test('comes too late for an order that has left meanwhile, and the truth is told', async () => {
    const ana = await asksToCancel();
    ana.orders = [order({ number: '48213' })];
    expect(await ana.customer('yes')).toBe('Order 48213 has left, so it cannot be cancelled.');
    expect(ana.done).toEqual([]);
  });

  test('counts for the amount that was named: when that has changed, it is asked anew', async () => {
    const ana = new Conversation([mugs]);
    await ana.customer('I want my money back for order 60004');
    expect(await ana.customer('the red one')).toBe('Shall I refund €15.00 for the Red mug? Yes or no.');
    ana.orders = [{ ...mugs, refund: { amount: { minor: 2_000, currency: 'EUR' }, on: '2026-11-24' } }];
    expect(await ana.customer('yes')).toBe('Shall I refund €7.00 for the Red mug? Yes or no.');
    expect(ana.done).toEqual([]);
    await ana.customer('yes');
    expect(ana.done).toMatchObject([{ type: 'refund', amount: { minor: 700, currency: 'EUR' } }]);
  });
});

describe('anything but a plain yes does nothing', () => {
  test.each([
    'no',
    'No thanks',
    'lieber nicht',
    'please don’t cancel it',
    'nej tak',
    'Actually, I changed my mind, keep it',
  ])('%s: it is left as it is', async (words) => {
    const ana = await asksToCancel();
    expect(await ana.customer(words)).toMatch(/^(Then I leave it as it is|Dann bleibt alles)/);
    expect(ana.done).toEqual([]);
    expect(ana.dialogue.questions).toEqual([]);
  });

  test('"never mind" takes it back', async () => {
    const ana = await asksToCancel();
    expect(await ana.customer('Oh, forget it')).toBe('Then I leave it as it is.');
    expect(ana.dialogue.questions).toEqual([]);
  });

  test('unclear answers are asked about up to the limit; then a person comes', async () => {
    const ana = await asksToCancel();
    expect(await ana.customer('I have no idea')).toBe('Shall I cancel order 48213? Yes or no.');
    await ana.customer('hm, what do you mean');
    expect([ana.done, ana.handedOver]).toEqual([[], true]);
    expect(ana.dialogue.questions).toEqual([]);
  });

  test.each([
    'yes but only the lamp',
    'yes if it is free',
    'Yes. Actually, no.',
    'ok but send it to another address',
  ])('a yes with a condition is none: %s', async (words) => {
    const ana = await asksToCancel();
    await ana.customer(words);
    expect(ana.done).toEqual([]);
  });

  test('thanks get no essay, and leave the question open', async () => {
    const ana = await asksToCancel();
    expect(await ana.customer('Thanks!')).toBe('');
    await ana.customer('yes');
    expect(ana.done).toEqual([cancel48213]);
  });
});

describe('corrections', () => {
  test('"no, the blue one" is proposed anew, and only then done', async () => {
    const ana = new Conversation([mugs]);
    expect(await ana.customer('I want a refund for order 60004')).toBe(
      'Which one: Blue mug, Red mug, or another?',
    );
    expect(await ana.customer('the second one')).toContain('€15.00 for the Red mug');
    expect(ana.dialogue.slots['item']).toEqual({ value: 'Red mug', from: 'chosen', commentId: '2' });
    expect(await ana.customer('no, the blue one')).toBe('Shall I refund €12.00 for the Blue mug? Yes or no.');
    expect(ana.done).toEqual([]);
    expect(ana.dialogue.slots['item']).toEqual({ value: 'Blue mug', from: 'corrected', commentId: '3' });
    await ana.customer('yes');
    expect(ana.done).toEqual([
      {
        type: 'refund',
        order: '60004',
        amount: { minor: 1_200, currency: 'EUR' },
        lines: [{ line: '1', quantity: 1 }],
      },
    ]);
    // The next refund begins without this one's item.
    expect(ana.dialogue.slots['item']).toBeUndefined();
  });

  test('"not the red one, the blue one" as well', async () => {
    const ana = new Conversation([mugs]);
    await ana.customer('I want a refund for order 60004');
    await ana.customer('red mug');
    expect(await ana.customer('not the red one, the blue one')).toContain('for the Blue mug');
  });

  test('a proposal does not change for ever', async () => {
    const ana = new Conversation([mugs]);
    await ana.customer('I want a refund for order 60004');
    for (const words of [
      'red mug',
      'no, the blue one',
      'no, the red one',
      'no, the blue one',
      'no, the red one',
    ]) {
      await ana.customer(words);
    }
    expect([ana.done, ana.handedOver]).toEqual([[], true]);
  });

  test('another address is proposed anew, exactly', async () => {
    const ana = new Conversation([processing]);
    expect(await ana.customer('I need to change the address of order 48213')).toBe(
      'Where shall order 48213 go?',
    );
    expect(await ana.customer('Please send it to Elm Street 4, 8000 Aarhus')).toMatch(
      /go to Elm Street 4\s8000 Aarhus\?/,
    );
    expect(await ana.customer('no, Oak Road 12, 8000 Aarhus')).toMatch(/go to Oak Road 12\s8000 Aarhus\?/);
    await ana.customer('yes');
    expect(ana.done).toEqual([
      { type: 'change-address', order: '48213', address: 'Oak Road 12\n8000 Aarhus' },
    ]);
  });

  test('"I do not want to cancel, I only want to know where it is" declines, and is answered', async () => {
    const ana = await asksToCancel();
    const reply = await ana.customer('I do NOT want to cancel, I just want to know where my order is');
    expect(reply).toBe('Then I leave it as it is. Order 48213 is processing.');
    expect(ana.done).toEqual([]);
  });
});

describe('another topic', () => {
  test('is answered, and the open question is put again once', async () => {
    const ana = await asksToCancel(processing, onItsWay);
    const aside = await ana.customer('and by the way, where is my other order?');
    expect(aside).toBe('Order 51877 is in-transit. Shall I cancel order 48213? Yes or no.');
    expect(await ana.customer('How do I reset my password?')).toBe('You can reset it on our page.');
    await ana.customer('yes');
    expect(ana.done).toEqual([cancel48213]);
  });

  test('in the same message as the yes: both', async () => {
    const ana = await asksToCancel(processing, onItsWay);
    const reply = await ana.customer('Yes. And where is order 51877?');
    expect(reply).toBe('Order 48213 is cancelled. Order 51877 is in-transit.');
    expect(ana.done).toEqual([cancel48213]);
  });

  test('that was taken back is not come back to', async () => {
    const ana = new Conversation([processing, onItsWay]);
    expect(await ana.customer('I want to cancel my order')).toBe('Which order is it about?');
    const reply = await ana.customer('I do not want to cancel, I just want to know where order 51877 is');
    expect(reply).toBe('Order 51877 is in-transit.');
    expect(ana.dialogue.questions).toEqual([]);
  });

  test('"hat sich erledigt": nothing is asked again', async () => {
    const ana = new Conversation([processing, onItsWay]);
    await ana.customer('I want to cancel my order');
    expect(await ana.customer('hat sich erledigt')).toBe('All right, nothing was done.');
    expect(ana.dialogue.questions).toEqual([]);
  });

  test('is answered in the language of the conversation, a bare "ja" too', async () => {
    const ana = new Conversation([processing]);
    expect(await ana.customer('Ich möchte meine Bestellung 48213 stornieren')).toContain('Warum möchten Sie');
    expect(await ana.customer('Ich habe sie woanders günstiger gefunden')).toContain('Soll ich Bestellung');
    expect(await ana.customer('ja')).toBe('Bestellung 48213 ist storniert.');
    expect(ana.done).toEqual([cancel48213]);
  });
});

test('one long conversation', async () => {
  const ana = new Conversation([processing, onItsWay, mugs]);
  const talk: readonly (readonly [string, string | RegExp])[] = [
    ['Hello, where is my stuff?', 'Which order is it about?'],
    ['the second one', 'Order 51877 is in-transit.'],
    ['Thanks!', ''],
    ['I also want to cancel order 48213', 'Why do you want to cancel order 48213?'],
    ['do you ship to Norway?', /^How we deliver is on our page\. Why do you want/],
    ['I do not need it any more', 'Shall I cancel order 48213? Yes or no.'],
    ['yes please', 'Order 48213 is cancelled.'],
    ['And I am not happy with the mugs of order 60004, I want my money back', /^Which one: /],
    ['the blue mug', /€12\.00 for the Blue mug/],
    ['no, the red one', /€15\.00 for the Red mug/],
    ['go ahead', /€15\.00 for the Red mug are on their way/],
    ['great, thanks for your help', ''],
  ];
  for (const [words, reply] of talk) {
    const read = await ana.customer(words);
    if (typeof reply === 'string') expect([words, read]).toEqual([words, reply]);
    else expect(read).toMatch(reply);
  }
  expect(
    ana.plans.flatMap(({ actions }) => actions.filter(({ type }) => type === 'order-action')),
  ).toHaveLength(2);
  expect(ana.plans.some((plan) => handOffOf(plan) !== null)).toBe(false);
});

test('a rule that was renamed meanwhile asks anew: a yes is bound to what asked', async () => {
  const ana = await asksToCancel();
  const renamed = await talkativePolicy((text) => text.replace('rule: cancel\n', 'rule: cancel-it\n'));
  const later = new Conversation([processing], renamed);
  later.dialogue = ana.dialogue;
  expect(await later.customer('yes', { now: Date.now() + day })).toBe(
    'Shall I cancel order 48213? Yes or no.',
  );
  expect(later.done).toEqual([]);
});
