/**
 * Words of somebody other than the requester: a copied husband, a courier, whoever a mail was forwarded to. The policy says
 * what becomes of them. Who asks decides what is told, and that is never them.
 */
import { othersWroteKey } from '../businessKeys';
import type { Dialogue } from '../conversation/dialogue';
import { assertNever } from '../failure';
import { isHandsOff } from '../modes/mode';
import { modeOf } from '../modes/modeOf';
import { enqueueNote, tell } from '../stateChanges';
import type { TicketState } from '../state';
import type { Requester, TicketComment, TicketSnapshot } from '../ticket/ticket';
import { internalNote, plainUpdate } from '../ticket/update';

type Whose =
  /** These words are the requester's, or may be taken with theirs. */
  | { readonly type: 'to-answer'; readonly comments: readonly TicketComment[] }
  | { readonly type: 'to-note' }
  | { readonly type: 'to-people'; readonly why: string };

const isOthers = ({ author }: TicketComment): boolean => author === 'third-party';

/** @param written - what people have written and nobody has answered. */
export function whoseWords(
  { settings, dialogue }: Pick<TicketState, 'settings' | 'dialogue'>,
  written: readonly TicketComment[],
): Whose {
  if (!written.some(isOthers)) return { type: 'to-answer', comments: written };
  const { thirdParties = 'hand-off' } = settings;
  switch (thirdParties) {
    case 'hand-off':
      return { type: 'to-people', why: 'Somebody other than the requester wrote on this ticket.' };
    case 'note-only': {
      const comments = written.filter((comment) => !isOthers(comment));
      return comments.length === 0 ? { type: 'to-note' } : { type: 'to-answer', comments };
    }
    case 'answer':
      // A yes, a code or an order that was named would count as the requester's.
      return isBegun(dialogue)
        ? {
            type: 'to-people',
            why: 'Somebody other than the requester wrote in a conversation that the requester has begun.',
          }
        : { type: 'to-answer', comments: written };
    default:
      return assertNever(thirdParties);
  }
}

function isBegun({ questions, slots, proven = [] }: Dialogue): boolean {
  return questions.length > 0 || Object.keys(slots).length > 0 || proven.length > 0;
}

/** To whom the words of these comments are answered: the requester's address proves nothing of who else has written. */
export function askedBy({ requester }: TicketSnapshot, comments: readonly TicketComment[]): Requester {
  return comments.some(isOthers) ? { ...requester, trusted: false } : requester;
}

/** They are told in a note, once, and nobody is called. */
export function othersWrote(
  state: TicketState,
  comments: readonly TicketComment[],
  now: number,
): TicketState {
  const told = tell(state, now, 'ignored', 'Somebody other than the requester wrote: not answered');
  const newest = comments.at(-1);
  if (newest === undefined || isHandsOff(modeOf(state))) return told;
  const text = 'Somebody other than the requester wrote. Deskhand does not answer them; the policy says so.';
  return enqueueNote(
    told,
    plainUpdate(othersWroteKey(state.ref, newest.id), { comment: internalNote(text) }),
  );
}
