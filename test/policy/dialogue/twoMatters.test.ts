/** Two or three wishes in one message: one reply, one greeting, everything answered. */
import { understand } from '../../../src/policy/hear/understand';
import { Conversation, mugs, onItsWay, processing, shop, talkativePolicy } from './dialogueShop';
import { asked, demo, handOffOf, inputOf, noteOf, order, replyOf, type Said } from '../support';

beforeAll(shop, 120_000);

describe('two wishes', () => {
  test('with one greeting, in the order they were said', async () => {
    const ana = new Conversation([processing, onItsWay]);
    await ana.customer('Where is order 51877? And how do I reset my password?');
    const plan = ana.plans[0];
    expect(plan?.rule).toBe('status + password');
    expect(plan === undefined ? '' : replyOf(plan).text).toBe(
      'Hello,\n\nOrder 51877 is in-transit.\n\nYou can reset it on our page.\n\nYour shop',
    );
  });

  test('one of them about another order, where something is missing: it is asked', async () => {
    const ana = new Conversation([processing, onItsWay]);
    const reply = await ana.customer('Where is order 51877? Also, please cancel order 48213.');
    expect(reply).toBe('Order 51877 is in-transit. Why do you want to cancel order 48213?');
    await ana.customer('I found a better one');
    await ana.customer('yes');
    expect(ana.done).toEqual([{ type: 'cancel', order: '48213' }]);
  });

  test('"and can I cancel it" means the order that was just named', async () => {
    const ana = new Conversation([processing, onItsWay]);
    const reply = await ana.customer('Where is order 48213, and can I still cancel it?');
    expect(reply).toBe('Order 48213 is processing. Why do you want to cancel order 48213?');
  });

  test('both need an order: it is asked once, and the answer is for both', async () => {
    const ana = new Conversation([processing, onItsWay]);
    const reply = await ana.customer('Where is my order? And can I change the address?');
    expect(reply).toBe('Which order is it about?');
    expect(await ana.customer('48213')).toBe('Order 48213 is processing. Where shall order 48213 go?');
  });

  test('one goes to a person: the other is answered all the same, and nothing is asked any more', async () => {
    const ana = new Conversation([processing, onItsWay]);
    const reply = await ana.customer(
      'Where is order 51877? Also, I was charged twice for it, can you check the payment?',
    );
    expect(reply).toContain('Order 51877 is in-transit.');
    expect(ana.handedOver).toBe(true);

    const ben = new Conversation([processing]);
    await ben.customer('Please cancel order 48213. Also, why was my card declined at checkout?');
    expect(ben.handedOver).toBe(true);
    expect(ben.dialogue.questions).toEqual([]);
    expect(ben.plans[0] === undefined ? '' : replyOf(ben.plans[0]).text).not.toContain('Why do you want');
  });

  test('whoever asks for a person besides gets the person', async () => {
    const ana = new Conversation([onItsWay]);
    await ana.customer('Where is order 51877? I want to talk to a human.');
    expect(ana.plans[0] === undefined ? null : handOffOf(ana.plans[0])?.reason).toBe('asked-for-human');
  });

  test.each([
    ['Wo ist meine Bestellung 51877? Und wie ändere ich mein Passwort?', 'status + password'],
    ['Où est ma commande 51877 ? Et je voudrais changer mon mot de passe.', 'status + password'],
  ])('in another language: %s', async (words, rule) => {
    const ana = new Conversation([onItsWay]);
    await ana.customer(words);
    expect(ana.plans[0]?.rule).toBe(rule);
  });
});

describe('one wish with its story around it is one', () => {
  test.each([
    'Hello. I ordered a kettle last week and it has not come. Where is order 51877?',
    'Where is order 51877? I need it by Friday. Can you hurry?',
    'Could you tell me where order 51877 is? My daughter’s birthday is on Sunday. Thank you for your help.',
  ])('%s', async (words) => {
    const ana = new Conversation([onItsWay]);
    await ana.customer(words);
    expect(ana.plans[0]?.rule).toBe('status');
  });

  test.each([
    'I am really unhappy with the mugs of order 60004. I want my money back.',
    "I'm really unhappy with my mugs of order 60004, money back",
  ])('an opinion and money back: %s', async (words) => {
    const ana = new Conversation([mugs]);
    await ana.customer(words);
    expect(ana.plans[0]?.rule).toBe('refund-item');
  });
});

describe('matters as they are understood', () => {
  const read = async (said: Said) => understand(inputOf(said), await demo());
  const further = [{ intent: 'invoice', confidence: 0.9, orderNumbers: ['47001'] }];

  test('numbers stay with the wish that named them', async () => {
    const { matters } = await read({ numbers: ['48213', '47001'], further });
    expect(matters).toMatchObject([
      { intent: 'order_status', orderNumbers: ['48213'] },
      { intent: 'invoice', orderNumbers: ['47001'] },
    ]);
  });

  test('an intent that the policy does not have is none; four are a list for a person', async () => {
    const many = ['invoice', 'no_such_intent', 'delivery_info', 'account_access', 'complaint'];
    const { matters } = await read({
      further: many.map((intent) => ({ intent, confidence: 0.9, orderNumbers: [] })),
    });
    expect(matters.map(({ intent }) => intent)).toEqual(['order_status', 'invoice', 'delivery_info']);
  });

  test('a number and a new topic answer the question and begin the topic', async () => {
    const { matters } = await read({
      text: '51877. And how do I reset my password?',
      intent: 'account_access',
      numbers: ['51877'],
      question: asked(),
    });
    expect(matters).toMatchObject([
      { intent: 'order_status', continued: true, orderNumbers: ['51877'] },
      { intent: 'account_access', continued: false, orderNumbers: [] },
    ]);
  });

  test('the note tells of both', async () => {
    const ana = new Conversation([onItsWay]);
    await ana.customer('Where is order 51877? And how do I reset my password?');
    const note = ana.plans[0] === undefined ? '' : noteOf(ana.plans[0]);
    expect(note).toMatch(/order_status[\s\S]*account_access/);
  });
});

describe('the note of two matters, one of them handed over', () => {
  const sections = async (...messages: readonly string[]) => {
    const ana = new Conversation([processing, onItsWay, mugs]);
    for (const words of messages) await ana.customer(words);
    const plan = ana.plans.at(-1);
    expect(plan === undefined ? null : handOffOf(plan)).not.toBeNull();
    return plan === undefined ? [] : noteOf(plan).split('\n\n');
  };
  const declined = 'Also, why was my card declined at checkout?';

  test('does not hand over what was answered', async () => {
    const [first, second] = await sections(`Where is order 51877? ${declined}`);
    expect(first).toMatch(
      /^Deskhand answered this with "status" \(en\); this ticket goes to Support for another wish\./,
    );
    expect(first).toContain('Rule: status (The order is known.)');
    expect(first).not.toMatch(/hands this over|Tried:/);
    expect(second).toMatch(/^Deskhand hands this over to Support\. Reason: No rule for this\./);
  });

  test('nor what was done after a yes', async () => {
    const [first, second] = await sections(
      'I want my money back for the red mug of order 60004',
      `Yes. ${declined}`,
    );
    expect(first).toMatch(/^Deskhand answered this with "refunded"/);
    expect(second).toMatch(/^Deskhand hands this over to Support/);
  });

  test.each([
    ['Please cancel order 48213. Also, why was my card declined at checkout?', 'for the reason'],
    [
      'Please change the address of order 48213 to Elm Street 4, 8000 Aarhus. Also, my card was declined, please check the payment.',
      'whether to change the delivery address of order 48213',
    ],
  ])('names the wish that was left, and what would have been asked: %s', async (words, asked) => {
    const [first, second] = await sections(words);
    expect(first).toContain(`NOT done, and still to do. Deskhand would have asked ${asked}`);
    expect(first).toContain('and asked nothing, because this ticket goes to Support for another wish.');
    expect(first).not.toContain('hands this over');
    expect(first).toMatch(/Rule: [\w-]+, policy/);
    expect(second).toMatch(/^Deskhand hands this over to Support/);
  });

  test('hands everything over where the shop refuses: nothing of it was said', async () => {
    const ana = new Conversation([mugs]);
    await ana.customer('I want my money back for the red mug of order 60004');
    await ana.customer('Yes. And how do I reset my password?');
    const note = ana.plans.at(-1)?.ifRefused.find(({ type }) => type === 'note');
    expect(note?.type === 'note' ? note.text.match(/hands this over/g) : null).toHaveLength(2);
  });
});

test('the note tells an order that was named before from the only one there is', async () => {
  const policy = await talkativePolicy();
  const ana = new Conversation([processing, order({ number: '48300', status: 'processing' })], policy);
  await ana.customer('Where is order 48213?');
  await ana.customer('Where is it?');
  const [first, second] = ana.plans.map(noteOf);
  expect(first).not.toContain('no number was given');
  expect(second).toContain(
    'order 48213 is processing (placed 2026-11-21); no number was given now, it is the one that this conversation was about',
  );
});

test('three wishes, one of them a yes', async () => {
  const ana = new Conversation([processing, order({ number: '51877' })]);
  await ana.customer('Please cancel order 48213');
  await ana.customer('I do not need it any more');
  const reply = await ana.customer('Yes. And where is order 51877? Also, how do I reset my password?');
  expect(reply).toBe('Order 48213 is cancelled. Order 51877 is in-transit. You can reset it on our page.');
  expect(ana.done).toEqual([{ type: 'cancel', order: '48213' }]);
});
