import { findSignals, isMostlyThanks, isOnlyCourtesy } from '../../src/classify/embedded/signals';
import { processorMs } from '../support/processorMs';

test.each([
  ['asks-for-human', 'Is anyone human there?'],
  ['asks-for-human', 'let me talk to a real person'],
  ['asks-for-human', 'Ich möchte mit einem Menschen sprechen'],
  ['anger', 'This is absolutely ridiculous'],
  ['anger', 'WHERE IS MY ORDER I AM WAITING FOR WEEKS'],
  ['asks-for-human', 'can I speak to a manager'],
  ['asks-for-human', 'je veux parler à un conseiller'],
  ['asks-for-human', 'quiero hablar con una persona'],
  ['asks-for-human', 'vorrei parlare con qualcuno'],
  ['asks-for-human', 'ik wil een medewerker spreken'],
  ['asks-for-human', 'jeg vil tale med et menneske'],
  ['asks-for-human', 'stop with these bots'],
  ['anger', 'you are thieves'],
  ['anger', 'Das ist eine Frechheit'],
  ['anger', "c'est inacceptable"],
  ['anger', 'qué vergüenza'],
  ['anger', 'where is it!!!!'],
  ['anger', '😡'],
  ['legal', 'je vais prendre un avocat'],
  ['legal', 'hablaré con mi abogado'],
  ['legal', 'I will file a chargeback'],
  ['legal', 'under GDPR I demand my data'],
  ['safety', 'my son was injured by the chair'],
  ['safety', 'Das Ladegerät hat einen Stromschlag gegeben'],
  ['safety', 'le chargeur a pris feu'],
  ['thanks', 'merci beaucoup'],
  ['thanks', 'muchas gracias'],
  ['thanks', 'mange tak'],
  ['greeting', 'Guten Tag,'],
  ['greeting', 'Bonjour !'],
  ['greeting', 'Buenos días'],
  ['not-received', 'it has not arrived'],
  ['faulty-goods', 'it came broken'],
  ['courtesy-only', 'thanks!'],
  ['legal', 'You will hear from my lawyer'],
  ['legal', 'Ich schalte die Verbraucherzentrale ein'],
  ['safety', 'the charger caught fire'],
  ['safety', 'I got an electric shock from the lamp'],
  ['thanks', 'ok thx 👍'],
  ['thanks', 'Vielen Dank'],
  ['greeting', 'Hi there, a question'],
  ['card-number', 'charge 4111 1111 1111 1111'],
  ['courtesy-only', 'ok thx 👍'],
  ['not-received', "it says delivered but it isn't here"],
  ['not-received', 'I never got it'],
  ['not-received', 'my parcel is missing'],
  ['not-received', 'ich habe nichts bekommen'],
  ['not-received', "je n'ai rien reçu"],
  ['not-received', 'no ha llegado'],
  ['not-received', 'den er ikke kommet'],
  ['faulty-goods', 'the lamp came broken'],
  ['faulty-goods', 'you sent the wrong one'],
  ['faulty-goods', 'Die Tasse ist kaputt'],
  ['faulty-goods', 'elle est arrivée cassée'],
  ['faulty-goods', 'llegó roto'],
  ['faulty-goods', 'koppen er i stykker'],
  ['account-misuse', 'Someone hacked my account'],
  ['account-misuse', 'I did not place this order'],
  ['account-misuse', 'somebody else is using my account'],
  ['account-misuse', 'Mein Konto wurde gehackt'],
])('%s: %s', (signal, text) => {
  expect(findSignals(text)).toContain(signal);
});

test.each([
  'Where is my order 48213?',
  'the agent of the courier left a card',
  'I need the fire pit by Friday',
  'Can I change the address?',
  'I ordered the wrong size, can I send it back?',
  'I can not log in to my account',
  'is it there yet?',
])('nothing in: %s', (text) => {
  expect(findSignals(text)).toEqual([]);
});

test.each([
  'There is broken glass in the beans and my son is hurt',
  'I found broken glass in your coffee',
  'pieces of metal in the chocolate',
  'I got sick from your coffee',
  'my wife was ill after drinking it',
  'the coffee made me sick',
  'my daughter got hurt when the grinder broke',
  'he threw up after one cup',
  'I broke a tooth on a stone',
  'Glassplitter in den Bohnen!',
  'Mir ist von Ihrem Kaffee schlecht geworden',
  'Nach dem Kaffee wurde mir übel',
  'Mein Kind hat sich erbrochen',
  'Il y a du verre brisé dans le café',
  "Votre thé m'a rendu malade",
  "Malade après avoir bu votre café, j'ai vomi",
  'Hay vidrios rotos en el café',
  'Me puse enfermo después de tomar el café',
  'Der er glasskår i kaffen',
  'Jeg blev syg af at drikke den',
])('harm is a matter of safety: %s', (text) => {
  expect(findSignals(text)).toContain('safety');
});

test.each([
  'I am sick of waiting',
  'sick and tired of your excuses',
  'I was ill last week, so I could not send it back',
  'I got sick after the move and forgot to pay',
  'your answer made me sick to read',
  'it hurts to pay that much',
  'I was hurt by your tone',
  'the glass in the frame is broken',
  'a piece of plastic is missing on the lid',
  'Die Gläser in der Packung sind kaputt',
  'Ich war krank und konnte nicht zurücksenden',
  'Der Kaffee schmeckt schlecht',
  'Nach dem Kaffee habe ich schlecht geschlafen',
  "J'étais malade la semaine dernière",
  'Estuve enfermo y no pude devolverlo',
  'Jeg er syg af at vente',
  'Jeg var syg i sidste uge',
])('no harm in: %s', (text) => {
  expect(findSignals(text)).not.toContain('safety');
});

test.each([
  ['The bag is torn', 'The bag burst', 'It arrived ripped'],
  ['Die Tüte war aufgerissen', 'Der Beutel ist geplatzt'],
  ['Le sachet est déchiré'],
  ['La bolsa llegó rasgada'],
  ['Posen var flænset'],
])('what came torn is faulty: %s', (...texts) => {
  for (const text of texts) expect([text, ...findSignals(text)]).toContain('faulty-goods');
});

test.each([
  'Is it sold in two pieces?',
  'I snapped a photo of the receipt',
  'Die Zahlung wurde leider abgebrochen',
  'Mein Bestellvorgang ist abgebrochen',
  'Vendez-vous du sucre en morceaux ?',
  'une chemise rayée, taille M',
  '¿Venden ropa de trajadas?',
])('nothing came broken in: %s', (text) => {
  expect(findSignals(text)).not.toContain('faulty-goods');
});

test.each([
  'The mug was in two pieces',
  'it arrived in a thousand pieces',
  'the handle snapped off',
  'Der Henkel ist abgebrochen',
  'In der Bestellung war der Henkel abgebrochen',
  'La tasse est arrivée en mille morceaux',
  "j'ai reçu la tasse en morceaux",
  'la table est toute rayée',
  'la taza está rajada',
])('something did in: %s', (text) => {
  expect(findSignals(text)).toContain('faulty-goods');
});

test('a signal is told once, whatever tells it', () => {
  expect(findSignals('I am injured and got sick from your coffee')).toEqual(['safety']);
});

test('harm costs no time in a long text', () => {
  for (const piece of ['nach dem kaffee ', 'sick after the ', 'he is ', 'pieces of glass in my ']) {
    const used = processorMs();
    findSignals(piece.repeat(20_000 / piece.length));
    expect(used()).toBeLessThan(1_000);
  }
});

test('thanks for nothing are no thanks', () => {
  expect(findSignals('thanks for nothing')).not.toContain('thanks');
});

test('courtesy is all there is, or not', () => {
  expect(['ok thx 👍', 'Hi', 'perfect, thank you so much!!', 'Danke', '...'].every(isOnlyCourtesy)).toBe(
    true,
  );
  expect(
    [
      'thanks, where is it',
      'hi 51877',
      'ok cancel it',
      'is it there now',
      'have you got it',
      'no',
      'yes',
      '😡',
    ].some(isOnlyCourtesy),
  ).toBe(false);
});

const mostly = (text: string) => isMostlyThanks(text, findSignals(text));

test.each([
  ...'Thanks, that helps|Thank you, you too|Thanks for sorting this out so fast|Cheers, have a lovely week'.split(
    '|',
  ),
  ...'Perfekt, vielen Dank!|Danke für die nette Antwort|Merci pour votre réponse rapide|Bonjour, merci infiniment'.split(
    '|',
  ),
  ...'Gracias por la respuesta tan rápida|Vale, muchas gracias|Tak for det hurtige svar|Mange tak skal I have'.split(
    '|',
  ),
])('thanks, in whatever words: %s', (text) => {
  expect(mostly(text)).toBe(true);
});

test.each([
  'Thanks, but it is the wrong one',
  'Thanks, I still need an invoice',
  'Thanks, is it shipped?',
  'Thank you, it has not arrived',
  'Thanks, I received the invoice for 48213',
  'Danke, aber es fehlt etwas',
  'Danke, ich warte',
  'Merci, mais je voudrais autre chose',
  'Gracias, todavía nada',
  'Tak, men det hjælper ikke',
  'ana@mail.example, thanks',
  'Thanks for nothing',
  'Thanks, this is ridiculous',
  'Thanks, I would like to hear about your opening hours today',
  'Nice to hear from you',
])('thanks, and more: %s', (text) => {
  expect(mostly(text)).toBe(false);
});

test('"Ok?" asks something, "ok" closes', () => {
  expect(isOnlyCourtesy('ok')).toBe(true);
  expect(isOnlyCourtesy('ok?')).toBe(false);
});
