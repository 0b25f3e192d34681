/** A desk that the contract is held against: the adapter, its embedded desk, and the people at it. */
import axios from 'axios';
import type { OutgoingComment, TicketUpdate, UpdateGuard } from '../../../src/core/ticket/update';
import { plainUpdate } from '../../../src/core/ticket/update';
import type { DeskTicket, Helpdesk } from '../../../src/helpdesk/port';
import type { Faults } from '../../../src/remote/faults';

/** What a desk can and cannot do. Whatever is not here, every desk does. */
interface Abilities {
  /** A write is refused when the ticket has changed since it was read: two writers at one moment cannot both speak. */
  readonly conditionalWrites: boolean;
  /** It tells a person's change of a status or group from a rule's and from our own. */
  readonly tellsWhoChanged: boolean;
  /** A closed ticket cannot be changed any more. */
  readonly closedForGood: boolean;
  /** A new ticket's own. */
  readonly fresh: { readonly status: 'new' | 'open'; readonly priority: 'low' | null };
  /** The requester's language. */
  readonly locale: 'en-US' | null;
  /** Custom fields and tags-only updates leave a trace by which they are told as done already. */
  readonly keysOfFieldUpdates: boolean;
}

/** Where faults strike: `METHOD /path`. */
interface Routes {
  readonly me: string;
  readonly ticket: string;
  readonly comments: string;
  readonly reply: string;
  readonly note: string;
  readonly fields: string;
  readonly changed: string;
  readonly search: string;
}

interface OpenOptions {
  readonly companyAddresses?: readonly string[];
  readonly wrongCredentials?: boolean;
  /** How long an answer is waited for, in milliseconds. */
  readonly patienceMs?: number;
}

export interface DeskUnderTest {
  readonly abilities: Abilities;
  readonly routes: Routes;
  readonly url: string;
  readonly faults: Faults;
  /** The adapter; each call makes one of its own, as another process would. */
  open(options?: OpenOptions): Helpdesk;
  /** The value of a custom field, past the adapter. */
  fieldOf(ticketId: string, label: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface DeskKind {
  readonly name: string;
  /** @param clock - epoch milliseconds; absent: the real one. */
  start(clock?: () => number): Promise<DeskUnderTest>;
}

interface Written {
  readonly ticketId: string;
  readonly commentId: string;
}
type Named = readonly { readonly id: number; readonly name: string }[];

/** Customers and agents use the desk's page; its requests are the same on every embedded desk. */
export class PeopleAtTheDesk {
  private readonly page;
  private team: { readonly agents: Named; readonly groups: Named } = { agents: [], groups: [] };

  constructor(url: string) {
    this.page = axios.create({ baseURL: `${url}/_desk` });
  }

  async come(): Promise<void> {
    this.team = (await this.page.get<typeof this.team>('/team')).data;
  }

  customerOpens(body: string, more: Record<string, unknown> = {}): Promise<Written> {
    const customer = { name: 'Ana Diaz', email: 'ana@mail.example', subject: 'My parcel' };
    return this.post('/customer/tickets', { ...customer, body, ...more });
  }

  customerWrites(ticketId: string, body: string, more: Record<string, unknown> = {}): Promise<Written> {
    return this.post(`/customer/tickets/${ticketId}/comments`, { body, ...more });
  }

  agentActs(ticketId: string, agent: string, change: Record<string, unknown>): Promise<Written> {
    return this.post(`/agent/tickets/${ticketId}`, { agentId: this.agentId(agent), ...change });
  }

  rate(ticketId: string, score: 'good' | 'bad', comment?: string): Promise<Written> {
    return this.post(`/customer/tickets/${ticketId}/rating`, {
      score,
      ...(comment === undefined ? {} : { comment }),
    });
  }

  agentId(name: string): number {
    return idOf(this.team.agents, name);
  }

  groupId(name: string): number {
    return idOf(this.team.groups, name);
  }

  private async post(to: string, body: unknown): Promise<Written> {
    return (await this.page.post<Written>(to, body)).data;
  }
}

function idOf(entries: Named, name: string): number {
  const found = entries.find((entry) => entry.name === name);
  if (found === undefined) throw new Error(`nobody and nothing is called ${name}`);
  return found.id;
}

export function anyCall(): { signal: AbortSignal } {
  return { signal: new AbortController().signal };
}

export const whatever: UpdateGuard = { kind: 'any' };

const says = (isPublic: boolean, text: string): { comment: OutgoingComment } => ({
  comment: { public: isPublic, text, html: null },
});
export const reply = (key: string, text = 'It arrives on Friday.'): TicketUpdate =>
  plainUpdate(key, says(true, text));
export const note = (key: string, text = 'Answered by rule order-status.'): TicketUpdate =>
  plainUpdate(key, says(false, text));

/** What a turn that has read the ticket knows of it. */
export function guardOf(ticket: DeskTicket): Extract<UpdateGuard, { kind: 'unchanged-conversation' }> {
  const newest = (who: string): string | null =>
    ticket.comments.filter(({ author }) => author === who).at(-1)?.id ?? null;
  return {
    kind: 'unchanged-conversation',
    newestCustomerCommentId: newest('requester'),
    knownAgentCommentId: newest('agent'),
    knownAssigneeId: ticket.assignee?.id ?? null,
    knownStatus: ticket.status,
    knownGroupId: ticket.groupId,
  };
}

/** A desk started before the tests of the file and stopped after them, and what they do with it. */
export class DeskInUse {
  now = Date.parse('2026-11-25T12:00:00Z');
  private running: { readonly desk: DeskUnderTest; readonly people: PeopleAtTheDesk } | null = null;

  /** @param ownClock - false: the real time. */
  constructor(kind: DeskKind, { ownClock = false }: { readonly ownClock?: boolean } = {}) {
    beforeAll(async () => {
      const desk = await kind.start(ownClock ? () => this.now : undefined);
      const people = new PeopleAtTheDesk(desk.url);
      await people.come();
      this.running = { desk, people };
    });
    afterEach(() => this.desk.faults.clear());
    afterAll(() => this.desk.close());
  }

  get desk(): DeskUnderTest {
    return this.started.desk;
  }

  get people(): PeopleAtTheDesk {
    return this.started.people;
  }

  private get started() {
    if (this.running === null) throw new Error('the desk is not started');
    return this.running;
  }

  async asks(text = 'Where is my order?'): Promise<string> {
    return (await this.people.customerOpens(text)).ticketId;
  }

  read(ticketId: string): Promise<DeskTicket> {
    return this.desk.open().fetchTicket(ticketId, anyCall());
  }

  async guard(ticketId: string) {
    return guardOf(await this.read(ticketId));
  }

  apply(ticketId: string, updates: readonly TicketUpdate[], guard: UpdateGuard = whatever) {
    return this.desk.open().applyUpdates(ticketId, updates, guard, anyCall());
  }

  /** The words of ours on the ticket, without what a desk needs to know them again. */
  async ours(ticketId: string): Promise<readonly string[]> {
    const { comments } = await this.read(ticketId);
    return comments
      .filter(({ author }) => author === 'bot')
      .map(({ body }) => body.replace(/\s*Deskhand ref\. \S+\s*$/, '').trim());
  }
}
