/**
 * A desk of the stepwise kind with one ticket, in memory: so quick that an update can be broken off at each of its
 * requests, and people can act before each. What an adapter asks of a real one is in the contract.
 */
import type { Author } from '../../../src/core/ticket/ticket';
import type { OutgoingComment, TicketUpdate, UpdateGuard } from '../../../src/core/ticket/update';
import { applyUpdates } from '../../../src/helpdesk/stepwise/applyUpdates';
import { findByKey } from '../../../src/helpdesk/stepwise/findWritten';
import type {
  FieldChanges,
  StepwiseDesk,
  ViewedTicket,
  WrittenComment,
} from '../../../src/helpdesk/stepwise/stepwiseDesk';
import { RemoteFailure } from '../../../src/remote/failures';
import { anyCall } from '../contract/deskUnderTest';

export const people = { customer: '5', bot: '7', nora: '9' } as const;
const groups: Readonly<Record<string, string>> = { Support: '11', Billing: '12', Returns: '13' };

type Fields = Pick<ViewedTicket, 'status' | 'groupId' | 'assigneeId' | 'tags' | 'priority'>;
export type Lost = 'before it was carried out' | 'after it was carried out';

const settleMs = 30_000;
const attemptsAtMost = 6;

export class DeskInMemory {
  fields: Fields = { status: 'open', groupId: '11', assigneeId: null, tags: ['vip'], priority: null };
  comments: readonly WrittenComment[] = [];
  /** In order, over all attempts. */
  readonly requests: string[] = [];
  /** What a write of ours changed although somebody had set it, and the reading before had shown that. */
  readonly setOver: string[] = [];
  /** Right before the request of that number, from 0. */
  readonly before = new Map<number, () => void>();
  /** Of the request of that number, the answer. */
  readonly lost = new Map<number, Lost>();
  private readonly isOneByOne: boolean;
  private shown: Fields = this.fields;
  private byPeople: Partial<Fields> = {};
  private statusSetAt: number | null = null;
  private now = Date.UTC(2040, 0, 1);

  /** @param isOneByOne - a request for each field, answered by nothing; else one, answered by the ticket. */
  constructor(isOneByOne = false) {
    this.isOneByOne = isOneByOne;
    this.says('requester', 'Where is my order?');
  }

  /** As desks do: who answers on a ticket that waits opens it. */
  customerWrites(text = 'It is 48213'): void {
    this.says('requester', text);
    if (this.fields.status !== 'open') this.set({ status: 'open' });
  }

  agentWrites(text = 'I am on it.'): void {
    this.says('agent', text);
  }

  agentSets(changes: Partial<Fields>): void {
    this.byPeople = { ...this.byPeople, ...changes };
    this.set(changes);
  }

  get guard(): UpdateGuard {
    return {
      kind: 'unchanged-conversation',
      newestCustomerCommentId: this.comments.findLast(({ author }) => author === 'requester')?.id ?? null,
      knownAgentCommentId: null,
      knownAssigneeId: this.fields.assigneeId,
      knownStatus: this.fields.status,
      knownGroupId: this.fields.groupId,
    };
  }

  /** Until an attempt comes to an end. @returns how: `applied`, or why it is not to be tried again. */
  async write(updates: readonly TicketUpdate[], guard = this.guard): Promise<string> {
    const writing = { desk: this.desk, ticketId: '17', updates, guard, call: anyCall() };
    for (let attempt = 1; attempt <= attemptsAtMost; attempt += 1) {
      try {
        await applyUpdates(writing);
        return 'applied';
      } catch (error) {
        if (!(error instanceof RemoteFailure)) throw error;
        if (!error.retryable) return error.kind;
      }
    }
    throw new Error(`it has not come to an end: ${this.requests.join(', ')}`);
  }

  written(key: string): readonly WrittenComment[] {
    return this.comments.filter((one) => one.key === key);
  }

  private get desk(): StepwiseDesk<ViewedTicket> {
    const readFields = (view: ViewedTicket) =>
      this.request('ticket', () => ({ ...view, ...(this.shown = this.fields) }));
    const readComments = (view: ViewedTicket) =>
      this.request('comments', () => ({ ...view, comments: this.comments }));
    return {
      ...{ name: 'the desk', settleMs, readFields, lookAgain: readComments },
      readView: async (ticketId) => {
        const known = { ownUserId: people.bot, requesterId: people.customer, comments: [] };
        return readComments(await readFields({ ticketId, ...known, ...this.shown }));
      },
      setFields: async (view, changes) => {
        for (const part of this.isOneByOne ? partsOf(changes) : [changes]) {
          await this.request('fields', () => {
            this.recordSetOver(part);
            this.set(part);
          });
        }
        return this.isOneByOne ? { ...view, ...changes } : { ...view, ...this.fields };
      },
      writeComment: (_view, key, comment) =>
        this.request(comment.public ? 'reply' : 'note', () => this.says('bot', comment.text, comment, key)),
      ...{ findWritten: findByKey, shownField: () => undefined, customFields: () => Promise.resolve([]) },
      statusSetAt: () => this.request('status times', () => this.statusSetAt),
      groupId: (name) => Promise.resolve(groups[name] ?? ''),
      agentIdByEmail: () => Promise.resolve(null),
      isInGroup: () => Promise.resolve(false),
    };
  }

  private request<T>(what: string, carryOut: () => T): Promise<T> {
    const number = this.requests.length;
    this.requests.push(what);
    this.before.get(number)?.();
    const lost = this.lost.get(number);
    const failure = new RemoteFailure('unavailable', 'the connection was reset', { retryable: true });
    if (lost === 'before it was carried out') return Promise.reject(failure);
    const answer = carryOut();
    return lost === undefined ? Promise.resolve(answer) : Promise.reject(failure);
  }

  private recordSetOver(changes: FieldChanges): void {
    for (const field of ['status', 'groupId', 'assigneeId'] as const) {
      const theirs = this.byPeople[field];
      if (theirs === undefined || changes[field] === undefined || changes[field] === theirs) continue;
      if (this.fields[field] === theirs && this.shown[field] === theirs) this.setOver.push(field);
    }
  }

  private set(changes: Partial<Fields>): void {
    this.tick();
    if (changes.status !== undefined) this.statusSetAt = this.now;
    this.fields = { ...this.fields, ...changes };
  }

  private says(
    author: Author,
    text: string,
    { public: isPublic }: Pick<OutgoingComment, 'public'> = { public: true },
    key: string | null = null,
  ): WrittenComment {
    this.tick();
    const id = String(this.comments.length + 1);
    const at = new Date(this.now).toISOString();
    const said = { id, at, author, public: isPublic, machineMade: false, key, html: text };
    this.comments = [...this.comments, said];
    return said;
  }

  private tick(): void {
    this.now += 1_000;
  }
}

/** The status first. */
function partsOf({ status, tags, groupId, assigneeId }: FieldChanges): readonly FieldChanges[] {
  return [
    ...(status === undefined ? [] : [{ status }]),
    ...(tags === undefined ? [] : [{ tags }]),
    ...(groupId === undefined ? [] : [{ groupId }]),
    ...(assigneeId === undefined ? [] : [{ assigneeId }]),
  ];
}
