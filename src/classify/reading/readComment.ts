/** Reads one customer comment: what of it are the customer's own words, and is there anything to understand? */
import type { Attachment, Reading } from '../../core/ticket/ticket';
import { machineReading } from './machineText';
import { toPlainText } from './plainText';
import { isQuoted, separateQuotation, wordsAboveReplyMark } from './quotation';
import { withoutSignature } from './signature';

export interface CommentToRead {
  readonly body: string;
  /** The desk's own mark that a machine wrote it. */
  readonly machineMade: boolean;
  readonly attachments: readonly Attachment[];
  readonly subject?: string;
  /** An employee's forward is the message itself; a customer's forward is somebody else's words. */
  readonly fromAgentRequester?: boolean;
}

export interface ReadComment {
  /** Never longer than `longestText` characters (UTF-16 units), never ending within a code point. */
  readonly text: string;
  readonly cut: boolean;
  readonly reading: Reading;
}

export const longestText = 20_000;
/** Beyond this nothing is looked at: quoted history is cut off before, and no desk sends more than 64 KB. */
const longestBody = 200_000;
/** Desks put this into the plain text where a picture stood in the mail. */
const picturePlaceholder =
  /!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)|\[(?:cid|image|bild|inline image)\b[^\]\n]{0,200}\]/gi;

/** Total: never throws, whatever the text is. */
export function readComment(comment: CommentToRead): ReadComment {
  const body = comment.body.slice(0, longestBody);
  const showsPicture = comment.attachments.length > 0 || /<img\b/i.test(body);
  const plain = toPlainText(body);
  const text = plain.replace(picturePlaceholder, '');
  if (text.trim() === '') {
    return result('', showsPicture || text !== plain ? 'attachment-only' : 'empty');
  }
  const machine = machineReading({ text, subject: comment.subject ?? '', machineMade: comment.machineMade });
  if (machine !== null) return result(text, machine);
  return readWords(text, comment.fromAgentRequester ?? false, showsPicture || text !== plain);
}

function readWords(text: string, fromAgent: boolean, showsPicture: boolean): ReadComment {
  const lines = text.split('\n');
  const parts = separateQuotation(lines);
  const written = fromAgent ? [...parts.own, '', ...parts.forwarded] : parts.own;
  const words = tidy(withoutSignature(written));
  if (words !== '') return result(words, 'words');
  if (tidy(written) !== '') return result('', showsPicture ? 'attachment-only' : 'signature-only');

  const rescued = lines.some(isQuoted) ? wordsAboveReplyMark(lines) : null;
  if (rescued !== null) return result(tidy(withoutSignature(rescued)) || tidy(rescued), 'words');
  return result(text, 'quotation-only');
}

function result(text: string, reading: Reading): ReadComment {
  const whole = text.trim();
  if (whole.length <= longestText) return { text: whole, cut: false, reading };
  const splitsPair = /[\uD800-\uDBFF]/.test(whole[longestText - 1] ?? '');
  return { text: whole.slice(0, splitsPair ? longestText - 1 : longestText), cut: true, reading };
}

function tidy(lines: readonly string[]): string {
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
