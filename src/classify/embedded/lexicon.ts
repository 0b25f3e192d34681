/**
 * The embedder knows English. For other languages these words stand in: coarse, readable, and never as sure of
 * themselves as a trained model. An intent that a policy does not have is not looked for.
 */
import type { ScoredIntent } from '../../core/conversation/understanding';

/** First match wins: a refund that is awaited is not a refund that is asked for. */
const intentWords: readonly (readonly [string, RegExp])[] = [
  [
    'human_agent',
    /mitarbeiter|echten? mensch|(?:mit )?(?:jemandem|einem menschen) (?:sprechen|reden)|conseiller|parler à|vraie personne|hablar con|persona real|agente humano|parlare con|operatore|tale med|snakke med|rigtigt menneske|medewerker|iemand spreken|prata med|falar com/iu,
  ],
  [
    'refund_status',
    /(?<!\p{L})donde est[aá] (?:mi|el) (?:reembolso|dinero)|(?<!\p{L})ou (?:en )?est (?:mon|le) (?:remboursement|argent)|(?:wo|wann|noch (?:keine?|nicht)|warte).{0,60}(?:rückerstattung|erstattung|geld zurück)|(?:rückerstattung|erstattung).{0,40}(?:noch nicht|wo bleibt|status)|(?:où|quand|toujours pas|attends).{0,60}remboursement|remboursement.{0,40}(?:pas reçu|toujours)|(?:dónde|cuándo|todavía no|aún no|espero).{0,60}(?:reembolso|dev(?:o|ue)l\p{L}+ (?:el|mi) dinero|dinero de vuelta)|reembolso.{0,40}(?:no ha|todavía)|(?:dov'è|quando|ancora).{0,50}rimborso|(?:hvor|hvornår|stadig ikke).{0,50}(?:refusion|penge(?:ne)? (?:tilbage|retur)|tilbagebetaling)|(?:waar|wanneer|nog (?:geen|niet)).{0,50}(?:terugbetaling|geld terug)|quand (?:vais|serai|serons|allons|sera|est|pensez|comptez|allez)[- ].{0,30}rembours|cu[aá]ndo (?:me|nos) (?:van a )?(?:dev(?:o|ue)l|reembols|abon)|rembours\p{L}* (?:quand|dans combien de temps)|wann (?:\S+ ){1,4}geld(?!\p{L})|(?<!\p{L})wo (?:ist|bleibt) (?:denn )?(?:mein|unser|das) geld(?!\p{L})/iu,
  ],
  [
    'change_address',
    /adresse?.{0,30}(?:änder|wechsel|falsch|korrig)|änder\p{L}{0,3} .{0,30}adresse|(?:andere|neue|falsche)n? (?:liefer)?adresse|umgezogen|déménagé|(?:me he|nos hemos) mudado|me mud[ée]|nos mudamos|(?:change[rz]|modifie[rz]|mauvaise|nouvelle).{0,30}adresse|(?:cambi(?:ar|en?|ad|éis)|modific(?:ar|ad)|modifiquen?|nueva|equivocad[oa]).{0,30}dirección|dirección.{0,30}(?:equivocada|incorrecta)|(?:cambiare|modificare|nuovo|sbagliato).{0,30}indirizzo|trompée?.{0,15}adresse|adresse.{0,45}(?:fausse|erronée|incorrecte|pas (?:la )?bonne)|(?:mal|equivoqué).{0,25}dirección|dirección.{0,45}(?:(?:está|puse|puesto) mal|errónea|no es correcta)|adresse.{0,30}stimmt nicht|(?:hausnummer|postleitzahl).{0,30}(?:falsch|vertan|vertippt|verschrieben)|falsche (?:hausnummer|postleitzahl)|(?:ins büro|an die arbeit|an (?:den|meinen) nachbarn).{0,20}(?:schick|liefer|send)|livre[rz] .{0,15}(?:au bureau|à mon (?:bureau|travail)|chez (?:ma|mon|le|la|un))|trompée? (?:de|dans la|dans le) (?:rue|numéro de rue|code postal)|(?:calle|código postal).{0,20}equivocad|(?:ændre|forkert|ny).{0,30}adresse|sende? (?:pakken|den|ordren).{0,40}i stedet|til en anden adresse|adres.{0,25}(?:wijzigen|veranderen|verkeerd)|(?:ander|nieuw|verkeerd)e? adres|(?:ändra|ny|fel).{0,20}adress/iu,
  ],
  [
    'cancel_order',
    /stornier|stornir(?:e|en)(?!\p{L})|storno|bestellung.{0,30}(?:abbrechen|widerrufen|zurückziehen)|(?<!\p{L})an+ul(?:e[rz]?|ation|é[ers]?)(?!\p{L})|annulla|can[cs]el(?:ar|en|ad|a|e|es|o|emos)(?!\p{L})|can[cs][eé]l[ae](?:n|d)?l[oa](?!\p{L})|(?<!\p{L})anul(?:ar|en|ad|e|emos)(?!\p{L})|(?<!\p{L})an[uú]l[ae](?:n|d)?l[oa](?!\p{L})|cancelación|anulación|afbestil|annuller|annuleren|annulering|avbeställ|avboka|cancelar/iu,
  ],
  [
    'return_refund',
    /zurück(?:schicken|senden|geben)|(?:schicke|sende|gebe).{0,40}zurück|rücksend|retour|umtausch|umtauschen|(?:geld|betrag) zurück|erstatt|kaputt|beschädigt|defekt|falsche[nrs]? artikel|renvoyer|retourner|rembours|échanger|cassée?|abîmée?|devolver|devolución|devu[eé]lv|devuelv|dinero (?:de vuelta|atrás)|recuperar (?:el|mi) dinero|reembols|(?<!\p{L})rot[oa]s?(?!\p{L})|dañad|restituire|reso\b|rimbors|rotto|danneggiat|returnere|sende.{0,30}(?:tilbage|retur)|bytte|penge(?:ne)? (?:tilbage|retur)|ødelagt|terugsturen|ruilen|terugbetal|kapot|beschadigd|skicka tillbaka|returnera|trasig/iu,
  ],
  [
    'invoice',
    /rechnung|quittung|beleg\b|facture|factura|fattura|faktura|factuur|kvittering|bonnetje|fatura/iu,
  ],
  [
    'account_access',
    /passwort|kennwort|einloggen|anmelden|mot de passe|me connecter|contraseña|iniciar sesión|password|accedere|adgangskode|logge ind|wachtwoord|inloggen|lösenord|logga in/iu,
  ],
  [
    'payment_issue',
    /zahlung|(?:doppelt|zweimal) (?:abgebucht|belastet)|abgelehnt|paiement|débitée?|refusée?|prélevée?|pago (?:rechazado|fallido)|cobrad[oa]|pagamento|addebitat|betaling.{0,30}(?:fejl|mislukt|afvist)|trukket to gange|betaling/iu,
  ],
  [
    'change_order',
    /(?:größe|farbe|menge|bestellung).{0,30}(?:änder|tausch|anpass)|(?:changer|modifier).{0,30}(?:taille|couleur|commande|quantité)|(?:cambiar|modificar).{0,30}(?:talla|color|pedido|cantidad)|equivoqué (?:de|con la|en la) (?:talla|color|cantidad)|trompée? (?:de|dans la) (?:taille|couleur|quantité)|(?:enlever|retirer|rajouter) (?:juste |seulement )?(?:une?|le|la|les|l'|des)(?!\p{L})|(?:herausnehmen|rausnehmen)(?!\p{L})|(?<!\p{L})quitar (?:solo |sólo )?(?:una?|el|la|los|las)(?!\p{L})|(?:cambiare|modificare).{0,30}(?:taglia|colore|ordine)|ændre.{0,30}(?:størrelse|farve|ordre)|(?:maat|kleur|bestelling).{0,25}(?:wijzigen|veranderen|aanpassen)/iu,
  ],
  [
    'complaint',
    /beschwer|reklamation|unverschämt|réclamation|plainte|reclamación|queja|reclamo|service.{0,20}(?:déplorable|inadmissible|catastrophique)|servicio.{0,20}(?:pésimo|lamentable)|pésimo servicio|klage\b|klacht/iu,
  ],
  [
    'delivery_info',
    /wie lange.{0,30}(?:lieferung|versand|dauert)|liefert ihr|versandkosten|lieferzeit|(?:versendet|verschickt|liefern sie|versenden sie|verschicken sie) (?:ihr )?(?:auch )?(?:nach|ins ausland)(?!\p{L})|livrez[- ]vous|frais de (?:port|livraison)|délais? de livraison|(?:hacen|hacéis) envíos|(?<!\p{L})env[ií](?:an|[aá]is) (?:también )?a (?!mi|casa|otr|est)|gastos de envío|plazo de entrega|spedite|costi di spedizione|tempi di consegna|leverer i|fragt|leveringstid|leveren jullie|verzendkosten|levertijd/iu,
  ],
  [
    'order_status',
    /wo (?:ist|bleibt|sind)|(?<!\p{L})wo (?:mein|unser|die|der|das)\p{L}{0,2} (?:\S+ ){1,3}(?:ist|bleibt|sind|steckt)(?!\p{L})|wann (?:kommt|wird|kommen|bekomme)|wann (?:\S+ ){1,3}(?:an)?komm(?:t|en)(?!\p{L})|(?:noch|immer) (?:noch )?nicht? (?:da|angekommen|erhalten|geliefert|gekommen)|nicht angekommen|sendungs|lieferstatus|paket|wart\p{L}* (?:\S+ ){0,5}auf (?:(?:mein|unser)\p{L}* )?(?:bestellung|lieferung|sendung|#?\d{4})|où (?:en )?est|où se trouve|(?<!\p{L})ou (?:en )?est (?:ma|mon)(?!\p{L})|(?<!\p{L})donde est[aá] (?:mi|el|nuestro)(?!\p{L})|(?:saber |(?:^|[.,;!?]\s*)(?:y )?)cuando (?:me )?(?:llega|llegará)(?!\p{L})|quand (?:arrive|vais-je|sera)|quand (?:est-ce )?(?:que )?(?:je|on) (?:la |le |les )?(?:reçoi[st]|recevr)|(?:arrive(?:ra)?|part(?:ira)?) quand|command[ée]e?.{0,50}toujours (?:rien|pas)|attend[s]? (?:toujours |encore )?(?:ma commande|ma livraison)|pas (?:encore )?(?:reçu|arrivée?)|suivi|colis|dónde está|cuándo (?:llega|llegará)|no ha llegado|(?:espero|esperando) (?:mi|el) pedido|paquete|seguimiento|dov'è|quando arriva|non (?:è|ho) (?:ancora )?(?:arrivato|ricevuto)|pacco|hvor er|hvornår kommer|(?:ikke|endnu) (?:kommet|modtaget|ankommet)|pakke|waar (?:is|blijft)|wanneer (?:komt|wordt)|nog niet (?:ontvangen|binnen|aangekomen|geleverd)|pakket|var är|när kommer|inte (?:kommit|fått)|onde está|não chegou|gdzie jest/iu,
  ],
];

const moneyBack =
  /\bmoney back\b|\brefund(?: me)?\b(?:,? (?:please|pls|now)|[\s.!]*$)|\b(?:want|like|need|expect|demand|get|give me)\b.{0,20}\brefund(?:ed)?\b/iu;

/** In English. An opinion of the goods is no complaint when money is asked for. */
export function asksForMoneyBack(text: string): boolean {
  return moneyBack.test(text);
}

const soleMatch = 0.78;
const firstOfSeveral = 0.62;

/** Without its accent it is "or", "when it came", "I refuse": only with it does it ask, or speak of a payment. */
const tellingAccent = /où|dónde|cuándo|refusée\?/gu;
/** German and Danish letters have a way of their own to be typed without. */
const typedWithout: Readonly<Record<string, string>> = {
  ä: '(?:ae?)',
  ö: '(?:oe?)',
  ü: '(?:ue?)',
  ß: 'ss',
  æ: '(?:æ|ae)',
  ø: '(?:ø|oe?)',
  å: '(?:aa?)',
};

/** Many type without accents: "direccion", "rembourse", "aendern". */
const typedPlainly = new Map(
  intentWords.map(([, words]) => {
    const source = words.source
      .replace(tellingAccent, '(?!)')
      .replace(/[äöüßæøå]/gu, (letter) => typedWithout[letter] ?? letter);
    return [words, new RegExp(withoutAccents(source), words.flags)];
  }),
);

function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}

/** Best first; empty when no word is known. */
export function readLexicon(text: string, intents: readonly string[]): readonly ScoredIntent[] {
  const plain = text.slice(0, 3_000).replace(/[’`]/g, "'");
  const bare = withoutAccents(plain);
  const matched = intentWords
    .filter(
      ([intent, words]) =>
        intents.includes(intent) && (words.test(plain) || typedPlainly.get(words)?.test(bare) === true),
    )
    .map(([intent]) => intent);
  return matched.map((intent, rank) => ({
    intent,
    confidence: matched.length === 1 ? soleMatch : rank === 0 ? firstOfSeveral : 0.2 / rank,
  }));
}
