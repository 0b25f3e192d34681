/**
 * The bot proposes, and the customer answers neither yes nor no but something else: another proposal, a question or a
 * person comes of it, in each language; never what they did not want, and never silence. With the demo shop's policy.
 */
import type { LoadedPolicy } from '../../../src/policy/load/loadPolicy';
import { Conversation, shop } from './dialogueShop';
import { demo, line, order, parcel, questionOf } from '../support';

const orders = [
  order({
    number: '48213',
    status: 'processing',
    placedOn: '2026-11-23',
    shipments: [],
    items: [line('Blue lamp', 1, 2_000), line('Red vase', 1, 2_900, '2')],
  }),
  order({
    number: '51877',
    status: 'processing',
    placedOn: '2026-11-20',
    shipments: [],
    items: [line('Wool blanket', 1, 2_000)],
  }),
  order({
    number: '60004',
    status: 'delivered',
    placedOn: '2026-11-10',
    items: [line('Blue mug', 1, 1_000), line('Red mug', 1, 1_500, '2'), line('Green bowl', 1, 1_700, '3')],
    total: { minor: 4_200, currency: 'EUR' },
    shipments: [parcel({ status: 'delivered', deliveredOn: '2026-11-24' })],
  }),
];

const wishes = {
  en: {
    cancel: 'Please cancel order 48213.',
    refund: 'The blue mug of order 60004 arrived broken. I want a refund because the handle is off.',
    address: 'Please change the address of order 48213 to Elm Street 4, 8000 Aarhus',
  },
  de: {
    cancel: 'Bitte stornieren Sie meine Bestellung 48213.',
    refund:
      'Der Artikel Blue mug aus Bestellung 60004 ist kaputt angekommen. Ich will mein Geld zurück, weil der Henkel ab ist.',
    address: 'Bitte ändern Sie die Lieferadresse von Bestellung 48213 auf Elm Street 4, 8000 Aarhus',
  },
  fr: {
    cancel: 'Je voudrais annuler ma commande 48213.',
    refund:
      "L'article Blue mug de la commande 60004 est arrivé cassé. Je veux un remboursement parce que l'anse est cassée.",
    address: "Je voudrais changer l'adresse de livraison de la commande 48213 : Elm Street 4, 8000 Aarhus",
  },
  es: {
    cancel: 'Quiero cancelar mi pedido 48213.',
    refund: 'El artículo Blue mug del pedido 60004 llegó roto. Quiero el reembolso porque el asa está rota.',
    address: 'Quiero cambiar la dirección del pedido 48213 a Elm Street 4, 8000 Aarhus',
  },
} as const;

type Tongue = keyof typeof wishes;
type Wish = keyof (typeof wishes)['en'];
/** What was done | what is proposed or asked, or that a person has it. */
type Outcome = string;

let policy: LoadedPolicy;
beforeAll(async () => {
  await shop();
  policy = await demo();
}, 120_000);

const proposed = new Map<string, Promise<Conversation>>();

async function propose(tongue: Tongue, wish: Wish): Promise<Conversation> {
  const ana = new Conversation(orders, policy);
  await ana.customer(wishes[tongue][wish]);
  expect(questionOf(ana.plans[0])?.kind).toBe('confirm');
  return ana;
}

async function outcomeOf(tongue: Tongue, wish: Wish, ...words: readonly string[]): Promise<Outcome> {
  const place = `${tongue} ${wish}`;
  const before = proposed.get(place) ?? propose(tongue, wish);
  proposed.set(place, before);
  const ana = (await before).copy();
  for (const answer of words) await ana.customer(answer);
  const done = ana.done.map((deed) => `${deed.type} ${deed.order}`).join(', ');
  const question = questionOf(ana.plans.at(-1));
  const asks = question === null ? 'nothing' : question.kind === 'ask' ? question.slot : proposalOf(question);
  return `${done || 'nothing'} | ${ana.handedOver ? 'a person' : asks}`;
}

function proposalOf({ actions }: NonNullable<ReturnType<typeof questionOf>>): string {
  return actions
    .map((deed) => {
      const amount = deed.type === 'refund' ? ` ${deed.amount.minor}` : '';
      const address = deed.type === 'change-address' ? ` ${deed.address.replace('\n', ', ')}` : '';
      return `${deed.type} ${deed.order}${amount}${address}?`;
    })
    .join(', ');
}

const both = 'nothing | refund 60004 2500?';
const redOnly = 'nothing | refund 60004 1500?';
const theOther = 'nothing | cancel 51877?';
const aPerson = 'nothing | a person';
const house14 = 'nothing | change-address 48213 Elm Street 14, 8000 Aarhus?';

describe.each<[Tongue, Wish, readonly (readonly [string, Outcome])[]]>([
  [
    'en',
    'refund',
    [
      ['No, the red one and the blue one', both],
      ['no, only the red one', redOnly],
      ['yes but the red one too', both],
      ['no, all three', 'nothing | refund 60004 4200?'],
      ['not the blue one', 'nothing | item'],
      ['no, the blue one is fine, the red one is broken', redOnly],
      ['only the blue one', 'nothing | refund 60004 1000?'],
      ['yes please, and also change my address', 'refund 60004 | order-number'],
      ['not that order, 51877', aPerson],
    ],
  ],
  [
    'de',
    'refund',
    [
      ['Nein, Red mug und Blue mug', both],
      ['nein, nur Red mug', redOnly],
      ['Ja, und Red mug auch', both],
      ['Ja bitte, und ändern Sie auch meine Adresse', 'refund 60004 | order-number'],
    ],
  ],
  [
    'fr',
    'refund',
    [
      ['Non, le Red mug et le Blue mug', both],
      ['non, seulement le Red mug', redOnly],
      ['oui mais le Red mug aussi', both],
      ['non, les deux mugs', both],
      ["Oui s'il vous plaît, et changez aussi mon adresse", 'refund 60004 | order-number'],
    ],
  ],
  [
    'es',
    'refund',
    [
      ['No, la Red mug y la Blue mug', both],
      ['no, solo Red mug', redOnly],
      ['no, las tres', 'nothing | refund 60004 4200?'],
      ['Sí, por favor, y cambie también mi dirección', 'refund 60004 | order-number'],
    ],
  ],
  [
    'en',
    'cancel',
    [
      ['no, only the blue lamp', aPerson],
      ['yes, the whole order', 'cancel 48213 | nothing'],
      ['yes but send the rest', aPerson],
      ['not that order, 51877', theOther],
      ['no, 51877', theOther],
      ['no, the one with the blanket', theOther],
      ['that is the wrong order', theOther],
      ['yes, and 51877 too', 'cancel 48213 | cancel 51877?'],
      ['yes please, and also change my address', 'cancel 48213 | nothing'],
      ['yes please, and send me the invoice', 'cancel 48213, resend-invoice 48213 | nothing'],
      ['No, do not cancel it, I need the lamp', 'nothing | nothing'],
    ],
  ],
  [
    'de',
    'cancel',
    [
      ['nein, nur Blue lamp', aPerson],
      ['Ja, aber schicken Sie den Rest', aPerson],
      ['nicht diese Bestellung, 51877', theOther],
      ['nein, die andere Bestellung', theOther],
      ['ja, und 51877 auch', 'cancel 48213 | cancel 51877?'],
      ['Ja bitte, und ändern Sie auch meine Adresse', 'cancel 48213 | nothing'],
    ],
  ],
  [
    'fr',
    'cancel',
    [
      ['non, seulement Blue lamp', aPerson],
      ['oui, mais envoyez le reste', aPerson],
      ['pas cette commande, 51877', theOther],
      ["non, l'autre commande", theOther],
      ['oui, et 51877 aussi', 'cancel 48213 | cancel 51877?'],
    ],
  ],
  [
    'es',
    'cancel',
    [
      ['no, solo Blue lamp', aPerson],
      ['sí, pero envíe el resto', aPerson],
      ['ese pedido no, el 51877', theOther],
      ['pedido equivocado', theOther],
      ['sí, y 51877 también', 'cancel 48213 | cancel 51877?'],
    ],
  ],
  [
    'en',
    'address',
    [
      ['no, Elm Street 14', house14],
      ['yes but number 14', house14],
      ['it is 8200', 'nothing | change-address 48213 Elm Street 4, 8200 Aarhus?'],
      ['that is the wrong address', 'nothing | address'],
      ['no, for 51877', 'nothing | change-address 51877 Elm Street 4, 8000 Aarhus?'],
      ['no cancel it', 'nothing | cancel 48213?'],
    ],
  ],
  ['de', 'address', [['ja, aber Hausnummer 14', house14]]],
  ['fr', 'address', [['non, au numéro 14', house14]]],
  ['es', 'address', [['no, el número 14', house14]]],
])('%s, %s', (tongue, wish, answers) => {
  test.each(answers)('%j', async (words, outcome) => {
    expect(await outcomeOf(tongue, wish, words)).toBe(outcome);
  });
});

test('a yes to the new proposal does that, and nothing of the first one', async () => {
  expect(await outcomeOf('en', 'cancel', 'not that order, 51877', 'yes')).toBe('cancel 51877 | nothing');
  expect(await outcomeOf('en', 'refund', 'no, only the red one', 'yes')).toBe('refund 60004 | nothing');
});

test('"51877 too" goes to the same address, once that is said yes to as well', async () => {
  expect(await outcomeOf('en', 'address', 'yes, and 51877 too')).toBe(
    'change-address 48213 | change-address 51877 Elm Street 4, 8000 Aarhus?',
  );
  expect(await outcomeOf('en', 'address', 'yes, and 51877 too', 'yes')).toBe(
    'change-address 51877 | nothing',
  );
});

test('who corrects again and again comes to a person', async () => {
  const answers = ['no, the red one', 'no, the blue one', 'no, the red one', 'no, the blue one'];
  expect(await outcomeOf('en', 'refund', ...answers)).toBe(aPerson);
});

test('an answer that is the name of what was bought does not change the language', async () => {
  const ana = await propose('fr', 'refund');
  expect(await ana.customer('non, seulement Red mug')).toContain('Voulez-vous');
});
