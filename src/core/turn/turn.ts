/** One turn: from the freshly read ticket to an answer, a hand-off, or the finding that nothing is to do. */
import { changed, changedTurn } from '../changed';
import { assertNever } from '../failure';
import { actInMode } from '../modes/actInMode';
import { draftUndecided, isSentByTag, sendDraft } from '../people/approval';
import { remindOfDraft } from '../people/approvalPath';
import { decisionRecord } from '../policy/decisionRecord';
import { newDialogue, openQuestion } from '../conversation/dialogue';
import type { ConsultInput, CustomerWords } from '../effects';
import {
  hasNotedSince,
  isWaitingForPerson,
  judge,
  newestAgentCommentId,
  newestCustomerCommentId,
  waitingFor,
} from './guard';
import { climb, handOffSilently, personHasIt } from '../people/handOff';
import { writeFollowUp } from '../conversation/followUp';
import { withoutFollowUps } from '../conversation/customerSilence';
import { underSettings } from '../hours/hoursChanged';
import { modeOf, taggedMode } from '../modes/modeOf';
import type { Plan, PolicySettings } from '../policy/plan';
import { agentAnswered } from '../modes/propose';
import type { SentWords } from '../modes/proposal';
import { enqueue, tell, waitUntil } from '../stateChanges';
import type { Deadline, TicketState, Turn } from '../state';
import { sendTag } from '../ticket/tags';
import { compareIds, isNewer, type TicketComment, type TicketSnapshot } from '../ticket/ticket';
import { closed, endTurn, goOnWaiting, openFollowUp, solved } from './turnEnd';
import { recall } from './recall';
import { hasLooked, readTicket, restart, settleEnd } from './turnStart';
import type { Classification } from '../conversation/understanding';
import { insteadOfForgetting } from '../orders/untoldDeeds';
import { callLater, verdictUnder, watch } from '../modes/watch';

export function ticketFetched(
  state: TicketState,
  asked: Turn,
  { past, ...snapshot }: TicketSnapshot,
  settings: PolicySettings,
  sent: SentWords | undefined,
  now: number,
): TicketState {
  const { state: under, turn: begun } = underSettings(state, asked, settings, now);
  const known = agentAnswered(forRequester(withTags(under, snapshot), snapshot, now), sent, now);
  const { state: recalled, turn } = hasLooked(known)
    ? { state: known, turn: begun }
    : recall(known, begun, snapshot, past, now);
  const read = changed(recalled, {
    priority: snapshot.priority,
    lastKnown: {
      agentCommentId: newestAgentCommentId(snapshot),
      assigneeId: snapshot.assignee?.id ?? null,
      status: snapshot.status,
      customerCommentId: newestCustomerCommentId(snapshot),
      requesterId: snapshot.requester.id,
    },
    released: stillAway(
      turn.cause === 'hand-back' ? releasedBy(state, turn, snapshot) : state.released,
      snapshot,
    ),
    pendingHints: unseenHints(state, snapshot),
  });
  // Only whom this look found has let go of the ticket; a later look of the same turn finds people at work again.
  const looked: Turn = turn.cause === 'hand-back' ? { ...turn, cause: 'message' } : turn;
  // A message announced while the ticket was being read may be missing from it: look once more.
  if (newerMessageHinted(read, snapshot)) return restart(read, looked, now);
  const hasNews = newestCustomerCommentId(snapshot) !== (state.lastKnown.customerCommentId ?? null);
  const mode = modeOf(read);
  const verdict = verdictUnder(judge(read, turn, snapshot, now, hasNews), {
    state: read,
    turn,
    mode,
    hasNews,
    now,
  });
  switch (verdict.kind) {
    case 'left-to-people': {
      const told =
        verdict.would === null ? read : tell(read, now, 'noted', `${mode}: would ${verdict.would}`);
      return watch(told, verdict.comments, mode, now);
    }
    case 'call-waits':
      return callLater(read, mode, now);
    case 'no-follow-up':
      return goOnWaiting(
        withoutFollowUps(tell(read, now, 'ignored', `Not followed up: the mode is ${mode}`)),
        turn,
        now,
      );
    case 'answer':
      // The draft that waits for approval already answers these.
      if (read.heldTurn !== null && read.heldTurn.commentIds.at(-1) === lastId(verdict.comments)) {
        if (isSentByTag(read, snapshot)) return sendDraft(read, `the tag ${sendTag}`, now);
        if (turn.cause === 'approval-reminder') return endTurn(remindOfDraft(read, now), now);
        return turn.cause === 'approval-check'
          ? endTurn(draftUndecided(read, read.heldTurn, now), now)
          : goOnWaiting(read, looked, now);
      }
      return answer(read, looked, snapshot, verdict.comments, now);
    case 'hand-off':
      return endTurn(
        handOffSilently(handled(read, verdict.comments), now, {
          reason: verdict.reason,
          detail: verdict.detail,
          note: `Deskhand leaves this ticket to a person. ${verdict.detail}`,
          commentIds: verdict.comments.map((comment) => comment.id),
        }),
        now,
      );
    case 'person-has-it':
      return snapshot.status === 'solved' && verdict.comments.length === 0
        ? endTurn(solved(read, now), now)
        : endTurn(
            personHasIt(read, now, verdict.why, {
              isWaitedFor: isWaitedFor(read, snapshot, verdict.comments),
              noLaterThan: checkDue(state, turn, snapshot, waitingFor(read, snapshot, verdict.comments)),
            }),
            now,
          );
    case 'machine-spoke': {
      const why = 'An automatic message: nothing to answer';
      return nobodySpoke(tell(handled(read, verdict.comments), now, 'ignored', why), looked, snapshot, now);
    }
    case 'awaits-person':
      return turn.cause === 'pick-up-check'
        ? endTurn(climb(read, now), now)
        : goOnWaiting(
            tell(read, now, 'message', 'The customer wrote again while the ticket waits for a person'),
            looked,
            now,
          );
    case 'closed-on-desk':
      return verdict.comments.length > 0
        ? openFollowUp(handled(read, verdict.comments), lastId(verdict.comments), now)
        : closed(read, now, 'the desk closed it');
    case 'put-to-rest': {
      const dealtWith = handled(read, verdict.comments);
      return snapshot.status === 'solved'
        ? endTurn(solved(dealtWith, now), now)
        : endTurn(
            personHasIt(dealtWith, now, `an agent has set it to ${snapshot.status}`, { isWaitedFor: false }),
            now,
          );
    }
    case 'solved-on-desk':
      return endTurn(solved(read, now), now);
    case 'nothing-new':
      if (isSentByTag(read, snapshot)) return sendDraft(read, `the tag ${sendTag}`, now);
      if (turn.cause === 'approval-reminder') return endTurn(remindOfDraft(read, now), now);
      return turn.cause === 'pick-up-check' && isWaitingForPerson(read)
        ? endTurn(climb(read, now), now)
        : nobodySpoke(read, looked, snapshot, now);
    default:
      return assertNever(verdict);
  }
}

function nobodySpoke(state: TicketState, turn: Turn, snapshot: TicketSnapshot, now: number): TicketState {
  return turn.cause === 'follow-up'
    ? writeFollowUp(state, turn, snapshot, now)
    : goOnWaiting(state, turn, now);
}

/** A tag holds as long as it is there. */
function withTags(state: TicketState, { tags }: TicketSnapshot): TicketState {
  const tagged = taggedMode(tags);
  return tagged === (state.taggedMode ?? 'auto') ? state : { ...state, taggedMode: tagged };
}

/** What one customer has said and shown opens nothing for another one. */
function forRequester(state: TicketState, { requester }: TicketSnapshot, now: number): TicketState {
  const { requesterId = requester.id } = state.lastKnown;
  if (requester.id === requesterId) return state;
  const told = tell(state, now, 'message', 'The ticket was given to another requester');
  return { ...withoutFollowUps(told), dialogue: newDialogue, codesSent: [] };
}

/** Nobody's name is on it, and the customer waits: it is looked at again soon. */
function isWaitedFor(
  state: TicketState,
  snapshot: TicketSnapshot,
  comments: readonly TicketComment[],
): boolean {
  return snapshot.assignee?.kind !== 'agent' && waitingFor(state, snapshot, comments).length > 0;
}

/** The check that was due before stands while the same customer words wait: who writes on does not wait longer. */
function checkDue(
  state: TicketState,
  { resume }: Turn,
  snapshot: TicketSnapshot,
  waiting: readonly TicketComment[],
): Deadline | null {
  const known = snapshot.comments.find(({ id }) => id === state.lastKnown.customerCommentId);
  const [oldest] = waiting;
  if (resume?.reason !== 'person-check' || known === undefined || oldest === undefined) return null;
  return isNewer(oldest, known) ? null : resume;
}

/** Whoever writes or takes the ticket after it was handed back has not let go of it. */
function releasedBy(state: TicketState, turn: Turn, snapshot: TicketSnapshot): TicketState['released'] {
  // Desks tell whole seconds; in doubt the person wins.
  const second = Math.floor(turn.startedAt / 1_000) * 1_000;
  const known = state.lastKnown.agentCommentId;
  // What was known by then counts whatever the desk's clock says.
  const before = snapshot.comments.filter(
    ({ author, id, at }) =>
      author === 'agent' && (Date.parse(at) < second || (known !== null && compareIds(id, known) <= 0)),
  );
  return { agentCommentId: before.at(-1)?.id ?? null, assigneeId: state.lastKnown.assigneeId };
}

/** Once another assignee was seen, or none, whoever had let go and is assigned again has taken the ticket anew. */
function stillAway(released: TicketState['released'], { assignee }: TicketSnapshot): TicketState['released'] {
  return released === null || released.assigneeId === assignee?.id
    ? released
    : { ...released, assigneeId: null };
}

function answer(
  state: TicketState,
  turn: Turn,
  snapshot: TicketSnapshot,
  comments: readonly TicketComment[],
  now: number,
): TicketState {
  // A new conversation after a solved one starts without what the old one was about.
  const begun =
    state.stage === 'solved'
      ? changed(state, { dialogue: newDialogue, codesSent: [], policyVersion: null })
      : state;
  const reading = changedTurn(turn, { snapshot, commentIds: comments.map((comment) => comment.id) });
  const taken = changed(begun, {
    stage: 'answering',
    approval: null,
    heldTurn: null,
    handOff: null,
    silence: null,
  });
  // A message that an agent or a clock brings up again is not the beginning of a burst.
  const settleUntil =
    turn.cause === 'message'
      ? Math.max(turn.settleUntil, settleEnd(turn, state.settings.settleMs, turn.startedAt))
      : turn.settleUntil;
  if (now < settleUntil) {
    const settling = changedTurn(reading, { phase: 'settling', settleUntil });
    return waitUntil(changed(taken, { turn: settling }), settleUntil, 'settle');
  }
  return classify(taken, reading, snapshot, now);
}

/** The settle window is over: go on with what was read, unless something was announced since. */
export function settled(state: TicketState, turn: Turn, now: number): TicketState {
  const { snapshot, plan } = turn;
  if (snapshot === null || unseenHints(state, snapshot).length > 0) return readTicket(state, turn);
  return plan === null ? classify(state, turn, snapshot, now) : decided(state, turn, plan, snapshot, now);
}

function classify(state: TicketState, turn: Turn, snapshot: TicketSnapshot, now: number): TicketState {
  const comments = commentsOf(turn, snapshot);
  const count = `${comments.length} message${comments.length === 1 ? '' : 's'}`;
  const classifying = changedTurn(turn, { phase: 'classifying' });
  const told = tell(changed(state, { turn: classifying }), now, 'message', `Read ${count} from the customer`);
  const parts = textsOf(comments);
  const words = { ...wordsOf(snapshot, comments), ...(parts.length > 1 ? { parts } : {}) };
  const { locale, name } = snapshot.requester;
  return enqueue(
    told,
    { type: 'classify-message', words, locale, name, question: openQuestion(state.dialogue) },
    classifying,
  );
}

function commentsOf(turn: Turn, snapshot: TicketSnapshot): readonly TicketComment[] {
  return snapshot.comments.filter((comment) => turn.commentIds.includes(comment.id));
}

function wordsOf(snapshot: TicketSnapshot, comments: readonly TicketComment[]): CustomerWords {
  return {
    text: textsOf(comments).join('\n\n'),
    subject: snapshot.subject,
    attachmentNames: comments.flatMap((comment) => comment.attachments.map((attachment) => attachment.name)),
  };
}

function textsOf(comments: readonly TicketComment[]): readonly string[] {
  return comments.map((comment) => comment.text ?? '').filter((text) => text !== '');
}

export function messageClassified(
  state: TicketState,
  turn: Turn,
  classification: Classification,
  now: number,
): TicketState {
  const { snapshot } = turn;
  if (snapshot === null || newerMessageHinted(state, snapshot)) return restart(state, turn, now);
  const percent = Math.round(classification.confidence * 100);
  const told = tell(
    state,
    now,
    'understood',
    `${classification.intent ?? 'outside what the policy knows'} (${percent} %)`,
  );
  const consulting = changedTurn(turn, { phase: 'consulting', classification });
  const input: ConsultInput = {
    ref: state.ref,
    words: wordsOf(snapshot, commentsOf(turn, snapshot)),
    classification,
    requester: snapshot.requester,
    channel: snapshot.channel,
    tags: snapshot.tags,
    priority: snapshot.priority,
    dialogue: state.dialogue,
    codesSent: state.codesSent ?? [],
    ...(hasNotedSince(state, snapshot) ? { agentNoted: true } : {}),
    commentId: turn.commentIds.at(-1) ?? '',
    policyVersion: state.policyVersion,
    turnNumber: turn.number,
    now,
  };
  return enqueue(changed(told, { turn: consulting }), { type: 'consult-policy', input }, consulting);
}

/** A version that was lost, or was asked for by a slip, is not in force in silence. */
function underWhich(state: TicketState, { policyVersion }: Plan, now: number): TicketState {
  const asked = state.policyVersion;
  if (asked === null || asked === policyVersion) return state;
  return tell(state, now, 'failed', `Policy ${asked} cannot be had: decided under ${policyVersion}`);
}

export function policyConsulted(state: TicketState, turn: Turn, plan: Plan, now: number): TicketState {
  const { snapshot } = turn;
  if (snapshot === null || newerMessageHinted(state, snapshot)) return restart(state, turn, now);
  const known = changed(underWhich(state, plan, now), {
    settings: plan.settings,
    policyVersion: plan.policyVersion,
    decision: decisionRecord(plan, now),
    last: {
      intent: plan.intent,
      confidence: plan.confidence,
      rule: plan.rule,
      policyVersion: plan.policyVersion,
    },
  });
  if (plan.awaitsMore && !turn.waitedForMore && insteadOfForgetting(state, turn, plan, snapshot) === null) {
    const settleUntil = now + plan.settings.fragmentSettleMs;
    const waiting: Turn = { ...turn, phase: 'settling', waitedForMore: true, plan, settleUntil };
    const told = tell(known, now, 'waiting', 'Only the beginning of a message: waiting for the rest');
    return waitUntil({ ...told, turn: waiting }, settleUntil, 'settle');
  }
  return decided(known, turn, plan, snapshot, now);
}

function decided(
  state: TicketState,
  turn: Turn,
  plan: Plan,
  snapshot: TicketSnapshot,
  now: number,
): TicketState {
  const told = tell(state, now, 'decided', `Rule ${plan.rule} of ${plan.policyVersion}`);
  const instead = insteadOfForgetting(state, turn, plan, snapshot);
  return actInMode(told, turn, instead ?? plan, snapshot, now);
}

function handled(state: TicketState, comments: readonly TicketComment[]): TicketState {
  return changed(state, { handledCommentId: comments.at(-1)?.id ?? state.handledCommentId });
}

function lastId(comments: readonly TicketComment[]): string {
  return comments.at(-1)?.id ?? 'none';
}

/** Hints that the ticket just read does not explain yet; one without a comment id may be about anything. */
function unseenHints(state: TicketState, snapshot: TicketSnapshot): readonly (string | null)[] {
  return state.pendingHints.filter(
    (id) => id === null || !snapshot.comments.some((comment) => comment.id === id),
  );
}

function newerMessageHinted(state: TicketState, snapshot: TicketSnapshot): boolean {
  return unseenHints(state, snapshot).some((id) => id !== null);
}
