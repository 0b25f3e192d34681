/**
 * A text without what only this customer would write in it: order numbers, postal codes, e-mail addresses, mailed
 * codes. What somebody wants must not hang on the digits of their order. Pure.
 */

/** Every number reads as this one, in the policy's examples too. */
const anyNumber = '51877';
const anyEmail = 'me@mail.example';

const lead =
  '[,;.]?\\s*(?:(?:and|und|et|y|og|with|mit|avec|con|med)\\s+)?(?:(?:my|the|our|its|meine?|die|das|der|unsere|mon|ma|le|la|notre|mi|el|nuestro|mit|min|vores)\\s+)?';
const is =
  '(?:\\s+(?:of|for|der|für|de|du|del|af|for)(?:\\s+\\p{L}+){1,2})?\\W{0,4}(?:(?:is|ist|lautet|est|es|er)\\W{1,3})?';
const postalCode =
  '(?:post(?:al)? ?code|zip(?: ?code)?|plz|postleitzahl|code postal|código postal|codice postale|postnummer|postnr\\.?)';
const mailedCode = '(?:code|kode|código)';
const email = '(?:e-?mail|mail|correo|courriel)(?:[ -]?(?:address|adresse?|dirección|electrónico))?';
const code = '(?:[A-Z]{1,2}-)?(?:\\d{4,6}|[A-Z]{1,2}\\d[A-Z\\d]?(?: ?\\d[A-Z]{2})?)';
const address = '<?[^\\s@<>(),;:]+@[^\\s@<>(),;:]+\\.[\\p{L}\\p{N}-]{2,}>?';

/** "the new postal code is 8000" is a wish, and not a proof. */
const notNew = '(?<!\\p{L})(?<!(?:new|right|correct|neue|richtige|nouveau|nouvelle|nuev[oa]|nye|rigtige)\\s)';

const named: readonly RegExp[] = [
  new RegExp(`${lead}${notNew}${postalCode}${is}${code}(?![\\p{L}\\p{N}])`, 'giu'),
  new RegExp(`${lead}${notNew}${mailedCode}${is}(?:\\d{6}|\\d{3}[ -]\\d{3})(?!\\d)`, 'giu'),
  new RegExp(`${lead}${notNew}${email}${is}${address}`, 'giu'),
];
const bareEmail = new RegExp(address, 'giu');
const bareNumber = /(?<![\p{L}\p{N}_@.,/:+-])#?(?:[A-Z]{1,5}-?)?\d{4,12}(?![\p{L}\p{N}_@]|[-/:.,]\d)/giu;

/** @returns "" where nothing but such values was said. */
export function withoutValues(text: string): string {
  const unnamed = named.reduce((rest, value) => rest.replace(value, ' '), text);
  const plain = unnamed.replace(bareEmail, anyEmail).replace(bareNumber, anyNumber).trim();
  return /\p{L}/u.test(unnamed) ? plain : '';
}
