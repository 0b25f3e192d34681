/**
 * Answers as customers write them, with what should come of each. They were written before the code that reads them
 * was looked at, and are not to be learnt from: a message that is read wrongly is mended in general, or stays here as
 * a known gap.
 */
import { line, order, parcel } from '../support';

/** What the customer reads and what is done, in one line: "did cancel 48213 | Order 48213 is cancelled." */
type Outcome = RegExp;

export interface Situation {
  readonly name: string;
  readonly orders: readonly ReturnType<typeof order>[];
  /** What was said before; none for a first message. */
  readonly before: readonly string[];
  readonly messages: readonly (readonly [string, Outcome])[];
}

const cancelled = /^did cancel 48213 \|/;
const kept = /^did nothing \| (Then I leave it as it is|Dann bleibt alles)/;
const notDone = /^did nothing \|/;
const askedWhichOrder = /^did nothing \| Which order is it about\?/;
const askedWhere = /^did nothing \| Where shall order 48213 go\?/;

const about = (number: string): Outcome => new RegExp(`^did nothing \\| Order ${number} is `);
const proposesItem = (item: string): Outcome =>
  new RegExp(`^did nothing \\| Shall I refund .+ for the ${item}\\?`);
const proposesAddress = (street: string, town: string): Outcome =>
  new RegExp(`^did nothing \\| Shall order 48213 go to ${street}\\s${town}\\?`);

type Mugs = 'delivered' | 'in-transit';

/** Newest first, as a shop lists them; the clock stands at Wednesday, 25 November 2026. */
function three(lamp: string, socks: string, blue: string, red: string, mugs: Mugs): Situation['orders'] {
  return [
    order({
      number: '48213',
      placedOn: '2026-11-23',
      status: 'processing',
      shipments: [],
      items: [line(lamp, 1, 4_900)],
    }),
    order({
      number: '51877',
      placedOn: '2026-11-18',
      items: [line(socks, 1, 1_900)],
      shipments: [parcel({ items: [{ name: socks, quantity: 1 }] })],
    }),
    order({
      number: '60004',
      placedOn: '2026-10-30',
      status: mugs,
      items: [line(blue, 1, 1_200, '1'), line(red, 1, 1_500, '2')],
      total: { minor: 2_700, currency: 'EUR' },
      shipments: [parcel({ status: mugs })],
    }),
  ];
}

const english = (mugs: Mugs) => three('Desk lamp', 'Wool socks', 'Blue mug', 'Red mug', mugs);
const german = (mugs: Mugs) => three('Schreibtischlampe', 'Wollsocken', 'Blaue Tasse', 'Rote Tasse', mugs);
const french = (mugs: Mugs) =>
  three('Lampe de bureau', 'Chaussettes en laine', 'Tasse bleue', 'Tasse rouge', mugs);
const spanish = (mugs: Mugs) =>
  three('Lámpara de mesa', 'Calcetines de lana', 'Taza azul', 'Taza roja', mugs);
const danish = (mugs: Mugs) => three('Bordlampe', 'Uldsokker', 'Blå kop', 'Rød kop', mugs);

export const situations: readonly Situation[] = [
  {
    name: 'shall we cancel 48213?',
    orders: english('delivered'),
    before: ['Please cancel order 48213', 'I found it cheaper in another shop'],
    messages: [
      ['Yes, exactly that order please', cancelled],
      ['sure, no problem, cancel it', cancelled],
      ['Correct! Please cancel.', cancelled],
      ['Yes. Please also tell me how I get my password back', cancelled],
      ['Ja bitte, und schicken Sie mir auch die Rechnung', cancelled],
      ['Aber gerne doch, ja', cancelled],
      ["Oui, c'est bon pour moi, merci", cancelled],
      ['Claro, canceladlo', cancelled],
      ['Ja, annuller den bare', cancelled],
      ['Please leave my order alone', kept],
      ['Stornieren Sie die Bestellung auf keinen Fall', kept],
      ['Finalement je la garde', kept],
      ['Ya no quiero cancelarlo', kept],
      ['Jeg har fortrudt, behold ordren', kept],
      ['yes, after you tell me what it costs', notDone],
      ['Only if I get everything back', notDone],
      ['Ja, sobald das Geld da ist', notDone],
      ['yes to the lamp, no to the rest', notDone],
      ['Is that a yes or no question?', notDone],
      ['Oui, sauf si elle est déjà partie', notDone],
      ['Yes, that one', cancelled],
      ['yes, please do, thanks a lot!', cancelled],
      ['Yep, go for it', cancelled],
      ["That's right, cancel it", cancelled],
      ['Yes, and send me the invoice please', cancelled],
      ['yes yes yes', cancelled],
      ['OK thank you', cancelled],
      ['Jawohl', cancelled],
      ['Ja, machen Sie das bitte', cancelled],
      ['Ja, genau, vielen Dank!', cancelled],
      ['Oui, allez-y, merci beaucoup', cancelled],
      ["d'accord, faites-le", cancelled],
      ['Sí, adelante, gracias', cancelled],
      ['Vale, hazlo', cancelled],
      ['Ja tak, gør det bare', cancelled],
      ['Selvfølgelig, det må du gerne', cancelled],
      ['> Shall I cancel order 48213? Yes or no.\nyes', cancelled],
      ['Nope, leave it', kept],
      ['Absolutely not', kept],
      ['Do not do that', kept],
      ['Nein, bitte nicht stornieren', kept],
      ['Bloß nicht!', kept],
      ['Non, surtout pas', kept],
      ["Ne l'annulez pas", kept],
      ['No, mejor no', kept],
      ['No la cancelen, por favor', kept],
      ['Nej, lad være', kept],
      ['No\n\nOn Tue, 24 Nov 2026 at 09:14, Care <care@shop.example> wrote:\n> yes please cancel it', kept],
      ['yes but can I keep the free gift', notDone],
      ['Yes, unless it has already shipped', notDone],
      ['I guess so?', notDone],
      ['Not yet, please wait until tomorrow', notDone],
      ['Why not', notDone],
      ['Ja, aber erst nächste Woche', notDone],
      ['Oui mais pas la lampe', notDone],
      ['Sí, pero solo si me devuelven el dinero', notDone],
      ['Ja, men kun hvis det er gratis', notDone],
      ['I said yes to my wife, but not to this', notDone],
      ['Yes, what happens to my money then?', notDone],
      ['No, I mean yes', notDone],
      ['No wait, cancel the other one, 51877', notDone],
      // Taken back within one comment.
      ['Yes please cancel it. Wait, no, keep it', notDone],
      ['Yes, go ahead. Oh no, sorry, please leave it', notDone],
      ['Yes please.\n\nActually, send it after all', notDone],
      ['Yes! Hmm. On second thoughts, no.', notDone],
      ['Ja bitte stornieren. Halt, doch nicht', notDone],
      ['Oui, annulez. Ah non, attendez, gardez-la', notDone],
      ['Sí, cancélelo. Espere, mejor no', notDone],
      ['Ja tak, annuller den. Vent, nej, alligevel ikke', notDone],
      ['> Shall I cancel order 48213? Yes or no.\n> yes', notDone],
    ],
  },
  {
    name: 'which order?',
    orders: english('in-transit'),
    before: ['Where is my order?'],
    messages: [
      ['My latest one please', about('48213')],
      ['it was the order with the lamp in it', about('48213')],
      ['ordered it on Monday', about('48213')],
      ['the October one', about('60004')],
      ['the mugs', about('60004')],
      ['number three', about('60004')],
      ['not the lamp, the socks', about('51877')],
      ['the one I paid 49 euros for', askedWhichOrder],
      ['one of the first two', askedWhichOrder],
      ['the one with the blue mug', about('60004')],
      ['the newest', about('48213')],
      ['the oldest one please', about('60004')],
      ['the one from last week', about('51877')],
      ['the one from 18 November', about('51877')],
      ['the second one', about('51877')],
      ['The socks', about('51877')],
      ['the lamp, not the socks', about('48213')],
      ['the one with the mug', about('60004')],
      ['My postal code is 1050', askedWhichOrder],
      ['the one with the toaster', askedWhichOrder],
    ],
  },
  {
    name: 'which order, in German?',
    orders: german('in-transit'),
    before: ['Wo ist meine Bestellung?'],
    messages: [
      ['die mit den Socken', about('51877')],
      ['Es geht um die Wollsocken', about('51877')],
      ['die älteste bitte', about('60004')],
      ['die vom 18.11.', about('51877')],
      ['Die mit der blauen Tasse', about('60004')],
      ['die neueste', about('48213')],
      ['die von letzter Woche', about('51877')],
      ['die zweite', about('51877')],
    ],
  },
  {
    name: 'which order, in French?',
    orders: french('in-transit'),
    before: ['Où est ma commande ?'],
    messages: [
      ['celle du 18 novembre', about('51877')],
      ['la lampe', about('48213')],
      ['celle avec la tasse bleue', about('60004')],
      ['la plus ancienne', about('60004')],
      ['la deuxième', about('51877')],
      ['celle de la semaine dernière', about('51877')],
    ],
  },
  {
    name: 'which order, in Spanish?',
    orders: spanish('in-transit'),
    before: ['¿Dónde está mi pedido?'],
    messages: [
      ['el más antiguo', about('60004')],
      ['el de los calcetines', about('51877')],
      ['el de la taza azul', about('60004')],
      ['el más reciente', about('48213')],
      ['el segundo', about('51877')],
      ['el de la semana pasada', about('51877')],
    ],
  },
  {
    name: 'which order, in Danish?',
    orders: danish('in-transit'),
    before: ['Hvor er min ordre?'],
    messages: [
      ['den nyeste', about('48213')],
      ['den med lampen', about('48213')],
      ['den tredje', about('60004')],
      ['den med den blå kop', about('60004')],
      ['den ældste', about('60004')],
      ['den fra sidste uge', about('51877')],
      ['nummer to', about('51877')],
    ],
  },
  {
    name: 'which order, when none is known?',
    orders: [order({ number: '48213', customerEmail: 'tom@mail.example' })],
    before: ['Where is my order?'],
    messages: [
      ['our house number is 4821', askedWhichOrder],
      ['it cost 12900 in total', askedWhichOrder],
      ['born 24121985', askedWhichOrder],
      ['48213 is the order, 20304050 my phone', /^did nothing \| I cannot find that order for your address/],
      ['Telefon: 01761234567', askedWhichOrder],
      ['My postal code is 1050', askedWhichOrder],
      ['my phone number is 20304050', askedWhichOrder],
      ['I paid 4900 kr for it', askedWhichOrder],
      ['We live at 4821 Elm Street', askedWhichOrder],
      ['Meine Postleitzahl ist 10115', askedWhichOrder],
      ['mon code postal est 75011', askedWhichOrder],
      ['mi código postal es 28013', askedWhichOrder],
      ['mit postnummer er 2100', askedWhichOrder],
      ["it's 48213, zip 1050", about('48213')],
      ['Order 48213, and my phone is 20304050', /^did nothing \| I cannot find that order for your address/],
    ],
  },
  {
    name: 'everything at once',
    orders: english('delivered'),
    before: [],
    messages: [
      [
        'Can you send order 48213 to Oak Road 12, 8200 Aarhus instead? I entered the wrong address.',
        /^did nothing \| (?:Where shall order 48213 go|Shall order 48213 go to Oak Road 12\s8200 Aarhus)/,
      ],
      [
        'Change the delivery address for 48213 to:\nOak Road 12\n8200 Aarhus\nThanks',
        proposesAddress('Oak Road 12', '8200 Aarhus'),
      ],
      ['The blue mug of order 60004 arrived broken, I want a refund for it', proposesItem('Blue mug')],
      ['I love the blue mug. I want my money back for order 60004.', /^did nothing \| Which one/],
      ['Order 48213 went to Elm Street 4, 8000 Aarhus, please change the address', askedWhere],
      [
        'please change the address of 48213 to Elm Street 4, 8000 Aarhus',
        proposesAddress('Elm Street 4', '8000 Aarhus'),
      ],
      [
        'Bitte ändern Sie die Adresse von 48213 auf Lindenweg 7, 10115 Berlin',
        proposesAddress('Lindenweg 7', '10115 Berlin'),
      ],
      [
        "Merci de changer l'adresse de la commande 48213 : 12 rue des Lilas, 75011 Paris",
        proposesAddress('12 rue des Lilas', '75011 Paris'),
      ],
      [
        'Por favor cambien la dirección del pedido 48213 a Calle Mayor 5, 28013 Madrid',
        proposesAddress('Calle Mayor 5', '28013 Madrid'),
      ],
      [
        'Kan I ændre adressen på ordre 48213 til Elmegade 4, 2200 København',
        proposesAddress('Elmegade 4', '2200 København'),
      ],
      ['I moved from Elm Street 4 to Oak Road 2, can you change the address of order 48213?', askedWhere],
      [
        'Please change the address of order 48213.\n\nKind regards,\nAna Costa\nElm Street 4\n8000 Aarhus',
        askedWhere,
      ],
      [
        'Change the address of order 48213 please\n\nOn Mon, 23 Nov 2026 at 09:14, Care wrote:\n> send it to Elm Street 4, 8000 Aarhus',
        askedWhere,
      ],
      ['I want my money back for the red mug of order 60004', proposesItem('Red mug')],
      [
        'Please send the invoice for 48213 to books@firm.example',
        /^did nothing \| The invoice goes to books@firm\.example/,
      ],
      [
        'Please cancel order 48213 because I found it cheaper elsewhere',
        /^did nothing \| Shall I cancel order 48213/,
      ],
      [
        'Ich möchte Bestellung 48213 stornieren, weil ich sie woanders günstiger gefunden habe',
        /^did nothing \| Soll ich Bestellung 48213/,
      ],
    ],
  },
  {
    name: 'which item?',
    orders: english('delivered'),
    before: ['I want a refund for order 60004'],
    messages: [
      ['the red one please, not blue', proposesItem('Red mug')],
      ['the blue and the red one', /^did nothing \| Shall I refund .+ for the Blue mug, Red mug\?/],
      ['blue. Sorry, I mean red.', proposesItem('Red mug')],
      ['neither the red nor the green, the blue', proposesItem('Blue mug')],
      ['both mugs', /^did nothing \| Shall I refund .+ for the Blue mug, Red mug\?/],
      ['I meant the red mug', proposesItem('Red mug')],
      ['the blue one, no wait, the red one', proposesItem('Red mug')],
      ['Sorry, not red but blue', proposesItem('Blue mug')],
      ['> Which one: Blue mug, Red mug\nred', proposesItem('Red mug')],
      ['not the blue one', /^did nothing \| (?!Shall I refund .+ for the Blue)/],
    ],
  },
  {
    name: 'shall we refund the red mug?',
    orders: english('delivered'),
    before: ['I want a refund for order 60004', 'the red one'],
    messages: [
      ['Yes please refund it. Wait, no, send a new one', notDone],
      ['Yes. No, wait, both mugs', /^did nothing \| Shall I refund .+ for the Blue mug, Red mug\?/],
      ['The red one and the blue one', /^did nothing \| Shall I refund .+ for the Blue mug, Red mug\?/],
      // A known gap: it is taken for a no, and not for both.
      ['No, the red one and the blue one', notDone],
      ['Not the red one, the blue one', proposesItem('Blue mug')],
    ],
  },
  {
    name: 'which item, in German?',
    orders: german('delivered'),
    before: ['Ich möchte mein Geld zurück für Bestellung 60004'],
    messages: [['die blaue, nein, die rote', proposesItem('Rote Tasse')]],
  },
  {
    name: 'which item, in French?',
    orders: french('delivered'),
    before: ['Je voudrais être remboursé pour la commande 60004'],
    messages: [['la rouge, pas la bleue', proposesItem('Tasse rouge')]],
  },
  {
    name: 'which item, in Spanish?',
    orders: spanish('delivered'),
    before: ['Quiero que me devuelvan el dinero del pedido 60004'],
    messages: [['la roja, no la azul', proposesItem('Taza roja')]],
  },
  {
    name: 'which item, in Danish?',
    orders: danish('delivered'),
    before: ['Jeg vil gerne have pengene tilbage for ordre 60004'],
    messages: [['den røde, ikke den blå', proposesItem('Rød kop')]],
  },
];
