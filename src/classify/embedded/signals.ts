/** Things beside the intent that a policy may answer to: found by words, so that a team can read why. */
import { containsCardNumber } from '../../core/conversation/redaction';
import type { MessageSignal } from '../../core/conversation/understanding';
import { phraseKinds } from './plainWords';

const asksForHuman =
  /\b(?:real|actual|live|human) (?:person|human|being|agent|people|someone|representative)|\bany(?:one|body) (?:human|real)|\b(?:is|are) (?:there )?(?:a |any )?humans?\b|\b(?:speak|talk|chat|connect me|put me through|transfer me|escalate)\b.{0,25}\b(?:to|with)\b.{0,20}\b(?:human|person|someone|somebody|agent|representative|rep|manager|supervisor|advisor|operator)|\b(?:get|give|want|need) (?:me )?(?:a |an |your )?(?:human|real person|person|manager|supervisor|representative|operator)\b|\b(?:stop|no more|enough|third|another|stupid|useless|not a|you'?re a|talking to a) (?:with )?(?:these |the |your |this )?(?:ro)?bots?\b|\bhuman (?:please|now|support|help)|echten? (?:mensch|person)|mit (?:einem |einer )?(?:menschen|mitarbeiter\w*|person|jemandem) (?:sprechen|reden|telefonieren)|parler à (?:un|une|quelqu)\S* ?(?:humain|personne|conseiller|agent|vraie)?|(?:hablar|comunicar\w*) con (?:una?|alguien) ?(?:persona|humano|agente)?|parlare con (?:un|una|qualcuno)|(?:tale|snakke) med (?:et|en) (?:menneske|medarbejder|person|rigtig)|(?:iemand|medewerker|mens) (?:spreken|praten)|met een (?:medewerker|mens|echt persoon)|prata med (?:en )?(?:människa|person|någon)/iu;
const anger =
  /\b(?:furious|disgust\w*|outrag\w*|ridiculous|unacceptable|appalling|disgrace\w*|pathetic|fed up|sick (?:and tired )?of|worst (?:company|service|shop|experience)|joke of a|what a joke|scam\w*|thieves|rip ?off|wtf|bullshit|f\*+k\w*|fuck\w*|shit\w*|useless|absolute(?:ly)? (?:terrible|awful|shocking)|never (?:again|shopping|buying)|angry|livid|how dare|liars?|incompetent)\b|unverschämt\w*|frechheit|sauer\b|wütend|scheiß\w*|inacceptable|scandaleux|honte|inaceptable|vergüenza|estafa|inaccettabile|vergogna|uacceptabelt|belachelijk|schandalig|😡|🤬|[!?]{4,}/iu;
const legal =
  /\b(?:lawyer|solicitor|attorney|legal action|take (?:you|this) to court|small claims|sue (?:you|your)|suing|lawsuit|trading standards|ombudsman|consumer (?:protection|rights act|court)|chargeback|police|fraud report|gdpr|data protection|legal (?:team|department|proceedings))\b|anwalt|anwältin|rechtsanwalt|verbraucherzentrale|anzeige erstatten|\bavocat\b|tribunal|abogado|denuncia|avvocato|advokat|advocaat|juridisch/iu;
const safety =
  /\b(?:caught (?:on )?fire|on fire|burn(?:t|ed|ing|s)? (?:my|her|his|me|down|smell)|smok(?:e|ing) (?:came|coming|from)|exploded?|explosion|electric(?:al)? shock|electrocuted|got a shock|injur(?:ed|y|ies)|cut (?:(?:my|him|her)self|(?:my|his|her|our|their) (?:hand|finger|mouth|lip|tongue|foot|face|arm|leg)s?)|hurt (?:my|her|his)|bleeding|hospital|allergic reaction|choking|poison\w*|overheat(?:s|ed|ing)|melted|sparks?|suicid\w*|kill myself)\b|brand gefangen|feuer gefangen|stromschlag|verletzt|explodiert|pris feu|blessée?|incendi\w*|herido|ferit[oa]|brændt|kommet til skade|ontploft|gewond/iu;
/** Illness and injury, only with what they come from: "sick of waiting" and "ill last week" are no danger. */
const harm = new RegExp(
  [
    String.raw`\b(?:sick|ill|unwell|nauseous) (?:from|because of|due to|after) (?:(?:eating|drinking|using|tasting|trying|having|wearing)\b|(?:your|the|this|that|these|those|my|one|a) (?:\w+ )?(?:coffee|tea|food|meal|beans|drink|soap|cream|lotion|powder|capsules?|pills?|chocolates?|product|item)\b)`,
    String.raw`\b(?:coffee|tea|food|meal|beans|drink|soap|cream|chocolates?|product|it) (?:has |have )?made (?:me|us|him|her|them|my \w+) (?:(?:really|very|so|all) )?(?:sick|ill|unwell|vomit)\b(?! (?:of|to (?:read|see|hear|think)))`,
    String.raw`\b(?:vomit(?:ed|ing)|threw up|throwing up|food poisoning|anaphyla\w*|swallowed (?:a|the|some) (?:piece|bit|splinter|shard|part|magnet|battery|button)\w*)\b`,
    String.raw`\b(?:sons?|daughters?|child(?:ren)?|kids?|baby|toddler|wife|husband|mother|father|mum|mom|dad|he|she|dog|cat|somebody|someone|finger|hand|mouth|lip|tongue) (?:is|was|are|were|got|has been|have been) (?:badly |seriously |slightly )?(?:hurt|bleeding|burn(?:t|ed))\b(?! (?:by|at|that|about|because) )`,
    String.raw`\bbro(?:ke|ken) (?:a|my|his|her) tooth\b`,
    String.raw`\b(?:broken glass|glass (?:shards?|splinters?|pieces)|(?:shards?|splinters?|pieces?|bits?) of (?:glass|metal|plastic)|metal|needles?) in(?:side)? (?:my|the|your|our|this) (?:\w+ )?(?:coffee|tea|food|meal|beans|drink|powder|flour|chocolates?|sauce|jam|honey|milk|cereal|bread)\b`,
    String.raw`(?:glas(?:scherben|splitter)|scherben|splitter|metall\p{L}*) (?:in|im|zwischen) (?:den |dem |der |meine[mnr] |unsere[mnr] |ihre[mnr] )?(?:\p{L}*bohnen|\p{L}*kaffee|tee|essen|pulver|mehl|schokolade)`,
    String.raw`(?:von|vom|nach|durch) (?:dem |den |der |ihrem |ihren |eurem |euren |diesem )?(?:genuss|verzehr|trinken|essen|\p{L}*kaffee|tee|\p{L}*bohnen|creme|seife|produkt)(?!\p{L}).{0,30}(?:krank|schlecht geworden|übel|übergeben)(?!\p{L})`,
    String.raw`(?<!\p{L})(?:erbrochen|erbrechen|lebensmittelvergiftung|vergiftet|verbrüht)(?!\p{L})`,
    String.raw`(?:verre|métal) (?:cassé |brisé )?dans (?:le|les|mon|mes|la|votre|vos|ce) (?:café|thé|grains?|nourriture|chocolats?)`,
    String.raw`rendue?s? malades?(?!\p{L})|malades? (?:à cause (?:de|du)|après avoir (?:bu|mangé|utilisé|goûté))|(?<!\p{L})(?:vomi|vomit|vomissements?)(?!\p{L})|intoxication alimentaire|empoisonn`,
    String.raw`(?:vidrios?|cristal(?:es)?|metal) (?:rotos? )?en (?:el|los|la|mi|mis|su|sus) (?:café|té|granos?|comida|chocolate)`,
    String.raw`enferm\p{L}* (?:por|con|a causa de|después de|tras) (?:beber|tomar|comer|usar|(?:el|su|este) (?:café|té|producto))|(?<!\p{L})(?:vomit(?:é|ó|ado|ando)|intoxica(?:do|da|ción))(?!\p{L})`,
    String.raw`glas(?:skår|splinter|stykker)? i (?:kaffen|min kaffe|bønnerne|teen|maden|chokoladen)|(?:glasskår|metal) i (?:kaffe|te|mad|bønner)`,
    String.raw`(?<!\p{L})syge? af (?:at (?:drikke|spise|bruge)|(?:jeres|den|kaffen|teen|maden|min))(?!\p{L})|(?<!\p{L})(?:kastede? op|kastet op|forgift\p{L}*)(?!\p{L})`,
  ].join('|'),
  'iu',
);
const thanks =
  /\b(?:thanks?|thank (?:you|u)|thx|thnx|tnx|ty|cheers|much appreciated|appreciate it|danke|dankeschön|vielen dank|merci|gracias|grazie|tak|mange tak|tack|bedankt|dank je|dank u|obrigad[oa]|dziękuję)\b|🙏|👍|❤️/iu;
const greeting =
  /^[\s\p{P}]*(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|dear|greetings|hallo|guten (?:tag|morgen|abend)|moin|servus|bonjour|bonsoir|salut|hola|buen[oa]s|ciao|buongiorno|hej|hejsa|goddag|olá|bom dia|cześć|👋)(?![\p{L}])/iu;
const notReceived =
  /(?:n't|\bnot|\bnever|\bstill no|\bno sign of|\bnothing(?: has)?)\b.{0,40}\b(?:here|there|arrived?|received?|got(?:ten)?|get|have it|come|turned up|shown? up|showed up|delivered)\b|\b(?:missing|gone missing|lost|nowhere|cannot find|can't find|(?:got|received) nothing)\b|\b(?:box|parcel|package)\b (?:(?:was|is|came|arrived) )?(?:(?:completely|totally) )?empty\b|\bempty (?:box|parcel|package)\b|(?:paket|päckchen|karton) (?:(?:war|ist|kam) )?(?:(?:komplett|ganz|völlig) )?leer(?!\p{L})|(?:colis|carton) (?:(?:est|était|arrivé) )?(?:(?:complètement|totalement) )?vide(?!\p{L})|(?:paquete|caja) (?:(?:está|estaba|llegó|vino|ha llegado) )?(?:(?:completamente|totalmente) )?vac[ií][oa](?!\p{L})|(?:nicht|nie|nichts|kein\w*)\b.{0,30}(?:\bda\b|angekommen|erhalten|bekommen|geliefert|gekommen|\bhier\b)|verschwunden|\bfehlt\b|(?:pas|jamais|rien)\b.{0,25}(?:reçu|arrivé|\blà|livré)|introuvable|disparu|(?:paquete|pedido) (?:yo )?no l[oa] teng|(?:paket|sendung) habe? ich nicht(?!\p{L})|\b(?:no|nunca|nada)\b.{0,30}(?:llegado|llegó|recibido|recibí|entregado|\bestá\b)|perdid[oa]|(?:ikke|aldrig|intet)\b.{0,30}(?:kommet|modtaget|fået|\bher\b|ankommet)|\bmangler\b|forsvundet|\bnon\b.{0,30}(?:arrivat|ricevut)|\b(?:niet|nooit|niets)\b.{0,30}(?:ontvangen|aangekomen|binnen|gekregen)|\binte\b.{0,30}(?:kommit|fått)/iu;
const faultyGoods =
  /\b(?:broken?|broke|damaged?|faulty|defective|defects?|cracked|chipped|smashed|shattered|snapped(?! (?:an?|some) )|torn|scratched|dented|crushed|squashed|ripped|burst|leak(?:ed|ing)|stopped working|(?:doesn't|does not|won't|not) work(?:ing)?)\b|\b(?:sent|got|received|delivered|arrived)\b.{0,20}\bwrong\b|\bwrong (?:item|product|thing|one|colou?r|size)\b.{0,15}\b(?:sent|arrived|delivered|came)\b|\b(?:came|arrived|was|were|got)\b.{0,20}\bin (?:(?:a )?\w+ )?(?:pieces|bits|shards)\b|\b(?:is|are)\b.{0,20}\bin (?:a \w+ |many )?(?:pieces|bits|shards)\b|\b(?:fell|falling|fallen|came|coming) apart\b|kaputt|beschädigt|(?:auf|zer|ein)gerissen|(?<!\p{L})risse?(?!\p{L})|(?:eine[nmr]?|mehrere) (?:sprung|sprünge|kratzer|delle)(?!\p{L})|angeschlagen|(?:ab|(?<!\p{L}))gebrochen(?!\p{L})(?<!(?:zahlung|vorgang|kauf|überweisung|verbindung|transaktion|bestellung) (?:\p{L}+ ){0,2}(?:ab)?gebrochen)|abgeplatzt|(?:zer|ge)sprungen|zerkratzt|verbeult|verbogen|undicht|in (?:scherben|(?:tausend )?(?:stücken|einzelteilen))(?!\p{L})|geplatzt|zerdrückt|ausgelaufen|defekt|zerbrochen|falsche[nrs]? (?:artikel|ware|produkt)|cassée?s?(?!\p{L})|brisée?s?(?!\p{L})|f[êe]lée?s?(?!\p{L})|ébréchée?s?|fissurée?s?|(?:est|sont|était|étaient|arrivée?s?|reçue?s?|livrée?s?|toute?s?) (?:\p{L}+ )?rayée?s?(?!\p{L})|(?:est|sont|était|étaient|arrivée?s?|reçue?s?|livrée?s?|tombée?s?) (?:\p{L}+ ){0,2}en (?:morceaux|miettes)(?!\p{L})|en mille (?:morceaux|miettes)(?!\p{L})|abîmée?|déchirée?|percée?s?(?!\p{L})|défectueu|endommagée?|mauvais (?:article|produit)|\brot[oa]s?\b|se (?:rompió|rompieron|ha roto)|(?<!\p{L})rajad[oa]s?|agrietad|desportillad|astillad|abollad|hech[oa]s? (?:pedazos|añicos|trizas)|dañad|defectuos|rasgad|reventad|aplastad|(?:artículo|producto) equivocado|ødelagt|i stykker|flænset|gået op|mast(?!\p{L})|knust|forkert vare|\brott[oai]\b|danneggiat|\bkapot\b|beschadigd|trasig/iu;
const accountMisuse =
  /\b(?:hack(?:ed|ers?|ing)|account (?:was |has been |is |got )?(?:stolen|compromised|taken over)|(?:someone|somebody)(?: else)? (?:(?:is|was|has|has been|got) )?(?:us(?:ed|es|ing) my|log(?:s|ged|ging) in|access(?:ed|ing)|(?:in|into|broke into) my account|changed my (?:password|e-?mail))|(?:i )?(?:did not|didn't|never) (?:place|placed|make|made) (?:this|that|these|those|an?y?) (?:orders?|purchases?)|(?:it|that) (?:wasn't|was not) me)\b|gehackt|fremdzugriff|piratée?\b|hacke(?:ado|ada|aron)|hacket|hackerat|hackad/iu;
/** "No thanks to you", "thanks for nothing". */
const sarcasm = /thanks for nothing|no thanks to/iu;

const patterns: readonly (readonly [MessageSignal, RegExp])[] = [
  ['asks-for-human', asksForHuman],
  ['anger', anger],
  ['legal', legal],
  ['safety', safety],
  ['safety', harm],
  ['greeting', greeting],
  ['not-received', notReceived],
  ['faulty-goods', faultyGoods],
  ['account-misuse', accountMisuse],
];

export function findSignals(text: string): readonly MessageSignal[] {
  const plain = text.replace(/[’`]/g, "'");
  const matching = patterns.filter(([, pattern]) => pattern.test(plain));
  const found = [...new Set(matching.map(([signal]) => signal))];
  if (shouts(plain) && !found.includes('anger')) found.push('anger');
  if (thanks.test(plain) && !sarcasm.test(plain)) found.push('thanks');
  if (containsCardNumber(plain)) found.push('card-number');
  if (isOnlyCourtesy(plain)) found.push('courtesy-only');
  return found;
}

/** Thanks, greetings and fillers, and not a word more: the message only closes or opens. */
export function isOnlyCourtesy(text: string): boolean {
  const kinds = phraseKinds(text);
  // "Ok?" asks something.
  const asks = /[?¿？؟]/u.test(text);
  if (kinds === null || (asks && (kinds.has('agreeable') || kinds.has('settled')))) return false;
  return !kinds.has('yes') && !kinds.has('no') && !kinds.has('pointing') && !kinds.has('hesitation');
}

const mostWordsOfThanks = 8;
/** What a message of thanks may go on to say that is not thanks: a wish, a doubt, a refusal, a condition, a figure. */
const more =
  /[?¿？؟@\d]|n't(?!\p{L})|(?<!\p{L})(?:not|no|never|nothing|none|still|yet|but|however|although|only|if|until|before|by|need\p{L}*|want\p{L}*|wait\p{L}*|please|pls|can|could|would|wish|hope|send|give|cancel\p{L}*|change\p{L}*|when|where|how|why|nicht|nichts|kein\p{L}*|nie|noch|aber|nur|wenn|bis|brauche|möchte|will|warte\p{L}*|hoffe|kann|können|schick\p{L}*|wann|wo|warum|pas|jamais|rien|encore|toujours|mais|seulement|sauf|avant|besoin|veux|voudrais|attend\p{L}*|espère|pouvez|envoy\p{L}*|quand|où|pourquoi|nunca|nada|todavía|aún|pero|sólo|solo|antes|necesito|quiero|espero|puede\p{L}*|env[ií]\p{L}*|cuándo|dónde|ikke|aldrig|intet|stadig|endnu|men|kun|hvis|før|inden|mangler|brug|vil|venter|håber|hvor|hvornår|hvorfor)(?!\p{L})/iu;

/**
 * "Thank you for the answer, that helps": thanks in words that no list foresees.
 * @param signals - of the same text; most of them say that there is more to it.
 */
export function isMostlyThanks(text: string, signals: readonly MessageSignal[]): boolean {
  const words = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  return (
    signals.includes('thanks') &&
    signals.every((signal) => ['thanks', 'greeting', 'affirms'].includes(signal)) &&
    words <= mostWordsOfThanks &&
    !more.test(text.replace(/[’`´]/g, "'"))
  );
}

const politely =
  /(?<!\p{L})(?:please|pls|plz|kindly|thanks|thank you|bitte|danke|s'il vous pla[îi]t|svp|stp|merci|por favor|porfa|gracias|venligst|tak)(?!\p{L})/iu;

/** A whole sentence or more in capitals. Some always write so: who says please is no angrier for it. */
function shouts(text: string): boolean {
  if (politely.test(text)) return false;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  return letters >= 25 && capitals / letters > 0.8;
}
