/**
 * Which of several things a customer's words name, in whatever case and number: "den røde", "die mit der blauen
 * Tasse", "not the red one, the blue one". Pure; each text is looked at once, word by word.
 */

/** Words that are in many names and name nothing, in the languages shops meet. */
const empty = new Set(
  [
    'no nope not wait sorry actually mean meant but nein nicht doch sondern non pas mais sino nej ikke men vent pardon perdón both all them they sadly unfortunately leider malheureusement lamentablemente desgraciadamente desværre',
    'the a an one ones of for to in on at by from with and or but it its is was my your this that these those i we you me us',
    'please pls want would like need have has had get got give order orders ordered number money back refund return item items product',
    'der die das den dem des ein eine einen einem einer und oder mit von vom aus für zu zum zur im in am auf es ist war mein meine meinen meiner',
    'ich wir sie mir bitte möchte will brauche habe bestellung bestellungen artikel geld zurück nummer diese dieser dieses',
    'le la les l un une des du de d au aux et ou avec pour par dans en sur ce cet cette celle celui ceux c est mon ma mes je nous me moi',
    'voudrais veux svp commande commandes article argent remboursement numéro plaît vous',
    'el los las lo al del una unos y o con por para en que se mi mis es era este esta ese esa yo quiero quisiera favor pedido pedidos dinero artículo número',
    'den det de en et og eller med fra af til for på i om min mit mine er var denne dette jeg vi vil gerne tak ordre ordren penge tilbage vare nummer',
  ].flatMap((line) => line.split(' ').map(plain)),
);

/** "but", "except": what follows stands against what was said before. */
const against =
  'but|sondern|mais|pero|sino|men|maar|ma|instead of|rather than|statt|au lieu de|en vez de|i stedet for|except|außer|sauf|excepto|salvo|undtagen';
const parting = new RegExp(`[,.;!?:\\n]+|\\s(?=(?:${against})\\s)|\\s(?:and|und|et|y|og|&|\\+)\\s`, 'iu');
const turning = /^(?:but|sondern|mais|pero|sino|men|maar|ma) /iu;
const negated =
  /^(?:and |und |et |y |og )?(?:not|n't|neither|nor|nicht|weder|kein\p{L}*|ni|hverken|pas|no(?! (?:the|wait|sorry) )|non|ikke|inte|niet|geen|instead of|rather than|statt|au lieu de|en vez de|i stedet for|except|außer|sauf|excepto|salvo|undtagen)(?!\p{L})\s+\p{L}/iu;
/** "All but the blue one": of these two words, the second is no "but" that turns. */
const allBut =
  /(?<!\p{L})(all|every(?:thing|one)?)((?: (?:of )?(?:it|them|these|three|four))?) but(?!\p{L})/giu;
/** "The blue one, no wait, the red one": what comes after it counts. */
const correcting =
  /^(?:oh )?(?:no|nope|nein|nee|non|nej|wait|sorry|actually|i mean(?:t)?|make that|moment|halt|doch|ich meine|pardon|enfin|plutôt|perdón|digo|mejor|vent|undskyld|jeg mener)(?!\p{L})/iu;
const be = "(?:is|are|was|were|looks?|seems?|ist|sind|war|est|sont|était|está|están|es|er|var|zijn)|['’]s";
const how =
  '(?:still|perfectly|totally|completely|all|quite|also|too|noch|völlig|ganz|auch|toujours|encore|très|todavía|muy|también|stadig|helt|også)';
const fine =
  '(?:fine|ok|okay|good|great|perfect|all ?right|intact|undamaged|unharmed|working|in ordnung|heil|gut|unbeschädigt|intakt|bien|bon(?:ne)?|intacte?s?|intact[oa]s?|perfect[oa]|fint?|god|godt|hel|i orden|goed|heel)';
const doesWell =
  '(?:works?|funktioniert|marche|fonctionne|funciona|virker|werkt)(?: (?:fine|well|perfectly|gut|bien|fint|goed))?';
/** "The red one is fine": asked which one is broken, it is the other. */
const isFine = new RegExp(
  `(?<!\\p{L})(?:(?:${be}) (?:${how} ){0,2}${fine}(?!\\p{L})|${doesWell}\\P{L}*$)`,
  'iu',
);
const denied =
  /n['’]t(?!\p{L})|(?<!\p{L})(?:not|never|no longer|nicht|nie|pas|plus|no|nunca|ikke|aldrig|niet)(?!\p{L})/iu;
/** "Everything else is fine" is said of none of those that were named. */
const ofOthers =
  /(?<!\p{L})(?:else|others?|rest|everything|sonst|andere\p{L}?|alles|autres?|reste|tout|dem[aá]s|otr[oa]s?|resto|todo|andre|resten|anden|alt)(?!\p{L})/iu;
const bothOrAll =
  /(?<!\p{L})(?:both|all|every(?:thing|one)?|beide[nrs]?|alle[ns]?|les deux|toutes?|tous|amb[oa]s|l[oa]s dos|tod[oa]s?|begge|alle|alt)(?!\p{L})/iu;
const bothOfTwo = /(?<!\p{L})(?:both|beide[nrs]?|les deux|amb[oa]s|l[oa]s dos|begge)(?!\p{L})/iu;
/** In a longer text, "all" is about anything. */
const shortAnswer = 80;
const shortestCompounded = 4;
const shortestCompounding = 3;

/** @returns those that the words single out; several where each is named, or "both" are meant. */
export function thingsNamed(said: string, things: readonly string[]): readonly string[] {
  const held = things.map((thing) => new Set(stemsOf(thing)));
  const parts = withoutFine(partsOf(said), held);
  const [only, ...more] = fitting(wantedOf(parts), held);
  if (only !== undefined && more.length === 0) return things.filter((_, place) => place === only);
  const refused = new Set(parts.flatMap(({ text, isWanted }) => (isWanted ? [] : fitting(text, held))));
  let named: readonly number[] = [];
  let isCorrected = false;
  for (const { text, isWanted } of parts) {
    isCorrected ||= correcting.test(text);
    const found = isWanted ? partNames(text, held, said.length <= shortAnswer) : [];
    const meant = found.filter((place) => !refused.has(place));
    if (meant.length === 0) continue;
    named = isCorrected ? meant : [...named, ...meant];
    isCorrected = false;
  }
  return things.filter((_, place) => named.includes(place));
}

export function saysFine(said: string): boolean {
  return isFine.test(said) && !denied.test(said);
}

/** What is fine is turned down, also where it was named just before: "the red one, that is fine". */
function withoutFine(parts: readonly Part[], held: readonly ReadonlySet<string>[]): readonly Part[] {
  const isBare = ({ text }: Part) => fitting(text, held).length === 0 && !ofOthers.test(text);
  return parts.map((part, place) => {
    const next = parts[place + 1];
    const fine = saysFine(part.text) || (next !== undefined && saysFine(next.text) && isBare(next));
    return fine ? { ...part, isWanted: false } : part;
  });
}

export function saysBoth(said: string): boolean {
  return bothOrAll.test(said);
}

/** @returns those that hold every word that any of them holds; null when no such word was said. */
export function thingsFitting(said: string, things: readonly string[]): readonly string[] | null {
  const held = things.map((thing) => new Set(stemsOf(thing)));
  const wanted = wantedOf(partsOf(said));
  if (stemsOf(wanted).every((stem) => holding(stem, held).length === 0)) return null;
  const places = fitting(wanted, held);
  return things.filter((_, place) => places.includes(place));
}

/** The words do nothing but name things: whatever a classifier makes of them, they are an answer and no topic. */
export function namesOnly(said: string, things: readonly string[]): boolean {
  const isShort = said.length <= shortAnswer && !said.includes('?');
  return isShort && wordsBeside(said, things).length === 0 && thingsNamed(said, things).length > 0;
}

/** "The red one is fine", asked which one is not: an answer all the same, to be asked for more. */
export function tellsWhatIsFine(said: string, things: readonly string[]): boolean {
  const held = things.map((thing) => new Set(stemsOf(thing)));
  const isShort = said.length <= shortAnswer && !said.includes('?');
  return isShort && partsOf(said).some(({ text }) => saysFine(text) && fitting(text, held).length > 0);
}

/** What is left of the words when those are taken out that name nothing, and those that `things` hold. */
export function wordsBeside(said: string, things: readonly string[]): readonly string[] {
  const held = things.map((thing) => new Set(stemsOf(thing)));
  return stemsOf(said).filter((stem) => holding(stem, held).length === 0);
}

function partNames(part: string, held: readonly ReadonlySet<string>[], isShort: boolean): readonly number[] {
  const found = fitting(part, held);
  if (found.length === 1) return found;
  if (!bothOrAll.test(part)) return [];
  if (found.length > 0) return bothOfTwo.test(part) && found.length !== 2 ? [] : found;
  const isAny = isShort && (!bothOfTwo.test(part) || held.length === 2);
  return isAny && stemsOf(part.replace(bothOrAll, ' ')).length === 0 ? [...held.keys()] : [];
}

function fitting(said: string, held: readonly ReadonlySet<string>[]): readonly number[] {
  const meant = stemsOf(said).flatMap((stem) => {
    const places = holding(stem, held);
    return places.length === 0 ? [] : [places];
  });
  if (meant.length === 0) return [];
  return [...held.keys()].filter((place) => meant.every((places) => places.includes(place)));
}

/** Of a compound, its last word is enough where nothing is called by it alone: "die Socken", the "Wollsocken". */
function holding(stem: string, held: readonly ReadonlySet<string>[]): readonly number[] {
  const places = [...held.keys()];
  const named = places.filter((place) => held[place]?.has(stem) === true);
  if (named.length > 0 || stem.length < shortestCompounded) return named;
  return places.filter((place) =>
    [...(held[place] ?? [])].some(
      (other) => other.endsWith(stem) && other.length >= stem.length + shortestCompounding,
    ),
  );
}

interface Part {
  readonly text: string;
  /** False: "not the red one". */
  readonly isWanted: boolean;
}

function partsOf(said: string): readonly Part[] {
  const parts = said.replace(allBut, '$1$2 except').split(parting);
  return parts.map((part) => {
    const text = part.trim().replace(turning, '');
    return { text, isWanted: !negated.test(text) };
  });
}

function wantedOf(parts: readonly Part[]): string {
  return parts.flatMap(({ text, isWanted }) => (isWanted ? [text] : [])).join(' ');
}

function stemsOf(text: string): readonly string[] {
  return (plain(text).match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => word.length > 1 && !empty.has(word))
    .map(stem);
}

function plain(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

/** "blauen" and "blaue", "mugs" and "mug", "roja" and "rojo", "koppen" and "kop" have the same one. */
function stem(word: string): string {
  const bare = word.replace(/(?<=\p{L}{3})(?:[aeo]?s|erns?|e[nrmt]?|[aon])$/u, '');
  return bare.replace(/(\p{L})\1$/u, '$1');
}
