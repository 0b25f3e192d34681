/** "Where are my mugs?": the thing that somebody waits for, told by the form of the question, whatever it is. Pure. */

/** A question of that form is short. */
const longestRead = 300;
const thing = String.raw`([\p{L}\p{N}][\p{L}\p{N}'’ -]{1,60}?)`;
const since = String.raw`(?:\s+(?:that |which )?(?:i|we)(?:['’]ve| have)? (?:ordered|bought|paid)[^.!?]{0,40})?`;
const end = String.raw`(?:\s+(?:now|please|then|then please|denn|jetzt|bitte|maintenant|svp|ahora|por favor|nu))?\s*(?:[.!?]|$)`;
const whose = {
  en: '(?:my|our|the|this|these|those)',
  de: String.raw`(?:mein\p{L}{0,2}|unser\p{L}{0,2}|der|die|das)`,
  fr: '(?:mon|ma|mes|notre|nos|le|la|les)',
  es: '(?:mis?|nuestr[oa]s?|el|la|los|las)',
  da: '(?:min|mit|mine|vores|den|det|de)',
};
const forms = [
  String.raw`where(?:['’]s|\s+(?:is|are|did|do))\s+${whose.en}\s+${thing}(?:\s+(?:got to|gone|go))?${since}${end}`,
  String.raw`when\s+(?:does|do|will|is|are|should)\s+${whose.en}\s+${thing}${since}\s+(?:come|coming|arrive|arriving|get here|be here|ship|be (?:sent|shipped|delivered)|due)(?!\p{L})`,
  String.raw`(?:has|have|did)\s+${whose.en}\s+${thing}${since}\s+(?:shipped|been (?:sent|shipped|dispatched)|left|ship)(?!\p{L})`,
  String.raw`wo\s+(?:ist|sind|bleib(?:t|en)|steck(?:t|en))\s+(?:denn\s+)?${whose.de}\s+${thing}${end}`,
  String.raw`wann\s+(?:kommt|kommen)\s+(?:denn\s+)?${whose.de}\s+${thing}(?:\s+(?:an|endlich))?${end}`,
  String.raw`où\s+(?:est|sont|reste(?:nt)?)\s+${whose.fr}\s+${thing}${end}`,
  String.raw`quand\s+(?:arriv(?:e|ent|era|eront))\s+${whose.fr}\s+${thing}${end}`,
  String.raw`d[óo]nde\s+est(?:á|án|a|an)\s+${whose.es}\s+${thing}${end}`,
  String.raw`cu[áa]ndo\s+lleg(?:a|an|ará|arán)\s+${whose.es}\s+${thing}${end}`,
  String.raw`hvor\s+(?:er|bliver)\s+${whose.da}\s+${thing}(?:\s+af)?${end}`,
  String.raw`hvornår\s+kommer\s+${whose.da}\s+${thing}${end}`,
].map((form) => new RegExp(String.raw`(?<![\p{L}\p{N}])${form}`, 'iu'));

/** @returns its words as they were written; null where no thing is asked for in that way. */
export function thingSought(text: string): string | null {
  if (text.length > longestRead) return null;
  for (const form of forms) {
    const found = form.exec(text.replace(/\s+/g, ' '))?.[1];
    if (found !== undefined) return found.trim();
  }
  return null;
}
