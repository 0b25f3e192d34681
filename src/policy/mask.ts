/** Customer text shortened for a note to agents, without card numbers, addresses and phone numbers. */
const excerptLength = 240;

/** Card numbers have 12 to 19 digits, written with or without spaces, dots and hyphens (ISO/IEC 7812). */
const cardNumber = /\d(?:[\s\u200b.-]*\d){11,18}/gu;
const email = /[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>().,;:]+/gu;
const phone = /\+?\d(?:[\s()/.-]*\d){7,}/gu;

export function maskedExcerpt(text: string): string {
  const masked = text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(cardNumber, '[card number]')
    .replace(email, '[e-mail address]')
    .replace(phone, '[number]')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = Array.from(masked);
  return characters.length <= excerptLength ? masked : `${characters.slice(0, excerptLength - 1).join('')}…`;
}
