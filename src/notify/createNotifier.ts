/** Tells people what needs them: always one loud line in the log, and a post to a chat channel where one is set. */
import axios, { isAxiosError } from 'axios';
import type { FailureKind } from '../core/failure';
import type { Logger } from '../log/logger';
import type { Notice, Notifier } from './port';

/** Always worth another try: a channel that answers 404 today is mended by a person, who may be hours away. */
class NotifyError extends Error {
  override readonly name = 'NotifyError';
  readonly kind: FailureKind = 'unavailable';
  readonly retryable = true;
  readonly retryAfterMs = null;
}

const timeoutMs = 10_000;

/**
 * Posts `{"text", "ticket", "reason"}`: what Slack, Mattermost and Teams' workflows take, and enough for a script.
 * @param url - null: the log only.
 * @throws NotifyError (from `notify`) when the post failed; the same notice may be sent again.
 */
export function createNotifier(options: { url: string | null; logger: Logger }): Notifier {
  const { url, logger } = options;
  return {
    async notify(notice, signal) {
      const { ref, reason, message } = notice;
      logger.error(`PEOPLE ARE NEEDED: ${message} (ticket ${nameOf(ref)})`, { ...ref, reason });
      if (url !== null) await post(url, notice, signal);
    },
  };
}

async function post(url: string, notice: Notice, signal: AbortSignal): Promise<void> {
  const { ref, reason, message } = notice;
  const ticket = nameOf(ref);
  try {
    await axios.post(
      url,
      { text: `${message} (ticket ${ticket})`, ticket, reason },
      { signal, timeout: timeoutMs, maxRedirects: 0, maxContentLength: 1024 * 1024 },
    );
  } catch (error) {
    // The error itself is not passed on: it holds the address, which is a secret of most chat channels.
    throw new NotifyError(`The notice could not be posted to DESKHAND_NOTIFY_URL: ${why(error, signal)}.`);
  }
}

/** With its account: two desks number their tickets alike. */
function nameOf({ desk, account, ticketId }: Notice['ref']): string {
  return `${desk}/${account}/${ticketId}`;
}

function why(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'it was cancelled';
  if (!isAxiosError(error)) return 'the request failed';
  if (error.response !== undefined) return `it answered ${error.response.status}`;
  return error.code === 'ECONNABORTED'
    ? `no answer within ${timeoutMs / 1000} s`
    : (error.code ?? 'no answer');
}
