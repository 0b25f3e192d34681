/** What the customer wants, clause by clause: "I do NOT want to cancel, I just want to know when it comes". */

const boundary =
  /(?<=[.!?;:。！？\n])\s+|\n+|\s+[-–—]\s+|,?\s+(?=but\b|however\b|instead\b)|,\s*(?=(?:and |so |i(?:'\w+)? |just |only |please |pls |can |could |what |when |where |how |rather |do |my |it )\s*)/iu;

const action =
  '(?:cancel\\w*|call(?:ing)? (?:it |this )?off|return(?:ing|s)?\\b|refund\\w*|reimburs\\w*|money back|exchang\\w*|swap\\w*|replac\\w*|chang\\w*|modif\\w*|edit\\w*|updat\\w*|complain\\w*|complaints?|send(?:ing)? (?:it|this|them|anything) back|invoice|voucher|store credit)';
const object =
  '(?:my |your |the |a |an |any |this |that |it |another |order |address |anything |about |for |to |of )*';
/** Only refusals of something an intent stands for. "I don't want the order" is a wish to cancel and stays. */
const refused = [
  `(?:do not|don'?t|dont|did not|didn'?t|never|not|no longer)\\s+(?:really |actually |even )?(?:want(?:ed|ing)?|wish|need|mean|like|ask(?:ed|ing)?|trying|try|going|looking|look|plan(?:ning)?|here)\\s+${object}${action}`,
  `(?:please |pls |kindly |and |but |so |^)\\s*(?:do not|don'?t|dont|never)\\s+${object}${action}`,
  `\\bnot (?:a|an|the|for|about) ${object}${action}`,
  `\\b(?:no need|rather than|instead of|without)\\s+${object}${action}`,
].map((source) => new RegExp(source, 'iu'));

/** At most this many are looked at: the first ones and the last ones, where people say what they want. */
const mostClauses = 10;
const longestClause = 250;

export interface Wishes {
  /** Never empty unless the text is. */
  readonly clauses: readonly string[];
  /** True when everything said was a refusal. */
  readonly onlyRefusals: boolean;
  readonly refusedAny: boolean;
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
  if (wanted.length === clauses.length) return { clauses, onlyRefusals: false, refusedAny: false };
  return { clauses: told.length > 0 ? wanted : clauses, onlyRefusals: told.length === 0, refusedAny: true };
}

function isRefusal(clause: string): boolean {
  const start = clause.slice(0, 400);
  // "Why don't you want to refund me" wants the refund.
  return (
    !/^(?:why|how come)\b|\byou (?:do not|don't|never|did not|didn't)/iu.test(start) &&
    refused.some((pattern) => pattern.test(start))
  );
}
