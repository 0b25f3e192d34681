/**
 * "Yes, cancel it, the lamp is ugly": why somebody agrees. Money moves on the yes before it, so a reason is one only in
 * forms that are known to be nothing else; every other remark may limit the yes, or change it.
 */
import { phraseKinds, questionMark } from './plainWords';
import { namedThing } from './proposedThings';

export type ReasonKind = 'fault' | 'opinion' | 'not-wanted';

export interface Reason {
  readonly kinds: readonly ReasonKind[];
  /** Things of the order that it speaks of. */
  readonly things: readonly string[];
  /** "They are broken": of more than one thing, unless the thing is a pair. */
  readonly isOfSeveral: boolean;
}

/** Counts, or makes a face: a joke, or thumbs down. */
const saysMore = /\p{N}|\p{Extended_Pictographic}/u;
/** What is longer is a story. */
const longestRead = 160;
const parting = /[.!,;:\n–—]+\s*|\s-+\s|\s+(?:and|und|et|y|och|og)\s+/giu;
const connecting =
  /^(?:(?:because|as|since|cause|cuz|weil|denn|da|parce qu(?:e |')|car|porque|ya que|pues|fordi)\s*)/iu;

/** A thing: at most four words, looked up among those of the order. */
const thing = String.raw`(?<thing>\p{L}[\p{L}'-]*(?: \p{L}[\p{L}'-]*){0,3})`;
const subjects = {
  en: String.raw`(?:it|they|the (?:colou?r|size|price|quality)|(?:the|my|this|that) ${thing})`,
  de: String.raw`(?:sie|er|es|(?:die (?:farbe|größe|qualität)|der preis)|(?:die|der|das|meine?) ${thing})`,
  fr: String.raw`(?:elle|il|la (?:couleur|taille|qualité)|le prix|(?:la |le |ma |mon |l')${thing})`,
  es: String.raw`(?:(?:el color|la talla|el precio|la calidad)|(?:el|la|mi) ${thing})`,
};
const faults = {
  en: '(?:broken|damaged|faulty|defective|cracked|chipped|smashed|shattered|scratched|leaking|torn)',
  de: '(?:kaputt|defekt|zerbrochen|beschädigt|undicht|gerissen|zerkratzt)',
  fr: '(?:cassée?|abîmée?|fêlée?|ébréchée?|fissurée?|défectueu(?:x|se)|endommagée?|déchirée?)',
  es: '(?:rot[oa]|dañad[oa]|defectuos[oa]|rajad[oa]|agrietad[oa]|desportillad[oa]|rasgad[oa])',
};
const opinions = {
  en: '(?:ugly|hideous|horrible|awful|useless|rubbish|(?:too |far too |way too )(?:small|big|large|expensive|heavy|short|long|dark|bright)|not (?:my (?:style|taste)|what i (?:wanted|expected|ordered)))',
  de: '(?:hässlich|scheußlich|furchtbar|nutzlos|zu (?:klein|groß|teuer|schwer|kurz|lang|dunkel|hell)|nicht mein (?:stil|geschmack))',
  fr: '(?:moche|laide?|affreu(?:x|se)|horrible|inutile|trop (?:petite?|grande?|chère?|cher|lourde?|courte?|longue?|sombre)|pas (?:mon style|à mon goût))',
  es: '(?:fe[oa]|horrible|horroros[oa]|inútil|demasiado (?:pequeñ[oa]|grande|car[oa]|pesad[oa]|cort[oa]|larg[oa]|oscur[oa])|muy car[oa])',
};
const how = {
  en: '(?:really |just |so |very |quite |completely |totally |simply )*',
  de: '(?:wirklich |einfach |so |sehr |ganz |total |leider |ja )*',
  fr: '(?:vraiment |si |très |tout simplement |complètement |toute )*',
  es: '(?:realmente |muy |tan |simplemente |completamente )*',
};
/** Behind a reason, and no part of it. */
const after =
  '(?: (?:anyway|now|after all|to be honest|tbh|unfortunately|sadly|eben|halt|leider|en fait|hélas|la verdad|por desgracia))?';

function saidOf(adjectives: typeof faults): readonly RegExp[] {
  return [
    `${subjects.en}(?: (?:is|was|are|were|looks?|seems?|turned out)|['’]s) ${how.en}${adjectives.en}${after}`,
    `${subjects.de} (?:ist|sind|war|waren) ${how.de}${adjectives.de}${after}`,
    `${subjects.de} ${how.de}${adjectives.de} (?:ist|sind|war|waren)`,
    `(?:${subjects.fr} (?:est|sont|était)|c'est) ${how.fr}${adjectives.fr}${after}`,
    `(?:${subjects.es} )?(?:es|est[áa]|era|son|est[áa]n) ${how.es}${adjectives.es}${after}`,
  ].map(whole);
}

function whole(source: string): RegExp {
  return new RegExp(`^(?:${source})$`, 'iu');
}

const notLiked: readonly RegExp[] = [
  `(?:i|we) (?:do not|don'?t) like (?:it|them|the ${thing})${after}`,
  `${subjects.de} gefällt mir (?:doch |leider |überhaupt |gar )*nicht(?: mehr)?`,
  `${subjects.fr} ne me pla[îi]t (?:pas|plus)(?: du tout)?`,
  `(?:${subjects.es} )?no me gusta(?: nada)?`,
].map(whole);

/** Elsewhere, or for less: "I got it" by itself says that the parcel came. */
const better = {
  en: '(?:(?:much |a lot )?(?:cheaper|better|nicer)(?: (?:elsewhere|somewhere else|in (?:a|the|another) shop|online))?|elsewhere|somewhere else|in (?:a|another) shop)',
  de: '(?:(?:viel )?(?:günstiger|billiger|besser)|(?:woanders|anderswo|im laden)(?: (?:viel )?(?:günstiger|billiger|besser))?)',
  fr: '(?:(?:beaucoup |bien )?(?:moins cher|mieux)(?: ailleurs| en magasin)?|ailleurs|en magasin)',
  es: '(?:(?:mucho )?(?:más barat[oa]|mejor)(?: en otr[oa] (?:sitio|tienda|lado))?|en otr[oa] (?:sitio|tienda|lado))',
};
/** Why nothing of it is wanted any more. */
const notWanted: readonly RegExp[] = [
  "(?:i|we) (?:do not|don'?t|no longer) need (?:it|them|this|the order)(?: any ?more| any longer| now| after all)*",
  `(?:i|we)(?:'ve| have)? (?:found|got|bought|seen) (?:it|one|another(?: one)?|something|them) ${better.en}`,
  "(?:i|we)(?:'ve| have)? (?:already )?(?:ordered|bought) (?:it|them|this) (?:by mistake|by accident|twice)",
  "(?:i|we)(?: already have|'ve already got| have already got) (?:one|another(?: one)?)",
  '(?:it|delivery|shipping) (?:takes|is taking) (?:far |way )?too long',
  'ich brauche (?:sie|es|ihn|die bestellung) (?:doch |leider |jetzt )*nicht mehr',
  'ich (?:sie|es|ihn) (?:doch |leider )*nicht mehr brauche',
  `ich (?:habe|hab) (?:sie|es|ihn|eine|eins|einen|etwas|was) ${better.de} (?:gefunden|bekommen|gekauft|gesehen)`,
  `ich (?:sie|es|ihn|eine|eins|einen|etwas|was) ${better.de} (?:gefunden|bekommen|gekauft|gesehen) (?:habe|hab)`,
  'ich (?:habe|hab) (?:sie |es |ihn )?(?:aus versehen|versehentlich|doppelt|zweimal) bestellt',
  'ich (?:sie |es |ihn )?(?:aus versehen|versehentlich|doppelt|zweimal) bestellt (?:habe|hab)',
  '(?:es|die lieferung) dauert (?:mir )?(?:viel )?zu lange',
  "je n'en ai plus (?:du tout )?besoin|je n'en veux plus",
  `(?:je (?:l'|les )|j'|j'en )ai (?:trouvé|vu|acheté)e?s? (?:une? autre |la même |le même )?${better.fr}`,
  "(?:je (?:l'|les )|j')ai commandée?s? (?:par erreur|deux fois|en double)|j'en ai déjà une?",
  '(?:la livraison est|le délai est) (?:beaucoup )?trop longue?',
  'ya no (?:l[oa]s? (?:necesito|quiero)|me hace falta)',
  `(?:ya )?(?:l[oa]s? )?(?:he encontrado|encontré|he comprado|compré|he visto|vi) (?:un[oa] |otr[oa] )?${better.es}`,
  'l[oa]s? (?:pedí|he pedido|compré) (?:por error|dos veces|sin querer)|ya tengo un[oa]',
  '(?:tarda|está tardando) demasiado',
].map(whole);

const several =
  /(?<!\p{L})(?:they|them|were|are|sind|waren|sont|elles|ils|les|son|están|estan|los|las)(?!\p{L})/iu;

const faultSaid = saidOf(faults);
const opinionSaid = [...saidOf(opinions), ...notLiked];

/**
 * @param choices - the names of what is in the order.
 * @returns null where a word of it may be more than a reason.
 */
export function reasonGiven(rest: string, choices: readonly string[]): Reason | null {
  const said = rest.trim().replace(/[’`´]/gu, "'").replace(/\s+/gu, ' ');
  if (said.length > longestRead || questionMark.test(said) || saysMore.test(said)) return null;
  const parts = said.split(parting).filter((part) => /\p{L}/u.test(part));
  const read = parts.map((part) => partOf(part.trim().replace(connecting, ''), choices));
  const known = read.filter((part) => part !== null);
  const reasons = known.filter((part) => part !== 'courtesy');
  if (known.length < read.length || reasons.length === 0) return null;
  return {
    kinds: reasons.flatMap(({ kinds }) => kinds),
    things: reasons.flatMap(({ things }) => things),
    isOfSeveral: reasons.some(({ isOfSeveral }) => isOfSeveral),
  };
}

function partOf(part: string, choices: readonly string[]): Reason | 'courtesy' | null {
  const kinds = phraseKinds(part);
  if (kinds !== null) return kinds.size === 1 && kinds.has('courtesy') ? 'courtesy' : null;
  const isOfSeveral = several.test(part);
  if (notWanted.some((form) => form.test(part))) return { kinds: ['not-wanted'], things: [], isOfSeveral };
  const fault = firstMatch(faultSaid, part);
  const found = fault ?? firstMatch(opinionSaid, part);
  if (found === null) return null;
  const words = found.groups?.['thing'];
  const kind = fault === null ? 'opinion' : 'fault';
  if (words === undefined) return { kinds: [kind], things: [], isOfSeveral };
  const named = namedThing(words, choices);
  return named === null ? null : { kinds: [kind], things: [named], isOfSeveral };
}

function firstMatch(forms: readonly RegExp[], text: string): RegExpExecArray | null {
  for (const form of forms) {
    const found = form.exec(text);
    if (found !== null) return found;
  }
  return null;
}
