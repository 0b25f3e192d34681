/** Who has the ticket, as people on the desk and by actions have said it: over none of them the bot may speak. */
import type { AgentAction } from '../../../src/core/events';
import { isHandsOff } from '../../../src/core/modes/mode';
import { handBackTag, takeOverTag } from '../../../src/core/ticket/tags';
import type { TicketSnapshot } from '../../../src/core/ticket/ticket';
import type { Life, UnderWay } from './life';
import { silentForMs } from './sayings';

/** How far a desk's clock may be ahead of ours. */
const clocksApartMs = 41 * 60_000;

export class Claims {
  private readonly life: Life;
  private takenOver: { readonly stepId: string | null } | null = null;
  private isTakenByTag = false;
  /** How many comments stood on the ticket then. */
  private handedBackAt = 0;
  /** The bot has seen, since the ticket was handed back, that this assignee was not there. */
  private isNewlyAssigned = false;
  private releasedAssignee: string | null = null;
  /** When people came last, or wrote. */
  private stirredAt = 0;
  private stirredBefore = 0;

  constructor(life: Life) {
    this.life = life;
  }

  assigned(to: string | null): void {
    const { desk, state } = this.life;
    const seen = state.lastKnown.assigneeId;
    const isUnseen = desk.assignee !== null && desk.assignee.id !== seen;
    desk.assign(to);
    this.isNewlyAssigned = to !== null && to !== this.releasedAssignee;
    if (isUnseen) this.neverSeen();
    if (to !== null && to !== seen) this.stirred();
  }

  stirred(): void {
    this.stirredBefore = this.stirredAt;
    this.stirredAt = this.life.now;
  }

  /** Who came was gone before anybody looked. */
  private neverSeen(): void {
    this.stirredAt = this.stirredBefore;
  }

  acted({ action, mode = 'auto' }: Pick<AgentAction, 'action' | 'mode'>): void {
    const { state, under, desk } = this.life;
    if (action === 'take-over') {
      this.takenOver = { stepId: under?.stepId ?? null };
      this.stirred();
    }
    // Whoever switches on a ticket that was left to people wants it answered.
    const isSwitchedOn = action === 'set-mode' && state.stage === 'watching' && !isHandsOff(mode);
    if (action === 'hand-back' || isSwitchedOn) {
      // One that nobody has seen yet is newer.
      const isKnown = state.lastKnown.steeringTags?.includes(takeOverTag) === true;
      this.release(state.lastKnown.assigneeId, desk.tags.includes(takeOverTag) && !isKnown);
    }
  }

  tagged(tag: string, isOn: boolean): void {
    if (tag !== takeOverTag) return;
    const isKnown = this.life.state.lastKnown.steeringTags?.includes(tag) === true;
    if (isOn) {
      this.isTakenByTag = true;
      this.stirred();
    } else if (!isKnown) {
      this.isTakenByTag = false;
      this.neverSeen();
    }
  }

  /** The run that remembered is gone. */
  forgotten(): void {
    this.takenOver = null;
    this.isTakenByTag = this.life.desk.tags.includes(takeOverTag);
    this.releasedAssignee = null;
  }

  settled(): void {
    this.takenOver = null;
    this.isTakenByTag = false;
  }

  /** @returns whether a tag has given the ticket back. */
  looked({ assignee, tags }: TicketSnapshot): boolean {
    if (assignee?.id !== this.releasedAssignee) this.releasedAssignee = null;
    const { timeline } = this.life.state;
    const isGivenBack = timeline.some(
      ({ at, text }) => at === this.life.now && text === `hand-back by the tag ${handBackTag}`,
    );
    if (!isGivenBack || !tags.includes(handBackTag)) return false;
    this.release(assignee?.id ?? null, false);
    return true;
  }

  private release(assignee: string | null, isTakenByTag: boolean): void {
    const { desk } = this.life;
    this.takenOver = null;
    this.isTakenByTag = isTakenByTag;
    this.handedBackAt = desk.comments.length;
    this.releasedAssignee = assignee;
    this.isNewlyAssigned = desk.assignee !== null && desk.assignee.id !== assignee;
  }

  /**
   * Why nothing may be said at this moment; null: it may.
   * @param at - the place of the words among the comments.
   */
  whySilent(at: number, { stepId, turn }: UnderWay, isLate: boolean): string | null {
    const { desk } = this.life;
    if (turn?.cause === 'team-silence') {
      const why = this.whyNotInTheirPlace(at);
      if (why !== null) return why;
      this.release(desk.assignee?.id ?? null, false);
      this.handedBackAt = at;
      return null;
    }
    if (this.takenOver !== null && this.takenOver.stepId !== stepId && !isLate) {
      return 'the bot spoke after a take-over';
    }
    if (this.isTakenByTag && !isLate) return 'the bot spoke after a take-over by tag';
    const isClaimed = desk.comments
      .slice(this.handedBackAt, at)
      .some(({ author, public: shown }) => author === 'agent' && shown);
    if (isClaimed) return 'the bot spoke after an agent had answered';
    return desk.assignee?.kind === 'agent' && this.isNewlyAssigned && turn?.approved !== true
      ? 'the bot spoke although an agent is assigned'
      : null;
  }

  private whyNotInTheirPlace(at: number): string | null {
    const { desk, now } = this.life;
    const before = now - silentForMs;
    if (this.stirredAt > before) return 'the bot spoke in place of people who had just come';
    const said = desk.comments.slice(0, at);
    const answer = said.findLastIndex(({ author, public: shown }) => author === 'agent' && shown);
    const isLong = said
      .slice(answer + 1)
      .some((one) => one.reading === 'words' && Date.parse(one.at) <= before + clocksApartMs);
    return isLong ? null : 'the bot spoke in place of people for whom nobody has waited';
  }
}
