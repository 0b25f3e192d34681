/** Clauses that turn something down: "I do NOT want to cancel", "bitte nicht stornieren". */

const action =
  '(?:cancel\\w*|call(?:ing)? (?:it |this )?off|return(?:ing|s)?\\b|refund\\w*|reimburs\\w*|money back|exchang\\w*|swap\\w*|replac\\w*|chang\\w*|modif\\w*|edit\\w*|updat\\w*|complain\\w*|complaints?|send(?:ing)? (?:it|this|them|anything) back|invoice|voucher|store credit)';
const object =
  '(?:my |your |the |a |an |any |this |that |it |another |order |address |anything |about |for |to |of )*';
/** Up to three words between the will and the deed: "no quiero que me cancelen". */
const between = "(?:[\\p{L}\u2019']{1,15} ){0,3}?";

/** Only refusals of something an intent stands for. "I don't want the order" is a wish to cancel and stays. */
const refused = [
  // English
  `(?:do not|don'?t|dont|did not|didn'?t|never|not|no longer)\\s+(?:really |actually |even )?(?:want(?:ed|ing)?|wish|need|mean|like|ask(?:ed|ing)?|trying|try|going|looking|look|plan(?:ning)?|here)\\s+${object}${action}`,
  `(?:please |pls |kindly |and |but |so |^)\\s*(?:do not|don'?t|dont|never)\\s+${object}${action}`,
  `\\bnot (?:a|an|the|for|about) ${object}${action}`,
  `\\b(?:no need|rather than|instead of|without)\\s+${object}${action}`,
  // German
  '\\b(?:will|wollen?|wollte|möchten?|brauche|wünsche|verlange)\\b.{0,40}\\bkeine?n?\\s+(?:storn|rückerstattung|erstattung|umtausch|rückgabe|rücksendung|änderung|rechnung|gutschein)',
  '(?<!\\p{L})(?:stornier|erstatt|änder|tausch|schick)\\p{L}{0,2} (?:(?:sie|du|das|es|die|meine|bestellung|bitte|jetzt|zurück|um) ){0,5}(?:doch |bitte |bloß )?(?:nicht|auf (?:gar )?keinen fall|keinesfalls|niemals)(?!\\p{L})',
  // French
  `\\b(?:veux|veut|voulons|souhaite|souhaitons|voudrais|désire|demande)\\s+(?:surtout )?pas\\s+${between}(?:d'|l')?(?:annul|rembours|échang|renvoy|retourn|modifi|chang)`,
  "\\bne (?:surtout )?pas (?:annuler|rembourser|échanger|renvoyer|retourner|modifier|changer)\\b|\\bn'(?:annule|échange)[zs]? (?:surtout )?pas\\b|\\bne (?:rembourse|renvoie|renvoye|modifie|change)[zs]? (?:surtout )?pas\\b",
  "\\bn(?:e |')(?:l'|la |le |les |me |nous |m')?(?:annul|rembours|échang|renvo|retourn|modifi|chang)\\p{L}*[ -]?(?:surtout |donc |plus )?(?:pas|plus|rien)(?!\\p{L})",
  // Spanish, Portuguese
  `\\b(?:no|não) (?:quiero|queremos|quería|quisiera|deseo|pretendo|pido|quero|queria)\\s+${between}(?:cancel|anul|devol|devuelv|reembols|cambi|modific|troc)`,
  '\\b(?:no|não) (?:la |lo |me |nos )?(?:cancel(?:en|es|e|em)|anul(?:en|es|e)|devuelvan?|reembols(?:en|es|e)|cambi(?:en|es|e)|modifiquen?)\\b',
  '\\b(?:no (?:hace falta|es necesario|hay que)|prefiero no|mejor no) (?:que (?:la |lo |me )?)?(?:cancel|anul|devol|devuelv|reembols|cambi|modific)',
  // Italian
  `\\bnon (?:voglio|vogliamo|volevo|vorrei|desidero|intendo|chiedo)\\s+${between}(?:l')?(?:annull|cancell|restitu|rimbors|cambi|modific)`,
  '\\bnon (?:annull(?:ate|i|are)|cancell(?:ate|i|are)|rimbors(?:ate|i|are)|cambi(?:ate|are)|modific(?:ate|hi|are))\\b',
  // Dutch
  '\\b(?:wil|willen|wilde|wens|hoef)\\b.{0,40}\\b(?:niet|geen)\\b.{0,25}(?:annuler|terugst|terugbetal|ruil|wijzig)',
  // Danish, Swedish
  '(?<!\\p{L})(?:annuller|afbestil|returner|refunder|ændr|byt)\\p{L}{0,2} (?:den |det |dem |ordren |bestillingen |venligst |endelig ){0,3}ikke(?!\\p{L})|(?<!\\p{L})lad være med at (?:annuller|afbestil|returner|refunder|ændr|bytt)',
  '(?<!\\p{L})(?:vil|ville|ønsker|behøver|vill)\\b.{0,25}\\b(?:ikke|inte)\\b.{0,30}(?:annuller|afbestil|returner|bytte|ændre|refunder|tilbage|avbeställ|avboka|tillbaka)',
  // "No refund, please": without the courtesy behind it, it may as well say that none came.
  "^\\P{L}*(?:no|no,? no|nein,? keine?|keine?|non,? pas d[e']|pas d[e']|sin) ?(?:refund|cancellation|replacement|(?:rück)?erstattung|stornierung|umtausch|remboursement|annulation|échange|reembolso|cancelación|cambio),? (?:please|pls|thanks|thank you|needed|necessary|required|bitte|danke|nötig|gewünscht|svp|s'il vous pla[iî]t|merci|por favor|gracias)(?!\\p{L})",
].map((source) => new RegExp(source, 'iu'));

/** A bare "not" before the deed refuses it, unless somebody says that they cannot: "ich kann nicht stornieren". */
const bareRefusal =
  /\bnichts? (?:mehr )?(?:stornieren|abbestellen|widerrufen|umtauschen|erstatten|ändern|zurück(?:schicken|senden|geben))(?!\p{L})|\bniet (?:meer )?(?:annuleren|terugsturen|terugbetalen|ruilen|wijzigen)\b|\bikke (?:at )?(?:annuller(?:e)?|afbestil(?:le)?|returner(?:e)?|bytte?|ændre?|refunder(?:e)?)(?!\p{L})/iu;
const cannot =
  /\b(?:kann|können|konnten?|könnte|lässt|warum|wieso|weshalb|kan|kunnen|kon|lukt|waarom|kunne|hvorfor)(?!\p{L})/iu;

/** "Why don't you want to refund me" wants the refund. */
const reproach =
  /^(?:why|how come|warum|wieso|pourquoi|por qué|hvorfor)(?!\p{L})|\byou (?:do not|don't|never|did not|didn't)/iu;

export function isRefusal(clause: string): boolean {
  const start = clause.slice(0, 400);
  if (reproach.test(start)) return false;
  return refused.some((pattern) => pattern.test(start)) || (bareRefusal.test(start) && !cannot.test(start));
}

const denied = [
  "(?:did not|didn'?t|didnt|never|have not|haven'?t) (?:ever )?cancel(?:l?ed)?(?!\\p{L})",
  'why (?:is|was|has|did|were|have)(?: \\S+){1,5} cancel(?:l?ed)?(?!\\p{L})',
  '(?:nicht|nie|niemals) storniert|(?:warum|wieso|weshalb) (?:ist|wurde|haben|hat).{0,40} storniert',
  "n'ai (?:pas|jamais) annulé|pourquoi .{0,40}annulée?",
  '(?:no|nunca) (?:he|hemos) (?:cancelado|anulado)|(?:no|nunca) cancelé|por ?qué .{0,40}(?:cancelad|anulad)[oa]|por ?qué (?:han|habéis) (?:cancelado|anulado)',
  '(?:ikke|aldrig) (?:annulleret|afbestilt)|hvorfor (?:er|blev|har).{0,40} (?:annulleret|afbestilt)',
].map((source) => new RegExp(`(?<!\\p{L})(?:${source})`, 'iu'));

/** "I did not cancel it! Why is it cancelled?": speaks of cancelling, and wants anything but that. */
export function deniesCancelling(text: string): boolean {
  const plain = text.slice(0, 2_000).replace(/[\u2019`\u00b4]/g, "'");
  return denied.some((pattern) => pattern.test(plain));
}

/** "Do not cancel": of more words, some may be about what is wanted in its place. */
const mostWordsOfRefusal = 5;

export function onlyRefuses(text: string): boolean {
  const words = text.match(/[\p{L}\p{N}'’]+/gu)?.length ?? 0;
  return words <= mostWordsOfRefusal && isRefusal(text);
}
