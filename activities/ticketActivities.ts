/** The activities that touch no desk: understanding, policy, and calling people. */
import type { Classifier } from '../src/classify/port';
import type { Notifier } from '../src/notify/port';
import type { PolicyProcessor } from '../src/policy/port';
import { attempt } from './attempt';
import type { TicketActivities } from './types';

export interface TicketActivityPorts {
  readonly classifier: Classifier;
  readonly policy: PolicyProcessor;
  readonly notifier: Notifier;
}

export function createTicketActivities({
  classifier,
  policy,
  notifier,
}: TicketActivityPorts): TicketActivities {
  return {
    classifyMessage: (input) => attempt(null, (signal) => classifier.classify(input, signal)),
    consultPolicy: (input) => attempt(null, (signal) => policy.consult(input, signal)),
    notifyPeople: (input) => attempt(null, (signal) => notifier.notify(input, signal)),
  };
}
