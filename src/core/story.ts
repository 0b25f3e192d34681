/** How a ticket tells its story to people: in Temporal's Web UI, in the API, on the terminal. No customer text. */
import { assertNever } from './failure';
import { waitText } from './hours/wait';
import { modeWords } from './modes/mode';
import { modeNow } from './modes/modeOf';
import { nextDeadline } from './nextDeadline';
import { describeOrderAction } from './orders/orderAction';
import { versionName } from './policy/policyChoice';
import type { Step } from './effects';
import type { Deadline, TicketState } from './state';

/** The line beside an activity in the Web UI. */
export function stepSummary(step: Step): string {
  switch (step.type) {
    case 'fetch-ticket':
      return `Read ticket ${step.ref.ticketId}`;
    case 'classify-message':
      return `Understand ${step.words.text.length} characters`;
    case 'consult-policy': {
      const { intent, confidence } = step.input.classification;
      return `Consult the policy: ${intent ?? 'unknown intent'} (${Math.round(confidence * 100)} %)`;
    }
    case 'send-holding-reply':
      return step.isPublic ? 'Tell the customer that it takes longer' : 'Note that it takes longer';
    case 'act-on-order':
      return `Order: ${describeOrderAction(step.action)}`;
    case 'send-code':
      return `Send a code to the address of order ${step.order}, if there is one`;
    case 'update-ticket':
      return updateSummary(step);
    case 'open-follow-up':
      return step.mergedInto === undefined
        ? `Open a follow-up to closed ticket ${step.ref.ticketId}`
        : `Tell people on ticket ${step.mergedInto}, into which ${step.ref.ticketId} was merged`;
    case 'check-approver':
      return `Ask the desk whether ${step.word.by} may approve`;
    case 'notify-people':
      return `Notify people: ${step.reason}`;
    default:
      return assertNever(step);
  }
}

function updateSummary(step: Extract<Step, { type: 'update-ticket' }>): string {
  const parts = step.updates.map((update) => {
    const group = update.group === null ? '' : ` to ${update.group}`;
    if (update.comment?.public === true) return step.purpose === 'follow-up' ? 'follow-up' : 'public reply';
    return step.purpose === 'reply' || step.purpose === 'note' ? 'internal note' : `${step.purpose}${group}`;
  });
  return parts.join(' + ');
}

const deadlineWords: Record<Deadline['reason'], string> = {
  settle: 'wait for the rest of the message',
  'customer-silence': 'let the ticket go if the customer stays silent',
  approval: 'hand off if nobody approves the draft',
  'approval-reminder': 'remind people of the draft',
  'pick-up': 'escalate if nobody has picked the ticket up',
  'person-check': 'look whether the person is still at it',
  'linger-after-solved': 'close if the customer does not reopen it',
  'try-again': 'try again to reach people on the desk',
  'follow-up': 'write again if the customer stays silent',
  sla: 'look whether what is promised was kept',
  'team-silence': 'answer in place of people who stay silent',
};

/** The line beside a timer in the Web UI. */
export function deadlineSummary(deadline: Deadline): string {
  const { reason, detail, counted } = deadline;
  const words = detail === undefined ? deadlineWords[reason] : `${deadlineWords[reason]}: ${detail}`;
  return counted === undefined ? words : `${words}, after ${waitText(counted)}`;
}

/** Markdown, shown as the workflow's current details. */
export function currentDetails(state: TicketState): string {
  const lines = [`**Stage:** ${state.stage}`];
  const mode = modeNow(state);
  if (mode !== 'auto') lines.push(`**Mode:** ${modeWords[mode]}`);
  if (state.last !== null) {
    const { intent, confidence, rule, policyVersion, policy } = state.last;
    lines.push(
      `**Understood:** ${intent ?? 'nothing the policy knows'} (${Math.round(confidence * 100)} %)`,
      `**Rule:** \`${rule}\` of policy \`${versionName(policyVersion, policy)}\``,
    );
  }
  if (state.handOff !== null) {
    lines.push(
      `**Handed off:** ${state.handOff.reason}, rung ${state.handOff.level}. ${state.handOff.detail}`,
    );
  }
  if (state.proposal) lines.push(`**Proposed:** ${state.proposal.deeds.join(', ')}`);
  if (state.approval !== null) lines.push(`**Waits for approval:** draft \`${state.approval.draftId}\``);
  lines.push(`**Next:** ${nextLine(state)}`);
  const recent = state.timeline
    .slice(-8)
    .map((entry) => `- ${isoMinute(entry.at)} ${entry.kind}: ${entry.text}`);
  return `${[...lines, '**Lately**'].join('\n\n')}\n\n${recent.join('\n')}`;
}

function nextLine(state: TicketState): string {
  const [step] = state.steps;
  if (step !== undefined) return `${stepSummary(step.step)} (under way)`;
  const deadline = nextDeadline(state);
  return deadline === null ? 'nothing' : `${deadlineSummary(deadline)}, ${isoMinute(deadline.at)}`;
}

export function isoMinute(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
