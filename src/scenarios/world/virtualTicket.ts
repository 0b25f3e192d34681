/**
 * One ticket under the core, as a workflow would run it, without one: events in, steps out, and a clock that moves
 * only when it is told to. Who asks for a step carries it out and tells what came of it.
 */
import { decide, isFinished, resume, type Decision } from '../../core/decide';
import { decodeState } from '../../core/decodeState';
import type { Effect, Step } from '../../core/effects';
import type { StepOutcome, TicketEvent } from '../../core/events';
import { newTicketState } from '../../core/newTicketState';
import { nextDeadline } from '../../core/nextDeadline';
import type { TicketState } from '../../core/state';
import type { TicketRef } from '../../core/ticket/ticket';

export interface StartedStep {
  readonly stepId: string;
  readonly step: Step;
}

export class VirtualTicket {
  /** Epoch milliseconds; never moves back. */
  now: number;
  state: TicketState;
  private effects: Effect[] = [];
  private lives = 1;

  constructor(ref: TicketRef, now: number) {
    this.state = newTicketState(ref, String(this.lives));
    this.now = now;
  }

  happen(event: TicketEvent): void {
    this.take(decide(this.state, event, this.now));
  }

  /** The step to carry out now; null when the ticket waits for somebody or for time. */
  next(): StartedStep | null {
    for (let effect = this.effects.shift(); effect !== undefined; effect = this.effects.shift()) {
      if (effect.type === 'start-step') return effect;
    }
    return null;
  }

  done(stepId: string, outcome: StepOutcome): void {
    this.happen({ type: 'step-done', stepId, outcome });
  }

  /** A customer reads what was said, and writes back: no person does it in less. */
  letThemWrite(): void {
    this.now += 20_000;
  }

  /** Goes to the next deadline, if it is due by then, and lets it fire. */
  reachDeadline(until: number): boolean {
    const deadline = nextDeadline(this.state);
    if (deadline === null || deadline.at > until) return false;
    this.now = Math.max(this.now, deadline.at);
    this.happen({ type: 'deadline-reached', reason: deadline.reason });
    return true;
  }

  /** As continue-as-new would: through JSON, into a new run. */
  carryOver(): void {
    this.effects = [];
    const carried: unknown = JSON.parse(JSON.stringify(this.state));
    this.take(resume(decodeState(carried)));
  }

  /** A message that comes after the workflow's end starts another one, which remembers nothing. */
  startAnewIfFinished(): void {
    if (this.finished) this.startAnew();
  }

  /** As after a terminated run or a lost database: what was known is gone, and so is the step under way. */
  startAnew(): void {
    this.effects = [];
    this.lives += 1;
    this.state = newTicketState(this.state.ref, String(this.lives));
  }

  get finished(): boolean {
    return isFinished(this.state);
  }

  private take(decision: Decision): void {
    this.state = decision.state;
    this.effects.push(...decision.effects);
  }
}
