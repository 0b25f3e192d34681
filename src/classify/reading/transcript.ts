/**
 * Comments in which a desk tells of a conversation held elsewhere: a chat (Zendesk Chat's transcript, one stamped line
 * each) and a telephone call (Zendesk Talk's list of details, with or without what was said).
 */

/** Null: no transcript. Empty: one, in which the customer cannot be told from the others, or was silent. */
export function customersChatLines(
  lines: readonly string[],
  customer: string | null,
): readonly string[] | null {
  const stamped = lines.map(stampedLine);
  if (stamped.filter((line) => typeof line?.speaker === 'string').length < 2) return null;
  const first = stamped.findIndex((line) => line !== null);
  if (lines.slice(0, first).filter((line) => line.trim() !== '').length > mostLinesAbove) return null;
  const said: string[] = [];
  let isTheirs = false;
  for (let i = first; i < lines.length; i++) {
    const line = stamped[i] ?? null;
    if (line !== null) isTheirs = line.speaker !== null && isCustomer(line.speaker, customer);
    if (isTheirs) said.push(line?.text ?? lines[i] ?? '');
  }
  return said;
}

/** "Chat started: ...", "Conversation with ...", and the page it was begun on. */
const mostLinesAbove = 6;

interface StampedLine {
  /** Null: the chat itself speaks ("*** Eric joined the chat ***"). */
  readonly speaker: string | null;
  readonly text: string;
}

/** `(09:14:02 AM) Kim: where is it?` */
function stampedLine(line: string): StampedLine | null {
  const stamp = /^\s{0,3}\(\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?\)\s+/i.exec(line);
  if (stamp === null) return null;
  const rest = line.slice(stamp[0].length);
  if (rest.startsWith('*')) return { speaker: null, text: rest };
  const speaker = /^[^:：]{1,60}(?=[:：])/.exec(rest)?.[0];
  return speaker === undefined
    ? null
    : { speaker: speaker.trim(), text: rest.slice(speaker.length + 1).trim() };
}

function isCustomer(speaker: string, customer: string | null): boolean {
  return (
    speaker.toLowerCase() === customer?.trim().toLowerCase() ||
    /^(?:visitor|web user|guest|customer|besucher|gast|kunde|visiteur|client|visitante|cliente|bezoeker|klant)\b/i.test(
      speaker,
    )
  );
}

/** Null: no call. Empty: one of which nothing was written down. */
export function spokenWords(lines: readonly string[]): readonly string[] | null {
  const first = lines.findIndex((line) => line.trim() !== '');
  if (!callTitle.test(lines[first]?.slice(0, 300) ?? '')) return wordsBelowCallSheet(lines, first);
  if (!lines.slice(first + 1, first + 15).some((line) => callDetail.test(line))) return null;
  const at = lines.findIndex((line) => transcriptTitle.test(line));
  if (at < 0) return [];
  return [(lines[at] ?? '').replace(transcriptTitle, ''), ...lines.slice(at + 1)];
}

/**
 * The same in any language: a list of labels and values, with a telephone number and the address of a recording among them.
 * What stands below was said.
 */
function wordsBelowCallSheet(lines: readonly string[], first: number): readonly string[] | null {
  const labels = lines.slice(first, first + longestSheet).map((line) => labelled.exec(line.slice(0, 300)));
  const end = labels.findIndex(
    (label, at) =>
      at > 0 && (label === null ? lines[first + at]?.trim() !== '' : transcriptLabel.test(label[1] ?? '')),
  );
  const sheet = labels.slice(0, end < 0 ? undefined : end).flatMap((label) => label?.[2] ?? []);
  const isCall =
    sheet.length >= 4 &&
    sheet.some((value) => telephone.test(value)) &&
    sheet.some((value) => recording.test(value));
  if (!isCall) return null;
  if (end < 0) return [];
  const [, , onLabelsLine] = labels[end] ?? [];
  const said = onLabelsLine ?? lines[first + end] ?? '';
  return [said, ...lines.slice(first + end + 1)];
}

const longestSheet = 15;
const labelled = /^\s{0,3}(\p{L}[\p{L}\p{M} '’./-]{1,50}?)\s{0,2}[:：]\s{0,3}(.*)$/u;
const telephone = /^\+?\d[\d ()/.-]{5,22}\d\s*$/;
const recording = /^https?:\/\/\S*(?:record|voice|\/calls?\/|\.mp3|\.wav)/i;
/** "Transcription", "Transkript", "Trascrizione", "Afschrift", "Avskrift", "Litteraatio", "Přepis", "Расшифровка", "文字起こし". */
const transcriptLabel =
  /trans[ck]ri|trascri|afschrift|a[fv]skrift|litter|přepis|zapis|çözüm|расшифров|транскри|文字起こし|转录|轉錄/iu;

const callTitle = /^\s{0,3}(?:voicemail from|inbound call from|outbound call to|call (?:from|to):)/i;
const callDetail =
  /^\s{0,3}(?:call details|call (?:from|to)|time of call|length of phone call|answered by|called by|listen to the (?:recording|voicemail))\s{0,3}:/i;
const transcriptTitle = /^\s{0,3}transcri(?:pt|ption)(?: text)?\s{0,3}:\s{0,3}/i;
