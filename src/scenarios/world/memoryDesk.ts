/**
 * A help desk as the core may assume it, in memory: comments, an assignee, keys applied once, guards honoured. The
 * real adapters are held to the same rules in test/helpdesk.
 */
import type { StepFailure } from '../../core/failure';
import { stoppedByTags } from '../../core/people/steeringTags';
import type { Channel } from '../../core/ticket/channel';
import {
  higherPriority,
  type PastEvent,
  type Rating,
  type TicketComment,
  type TicketSnapshot,
} from '../../core/ticket/ticket';
import {
  restingStatuses,
  type AppliedUpdate,
  type FieldValue,
  type TicketUpdate,
  type UpdateGuard,
} from '../../core/ticket/update';

export class DeskRefusal extends Error {
  readonly failure: StepFailure;
  constructor(kind: StepFailure['kind'], message = kind) {
    super(message);
    this.failure = { kind, message, attempts: 1 };
  }
}

export class MemoryDesk {
  comments: TicketComment[] = [];
  assignee: TicketSnapshot['assignee'] = null;
  status: TicketSnapshot['status'] = 'new';
  priority: TicketSnapshot['priority'] = null;
  group: string | null = null;
  tags: readonly string[] = [];
  /** Custom fields, by the name they were set by. */
  fields: Readonly<Record<string, FieldValue>> = {};
  /** Which there are; null: any. */
  knownFields: readonly string[] | null = null;
  subject = 'My order';
  rating: Rating | null = null;
  /** The closed ticket that this one goes on from. */
  follows: NonNullable<TicketSnapshot['follows']> | null = null;
  channel: Channel = 'email';
  brand: string | null = null;
  requester: TicketSnapshot['requester'] = {
    id: 'r-1',
    name: 'Ana',
    email: 'ana@mail.example',
    locale: 'en-US',
    role: 'end-user',
    isCompany: false,
    trusted: true,
  };
  readonly appliedKeys = new Map<string, string | null>();
  private past: readonly PastEvent[] = [];
  /** As the bot and the customer left them: what is different was set by an agent. */
  private agentless: { readonly status: TicketSnapshot['status']; readonly group: string | null } = {
    status: 'new',
    group: null,
  };
  private nextId = 9001;
  private readonly clock: () => number;
  /** Written out once for all that happens at one moment. */
  private told = { at: Number.NaN, text: '' };

  constructor(clock: () => number) {
    this.clock = clock;
  }

  customerWrites(text: string, change: Partial<TicketComment> = {}): TicketComment {
    if (this.status === 'solved' || this.status === 'pending' || this.status === 'hold') {
      this.status = 'open';
      this.agentless = { ...this.agentless, status: 'open' };
    }
    return this.add({
      author: 'requester',
      authorId: 'r-1',
      text,
      reading: text === '' ? 'empty' : 'words',
      ...change,
    });
  }

  agentWrites(text: string, isPublic = true): TicketComment {
    return this.add({ author: 'agent', authorId: 'agent-7', text, public: isPublic });
  }

  /** Without a word. */
  agentSolves(): void {
    this.status = 'solved';
    this.past = [...this.past, { type: 'solved', after: this.newestId() }];
  }

  /** Each time another one. */
  customerRates(score: Rating['score'], hasComment = false): void {
    this.rating = { id: String(this.nextId++), score, hasComment };
  }

  assign(id: string | null): void {
    this.assignee = id === null ? null : { id, kind: 'agent' };
  }

  /** @param withPast - as of a step of a run without memory. */
  snapshot(withPast = false): TicketSnapshot {
    const snapshot = {
      status: this.status,
      subject: this.subject,
      priority: this.priority,
      tags: this.tags,
      groupId: this.group,
      assignee: this.assignee,
      requester: this.requester,
      channel: this.channel,
      ...(this.brand === null ? {} : { brand: this.brand }),
      stamp: `${this.nextId}`,
      comments: [...this.comments],
      ...(this.rating === null ? {} : { rating: this.rating }),
    };
    if (!withPast) return snapshot;
    return { ...snapshot, past: this.past, ...(this.follows === null ? {} : { follows: this.follows }) };
  }

  /** @throws DeskRefusal as the adapters' failures would reach the core. */
  apply(updates: readonly TicketUpdate[], guard: UpdateGuard): AppliedUpdate[] {
    const begun = updates.some((update) => this.appliedKeys.has(update.key));
    if (!begun) this.check(guard);
    if (this.status === 'closed') throw new DeskRefusal('ticket-closed');
    return updates.map((update) => this.applyOne(update));
  }

  publicReplies(): TicketComment[] {
    return this.comments.filter((comment) => comment.author === 'bot' && comment.public);
  }

  notes(): TicketComment[] {
    return this.comments.filter((comment) => comment.author === 'bot' && !comment.public);
  }

  check(guard: UpdateGuard): void {
    if (guard.kind === 'any') return;
    const agents = this.comments.filter((comment) => comment.author === 'agent');
    if (guard.kind === 'no-newer-message') {
      const { knownAgentReplyId: known } = guard;
      const newest = agents.filter((comment) => comment.public).at(-1)?.id ?? null;
      if (known !== undefined && newest !== known) throw new DeskRefusal('person-active');
    } else {
      if ((agents.at(-1)?.id ?? null) !== guard.knownAgentCommentId) throw new DeskRefusal('person-active');
      if (this.assignee?.kind === 'agent' && this.assignee.id !== guard.knownAssigneeId)
        throw new DeskRefusal('person-active');
      const { knownStatus = this.status, knownGroupId = this.group } = guard;
      const rests = this.status !== knownStatus && restingStatuses.includes(this.status);
      if (rests && this.status !== this.agentless.status) throw new DeskRefusal('person-active');
      if (this.group !== knownGroupId && this.group !== this.agentless.group)
        throw new DeskRefusal('person-active');
    }
    const stopped = stoppedByTags(guard, this.tags);
    if (stopped !== null) throw new DeskRefusal(stopped);
    const { requesterId = this.requester.id } = guard;
    if (this.requester.id !== requesterId) throw new DeskRefusal('stale-draft');
    const customers = this.comments.filter(
      (comment) => comment.author === 'requester' || comment.author === 'third-party',
    );
    if ((customers.at(-1)?.id ?? null) !== guard.newestCustomerCommentId)
      throw new DeskRefusal('stale-draft');
  }

  private applyOne(update: TicketUpdate): AppliedUpdate {
    const earlier = this.appliedKeys.get(update.key);
    if (earlier !== undefined) return { key: update.key, outcome: 'already-applied', commentId: earlier };
    if (update.unless !== undefined && this.appliedKeys.has(update.unless)) {
      return { key: update.key, outcome: 'not-needed', commentId: null };
    }
    const comment =
      update.comment === null
        ? null
        : this.add({
            author: 'bot',
            authorId: 'bot',
            text: update.comment.text,
            public: update.comment.public,
          });
    this.appliedKeys.set(update.key, comment?.id ?? null);
    const at = this.now();
    const { key, agreed } = update;
    const told = agreed === undefined ? {} : { agreed };
    this.past = [...this.past, { type: 'written', key, at, after: this.newestId(), ...told }];
    const kept = this.tags.filter((tag) => !update.removeTags.includes(tag));
    this.tags = [...new Set([...kept, ...update.addTags])];
    this.status = update.status ?? this.status;
    if (update.priority !== null) {
      this.priority = update.onlyRaises ? higherPriority(this.priority, update.priority) : update.priority;
    }
    this.group = update.group ?? this.group;
    this.agentless = {
      status: update.status ?? this.agentless.status,
      group: update.group ?? this.agentless.group,
    };
    return {
      key: update.key,
      outcome: 'applied',
      commentId: comment?.id ?? null,
      ...(update.onlyRaises ? { priority: this.priority } : {}),
      ...this.setFields(update),
    };
  }

  private setFields({ fields }: TicketUpdate): Pick<AppliedUpdate, 'fieldsNotSet'> {
    if (fields === undefined) return {};
    const isKnown = (field: string) => this.knownFields?.includes(field) ?? true;
    const taken = Object.entries(fields).filter(([field]) => isKnown(field));
    this.fields = { ...this.fields, ...Object.fromEntries(taken) };
    const others = Object.keys(fields).filter((field) => !isKnown(field));
    if (others.length === 0) return {};
    return { fieldsNotSet: others.map((field) => ({ field, why: 'the desk has no such field' })) };
  }

  /** ISO 8601. */
  private now(): string {
    const at = this.clock();
    if (at !== this.told.at) this.told = { at, text: new Date(at).toISOString() };
    return this.told.text;
  }

  private newestId(): string {
    return this.comments.at(-1)?.id ?? '0';
  }

  private add(change: Partial<TicketComment>): TicketComment {
    const comment: TicketComment = {
      id: String(this.nextId++),
      at: this.now(),
      public: true,
      author: 'requester',
      authorId: 'r-1',
      text: null,
      cut: false,
      reading: null,
      attachments: [],
      ...change,
    };
    this.comments.push(comment);
    return comment;
  }
}
