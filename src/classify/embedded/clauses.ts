/** What the customer wants, clause by clause: "I do NOT want to cancel, I just want to know when it comes". */
import { isRefusal } from './refusals';

const boundary =
  /(?<=[.!?;:。！？\n])\s+|\n+|\s+[-–—]\s+|,?\s+(?=(?:but|however|instead|sondern|aber|mais|pero|sino|maar)\b)|,\s*(?=(?:and |so |i(?:'\w+)? |just |only |please |pls |can |could |what |when |where |how |rather |do |my |it |ich |wir |nur |bitte |wo |wann |je |j'|il (?:me|nous) faut |nous |merci de |où |quand |quiero |quisiera |solo |sólo |por favor |dónde |cuándo |voglio |vorrei |ma |per favore |dove |dov'|quando |ik |wij |alleen |graag |waar |wanneer |jeg |vi |men |kun |hvor |hvornår |jag |var |när )\s*)/iu;

/** At most this many are looked at: the first ones and the last ones, where people say what they want. */
const mostClauses = 10;
const longestClause = 250;

export interface Wishes {
  /** Never empty unless the text is. */
  readonly clauses: readonly string[];
  /** True when everything said was a refusal. */
  readonly onlyRefusals: boolean;
  /** The clauses that turn something down. */
  readonly refused: readonly string[];
}

export function readWishes(text: string): Wishes {
  const all = text
    .replace(/[’`]/g, "'")
    .split(boundary)
    .map((clause) => clause.trim().slice(0, longestClause))
    .filter((clause) => /[\p{L}\p{N}]/u.test(clause));
  const clauses = all.length <= mostClauses ? all : [...all.slice(0, 6), ...all.slice(-(mostClauses - 6))];
  const wanted = clauses.filter((clause) => !isRefusal(clause));
  const told = wanted.filter((clause) => clause.split(/\s+/).length > 1);
  if (wanted.length === clauses.length) return { clauses, onlyRefusals: false, refused: [] };
  const refused = clauses.filter((clause) => !wanted.includes(clause));
  return { clauses: told.length > 0 ? wanted : clauses, onlyRefusals: told.length === 0, refused };
}

/**
 * The clauses, the longest ones cut so that together they have at most `budget` pieces: a message made to keep the
 * encoder busy costs no more than a long letter, and short clauses leave their share to longer ones.
 */
export function withinBudget(
  clauses: readonly string[],
  pieces: (text: string) => number,
  budget: number,
): readonly string[] {
  const cut = [...clauses];
  let left = budget;
  clauses
    .map((clause, place) => ({ clause, place, size: pieces(clause) }))
    .sort((a, b) => a.size - b.size)
    .forEach(({ clause, place, size }, i) => {
      const share = Math.floor(left / (clauses.length - i));
      cut[place] = size <= share ? clause : shortened(clause, pieces, share);
      left -= Math.min(size, share);
    });
  return cut;
}

function shortened(clause: string, pieces: (text: string) => number, limit: number): string {
  let text = clause;
  for (let size = pieces(text); size > limit && text !== ''; size = pieces(text)) {
    text = text.slice(0, Math.floor((text.length * limit) / size));
  }
  return text;
}
