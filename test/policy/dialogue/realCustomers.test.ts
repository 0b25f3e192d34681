/**
 * Whole conversations as customers write them: typing errors, capitals, answers in another order than asked, a yes with its
 * reason, a changed mind. With the demo shop's policy; what is done, proposed and asked after each message is what counts.
 */
import { openQuestion } from '../../../src/core/conversation/dialogue';
import { Conversation, shop } from './dialogueShop';
import { demo, line, order, parcel } from '../support';

type Tongue = 'en' | 'de' | 'fr' | 'es';

const names: Readonly<Record<Tongue, readonly [string, string, string, string]>> = {
  en: ['Blue lamp', 'Red vase', 'Blue mug', 'Red mug'],
  de: ['Blaue Lampe', 'Rote Vase', 'Blaue Tasse', 'Rote Tasse'],
  fr: ['Lampe bleue', 'Vase rouge', 'Tasse bleue', 'Tasse rouge'],
  es: ['Lámpara azul', 'Jarrón rojo', 'Taza azul', 'Taza roja'],
};

/** 51880 can be cancelled, 51340 is on its way, the mugs of 60004 came. */
function ordersIn(tongue: Tongue) {
  const [lamp, vase, blue, red] = names[tongue];
  return [
    order({
      number: '51880',
      status: 'processing',
      shipments: [],
      items: [line(lamp, 1, 2_000), line(vase, 1, 2_900, '2')],
    }),
    order({ number: '51340', shipments: [parcel()] }),
    order({
      number: '60004',
      status: 'delivered',
      items: [line(blue, 1, 1_200), line(red, 1, 1_500, '2')],
      total: { minor: 2_700, currency: 'EUR' },
      shipments: [parcel({ status: 'delivered', deliveredOn: '2026-11-24' })],
    }),
  ];
}

/** `did cancel 51880`, `proposes refund 60004`, `asks address`, or the rule that decided. */
function outcomeOf(ana: Conversation): string {
  const [deed] = ana.done;
  if (deed !== undefined) return `did ${deed.type} ${deed.order}`;
  const asked = ana.plans.at(-1)?.rule === 'thanks' ? null : openQuestion(ana.dialogue);
  const [proposed] = asked?.actions ?? [];
  if (proposed !== undefined) return `proposes ${proposed.type} ${proposed.order}`;
  return asked === null ? (ana.plans.at(-1)?.rule ?? 'nothing') : `asks ${asked.slot}`;
}

beforeAll(async () => {
  await shop();
}, 120_000);

type Step = readonly [says: string, outcome: string];
const cancelling = 'proposes cancel 51880';
const refunding = 'proposes refund 60004';

const conversations: readonly (readonly [Tongue, string, readonly Step[]])[] = [
  [
    'en',
    'a yes with its reason',
    [
      ["I'd like to cancel order 51880", cancelling],
      ['Yes, cancel it, the lamp is ugly', 'did cancel 51880'],
    ],
  ],
  [
    'de',
    'a yes with its reason, after a word too many',
    [
      ['hallo könnt ihr bitte die bestelung 51880 storniren brauch sie nich mehr', cancelling],
      ['Ja, stornieren Sie sie, die Lampe ist hässlich', 'did cancel 51880'],
    ],
  ],
  [
    'fr',
    'a yes with its reason, after one that says another thing',
    [
      ['annulez la commande 51880 svp', cancelling],
      ['oui annulez, mais la lampe doit aller chez ma mère', 'cancel-by-person'],
    ],
  ],
  [
    'es',
    'a yes with its reason',
    [
      ['ola quiero canselar mi pedido 51880 porfa ya no lo nesesito', cancelling],
      ['Sí, cancélenlo, la lámpara es fea', 'did cancel 51880'],
    ],
  ],
  [
    'en',
    'a yes that names the thing, and one that names another',
    [
      ['the blue mug of 60004 is chipped, money back please because it leaks', refunding],
      ['yes, refund the red mug', refunding],
      ['yes, refund the red mug', 'did refund 60004'],
    ],
  ],
  [
    'de',
    'a yes that names the thing',
    [
      ['die blaue tasse aus 60004 hat einen riss, geld zurück bitte weil sie undicht ist', refunding],
      ['ja, bitte die blaue tasse erstatten', 'did refund 60004'],
    ],
  ],
  [
    'fr',
    'a yes that names the thing',
    [
      ["la tasse bleue de la 60004 est arrivée en morceaux, remboursez-moi parce qu'elle fuit", refunding],
      ['oui, remboursez la tasse bleue', 'did refund 60004'],
    ],
  ],
  [
    'es',
    'a yes that names the thing',
    [
      ['la taza azul del 60004 está rajada, devuélvanme el dinero porque gotea', refunding],
      ['sí, reembolsen la taza azul', 'did refund 60004'],
    ],
  ],
  [
    'en',
    'a no behind a sigh, with its reason',
    [
      ['cancel 51880', cancelling],
      ['hmm actually no, keep it, my wife likes it', 'cancel-now'],
    ],
  ],
  [
    'de',
    'a polite wish in capitals is no anger, and a no goes on',
    [
      ['BITTE BESTELLUNG 51880 STORNIEREN', cancelling],
      ['ach ne, doch nicht, meine frau will sie behalten', 'cancel-now'],
    ],
  ],
  [
    'en',
    'the address before the order',
    [
      ['I need to change the delivery address', 'asks order-number'],
      ["it's 4 Mill Lane, 8000 Aarhus", 'asks order-number'],
      ['oh the order is 51880', 'proposes change-address 51880'],
      ['looks good', 'did change-address 51880'],
    ],
  ],
  [
    'fr',
    'the address alone, and before the order',
    [
      ["je voudrais changer l'adresse de livraison de ma commande", 'asks order-number'],
      ['7 rue de la Gare, 75011 Paris', 'asks order-number'],
      ["pardon, c'est la 51880", 'proposes change-address 51880'],
      ["oui c'est correct", 'did change-address 51880'],
    ],
  ],
  [
    'es',
    'nothing is to be cancelled',
    [['no cancelen nada!! solo quiero saber cuando llega el 51340', 'order-in-transit']],
  ],
  [
    'de',
    'nothing is to be cancelled',
    [['bitte nichts stornieren!! will nur wissen wann 51340 kommt', 'order-in-transit']],
  ],
  [
    'en',
    'the thing is named, and no number',
    [
      ['hey can u cancel the lamp n vase order, bought it somewhere else', cancelling],
      ['yup', 'did cancel 51880'],
    ],
  ],
  [
    'de',
    'the thing is named, and no number',
    [
      ['Hallo, ich möchte die Bestellung mit der Vase bitte wieder stornieren. LG', cancelling],
      ['Jup passt', 'did cancel 51880'],
    ],
  ],
  [
    'fr',
    'the thing is named, and no number',
    [
      ['slt je voudrais annuler la commande avec la lampe svp', cancelling],
      ['oui c bon', 'did cancel 51880'],
      ['et je serai remboursé quand ?', 'refund-by-person'],
    ],
  ],
  [
    'es',
    'the thing is named, and no number',
    [
      ['Quiero anular el pedido de la lámpara', cancelling],
      ['sip', 'did cancel 51880'],
    ],
  ],
  [
    'en',
    'the thing of another order than the one that was spoken of',
    [
      ['where is 51340', 'order-in-transit'],
      ['ok and cancel my lamp order please', cancelling],
    ],
  ],
  [
    'es',
    'broken, named, and wanted anew',
    [
      ['La taza azul me ha llegado rota, pierde agua por abajo', 'asks reason'],
      ['no quiero el dinero, quiero otra', 'wants-replacement'],
    ],
  ],
  [
    'en',
    'a new one in place of the money',
    [
      ['the blue mug of 60004 is chipped, money back please because it leaks', refunding],
      ["no, I'd rather have a new one", 'wants-replacement'],
    ],
  ],
  [
    'en',
    'a no in other words',
    [
      ['cancel 51880', cancelling],
      ["oh that's fine then, keep it", 'cancel-now'],
    ],
  ],
  [
    'de',
    'a no for now',
    [
      ['kann man 51880 noch stornieren?', cancelling],
      ['ok, dann erstmal nicht', 'cancel-now'],
    ],
  ],
  [
    'fr',
    'an address that is to stay',
    [
      ["je peux changer l'adresse de livraison de la 51880 ?", 'asks address'],
      ['en fait non laissez, je serai là', 'never-mind'],
    ],
  ],
  [
    'fr',
    'a thing that is to be taken out',
    [
      ["J'annule la 51880 finalement", cancelling],
      ['Attendez, est-ce que je peux juste enlever la lampe ?', 'change-order-by-person'],
    ],
  ],
  [
    'de',
    'an empty parcel',
    [['Paket leer!! Da war nur Füllmaterial drin. Bestellung 60004', 'order-delivered-but-missing']],
  ],
  [
    'es',
    'somebody else has it',
    [
      [
        'El paquete no lo tengo yo, y el repartidor dice que lo dejó. Pedido 60004',
        'order-delivered-but-missing',
      ],
    ],
  ],
  ['es', 'the wrong address', [['Me he equivocado de dirección en el 51880, qué hago?', 'asks address']]],
  ['es', 'where they deliver', [['enviáis a Canarias?', 'delivery-info']]],
  ['fr', 'where they deliver', [['Livrez vous en Belgique ? et en combien de temps', 'delivery-info']]],
  ['fr', 'when it comes', [["c'est quand que je reçois ma commande 51340", 'order-in-transit']]],
  [
    'fr',
    'still nothing',
    [["Bonjour, j'ai commandé y'a 10 jours et toujours rien, n° 51340", 'order-in-transit']],
  ],
  ['de', 'still waiting', [['Seit einer Woche warte ich auf 51340', 'order-in-transit']]],
];

test.each(conversations)('%s, %s', async (tongue, _what, steps) => {
  const ana = new Conversation(ordersIn(tongue), await demo());
  for (const [says, outcome] of steps) {
    await ana.customer(says);
    expect([says, outcomeOf(ana)]).toEqual([says, outcome]);
  }
});

test.each([
  ['de', 'Tag, zwei Fragen: kann man 51880 noch stornieren und wo ist eigentlich 51340?'],
  ['es', 'dónde está el 51340 y me podéis cancelar el 51880?'],
] as const)('%s, two orders and two matters: %s', async (tongue, says) => {
  const ana = new Conversation(ordersIn(tongue), await demo());
  await ana.customer(says);
  expect(outcomeOf(ana)).toBe(cancelling);
  expect(ana.plans.at(-1)?.rule).toContain('order-in-transit');
});

test.each([
  ['en', 'I moved, please send 51880 to 12 Oak Street, 8000 Aarhus. Where is 51340 by the way?'],
  [
    'de',
    'Wir sind umgezogen, könnten Sie 51880 an Bahnhofstraße 7, 10115 Berlin schicken? Und wann kommt 51340?',
  ],
  [
    'fr',
    "J'ai déménagé, merci d'envoyer la 51880 au 12 rue des Lilas, 75011 Paris. Au fait, où est la 51340 ?",
  ],
  ['es', 'Me he mudado, envíen el 51880 a Calle Mayor 5, 28013 Madrid. Por cierto, ¿dónde está el 51340?'],
] as const)('%s, an address behind the news, and a question: %s', async (tongue, says) => {
  const ana = new Conversation(ordersIn(tongue), await demo());
  await ana.customer(says);
  expect(outcomeOf(ana)).toBe('proposes change-address 51880');
  expect(ana.plans.at(-1)?.rule).toContain('order-in-transit');
});
