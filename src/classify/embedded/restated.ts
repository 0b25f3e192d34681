/** "Yes, cancel the order": a proposal said again, by the intent that it belongs to. */
import { phrasesIn } from './plainWords';
import { allProposed } from './proposedThings';

/**
 * `restated` is a yes by itself: "cancel it". `pointing` says what the yes beside it is to, and is none by itself:
 * "with the refund".
 */
export type ProposalWords = 'restated' | 'pointing';

interface Wording {
  /** Each of the first with each of the second: what is done, and what it is done to. */
  readonly deeds: readonly (readonly [string, string])[];
  readonly restated: string;
  readonly pointing: string;
}

const wordings: Readonly<Record<string, Wording>> = {
  cancel_order: {
    deeds: [
      [
        'cancel|yes cancel|go ahead and cancel|please go ahead and cancel',
        'it|this|that|order|the order|my order|this order|that order|the whole order|my whole order',
      ],
      ['stornieren sie', 'sie|diese|die bestellung|meine bestellung|diese bestellung|alles'],
      ['die bestellung|meine bestellung|diese bestellung|bestellung|sie|alles', 'stornieren'],
      ['annulez|annuler', 'la|la commande|ma commande|cette commande|commande|toute la commande'],
      [
        'cancelar|cancele|cancelen|cancela|cancelad|anular|anule|anulen|anula|anulad',
        'el pedido|mi pedido|este pedido|ese pedido|pedido|todo',
      ],
      ['annuller|afbestil', 'den|ordren|min ordre|bestillingen|den bare|den venligst'],
      ['annuleer|annuleren', 'het|de bestelling|mijn bestelling|maar'],
      ['annullate|annulli|annullare', "l'ordine|il mio ordine|tutto"],
      ['cancele|cancelem|cancelar', 'a encomenda|o pedido|a minha encomenda|o meu pedido|tudo'],
    ],
    restated:
      'cancel|stornieren|stornieren sie|storniere sie|storniert sie|storniert es|annulez|annule|annule la|annule tout|annuler|cancelar|cancela|cancele|cancelen|cancelad|canceladlo|canceladla|cancélela|cancélelo|cancélala|cancélalo|cancélenlo|cancelarlo|cancelalo|cancelala|cancelelo|cancelela|cancelenlo|cancelenla|cancélenla|anular|anulenlo|anulenla|anúlenla|anule|anulen|anúlelo|anúlenlo|annullate|annullare|annullatelo|annuleren|annuleer|annuller|bare annuller|bare annuller den|afbestil|avbeställ|avbeställ den|mit der stornierung einverstanden|ich bin mit der stornierung einverstanden',
    pointing:
      "the whole order|all of it|everything|die ganze bestellung|alles|toute la commande|todo el pedido|with the cancellation|to the cancellation|the cancellation|mit der stornierung|die stornierung|die bestellung|meine bestellung|pour l'annulation|l'annulation|con la cancelación|con la anulación|la cancelación",
  },
  return_refund: {
    deeds: [
      [
        'refund|please refund|go ahead and refund|please go ahead and refund',
        'it|me|that|this|the money|my money|the amount|the item|me the money',
      ],
      [
        'i want|i would like|i will take|i accept|i prefer',
        'the refund|a refund|my money back|the money back',
      ],
      ['erstatten sie', 'es|das|mir|mir das geld|das geld|den betrag|mir den betrag'],
      ['das geld|den betrag', 'erstatten|zurück'],
      ['remboursez|rembourser', "moi|le|la|l'article|le montant"],
      ['quiero|acepto|prefiero', 'el reembolso|la devolución|un reembolso'],
      ['reembolse|reembolsen|devuelva|devuelvan', 'el dinero|el importe|me el dinero'],
      ['refunder', 'den|det|beløbet|pengene'],
    ],
    restated:
      'refund|money back|erstatten|erstatten sie|erstattet|erstatte|geld zurück|rembourser|remboursez|reembolsar|reembolso|reembolse|reembolsen|reembólsenme|reembólseme|reembolsenme|devuelvanme el dinero|devuelvame el dinero|rimborsate|terugbetalen|refunder|pengene tilbage|mit der erstattung einverstanden|ich bin mit der erstattung einverstanden|devuélvame el dinero|devuélvanme el dinero',
    pointing:
      'with the refund|to the refund|the refund|for the refund|mit der erstattung|die erstattung|mit der rückerstattung|die rückerstattung|pour le remboursement|le remboursement|con el reembolso|con la devolución|el reembolso|med refunderingen|per il rimborso|il rimborso',
  },
  change_address: {
    deeds: [],
    restated:
      "change it|change the address|change my address|send it there|ship it there|that is the address|that is the right address|that is the correct address|the address is right|the address is correct|looks good|looks right|looks correct|that looks good|that looks right|that looks correct|all correct|alles richtig|alles korrekt|c'est la bonne adresse|l'adresse est bonne|todo correcto|ändern|ändern sie sie|die adresse stimmt|adresse stimmt|changez la|changez l'adresse|cambiar|cámbienla|la dirección es correcta|ændr den|ændr adressen|adressen er rigtig",
    pointing: '',
  },
  invoice: {
    deeds: [],
    restated:
      'send it|send me the invoice|send the invoice|send it again|resend it|schicken|schicken sie sie|envoyez la|envoyez|enviar|envíenla|send den|send fakturaen',
    pointing: '',
  },
};

const byIntent = new Map(
  Object.entries(wordings).map(([intent, { deeds, restated, pointing }]) => {
    const whole = deeds.flatMap(([first, second]) =>
      first.split('|').flatMap((deed) => second.split('|').map((thing) => `${deed} ${thing}`)),
    );
    return [
      intent,
      new Map<string, ProposalWords>([
        ...[allProposed, ...listed(pointing)].map((phrase) => [phrase, 'pointing'] as const),
        ...[...listed(restated), ...whole.flatMap(listed)].map((phrase) => [phrase, 'restated'] as const),
      ]),
    ];
  }),
);

function listed(line: string): readonly string[] {
  return line === '' ? [] : phrasesIn(line);
}

/** For `phraseKinds`: empty for an intent that nothing is proposed for. */
export function proposalWords(intent: string | undefined): ReadonlyMap<string, ProposalWords> {
  return byIntent.get(intent ?? '') ?? new Map<string, ProposalWords>();
}
