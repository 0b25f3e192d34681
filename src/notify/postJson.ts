/** One post to a webhook, through the table of failures that desks and shops share. Its address is never told. */
import { failureOfStatus, type AnswerReading } from '../remote/failures';
import { createRemoteHttp, type RemoteResponse, type RemoteTimeouts } from '../remote/http';

export interface Webhook {
  /** As people call it: `Slack`. */
  readonly name: string;
  /** A secret. */
  readonly url: string;
  /** What an error body says, from its text: a code, never more. */
  readonly codeIn: (text: string) => string | null;
  /** The codes of a webhook that is off although its address is right. */
  readonly offCodes?: readonly string[];
  readonly timeoutsMs?: RemoteTimeouts;
}

export interface JsonPost {
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const defaultTimeouts: RemoteTimeouts = { connect: 5_000, total: 10_000 };
const largestAnswerBytes = 64 * 1024;

/** @throws RemoteFailure (from what it returns) for anything but a 2xx. */
export function createWebhookPost({
  name,
  url,
  codeIn,
  offCodes = [],
  timeoutsMs = defaultTimeouts,
}: Webhook): (post: JsonPost, signal: AbortSignal) => Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const http = createRemoteHttp({ name, baseUrl: url, headers, timeoutsMs, largestAnswerBytes });
  return async ({ body, headers: more = {} }, signal) => {
    // As bytes: what was signed is what is sent.
    const answer = await http({ method: 'POST', path: '', body: Buffer.from(body), headers: more }, signal);
    if (answer.status < 200 || answer.status > 299) {
      throw failureOfStatus(name, answer, readAnswer(answer, codeIn, offCodes), 'account');
    }
  };
}

const goneStatuses = [403, 404, 410];

function readAnswer(
  { status, text }: RemoteResponse,
  codeIn: Webhook['codeIn'],
  offCodes: readonly string[],
): AnswerReading {
  const code = codeIn(text);
  const isGone = goneStatuses.includes(status) || (code !== null && offCodes.includes(code));
  return { special: isGone ? 'webhook-gone' : null, reason: code };
}
