/** Several wishes in one message are found; one wish told in three sentences is one. */
import { wishesApart } from '../../src/classify/embedded/severalWishes';
import { demoClassifier } from '../support/classifier';
import { classify } from './policyIntents';
import { processorMs } from '../support/processorMs';

beforeAll(demoClassifier, 120_000);

describe('both are heard', () => {
  test.each([
    ['Where is 48213, and can I get an invoice for 47001?', 'order_status', 'invoice', ['47001']],
    ['Where is order 48213 and can I get an invoice for 47001?', 'order_status', 'invoice', ['47001']],
    [
      'Hi, where is my order 48213? Also, please cancel order 51877.',
      'order_status',
      'cancel_order',
      ['51877'],
    ],
    ['How do I reset my password? And do you ship to Norway?', 'account_access', 'delivery_info', []],
    ['Please cancel 48213 and tell me where 51877 is', 'cancel_order', 'order_status', ['51877']],
    ['I cannot log in. Also where is my order?', 'account_access', 'order_status', []],
    [
      'Wo ist meine Bestellung 48213? Und ich brauche eine Rechnung für 47001.',
      'order_status',
      'invoice',
      ['47001'],
    ],
    [
      'Où est ma commande 48213 ? Je voudrais aussi une facture pour 47001.',
      'order_status',
      'invoice',
      ['47001'],
    ],
    ['¿Dónde está mi pedido? Y necesito una factura, por favor.', 'order_status', 'invoice', []],
    ['Hvor er min pakke? Og kan jeg få en faktura?', 'order_status', 'invoice', []],
  ])('%s', async (text, intent, other, orderNumbers) => {
    const found = await classify(text);
    expect(found.intent).toBe(intent);
    expect(found.further).toMatchObject([{ intent: other, orderNumbers }]);
    expect(found.further?.[0]?.confidence).toBeGreaterThanOrEqual(0.7);
  });
});

describe('one wish is one', () => {
  test.each([
    'My parcel has not arrived. I want my money back.',
    'It arrived broken. Can I get a refund? I ordered it last week.',
    'Can you tell me where my order is? I need it by Friday. Please hurry.',
    'Please cancel my order. I ordered by mistake. Can you confirm by mail?',
    'Can I change the address? I have moved. Please send it to Elm Street 4.',
    'Where is it? Where is my parcel? When will it come?',
    'I do not want to cancel, I want to know where it is',
    'Thanks. Where is my order?',
  ])('%s', async (text) => {
    expect((await classify(text)).further).toBeUndefined();
  });
});

test('a long letter is not taken apart', () => {
  expect(wishesApart(Array.from({ length: 8 }, (_, i) => `Can you answer question ${i}?`).join(' '))).toEqual(
    [],
  );
  expect(wishesApart('Can you help? '.repeat(5_000))).toEqual([]);
});

test.each(['and can ', ', also ', '? ', '\n', 'und wo '])('a hostile text takes no time: %j', (piece) => {
  const used = processorMs();
  wishesApart(piece.repeat(60_000 / piece.length));
  expect(used()).toBeLessThan(500);
});
