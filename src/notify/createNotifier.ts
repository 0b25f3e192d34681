/** The notifier of a worker: the log at once, and the channels through what keeps notices apart from tickets. */
import type { Notice, NoticeKind } from '../core/notices/notice';
import type { Logger } from '../log/logger';
import { RemoteFailure, slowRetryMs } from '../remote/failures';
import { watchCredentials } from '../remote/watchCredentials';
import { composeMessage, type LinksOf } from './message';
import type { NoticeChannel, Message, Notifier } from './port';

export interface NotifierParts {
  readonly channels: readonly NoticeChannel[];
  /** What the channels are told; the log is told all of it. */
  readonly about: readonly NoticeKind[];
  /** Resolves once the notice cannot be lost any more. */
  readonly post: (notice: Notice) => Promise<void>;
  readonly linksOf: LinksOf;
  /** `zendesk/acme`, where people hear of several; absent: there is one. */
  readonly account?: string;
  readonly logger: Logger;
}

/** What only a person can mend is tried this often: a webhook that was revoked does not come back by itself. */
const patientMs = 10 * 60_000;

export function createNotifier({ channels, about, post, linksOf, account, logger }: NotifierParts): Notifier {
  const senders = new Map(channels.map((channel) => [channel.name, watched(channel, logger)]));
  return {
    async tell(notice) {
      if (senders.size > 0 && about.includes(notice.kind)) await post(notice);
      sayInLog(notice, logger);
    },
    async send(name, batch, signal) {
      const send = senders.get(name);
      if (send === undefined) {
        // Another worker may have it: while they are deployed anew, not all have the same settings.
        throw new RemoteFailure('unavailable', `this worker has no channel "${name}"`, {
          retryable: true,
          retryAfterMs: slowRetryMs,
        });
      }
      await send(composeMessage(batch, linksOf, account), signal);
    },
  };
}

function sayInLog({ kind, what, reason, ticket }: Notice, logger: Logger): void {
  const fields = { ...ticket, reason };
  if (kind === 'hand-off' || kind === 'approval') logger.info(`people are told: ${what}`, fields);
  else logger.error(`PEOPLE ARE NEEDED: ${what}`, fields);
}

/** A channel that was revoked is said once, and once more when it takes messages again. */
function watched(
  channel: NoticeChannel,
  logger: Logger,
): (message: Message, signal: AbortSignal) => Promise<void> {
  const { watched: watch } = watchCredentials<'send'>(logger, {
    who: `the channel "${channel.name}"`,
    meanwhile: 'Its notices wait for it, for a day at most',
    mend: () => channel.mend,
  });
  return async (message, signal) => {
    try {
      await watch('send', () => channel.send(message, signal));
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      if (!error.retryable) logger.error(`a notice was not sent to "${channel.name}": ${error.message}`);
      throw error.kind === 'unauthorized' ? patiently(error) : error;
    }
  };
}

function patiently({ kind, message, status }: RemoteFailure): RemoteFailure {
  return new RemoteFailure(kind, message, { retryable: true, retryAfterMs: patientMs, status });
}
