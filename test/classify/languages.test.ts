/** Messages that are not in English. */
import { createEmbeddedClassifier } from '../../src/classify/embedded/embeddedClassifier';
import { loadLanguageDetector } from '../../src/classify/embedded/language';
import { readLexicon } from '../../src/classify/embedded/lexicon';
import type { Classifier } from '../../src/classify/port';
import { demoClassifier } from '../support/classifier';
import { classify } from './policyIntents';

beforeAll(demoClassifier, 120_000);

const everyIntent = [
  'order_status',
  'delivery_info',
  'cancel_order',
  'change_order',
  'change_address',
  'return_refund',
  'refund_status',
  'payment_issue',
  'invoice',
  'account_access',
  'complaint',
  'human_agent',
];

describe('which language', () => {
  test.each([
    ['en', 'Where is my order? It should have come on Monday.'],
    ['de', 'Wo bleibt meine Bestellung? Sie sollte am Montag kommen.'],
    ['fr', 'Où est ma commande ? Elle devait arriver lundi.'],
    ['es', '¿Dónde está mi pedido? Tenía que llegar el lunes.'],
    ['it', "Dov'è il mio ordine? Doveva arrivare lunedì."],
    ['nl', 'Waar blijft mijn bestelling? Die zou maandag komen.'],
    ['da', 'Hvor er min ordre? Den skulle være kommet i mandags.'],
    ['sv', 'Var är min beställning? Den skulle ha kommit i måndags.'],
    ['pt', 'Onde está a minha encomenda? Devia ter chegado na segunda-feira.'],
    ['pl', 'Gdzie jest moje zamówienie? Miało przyjść w poniedziałek.'],
    ['ru', 'Где мой заказ? Он должен был прийти в понедельник.'],
    ['ja', '注文した商品はどこですか'],
    ['ko', '제 주문은 어디에 있나요'],
  ])('%s: %s', async (language, text) => {
    expect((await loadLanguageDetector())(text, null)).toBe(language);
  });

  test.each(['', 'ok', '51877', 'ana@mail.example', '👍👍👍', '!!!', 'no'])(
    'cannot be told: %j',
    async (text) => {
      expect((await loadLanguageDetector())(text, 'de-DE')).toBe('und');
    },
  );

  test("the requester's locale decides where it is close, and only there", async () => {
    const languageOf = await loadLanguageDetector();
    expect(languageOf('Where is my order? It should have come on Monday.', 'de-DE')).toBe('en');
    expect(languageOf('Wo bleibt meine Bestellung? Sie sollte am Montag kommen.', 'en-US')).toBe('de');
  });
});

describe('the lexicon', () => {
  test.each([
    ['human_agent', 'Ich möchte mit einem Menschen sprechen'],
    ['human_agent', 'je veux parler à un conseiller'],
    ['human_agent', 'quiero hablar con una persona'],
    ['human_agent', 'ik wil een medewerker spreken'],
    ['refund_status', 'Wo bleibt meine Rückerstattung?'],
    ['refund_status', "je n'ai toujours pas reçu mon remboursement"],
    ['refund_status', '¿cuándo recibo el reembolso?'],
    ['refund_status', 'hvornår får jeg pengene tilbage'],
    ['change_address', 'Bitte an eine andere Adresse liefern'],
    ['change_address', "je dois changer l'adresse"],
    ['change_address', 'quiero cambiar la dirección'],
    ['change_address', "vorrei cambiare l'indirizzo"],
    ['change_address', 'til en anden adresse'],
    ['cancel_order', 'Bestellung stornieren'],
    ['cancel_order', 'annuler ma commande'],
    ['cancel_order', 'quiero anular el pedido'],
    ['cancel_order', 'bestelling annuleren'],
    ['cancel_order', 'avbeställa'],
    ['return_refund', 'Die Lampe kam kaputt an'],
    ['return_refund', 'je veux renvoyer cet article'],
    ['return_refund', 'quiero devolver los zapatos'],
    ['return_refund', 'de lamp is kapot'],
    ['invoice', 'Ich brauche eine Rechnung'],
    ['invoice', 'il me faut une facture'],
    ['invoice', 'necesito la factura'],
    ['invoice', 'mi serve la fattura'],
    ['account_access', 'Passwort vergessen'],
    ['account_access', 'mot de passe oublié'],
    ['account_access', 'he olvidado la contraseña'],
    ['payment_issue', 'Die Zahlung wurde abgelehnt'],
    ['payment_issue', 'mon paiement est refusé'],
    ['change_order', 'Kann ich die Größe noch ändern?'],
    ['change_order', 'je veux changer la taille'],
    ['complaint', 'Ich möchte mich beschweren'],
    ['complaint', 'quiero poner una queja'],
    ['delivery_info', 'Wie hoch sind die Versandkosten?'],
    ['delivery_info', 'quels sont les frais de port'],
    ['delivery_info', '¿cuál es el plazo de entrega?'],
    ['order_status', 'Wo bleibt mein Päckchen'],
    ['order_status', 'où est mon colis'],
    ['order_status', '¿cuándo llega?'],
    ['order_status', 'waar is het'],
    ['order_status', 'hvor er den'],
    ['order_status', 'où en est ma commande'],
    ['order_status', 'donde esta mi pedido'],
    ['order_status', 'ou est ma commande'],
    ['change_address', 'adresse aendern bitte'],
    ['change_address', 'puse mal la direccion'],
    ['change_address', "L'adresse de livraison est fausse"],
    ['change_address', 'aendre adressen, den er forkert: forkert adresse'],
    ['change_order', 'Groesse aendern'],
    ['change_order', 'me equivoque de talla'],
    ['refund_status', 'Wo bleibt die Rueckerstattung'],
    ['refund_status', 'quand serai je rembourse'],
    ['refund_status', 'cuando me devuelven el dinero'],
    ['complaint', 'Votre service est deplorable'],
    ['return_refund', 'cuando llego estaba roto, quiero el reembolso'],
    ['return_refund', 'echange ou remboursement'],
    ['return_refund', "Quand je l'ai reçu il était cassé, je veux être remboursé"],
  ])('%s: %s', (intent, text) => {
    expect(readLexicon(text, everyIntent)[0]?.intent).toBe(intent);
  });

  test('knows no intent that the policy lacks, and no word of English', () => {
    expect(readLexicon('Bestellung stornieren', ['order_status'])).toEqual([]);
    expect(readLexicon('Please tell me a joke', everyIntent)).toEqual([]);
    // "Refusée" is said of a card; "refuse" is what a customer does.
    expect(readLexicon('je refuse', everyIntent)).toEqual([]);
  });

  test.each(['Avez-vous du café granulé ?', '¿Tienen café granular?', 'granule size?'])(
    'hears no wish to cancel in the middle of a word: %s',
    (text) => {
      expect(readLexicon(text, everyIntent).map(({ intent }) => intent)).not.toContain('cancel_order');
    },
  );

  test('is less sure where several intents are meant, and never very sure', () => {
    const one = readLexicon('Bestellung stornieren', everyIntent);
    const two = readLexicon('Bestellung stornieren und eine Rechnung bitte', everyIntent);
    expect(two.length).toBeGreaterThan(1);
    expect(two[0]?.confidence).toBeLessThan(one[0]?.confidence ?? 0);
    expect(one[0]?.confidence).toBeLessThan(0.8);
    const sum = two.reduce((total, { confidence }) => total + confidence, 0);
    expect(sum).toBeLessThanOrEqual(1);
  });
});

describe('what is refused in another language', () => {
  test.each([
    ['Ich möchte meine Bestellung nicht stornieren.'],
    ['Merci de ne pas annuler ma commande'],
    ['No quiero cancelar mi pedido'],
    ["Non voglio annullare l'ordine"],
    ['Ik wil mijn bestelling niet annuleren'],
    ['Jeg vil ikke annullere min ordre'],
  ])('is not done: %s', async (text) => {
    expect((await classify(text)).intent).toBeNull();
  });

  test.each([
    ['order_status', 'Ich will nicht stornieren, ich will nur wissen, wo mein Paket ist'],
    ['change_address', 'Je ne veux pas annuler ma commande, je veux changer mon adresse'],
    ['invoice', 'No quiero cancelar mi pedido, quiero la factura'],
    ['order_status', 'Ik wil mijn bestelling niet annuleren, ik wil weten waar mijn pakket is'],
  ])('leaves the rest: %s, %s', async (intent, text) => {
    expect((await classify(text)).intent).toBe(intent);
  });
});

describe('a language that the policy has examples in', () => {
  const swedish = [
    {
      intent: 'order_status',
      examples: [
        'Var är min beställning?',
        'Mitt paket har inte kommit än',
        'När kommer min leverans?',
        'Jag väntar fortfarande på mina skor',
        'Har ni skickat min beställning?',
        'where is my order',
      ],
    },
    {
      intent: 'opening_hours',
      examples: [
        'Vilka öppettider har ni?',
        'Har ni öppet på söndag?',
        'När öppnar butiken i morgon?',
        'Hur länge har butiken öppet i kväll?',
        'Är ni stängda under julen?',
        'when do you open',
      ],
    },
  ];
  const english = swedish.map(({ intent, examples }) => ({
    intent,
    examples: [
      ...examples.slice(-1),
      ...(intent === 'order_status'
        ? ['track my parcel', 'it never came']
        : ['are you open on sunday', 'opening times']),
    ],
  }));
  const ask = async (classifier: Classifier, text: string) =>
    classifier.classify({ words: { text, subject: '', attachmentNames: [] }, locale: 'sv', question: null });

  test('is understood, without any lexicon', async () => {
    const taught = await createEmbeddedClassifier(swedish);
    const untaught = await createEmbeddedClassifier(english);
    const text = 'Har ni öppet på lördag i butiken?';
    const found = await ask(taught, text);
    expect(found).toMatchObject({ language: 'sv', intent: 'opening_hours' });
    expect(found.confidence).toBeGreaterThan(0.5);
    expect((await ask(untaught, text)).confidence).toBeLessThanOrEqual(0.4);
  });

  test('one intent with examples in it is not enough', async () => {
    const [first] = swedish;
    const mixed = [
      ...english.slice(1),
      { intent: 'order_status', examples: first?.examples ?? [] },
      { intent: 'cancel_order', examples: ['cancel my order', 'stop it please', 'call it off'] },
    ];
    const found = await ask(await createEmbeddedClassifier(mixed), 'Har ni öppet på lördag i butiken?');
    expect(found.confidence).toBeLessThanOrEqual(0.4);
  });
});
