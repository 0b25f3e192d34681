/** Order numbers in a customer's words, and everything that only looks like one. */

/** A number or code such as `48213`, `#48213`, `WEB-00097`; also right behind "No.", "order:", "nº" and "48213+". */
const candidate =
  /(?<![\p{N}_@/-]|(?!º)\p{L}|(?<!\p{L}\s?\.?)[.:]|(?<!\d{4})\+)#?\s?(?:[A-Z]{1,5}-?)?\d{4,12}(?![\p{L}\p{N}_@]|[-/:]\d|[.,]\d)/giu;

const orderWord =
  /(?:order|bestell(?:ung|nummer|-nr)|bestelling|auftrag\w*|commande|pedido|encomenda|ordine|ordre\w*|beställning\w*|purchase|zamówieni\w*)[\p{L}\s:#.,'º°-]{0,30}$/iu;
const numberWord =
  /(?:\b(?:no|nr|num|number|ref|reference|id)\b\.?|nummer|numéro|número|numero|n°)\s*(?:is|ist|est|es|er|:)?\s*#?\s*$/iu;
/** Words that say what a number is: alone, or with "number" behind them ("my parcel 48213" may name the order). */
const alone =
  'phone|telephone|mobile?|mobilfunk|cell|tel|telefon\\p{L}*|teléfono|telefono|téléphone|portable|móvil|handy(?:nummer)?|whatsapp|fax|post(?:al)? ?code|zip(?: ?code)?|plz|postleitzahl|code postal|código postal|codice postale|postnummer|postnr|post nr|iban|ticket|track(?:ing)?|consignment|suivi|seguimiento|card|carte|tarjeta|house|husnummer|flat|apartment|date|datum|fecha|dato|geburtsdatum|birthday|amount|total|price|preis|betrag|prix|montant|precio|importe|pris|beløb|sku|serial|pin|born|geboren|née?|nacid[oa]|født|paid|costs?|kostete?|bezahlt|gezahlt|payé|coûtée?|pagué|pagado|costó|cuesta|betalte?|koster|kostede|(?:tracking|konto|kunden|rechnungs|faktura|sendungs|pakke|karten|kort|haus|artikel|serien|kunde)(?:nummer|nr)';
const withNumber =
  '(?:account|customer|client|cliente|invoice|rechnung|facture|factura|faktura|parcel|colis|item|article|artikel|artículo|art|model|case)(?: ?[-.:]? ?(?:number|num|no|nr|nummer|numéro|número|numero|n°))';
const named = `${alone}|${withNumber}`;
const saysWhat = new RegExp(
  `(?<!\\p{L})(?:${named})(?:[\\s:.#'-]{1,3}(?:number|num|no|nr|nummer|numéro|número|numero|code|is|are|was|ist|lautet|est|es|son|er|my|mein|meine|mon|mi|mit|min|de|du|del|of|the|our|it))*[\\s:.#]*$`,
  'iu',
);
/** "20304050 is my phone number", "1050 (zip)". */
const saysWhatAfter = new RegExp(
  `^(?:\\s?\\((?=[^()\\d]{1,40}\\))|\\s(?:is|ist|est|es|er|as|als) )(?:(?:my|our|the|die|meine?|mon|ma|mi|el|mit|min) )?(?:${named})(?!\\p{L})|^ (?:in total|altogether|insgesamt|en tout|en total|i alt)(?!\\p{L})`,
  'iu',
);
const loosely =
  /(?<!\p{L})(?:call me(?: on| at)?|ring|before|after|since|until|by|on|dated?|ending(?: in| with)?|code|art)[\s:.#]*(?:is|number|no\.?|nr\.?)?[\s:.#]*$/iu;
const money = /(?:[$€£¥]|usd|eur|gbp|dkk|chf|kr\.?)\s*$/iu;
const moneyOrUnitAfter =
  /^\s*(?:[$€£¥%]|usd\b|eur\b|euros?\b|gbp\b|pounds?\b|dollars?\b|dkk\b|kr\b|pcs\b|pieces?\b|units?\b|items?\b|people\b|km\b|kg\b|g\b|ml\b|mm\b|cm\b|times\b|days?\b)/iu;
const refusedBefore = /\b(?:not|nicht|pas|no|ikke|inte|niet|non)\s+(?:the |my |order |number |no\.? )*#?$/iu;

/** In order of mention, without `#`, each once. `asked`: the engine had asked for an order number. */
export function findOrderNumbers(text: string, asked = false): readonly string[] {
  const found: Found[] = [];
  const firstPlaces = new Map<string, number>();
  for (const match of text.matchAll(candidate)) {
    const before = text.slice(Math.max(0, match.index - 50), match.index);
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 40);
    const value = match[0].replace(/[#\s]/g, '');
    if (isRefused(before, after)) continue;
    const sure = match[0].startsWith('#') || /^[a-z]/i.test(value) || orderWord.test(before);
    if (looksLikeSomethingElse(value, before, after, sure)) continue;
    const number = value.toUpperCase();
    const place = firstPlaces.get(number) ?? match.index + match[0].length - value.length;
    firstPlaces.set(number, place);
    found.push({ value: number, sure: sure || numberWord.test(before), place });
  }
  // Next to a number that is called the order's, an unnamed one is something else; alone it is most likely it.
  const named = found.filter((number) => number.sure);
  const isMeant = ({ sure, value, place }: Found) =>
    sure || listedWith(text, place) || (isLikeOne(value, named) && spokenAbout(text, place));
  const all = named.length > 0 && !asked ? found.filter(isMeant) : found;
  const meant = all.filter(({ place }) => !isLeftOut(text, place));
  const touched = meant.filter(({ place }) => !isKept(text, place));
  return [...new Set((touched.length > 0 ? touched : meant).map(({ value }) => value))];
}

interface Found {
  readonly value: string;
  readonly sure: boolean;
  /** Where it is named first, from 0, without `#`. */
  readonly place: number;
}

/** "Keep 50926 but cancel 50927": one of them is to stay as it is. */
function isKept(text: string, at: number): boolean {
  return /(?<!\p{L})(?:keep|leave|behalten?|lassen? sie|garde[zr]?|laisse[zr]?|mant[eé]n\p{L}*|deje\p{L}*|behold)\s+(?:\p{L}+\s+){0,2}(?:no\.?\s?|nr\.?\s?|n°\s?)?#?$/iu.test(
    text.slice(Math.max(0, at - 50), at),
  );
}

/** "Cancel all but 48213": of the orders that are meant, this is none. */
function isLeftOut(text: string, at: number): boolean {
  return /(?<!\p{L})(?:(?:all|everything|every order|both|alle[ns]?|tout\p{L}*|todos?|todas?|alt|alles)\s+(?:but|bis auf)|except(?: for| of)?|apart from|other than|außer|ausgenommen|sauf|excepté|hormis|except[ou]|salvo|menos|undtagen|bortset fra|på nær|behalve|uitgezonderd)\s+(?:\p{L}+\s+){0,2}(?:no\.?\s?|nr\.?\s?|n°\s?)?#?$/iu.test(
    text.slice(Math.max(0, at - 50), at),
  );
}

/** "48213 and 51877": one introduction for both. */
function listedWith(text: string, at: number): boolean {
  return /\d\s*(?:,|and|und|et|y|og|och|en|e|&|or|\+)\s*#?$/iu.test(text.slice(Math.max(0, at - 12), at));
}

function isLikeOne(value: string, named: readonly { readonly value: string }[]): boolean {
  return named.some((other) => other.value.length === value.length);
}

/** "Where is order 50927? And send me the invoice for 48213": two orders, of which one is called so. */
function spokenAbout(text: string, at: number): boolean {
  return /(?<!\p{L})(?:for|of|from|in|about|cancel|keep|refund|return|von|vom|zu|zur|für|aus|sie|storniere\p{L}*|de|du|del|para|pour|sur|annulez|cancele\p{L}*|til|fra|af|på)\s+(?:no\.?\s?|nr\.?\s?|n°\s?)?#?$/iu.test(
    text.slice(Math.max(0, at - 20), at),
  );
}

function isRefused(before: string, after: string): boolean {
  return (
    refusedBefore.test(before) &&
    /^\s*,?\s*(?:but|sondern|mais|sino|men|maar|ma|it'?s|its|sorry|[.,!;)]|$)/iu.test(after)
  );
}

/** The name next to a number is its own: "for my order, my postal code is 1050". */
function isNamedOtherwise(value: string, before: string, after: string): boolean {
  return !/^[a-z]/i.test(value) && (saysWhat.test(before) || saysWhatAfter.test(after));
}

function looksLikeSomethingElse(value: string, before: string, after: string, sure: boolean): boolean {
  const digits = value.replace(/\D/g, '');
  if (money.test(before) || moneyOrUnitAfter.test(after)) return true;
  // Grouped digits are telephone or card numbers: "0151 48213", "4111 1111 ...".
  if (/\d[ ./-]$/.test(before) || /^[ ./-]\d{2,}/.test(after)) return true;
  if (isNamedOtherwise(value, before, after)) return true;
  if (sure) return false;
  if (loosely.test(before)) return true;
  if (
    /^(?:19|20)\d{2}$/.test(digits) ||
    /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(digits) ||
    /^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2}$/.test(digits)
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
