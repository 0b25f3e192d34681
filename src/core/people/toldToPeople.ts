/** What a customer has told people is not asked for again when they give the ticket back. */
import { changed } from '../changed';
import type { TicketState } from '../state';
import { compareIds } from '../ticket/ticket';

/** One order, and no other, was spoken of. */
export interface ToldToPeople {
  readonly orderNumber: string;
  readonly commentId: string;
}

/** What the bot has heard since counts more. */
export function withTold(state: TicketState, told: ToldToPeople | undefined): TicketState {
  const { dialogue } = state;
  const known = dialogue.slots['order-number'];
  const isOlder =
    known === undefined ||
    known.commentId === null ||
    (told !== undefined && compareIds(known.commentId, told.commentId) < 0);
  if (told === undefined || !isOlder) return state;
  const slot = { value: told.orderNumber, from: 'said', commentId: told.commentId } as const;
  return changed(state, { dialogue: { ...dialogue, slots: { ...dialogue.slots, 'order-number': slot } } });
}
