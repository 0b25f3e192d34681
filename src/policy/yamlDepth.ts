/**
 * How deep YAML nests, told from its tokens and before it is parsed: the parser goes down a level with each bracket,
 * and enough of them take all memory there is.
 */
import { CST, Lexer } from 'yaml';

/** A policy needs six levels. */
const maxDepth = 40;
const maxIndent = 200;
/** More than a policy of the largest allowed size has. */
const maxTokens = 60_000;
const maxAliases = 50;

export interface TooMuch {
  /** From 0, in the text. */
  readonly offset: number;
  readonly message: string;
}

export function findTooMuch(text: string): TooMuch | null {
  let offset = 0;
  let brackets = 0;
  let onLine = 0;
  let tokens = 0;
  let aliases = 0;
  let isText = false;
  for (const token of new Lexer().lex(text)) {
    tokens += 1;
    if (isText) {
      isText = false;
      offset += token.length;
      continue;
    }
    switch (CST.tokenType(token)) {
      case 'flow-seq-start':
      case 'flow-map-start':
        brackets += 1;
        break;
      case 'flow-seq-end':
      case 'flow-map-end':
        brackets -= 1;
        break;
      case 'seq-item-ind':
      case 'explicit-key-ind':
      case 'map-value-ind':
        if (brackets === 0) onLine += 1;
        break;
      case 'newline':
        onLine = 0;
        break;
      case 'space':
        if (token.length > maxIndent) {
          return { offset, message: `is indented by ${token.length} spaces; at most ${maxIndent} are read` };
        }
        break;
      case 'alias':
        aliases += 1;
        break;
      // Marks of the lexer's own, which the text does not have.
      case 'scalar':
        isText = true;
        continue;
      case 'doc-mode':
      case 'flow-error-end':
        continue;
    }
    if (brackets > maxDepth || onLine > maxDepth) {
      return {
        offset,
        message: `nests deeper than ${maxDepth} levels. A policy needs six: write it flatter`,
      };
    }
    if (aliases > maxAliases) {
      return {
        offset,
        message: `is the ${aliases}th alias; at most ${maxAliases} are read. Write the values out`,
      };
    }
    if (tokens > maxTokens) {
      return { offset, message: `has more than ${maxTokens} words and signs. Split the file` };
    }
    offset += token.length;
  }
  return null;
}
