/** Whom an answer greets and who signs it: "Hi Anna, yes please. Kind regards, Tom" says yes and no more. */
import { phraseKinds } from './plainWords';

/** What looks like a name and says something all the same: a limit, a thing of the order. */
type SaysMore = (words: string) => boolean;

const longestName = 80;
const nameBelow = /(?:[\n,/–—]|\s-)\s*([\p{L}'’. -]{2,60})$/u;

const capital = String.raw`\p{Lu}[\p{L}'’.-]*`;
const nameLike = new RegExp(`^${capital}(?: ${capital}){0,2}$`, 'u');

/** Formal ones only: what stands below "Thanks," may be the end of the sentence. */
const formallySigned =
  /(?<!\p{L})((?:kind |best |warm |many )?regards|best wishes|all the best|best|(?:yours )?sincerely|(?:mit )?(?:freundlichen?|besten?|vielen?|liebe|herzlichen?|schönen?) (?:grüßen?|gruß)|grüße|gruß|mfg|(?:bien )?cordialement|bien à vous|(?:un )?saludos?(?: cordial(?:es)?)?|atentamente|(?:cordiali|distinti) saluti|(?:med )?venlig hilsen|mvh|met vriendelijke groet(?:en)?)(?:,\s*|\s*\n\s*)([\p{L}'’. -]{2,60})$/iu;

const greeting =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[rs]?|moin|servus|bonjour|bonsoir|ch[eè]re?|hola|buen(?:os|as) (?:d[ií]as|tardes)|estimad[oa]s?|hej|kære|ciao|buongiorno|gentile|olá|bom dia|beste|geachte)\s+([\p{L}'’. -]{2,40}?)\s*(?:[,!:]|\n)\s*(?=\S)/iu;
/** "Dear Sir or Madam", "Hello customer service". */
const greetedWithout = /^(?:or|und|et|y|and|team|support|service|customer|shop|all|zusammen|equipo)$/iu;

/**
 * @param said - the words of one comment.
 * @param name - the requester's, as the desk knows it; null: not known.
 */
export function withoutNames(said: string, name: string | null, saysMore: SaysMore): string {
  return withoutSigner(withoutGreeted(withoutOwnName(said, name, saysMore), saysMore), saysMore);
}

/** "Yes please\nAna": no word of the answer, unless it is one. Nobody else's name is known. */
function withoutOwnName(said: string, name: string | null, saysMore: SaysMore): string {
  const below = nameBelow.exec(said.slice(-longestName));
  const words = wordsIn(below?.[1] ?? '');
  if (name === null || below === null || words.length === 0) return said;
  const own = wordsIn(name);
  const isOwn = words.every((word) => own.some((part) => part === word || part[0] === word));
  const signed = below[0];
  const isWord = phraseKinds(signed) !== null || saysMore(signed);
  return isOwn && !isWord ? said.slice(0, -signed.length).trim() : said;
}

/**
 * The requester may write under another name than the desk knows: below a formal closing stands nothing else. One word
 * alone may be what they mean all the same, "Red", and a yes too few costs a question, one too many costs money.
 */
function withoutSigner(said: string, saysMore: SaysMore): string {
  const signer = formallySigned.exec(said.slice(-2 * longestName))?.[2]?.trim() ?? '';
  return signer.includes(' ') && isName(signer, saysMore)
    ? said.slice(0, said.lastIndexOf(signer)).trim()
    : said;
}

function withoutGreeted(said: string, saysMore: SaysMore): string {
  const greeted = greeting.exec(said);
  const words = (greeted?.[1] ?? '').split(' ').filter((word) => !greetedWithout.test(word));
  const isFree = words.length === 0 || isName(words.join(' '), saysMore);
  return greeted !== null && isFree ? said.slice(greeted[0].length) : said;
}

function isName(words: string, saysMore: SaysMore): boolean {
  const isAnyWord = words
    .split(' ')
    .some((word) => wordsIn(word).join('').length > 1 && (phraseKinds(word) !== null || saysMore(word)));
  return nameLike.test(words) && !isAnyWord;
}

function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
