/**
 * What an answer to a proposal wants in its place: "no, the red one and the blue one", "not that order, 51877", "number
 * 14". Pure. Only answers that consist of nothing else; in doubt none, and the words are read as any other answer.
 */
import type { Dialogue, OpenQuestion } from '../../core/conversation/dialogue';
import { isSameOrder } from '../../core/orders/orderNumber';
import { correctedAddress } from './correctedAddress';
import { itemsOfSlot } from './itemMeant';
import { withoutNumbers } from './readSlot';
import { saysFine, tellsWhatIsFine, thingsNamed, wordsBeside } from './thingsNamed';

export type Correction =
  /** These items of the order, and no others. */
  | { readonly kind: 'items'; readonly items: readonly string[] }
  /** What was told is not meant, and what is was not said. */
  | { readonly kind: 'not-that'; readonly slot: 'item' | 'address' }
  | { readonly kind: 'order'; readonly number: string }
  /** Yes to what was proposed, and the same for another order. */
  | { readonly kind: 'order-too'; readonly number: string }
  /** "The wrong order": which one is right was not said. */
  | { readonly kind: 'another-order' }
  | { readonly kind: 'address'; readonly address: string }
  /** The proposal is about the whole order, and the answer about some of its items. */
  | { readonly kind: 'part' };

/** Longer ones are stories, or wishes with reasons. */
const longestCorrection = 120;

interface Answer {
  readonly text: string;
  /** Order numbers that it names. */
  readonly numbers: readonly string[];
  readonly slots: Dialogue['slots'];
}

/** @returns null where the answer corrects nothing, or says more than that. */
export function correctionOf({ text, numbers, slots }: Answer, question: OpenQuestion): Correction | null {
  const said = text.trim();
  if (question.kind !== 'confirm' || said.length > longestCorrection || /[?¿？؟]/u.test(said)) return null;
  const told = slots['address']?.value ?? '';
  const address = isAbout('change-address', question) ? correctedAddress(said, told, question.order) : null;
  if (address !== null) return { kind: 'address', address };
  const { order } = question;
  const isOfAnother = order !== null && numbers.some((number) => !isSameOrder(number, order));
  return (
    anotherOrder(said, numbers, question) ??
    anotherAddress(said, question) ??
    // Its items are called like those of others: "the blue mug of order 60004".
    (isOfAnother ? null : otherItems(said, itemsOfSlot(slots['item']?.value ?? ''), question))
  );
}

function isAbout(type: OpenQuestion['actions'][number]['type'], { actions }: OpenQuestion): boolean {
  return actions.some((action) => action.type === type);
}

function isAboutItems({ actions }: OpenQuestion): boolean {
  return actions.some((action) => action.type === 'refund' && action.lines.length > 0);
}

/** A word of these says nothing but that something else is meant; for each language in turn. */
const plainWords = wordList(
  'no nope yes yeah yep ok okay sorry oh wait not but instead please pls the a an that this it is was its one ones order orders number for i i meant mean thats right wrong other another different of mine my only just rather actually',
  'nein nee ja nicht aber sondern doch stattdessen bitte die der das den dem diese dieser dieses jene es ist war bestellung bestellungen bestellnummer nummer für ich meine meinte mein meiner andere anderen anderer falsche falschen nur lieber eigentlich moment',
  'non oui ne pas mais plutôt svp s il vous plaît le la les l cette cet ce celle celui c est était commande commandes numéro pour je voulais dire parle de parlais autre mauvaise ma seulement désolé désolée pardon attendez',
  'no sí si pero sino mejor por favor el la los las ese esa este esta es era pedido pedidos número para yo quise quería decir otro otra equivocado equivocada mi solo sólo perdón del al',
  'nej ja ikke men hellere venligst den det denne er var ordre ordren bestilling bestillingen nummer for jeg mente mener min anden andre forkert forkerte kun undskyld',
);
const tooWords = wordList(
  'too also as well and both',
  'auch ebenfalls und genauso',
  'aussi également et',
  'también y e',
  'også og',
);
const yesFirst = /^\P{L}*(?:yes|yeah|yep|ok|okay|ja|oui|sí|si)(?!\p{L})/iu;
const addsTo =
  /(?<!\p{L})(?:too|also|as well|auch|ebenfalls|genauso|aussi|également|también|også)(?!\p{L})/iu;
const deniedBefore = /(?<!\p{L})(?:not|nicht|pas|no|ikke)(?: (?:the|die|der|la|el|den|order|#)){0,2} #?$/iu;
const deniedAnywhere = /n['’]t(?!\p{L})|(?<!\p{L})(?:not|nicht|pas|no|ikke|non|nein|nej)(?!\p{L})/iu;
const answerFirst =
  /^\P{L}*(?:(?:wait|hold on|oh|ah|sorry|hmm?|moment|halt|ach|attendez|pardon|euh|espera|perdón|vent)\P{L}+){0,2}(?:no|nope|nein|nee|non|nej)(?!\p{L})/iu;
const parting =
  /[,.;:!\n]+|\s(?=(?:but|sondern|aber|mais|pero|sino|men|and|und|et|y|og)\s)(?!\p{L}+ (?:not|nicht|pas|no|ikke)\P{L}*$)/iu;
const orderWord =
  /(?<!\p{L})(?:orders?|bestellung\p{L}*|commandes?|pedidos?|ordren?|bestilling\p{L}*)(?!\p{L})/iu;
const otherWord = /(?<!\p{L})(?:other|another|different|andere[nrs]?|autre|otr[oa]|anden|andre)(?!\p{L})/iu;
const wrongWord = /(?<!\p{L})(?:wrong|falsche[nrs]?|mauvaise?|equivocad[oa]|forkerte?)(?!\p{L})/iu;
const notThis =
  /(?<!\p{L})(?:not (?:that|this|the right)|nicht (?:diese|die)(?! (?:ander|falsch))|pas (?:cette|celle)|(?:ese|este) (?:pedido )?no|no (?:ese|este|es ese|es este)|ikke (?:den|denne))(?!\p{L})/iu;
/** "No, the one with the blanket": of an order by what is in it. */
const theOneWith =
  /^\P{L}*(?:(?:no|nein|non|nej)\P{L}+)?(?:not that (?:one|order)\P{L}+)?(?:i meant? |ich mein(?:t?e) |je voulais dire |quise decir )?(?:the (?:one|order)|die(?: bestellung)?|celle|la commande|el(?: pedido)?|den|ordren) (?:with|from|containing|mit|vom|von|avec|du|con|del|de|med|fra) (.+)$/iu;

function anotherOrder(said: string, numbers: readonly string[], question: OpenQuestion): Correction | null {
  const { order } = question;
  if (order === null) return null;
  const [only, ...more] = numbers.filter((number) => !isSameOrder(number, order));
  const rest = withoutNumbers(said, numbers);
  if (only !== undefined) {
    const at = said.indexOf(only);
    const own = partsOf(said).filter((part) => part.includes(only));
    const isDenied =
      deniedBefore.test(said.slice(0, at)) || own.some((part) => isDeniedIn(part) || wrongWord.test(part));
    if (more.length > 0) return null;
    if (isDenied) return saysOnly(rest, [plainWords, tooWords]) ? { kind: 'order', number: order } : null;
    if (saysOnly(rest, [plainWords])) return { kind: 'order', number: only };
    const isToo = addsTo.test(rest) && yesFirst.test(rest) && !deniedAnywhere.test(rest);
    return isToo && saysOnly(rest, [plainWords, tooWords]) ? { kind: 'order-too', number: only } : null;
  }
  const described = theOneWith.exec(said)?.[1];
  if (described !== undefined)
    return namesNone(described, question.choices) ? { kind: 'another-order' } : null;
  const isOther =
    (otherWord.test(said) && (orderWord.test(said) || !isAboutItems(question))) ||
    (orderWord.test(said) && (wrongWord.test(said) || notThis.test(said)));
  if (!isOther || !saysOnly(rest, [plainWords])) return null;
  const other = partsOf(rest).filter((part) => otherWord.test(part) || wrongWord.test(part));
  return other.some(isDeniedIn) ? { kind: 'order', number: order } : { kind: 'another-order' };
}

/** "Not the other one", "51877 meine ich nicht": it is not meant. A "no" before everything else is to the proposal. */
function isDeniedIn(part: string): boolean {
  return deniedAnywhere.test(part.replace(notThis, ' '));
}

function partsOf(said: string): readonly string[] {
  return said.replace(answerFirst, '').split(parting);
}

function saysOnly(text: string, lists: readonly ReadonlySet<string>[]): boolean {
  return wordsIn(text).every((word) => lists.some((list) => list.has(word)));
}

function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function wordList(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}

function namesNone(text: string, things: readonly string[]): boolean {
  return wordsBeside(text, things).length === wordsBeside(text, []).length;
}

const besideItems =
  /(?<!\p{L})(?:yes|yeah|ok|okay|only|just|too|also|as well|instead|rather|is|are|was|were|fine|good|broken|damaged|ist|sind|war|waren|kaputt|heil|in ordnung|est|sont|était|cassée?s?|intacte?s?|es|son|está|están|rot[oa]s?|bien|ja|nur|auch|ebenfalls|stattdessen|lieber|oui|seulement|juste|aussi|également|plutôt|sí|si|solo|sólo|solamente|también|mejor|kun|bare|også|hellere)(?!\p{L})/giu;
/** "All three": the number says it once more. */
const counts: readonly RegExp[] = [
  /(?<!\p{L})(?:both|beide[nrs]?|les deux|l[oa]s dos|amb[oa]s|begge)(?: of (?:them|these))?(?!\p{L})/iu,
  /(?<!\p{L})(?:all(?: of)?(?: the)? three|alle drei|(?:tous |toutes )?les trois|(?:tod[oa]s )?l[oa]s tres|alle tre)(?: of (?:them|these))?(?!\p{L})/iu,
  /(?<!\p{L})(?:all(?: of)?(?: the)? four|alle vier|(?:tous |toutes )?les quatre|(?:tod[oa]s )?l[oa]s cuatro|alle fire)(?: of (?:them|these))?(?!\p{L})/iu,
];
const theRest =
  /(?<!\p{L})(?:the (?:rest|other(?:s| ones?)?|remaining \p{L}+)|(?:den|der) rest|die anderen?|das andere|der andere|l'autre|le reste|les autres|el resto|(?:el |la )otr[oa]|l[oa]s (?:otr[oa]s|demás)|resten|de andre)(?!\p{L})/iu;
const unbroken =
  /(?:n['’]?t|(?<!\p{L})(?:not|nicht|pas|no(?: est[aá])?|ikke))(?: (?:be|also|either|auch|non plus|tampoco|heller))? (?:broken|damaged|faulty|defective|kaputt|beschädigt|defekt|cassée?s?|abîmée?s?|rot[oa]s?|dañad[oa]s?|i stykker|ødelagt)(?!\p{L})/iu;
const unwanted =
  /(?:n['’]?t|(?<!\p{L})(?:not|nicht|pas|no|ikke))(?: be)? (?:refund(?:ed)?|return(?:ed)?|erstatten|zurückzahlen|rembourse[rz]?|reembols\p{L}*|refunder\p{L}*)(?!\p{L})/iu;
const denial = /(?<!\p{L})(?:not|nicht|pas|non|no|nein|ikke|nej)(?!\p{L})/giu;

function otherItems(said: string, told: readonly string[], question: OpenQuestion): Correction | null {
  const things = [...new Set(question.choices)];
  if (!isAboutItems(question)) return isAboutPart(said, things) ? { kind: 'part' } : null;
  const turnedDown = partsOf(said).filter((part) => unbroken.test(part) || unwanted.test(part));
  if (turnedDown.length > 0) return withoutThese(said, turnedDown, told, things);
  if (counts.some((pattern, place) => place + 2 === things.length && saysThat(said, pattern))) {
    return partsOf(said).some(isDeniedIn)
      ? { kind: 'not-that', slot: 'item' }
      : { kind: 'items', items: things };
  }
  const others = things.filter((item) => !told.includes(item));
  if (saysThat(said, theRest)) {
    const rest = partsOf(said).filter((part) => theRest.test(part));
    if (told.length > 0 && rest.some(isDeniedIn)) return { kind: 'items', items: told };
    const isOne = others.length === 1 && !addsTo.test(said);
    if (!isOne && !addsTo.test(said)) return { kind: 'not-that', slot: 'item' };
    return { kind: 'items', items: isOne ? others : things };
  }
  const beside = wordsBeside(said.replace(besideItems, ' ').replace(denial, ' '), things);
  if (beside.length > 0) return null;
  const named = thingsNamed(said, things);
  if (named.length > 0) {
    const items = addsTo.test(said)
      ? things.filter((item) => named.includes(item) || told.includes(item))
      : named;
    return { kind: 'items', items };
  }
  // "Not the blue one": of two, the other.
  const refused = deniedAnywhere.test(said) ? thingsNamed(said.replace(denial, ' '), things) : [];
  if (told.length === 0 || !told.every((item) => refused.includes(item))) return null;
  const left = things.filter((item) => !refused.includes(item));
  return left.length === 1 ? { kind: 'items', items: left } : { kind: 'not-that', slot: 'item' };
}

/** "The red one is not broken": whatever else is named, and was told, goes on. */
function withoutThese(
  said: string,
  turnedDown: readonly string[],
  told: readonly string[],
  things: readonly string[],
): Correction | null {
  const fine = turnedDown.flatMap((part) =>
    thingsNamed(part.replace(unbroken, ' ').replace(unwanted, ' '), things),
  );
  if (fine.length === 0) return null;
  const others = partsOf(said).filter((part) => !turnedDown.includes(part));
  const named = thingsNamed(others.join(', '), things);
  const items = (named.length > 0 ? named : told).filter((item) => !fine.includes(item));
  if (items.length > 0) return { kind: 'items', items };
  // "Please don't refund the blue one" is a no.
  return unwanted.test(said) ? null : { kind: 'not-that', slot: 'item' };
}

function saysThat(said: string, pattern: RegExp): boolean {
  return pattern.test(said) && saysOnly(said.replace(pattern, ' '), [plainWords, tooWords]);
}

/** "Only the lamp", "yes but send the rest", to "shall I cancel the order?" */
function isAboutPart(said: string, things: readonly string[]): boolean {
  if (things.length < 2) return false;
  const named = thingsNamed(said, things);
  const isSome = named.length > 0 && named.length < things.length;
  return theRest.test(said) || isSome || tellsWhatIsFine(said, things);
}

const saysHowItIs =
  /(?<!\p{L})(?:is|are|was|were|looks?|seems?|turned out|ist|sind|war|waren|est|sont|était|es|son|era|est[áa]n?|me plaît|gefällt|gusta|['’]s)(?!\p{L})/iu;

/**
 * "Cancel it, the lamp is ugly": of the things of the order it only says how they are. Not "cancel the lamp, it is ugly".
 * Whether that is all, the classifier has to know.
 */
export function onlyRemarksOn(said: string, things: readonly string[]): boolean {
  if (theRest.test(said)) return false;
  const remarks = said.split(
    /[,.;:!\n–—-]+|\s(?=(?:because|cause|cuz|weil|parce|car|porque|and|und|et|y)\s)/iu,
  );
  const naming = remarks.filter((part) => wordsBeside(part, things).length < wordsBeside(part, []).length);
  return naming.length > 0 && naming.every((part) => saysHowItIs.test(part) && !saysFine(part));
}

const addressWord = /(?<!\p{L})(?:address|adresse|dirección|addresse)(?!\p{L})/iu;

function anotherAddress(said: string, question: OpenQuestion): Correction | null {
  if (!isAbout('change-address', question) || !addressWord.test(said)) return null;
  const isOther = wrongWord.test(said) || otherWord.test(said) || notThis.test(said);
  const rest = said.replace(new RegExp(addressWord, 'giu'), ' ');
  return isOther && saysOnly(rest, [plainWords]) ? { kind: 'not-that', slot: 'address' } : null;
}
