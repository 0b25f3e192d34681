/** Six-digit codes in a customer's words. They are checked and forgotten: nothing of ours repeats one. */

const group = /(?<![\p{L}\p{N}#@.,/+-]|\d )(?:\d{6}|\d{3}[ -]\d{3})(?![\p{L}\p{N}@]|[-/:.,]\d| \d)/gu;
const orderWord =
  /(?:order|bestell(?:ung|nummer|-nr)|bestelling|auftrag\p{L}*|commande|pedido|encomenda|ordine|ordre\p{L}*)([\p{L}\s:#.,'º°-]{0,20})$/iu;
/** "The code for my order is": what is said after that is the code. */
const codeWord = /(?<!\p{L})(?:code|kode|koden|codes|c[óo]digo|codice|einmalcode|cijfercode)(?!\p{L})/iu;
const isSaid = /:|(?<!\p{L})(?:is|was|ist|lautet|wäre|est|était|es|era|er|var|lyder|luidt|è|é)(?!\p{L})/iu;
/** Nothing else is said. */
const alone = /^\s*#(?=\d{3}[ -]?\d{3}[\s.!]*$)/u;

/** What could be one, in the order of mention, as six digits: an order's number that is called so is none. */
export function codesIn(said: string): readonly string[] {
  const text = said.replace(alone, '');
  const found = [...text.matchAll(group)].filter(({ index }) => !isOrder(text, index));
  return [...new Set(found.map(([code]) => code.replace(/\D/g, '')))];
}

/** @returns null when the words hold none, or more than one: nobody tries several at once. */
export function readMailedCode(said: string): string | null {
  const [code, ...others] = codesIn(said);
  return code === undefined || others.length > 0 ? null : code;
}

export function maskCodes(text: string): string {
  return text
    .replace(alone, '')
    .replace(group, (code, index: number) => (isOrder(text, index) ? code : '[code]'));
}

function isOrder(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 60), index);
  const order = orderWord.exec(before);
  if (order === null) return false;
  const clause =
    before
      .slice(0, order.index)
      .split(/[.!?\n]/)
      .at(-1) ?? '';
  return !(codeWord.test(clause) && isSaid.test(order[1] ?? ''));
}
