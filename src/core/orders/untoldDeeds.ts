/**
 * What was done to orders, or may have been, for messages whose senders were told nothing of it, since a person or a
 * newer message came in between. Whoever answers such a message next says it, or a person does.
 */
import { changed } from '../changed';
import { describeOrderAction, type OrderAction } from './orderAction';
import type { Plan } from '../policy/plan';
import type { TicketState, Turn, UntoldDeed } from '../state';
import { compareIds, type TicketSnapshot } from '../ticket/ticket';

const untoldAtMost = 50;

/** @param known.isSure - the shop has said that it was done. */
export function rememberUntold(
  state: TicketState,
  { commentIds, plan }: Turn,
  { action, isSure }: Pick<UntoldDeed, 'action' | 'isSure'>,
): TicketState {
  const commentId = commentIds.at(-1);
  if (commentId === undefined || plan === null) return state;
  const others = untoldOf(state).filter((deed) => !isSame(deed.action, action));
  const deed: UntoldDeed = { commentId, action, isSure, instead: plan.ifRefused };
  return changed(state, { untold: [...others, deed].slice(-untoldAtMost) });
}

/** The turn's plan was carried out whole: what it did, the customer knows as the policy wants it. */
export function toldBy(state: TicketState, { commentIds, plan }: Turn): Pick<TicketState, 'untold'> {
  const untold = untoldOf(state);
  if (plan === null || untold.length === 0) return {};
  return { untold: untold.filter((deed) => !commentIds.includes(deed.commentId) || !doesIt(plan, deed)) };
}

/**
 * For what the turn answers something was done that its plan knows nothing of: what is done in its place, a person's
 * matter with a note that says so. Null: there is no such thing.
 */
export function insteadOfForgetting(
  state: TicketState,
  { commentIds }: Turn,
  plan: Plan,
  { comments }: TicketSnapshot,
): Plan | null {
  const lastAnswer = comments.findLast((comment) => comment.author === 'agent' && comment.public);
  const isTold = ({ commentId }: UntoldDeed) =>
    lastAnswer !== undefined && compareIds(lastAnswer.id, commentId) > 0;
  const forgotten = untoldOf(state).filter(
    (deed) => commentIds.includes(deed.commentId) && !isTold(deed) && !doesIt(plan, deed),
  );
  if (forgotten.length === 0) return null;
  const words = plan.ifRefused.length > 0 ? plan.ifRefused : (forgotten.at(-1)?.instead ?? []);
  const handsOff = words.some(({ type }) => type === 'hand-off');
  return {
    ...plan,
    actions: [
      ...words,
      ...(handsOff ? [] : [{ type: 'hand-off', reason: 'order-action-refused', group: null } as const]),
      { type: 'note', text: [...notDone(plan), ...forgotten.map(noteOf)].join('\n') },
    ],
    needsApproval: false,
    awaitsMore: false,
    dialogue: { ...plan.dialogue, questions: [] },
  };
}

function notDone({ actions }: Plan): readonly string[] {
  return actions.flatMap((planned) =>
    planned.type === 'order-action' ? [`Not done: ${describeOrderAction(planned.action)}.`] : [],
  );
}

function noteOf({ action, isSure }: UntoldDeed): string {
  const what = describeOrderAction(action);
  return isSure
    ? `For the same message this was done before: ${what}. The customer was not told: please tell them.`
    : `For the same message this may have been done before: ${what}. Please look at the order, and tell the customer.`;
}

function untoldOf({ untold = [] }: TicketState): readonly UntoldDeed[] {
  return untold;
}

function doesIt(plan: Plan, deed: UntoldDeed): boolean {
  return plan.actions.some(
    (planned) => planned.type === 'order-action' && isSame(planned.action, deed.action),
  );
}

function isSame(one: OrderAction, other: OrderAction): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
