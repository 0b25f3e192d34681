/** One turn: from the freshly read ticket to an answer, a hand-off, or the finding that nothing is to do. */
import { changed, changedTurn } from '../changed';
import { assertNever } from '../failure';
import { actInMode } from '../modes/actInMode';
import { draftUndecided } from '../approval/approval';
import { heedSendTag } from '../approval/heedSendTag';
import { remindOfDraft } from '../approval/approvalPath';
import { decisionRecord, continuesQuestion } from '../policy/decisionRecord';
import { newDialogue } from '../conversation/dialogue';
import {
  isWaitingForPerson,
  judge,
  newestAgentCommentId,
  newestCustomerCommentId,
  openWords,
  waitingFor,
} from './guard';
import { machineSpoke } from './machineSpoke';
import { filesNamed } from './unreadable';
import { climb, handOffSilently, personHasIt } from '../people/handOff';
import { heedRating } from '../people/rating';
import { calledAlready, withoutRepeatedPromise } from '../people/handBack';
import { releasedBy, stillAway } from '../people/released';
import { steered } from '../people/steered';
import { tagsKnown } from '../people/steeringTags';
import { withTold, type ToldToPeople } from '../people/toldToPeople';
import { whoWrote } from '../people/whoWrote';
import { staysWithPeople } from '../people/stillTheirs';
import {
  asIfHandedBack,
  saysSomething,
  inTheirPlace,
  isStillSilent,
  seenSilence,
  whyPeoplesStill,
} from '../people/teamSilence';
import { writeFollowUp } from '../conversation/followUp';
import { withoutFollowUps } from '../conversation/customerSilence';
import { begunAnew, recallEarlier } from '../conversation/earlier';
import { underSettings } from '../hours/hoursChanged';
import { isHandsOff, isStricter } from '../modes/mode';
import { stopBeside } from '../modes/modeForbade';
import { modeOf, modeOfPlan, taggedMode } from '../modes/modeOf';
import type { Plan, PolicySettings } from '../policy/plan';
import { agentAnswered } from '../modes/propose';
import type { SentWords } from '../modes/proposal';
import { enqueue, tell, waitUntil } from '../stateChanges';
import type { TicketState, Turn } from '../state';
import { takeOverTag } from '../ticket/tags';
import { withoutPast, type TicketComment, type TicketSnapshot } from '../ticket/ticket';
import { classifyStep, commentsOf, consultStep } from './asking';
import { heldOnlyFor, withoutOutage } from '../outage/holdingReply';
import { closed, endTurn, goOnWaiting, openFollowUp, solved } from './turnEnd';
import { recall } from './recall';
import { othersWrote } from './thirdParties';
import { hasLooked, readTicket, restart, settleEnd } from './turnStart';
import { checkDue, isWaitedFor } from './waitedFor';
import type { Classification } from '../conversation/understanding';
import { insteadOfForgetting } from '../orders/untoldDeeds';
import { callLater, verdictUnder, watch } from '../modes/watch';

export function ticketFetched(
  state: TicketState,
  asked: Turn,
  fetched: TicketSnapshot,
  settings: PolicySettings,
  { sent, told }: { readonly sent?: SentWords; readonly told?: ToldToPeople },
  now: number,
): TicketState {
  const { past, follows, snapshot } = withoutPast(fetched);
  const { state: under, turn: begun } = underSettings(state, asked, settings, now);
  const known = agentAnswered(forRequester(withTags(under, snapshot, now), snapshot, now), sent, now);
  const { state: recalled, turn: reading } = hasLooked(known)
    ? { state: known, turn: begun }
    : recall(recallEarlier(known, past ?? [], follows), begun, snapshot, past, now);
  const noted = seenSilence(recalled, snapshot, openWords(recalled, snapshot), now);
  const shown = changed(noted, {
    priority: snapshot.priority,
    lastKnown: {
      agentCommentId: newestAgentCommentId(snapshot),
      assigneeId: snapshot.assignee?.id ?? null,
      status: snapshot.status,
      customerCommentId: newestCustomerCommentId(snapshot),
      requesterId: snapshot.requester.id,
      ...(snapshot.brand === undefined ? {} : { brand: snapshot.brand }),
      ...tagsKnown(state),
    },
    released: stillAway(
      reading.cause === 'hand-back' ? releasedBy(state, reading, snapshot) : state.released,
      snapshot,
    ),
    pendingHints: unseenHints(state, snapshot),
  });
  // A message announced while the ticket was being read may be missing from it: look once more.
  if (newerMessageHinted(shown, snapshot)) return restart(shown, afterLook(reading), now);
  const { state: led, turn, isTaken } = steered(state, shown, reading, snapshot, now);
  const isGivenBack = turn.cause === 'hand-back' || turn.cause === 'team-silence';
  const seen = isGivenBack ? withTold(led, told) : led;
  const looked = afterLook(turn);
  if (isTaken) return endTurn(takenByTag(seen, snapshot, now), now);
  const lastKnownId = state.lastKnown.customerCommentId ?? null;
  const hasNews = newestCustomerCommentId(snapshot) !== lastKnownId;
  const news = hasNews ? whoWrote(snapshot, lastKnownId) : null;
  if (turn.cause === 'team-silence' && isStillSilent(state, seen, now)) {
    const asked = changedTurn(turn, { cause: 'hand-back' });
    const tried = judge(asIfHandedBack(seen, snapshot), asked, snapshot, now, hasNews);
    if (tried.kind !== 'answer') return staysWithPeople(seen, turn, 'it is not for the bot to answer', now);
    const commentIds = tried.comments.map(({ id }) => id);
    return classify(seen, changedTurn(turn, { snapshot, commentIds }), snapshot, now);
  }
  const mode = modeOf(seen);
  const verdict = verdictUnder(judge(seen, turn, snapshot, now, hasNews), {
    state: seen,
    turn,
    mode,
    hasNews,
    now,
  });
  const { state: read, isAll } = heedRating(seen, snapshot, verdict, now);
  if (isAll) return endTurn(read, now);
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
        const tagged = heedSendTag(read, looked, snapshot, now);
        if (tagged !== null) return tagged;
        if (turn.cause === 'approval-reminder') return endTurn(remindOfDraft(read, now), now);
        return turn.cause === 'approval-check'
          ? endTurn(draftUndecided(read, read.heldTurn, now), now)
          : goOnWaiting(read, looked, now);
      }
      return answer(read, looked, snapshot, verdict.comments, now);
    case 'hand-off': {
      const commentIds = verdict.comments.map((comment) => comment.id);
      return (
        calledAlready(read, looked, verdict.reason, commentIds, now) ??
        endTurn(
          handOffSilently(handled(begunAnew(read), verdict.comments), now, {
            reason: verdict.reason,
            detail: verdict.detail,
            note: `Deskhand leaves this ticket to a person. ${verdict.detail}${filesNamed(verdict.comments)}`,
            commentIds,
          }),
          now,
        )
      );
    }
    case 'person-has-it':
      return snapshot.status === 'solved' && verdict.comments.length === 0
        ? endTurn(solved(read, now), now)
        : endTurn(
            personHasIt(read, now, verdict.why, {
              isWaitedFor: isWaitedFor(read, snapshot, verdict.comments),
              news: verdict.comments.length === 0 ? null : news,
              noLaterThan: checkDue(state, turn, snapshot, waitingFor(read, snapshot, verdict.comments)),
            }),
            now,
          );
    case 'machine-spoke':
      return nobodySpoke(
        machineSpoke(handled(read, verdict.comments), verdict.comments, snapshot, now),
        looked,
        snapshot,
        now,
      );
    case 'others-wrote':
      return nobodySpoke(
        othersWrote(handled(read, verdict.comments), verdict.comments, now),
        looked,
        snapshot,
        now,
      );
    case 'awaits-person':
      return turn.cause === 'pick-up-check'
        ? endTurn(climb(read, now), now)
        : goOnWaiting(
            news === null ? read : tell(read, now, 'message', `${news} while the ticket waits for a person`),
            looked,
            now,
          );
    case 'closed-on-desk':
      return verdict.comments.length > 0
        ? openFollowUp(handled(read, verdict.comments), lastId(verdict.comments), now, verdict.mergedInto)
        : closed(
            read,
            now,
            verdict.mergedInto === undefined
              ? 'the desk closed it'
              : `it was merged into ticket ${verdict.mergedInto}`,
          );
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
    case 'nothing-new': {
      const tagged = heedSendTag(read, looked, snapshot, now);
      if (tagged !== null) return tagged;
      if (turn.cause === 'approval-reminder') return endTurn(remindOfDraft(read, now), now);
      return turn.cause === 'pick-up-check' && isWaitingForPerson(read)
        ? endTurn(climb(read, now), now)
        : nobodySpoke(read, looked, snapshot, now);
    }
    default:
      return assertNever(verdict);
  }
}

function nobodySpoke(state: TicketState, turn: Turn, snapshot: TicketSnapshot, now: number): TicketState {
  return turn.cause === 'follow-up'
    ? writeFollowUp(state, turn, snapshot, now)
    : goOnWaiting(state, turn, now);
}

/** Only whom this look found has let go of the ticket; a later look of the same turn finds people at work again. */
function afterLook(turn: Turn): Turn {
  return turn.cause === 'hand-back' ? changedTurn(turn, { cause: 'message' }) : turn;
}

function takenByTag(state: TicketState, snapshot: TicketSnapshot, now: number): TicketState {
  const isNobodys = isWaitedFor(state, snapshot, openWords(state, snapshot));
  return personHasIt(state, now, `the tag ${takeOverTag}`, { isWaitedFor: isNobodys });
}

/** A tag holds as long as it is there. What is in line beside the turn goes by it. */
function withTags(state: TicketState, { tags }: TicketSnapshot, now: number): TicketState {
  const tagged = taggedMode(tags);
  const before = state.taggedMode ?? 'auto';
  if (tagged === before) return state;
  const known = changed(state, { taggedMode: tagged });
  return isHandsOff(tagged) && isStricter(tagged, before) ? stopBeside(known, now) : known;
}

/** What one customer has said and shown opens nothing for another one. */
function forRequester(state: TicketState, { requester }: TicketSnapshot, now: number): TicketState {
  const { requesterId = requester.id } = state.lastKnown;
  if (requester.id === requesterId) return state;
  const told = tell(state, now, 'message', 'The ticket was given to another requester');
  return changed(withoutFollowUps(told), { dialogue: newDialogue, codesSent: [] });
}

function answer(
  state: TicketState,
  turn: Turn,
  snapshot: TicketSnapshot,
  comments: readonly TicketComment[],
  now: number,
): TicketState {
  const begun = heldOnlyFor(begunAnew(state), comments);
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
  const { length } = commentsOf(turn, snapshot);
  const count = `${length} message${length === 1 ? '' : 's'}`;
  const classifying = changedTurn(turn, { phase: 'classifying' });
  const told = tell(changed(state, { turn: classifying }), now, 'message', `Read ${count} from the customer`);
  return enqueue(told, classifyStep(told, classifying, snapshot, now), classifying);
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
  const asking = changed(told, { turn: consulting });
  return enqueue(asking, consultStep(asking, consulting, snapshot, classification, now), consulting);
}

/** A version that was lost, or was asked for by a slip, is not in force in silence. */
function underWhich(state: TicketState, { policyVersion }: Plan, now: number): TicketState {
  const asked = state.policyVersion;
  if (asked === null || asked === policyVersion) return state;
  return tell(state, now, 'failed', `Policy ${asked} cannot be had: decided under ${policyVersion}`);
}

export function policyConsulted(waiting: TicketState, turn: Turn, plan: Plan, now: number): TicketState {
  const state = withoutOutage(waiting);
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
      ...(plan.settings.policy === undefined ? {} : { policy: plan.settings.policy }),
    },
  });
  if (plan.awaitsMore && !turn.waitedForMore && insteadOfForgetting(state, turn, plan, snapshot) === null) {
    const settleUntil = now + plan.settings.fragmentSettleMs;
    const waiting = changedTurn(turn, { phase: 'settling', waitedForMore: true, plan, settleUntil });
    const told = tell(known, now, 'waiting', 'Only the beginning of a message: waiting for the rest');
    return waitUntil(changed(told, { turn: waiting }), settleUntil, 'settle');
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
  const on = continuesQuestion(state.decision) ? ': the customer goes on with our question' : '';
  const told = tell(state, now, 'decided', `Rule ${plan.rule} of ${plan.policyVersion}${on}`);
  const instead = insteadOfForgetting(state, turn, plan, snapshot);
  const wanted = instead ?? plan;
  if (turn.cause === 'team-silence') {
    const why = whyPeoplesStill(told, wanted, snapshot);
    const isReminded = saysSomething(wanted) && !isHandsOff(modeOfPlan(told, wanted));
    return why === null
      ? actInMode(told, turn, inTheirPlace(told, wanted), snapshot, now)
      : staysWithPeople(told, turn, why, now, isReminded);
  }
  const handOff = wanted.actions.find((action) => action.type === 'hand-off');
  const called =
    handOff === undefined || isHandsOff(modeOfPlan(told, wanted))
      ? null
      : calledAlready(told, turn, handOff.reason, turn.commentIds, now);
  return called ?? actInMode(told, turn, withoutRepeatedPromise(told, turn, wanted, snapshot), snapshot, now);
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
