/** One scenario's ticket: the core as in production, with a desk and a shop in memory and a clock that is moved. */
import { readComment } from '../classify/reading/readComment';
import { toldToPeople } from '../classify/reading/toldToPeople';
import type { ClassifyInput } from '../classify/port';
import type { Step } from '../core/effects';
import type { AgentActionName, StepOutcome } from '../core/events';
import { assertNever } from '../core/failure';
import { isAllAuto, type Mode } from '../core/modes/mode';
import { refusal } from '../core/people/agent';
import { laterRefusal } from '../core/approval/approverCheck';
import type { PolicySettings } from '../core/policy/plan';
import type { Rating } from '../core/ticket/ticket';
import type { Classification } from '../core/conversation/understanding';
import type { AppliedUpdate, TicketUpdate, UpdateGuard } from '../core/ticket/update';
import { holdingUpdate } from '../core/outage/holdingUpdate';
import { actAsApproved } from '../orders/actAsApproved';
import { evaluate } from '../policy/decide/evaluate';
import { withHours } from '../policy/hours/resolveHours';
import { leftWithin } from '../policy/lookUp/leftToGive';
import { lookUpFacts } from '../policy/lookUp/lookUp';
import { settingsOn } from '../policy/sections/channels';
import { holdingReply } from '../policy/sections/holdingReply';
import type { LoadedPolicy } from '../policy/policy';
import { withPromise, withSla } from '../policy/sla/withSla';
import { mailFor, scenarioCodes, withCodes } from './world/codeMailing';
import { defaultCustomer, givenDesk } from './world/givenDesk';
import { changedOrder, givenOrder } from './world/givenOrders';
import type { Happening } from './happenings';
import { DeskRefusal, type MemoryDesk } from './world/memoryDesk';
import { createMemoryAllowances } from './world/memoryAllowances';
import { MemoryShop, ShopIsDown } from './world/memoryShop';
import { momentOf } from './load/moments';
import { patienceWith } from './world/patience';
import type { GivenContent, OrderContent } from './schema';
import { whoDecides } from './world/team';
import { VirtualTicket, type StartedStep } from './world/virtualTicket';

export interface ScenarioParts {
  readonly policy: LoadedPolicy;
  readonly classify: (input: ClassifyInput) => Promise<Classification>;
}

/** For one step of a scenario, a year of waiting included: what takes more has lost its way. */
const stepsAtMost = 50_000;
const defaultClock = Date.UTC(2026, 10, 25, 10, 0, 0);

/** Any: what is asked of desk and shop is answered at once. */
const noSignal = new AbortController().signal;

/** No message can be understood: that is nothing of one scenario. */
export class ClassifierFailed extends Error {
  override readonly name = 'ClassifierFailed';
}

export class Conversation {
  readonly happenings: Happening[] = [];
  readonly ticket: VirtualTicket;
  readonly desk: MemoryDesk;
  private readonly shop: MemoryShop;
  /** Over all that the customer asks for in the scenario, on one ticket after the other. */
  private readonly allowances = createMemoryAllowances();
  private readonly parts: ScenarioParts;
  private readonly email: string;
  private mode: GivenMode;
  private readonly team: GivenContent['team'];
  private readonly codes: typeof scenarioCodes | null;
  /** The step that the shop does not answer, and until when it is tried. */
  private waiting: (StartedStep & { readonly until: number }) | null = null;
  private inForce: LoadedPolicy;
  private stepsLeft = stepsAtMost;
  private events = 0;

  constructor(parts: ScenarioParts, given: GivenContent) {
    const { customer = {}, orders = [], clock, mode = 'auto', shop = 'up', mail, team } = given;
    const now = momentOf(clock ?? '') ?? defaultClock;
    this.parts = parts;
    this.mode = mode;
    this.inForce = parts.policy;
    this.email = customer.email ?? defaultCustomer.email;
    this.ticket = new VirtualTicket({ desk: 'scenario', account: 'scenario', ticketId: '1' }, now);
    this.desk = givenDesk(given, () => this.ticket.now);
    const known = orders.map((order) => givenOrder(order, { now, email: this.email }));
    this.shop = new MemoryShop(known, () => new Date(this.ticket.now).toISOString().slice(0, 10));
    this.shop.isDown = shop === 'down';
    this.team = team;
    this.codes = mail === 'none' ? null : scenarioCodes;
  }

  /** Before each step of the scenario: it may take so long again. */
  beginStep(): void {
    this.stepsLeft = stepsAtMost;
  }

  /** Several: written one right after the other, while the engine still waits for more. */
  async customerSays(messages: readonly string[], files: readonly string[] = []): Promise<void> {
    if (this.desk.publicReplies().length > 0) this.ticket.letThemWrite();
    this.ticket.startAnewIfFinished();
    for (const message of messages) {
      const body = this.withCodes(message);
      this.tell({
        type: 'customer-said',
        text: [body, ...files.map((name) => `[${name}]`)].join('\n').trim(),
      });
      const attachments = files.map((name) => ({
        name,
        contentType: 'application/octet-stream',
        bytes: 1_000,
      }));
      const read = readComment({ body, machineMade: false, attachments, subject: this.desk.subject });
      this.hint(this.desk.customerWrites(read.text, { ...read, attachments }).id);
      await this.settle();
    }
    await this.finishTurn();
  }

  private withCodes(said: string): string {
    const { codesSent, ref } = this.ticket.state;
    const emailOf = (order: string) => this.shop.find(order)?.customerEmail ?? '';
    return withCodes(said, ref.ticketId, codesSent?.at(-1), emailOf);
  }

  async customerRates(score: Rating['score']): Promise<void> {
    this.ticket.startAnewIfFinished();
    this.tell({ type: 'meanwhile', text: `the customer rates the ticket: ${score}` });
    this.desk.customerRates(score);
    this.hint(null);
    await this.finishTurn();
  }

  async agentWrites(text: string, isPublic: boolean): Promise<void> {
    this.tell({ type: 'agent-acted', text: `${isPublic ? 'replies' : 'notes'}: ${text}` });
    this.hint(this.desk.agentWrites(text, isPublic).id);
    await this.finishTurn();
  }

  async agentAssigns(whom: string): Promise<void> {
    this.tell({ type: 'agent-acted', text: `assigns the ticket to ${whom}` });
    this.desk.assign(whom === 'nobody' ? null : whom);
    this.hint(null);
    await this.finishTurn();
  }

  async agentActs(action: AgentActionName, by: string): Promise<void> {
    this.tell({ type: 'agent-acted', text: `${by}: ${action}` });
    const id = `action-${++this.events}`;
    const draftId = this.ticket.state.approval?.draftId ?? null;
    const asked = { id, action, by, reason: null, draftId };
    const refused = refusal(this.ticket.state, asked);
    this.ticket.happen({ type: 'agent-acted', action: asked });
    await this.finishTurn();
    const why = refused ?? laterRefusal(this.ticket.state, id);
    if (why !== null) this.tell({ type: 'refused', why });
  }

  /** Deadlines fire as they come. */
  async pass(ms: number, words: string): Promise<void> {
    this.tell({ type: 'meanwhile', text: `${words} pass` });
    const until = this.ticket.now + ms;
    await this.settle();
    while (this.ticket.reachDeadline(until) || this.budgetEnds(until)) {
      this.countStep();
      await this.settle();
    }
    this.ticket.now = until;
  }

  async shopBecomes(how: 'up' | 'down'): Promise<void> {
    this.tell({
      type: 'meanwhile',
      text: how === 'up' ? 'the shop answers again' : 'the shop does not answer',
    });
    this.shop.isDown = how === 'down';
    await this.finishTurn();
  }

  shopRefuses(why: string): void {
    this.tell({ type: 'meanwhile', text: `the shop will refuse the next order action: ${why}` });
    this.shop.refuseNext(why);
  }

  orderChanges(content: OrderContent): void {
    const { now } = this.ticket;
    const number = String(content.number);
    this.tell({
      type: 'meanwhile',
      text: `order ${number} changes: ${content.status ?? 'see the scenario'}`,
    });
    this.shop.change(number, (order) => changedOrder(content, order, { now, email: this.email }));
  }

  modeBecomes(mode: Mode): void {
    this.tell({ type: 'meanwhile', text: `the mode of the company becomes ${mode}` });
    this.mode = mode;
  }

  /** Names of an order's lines by their ids. */
  orderLines(number: string): ReadonlyMap<string, string> {
    return new Map(this.shop.find(number)?.items.map(({ line, name }) => [line, name]));
  }

  private hint(commentId: string | null): void {
    const id = `hint-${++this.events}`;
    this.ticket.happen({ type: 'hint', hint: { id, source: 'webhook', kind: 'changed', commentId } });
  }

  /** Until the engine has said what it has to say; the windows in which it waits for more words pass. */
  private async finishTurn(): Promise<void> {
    await this.settle();
    while (this.ticket.state.deadline?.reason === 'settle' && this.ticket.reachDeadline(Infinity)) {
      this.countStep();
      await this.settle();
    }
  }

  /** Everything that can happen without time passing. */
  private async settle(): Promise<void> {
    if (this.waiting !== null && !this.shop.isDown) await this.attempt(this.waiting);
    if (this.waiting !== null && this.ticket.state.cancelling) this.endWaiting('cancelled');
    for (let started = this.ticket.next(); started !== null; started = this.ticket.next()) {
      this.countStep();
      await this.attempt(started);
    }
  }

  private async attempt({ stepId, step }: StartedStep): Promise<void> {
    this.waiting = null;
    try {
      this.ticket.done(stepId, await this.carryOut(step));
    } catch (error) {
      if (!(error instanceof ShopIsDown)) throw error;
      this.waiting = {
        stepId,
        step,
        until: this.ticket.now + patienceWith(step, this.ticket.state.settings),
      };
    }
  }

  /** Whether what waits for the shop was given up by then. */
  private budgetEnds(until: number): boolean {
    const { waiting } = this;
    if (waiting === null || waiting.until > until) return false;
    this.ticket.now = Math.max(this.ticket.now, waiting.until);
    this.endWaiting('budget-used-up');
    return true;
  }

  private endWaiting(kind: 'budget-used-up' | 'cancelled'): void {
    const { waiting } = this;
    this.waiting = null;
    if (waiting === null) return;
    const failure = { kind, message: 'gave up: the shop does not answer', attempts: 2 };
    this.ticket.done(waiting.stepId, { type: 'step-failed', failure });
  }

  private countStep(): void {
    this.stepsLeft -= 1;
    if (this.stepsLeft < 0) {
      throw new Error(
        `The conversation does not come to rest: this has taken ${stepsAtMost} steps. Let less time pass, or look for a rule that makes it answer itself.`,
      );
    }
  }

  private async carryOut(step: Step): Promise<StepOutcome> {
    const { classify } = this.parts;
    switch (step.type) {
      case 'fetch-ticket': {
        const snapshot = this.desk.snapshot(step.withPast);
        const { known = { intent: null, language: null } } = step;
        const policy = this.policyNow();
        const settings = withSla(policy.settings, policy, { ...snapshot, ...known });
        const told = step.withTold === true ? toldToPeople(this.desk.comments) : null;
        return { type: 'ticket-fetched', snapshot, settings, ...(told === null ? {} : { told }) };
      }
      case 'classify-message': {
        const { words, locale, name = null, question } = step;
        const classification = await classify({ words, locale, name, question }).catch((cause: unknown) => {
          throw new ClassifierFailed(cause instanceof Error ? cause.message : String(cause), { cause });
        });
        this.tell({ type: 'understood', classification });
        return { type: 'message-classified', classification };
      }
      case 'consult-policy': {
        const policy = this.policyNow();
        const plan = evaluate(
          policy,
          await lookUpFacts(
            policy,
            this.shop,
            step.input,
            noSignal,
            leftWithin(policy, this.allowances),
            this.codes,
          ),
        );
        this.tell({ type: 'decided', plan });
        return { type: 'policy-consulted', plan: withPromise(plan, policy, step.input) };
      }
      case 'act-on-order':
        return this.unlessRefused(async () => {
          this.desk.check(step.guard);
          const ports = { shop: this.shop, allowances: this.allowances };
          const outcome = await actAsApproved(
            ports,
            step,
            step.terms,
            { standing: step.standing, attempt: 1 },
            noSignal,
          );
          this.tell({ type: 'acted-on-order', action: step.action, outcome });
          return { type: 'order-acted', outcome };
        });
      case 'send-code':
        return this.unlessRefused(async () => {
          this.desk.check(step.guard);
          const order = await this.shop.findByNumber(step.order);
          if (order !== null) this.tell({ type: 'mailed', ...mailFor(step, order) });
          return { type: 'code-sent', trouble: null };
        });
      case 'update-ticket':
        return this.unlessRefused(() => ({
          type: 'updates-applied',
          applied: this.write(step.updates, step.guard),
        }));
      case 'send-holding-reply':
        return this.unlessRefused(() => {
          const reply = holdingReply(this.policyNow(), step.customer);
          if (reply === null) return { type: 'holding-reply-sent', commentId: null };
          this.tell({ type: 'held', template: reply.template, language: reply.language });
          const [applied] = this.write([holdingUpdate(step, reply)], step.guard);
          return { type: 'holding-reply-sent', commentId: applied?.commentId ?? null };
        });
      case 'open-follow-up':
        this.tell({ type: 'noted', text: step.note });
        return { type: 'follow-up-opened', ticketId: '2' };
      case 'check-approver':
        return { type: 'approver-checked', ...whoDecides(this.team, this.policyNow().settings, step) };
      case 'notify-people':
        this.tell({ type: 'people-told', text: step.message });
        return { type: 'people-notified' };
      default:
        return assertNever(step);
    }
  }

  private write(updates: readonly TicketUpdate[], guard: UpdateGuard): readonly AppliedUpdate[] {
    const applied = this.desk.apply(updates, guard);
    updates.forEach(({ comment }, index) => {
      if (comment === null || applied[index]?.outcome !== 'applied') return;
      this.tell({ type: comment.public ? 'replied' : 'noted', text: comment.text });
    });
    return applied;
  }

  /** Under the mode that is tried, and with the holidays and clock changes around the moment that the scenario has come to. */
  private policyNow(): LoadedPolicy {
    const { policy } = this.parts;
    const own = settingsOn(policy, this.desk.channel);
    const settings = withHours(settingsIn(this.mode, own), policy.schedule, this.ticket.now);
    if (settings !== this.inForce.settings) this.inForce = { ...policy, settings };
    return this.inForce;
  }

  private async unlessRefused(run: () => StepOutcome | Promise<StepOutcome>): Promise<StepOutcome> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof DeskRefusal) return { type: 'step-failed', failure: error.failure };
      throw error;
    }
  }

  private tell(happening: DistributiveOmit<Happening, 'at'>): void {
    this.happenings.push({ at: this.ticket.now, ...happening });
  }
}

type GivenMode = NonNullable<GivenContent['mode']>;

/** What a policy's rules do is tried out as if they did it all by themselves, unless the scenario is about that. */
function settingsIn(mode: GivenMode, settings: PolicySettings): PolicySettings {
  if (mode === 'as the policy says') return settings;
  const modes = { company: mode, intents: {} };
  return settings.modes === undefined && isAllAuto(modes) ? settings : { ...settings, modes };
}

type DistributiveOmit<T, Key extends PropertyKey> = T extends unknown ? Omit<T, Key> : never;
