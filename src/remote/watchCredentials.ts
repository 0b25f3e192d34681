/**
 * Refused credentials are an account's matter, not a ticket's: people are told once, with the mend, and once more when
 * they are accepted again.
 */
import type { LogFields, Logger } from '../log/logger';
import { RemoteFailure } from './failures';
import { unwatched, type OutageWatch } from './outages';

export interface Account {
  /** Begins "... accepts the credentials again". */
  readonly who: string;
  /** Follows `meanwhile` and a colon. */
  readonly mend: (failure: RemoteFailure) => string;
  /** Begins a sentence, what becomes of the tickets meanwhile. */
  readonly meanwhile: string;
  readonly fields?: LogFields;
  /** Hears of everything that `isVital`. */
  readonly outage?: OutageWatch;
}

export interface WatchedCredentials<Operation extends string> {
  /** Throws on what `ask` throws. */
  readonly watched: <T>(operation: Operation, ask: () => Promise<T>) => Promise<T>;
  /** What was last refused. */
  readonly refused: () => readonly Operation[];
}

export function watchCredentials<Operation extends string>(
  logger: Logger,
  { who, mend, meanwhile, fields = {}, outage = unwatched }: Account,
  isVital: (operation: Operation) => boolean = () => true,
): WatchedCredentials<Operation> {
  /** With which status. A 403 is about this operation, anything else about the credentials. */
  const refused = new Map<Operation, number | null>();
  const areRefused = () => [...refused.values()].some((status) => status !== 403);

  function sayRefused(step: Operation, failure: RemoteFailure): void {
    const { kind, message, status } = failure;
    const isKnown = refused.has(step) || (status !== 403 && areRefused());
    refused.set(step, status);
    if (isKnown) return;
    logger.error(
      `${message}. ${meanwhile}: ${mend(failure)}, and restart Deskhand if you changed a variable.`,
      {
        ...fields,
        step,
        failure: kind,
        ...(status === null ? {} : { status }),
      },
    );
  }

  function sayWorking(step: Operation): void {
    // One success proves the credentials, and the right to this operation; not the right to another.
    const mended = [...refused].filter(([operation, status]) => operation === step || status !== 403);
    for (const [operation] of mended) refused.delete(operation);
    if (mended.length > 0) logger.info(`${who} accepts the credentials again`, { ...fields, step });
  }

  return {
    async watched(step, ask) {
      try {
        const answer = await ask();
        sayWorking(step);
        if (![...refused.keys()].some(isVital)) outage.worked();
        return answer;
      } catch (error) {
        if (error instanceof RemoteFailure && error.kind === 'unauthorized') sayRefused(step, error);
        if (isVital(step)) outage.failed(error);
        throw error;
      }
    },
    refused: () => [...refused.keys()],
  };
}

/** Of desks and shops: without them there is nothing to say to a customer. */
export const ticketsWait = 'What waits for it goes on by itself once it is mended';
