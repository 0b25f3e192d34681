/**
 * What must hold at every moment of a life, judged by what stands on the desk and in the shop, not by what the engine
 * believes.
 */
import { decodeState } from '../../../src/core/decodeState';
import type { AgentAction, StepOutcome } from '../../../src/core/events';
import { isHandsOff } from '../../../src/core/modes/mode';
import { modeOf } from '../../../src/core/modes/modeOf';
import { describeOrderAction, type OrderAction } from '../../../src/core/orders/orderAction';
import { dayMs } from '../../../src/core/spans';
import type { Deadline, Stage, TicketState, Turn } from '../../../src/core/state';
import { isCustomerComment, type TicketComment, type TicketSnapshot } from '../../../src/core/ticket/ticket';
import type { AppliedUpdate, TicketUpdate } from '../../../src/core/ticket/update';
import { Claims } from './claims';
import type { Life, UnderWay } from './life';
import { holdingWords, mayNotApprove } from './sayings';

/** What the bot has put into words: for whom, and how much of the thread it knew. */
interface Words {
  readonly requesterId: string;
  readonly knownComments: number;
}

interface Executed {
  readonly action: OrderAction;
  readonly commentIds: readonly string[];
  /** How many comments stood on the ticket then: who tells people of it comes after. */
  readonly at: number;
}

/** What a ticket at rest is looked at again for. */
const waits: Readonly<Record<Exclude<Stage, 'closed'>, readonly Deadline['reason'][]>> = {
  answering: ['settle'],
  'waiting-for-customer': ['customer-silence', 'follow-up'],
  'waiting-for-approval': ['approval-reminder', 'approval'],
  'with-person': ['person-check'],
  watching: ['person-check'],
  'handed-off': ['pick-up', 'try-again'],
  escalated: ['pick-up', 'try-again'],
  solved: ['linger-after-solved'],
};

const longestWaitMs = 31 * dayMs;

export class Promises {
  largestStateBytes = 0;
  readonly claims: Claims;
  private readonly life: Life;
  private readonly words = new Map<string, Words>();
  private readonly executed: Executed[] = [];
  private readonly settled = new Set<string>();
  /** How much of the thread the look of the present turn has shown. */
  private lastRead = 0;
  /** All these are numbers of comments on the ticket: those before had come then. */
  private calledAt = -1;
  private forgottenAt = -1;
  private pickUp: { readonly call: string; readonly level: number; readonly at: number } | null = null;
  private checks = 0;
  private underWhenModeSet: string | null = null;
  private calledSince: number | null = null;

  constructor(life: Life) {
    this.life = life;
    this.claims = new Claims(life);
  }

  private get comments(): readonly TicketComment[] {
    return this.life.desk.comments;
  }

  read(): void {
    this.lastRead = this.comments.length;
  }

  decided(words: string, requesterId: string): void {
    this.words.set(words, { requesterId, knownComments: this.lastRead });
  }

  actionTaken(taken: AgentAction): void {
    const { life } = this;
    const { action } = taken;
    this.claims.acted(taken);
    if (action === 'set-mode') this.underWhenModeSet = life.under?.stepId ?? null;
    if (action === 'hand-back' || action === 'approve' || action === 'reply-again') {
      this.calledAt = this.comments.length;
    }
  }

  /** The run that remembered is gone. */
  forgotten(): void {
    this.claims.forgotten();
    this.pickUp = null;
    this.forgottenAt = this.comments.length;
  }

  settleAll(upTo: string | null = null): void {
    for (const comment of this.comments) {
      if (isCustomerComment(comment) && (upTo === null || comment.id <= upTo)) this.settled.add(comment.id);
    }
  }

  ordered(action: OrderAction, turn: Turn | null): void {
    const commentIds = turn?.commentIds ?? [];
    const before = this.executed.find(
      (deed) =>
        deed.action.type === action.type &&
        deed.action.order === action.order &&
        deed.commentIds.some((id) => commentIds.includes(id)),
    );
    if (before !== undefined) this.broken(`${describeOrderAction(action)} was done twice for one message`);
    this.executed.push({ action, commentIds, at: this.comments.length });
    if (turn?.plan?.needsApproval === true) this.expectApproved(action, turn);
  }

  /** By somebody who may, and that draft and no other. */
  private expectApproved(action: OrderAction, { draftId, approved }: Turn): void {
    const settled = this.life.state.settledDrafts?.find((one) => one.draftId === draftId);
    if (approved === true && settled?.how === 'approved' && settled.by !== mayNotApprove) return;
    this.broken(
      `${describeOrderAction(action)} was done, and the draft of it was ${settled?.how ?? 'nobody’s'}`,
    );
  }

  /**
   * These stand on the desk now, of which some may have stood there before.
   * @param isLate - sent before, and nobody could stop them any more.
   */
  written(under: UnderWay, updates: readonly TicketUpdate[], isLate = false): void {
    const { step, turn } = under;
    if (step.type !== 'update-ticket') return;
    const isAllowed = !isHandsOff(modeOf(this.life.state)) || step.within?.strictest === 'off';
    // What was under way when the mode was set may come too late to be stopped.
    if (!isAllowed && !isLate && under.stepId !== this.underWhenModeSet)
      this.broken('something was written in a mode that writes nothing');
    if (step.purpose === 'reply' || (step.purpose === 'note' && turn !== null)) {
      for (const id of turn?.commentIds ?? []) this.settled.add(id);
    }
    if (step.purpose === 'close') {
      const { guard } = step;
      this.settleAll(guard.kind === 'no-newer-message' ? guard.newestCustomerCommentId : null);
    }
    for (const update of updates) {
      if (update.comment?.public !== true) continue;
      const at = this.comments.findLastIndex(
        ({ text, author }) => author === 'bot' && text === update.comment?.text,
      );
      if (at === -1 || this.judged.has(at)) continue;
      this.judged.add(at);
      this.judgeWords(at, under, update.comment.text, isLate);
    }
  }
  private readonly judged = new Set<number>();

  /** The bot has spoken: it may have, and it says what is true at this moment. */
  private judgeWords(at: number, under: UnderWay, text: string, isLate: boolean): void {
    const { desk } = this.life;
    const { step } = under;
    const isFollowUp = step.type === 'update-ticket' && step.purpose === 'follow-up';
    const made = this.words.get(text.split(',')[0] ?? '');
    if (made === undefined) return this.broken(`the bot said what was never decided: ${text}`);
    if (made.requesterId !== desk.requester.id) {
      this.broken(`words made for ${made.requesterId} went to ${desk.requester.id}`);
    }
    const since = this.comments.slice(made.knownComments, at);
    if (since.some(({ author, public: shown }) => author === 'agent' && shown)) {
      this.broken('an answer of an agent is followed by words that were made before it');
    }
    const isNews = (comment: TicketComment) =>
      isCustomerComment(comment) && !(isFollowUp && comment.reading === 'auto-reply');
    if (since.some(isNews)) this.broken('a message is followed by words that were made before it');

    this.judgeMoment(at, under, isLate);
    const previous = this.comments.findLastIndex(
      (said, index) => index < at && said.author === 'bot' && said.public && said.text !== holdingWords,
    );
    // In the place of people the customer gets the answer after the word that they come.
    const isCalled =
      this.calledAt > previous || this.forgottenAt > previous || under.turn?.cause === 'team-silence';
    if (!isFollowUp && previous !== -1 && !isCalled) {
      const between = this.comments.slice(previous + 1, at);
      if (!between.some(isCustomerComment)) this.broken('the bot spoke twice with nobody in between');
    }
  }

  /** The customer was told that it takes longer: once, and over nobody. */
  held(under: UnderWay, { outcome }: AppliedUpdate): void {
    if (outcome !== 'applied') return;
    if (isHandsOff(modeOf(this.life.state)))
      this.broken('something was written in a mode that writes nothing');
    const at = this.comments.findLastIndex(({ text }) => text === holdingWords);
    if (this.comments[at]?.public !== true) return;
    this.judgeMoment(at, under, false);
    const before = this.comments.slice(0, at);
    const since = before.slice(before.findLastIndex(({ text }) => text === holdingWords) + 1);
    if (!since.some(isCustomerComment)) this.broken('the customer was told twice that it takes longer');
  }

  /** Whether anything may be said at all. */
  private judgeMoment(at: number, under: UnderWay, isLate: boolean): void {
    const why = this.claims.whySilent(at, under, isLate);
    if (why !== null) this.broken(why);
  }

  /** @param isHeeded - the turn it was for was still going on. */
  answered(under: UnderWay, outcome: StepOutcome, isHeeded: boolean): void {
    const { state, notices } = this.life;
    if (outcome.type === 'ticket-fetched') this.looked(outcome.snapshot, isHeeded);
    if (state.stage === 'solved') this.claims.settled();
    // A rung that could not be written is climbed again.
    if (outcome.type === 'step-failed' && outcome.failure.kind === 'mode-forbids') this.pickUp = null;
    const last = under.turn?.commentIds.at(-1);
    if (outcome.type === 'policy-consulted' && outcome.plan.actions.length === 0 && last !== undefined) {
      const isPassedOver = state.handledCommentId === last && !state.handedOver.includes(last);
      if (isPassedOver) for (const id of under.turn?.commentIds ?? []) this.settled.add(id);
    }
    if (/does not exist|no follow-up ticket/.test(notices.at(-1) ?? '')) {
      this.settleAll();
      notices.pop();
    }
    if (state.stage === 'closed' && state.timeline.at(-1)?.text.startsWith('Closed: by an agent') === true) {
      this.settleAll(state.lastKnown.customerCommentId ?? '');
    }
  }

  private looked(snapshot: TicketSnapshot, isHeeded: boolean): void {
    if (!isHeeded) return;
    const { comments } = snapshot;
    if (this.claims.looked(snapshot)) this.calledAt = this.comments.length;
    const { handOff } = this.life.state;
    if (handOff?.reason !== 'left-by-person' || handOff.since === this.calledSince) return;
    // By a run that is forgotten.
    if (handOff.detail.startsWith('in an earlier run')) return;
    this.calledSince = handOff.since;
    const answer = comments.findLastIndex(({ author, public: shown }) => author === 'agent' && shown);
    const isHuman = (comment: TicketComment) => isCustomerComment(comment) && comment.reading === 'words';
    if (!comments.slice(answer + 1).some(isHuman)) this.broken('people are called for what a machine said');
  }

  check(): void {
    const { state, under, now } = this.life;
    if (state.stage === 'solved' || state.stage === 'closed') this.claims.settled();
    if (state.running !== (under !== null) || state.steps.length > 0 !== state.running) {
      this.broken('a step in line is not under way');
    }
    if (state.turns > 0 && state.stage !== 'closed' && state.steps.length === 0 && state.deadline === null) {
      this.broken(`nobody owes the next step (${state.stage})`);
    }
    for (const one of [state.deadline, state.sla?.deadline, state.teamSilence?.deadline]) {
      this.checkDeadline(one ?? null, now);
    }
    if (state.turns > 0 && state.turn === null && state.steps.length === 0) this.checkWaitsRightly(state);
    this.checkLadder(state);
    this.checks += 1;
    if (this.checks % 20 === 0) this.checkCarried(state);
  }

  private checkDeadline(deadline: Deadline | null, now: number): void {
    if (deadline === null) return;
    const isSane = Number.isFinite(deadline.at) && deadline.at <= now + longestWaitMs;
    if (!isSane) this.broken(`a deadline that never comes: ${JSON.stringify(deadline)}`);
  }

  private checkWaitsRightly({ stage, deadline }: TicketState): void {
    const isRight = stage === 'closed' || (deadline !== null && waits[stage].includes(deadline.reason));
    if (!isRight) this.broken(`${stage} waits for ${deadline?.reason ?? 'nothing'}`);
  }

  private checkLadder(state: TicketState): void {
    const { handOff, deadline, turn } = state;
    // In a mode that leaves tickets to people nobody is called.
    if (handOff === null || isHandsOff(modeOf(state))) {
      this.pickUp = null;
      return;
    }
    if (deadline?.reason !== 'pick-up' || turn !== null) return;
    const { level } = handOff;
    const call = `${handOff.since} ${handOff.reason} ${handOff.detail}`;
    const before = this.pickUp;
    if (before !== null && before.call === call) {
      if (level < before.level) this.broken('the ladder was climbed down');
      // A look that was stopped comes at once, however late that is.
      const due = Math.max(before.at, this.life.now);
      if (level === before.level && deadline.at > due) this.broken('the next rung was put off');
    }
    this.pickUp = { call, level, at: deadline.at };
  }

  private checkCarried(state: TicketState): void {
    const json = JSON.stringify(state);
    this.largestStateBytes = Math.max(this.largestStateBytes, Buffer.byteLength(json));
    const back = JSON.stringify(decodeState(JSON.parse(json)));
    // Keys may come back in another order.
    if (back.length !== json.length) this.broken('the state comes back another one');
  }

  /** What nobody has settled. */
  open(): readonly string[] {
    return this.life.desk
      .humanComments()
      .filter(({ id }) => !this.settled.has(id))
      .map(({ id }) => id);
  }

  /** All faults are mended, and nobody comes for days. */
  checkNobodyForgotten(): void {
    const { state } = this.life;
    const isCalled = state.stage === 'handed-off' || state.stage === 'escalated';
    if (this.open().length > 0 && !isCalled) {
      this.broken(`nobody is called for ${this.open().join(', ')} (${state.stage})`);
    }
    if (isCalled && (state.handOff?.level ?? 0) < 2)
      this.broken('nobody came, and the ladder was not climbed');
  }

  /** And what was done to orders is told. */
  checkDeedsTold(): void {
    for (const { action, at } of this.executed) {
      if (this.forgottenAt >= at) continue;
      const what = describeOrderAction(action);
      const isTold = this.comments
        .slice(at)
        .some(({ author, text }) => author === 'bot' && text?.includes(what));
      if (!isTold && this.life.desk.status !== 'closed') this.broken(`nobody was told: ${what}`);
    }
  }

  broken(what: string): never {
    throw new Error(what);
  }
}
