/** What every hand-off's note ends with, whoever wrote it: what to do next, and where the whole story is read. */
import type { HandOffReason } from '../policy/plan';
import type { TicketState } from '../state';
import { ticketWorkflowId } from '../ticket/ticket';

/** For the agent who takes the ticket. */
const nextSteps: Readonly<Record<HandOffReason, string>> = {
  'asked-for-human': 'Write to the customer yourself: they asked for a person.',
  'low-confidence': 'Read the message: Deskhand was not sure what it asks.',
  anger: 'Answer soon, and in person.',
  legal: 'Let whoever answers legal matters read it before you reply.',
  safety: 'Answer at once: somebody may be in danger.',
  policy: 'Answer the customer: the policy leaves this to people.',
  'order-action-refused': 'Look at the order, settle what was not done, and tell the customer.',
  'third-party': "Find out who wrote before you tell them anything about the requester's orders.",
  forwarded: 'Find out whom this is for: nobody was answered.',
  unreadable: 'Open the message on the ticket, attachments too, and answer it.',
  undeliverable: 'Reach the customer another way: our answer may not have arrived.',
  'reply-limit': 'Read the conversation: it goes round in circles, or a machine answers.',
  identity: 'Ask for a proof that the order is theirs before you tell or change anything.',
  'approval-rejected': 'Answer the customer in place of the rejected draft.',
  'approval-timeout': 'Send the draft or an answer of your own: the customer has waited for it.',
  'agent-escalated': 'Take the ticket: a colleague asks for help.',
  'left-by-person': 'Take up what a colleague has left: the customer waits.',
  'bad-rating': 'Read what went wrong, and write to the customer if something can still be mended.',
  'own-address': 'Look for the mail loop before you answer: the mail came from our own address.',
  failure: 'Answer the customer yourself: Deskhand could not.',
};

export function handOffNote(
  note: string,
  reason: HandOffReason,
  { ref, settings }: Pick<TicketState, 'ref' | 'settings'>,
): string {
  const { workflowsUrl } = settings;
  const story =
    workflowsUrl === undefined
      ? []
      : [`What Deskhand did, step by step: ${workflowsUrl}/${encodeURIComponent(ticketWorkflowId(ref))}`];
  return [note, `Next: ${nextSteps[reason]}`, ...story].join('\n');
}
