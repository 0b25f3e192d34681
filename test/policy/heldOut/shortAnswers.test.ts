/** What is made of short answers, in four languages: money moves on a yes alone, and what is not plain is asked again. */
import type { LoadedPolicy } from '../../../src/policy/load/loadPolicy';
import { Conversation, shop, type Line } from '../dialogue/dialogueShop';
import { demo, line, order, parcel, questionOf } from '../support';
import { shortAnswers, type Asked, type Meant, type Row, type Tongue } from './shortAnswers';

const arrived = [parcel({ status: 'delivered', deliveredOn: '2026-11-24' })];
const names = {
  en: { lamp: 'Lamp', socks: 'Wool socks', mugs: 'Mugs', blue: 'Blue mug', red: 'Red mug' },
  de: { lamp: 'Lampe', socks: 'Wollsocken', mugs: 'Tassen', blue: 'Blaue Tasse', red: 'Rote Tasse' },
  fr: {
    lamp: 'Lampe',
    socks: 'Chaussettes en laine',
    mugs: 'Tasses',
    blue: 'Tasse bleue',
    red: 'Tasse rouge',
  },
  es: { lamp: 'Lámpara', socks: 'Calcetines de lana', mugs: 'Tazas', blue: 'Taza azul', red: 'Taza roja' },
} as const;

function ordersFor(tongue: Tongue, asked: Asked) {
  const { lamp, socks, mugs, blue, red } = names[tongue];
  const open = order({
    number: '48213',
    placedOn: '2026-11-23',
    status: 'processing',
    shipments: [],
    items: [line(lamp, 1, 4_900)],
  });
  switch (asked) {
    case 'which':
      return [
        open,
        order({ number: '51877', placedOn: '2026-11-18', items: [line(socks, 1, 1_900)] }),
        order({ number: '60010', placedOn: '2026-10-30', items: [line(mugs, 2, 1_200)] }),
      ];
    case 'item':
      return [
        order({
          number: '60004',
          status: 'delivered',
          items: [line(blue, 1, 1_200), line(red, 1, 1_500, '2')],
          total: { minor: 2_700, currency: 'EUR' },
          shipments: arrived,
        }),
      ];
    case 'pieces':
      return [
        order({
          number: '60004',
          status: 'delivered',
          items: [line(blue, 4, 1_200)],
          total: { minor: 4_800, currency: 'EUR' },
          shipments: arrived,
        }),
      ];
    case 'cancel':
    case 'address':
    case 'postal-code':
    case 'email':
      return [open];
  }
}

const broken: Readonly<Record<Tongue, string>> = {
  en: 'Something of order 60004 arrived broken, I want my money back',
  de: 'Etwas aus der Bestellung 60004 kam kaputt an, ich möchte mein Geld zurück',
  fr: 'Un article de ma commande 60004 est arrivé cassé, je voudrais être remboursée',
  es: 'Algo del pedido 60004 llegó roto, quiero que me devuelvan el dinero',
};
const wishes: Readonly<Record<Tongue, Readonly<Record<Asked, string>>>> = {
  en: {
    cancel: 'Please cancel order 48213',
    which: 'Where is my order?',
    item: broken.en,
    pieces: broken.en,
    address: 'I want to change the delivery address of order 48213',
    'postal-code': 'Where is my order 48213?',
    email: 'I need an invoice',
  },
  de: {
    cancel: 'Bitte stornieren Sie die Bestellung 48213',
    which: 'Wo ist meine Bestellung?',
    item: broken.de,
    pieces: broken.de,
    address: 'Ich möchte die Lieferadresse der Bestellung 48213 ändern',
    'postal-code': 'Wo ist meine Bestellung 48213?',
    email: 'Ich brauche eine Rechnung',
  },
  fr: {
    cancel: 'Je voudrais annuler ma commande 48213',
    which: 'Où est ma commande ?',
    item: broken.fr,
    pieces: broken.fr,
    address: "Je voudrais changer l'adresse de livraison de la commande 48213",
    'postal-code': 'Où est ma commande 48213 ?',
    email: "J'ai besoin d'une facture",
  },
  es: {
    cancel: 'Quiero cancelar mi pedido 48213',
    which: '¿Dónde está mi pedido?',
    item: broken.es,
    pieces: broken.es,
    address: 'Quiero cambiar la dirección de entrega del pedido 48213',
    'postal-code': '¿Dónde está mi pedido 48213?',
    email: 'Necesito una factura',
  },
};
const slots: Readonly<Record<Exclude<Asked, 'cancel'>, string>> = {
  which: 'order-number',
  item: 'item',
  pieces: 'pieces',
  address: 'address',
  'postal-code': 'postal-code',
  email: 'email',
};

let policy: LoadedPolicy;
beforeAll(async () => {
  await shop();
  policy = await demo();
}, 120_000);

const begun = new Map<string, Promise<Conversation>>();
/** Who is nobody to the desk is asked for a code or an address. */
const writesAs = (asked: Asked): Line =>
  asked === 'postal-code' || asked === 'email' ? { trusted: false } : {};

async function begin(tongue: Tongue, asked: Asked): Promise<Conversation> {
  const ana = new Conversation(ordersFor(tongue, asked), asked === 'email' ? undefined : policy);
  await ana.customer(wishes[tongue][asked], writesAs(asked));
  const wanted = asked === 'cancel' ? 'confirmation' : slots[asked];
  expect([tongue, questionOf(ana.plans[0])?.slot]).toEqual([tongue, wanted]);
  return ana;
}

async function heard([tongue, asked, , words]: Row): Promise<Meant> {
  const place = `${tongue} ${asked}`;
  const before = begun.get(place) ?? begin(tongue, asked);
  begun.set(place, before);
  const ana = (await before).copy();
  await ana.customer(words, writesAs(asked));
  if (asked === 'cancel') {
    if (ana.done.length > 0) return 'yes';
    const reply = ana.plans[0]?.actions.find(({ type }) => type === 'reply');
    return reply?.type === 'reply' && reply.template.includes('nothing-done') ? 'no' : '?';
  }
  const slot = ana.dialogue.slots[slots[asked]];
  return slot === undefined || slot.commentId === '1'
    ? '?'
    : slot.value.split('\n').join(asked === 'item' ? ', ' : '\n');
}

test('there are 150, of every kind in every language', () => {
  expect(shortAnswers).toHaveLength(150);
  expect(new Set(shortAnswers.map(([tongue, asked]) => `${tongue} ${asked}`)).size).toBe(28);
});

test.each(shortAnswers)('%s, %s: %j is %j', async (...row) => {
  expect(await heard(row)).toBe(row[2]);
});
