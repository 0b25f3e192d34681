/**
 * A delivery address as a customer wrote it, in the parts that Shopify wants. What cannot be read without a guess is not
 * read: a parcel at the wrong door costs more than a person's minute.
 */

export interface CurrentAddress {
  /** As the parcel names the receiver: kept. */
  readonly name: string | null;
  /** ISO 3166-1: kept, for another country has other taxes and duties. Null: not known. */
  readonly country: string | null;
  readonly province: string | null;
}

interface ReadAddress {
  readonly address1: string;
  readonly address2: string | null;
  readonly city: string;
  readonly zip: string;
  readonly province: string | null;
}

type Reading = { readonly address: ReadAddress } | { readonly why: string };

interface PlaceLine {
  readonly zip: string;
  readonly city: string;
  readonly province: string | null;
}

const unread =
  'The address could not be told apart into street, postal code and town: please enter it in Shopify.';
const abroad =
  'The address is in another country than the order was sold to: please look at taxes and duties.';

/** @param text - lines joined by `\n`; a single line is split at its commas. */
export function readAddress(text: string, current: CurrentAddress): Reading {
  if (current.country === null) return { why: 'The order has no delivery address to change.' };
  const country = current.country;
  const written = text.includes('\n') ? text.split('\n') : text.split(/,\s*(?![A-Z]{2}\s+\d)/);
  const lines = written
    .map((line) => line.replaceAll(/\s+/g, ' ').replace(/,$/, '').trim())
    .filter((line) => line !== '');
  if (lines.some((line) => line.length > 200)) return { why: unread };
  const named = countryOf(lines.at(-1) ?? '');
  if (named !== null && named !== country) return { why: abroad };
  const place = placeOf(named === null ? lines : lines.slice(0, -1), country);
  if (place === null) return { why: unread };
  const street = place.before.filter((line, index) => index > 0 || !sameName(line, current.name));
  const [address1, address2, ...others] = street;
  if (address1 === undefined || others.length > 0 || !/\d/.test(street.join(' '))) return { why: unread };
  const { zip, city, province } = place.line;
  // A province has its own taxes; where it matters, it must be written.
  if (province === null && current.province !== null && provinceMatters.has(country)) return { why: unread };
  return {
    address: { address1, address2: address2 ?? null, city, zip, province: province ?? current.province },
  };
}

const provinceMatters = new Set(['US', 'CA', 'AU']);

/** The last line, or in Britain the last two, and what stands before. */
function placeOf(
  lines: readonly string[],
  country: string,
): { readonly line: PlaceLine; readonly before: readonly string[] } | null {
  for (const taken of country === 'GB' ? [1, 2] : [1]) {
    const line = placeLine(lines.slice(-taken).join(' '), country);
    if (line !== null) return { line, before: lines.slice(0, -taken) };
  }
  return null;
}

const shapes: Readonly<Record<string, RegExp>> = {
  US: /^(?<city>.+?),? (?<province>[A-Z]{2}),? (?<zip>\d{5}(-\d{4})?)$/,
  CA: /^(?<city>.+?),? (?<province>[A-Z]{2}),? (?<zip>[A-Z]\d[A-Z] ?\d[A-Z]\d)$/,
  AU: /^(?<city>.+?),? (?<province>NSW|VIC|QLD|SA|WA|TAS|NT|ACT),? (?<zip>\d{4})$/,
  GB: /^(?<city>\D+?),? (?<zip>[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$/,
  NL: /^(?<zip>\d{4} ?[A-Z]{2}) (?<city>\D+)$/,
};
/** Most of Europe: `10115 Berlin`, `F-75011 Paris`, `111 22 Stockholm`. */
const common = /^([A-Z]{1,3}-)?(?<zip>\d{4,5}|\d{3} \d{2}|\d{4}-\d{3}|\d{2}-\d{3}) (?<city>\D+)$/;

function placeLine(line: string, country: string): PlaceLine | null {
  const groups = (shapes[country] ?? common).exec(line)?.groups;
  const { zip, city, province } = groups ?? {};
  if (zip === undefined || city === undefined) return null;
  return { zip, city: city.trim(), province: province ?? null };
}

const namedIn = ['en', 'de', 'fr', 'es'].map((locale) => new Intl.DisplayNames(locale, { type: 'region' }));
const countries: ReadonlyMap<string, string> = new Map(
  countryCodes().flatMap((code) => namedIn.map((names) => [plain(names.of(code) ?? code), code] as const)),
);

/** Null: the line names no country that is known by that name. */
function countryOf(line: string): string | null {
  return countries.get(plain(line)) ?? null;
}

function countryCodes(): readonly string[] {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return (
    letters
      .flatMap((first) => letters.map((second) => first + second))
      // Codes that were given up name the same country as the one that took their place.
      .filter(
        (code) =>
          names.of(code) !== undefined && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`,
      )
  );
}

function sameName(line: string, name: string | null): boolean {
  return name !== null && plain(line) === plain(name);
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}
