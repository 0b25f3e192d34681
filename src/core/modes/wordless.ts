/** In `draft`, nothing that a customer could notice happens without an agent's word. */
import type { Plan, PlannedAction } from '../policy/plan';

/** Words, a mail, something done to an order, a ticket that is solved: the customer notices. */
export function needsWord({ actions }: Pick<Plan, 'actions'>): boolean {
  return actions.some(
    (action) =>
      action.type === 'reply' ||
      isDeed(action) ||
      (action.type === 'set-status' && action.status === 'solved'),
  );
}

function isDeed({ type }: PlannedAction): boolean {
  return type === 'order-action' || type === 'send-code';
}

/**
 * A hand-off calls people at once: what would be told to the customer meanwhile stands in its note, for whoever comes.
 * A plan that also does something to an order waits as a whole.
 */
export function withoutPromise(plan: Plan): Plan {
  const { actions } = plan;
  if (!actions.some(({ type }) => type === 'hand-off') || actions.some(isDeed)) return plan;
  return {
    ...plan,
    actions: actions.map((action) =>
      action.type === 'reply'
        ? { type: 'note', text: `Words for the customer, not sent:\n\n${action.text}` }
        : action,
    ),
  };
}
