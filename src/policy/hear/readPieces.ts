/** Reads how many pieces a customer means: "one of the two", "nur einen", "les deux", "todas". Pure. */
import { allPieces } from './itemMeant';

/** As they are said, in the languages of the demo policy. */
const counted: readonly (readonly [string, string])[] = [
  ['1', 'one|single|eine?[nrsm]?|eins|une?|uno|una|én|ét'],
  ['2', 'two|both|zwei|beiden?|deux|dos|ambos|ambas|begge'],
  ['3', 'three|drei|trois|tres|tre'],
  ['4', 'four|vier|quatre|cuatro'],
  ['5', 'five|fünf|cinq|cinco|fem'],
  ['6', 'six|sechs|seis|seks'],
  ['7', 'seven|sieben|sept|siete|syv'],
  ['8', 'eight|acht|huit|ocho|otte'],
  ['9', 'nine|neun|neuf|nueve'],
  ['10', 'ten|zehn|dix|diez'],
];
const all = 'all|allen?|sämtliche|tous|toutes|todos|todas|samtlige';
/** Danish numbers that are other words elsewhere, so only as the whole answer. */
const bare: readonly (readonly [string, RegExp])[] = [
  ['1', /^\P{L}*(?:(?:kun|bare) )?(?:en|et)(?: af dem)?\P{L}*$/iu],
  ['2', /^\P{L}*(?:(?:kun|bare) )?to(?: af dem)?\P{L}*$/iu],
  ['4', /^\P{L}*(?:(?:kun|bare) )?fire(?: af dem)?\P{L}*$/iu],
];

const numberWords = counted.map(([, said]) => said).join('|');
const numbers = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:x ?)?(?:(\\d{1,5})(?: ?[x×])?|(${numberWords})|(${all}))(?![\\p{L}\\p{N}])`,
  'giu',
);
const meanings = counted.map(([count, said]) => [count, new RegExp(`^(?:${said})$`, 'iu')] as const);
const noCount = new RegExp(
  `(?<!\\p{L})(?:(?:not|nicht|pas|no|ikke) (?:${all}|les deux|los dos|las dos|both|beide|begge|ambos|ambas)` +
    "|at all|that(?:'s| is) all|all (?:right|good)|no one)(?!\\p{L})",
  'giu',
);
/** "not two, just one". */
const notSoMany = new RegExp(
  `(?<!\\p{L})(?:not|nicht|pas|no|ikke) (?:\\d{1,5}|${numberWords})(?![\\p{L}\\p{N}])`,
  'giu',
);
/** "ikke to, kun en". */
const notSoManyBare = /^\P{L}*(?:nej\P{L}+)?ikke (?:to|tre|fire|begge|alle)\P{L}+(?:men )?/iu;
/** "all four", "les deux": the number says it. */
const allBefore = new RegExp(
  `(?<!\\p{L})(?:${all}) (?:(?:the|of the|les|los|las|de) )?(?=(?:\\d{1,5}|${numberWords})(?!\\p{L}))`,
  'giu',
);
/** "one of the two": the second number says of how many. */
const ofHowMany =
  /(?<!\p{L})(?:of|von|der|des|sur|de|af)(?: (?:the|my|those|these|den|meinen|les|mes|los|las|mis|mine|de))? (?:\d{1,5}|\p{L}{2,8})(?!\p{L})/giu;
const onlySo =
  /(?<!\p{L})(?:only|just|nur|bloß|seulement|juste|seule?|sólo|solo|solamente|kun|bare)(?!\p{L})/iu;

/**
 * @param asked - we asked how many, so that a bare "one" is a number; elsewhere it needs an "only" or a figure.
 * @returns `2`, or `all`; null where the words tell no number, or several.
 */
export function readPieces(said: string, asked: boolean): string | null {
  const meant = said.replace(notSoManyBare, '');
  const whole = bare.find(([, words]) => words.test(meant))?.[0];
  if (whole !== undefined) return asked || onlySo.test(said) ? whole : null;
  const plain = said.replace(noCount, ' ').replace(notSoMany, ' ').replace(allBefore, ' ');
  const found = countsIn(plain);
  const [first, ...others] = found.length > 1 ? countsIn(plain.replace(ofHowMany, ' ')) : found;
  if (first === undefined || others.length > 0) return null;
  return asked || first !== '1' || onlySo.test(said) || /\d/.test(said) ? first : null;
}

function countsIn(text: string): readonly string[] {
  const counts = [...text.matchAll(numbers)].flatMap(([, digits, word]) => {
    if (digits !== undefined) return [String(Number(digits))];
    if (word === undefined) return [allPieces];
    return meanings.filter(([, said]) => said.test(word)).map(([count]) => count);
  });
  return [...new Set(counts)];
}
