/** A classifier that breaks again and again holds every ticket up: people hear of it. */
import { RemoteFailure } from '../remote/failures';
import type { OutageWatch } from '../remote/outages';
import type { Classifier } from './port';

export function watchClassifier(classifier: Classifier, outage: OutageWatch): Classifier {
  return {
    name: classifier.name,
    async classify(input, signal) {
      try {
        const classification = await classifier.classify(input, signal);
        outage.worked();
        return classification;
      } catch (error) {
        if (signal?.aborted !== true) outage.failed(withoutWords(error));
        throw error;
      }
    },
  };
}

/** What broke on a message may quote it. */
function withoutWords(error: unknown): RemoteFailure {
  const name = error instanceof Error ? error.name : typeof error;
  return new RemoteFailure('unavailable', `it fails on messages (${name})`, { retryable: true });
}
