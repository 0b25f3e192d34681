/** What the customer does not want, in the languages the lexicon knows. */
import fc from 'fast-check';
import { readWishes } from '../../src/classify/embedded/clauses';
import { deniesCancelling, isRefusal } from '../../src/classify/embedded/refusals';
import { processorMs } from '../support/processorMs';
import { anyCharacter } from '../support/anyCharacter';

test.each([
  ['en', "I don't want to cancel my order"],
  ['en', 'please do not refund me'],
  ['en', 'I am not asking for a refund'],
  ['en', 'no need to send it back'],
  ['de', 'Ich möchte die Bestellung nicht stornieren'],
  ['de', 'bitte nicht stornieren'],
  ['de', 'Ich will keine Rückerstattung'],
  ['de', 'Ich möchte den Artikel nicht zurückschicken'],
  ['de', 'Stornieren Sie die Bestellung bitte nicht'],
  ['de', 'stornieren Sie auf keinen Fall'],
  ['fr', "Ne l'annulez pas"],
  ['fr', 'ne la remboursez surtout pas'],
  ['es', 'no hace falta que la cancelen'],
  ['da', 'annuller den ikke'],
  ['da', 'lad være med at annullere'],
  ['fr', 'Je ne veux pas annuler ma commande'],
  ['fr', 'merci de ne pas annuler'],
  ['fr', "n'annulez pas ma commande"],
  ['fr', 'je ne souhaite pas être remboursé'],
  ['es', 'No quiero cancelar mi pedido'],
  ['es', 'por favor no cancelen el pedido'],
  ['es', 'no deseo devolver nada'],
  ['it', "Non voglio annullare l'ordine"],
  ['it', 'non annullate'],
  ['it', 'Non vorrei il rimborso'],
  ['nl', 'Ik wil de bestelling niet annuleren'],
  ['nl', 'graag niet annuleren'],
  ['nl', 'ik wil geen terugbetaling'],
  ['da', 'Jeg vil ikke annullere ordren'],
  ['da', 'jeg ønsker ikke at returnere varen'],
  ['da', 'vi ønsker virkelig ikke pengene tilbage'],
  ['sv', 'Jag vill inte avbeställa'],
  ['pt', 'Não quero cancelar o pedido'],
])('%s, turned down: %s', (_language, clause) => {
  expect(isRefusal(clause)).toBe(true);
});

test.each([
  ['en', 'I do not want the order'],
  ['en', 'I cannot cancel my order'],
  ['en', "why don't you want to refund me"],
  ['en', 'you never refunded me'],
  ['de', 'Ich kann nicht stornieren'],
  ['de', 'Warum kann ich die Bestellung nicht stornieren?'],
  ['de', 'Ich habe noch keine Rückerstattung erhalten'],
  ['de', 'Ich möchte meine Bestellung stornieren'],
  ['fr', 'je ne peux pas annuler'],
  ['fr', "je n'ai pas reçu mon remboursement"],
  ['de', 'Stornieren Sie die Bestellung'],
  ['fr', 'pourquoi ne remboursez-vous pas'],
  ['da', 'annuller den'],
  ['fr', 'je veux annuler'],
  ['es', 'no puedo cancelar mi pedido'],
  ['es', 'no he recibido el reembolso'],
  ['es', 'quiero cancelar'],
  ['it', "non riesco ad annullare l'ordine"],
  ['it', 'non ho ricevuto il rimborso'],
  ['nl', 'ik kan niet annuleren'],
  ['nl', 'ik wil annuleren'],
  ['da', 'jeg kan ikke annullere'],
  ['da', 'jeg vil annullere'],
])('%s, wanted: %s', (_language, clause) => {
  expect(isRefusal(clause)).toBe(false);
});

test.each([
  ['I do NOT want to cancel, I just want to know when it comes', 'I just want to know when it comes'],
  ['Bitte nicht stornieren, ich will nur wissen, wo das Paket ist', 'ich will nur wissen, wo das Paket ist'],
  ['Ich möchte nicht stornieren sondern die Adresse ändern', 'sondern die Adresse ändern'],
  ['Je ne veux pas annuler, je veux changer mon adresse', 'je veux changer mon adresse'],
  ['No quiero cancelar, quiero cambiar la dirección', 'quiero cambiar la dirección'],
  ["Non voglio annullare, vorrei cambiare l'indirizzo", "vorrei cambiare l'indirizzo"],
  ['Ik wil niet annuleren, ik wil weten waar mijn pakket is', 'ik wil weten waar mijn pakket is'],
  ['Jeg vil ikke annullere, hvor er min pakke', 'hvor er min pakke'],
])('only what is wanted counts: %s', (text, wanted) => {
  const { clauses, onlyRefusals, refused } = readWishes(text);
  expect({ onlyRefusals, refused: refused.length }).toEqual({ onlyRefusals: false, refused: 1 });
  expect(clauses.join(', ')).toBe(wanted);
});

test.each(['Ich möchte nicht stornieren.', 'Hallo. Bitte nicht stornieren!', "I don't want a refund"])(
  'nothing but a refusal: %s',
  (text) => {
    expect(readWishes(text).onlyRefusals).toBe(true);
  },
);

test('of a long story the beginning and the end are kept', () => {
  const { clauses } = readWishes(Array.from({ length: 30 }, (_, i) => `Sentence ${i}.`).join(' '));
  expect(clauses).toHaveLength(10);
  expect(clauses[0]).toBe('Sentence 0.');
  expect(clauses.at(-1)).toBe('Sentence 29.');
});

test('any text falls into at most ten short clauses, none of them empty', () => {
  const words = fc.constantFrom(
    'not ',
    'ne veux pas ',
    ', ',
    '. ',
    'cancel ',
    'aber ',
    '\n',
    'ich ',
    '😀',
    '’',
  );
  const texts = fc.oneof(
    fc.string({ unit: anyCharacter, maxLength: 400 }),
    fc.array(words, { maxLength: 80 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const { clauses } = readWishes(text);
      expect(clauses.length).toBeLessThanOrEqual(10);
      for (const clause of clauses) {
        expect(clause.length).toBeLessThanOrEqual(250);
        expect(clause).toMatch(/[\p{L}\p{N}]/u);
      }
    }),
  );
});

test.each(['no quiero ', 'veux pas ', 'nicht ', "don't want my ", 'wil niet ', 'non voglio '])(
  'a hostile text takes no time: %s',
  (piece) => {
    const used = processorMs();
    readWishes(piece.repeat(60_000 / piece.length));
    expect(used()).toBeLessThan(500);
  },
);

test.each([
  'I did not cancel order 50927! Why is it cancelled?',
  'I never canceled this',
  'Why was my order cancelled?',
  'Ich habe die Bestellung nicht storniert',
  'Warum wurde meine Bestellung storniert?',
  'Pourquoi ma commande est-elle annulée ?',
  'Je n’ai pas annulé',
  'No he cancelado nada',
  '¿Por qué está cancelado?',
  'Jeg har ikke annulleret den',
  'Hvorfor er ordren annulleret?',
])('speaks of a cancelling that was not wanted: %s', (text) => {
  expect(deniesCancelling(text)).toBe(true);
});

test.each([
  'Please cancel order 50927, I have not received it',
  'why can I not cancel my order',
  'I did not get it, cancel it',
  'Bitte stornieren',
  'Warum kann ich nicht stornieren',
  "Pourquoi je n'arrive pas à annuler",
  'No ha llegado, cancelen el pedido',
])('wants it cancelled, or may: %s', (text) => {
  expect(deniesCancelling(text)).toBe(false);
});
