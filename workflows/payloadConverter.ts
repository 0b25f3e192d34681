/**
 * How workflows read payloads. Anybody with access to Temporal can send a signal in an encoding that nobody here
 * knows; were that an error, the workflow's task would fail for good, and the ticket with it. So what cannot be decoded
 * arrives as an `UnreadablePayload`, which is refused in a sentence. Clients and activities keep Temporal's own
 * converter, of the same format: there, an error reaches whoever made it.
 */
import { defaultPayloadConverter, type PayloadConverter } from '@temporalio/common';
import { UnreadablePayload } from '../src/contracts/parse';

type FromPayload = PayloadConverter['fromPayload'];

export const payloadConverter: PayloadConverter = {
  toPayload: (value) => defaultPayloadConverter.toPayload(value),
  fromPayload: ((payload, context) => {
    try {
      return defaultPayloadConverter.fromPayload(payload);
    } catch (error) {
      // An activity of ours: the task is repeated until a worker can read what it answered, and nothing is lost.
      if (context?.type === 'activity') throw error;
      return new UnreadablePayload();
    }
    // Whatever type its caller names: who sends to a workflow is held to none, and every handler takes `unknown`.
  }) as FromPayload,
};
