/** Reads one customer comment: what of it are the customer's own words, and is there anything to understand? */
import type { Attachment, Reading } from '../../core/ticket/ticket';
import { machineReading } from './machineText';
import { toPlainText } from './plainText';
import type { EarlierWords } from './earlierWords';
import { newWordsWithin, separateQuotation, wordsAboveReplyMark, type Parts } from './quotation';
import { isQuoted } from './quotationMarks';
import { withoutSignature } from './signature';
import { customersChatLines, spokenWords } from './transcript';

export interface CommentToRead {
  readonly body: string;
  /** The desk's own mark, its header's or its address's, that a machine wrote it. */
  readonly machineMade: boolean;
  /** By its header it is a mail server's report. */
  readonly deliveryReport?: boolean;
  readonly attachments: readonly Attachment[];
  readonly subject?: string;
  /** An employee's forward is the message itself; a customer's forward is somebody else's words, unless it is theirs. */
  readonly fromAgentRequester?: boolean;
  /** Who asks, as far as the desk knows: whose lines of a chat, whose forwarded mail these are. */
  readonly requester?: { readonly name: string | null; readonly email: string | null };
  /** What was written on the ticket before: by the shop, and by anybody. */
  readonly earlier?: { readonly shop: EarlierWords; readonly all: EarlierWords };
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
  const { subject = '', machineMade, deliveryReport = false } = comment;
  const machine = machineReading({ text, subject, machineMade, deliveryReport });
  if (machine !== null) return result(text, machine);
  return readWords(text, comment, showsPicture || text !== plain);
}

function readWords(text: string, comment: CommentToRead, showsPicture: boolean): ReadComment {
  const lines = text.split('\n');
  const spoken = spokenWords(lines);
  if (spoken !== null) return result(tidy(spoken), tidy(spoken) === '' ? 'attachment-only' : 'words');
  const chat = customersChatLines(lines, comment.requester?.name ?? null);
  if (chat !== null) {
    return tidy(chat) === '' ? result(text, 'quotation-only') : result(tidy(chat), 'words');
  }
  const parts = separateQuotation(lines, comment.earlier?.shop);
  const written = comment.fromAgentRequester === true ? [...parts.own, '', ...innermost(parts)] : parts.own;
  const words = tidy(withoutSignature(written));
  if (words !== '') {
    // Our own mail, come back without a mark: nobody has said anything.
    return result(words, comment.earlier?.shop.repeats(written) === true ? 'quotation-only' : 'words');
  }
  if (tidy(written) !== '') return result('', showsPicture ? 'attachment-only' : 'signature-only');

  const rescued = rescue(lines, parts, comment);
  if (rescued === null) return result(text, 'quotation-only');
  return result(tidy(withoutSignature(rescued)) || tidy(rescued), 'words');
}

/** Where nothing stands outside the quotation: the customer's own words within it, if they can be told. */
function rescue(
  lines: readonly string[],
  parts: Parts,
  { requester, earlier }: CommentToRead,
): readonly string[] | null {
  const isOwnMail = parts.forwardedFrom !== null && parts.forwardedFrom === requester?.email?.toLowerCase();
  if (isOwnMail && innermost(parts).some((line) => line.trim() !== '')) return innermost(parts);
  const above = lines.some(isQuoted) ? wordsAboveReplyMark(lines) : null;
  return above ?? (earlier === undefined ? null : newWordsWithin(lines, earlier.all));
}

/** What was forwarded, without what that mail quotes itself; forwarded again, the first one. */
function innermost({ forwarded }: Parts, depth = 0): readonly string[] {
  const inner = separateQuotation(forwarded);
  if (inner.own.some((line) => line.trim() !== '')) return inner.own;
  return inner.forwarded.length > 0 && depth < 4 ? innermost(inner, depth + 1) : forwarded;
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
