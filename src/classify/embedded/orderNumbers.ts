/** Order numbers in a customer's words, and everything that only looks like one. */

/** A number or code such as `48213`, `#48213`, `WEB-00097`. */
const candidate =
  /(?<![\p{L}\p{N}_@./:+-])#?\s?(?:[A-Z]{1,5}-?)?\d{4,12}(?![\p{L}\p{N}_@]|[-/:]\d|[.,]\d)/giu;

const orderWord =
  /(?:order|bestell(?:ung|nummer|-nr)|bestelling|auftrag\w*|commande|pedido|encomenda|ordine|ordre\w*|beställning\w*|purchase|zamówieni\w*)[\p{L}\s:#.,'º°-]{0,30}$/iu;
const numberWord =
  /(?:\b(?:no|nr|num|number|ref|reference|id)\b\.?|nummer|numéro|número|numero|n°)\s*(?:is|ist|est|es|er|:)?\s*#?\s*$/iu;
const otherThing =
  /(?:phone|mobile|cell|call me(?: on| at)?|tel|telefon|telefono|téléphone|handy|ring|whatsapp|fax|track(?:ing)?|consignment|parcel (?:no|number)|sendungsnummer|trackingnummer|suivi|seguimiento|iban|account (?:no|number)|customer (?:no|number)|kundennummer|invoice (?:no|number)|ticket|postcode|post code|zip(?: code)?|plz|before|after|since|until|by|on|dated?|card|ending(?: in| with)?|code|sku|item (?:no|number)|art(?:icle|ikel)?[- ]?(?:no|nr|number)?)[\s:.#]*(?:is|number|no\.?|nr\.?)?[\s:.#]*$/iu;
const money = /(?:[$€£¥]|usd|eur|gbp|dkk|chf|kr\.?)\s*$/iu;
const moneyOrUnitAfter =
  /^\s*(?:[$€£¥%]|usd\b|eur\b|euros?\b|gbp\b|pounds?\b|dollars?\b|dkk\b|kr\b|pcs\b|pieces?\b|units?\b|items?\b|people\b|km\b|kg\b|g\b|ml\b|mm\b|cm\b|times\b|days?\b)/iu;
const refusedBefore = /\b(?:not|nicht|pas|no|ikke|inte|niet|non)\s+(?:the |my |order |number |no\.? )*#?$/iu;

/** In order of mention, without `#`, each once. `asked`: the engine had asked for an order number. */
export function findOrderNumbers(text: string, asked = false): readonly string[] {
  const found: { readonly value: string; readonly sure: boolean }[] = [];
  for (const match of text.matchAll(candidate)) {
    const before = text.slice(Math.max(0, match.index - 50), match.index);
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 20);
    const value = match[0].replace(/[#\s]/g, '');
    if (isRefused(before, after)) continue;
    const sure = match[0].startsWith('#') || /^[a-z]/i.test(value) || orderWord.test(before);
    if (looksLikeSomethingElse(value, before, after, sure)) continue;
    found.push({ value: value.toUpperCase(), sure: sure || numberWord.test(before) });
  }
  // Next to a number that is called the order's, an unnamed one is something else; alone it is most likely it.
  const named = found.filter((number) => number.sure);
  const kept = named.length > 0 && !asked ? found.filter((n) => n.sure || listedWith(text, n.value)) : found;
  return [...new Set(kept.map((number) => number.value))];
}

/** "48213 and 51877": one introduction for both. */
function listedWith(text: string, value: string): boolean {
  const at = text.toUpperCase().indexOf(value);
  return /\d\s*(?:,|and|und|et|y|og|och|en|e|&|or|\+)\s*#?$/iu.test(text.slice(Math.max(0, at - 12), at));
}

function isRefused(before: string, after: string): boolean {
  return (
    refusedBefore.test(before) &&
    /^\s*,?\s*(?:but|sondern|mais|sino|men|maar|ma|it'?s|its|sorry|[.,])/iu.test(after)
  );
}

function looksLikeSomethingElse(value: string, before: string, after: string, sure: boolean): boolean {
  const digits = value.replace(/\D/g, '');
  if (money.test(before) || moneyOrUnitAfter.test(after)) return true;
  // Grouped digits are telephone or card numbers: "0151 48213", "4111 1111 ...".
  if (/\d[ ./-]$/.test(before) || /^[ ./-]\d{2,}/.test(after)) return true;
  if (sure) return false;
  if (otherThing.test(before)) return true;
  if (
    /^(?:19|20)\d{2}$/.test(digits) ||
    /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(digits)
  )
    return true;
  if (/^0\d{8,}$/.test(digits) || digits.length > 10) return true;
  // "8000 Aarhus", "10115 Berlin": a postcode before a town, or after a state.
  return (
    /^\s+\p{Lu}\p{Ll}{2,}/u.test(after) ||
    /\b[A-Z]{2}\s$/.test(before) ||
    /(?:street|str|strasse|straße|road|avenue|vej|gade|rue|via|calle)\b[^\n]{0,25}$/iu.test(before)
  );
}
