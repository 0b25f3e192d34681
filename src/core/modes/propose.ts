/** From a plan to what people read of it, and from an agent's answer to how far it was what had been proposed. */
import { changed } from '../changed';
import { assertNever } from '../failure';
import { describeOrderAction } from '../orders/orderAction';
import type { Plan, PlannedAction } from '../policy/plan';
import type { Comparison, Proposal, SentWords } from './proposal';
import { spanText } from '../spans';
import { tell } from '../stateChanges';
import type { TicketState, Turn } from '../state';

/** Below it, hardly a sentence of the proposal is left. */
const editedFrom = 0.5;
const comparisonsKept = 20;

export function proposalOf(
  { commentIds }: Pick<Turn, 'commentIds'>,
  plan: Plan,
  mode: Proposal['mode'],
  now: number,
): Proposal {
  const { rule, intent, policyVersion } = plan;
  const reply = plan.actions.findLast((action) => action.type === 'reply');
  const deeds = plan.actions.flatMap(deedOf);
  return {
    at: now,
    mode,
    rule,
    intent,
    policyVersion,
    commentId: commentIds.at(-1) ?? '',
    text: reply?.text ?? null,
    deeds: deeds.length === 0 ? ['stay silent'] : deeds,
  };
}

function deedOf(action: PlannedAction): readonly string[] {
  switch (action.type) {
    case 'reply':
      return [`reply with "${action.template}" (${action.language})`];
    case 'note':
      return ['leave a note for agents'];
    case 'tag':
      return [
        ...action.add.map((tag) => `add the tag ${tag}`),
        ...action.remove.map((tag) => `remove the tag ${tag}`),
      ];
    case 'set-status':
      return [`set the status to ${action.status}`];
    case 'set-priority':
      return [`set the priority to ${action.priority}`];
    case 'assign': {
      const to = [action.group, action.agent].filter((one) => one !== null);
      return to.length === 0 ? [] : [`assign it to ${to.join(', ')}`];
    }
    case 'hand-off':
      return [`hand off (${action.reason})${action.group === null ? '' : ` to ${action.group}`}`];
    case 'set-field':
      return [`set the field ${action.field}`];
    case 'wait':
      return [];
    case 'follow-up':
      return [`follow up with "${action.template}" (${action.language}) after ${spanText(action.afterMs)}`];
    case 'order-action':
      return [describeOrderAction(action.action)];
    case 'send-code':
      return [`send a code to the address of order ${action.order}`];
    default:
      return assertNever(action);
  }
}

/** What we have said or done ourselves: as it was proposed, with an agent's word, or something else since. */
export function botAnswered(
  state: TicketState,
  { approved }: Pick<Turn, 'approved'>,
  text: string | null,
  now: number,
): TicketState {
  const { proposal = null } = state;
  if (proposal === null) return state;
  if (approved !== true || proposal.text !== text)
    return text === null ? state : changed(state, { proposal: null });
  return compared(state, proposal, { result: 'approved', similarity: text === null ? null : 1 }, now);
}

/** An agent has answered in public since. */
export function agentAnswered(state: TicketState, sent: SentWords | undefined, now: number): TicketState {
  const { proposal = null } = state;
  if (proposal === null || sent === undefined) return state;
  const { similarity } = sent;
  const known = compared(state, proposal, { result: resultOf(similarity), similarity }, now);
  const what =
    similarity === null
      ? 'where no reply had been proposed'
      : `${Math.round(similarity * 100)} % of the words that had been proposed`;
  return tell(known, now, 'person', `An agent has answered: ${what}`);
}

function resultOf(similarity: number | null): Comparison['result'] {
  if (similarity === null) return 'no-reply-proposed';
  if (similarity === 1) return 'same-words';
  return similarity >= editedFrom ? 'edited' : 'other-words';
}

function compared(
  state: TicketState,
  { at: proposedAt, mode, rule, intent, policyVersion }: Proposal,
  found: Pick<Comparison, 'result' | 'similarity'>,
  now: number,
): TicketState {
  const comparison: Comparison = { mode, rule, intent, policyVersion, proposedAt, at: now, ...found };
  return changed(state, {
    proposal: null,
    comparisons: [...(state.comparisons ?? []), comparison].slice(-comparisonsKept),
  });
}

/** For people, in a line: `shadow: would reply with "in-transit" (en), leave a note for agents`. */
export function wouldText({ mode, deeds }: Pick<Proposal, 'mode' | 'deeds'>): string {
  return `${mode}: would ${deeds.join(', ')}`;
}
