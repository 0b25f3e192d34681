/**
 * From a plan's actions to what is written on the ticket: as few updates as the desk allows, which is one comment
 * each, with everything else travelling along.
 */
import { changed } from '../changed';
import { handOffKey, noteKey, promiseKey, replyKey, type HandOffCount } from '../businessKeys';
import { assertNever } from '../failure';
import { handOffNote } from '../people/handOffNote';
import { knownTagsOf } from '../people/steeringTags';
import { newestAgentCommentId, newestCustomerCommentId } from './guard';
import { waitOf, type Wait } from '../hours/wait';
import type { FollowUp, HandOffReason, Plan } from '../policy/plan';
import type { TicketState, Turn } from '../state';
import { answeredTag, approvalTag, handedOffTag, sendTag } from '../ticket/tags';
import type { TicketSnapshot } from '../ticket/ticket';
import {
  noChange,
  plainUpdate,
  type TicketChange,
  type TicketUpdate,
  type UpdateGuard,
} from '../ticket/update';

/** Of the plan's public words: an answer, or the promise that a person comes. */
export function wordsKey(
  ref: TicketState['ref'],
  answersCommentId: string,
  { handOff }: Pick<Gathered, 'handOff'>,
  turn: Pick<Turn, 'keySuffix'>,
): string {
  return handOff === null ? replyKey(ref, answersCommentId, turn) : promiseKey(ref, answersCommentId, turn);
}

/** The newest customer comment counts, an automatic one too: what was seen cannot make the draft stale. */
export function conversationGuard(snapshot: TicketSnapshot, approved = false): UpdateGuard {
  const requesterId = snapshot.requester.id;
  const knownTags = knownTagsOf(snapshot);
  if (approved) {
    return {
      kind: 'no-newer-message',
      newestCustomerCommentId: newestCustomerCommentId(snapshot),
      knownAgentReplyId:
        snapshot.comments.filter(({ author, public: shown }) => author === 'agent' && shown).at(-1)?.id ??
        null,
      requesterId,
      knownTags,
    };
  }
  return {
    kind: 'unchanged-conversation',
    newestCustomerCommentId: newestCustomerCommentId(snapshot),
    knownAgentCommentId: newestAgentCommentId(snapshot),
    knownAssigneeId: snapshot.assignee?.id ?? null,
    knownStatus: snapshot.status,
    knownGroupId: snapshot.groupId,
    requesterId,
    knownTags,
  };
}

/** A plan's actions, gathered by where they go. Later actions of a kind win, notes are joined. */
export interface Gathered {
  readonly reply: { readonly text: string; readonly html: string | null } | null;
  readonly note: string | null;
  readonly handOff: { readonly reason: HandOffReason; readonly group: string | null } | null;
  readonly rest: TicketChange;
  readonly followUps: readonly FollowUp[];
  readonly wait: Wait | null;
}

export function gather(plan: Plan): Gathered {
  let reply: Gathered['reply'] = null;
  let note: Gathered['note'] = null;
  let handOff: Gathered['handOff'] = null;
  let rest = noChange;
  let wait: Gathered['wait'] = null;
  const followUps: FollowUp[] = [];
  for (const action of plan.actions) {
    switch (action.type) {
      case 'reply':
        reply = { text: action.text, html: action.html };
        break;
      case 'note':
        note = note === null ? action.text : `${note}\n\n${action.text}`;
        break;
      case 'hand-off':
        handOff = { reason: action.reason, group: action.group };
        break;
      case 'tag':
        rest = {
          ...rest,
          addTags: [...rest.addTags, ...action.add],
          removeTags: [...rest.removeTags, ...action.remove],
        };
        break;
      case 'set-status':
        rest = { ...rest, status: action.status };
        break;
      case 'set-priority':
        rest = { ...rest, priority: action.priority };
        break;
      case 'assign':
        rest = { ...rest, group: action.group, assignee: action.agent };
        break;
      case 'set-field':
        rest = { ...rest, fields: { ...rest.fields, [action.field]: action.value } };
        break;
      case 'wait':
        wait = waitOf(action.ms, action.countedIn);
        break;
      case 'follow-up':
        followUps.push(action);
        break;
      case 'order-action':
      case 'send-code':
        break;
      default:
        assertNever(action);
    }
  }
  return { reply, note, handOff, rest, followUps, wait };
}

/** Everything one plan writes: the public reply first, so that the customer waits for nothing else. */
export function planUpdates(
  state: Pick<TicketState, 'ref' | 'settings' | 'handOffs' | 'life'>,
  turn: Pick<Turn, 'keySuffix' | 'approved' | 'snapshot' | 'call'>,
  answersCommentId: string,
  gathered: Gathered,
): readonly TicketUpdate[] {
  const updates: TicketUpdate[] = [];
  const done = endedTags(turn, gathered);
  const rest = { ...gathered.rest, removeTags: [...gathered.rest.removeTags, ...done] };
  if (gathered.reply !== null) {
    updates.push(
      plainUpdate(wordsKey(state.ref, answersCommentId, gathered, turn), {
        comment: { public: true, text: gathered.reply.text, html: gathered.reply.html },
        ...(gathered.handOff === null
          ? {
              ...rest,
              addTags: [...rest.addTags, answeredTag],
              status: rest.status ?? 'pending',
            }
          : {}),
      }),
    );
  }
  if (gathered.handOff !== null) {
    const { reason } = gathered.handOff;
    updates.push(
      handOffUpdate(
        handOffKey(state.ref, reason, countedHandOff(state, answersCommentId)),
        handOffNote(gathered.note ?? 'Handed over by Deskhand.', reason, state),
        {
          ...rest,
          group: gathered.handOff.group ?? rest.group ?? state.settings.handOffGroup,
        },
      ),
    );
  } else if (gathered.note !== null || gathered.reply === null) {
    const note = gathered.note === null ? null : { public: false, text: gathered.note, html: null };
    const update = plainUpdate(noteKey(state.ref, answersCommentId, turn), {
      comment: note,
      ...(gathered.reply === null ? rest : {}),
    });
    if (!isEmpty(update)) updates.push(update);
  }
  return updates;
}

/** What stands for a draft, or for a call that was taken back, and comes to an end with what is written in its place. */
function endedTags(
  { approved, snapshot, call }: Pick<Turn, 'approved' | 'snapshot' | 'call'>,
  { handOff }: Pick<Gathered, 'handOff'>,
): readonly string[] {
  const called = call === undefined || handOff !== null ? [] : [handedOffTag];
  if (approved === true) return [approvalTag, sendTag, ...called];
  return snapshot?.tags.includes(approvalTag) === true ? [approvalTag, ...called] : called;
}

/** The one that `withHandOff` has counted. */
export function countedHandOff(
  { handOffs, life }: Pick<TicketState, 'handOffs' | 'life'>,
  about: string | null,
): HandOffCount {
  return { about, count: handOffs.filter((other) => other === about).length, life };
}

const handOffsKept = 200;

/** To be called before a hand-off is written, so that it is another one than those before it. */
export function withHandOff(state: TicketState, about: string | null): TicketState {
  return changed(state, { handOffs: [...state.handOffs, about].slice(-handOffsKept) });
}

/** Group, note, tag and status in one update: the ticket never sits in a queue without its explanation. */
export function handOffUpdate(key: string, note: string, change: Partial<TicketChange>): TicketUpdate {
  return plainUpdate(key, {
    ...change,
    comment: { public: false, text: note, html: null },
    addTags: [...(change.addTags ?? []), handedOffTag],
    removeTags: [...new Set([...(change.removeTags ?? []), approvalTag])],
    status: change.status ?? 'open',
  });
}

function isEmpty(update: TicketUpdate): boolean {
  return (
    update.comment === null &&
    update.addTags.length === 0 &&
    update.removeTags.length === 0 &&
    update.status === null &&
    update.priority === null &&
    update.group === null &&
    update.assignee === null &&
    Object.keys(update.fields ?? {}).length === 0
  );
}
