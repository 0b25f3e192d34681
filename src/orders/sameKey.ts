/** What every shop answers to a key that it met before: the same action is done already, another one is refused. */
import { isDeepStrictEqual } from 'node:util';
import type { OrderAction, OrderActionOutcome } from '../core/orders/orderAction';

/** @param earlier - what the key stands for; `action` null where that was not kept, and is taken to be the same. */
export function answerAgain(
  earlier: { readonly action: OrderAction | null; readonly reference: string },
  action: OrderAction,
): OrderActionOutcome {
  return earlier.action === null || isDeepStrictEqual(earlier.action, action)
    ? { type: 'done', reference: earlier.reference }
    : keyOfAnother(earlier.reference);
}

/** "Done" would be a lie. @param reference - of what was done; null where the shop has none. */
export function keyOfAnother(reference: string | null): OrderActionOutcome {
  const which = reference === null ? '' : `: ${reference}`;
  return { type: 'refused', why: `Something else was done for this message already${which}.` };
}
