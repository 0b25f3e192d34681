/**
 * What a message tells before it is asked for: "please change the address of 48213 to Elm Street 4, 8000 Aarhus".
 * Only what stands where such a value stands in a sentence; in doubt nothing, and it is asked for. Pure.
 */
import type { OpenQuestion } from '../../core/conversation/dialogue';
import type { ConsultInput } from '../../core/effects';
import { longestRead, longestReason, type SaidValues } from './readSlot';
import type { AskSlot } from '../schema';
import { saysBoth, saysFine, thingsNamed } from './thingsNamed';

const longestStreet = 60;

/** @param wanted - what the rules of the matter may ask for. */
export function valuesTold(text: string, wanted: ReadonlySet<AskSlot>): SaidValues {
  const said = text.trim().slice(0, longestRead);
  const email = wanted.has('email') ? emailTold(said) : null;
  const address = wanted.has('address') ? addressTold(said) : null;
  const reason = wanted.has('reason') ? reasonTold(said) : null;
  return {
    ...(email === null ? {} : { email }),
    ...(address === null ? {} : { address }),
    ...(reason === null ? {} : { reason }),
  };
}

/** "to books@firm.example": one address only, and not one that something came from. */
function emailTold(said: string): string | null {
  const found = [...said.matchAll(/(\S{1,40})\s+<?([^\s@<>(),;:]+@[^\s@<>(),;:]+\.[\p{L}\p{N}-]{2,})/gu)];
  const [only, ...others] = found;
  if (only === undefined || others.length > 0 || said.split('@').length > 2) return null;
  const [, before = '', email = ''] = only;
  return /^(?:to|at|an|à|a|al|til|:|(?:e-?mail|mail|correo|adresse|address)\S?:)$/iu.test(before)
    ? email.toLowerCase()
    : null;
}

/** The town of an address, by its postal code: `8000 Aarhus`, `London SW1A 1AA`. */
const codeAndTown =
  /(?<![\p{L}\p{N}])(?:(?:[A-Z]{1,2}-)?\d{4,5},? \p{Lu}[\p{L}.'-]{1,30}(?: \p{Lu}[\p{L}.'-]{1,30}){0,3}|(?:\p{Lu}[\p{L}.'-]{1,30}(?: \p{Lu}[\p{L}.'-]{1,30})?,? )?[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?![\p{L}\p{N}])/gu;
/** Behind it stands where something shall go: "... to Elm Street 4", ": Elm Street 4". */
const towards =
  /(?:^|\s)(?:to|is|it['’]s|c['’]est|auf|in|an|nach|zu|lautet|ist|à|au|est|a|al|es|por|til|er|ny adresse)\s+|:\s*/giu;
/** Said of an address that is none any more, or never was; and of a wish with a condition. */
const doubtful =
  /(?<!\p{L})(?:old|not|n't|wrong|instead|was|were|moved(?! to(?!\p{L})|[,.!])|went|sent|shipped|delivered|current(?:ly)?|ging|geschickt|geliefert|versandt|allée?|envoyée?|livrée?|enviad[oa]|entregad[oa]|fue|sendt|leveret|gik|alt(?:e[nr]?)?|nicht|falsch(?:e[nr]?)?|statt|anstatt|war|umgezogen(?! nach(?!\p{L})|[,.!])|ancien(?:ne)?|pas|mauvaise|au lieu|était|antigu[oa]|vieja|equivocad[oa]|en vez|era|gamle?|ikke|forkert|i stedet|var|flyttet(?! til(?!\p{L})))(?!\p{L})/iu;
/** "from Elm Street 4", "von Lindenweg 7"; but not "die Adresse von 48213". */
const fromThere =
  /(?<!\p{L})(?:[Ff]rom|[Vv]on|[Aa]us|[Dd]e|[Dd]esde|[Ff]ra) (?:der |la |el |den |the |my )?(?!Bestell|Order|Auftrag|Commande|Pedido)(?:\p{Lu}|\d{1,3}\p{L}? \p{L})/u;

const fromFirst = /^(?:from|von|vom|aus|de|du|del|desde|fra) /iu;

function addressTold(said: string): string | null {
  const [town, ...others] = said.matchAll(codeAndTown);
  if (town === undefined || others.length > 0) return null;
  const before = said.slice(0, town.index);
  const sentence = sentenceAround(said, town.index);
  if (doubtful.test(before)) return null;
  if (sentence.includes('?') !== isAskedFor(sentence)) return null;
  const behindCues = [...before.matchAll(towards)].map(({ index, 0: cue }) => index + cue.length);
  // Who was asked for something else first may send the address and no word more.
  const isAll = !/[\p{L}\p{N}]/u.test(said.slice(town.index + town[0].length));
  for (const start of [...(isAll ? [0] : []), ...behindCues].toReversed()) {
    if (fromThere.test(before.slice(0, start))) return null;
    const lines = before
      .slice(start)
      .split(/[,\n]+/)
      .map((line) => line.replace(/\s+/g, ' ').trim())
      .filter((line) => line !== '');
    if (isStreet(lines) && !fromFirst.test(lines[0] ?? ''))
      return [...lines, town[0].replace(/\s+/g, ' ')].join('\n');
  }
  return null;
}

/** "... to Elm Street 4, 8000 Aarhus. And where is 51340?" */
function sentenceAround(said: string, at: number): string {
  const start = Math.max(...[...said.slice(0, at).matchAll(/[.!?]\s/gu)].map(({ index }) => index + 1), 0);
  const end = said.slice(at).search(/[.!?](?:\s|$)/u);
  return end === -1 ? said.slice(start) : said.slice(start, at + end + 1);
}

/** "Can you change it to Elm Street 4, 8000 Aarhus?" asks for it, and does not ask whether. */
function isAskedFor(said: string): boolean {
  return /(?<!\p{L})(?:can|could|would|will|kann|kannst|können|könn(?:t|en|test|ten)|pouvez|pourriez|peux|puede[ns]?|pod(?:éis|rían?|ría)|kan|kunne|vil)(?!\p{L})[^?]*\?\s*$/iu.test(
    said,
  );
}

/** "Elm Street 4" or "12 rue des Lilas", with a line or two for a name, a floor or a company. */
function isStreet(lines: readonly string[]): boolean {
  const streets = lines.filter((line) => /^\d{1,4}\p{L}?[ ,]+\p{L}|\p{L}\.? \d{1,4} ?\p{L}?$/u.test(line));
  return (
    streets.length === 1 &&
    lines.length <= 3 &&
    lines.every((line) => line.length <= longestStreet && !/[.!?;]\s|\d{5}/u.test(line))
  );
}

const because =
  /(?<!\p{L})(?:because|weil|parce que?|parce qu'|porque|ya que|fordi)(?!\p{L})\s*([^.!?\n]{3,300})(?:[.!\n]|$)/iu;

/** "... because I found it cheaper": the words after it, to the end of the sentence. */
function reasonTold(said: string): string | null {
  const reason = because.exec(said)?.[1]?.trim() ?? '';
  return /\p{L}{3}/u.test(reason) ? reason.slice(0, longestReason) : null;
}

type Message = Pick<ConsultInput, 'words' | 'classification' | 'dialogue'>;

/**
 * The items that one matter of a message is about: what we asked for, or what is said before we do; several, where
 * the customer means several.
 * @param items - of the order, each name once.
 */
export function itemsMeant(
  { words, classification: { chosen = [], signals }, dialogue }: Message,
  { question, continued }: { readonly question: OpenQuestion | null; readonly continued: boolean },
  items: readonly string[],
): readonly string[] {
  if (!continued || question === null) return itemsTold(words.text, items);
  if (question.kind === 'confirm') {
    // "No, the mug and the blue scarf": one of them alone is a correction like any other.
    const isOther = dialogue.slots['item'] !== undefined && !words.text.includes('?');
    const isAnswer = signals.some((signal) => ['affirms', 'declines', 'never-mind'].includes(signal));
    const named = isOther && !isAnswer ? thingsNamed(words.text.slice(0, longestRead), items) : [];
    return named.length > 1 ? named : [];
  }
  if (question.slot !== 'item') return itemsTold(words.text, items);
  const picked = saysFine(words.text) ? [] : items.filter((item) => chosen.includes(item));
  return picked.length > 0 ? picked : thingsNamed(words.text.slice(0, longestRead), items);
}

/** A part of the message that says which item is to go back: "my money back for the red mug". */
const goesBack =
  /refund|money|return|send (?:it |them )?back|exchang|replac|broken?|damag|faulty|defect|wrong|crack|chipp|smash|shatter|snapped|in (?:pieces|bits)|miss|(?<!\p{L})(?:torn|burst|ripped)(?!\p{L})|leak|spill|squash|crush|dented|scratch|(?:arrived|came|was) (?:half )?open(?!\p{L})|erstatt|geld|zurück|umtausch|kaputt|defekt|beschädigt|falsch|fehlt|gerissen|(?<!\p{L})risse?(?!\p{L})|angeschlagen|abgebrochen|gesprungen|geplatzt|undicht|ausgelaufen|zerkratzt|zerdrückt|zerbrochen|rembours|renvo|retourn|échang|cass|brisé|f[êe]lé|ébréch|fissur|en morceaux|abîm|défectu|endommag|déchir|percé|crevé|écras|argent|reembols|dinero|devol|devuel|rot[oa]|rompi|rajad|agriet|desportill|pedazos|añicos|dañad|defectuos|rasgad|reventad|aplastad|derramad|refunder|penge|retur|ødelagt|i stykker|defekt|bytte|beskadig|flænset|revet|knust|(?<!\p{L})mast(?!\p{L})|lækk/iu;

/** Only one that is named so, or all that "both" are: of several, the one that is to go back is asked for. */
function itemsTold(text: string, items: readonly string[]): readonly string[] {
  const said = text
    .trim()
    .slice(0, longestRead)
    .split(/(?<=[.!?;])\s|\n+/u)
    .filter((sentence) => goesBack.test(sentence))
    .join('. ');
  const named = said === '' || items.length < 2 ? [] : thingsNamed(said, items);
  return named.length < 2 || saysBoth(said) ? named : [];
}
