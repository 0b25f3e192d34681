/**
 * The ticket workflow: one per ticket, for as long as somebody owes its next step. It only carries out what the
 * core decides; handlers change the state synchronously, so no accepted message exists anywhere but in the state,
 * which continue-as-new carries whole.
 */
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  patched,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import {
  agentMessageNames,
  clocksQuery,
  decisionQuery,
  decisionViewOf,
  hintSignal,
  nextDeadlineQuery,
  stateQuery,
  timelineQuery,
  usePolicyMessage,
  viewOf,
  type DecisionView,
  type TicketView,
  type TicketWorkflowInput,
} from '../src/contracts/messages';
import {
  parseAgentMessage,
  parseHint,
  parsePolicyChoice,
  UnreadablePayload,
  type Parsed,
} from '../src/contracts/parse';
import {
  deskKey,
  handOffReasonKey,
  intentKey,
  priorityKey,
  stageKey,
} from '../src/contracts/searchAttributes';
import { refusalForNow, wasDone } from '../src/core/people/agent';
import { isBeingChecked, laterRefusal } from '../src/core/approval/approverCheck';
import { replacesSame } from '../src/core/approval/heedSendTag';
import { takesTagAway } from '../src/core/approval/leftTag';
import { decide, isFinished, resume, type Decision } from '../src/core/decide';
import { decodeState } from '../src/core/decodeState';
import type { Effect, Step } from '../src/core/effects';
import {
  agentActions,
  type AgentAction,
  type AgentActionName,
  type StepOutcome,
  type TicketEvent,
} from '../src/core/events';
import { assertNever } from '../src/core/failure';
import { newTicketState } from '../src/core/newTicketState';
import { nextDeadline } from '../src/core/nextDeadline';
import { choiceRefusal, type PolicyChoice } from '../src/core/policy/policyChoice';
import { clockViews, type ClockView } from '../src/core/sla/clockViews';
import type { Deadline, TicketState } from '../src/core/state';
import { currentDetails, deadlineSummary } from '../src/core/story';
import { listen, type Message } from './listen';
import { carryOutStep } from './steps';

export async function ticketWorkflow(input?: TicketWorkflowInput): Promise<TicketView> {
  const ticket = new RunningTicket(input);
  ticket.listen();
  // A cancel request, perhaps by mistake, is told and otherwise ignored: somebody is owed the next step.
  await CancellationScope.nonCancellable(() => ticket.run());
  return viewOf(ticket.state, Date.now());
}

class RunningTicket {
  state: TicketState;
  private outbox: Effect[] = [];
  private readonly scopes = new Map<string, CancellationScope>();
  /** How many notices are on their way to people. */
  private notices = 0;

  constructor(input: TicketWorkflowInput | undefined) {
    const carried = input?.state === undefined ? newTicketState(readRef(input)) : decodeState(input.state);
    // The same after continue-as-new and after a reset.
    const resumed = resume({ ...carried, life: workflowInfo().firstExecutionRunId });
    this.state = resumed.state;
    this.take(resumed);
  }

  listen(): void {
    // A query that was begun by no task has no time of its own: who asks names it.
    setHandler(
      defineQuery<TicketView, [unknown?]>(stateQuery),
      (now) => viewOf(this.state, typeof now === 'number' ? now : Date.now()),
      { description: 'What the engine is doing about the ticket' },
    );
    setHandler(
      defineQuery<readonly ClockView[], [unknown?]>(clocksQuery),
      (now) => clockViews(this.state, typeof now === 'number' ? now : Date.now()),
      { description: 'What is promised to the customer, and how it stands' },
    );
    setHandler(defineQuery(timelineQuery), () => this.state.timeline, {
      description: 'What happened, newest last',
    });
    setHandler(defineQuery<Deadline | null>(nextDeadlineQuery), () => nextDeadline(this.state), {
      description: 'When the engine acts by itself, and why',
    });
    setHandler(defineQuery<DecisionView>(decisionQuery), () => decisionViewOf(this.state), {
      description: 'Why the engine decided as it did last',
    });
    listen([this.hints(), ...agentActions.map((action) => this.agents(action)), this.policyChoices()]);
  }

  private hints(): Message {
    return {
      name: hintSignal,
      description:
        'Something may have changed on the desk: look at the ticket. {"id", "source", "commentId"}',
      onSignal: (value) =>
        this.hear(hintSignal, parseHint(value, this.signalId()), (hint) => ({ type: 'hint', hint })),
    };
  }

  private agents(action: AgentActionName): Message {
    const name = agentMessageNames[action];
    const acted = (value: AgentAction): TicketEvent => ({
      type: 'agent-acted',
      action: value,
      ...(action === 'set-mode' && !patched('set-mode-stops') ? { letBe: true } : {}),
    });
    return {
      name,
      description: `Agents: ${action}. {"by": "maria", "reason": "..."}`,
      onSignal: (value) =>
        this.hear(name, this.named(parseAgentMessage(action, value, this.signalId())), acted),
      onUpdate: {
        validate: (value, id) => {
          const parsed = orRefusal(parseAgentMessage(action, value, id));
          expectAllowed(
            wasDone(this.state, parsed)
              ? laterRefusal(this.state, parsed.id)
              : refusalForNow(this.state, parsed),
          );
        },
        take: (value, id) => {
          const parsed = this.named(parseAgentMessage(action, value, id));
          this.hear(name, parsed, acted);
          return parsed.ok ? this.answerTo(parsed.value) : viewOf(this.state, Date.now());
        },
      },
    };
  }

  /** What was taken is in the state; whether it is done may stand out until the desk has been asked. */
  private answerTo({ id }: AgentAction): TicketView | Promise<TicketView> {
    if (!isBeingChecked(this.state, id)) return viewOf(this.state, Date.now());
    return condition(() => !isBeingChecked(this.state, id)).then(() => {
      expectAllowed(laterRefusal(this.state, id));
      return viewOf(this.state, Date.now());
    });
  }

  /** Until 0.2.0 an approval that named no draft meant the one that waited, and histories tell of some. */
  private named(parsed: Parsed<AgentAction>): Parsed<AgentAction> {
    if (!parsed.ok || parsed.value.draftId !== null || !isDecision(parsed.value)) return parsed;
    const { approval } = this.state;
    if (approval === null || patched('approval-named')) return parsed;
    return { ok: true, value: { ...parsed.value, draftId: approval.draftId } };
  }

  private policyChoices(): Message {
    const chosen = (choice: PolicyChoice): TicketEvent =>
      this.state.approval !== null && patched('policy-voids-draft')
        ? { type: 'policy-chosen', choice, voidsDraft: true }
        : { type: 'policy-chosen', choice };
    const take = (value: unknown): void => this.hear(usePolicyMessage, parsePolicyChoice(value), chosen);
    return {
      name: usePolicyMessage,
      description: 'Go on under another version of the policy. {"version": "p-...", "by": "maria"}',
      onSignal: take,
      onUpdate: {
        validate: (value) => expectAllowed(choiceRefusal(this.state, orRefusal(parsePolicyChoice(value)))),
        take: (value) => {
          take(value);
          return viewOf(this.state, Date.now());
        },
      },
    };
  }

  /**
   * For a signal that comes without an id: which of the ticket's signals it is. A reset sends those that came later
   * once more, in their order, so that each has its id again and does nothing twice.
   */
  private signalId(): string {
    const signals = this.state.signals + 1;
    this.state = { ...this.state, signals };
    return `${this.state.life}-${signals}`;
  }

  /** Runs until nothing is owed to anybody, or until the history is long enough to go on in a new run. */
  async run(): Promise<void> {
    CancellationScope.current().cancelRequested.catch(() => {
      this.apply({ type: 'cancel-requested' });
    });
    // Started by hand, without a hint: the ticket is looked at all the same.
    if (this.state.turns === 0) {
      this.apply({ type: 'hint', hint: { id: 'start', source: 'agent', kind: 'changed', commentId: null } });
    }
    for (;;) {
      for (const effect of this.outbox.splice(0)) this.carryOut(effect);
      this.publish();
      if (this.isIdle() && isFinished(this.state)) return;
      if (this.isIdle() && workflowInfo().continueAsNewSuggested) {
        await condition(allHandlersFinished);
        await continueAsNew<typeof ticketWorkflow>({ ref: this.state.ref, state: this.state });
      }
      await this.waitForNext();
    }
  }

  private async waitForNext(): Promise<void> {
    const deadline = nextDeadline(this.state);
    const changed = () => this.outbox.length > 0 || nextDeadline(this.state) !== deadline || this.isDue();
    if (deadline === null) {
      await condition(changed);
      return;
    }
    const remaining = deadline.at - Date.now();
    if (remaining > 0 && (await condition(changed, remaining, { summary: deadlineSummary(deadline) })))
      return;
    this.apply({ type: 'deadline-reached', reason: deadline.reason });
  }

  /** Something the loop must see although no effect is waiting: the end, or the time for a new run. */
  private isDue(): boolean {
    return this.isIdle() && (isFinished(this.state) || workflowInfo().continueAsNewSuggested);
  }

  private isIdle(): boolean {
    return this.outbox.length === 0 && this.scopes.size === 0 && this.notices === 0;
  }

  private hear<T>(name: string, parsed: Parsed<T>, event: (value: T) => TicketEvent): void {
    this.apply(parsed.ok ? event(parsed.value) : { type: 'message-refused', name, why: parsed.why });
  }

  private apply(event: TicketEvent): void {
    const now = Date.now();
    const decision = decide(this.state, event, now);
    const isOlder = takesTagAway(this.state, decision.state) && !patched('draft-tag-goes');
    this.take(isOlder ? decide(this.state, event, now, { leavesTag: true }) : decision);
  }

  private take(decision: Decision): void {
    this.state = decision.state;
    this.outbox.push(...decision.effects);
    setCurrentDetails(currentDetails(this.state));
  }

  private carryOut(effect: Effect): void {
    switch (effect.type) {
      case 'start-step': {
        const { stepId, step } = effect;
        if (step.type === 'notify-people' && patched('notices-beside')) {
          this.notify(stepId, step);
          return;
        }
        const scope = new CancellationScope();
        this.scopes.set(stepId, scope);
        void scope
          .run(() => carryOutStep(step, this.state.settings))
          .then((outcome) => {
            this.scopes.delete(stepId);
            const letBe = isForbiddenBeside(step, outcome) && !patched('mode-undoes');
            const callsPeople = isFailedLook(step, outcome) && !patched('failed-look-waits');
            const isSame = outcome.type === 'ticket-fetched' && replacesSame(this.state);
            const asksAgain = isSame && !patched('same-draft-is-sent');
            this.apply({
              type: 'step-done',
              stepId,
              outcome,
              ...(letBe ? { letBe: true } : {}),
              ...(callsPeople ? { callsPeople: true } : {}),
              ...(asksAgain ? { asksAgain: true } : {}),
            });
          });
        return;
      }
      case 'cancel-step':
        this.scopes.get(effect.stepId)?.cancel();
        return;
      default:
        assertNever(effect);
    }
  }

  /** Nothing waits for it: a chat channel that is down must not keep the ticket from people on the desk. */
  private notify(stepId: string, step: Step): void {
    this.notices += 1;
    void carryOutStep(step, this.state.settings).then((outcome) => {
      this.notices -= 1;
      if (outcome.type === 'step-failed') this.apply({ type: 'notice-failed', failure: outcome.failure });
    });
    this.apply({ type: 'step-done', stepId, outcome: { type: 'people-notified' } });
  }

  /** Search attributes change with the stage, or when the engine comes to rest: each upsert costs an Action. */
  private publish(): void {
    const { state } = this;
    const published = workflowInfo().typedSearchAttributes;
    const wanted = [
      { key: deskKey, value: state.ref.desk },
      { key: stageKey, value: state.stage },
      { key: intentKey, value: state.last?.intent ?? null },
      { key: priorityKey, value: state.priority },
      { key: handOffReasonKey, value: state.handOff?.reason ?? null },
    ];
    const changes = wanted.filter(({ key, value }) => (published.get(key) ?? null) !== value);
    if (changes.length === 0) return;
    const stageChanged = changes.some(({ key }) => key.name === stageKey.name);
    if (stageChanged || !state.running) upsertSearchAttributes(changes);
  }
}

function isFailedLook(step: Step, outcome: StepOutcome): boolean {
  return step.type === 'fetch-ticket' && outcome.type === 'step-failed';
}

/** A close was undone from the beginning. */
function isForbiddenBeside(step: Step, outcome: StepOutcome): boolean {
  if (step.type !== 'update-ticket' || step.purpose === 'close') return false;
  return outcome.type === 'step-failed' && outcome.failure.kind === 'mode-forbids';
}

function isDecision({ action }: AgentAction): boolean {
  return action === 'approve' || action === 'reject';
}

/** @throws ApplicationFailure with a sentence for whoever sent it. */
function orRefusal<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  throw ApplicationFailure.nonRetryable(parsed.why, 'invalid-message');
}

/** @throws ApplicationFailure unless `refused` is null. */
function expectAllowed(refused: string | null): void {
  if (refused !== null) throw ApplicationFailure.nonRetryable(refused, 'refused');
}

/**
 * @throws ApplicationFailure: a workflow that was started for no ticket can only end.
 * @throws Error when a run's own state was handed on and cannot be decoded: the task is repeated until a worker can.
 */
function readRef(input: TicketWorkflowInput | undefined): TicketState['ref'] {
  if (input instanceof UnreadablePayload && workflowInfo().continuedFromExecutionRunId !== undefined) {
    throw new Error("The ticket's state was handed on in an encoding that this worker cannot decode.");
  }
  const given: Partial<TicketState['ref']> = (input as Partial<TicketWorkflowInput> | undefined)?.ref ?? {};
  const { desk, account, ticketId } = given;
  if (typeof desk === 'string' && typeof account === 'string' && typeof ticketId === 'string') {
    return { desk, account, ticketId };
  }
  throw ApplicationFailure.nonRetryable(
    'The input must be {"ref": {"desk": "zendesk", "account": "acme", "ticketId": "35436"}}.',
    'invalid-input',
  );
}
