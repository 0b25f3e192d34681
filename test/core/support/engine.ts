/** Runs the core in memory with virtual time: steps are answered by a model desk, a classifier and a policy. */
import { sentSince } from '../../../activities/sentWords';
import { toldToPeople } from '../../../src/classify/reading/toldToPeople';
import type { ToldToPeople } from '../../../src/core/people/toldToPeople';
import { newDialogue } from '../../../src/core/conversation/dialogue';
import type { Step } from '../../../src/core/effects';
import type { AgentActionName, StepOutcome } from '../../../src/core/events';
import type { StepFailure } from '../../../src/core/failure';
import { allAuto, isAllAuto, isStricter, modeFor, type Mode, type Modes } from '../../../src/core/modes/mode';
import type { OrderAction, OrderActionOutcome, OrderStepOutcome } from '../../../src/core/orders/orderAction';
import type { OrderStanding } from '../../../src/core/orders/orderStanding';
import {
  defaultSettings,
  type Plan,
  type PlannedAction,
  type PolicySettings,
} from '../../../src/core/policy/plan';
import type { ProposedWords, SentWords } from '../../../src/core/modes/proposal';
import type { Classification } from '../../../src/core/conversation/understanding';
import { plainUpdate } from '../../../src/core/ticket/update';
import { DeskRefusal, MemoryDesk } from '../../../src/scenarios/world/memoryDesk';
import { VirtualTicket } from '../../../src/scenarios/world/virtualTicket';

export const start = Date.UTC(2026, 10, 25, 10, 0, 0);

const understood: Classification = {
  intent: 'order_status',
  confidence: 0.93,
  ranking: [{ intent: 'order_status', confidence: 0.93 }],
  language: 'en',
  entities: { orderNumbers: [] },
  signals: [],
  classifier: 'test@1',
};

export const reply: PlannedAction = {
  type: 'reply',
  text: 'It is on its way.',
  html: '<p>It is on its way.</p>',
  template: 'in_transit',
  language: 'en',
};
export const note: PlannedAction = { type: 'note', text: 'order_status (93 %), rule in-transit' };

export function planOf(actions: readonly PlannedAction[], change: Partial<Plan> = {}): Plan {
  return {
    policyVersion: 'p-test',
    rule: 'in-transit',
    intent: 'order_status',
    confidence: 0.93,
    actions,
    needsApproval: false,
    awaitsMore: false,
    questionsBefore: [],
    ifRefused: [],
    dialogue: newDialogue,
    facts: [],
    trace: [],
    settings: defaultSettings,
    ...change,
  };
}

type StepOf<Type extends Step['type']> = Extract<Step, { readonly type: Type }>;

export interface World {
  plan: () => Plan;
  settings: PolicySettings;
  /** The policy's and the switch's: brought along with settings and plans, and asked right before a write. */
  modes: Modes;
  /** The shop's word on an action it has not done before. */
  shop: (action: OrderAction) => OrderActionOutcome;
  /** What of an order is another than when its action was approved. */
  orderChanges: (approved: OrderStanding) => readonly string[];
  /** What the desk and the policy in force say of who approves. */
  approver: (step: StepOf<'check-approver'>) => { why: string | null; name: string | null };
  /** Why a code's mail reached nobody; null: it did, or nobody was to get it. */
  mail: () => string | null;
  /** Called before a step is answered: tests make the world change in between, or the step fail. */
  before: (step: Step) => StepFailure | undefined;
}

export class Engine extends VirtualTicket {
  /** What the shop has done, by key. */
  readonly shop = new Map<string, OrderAction>();
  /** The keys of the codes that were sent, each time. */
  readonly codes: string[] = [];
  readonly desk = new MemoryDesk(() => this.now);
  readonly world: World;
  readonly started: Step[] = [];
  readonly notices: string[] = [];
  readonly followUps: string[] = [];
  private eventCount = 0;

  constructor(world: Partial<World> = {}) {
    super({ desk: 'zendesk', account: 'acme', ticketId: '35436' }, start);
    this.world = {
      plan: () => planOf([reply, note]),
      settings: defaultSettings,
      modes: allAuto,
      shop: () => ({ type: 'done', reference: 're-1' }),
      orderChanges: () => [],
      approver: ({ word }) => ({ why: null, name: word.by }),
      mail: () => null,
      before: () => undefined,
      ...world,
    };
  }

  hint(
    commentId: string | null = null,
    id = `hint-${++this.eventCount}`,
    kind: 'created' | 'changed' = 'changed',
  ): void {
    this.happen({ type: 'hint', hint: { id, source: 'webhook', kind, commentId } });
  }

  act(
    action: AgentActionName,
    change: { by?: string; reason?: string; draftId?: string | null; id?: string; mode?: Mode } = {},
  ): void {
    this.happen({
      type: 'agent-acted',
      action: {
        id: change.id ?? `action-${++this.eventCount}`,
        action,
        by: change.by ?? 'maria',
        reason: change.reason ?? null,
        draftId: change.draftId === undefined ? this.draftMeant(action) : change.draftId,
        ...(change.mode === undefined ? {} : { mode: change.mode }),
      },
    });
  }

  /** Whoever decides has read what waits. */
  private draftMeant(action: AgentActionName): string | null {
    return action === 'approve' || action === 'reject' ? (this.state.approval?.draftId ?? null) : null;
  }

  /** Answers the next step that was asked for; false when there is none. */
  step(): boolean {
    const started = this.next();
    if (started === null) return false;
    this.started.push(started.step);
    this.done(started.stepId, this.answer(started.step));
    return true;
  }

  /** Everything that can happen now without time passing. */
  settle(): void {
    for (let steps = 0; this.step(); steps += 1) {
      if (steps > 500) throw new Error('the engine does not come to rest');
    }
  }

  /** Lets virtual time pass, deadlines firing as they come. */
  pass(ms: number): void {
    const until = this.now + ms;
    this.settle();
    while (this.reachDeadline(until)) this.settle();
    this.now = until;
  }

  /** The customer writes, the desk's webhook tells, and the engine does all it can. */
  customerAsks(text: string): void {
    const comment = this.desk.customerWrites(text);
    this.hint(comment.id);
    this.pass(this.state.settings.settleMs);
  }

  private answer(step: Step): StepOutcome {
    const failure = this.world.before(step) ?? this.forbidden(step);
    if (failure !== undefined) return { type: 'step-failed', failure };
    switch (step.type) {
      case 'fetch-ticket':
        return {
          type: 'ticket-fetched',
          snapshot: this.desk.snapshot(step.withPast),
          settings: this.withModes(this.world.settings),
          ...this.sentSince(step.proposed),
          ...this.toldToPeople(step.withTold),
        };
      case 'classify-message':
        return { type: 'message-classified', classification: understood };
      case 'consult-policy':
        return { type: 'policy-consulted', plan: this.decided() };
      case 'act-on-order':
        return this.unlessRefused(() => {
          this.desk.check(step.guard);
          return { type: 'order-acted', outcome: this.actOnOrder(step.key, step.action, step.standing) };
        });
      case 'send-code':
        return this.unlessRefused(() => {
          this.desk.check(step.guard);
          this.codes.push(step.key);
          return { type: 'code-sent', trouble: this.world.mail() };
        });
      case 'update-ticket':
        return this.unlessRefused(() => ({
          type: 'updates-applied',
          applied: this.desk.apply(step.updates, step.guard),
        }));
      case 'send-holding-reply':
        return this.unlessRefused(() => {
          const comment = { public: step.isPublic, text: 'It takes longer.', html: null };
          const [applied] = this.desk.apply([plainUpdate(step.key, { comment })], step.guard);
          return { type: 'holding-reply-sent', commentId: applied?.commentId ?? null };
        });
      case 'open-follow-up':
        this.followUps.push(step.key);
        return { type: 'follow-up-opened', ticketId: '35437' };
      case 'check-approver':
        return { type: 'approver-checked', ...this.world.approver(step) };
      case 'notify-people':
        this.notices.push(step.message);
        return { type: 'people-notified' };
    }
  }

  private decided(): Plan {
    const plan = this.world.plan();
    return { ...plan, settings: this.withModes(plan.settings) };
  }

  private withModes(settings: PolicySettings): PolicySettings {
    const { modes } = this.world;
    return isAllAuto(modes) ? settings : { ...settings, modes };
  }

  /** As the activities' last look. */
  private forbidden(step: Step): StepFailure | undefined {
    if (!writes(step)) return undefined;
    const own = 'within' in step ? step.within : undefined;
    const { strictest, intents } = own ?? { strictest: 'draft', intents: [] };
    const mode = modeFor(this.world.modes, intents);
    return isStricter(mode, strictest) ? fail('mode-forbids', `the mode is ${mode} now`) : undefined;
  }

  private sentSince(proposed: ProposedWords | undefined): { sent?: SentWords } {
    const comments = this.desk.comments.map(({ text, ...comment }) => ({
      ...comment,
      body: text ?? '',
      machineMade: false,
    }));
    const sent = proposed === undefined ? null : sentSince(comments, proposed);
    return sent === null ? {} : { sent };
  }

  private toldToPeople(isAsked = false): { told?: ToldToPeople } {
    const told = isAsked ? toldToPeople(this.desk.comments) : null;
    return told === null ? {} : { told };
  }

  private actOnOrder(key: string, action: OrderAction, approved?: OrderStanding): OrderStepOutcome {
    if (this.shop.has(key)) return { type: 'done', reference: 're-1' };
    const changes = approved === undefined ? [] : this.world.orderChanges(approved);
    if (changes.length > 0) return { type: 'order-changed', changes };
    const outcome = this.world.shop(action);
    if (outcome.type === 'done') this.shop.set(key, action);
    return outcome;
  }

  private unlessRefused(run: () => StepOutcome): StepOutcome {
    try {
      return run();
    } catch (error) {
      if (error instanceof DeskRefusal) return { type: 'step-failed', failure: error.failure };
      throw error;
    }
  }
}

export function fail(kind: StepFailure['kind'], message = `desk says ${kind}`): StepFailure {
  return { kind, message, attempts: 3 };
}

/** Something outside: the desk, the shop, a mail to the customer. */
export function writes({ type }: Step): boolean {
  return ['update-ticket', 'send-holding-reply', 'act-on-order', 'send-code', 'open-follow-up'].includes(
    type,
  );
}
