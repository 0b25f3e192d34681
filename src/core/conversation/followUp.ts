/** Writing to a customer who has stayed silent: once, and never when somebody has come in between. */
import { changed, changedTurn } from '../changed';
import { followUpKey } from '../businessKeys';
import { awaitCustomer, followUpBy, withoutFollowUps } from './customerSilence';
import { agentWroteAfter, newestAgentCommentId, newestCustomerCommentId } from '../turn/guard';
import { isStricter, type ModeLimit } from '../modes/mode';
import { modeOf } from '../modes/modeOf';
import { countReply, enqueue, recentReplies, tell } from '../stateChanges';
import { knownTagsOf } from '../people/steeringTags';
import type { CustomerSilence, TicketState, Turn } from '../state';
import { hourMs } from '../spans';
import { followedUpTag } from '../ticket/tags';
import type { TicketSnapshot } from '../ticket/ticket';
import { endTurn, goOnWaiting, solved } from '../turn/turnEnd';
import { plainUpdate, type AppliedUpdate } from '../ticket/update';

/** The ticket was read for it just now, and neither a customer nor a person who has the ticket was found. */
export function writeFollowUp(
  state: TicketState,
  turn: Turn,
  snapshot: TicketSnapshot,
  now: number,
): TicketState {
  const { silence } = state;
  const next = silence?.followUps[0];
  if (silence === null || next === undefined) return goOnWaiting(state, turn, now);
  const { approved = false, intents = [] } = silence;
  const limit: ModeLimit = { strictest: approved ? 'draft' : 'auto', intents };
  const mode = modeOf(state, intents);
  const overtaken = isStricter(mode, limit.strictest)
    ? `the mode is ${mode}`
    : overtakenBy(silence, snapshot);
  if (overtaken !== null) {
    const told = tell(state, now, 'ignored', `Not followed up: ${overtaken}`);
    return goOnWaiting(withoutFollowUps(told), turn, now);
  }
  const [oldest, ...later] = recentReplies(state, now);
  if (oldest !== undefined && later.length + 1 >= state.settings.repliesPerHour) {
    const told = tell(state, now, 'waiting', 'Not followed up yet: as many replies within an hour as may be');
    return endTurn(followUpBy(told, next, { at: oldest + hourMs, reason: 'follow-up' }), now);
  }
  const acting = changedTurn(turn, { phase: 'acting', snapshot });
  const { knownStatus, knownGroupId = snapshot.groupId } = silence;
  return enqueue(
    changed(state, { turn: acting }),
    {
      type: 'update-ticket',
      purpose: 'follow-up',
      ref: state.ref,
      // Against the ticket as the reply has left it: what agents have set since, without a word, is theirs.
      guard: {
        kind: 'unchanged-conversation',
        newestCustomerCommentId: newestCustomerCommentId(snapshot),
        knownAgentCommentId: newestAgentCommentId(snapshot),
        knownAssigneeId: snapshot.assignee?.id ?? null,
        knownStatus,
        knownGroupId,
        requesterId: silence.requesterId,
        knownTags: knownTagsOf(snapshot),
      },
      updates: [
        plainUpdate(followUpKey(silence.key, silence.written + 1), {
          comment: { public: true, text: next.text, html: next.html },
          addTags: [followedUpTag],
          status: next.close ? 'solved' : knownStatus,
        }),
      ],
      within: limit,
    },
    acting,
  );
}

function overtakenBy(silence: CustomerSilence, snapshot: TicketSnapshot): string | null {
  if (agentWroteAfter(snapshot, silence.lastWordsId)) return 'an agent has written since';
  return snapshot.requester.id === silence.requesterId ? null : "the ticket is another requester's now";
}

export function followUpWritten(
  state: TicketState,
  turn: Turn,
  applied: readonly AppliedUpdate[],
  now: number,
): TicketState {
  const { silence } = state;
  const [written, ...followUps] = silence?.followUps ?? [];
  if (silence === null || written === undefined) return goOnWaiting(state, turn, now);
  const why = `Followed up with "${written.template}": the customer did not answer`;
  const told = tell(countReply(state, now), now, 'replied', why);
  if (written.close) return endTurn(solved(told, now), now);
  const left = {
    ...silence,
    followUps,
    written: silence.written + 1,
    lastWordsId: applied[0]?.commentId ?? silence.lastWordsId,
  };
  return endTurn(awaitCustomer(told, left, now), now);
}
