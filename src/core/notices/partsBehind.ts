/** Which part may be why a step failed: an outage of another part explains nothing. */
import type { Step } from '../effects';
import { assertNever, type FailureKind, type StepFailure } from '../failure';
import type { Part } from './notice';

const ofOutages: readonly FailureKind[] = ['unavailable', 'unauthorized', 'malformed', 'budget-used-up'];

/** Of which parts the step that failed asks, where their being out may be why; none: the failure is the ticket's own. */
export function partsBehind(step: Step, { kind }: StepFailure): readonly Part[] {
  return ofOutages.includes(kind) ? partsOf(step) : [];
}

function partsOf({ type }: Step): readonly Part[] {
  switch (type) {
    case 'fetch-ticket':
    case 'update-ticket':
    case 'send-holding-reply':
    case 'open-follow-up':
    case 'check-approver':
      return ['desk'];
    case 'classify-message':
      return ['classifier'];
    case 'consult-policy':
      return ['shop'];
    // Both ask the desk first whether somebody was faster.
    case 'act-on-order':
      return ['shop', 'desk'];
    case 'send-code':
      return ['mail', 'shop', 'desk'];
    case 'notify-people':
      return [];
    default:
      return assertNever(type);
  }
}
