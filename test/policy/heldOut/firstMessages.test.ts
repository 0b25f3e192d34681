/** What the demo policy does about a first message, word for word as it came in. */
import { Conversation, shop } from '../dialogue/dialogueShop';
import { demo, line, order, parcel } from '../support';
import { FIRST_MESSAGES } from './firstMessages';

const packed = order({
  number: '1002',
  status: 'processing',
  shipments: [],
  items: [line('Blue mug', 1, 1_500), line('Lamp', 1, 4_900, '2')],
});
const delivered = order({
  number: '1001',
  status: 'delivered',
  placedOn: '2026-11-10',
  items: [line('Mug', 1, 1_900), line('Jarrón', 1, 2_500, '2')],
  total: { minor: 4_400, currency: 'EUR' },
  shipments: [parcel({ status: 'delivered', deliveredOn: '2026-11-20' })],
});

beforeAll(shop, 120_000);

async function firstTurn(words: string): Promise<Conversation> {
  const ana = new Conversation([packed, delivered], await demo());
  await ana.customer(words);
  return ana;
}

test.each(FIRST_MESSAGES)('%j: %s', async (words, rule) => {
  const ana = await firstTurn(words);
  expect(ana.plans.map((plan) => plan.rule)).toEqual([rule]);
});

test('whatever the first message is, nothing is done to an order but to send its invoice again', async () => {
  const done = await Promise.all(FIRST_MESSAGES.map(async ([words]) => (await firstTurn(words)).done));
  expect(new Set(done.flat().map(({ type }) => type))).toEqual(new Set(['resend-invoice']));
});

test.each([
  ['please cancel my order 1002, bought it by accident', 'Shall I cancel it?'],
  ['Quand serai-je remboursé pour la commande 1001 ?', "Je l'ai transmis à un collègue"],
  ['la direccion de envio del pedido 1002 esta mal', 'todavía no ha salido'],
  ['adresse aendern bestellung 1002 bitte', 'Wohin soll sie gehen?'],
])('%j is answered in its language: %s', async (words, reply) => {
  const ana = new Conversation([packed, delivered], await demo());
  expect(await ana.customer(words)).toContain(reply);
});
