/**
 * A template that greets or signs off by itself: the ones that stand around every reply are left out then. Told by its
 * text, whatever its language.
 */
export interface OwnFrame {
  /** Its first paragraph is one line that ends with the customer's name or with a comma. */
  readonly greets: boolean;
  /** Its last paragraph is a few lines that end with the shop's name. */
  readonly signsOff: boolean;
}

const greeting = /(?:,|\{\{-?\s*customer\.name\s*-?\}\}\s*(?:\{%-?\s*endif\s*-?%\})?[,!:.]?)$/;
const signature = /\{\{-?\s*shop\.name\s*-?\}\}$/;
const signatureLines = 3;

export function ownFrame(source: string): OwnFrame {
  const paragraphs = source.trim().split(/\n\s*\n/);
  const [first = '', ...others] = paragraphs;
  const last = others.at(-1) ?? '';
  return {
    greets: others.length > 0 && !first.includes('\n') && greeting.test(first),
    signsOff: signature.test(last) && last.split('\n').length <= signatureLines,
  };
}
