/** Payment card numbers do not belong in notes, logs or a model's prompt, wherever a customer typed them. */

/**
 * 13 to 19 digits (ISO/IEC 7812), grouped by single spaces, dots or dashes, not inside a longer word or number. That it
 * begins with a digit is asked first: what is before it takes longer to look at.
 */
const cardLike = /(?=\d)(?<![\p{L}\p{N}#+])(?:\d[ .-]?){12,18}\d(?![\p{L}\p{N}])/gu;

/** The card networks' leading digits: Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay, Maestro. */
const issuer = /^(?:4|5[0-8]|2[2-7]|3[0-9]|6)/;

/** Replaces every payment card number by `[card number ending 1111]`. Order and tracking numbers stay. */
export function maskCardNumbers(text: string): string {
  return text.replace(cardLike, (match) => {
    const digits = match.replace(/\D/g, '');
    return isCardNumber(digits) ? `[card number ending ${digits.slice(-4)}]` : match;
  });
}

export function containsCardNumber(text: string): boolean {
  return maskCardNumbers(text) !== text;
}

function isCardNumber(digits: string): boolean {
  return issuer.test(digits) && !/^(\d)\1+$/.test(digits) && passesLuhn(digits);
}

/** The check digit of ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
