/** One ticket's life: a desk, a shop, a policy, people and time around the core, all in memory, all as told to. */
import { refusal, wasDone } from '../../../src/core/people/agent';
import type { Step } from '../../../src/core/effects';
import type { AgentAction, StepOutcome } from '../../../src/core/events';
import { assertNever, type FailureKind } from '../../../src/core/failure';
import type { OrderAction } from '../../../src/core/orders/orderAction';
import type { Turn } from '../../../src/core/state';
import { plainUpdate } from '../../../src/core/ticket/update';
import { DeskRefusal } from '../../../src/scenarios/world/memoryDesk';
import { VirtualTicket } from '../../../src/scenarios/world/virtualTicket';
import { start } from '../support/engine';
import type { Fate, Happening } from './happenings';
import { LifeDesk } from './lifeDesk';
import { Promises } from './promises';
import { Rules } from './rules';
import { decideBy, holdingWords, mayNotApprove, type Mood } from './sayings';

/** A step under way: what it was started for, and what came of it as soon as that is settled. */
export interface UnderWay {
  readonly stepId: string;
  readonly step: Step;
  readonly turn: Turn | null;
  outcome: StepOutcome | null;
}

const understood = {
  intent: 'order_status',
  confidence: 0.93,
  ranking: [],
  language: 'en',
  entities: { orderNumbers: [] },
  signals: [],
  classifier: 'test@1',
};

export class Life extends VirtualTicket {
  readonly desk = new LifeDesk(() => this.now + this.deskAheadMs);
  readonly promises = new Promises(this);
  readonly notices: string[] = [];
  under: UnderWay | null = null;
  mood: Mood = 'as-ever';
  private deskAheadMs = 0;
  private shopRefuses = false;
  private orderChanges = false;
  private readonly rules = new Rules();
  private readonly shop = new Map<string, OrderAction>();
  private readonly lateHints: (string | null)[] = [];
  private decisions = 0;
  private count = 0;
  private lastAction: AgentAction | null = null;
  private lateWriteOf: UnderWay | null = null;

  constructor() {
    super({ desk: 'zendesk', account: 'acme', ticketId: '35436' }, start);
  }

  live(what: Happening): void {
    this.bring(what);
    this.promises.check();
  }

  /** Everything that is under way is done, and all deadlines until then are met. */
  rest(ms: number): void {
    const until = this.now + ms;
    this.settle();
    while (this.reachDeadline(until)) this.settle();
    this.now = Math.max(this.now, until);
  }

  hint(commentId: string | null = null): void {
    if (this.finished) {
      this.startAnew();
      this.promises.forgotten();
    }
    this.happen({
      type: 'hint',
      hint: { id: `hint-${++this.count}`, source: 'webhook', kind: 'changed', commentId },
    });
    this.pick();
  }

  act(action: AgentAction): void {
    if (this.finished) return;
    const isTaken = !wasDone(this.state, action) && refusal(this.state, action) === null;
    if (isTaken) this.promises.actionTaken(action);
    this.happen({ type: 'agent-acted', action });
    this.pick();
  }

  newAction(action: AgentAction['action'], more: Partial<AgentAction> = {}): AgentAction {
    return { id: `action-${++this.count}`, action, by: 'maria', reason: null, draftId: null, ...more };
  }

  private bring(what: Happening): void {
    const { desk } = this;
    switch (what.type) {
      case 'customer':
        // Desks take no words on a closed ticket.
        if (desk.status !== 'closed') this.announce(what.told, desk.writes(what.says, what.as).id);
        return;
      case 'late-hint': {
        const commentId = this.lateHints[what.which];
        if (commentId === undefined) return;
        this.lateHints.splice(what.which, 1);
        this.hint(commentId);
        if (what.twice) this.hint(commentId);
        return;
      }
      case 'poll':
        this.hint();
        return;
      case 'agent-writes':
        if (desk.status === 'closed') return;
        desk.agentWrites('hello', what.isPublic);
        this.promises.claims.stirred();
        if (what.isPublic) this.promises.settleAll();
        this.announce(what.told);
        return;
      case 'assign':
        if (desk.status === 'closed') return;
        this.promises.claims.assigned(what.to);
        this.announce(what.told);
        return;
      case 'status':
        if (desk.status === 'closed') return;
        desk.setAside(what.to);
        if (what.to !== 'open') this.promises.settleAll();
        this.announce(what.told);
        return;
      case 'group':
        desk.group = what.to;
        this.announce(what.told);
        return;
      case 'requester':
        desk.requester = { ...desk.requester, id: what.to };
        this.announce(what.told);
        return;
      case 'rates':
        if (desk.status === 'closed') return;
        desk.customerRates(what.score);
        this.announce(what.told);
        return;
      case 'desk-closes':
        if (desk.status !== 'solved') return;
        desk.status = 'closed';
        this.announce(what.told);
        return;
      case 'action':
        this.act(this.actionOf(what));
        return;
      case 'mood':
        this.mood = what.to;
        return;
      case 'shop':
        this.shopRefuses = what.refuses;
        this.orderChanges = what.orderChanges;
        return;
      case 'tag':
        if (desk.status === 'closed' || desk.tags.includes(what.tag) === what.isOn) return;
        desk.tags = what.isOn ? [...desk.tags, what.tag] : desk.tags.filter((tag) => tag !== what.tag);
        this.promises.claims.tagged(what.tag, what.isOn);
        this.announce(what.told);
        return;
      case 'company-mode':
        this.rules.companyMode = what.to;
        return;
      case 'rules':
        this.rules.hasSilenceRule = what.silence;
        this.rules.promises = what.sla;
        return;
      case 'work':
        this.work(what.fate);
        return;
      case 'answer':
        this.answer();
        return;
      case 'late-write':
        this.lateWriteArrives();
        return;
      case 'rest':
        this.rest(what.ms);
        return;
      case 'deadline':
        this.reachDeadline(Infinity);
        this.pick();
        return;
      case 'sleep':
        this.now += what.ms;
        return;
      case 'continue-as-new':
        this.under = null;
        this.carryOver();
        this.pick();
        return;
      case 'new-run':
        this.under = null;
        this.startAnew();
        this.promises.forgotten();
        return;
      case 'desk-clock':
        this.deskAheadMs = what.aheadMs;
        return;
      default:
        return assertNever(what);
    }
  }

  private announce(told: string, commentId: string | null = null): void {
    if (told === 'at once') this.hint(commentId);
    if (told === 'late') this.lateHints.push(commentId);
  }

  private actionOf(what: Extract<Happening, { type: 'action' }>): AgentAction {
    if (what.isRepeat && this.lastAction !== null) return this.lastAction;
    const drafts = {
      none: null,
      'the-one-that-waits': this.state.approval?.draftId ?? null,
      another: '35436/1/draft',
    };
    const draftId = Object.entries(drafts).find(([name]) => name === what.draft)?.[1] ?? null;
    const mode = what.action === 'set-mode' ? { mode: what.mode } : {};
    this.lastAction = this.newAction(what.action, { by: what.by, draftId, ...mode });
    return this.lastAction;
  }

  private settle(): void {
    for (let steps = 0; this.under !== null; steps += 1) {
      if (steps > 500) throw new Error('the engine does not come to rest');
      this.work({ type: 'done' });
      this.answer();
    }
  }

  override reachDeadline(until: number): boolean {
    const reached = super.reachDeadline(until);
    this.pick();
    return reached;
  }

  /** The step that was asked for is under way from here on. */
  private pick(): void {
    const next = this.next();
    if (next !== null) this.under = { ...next, turn: this.state.turn, outcome: null };
  }

  private answer(): void {
    const { under } = this;
    if (under === null || under.outcome === null) return;
    this.under = null;
    const { turn } = this.state;
    const isHeeded = turn !== null && turn.number === under.turn?.number && !turn.abandoned;
    this.done(under.stepId, under.outcome);
    this.pick();
    this.promises.answered(under, under.outcome, isHeeded);
  }

  private work(fate: Fate): void {
    const { under } = this;
    if (under === null || under.outcome !== null) return;
    if (this.rules.forbid(under.step)) {
      under.outcome = failed('mode-forbids');
      return;
    }
    // Notices stand beside the ticket's steps: how they end holds nothing up.
    if (under.step.type === 'notify-people') {
      this.notices.push(under.step.message);
      under.outcome = { type: 'people-notified' };
      return;
    }
    switch (fate.type) {
      case 'done':
        under.outcome = this.unlessRefused(() => this.carryOut(under));
        return;
      case 'failed':
        under.outcome = failed(fate.kind);
        return;
      case 'done-but-failed':
        under.outcome = this.partly(under, fate.done, fate.kind);
        return;
      case 'done-later':
        if (under.step.type === 'update-ticket') {
          this.desk.applyLater(under.step.updates, under.step.guard);
          this.lateWriteOf = under;
        }
        under.outcome = failed('budget-used-up');
        return;
      case 'stopped':
        under.outcome = this.state.cancelling
          ? this.partly(under, fate.done, 'cancelled')
          : this.unlessRefused(() => this.carryOut(under));
        return;
      default:
        assertNever(fate);
    }
  }

  private partly(under: UnderWay, done: number, kind: FailureKind): StepOutcome {
    if (done === 0) return failed(kind);
    return this.unlessRefused(() => {
      const { step } = under;
      if (step.type === 'update-ticket') {
        this.desk.applySome(step.updates, done, step.guard);
        this.promises.written(under, step.updates.slice(0, done));
      } else this.carryOut(under);
      return failed(kind);
    });
  }

  private carryOut(under: UnderWay): StepOutcome {
    const { desk } = this;
    const { step } = under;
    switch (step.type) {
      case 'fetch-ticket':
        this.promises.read();
        return {
          type: 'ticket-fetched',
          snapshot: desk.snapshot(step.withPast),
          settings: this.rules.settings,
        };
      case 'classify-message':
        return { type: 'message-classified', classification: understood };
      case 'consult-policy': {
        const words = `words ${++this.decisions}`;
        this.promises.decided(words, step.input.requester.id);
        const plan = decideBy(this.mood, step.input, words);
        return { type: 'policy-consulted', plan: { ...plan, settings: this.rules.settings } };
      }
      case 'act-on-order': {
        desk.check(step.guard);
        const { key, action } = step;
        if (!this.shop.has(key)) {
          if (step.standing !== undefined && this.orderChanges) {
            return { type: 'order-acted', outcome: { type: 'order-changed', changes: ['it was shipped'] } };
          }
          if (this.shopRefuses) {
            return { type: 'order-acted', outcome: { type: 'refused', why: 'It was shipped.' } };
          }
          this.shop.set(key, action);
          this.promises.ordered(action, under.turn);
        }
        return { type: 'order-acted', outcome: { type: 'done', reference: null } };
      }
      case 'send-code':
        desk.check(step.guard);
        return { type: 'code-sent', trouble: null };
      case 'update-ticket': {
        const applied = desk.apply(step.updates, step.guard);
        this.promises.written(under, step.updates);
        return { type: 'updates-applied', applied };
      }
      case 'send-holding-reply': {
        const comment = { public: step.isPublic, text: holdingWords, html: null };
        const [applied] = desk.apply([plainUpdate(step.key, { comment })], step.guard);
        if (applied !== undefined) this.promises.held(under, applied);
        return { type: 'holding-reply-sent', commentId: applied?.commentId ?? null };
      }
      case 'open-follow-up':
        this.promises.settleAll();
        return { type: 'follow-up-opened', ticketId: '35437' };
      case 'check-approver':
        return {
          type: 'approver-checked',
          why: step.word.by === mayNotApprove ? 'The policy does not let them.' : null,
          name: step.word.by,
        };
      case 'notify-people':
        return { type: 'people-notified' };
      default:
        return assertNever(step);
    }
  }

  private lateWriteArrives(): void {
    const late = this.desk.lateWriteArrives();
    if (late === null || this.lateWriteOf === null) return;
    try {
      this.desk.apply(late.updates, late.guard);
      this.promises.written(this.lateWriteOf, late.updates, true);
    } catch (error) {
      if (!(error instanceof DeskRefusal)) throw error;
    }
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

function failed(kind: FailureKind): StepOutcome {
  const attempts = kind === 'cancelled' || kind === 'rejected' || kind === 'mode-forbids' ? 1 : 3;
  return { type: 'step-failed', failure: { kind, message: `the world says ${kind}`, attempts } };
}
