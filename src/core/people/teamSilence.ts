/**
 * The policy's silence rule: a customer waits, the people who have the ticket say nothing, and the bot answers in their
 * place, if the policy has an answer of its own. Until that answer is on the desk, the ticket stays theirs.
 */
import { changed } from '../changed';
import { deadlineAfter } from '../stateChanges';
import { isHandsOff } from '../modes/mode';
import { modeOf, modeOfPlan } from '../modes/modeOf';
import type { HandOffReason, Plan } from '../policy/plan';
import type { Deadline, TicketState } from '../state';
import type { TeamSilence } from './silence';
import { handedOffTag } from '../ticket/tags';
import { isPublicAnswer, type TicketComment, type TicketSnapshot } from '../ticket/ticket';
import { restingStatuses } from '../ticket/update';
import { agentWroteAfter, isWaitingForPerson } from '../turn/guard';
import { beginTurn } from '../turn/turnStart';
import { isoMinute } from '../story';
import { waitText } from '../hours/wait';

/** A person has decided, or the bot's answers were what the customer minded: it does not go on in their place. */
const peoplesAlone: readonly HandOffReason[] = ['approval-rejected', 'agent-escalated', 'bad-rating'];

/** What a look has shown of it. @param comments - those of the customer that nobody has answered. */
export function seenSilence(
  state: TicketState,
  snapshot: TicketSnapshot,
  comments: readonly TicketComment[],
  now: number,
): TicketState {
  const { teamSilence: known, settings } = state;
  if (settings.handBack === undefined) return state;
  const waiting = restingStatuses.includes(snapshot.status) ? [] : comments;
  const [oldest] = waiting;
  const newest = waiting.at(-1);
  const last = known?.waits;
  // A desk whose clock is ahead makes nobody wait longer.
  const cameAt = ({ at }: TicketComment): number => Math.min(now, Date.parse(at));
  const waits =
    oldest === undefined || newest === undefined
      ? null
      : {
          since: last?.oldestId === oldest.id ? last.since : cameAt(oldest),
          oldestId: oldest.id,
          newestId: newest.id,
          newestAt: last?.newestId === newest.id ? last.newestAt : cameAt(newest),
        };
  return changed(state, { teamSilence: { ...(known ?? { stirredAt: now }), waits } });
}

/** People who come, write a note, or are called have their time from then on. */
export function watchTeam(before: TicketState, after: TicketState, now: number): TicketState {
  const { teamSilence: known } = after;
  if (known === undefined) return after;
  if (after.settings.handBack === undefined) return changed(after, { teamSilence: undefined });
  const stirredAt = hasStirred(before, after) ? now : known.stirredAt;
  const about = after.handOff?.reason ?? (isBots(after) ? undefined : known.about);
  const watched: TeamSilence = { ...known, stirredAt, about };
  const deadline = dueBy(after, watched);
  const last = before.teamSilence?.deadline;
  const isSame =
    deadline !== undefined && last?.at === deadline.at && last.counted?.since === deadline.counted?.since;
  return changed(after, { teamSilence: { ...watched, deadline: isSame ? last : deadline } });
}

/** Whoever takes a ticket that is another one's, or theirs, is there all the same. */
export function stirredNow(state: TicketState, now: number): TicketState {
  const { teamSilence } = state;
  return teamSilence === undefined
    ? state
    : changed(state, { teamSilence: { ...teamSilence, stirredAt: now } });
}

function isBots({ stage }: TicketState): boolean {
  return stage === 'waiting-for-customer' || stage === 'solved' || stage === 'closed';
}

function hasStirred(before: TicketState, after: TicketState): boolean {
  const { assigneeId, agentCommentId } = after.lastKnown;
  if (agentCommentId !== before.lastKnown.agentCommentId) return true;
  if (assigneeId !== null && assigneeId !== before.lastKnown.assigneeId) return true;
  if (after.stage === 'with-person' && before.stage !== 'with-person') return true;
  if (after.takenOver && !before.takenOver) return true;
  const [now, then] = [after.handOff, before.handOff];
  if (now === null) return false;
  const isAnother = then === null || then.since !== now.since;
  const isAsked = (now.asked ?? 0) > (then?.asked ?? 0);
  return isAnother || isAsked || (now.level > then.level && now.level <= after.settings.ladder.length);
}

/** Armed between turns alone. */
function dueBy(state: TicketState, silence: TeamSilence): Deadline | undefined {
  const { settings, turn } = state;
  const { waits, triedFor } = silence;
  if (turn !== null || waits === null || waits.newestId === triedFor || !isPeoples(state, silence))
    return undefined;
  const { handBack } = settings;
  if (handBack === undefined) return undefined;
  const due = deadlineAfter(state, Math.max(waits.since, silence.stirredAt), handBack, 'team-silence');
  // Who writes to somebody that is long silent may have more to say.
  return { ...due, at: Math.max(due.at, waits.newestAt + settings.settleMs) };
}

/** A person has it and is silent, or nobody came to the end of the ladder. */
function isPeoples(state: TicketState, { about }: TeamSilence): boolean {
  const { stage, settings, handOff } = state;
  const { except = [] } = settings.handBack ?? {};
  if (isHandsOff(modeOf(state))) return false;
  if (about !== undefined && (except.includes(about) || peoplesAlone.includes(about))) return false;
  if (stage === 'with-person') return true;
  return isWaitingForPerson(state) && handOff !== null && handOff.level >= settings.ladder.length;
}

/** As for a promise, the ticket is read first: somebody may have answered a minute ago. */
export function teamSilenceDue(state: TicketState, now: number): TicketState {
  const due = state.teamSilence?.deadline;
  return due === undefined || now < due.at || state.turn !== null
    ? state
    : beginTurn(state, 'team-silence', now);
}

/** By the look of a turn that the silence has brought about: nothing has stirred since. */
export function isStillSilent(before: TicketState, read: TicketState, now: number): boolean {
  const { teamSilence } = watchTeam(before, changed(read, { turn: null }), now);
  return teamSilence?.deadline !== undefined && teamSilence.deadline.at <= now;
}

/** The ticket as the bot would have it. */
export function asIfHandedBack(state: TicketState, snapshot: TicketSnapshot): TicketState {
  return changed(state, {
    stage: 'answering',
    handOff: null,
    takenOver: false,
    released: {
      agentCommentId: snapshot.comments.findLast(({ author }) => author === 'agent')?.id ?? null,
      assigneeId: snapshot.assignee?.id ?? null,
    },
  });
}

/** Why people keep it, completing a sentence; null: the bot answers. */
export function whyPeoplesStill(state: TicketState, plan: Plan, snapshot: TicketSnapshot): string | null {
  const handOff = plan.actions.find(({ type }) => type === 'hand-off');
  if (handOff?.type === 'hand-off') return `the policy leaves it to people (${handOff.reason})`;
  if (!plan.actions.some(({ type }) => type === 'reply')) return 'the policy has no answer to it';
  const mode = modeOfPlan(state, plan);
  if (mode !== 'auto') return `the mode is ${mode}`;
  if (plan.needsApproval) return 'its answer needs approval';
  const isDeed = plan.actions.some(({ type }) => type === 'order-action' || type === 'send-code');
  const ours = snapshot.comments.findLast((one) => isPublicAnswer(one) && one.author === 'bot')?.id ?? null;
  return isDeed && agentWroteAfter(snapshot, ours) ? 'a person may have promised something else' : null;
}

/** "Thanks!" waits for nobody. */
export function saysSomething({ actions }: Plan): boolean {
  return actions.some(({ type }) => type === 'reply' || type === 'hand-off' || type === 'order-action');
}

/** Since when nobody has said anything; null: nobody waits. Epoch milliseconds. */
export function silentSince({ teamSilence }: Pick<TicketState, 'teamSilence'>): number | null {
  const { waits = null, stirredAt = 0 } = teamSilence ?? {};
  return waits === null ? null : Math.max(waits.since, stirredAt);
}

/** The answer, and for people why it is not theirs. */
export function inTheirPlace(state: TicketState, plan: Plan): Plan {
  const { handBack } = state.settings;
  const since = silentSince(state);
  if (handBack === undefined || since === null) return plan;
  const text =
    `Deskhand answers in place of the team: the customer waits, and nobody has said anything for ${waitText(handBack)} ` +
    `(since ${isoMinute(since)}). Whoever answers or takes the ticket has it again.`;
  return {
    ...plan,
    actions: [...plan.actions, { type: 'note', text }, { type: 'tag', add: [], remove: [handedOffTag] }],
  };
}

/** The same messages are not tried again. */
export function triedInVain(state: TicketState): TicketState {
  const { teamSilence } = state;
  const triedFor = teamSilence?.waits?.newestId;
  return teamSilence === undefined || triedFor === undefined
    ? state
    : changed(state, { teamSilence: { ...teamSilence, triedFor } });
}
