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

type TokenType = ReturnType<typeof CST.tokenType> | 'text';

/** Of the lexer's own, which the text does not have. */
const marks: readonly TokenType[] = ['scalar', 'doc-mode', 'flow-error-end'];
/** Each begins a level, on the line where it stands. */
const levels: readonly TokenType[] = ['seq-item-ind', 'explicit-key-ind', 'map-value-ind'];

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
    // What follows the mark of a scalar is its text, whatever it looks like.
    const type: TokenType = isText ? 'text' : CST.tokenType(token);
    isText = type === 'scalar';
    if (marks.includes(type)) continue;
    if (type === 'flow-seq-start' || type === 'flow-map-start') brackets += 1;
    else if (type === 'flow-seq-end' || type === 'flow-map-end') brackets -= 1;
    else if (type === 'newline') onLine = 0;
    else if (type === 'alias') aliases += 1;
    else if (brackets === 0 && levels.includes(type)) onLine += 1;
    if (type === 'space' && token.length > maxIndent) {
      return { offset, message: `is indented by ${token.length} spaces; at most ${maxIndent} are read` };
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
