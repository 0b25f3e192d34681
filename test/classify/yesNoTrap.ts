/**
 * How customers say yes, say no, and say what only begins like a yes, in the languages of the demo policy and Dutch.
 * A message is written from parts: each lead with each tail.
 */

export interface Phrases {
  /** Each is a yes to a proposal by itself. */
  readonly yes: readonly string[];
  /** What may stand around a yes and changes nothing. */
  readonly around: readonly ((yes: string) => string)[];
  readonly no: readonly string[];
  readonly aroundNo: readonly ((no: string) => string)[];
  /** A plain yes that the tails are put to. */
  readonly leads: readonly string[];
  /** With any of these beside it, the lead is no yes any more. */
  readonly tails: readonly string[];
  /** Messages that are no yes as they stand. */
  readonly traps: readonly string[];
}

const list = (line: string) => line.split('|');

export const phrases: Readonly<Record<string, Phrases>> = {
  English: {
    yes: list(
      "yes|yeah|yep|sure|of course|absolutely|go ahead|please do|do it|sounds good|that's right|correct|I agree|confirmed|by all means|yes, I am sure",
    ),
    around: [
      (yes) => `${yes}.`,
      (yes) => `${yes}, thank you!`,
      (yes) => `Hi, ${yes} please`,
      (yes) => `${yes}, thanks a lot\nAna`,
      (yes) => `${yes} 👍`,
    ],
    no: list(
      "no|nope|no thanks|please don't|rather not|not now|leave it as it is|I changed my mind|don't do it|certainly not",
    ),
    aroundNo: [
      (no) => `${no}.`,
      (no) => `${no}, thank you`,
      (no) => `Hi, ${no}`,
      (no) => `Sorry, ${no}!\nAna`,
    ],
    leads: list('Yes|Ok|Sure'),
    tails: list(
      'Wait|Hold On|Tomorrow|Later Please|Hmm|Both|Voucher|Notebooks|Stop|Half|not yet|not|if it is free|in store credit|as a voucher please|for both mugs|the red one|let me think about it|give me a day|my wife says no|I want to talk to a human first|it works now|it has arrived|got it|all good|and also the red one|and the other one too|after lunch|maybe|in principle|at least half|never|I read it|I got your message|it is mine|unless it ships today|whatever|no|I meant no|only the blue one|but keep the gift|Ruby',
    ),
    traps: list(
      "Great, it works now|Yes it works now, thanks|ok thanks bye|okay have a nice day|That's it, thanks|ok so actually|I am sure you can|ok got it|ok, thanks for letting me know|ok, noted|fine, thanks for your help|ok no problem|Right...|Yes...|sure 🙄|ok then no|ok whatever|definitely maybe|yeah right|Yes I do not|not sure|I would|you can|Yes 👎|Yes ✗|yes not51877|yes no-51877|absolutely not|no objection|all good, thanks|go on",
    ),
  },
  German: {
    yes: list(
      'ja|ja bitte|gerne|na klar|natürlich|selbstverständlich|einverstanden|genau|auf jeden Fall|machen Sie das|geht klar|ich bestätige|jawohl|stimmt|richtig',
    ),
    around: [
      (yes) => `${yes}.`,
      (yes) => `${yes}, vielen Dank!`,
      (yes) => `Hallo, ${yes}`,
      (yes) => `${yes}, danke\nAna Costa`,
      (yes) => `${yes}, bitte 🙏`,
    ],
    no: list(
      'nein|nein danke|lieber nicht|bitte nicht|auf keinen Fall|doch nicht|lassen Sie das|nicht nötig|bloß nicht|das möchte ich nicht',
    ),
    aroundNo: [
      (no) => `${no}.`,
      (no) => `${no}, vielen Dank`,
      (no) => `Hallo, ${no}`,
      (no) => `${no}!\nAna Costa`,
    ],
    leads: list('Ja|Ok|Gerne'),
    tails: list(
      'Moment|Halt|Stopp|Quatsch|Morgen|Später Bitte|Beide|Gutschein|Nicht|nur die blaue|aber erst morgen|wenn es kostenlos ist|als Gutschein|die rote|meine Frau sagt nein|ich überlege noch|vielleicht|sobald das Geld da ist|alles gut|es funktioniert jetzt|ist angekommen|und auch die rote|und die andere auch|zur Hälfte|nein|doch lieber umtauschen|ich habe es gelesen|im Prinzip|ich will zuerst einen Menschen sprechen|bis Freitag',
    ),
    traps: list(
      'ok tschüss|alles klar, schönen Tag noch|ok, danke für die Info|alles gut, danke|ja nein|ja klar, sicher doch nicht|ok hat geklappt|Ja?|gut möglich|passt schon|super, funktioniert jetzt|ok, das ist alles',
    ),
  },
  French: {
    yes: list(
      "oui|oui bien sûr|bien sûr|volontiers|d'accord|allez-y|exactement|c'est ça|tout à fait|absolument|je confirme|faites-le|ça me va|entendu|je suis d'accord",
    ),
    around: [
      (yes) => `${yes}.`,
      (yes) => `${yes}, merci beaucoup`,
      (yes) => `Bonjour, ${yes}`,
      (yes) => `${yes} s'il vous plaît`,
      (yes) => `${yes}, merci\nAna`,
    ],
    no: list(
      "non|non merci|surtout pas|pas du tout|plutôt pas|ne le faites pas|j'ai changé d'avis|je ne veux pas|pas maintenant|hors de question",
    ),
    aroundNo: [
      (no) => `${no}.`,
      (no) => `${no}, merci`,
      (no) => `Bonjour, ${no}`,
      (no) => `${no} !\nAna Costa`,
    ],
    leads: list("Oui|Ok|D'accord"),
    tails: list(
      "Attendez|Attendez svp|Demain|Plus Tard|Pas|Les Deux|Stop|mais pas celle-ci|si c'est gratuit|en bon d'achat|la rouge|ma femme dit non|je réfléchis encore|peut-être|ça marche maintenant|bien reçu|et aussi la rouge|et l'autre aussi|la moitié|non|sauf la lampe|j'ai lu|je veux d'abord parler à quelqu'un|avant vendredi|seulement la bleue|en principe",
    ),
    traps: list(
      "c'est bon, merci|ok merci, bonne journée|ok merci pour votre aide|parfait, bonne soirée|oui ou non|ouais non|ok, c'est tout|Oui ?|pourquoi pas|ok au revoir|très bien, à bientôt|super, ça fonctionne",
    ),
  },
  Spanish: {
    yes: list(
      'sí|sí por favor|claro|claro que sí|por supuesto|vale|de acuerdo|adelante|correcto|así es|confirmo|háganlo|me parece bien|cómo no|estoy seguro',
    ),
    around: [
      (yes) => `${yes}.`,
      (yes) => `${yes}, muchas gracias`,
      (yes) => `Hola, ${yes}`,
      (yes) => `${yes}, por favor`,
      (yes) => `${yes}, gracias\nAna Costa`,
    ],
    no: list(
      'no|no gracias|mejor no|para nada|no hace falta|no lo hagan|ya no|no quiero|prefiero que no|he cambiado de opinión',
    ),
    aroundNo: [
      (no) => `${no}.`,
      (no) => `${no}, gracias`,
      (no) => `Hola, ${no}`,
      (no) => `${no}!\nAna Costa`,
    ],
    leads: list('Sí|Ok|Vale'),
    tails: list(
      'Espera|Espere|Para|Mañana|Más Tarde|Los Dos|Pero no esa|si es gratis|en un vale|la roja|mi mujer dice que no|lo estoy pensando|quizás|ya funciona|ya llegó|y también la roja|y la otra también|la mitad|no|menos la lámpara|lo he leído|quiero hablar antes con alguien|antes del viernes|solo la azul|en principio|nunca',
    ),
    traps: list(
      'ya gracias|ya|ok gracias, buen día|ok, gracias por su ayuda|perfecto, hasta luego|sí, cancelar no|claro que no|ok eso es todo|¿Sí?|por qué no|muy bien, adiós|genial, ya funciona',
    ),
  },
  Danish: {
    yes: list(
      'ja|ja tak|jo tak|selvfølgelig|gør det bare|det må du gerne|meget gerne|helt sikkert|korrekt|klart|kør på|det lyder godt|jeg bekræfter|jep|det er rigtigt',
    ),
    around: [
      (yes) => `${yes}.`,
      (yes) => `${yes}, mange tak!`,
      (yes) => `Hej, ${yes}`,
      (yes) => `${yes}, tak\nAna`,
      (yes) => `${yes} 😊`,
    ],
    no: list(
      'nej|nej tak|helst ikke|hellere ikke|lad være|gør det ikke|slet ikke|ikke nu|jeg har fortrudt|det vil jeg ikke',
    ),
    aroundNo: [(no) => `${no}.`, (no) => `${no}, tak`, (no) => `Hej, ${no}`, (no) => `${no}!\nAna Costa`],
    leads: list('Ja|Ok|Ja tak'),
    tails: list(
      'Vent|Stop|I Morgen|Senere|Begge|Gavekort|men ikke den|hvis det er gratis|den røde|min kone siger nej|måske|det virker nu|den er kommet|og også den røde|og den anden også|halvdelen|nej|undtagen lampen|jeg har læst det|jeg vil tale med nogen først|inden fredag|kun den blå|i princippet|aldrig',
    ),
    traps: list(
      'ok hej hej|fint, hav en god dag|ok, tak for hjælpen|ja tak nej|ok, det var alt|Ja?|hvorfor ikke|super, det virker nu|ok farvel|gør det ikke nu ja',
    ),
  },
  Dutch: {
    yes: list(
      'ja graag|jazeker|zeker|graag|natuurlijk|doe maar|akkoord|klopt|dat klopt|is goed|dat is goed|inderdaad|ga uw gang|ja hoor|ja',
    ),
    around: [
      (yes) => `${yes}.`,
      (yes) => `${yes}, bedankt!`,
      (yes) => `Hallo, ${yes}`,
      (yes) => `${yes}, dank u wel\nAna`,
    ],
    no: list('nee|nee bedankt|liever niet|toch niet|doe maar niet|niet nodig|nee hoor|zeker niet'),
    aroundNo: [(no) => `${no}.`, (no) => `${no}, bedankt`, (no) => `Hallo, ${no}`],
    leads: list('Ja|Ok'),
    tails: list(
      'Wacht|Stop|Morgen|Later Graag|Allebei|Tegoedbon|maar niet die|als het gratis is|de rode|mijn vrouw zegt nee|misschien|het werkt nu|en ook de rode|de helft|doe maar niet|behalve de lamp|alleen de blauwe',
    ),
    traps: list('ok tot ziens|ok, fijne dag nog|ja, doe maar niet|waarom niet|ok doei|ok, dat is alles'),
  },
};
