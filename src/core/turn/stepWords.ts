/** How a step that failed is told to agents. No customer text. */
import type { Step } from '../effects';
import { assertNever, type StepFailure } from '../failure';
import { describeOrderAction } from '../orders/orderAction';

/** For agents, who read it in the hand-off's note. */
export function describe(step: Step, failure: StepFailure): string {
  return `${deedOf(step)} failed${timesTried(failure)}: ${sentence(failure.message)}`;
}

export function timesTried({ attempts }: StepFailure): string {
  return attempts > 1 ? ` after ${attempts} attempts` : '';
}

export function sentence(message: string): string {
  return `${message.replace(/\.$/, '')}.`;
}

function deedOf(step: Step): string {
  switch (step.type) {
    case 'fetch-ticket':
      return 'Reading the ticket';
    case 'classify-message':
      return 'Understanding the message';
    case 'consult-policy':
      return 'Consulting the policy';
    case 'send-holding-reply':
      return 'Telling the customer that it takes longer';
    case 'act-on-order':
      return describeOrderAction(step.action);
    case 'send-code':
      return 'Sending the code';
    case 'update-ticket':
      return updateDeeds[step.purpose];
    case 'open-follow-up':
      return step.mergedInto === undefined
        ? 'Opening a follow-up ticket'
        : 'Telling people on the ticket that goes on';
    case 'check-approver':
      return `Asking the desk who ${step.word.by} is`;
    case 'notify-people':
      return 'Notifying people';
    default:
      return assertNever(step);
  }
}

const updateDeeds: Record<Extract<Step, { type: 'update-ticket' }>['purpose'], string> = {
  reply: 'Replying',
  note: 'Leaving a note',
  'hand-off': 'Handing over',
  escalate: 'Escalating',
  close: 'Closing the ticket',
  'follow-up': 'Following up',
};
