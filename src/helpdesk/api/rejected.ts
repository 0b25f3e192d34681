import { RemoteFailure } from '../../remote/failures';

/** What no repetition mends. @param message - a sentence for people. */
export function rejected(message: string): RemoteFailure {
  return new RemoteFailure('rejected', message, { retryable: false });
}
