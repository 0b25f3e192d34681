/**
 * Every message a ticket workflow takes or answers, by the names that Temporal's Web UI and CLI show, with the
 * shapes both sides agree on. Imported by the workflow and by its clients: types, constants and pure functions only.
 */
import { continuesQuestion, type DecisionRecord } from '../core/policy/decisionRecord';
import { openQuestion } from '../core/conversation/dialogue';
import type { AgentActionName } from '../core/events';
import { modeNow } from '../core/modes/modeOf';
import { nextDeadline } from '../core/nextDeadline';
import { versionInUse } from '../core/policy/policyChoice';
import { clockViews, type ClockView } from '../core/sla/clockViews';
import type { Mode } from '../core/modes/mode';
import type { Comparison, Proposal } from '../core/modes/proposal';
import type {
  Deadline,
  HandOff,
  PendingApproval,
  SettledDraft,
  Stage,
  TicketState,
  TimelineEntry,
} from '../core/state';
import type { AllowanceLimit, Given } from '../core/orders/moneyLimits';
import type { Notice, OutageReport } from '../core/notices/notice';
import type { SuspendedMark } from '../core/notices/suspended';
import type { Money } from '../core/orders/orderAction';
import type { Rating, TicketRef } from '../core/ticket/ticket';

export { ticketWorkflowId } from '../core/ticket/ticket';

export const ticketWorkflowType = 'ticketWorkflow';
export const pollWorkflowType = 'pollDeskWorkflow';

export const allowanceWorkflowType = 'allowanceWorkflow';
export const notifierWorkflowType = 'notifierWorkflow';

/** Workflows, and the activities that touch no desk. */
export const ticketTaskQueue = 'deskhand-tickets';

/** A desk and an account on it, as both stand in workflow ids. */
export type DeskAccount = Omit<TicketRef, 'ticketId'>;

/**
 * Activities that call this account's desk, `deskhand-desk:zendesk:acme`: their own queue, so that its rate cap holds
 * for all workers together and no other account waits for it.
 */
export function deskTaskQueueOf({ desk, account }: DeskAccount): string {
  return `deskhand-desk:${desk}:${account}`;
}

/**
 * Where 0.1 queued them, for its one account. What stands there is carried out still, since a hand-off is tried until it
 * works: to be removed with the first version that does not take over tickets of 0.1.
 */
export const deskTaskQueueOf01 = 'deskhand-desk';

/** The argument of `ticketWorkflow`. A person may type it into the Web UI: only `ref` is needed. */
export interface TicketWorkflowInput {
  readonly ref: TicketRef;
  /** Carried over continue-as-new; never given by hand. */
  readonly state?: unknown;
}

/** Signal to a running poll: the interval from now on, in seconds; 0 ends it. */
export const pollEverySignal = 'pollEvery';
/** What is more is taken for this: a poll that sleeps for years finds nothing. */
export const longestPollSeconds = 3_600;

/** The argument of `pollDeskWorkflow`. */
export interface PollWorkflowInput {
  readonly everySeconds: number;
  /** Epoch milliseconds: changes before are not looked at. */
  readonly since: number;
  /** Where the last look ended; null on the first. Carried over continue-as-new. */
  readonly cursor: string | null;
  /** How far what the desk suspends was looked at; absent: not yet. */
  readonly suspended?: SuspendedMark | undefined;
  /** Epoch milliseconds: tickets left open since then are looked at first. Absent: none, or they were. */
  readonly lookBackTo?: number;
}

/** The argument of `allowanceWorkflow`. */
export interface AllowanceWorkflowInput {
  /** Carried over continue-as-new. */
  readonly given: readonly Given[];
  /** Epoch milliseconds: after it nothing that was given counts any more. */
  readonly keptUntil: number;
}

/** Update: takes money out of an allowance; answers why not, or null. */
export const takeUpdate = 'take';
export interface TakeRequest {
  readonly key: string;
  readonly amount: Money;
  readonly limit: AllowanceLimit;
  /** Epoch milliseconds, not later than now; left out: now. */
  readonly at?: number;
  readonly by?: string;
}

/** Signal: what was taken under this key was not given. The key alone will do. */
export const giveBackSignal = 'giveBack';
export interface GiveBackMessage {
  readonly key: string;
  /** Only if this attempt took it last. */
  readonly by?: string;
}

/** Query: minor units that may still be given; null: any. */
export const leftQuery = 'left';
export interface LeftRequest {
  readonly currency: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly limit: AllowanceLimit;
}

/** Query: what was given, oldest first. */
export const givenQuery = 'given';

/** Signals to the notices of an account, sent with start. `channels`: those there are, by name. */
export const noticeSignal = 'notice';
export interface NoticeMessage {
  readonly channels: readonly string[];
  readonly notice: Notice;
}
export const outageSignal = 'outage';
export interface OutageMessage {
  readonly channels: readonly string[];
  readonly report: OutageReport;
}

/** The argument of `notifierWorkflow`. */
export interface NotifierWorkflowInput {
  /** Carried over continue-as-new; never given by hand. */
  readonly box?: unknown;
}

/** Query: what waits, for which channel, and what is out. */
export const noticeBoxQuery = 'notices';

export const modesWorkflowType = 'modesWorkflow';

/** The argument of `modesWorkflow`. */
export interface ModesWorkflowInput {
  /** Carried over from an earlier run; never given by hand. */
  readonly switched?: unknown;
}

/** Update of the modes of an account; answers how the switch stands then. */
export const setModeUpdate = 'setMode';
export interface SetModeMessage {
  readonly mode: Mode;
  readonly by: string;
  /** Left out: the whole company. */
  readonly intent?: string;
  readonly reason?: string;
}
export const modesQuery = 'modes';
/** How the switch stands, in the workflow's memo. */
export const modesMemo = 'modes';

/** Signal: something may have changed on the desk. Sent with start, so that start and message are one step. */
export const hintSignal = 'hint';

/** Each agent action is a signal (fire and forget) and an update (answers or refuses) of the same name. */
export const agentMessageNames = {
  'take-over': 'takeOver',
  'hand-back': 'handBack',
  approve: 'approve',
  reject: 'reject',
  escalate: 'escalate',
  'reply-again': 'replyAgain',
  close: 'close',
  'set-mode': 'setMode',
} as const satisfies Record<AgentActionName, string>;

export interface AgentMessage {
  /** Who steers: a name or id of staff. */
  readonly by: string;
  readonly reason?: string;
  /** approve, reject: the draft that was read, as its note and the ticket's `approval` name it. */
  readonly draftId?: string;
  /** set-mode: auto, draft, shadow or off. */
  readonly mode?: Mode;
  /** The same id twice is one action. */
  readonly id?: string;
}

/**
 * The longest texts, in UTF-16 units, for signals, updates and the API alike; none may be blank. A draft's id may hold
 * that of the action which asked for the reply again. Never lower them: a signal that was taken must be taken again at
 * replay.
 */
export const agentMessageLimits = { by: 200, reason: 2_000, draftId: 400, id: 200 } as const satisfies Record<
  Exclude<keyof AgentMessage, 'mode'>,
  number
>;

/** Signal and update: the open conversation goes on under another version of the policy. */
export const usePolicyMessage = 'usePolicy';

export interface UsePolicyMessage {
  /** `p-3f2a91c07b4e` */
  readonly version: string;
  readonly by: string;
}

/** Query: why the engine decided as it did last, and under which version the conversation goes on. */
export const decisionQuery = 'decision';

export interface DecisionView {
  /** Null while no conversation is open: its next one begins under the version in force then. */
  readonly policyVersion: string | null;
  /** Of several policies the one of that version; absent: of brands that have none of their own. */
  readonly policy?: string;
  readonly decision: DecisionRecord | null;
}

export const stateQuery = 'state';
export const timelineQuery = 'timeline';
export const nextDeadlineQuery = 'nextDeadline';
/** Query: how what is promised to the customer stands. `state` and it take the time up to which it is counted. */
export const clocksQuery = 'clocks';

/** What `state` and every update answer. */
export interface TicketView {
  readonly ref: TicketRef;
  readonly stage: Stage;
  readonly intent: string | null;
  /** Null: nothing was understood yet, or the customer goes on with our question, so that nothing was to be guessed. */
  readonly confidence: number | null;
  readonly rule: string | null;
  readonly policyVersion: string | null;
  /** Of several policies the one of that version; absent: of brands that have none of their own. */
  readonly policy?: string;
  readonly priority: string | null;
  readonly turns: number;
  /** What the engine is in the middle of, or null between turns. */
  readonly turnPhase: string | null;
  readonly question: string | null;
  /** Which holds, as of the last look; of the intents that were understood then. Absent, here and below: of an older worker. */
  readonly mode?: Mode;
  readonly proposal?: Proposal | null;
  readonly comparisons?: readonly Comparison[];
  readonly approval: PendingApproval | null;
  /** Drafts that waited before, newest last: who has decided about them, or why nobody can. */
  readonly settledDrafts?: readonly SettledDraft[];
  readonly handOff: HandOff | null;
  /** How the customer rated the ticket last; null: they did not. Absent: of an older worker. */
  readonly rating?: Rating['score'] | null;
  readonly nextDeadline: Deadline | null;
  /** What is promised to the customer, and how it stands; empty where the policy promises nothing. */
  readonly clocks?: readonly ClockView[];
  readonly timeline: readonly TimelineEntry[];
}

/** @param now - epoch milliseconds: what the clocks have used is counted up to then. */
export function viewOf(state: TicketState, now: number): TicketView {
  return {
    ref: state.ref,
    stage: state.stage,
    intent: state.last?.intent ?? null,
    confidence: continuesQuestion(state.decision) ? null : (state.last?.confidence ?? null),
    rule: state.last?.rule ?? null,
    policyVersion: state.last?.policyVersion ?? null,
    ...(state.last?.policy === undefined ? {} : { policy: state.last.policy }),
    priority: state.priority,
    turns: state.turns,
    turnPhase: state.turn?.phase ?? null,
    question: openQuestion(state.dialogue)?.slot ?? null,
    mode: modeNow(state),
    proposal: state.proposal ?? null,
    comparisons: state.comparisons ?? [],
    approval: state.approval,
    settledDrafts: state.settledDrafts ?? [],
    handOff: state.handOff,
    rating: state.rating?.score ?? null,
    nextDeadline: nextDeadline(state),
    clocks: clockViews(state, now),
    timeline: state.timeline,
  };
}

export function decisionViewOf(state: TicketState): DecisionView {
  const policyVersion = versionInUse(state);
  const { policy } = state.settings;
  return {
    policyVersion,
    ...(policyVersion === null || policy === undefined ? {} : { policy }),
    decision: state.decision,
  };
}

/** `poll:zendesk:acme`. */
export function pollWorkflowId(desk: string, account: string): string {
  return `poll:${desk}:${account}`;
}

/** Null for the id of anything else. */
export function parsePollWorkflowId(id: string): DeskAccount | null {
  const [kind, desk, account, ...rest] = id.split(':');
  return kind === 'poll' && desk && account && rest.length === 0 ? { desk, account } : null;
}

/** Of a ticket, and of all else that is one account's: the second and third part of their ids. Null: of no account. */
export function accountOfWorkflow(id: string): DeskAccount | null {
  const [, desk, account] = id.split(':');
  return desk && account ? { desk, account } : null;
}

/** `notices:zendesk:acme`. */
export function notifierWorkflowId(desk: string, account: string): string {
  return `notices:${desk}:${account}`;
}

/** `modes:zendesk:acme`. */
export function modesWorkflowId(desk: string, account: string): string {
  return `modes:${desk}:${account}`;
}

export function parseTicketWorkflowId(id: string): TicketRef | null {
  const [kind, desk, account, ticketId, ...rest] = id.split(':');
  return kind === 'ticket' && desk && account && ticketId && rest.length === 0
    ? { desk, account, ticketId }
    : null;
}
