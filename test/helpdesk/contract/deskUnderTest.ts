/** A desk that the contract is held against: the adapter, its embedded desk, and the people at it. */
import axios from 'axios';
import type { DeskStatus, Priority } from '../../../src/core/ticket/ticket';
import type { OutgoingComment, TicketUpdate, UpdateGuard } from '../../../src/core/ticket/update';
import { plainUpdate } from '../../../src/core/ticket/update';
import type { EmbeddedOptions, WebhookTarget } from '../../../src/helpdesk/embedded/common/runEmbedded';
import type { DeskTicket, Helpdesk } from '../../../src/helpdesk/port';
import type { Faults } from '../../../src/remote/faults';
import { defaultTimeoutsMs } from '../../../src/remote/http';

/** What a desk can and cannot do. Whatever is not here, every desk does. */
interface Abilities {
  /** A write is refused when the ticket has changed since it was read: two writers at one moment cannot both speak. */
  readonly conditionalWrites: boolean;
  /** It tells a person's change of a status or group from a rule's and from our own. */
  readonly tellsWhoChanged: boolean;
  /** A closed ticket cannot be changed any more. */
  readonly closedForGood: boolean;
  /** A new ticket's own. */
  readonly fresh: { readonly status: 'new' | 'open'; readonly priority: Priority | null };
  /** The requester's language. */
  readonly locale: 'en-US' | null;
  /** Custom fields and tags-only updates leave a trace by which they are told as done already. */
  readonly keysOfFieldUpdates: boolean;
  /** What a status is read as where the desk cannot tell it from another; absent: each as itself. */
  readonly readAs?: Readonly<Partial<Record<DeskStatus, DeskStatus>>>;
  /** Names of groups are kept in small letters; absent: as they were given. */
  readonly smallGroupNames?: true;
  /** What the intake is given of a new ticket of a customer: the deliveries of it that are worth a look. */
  readonly hintsOfANewTicket: number;
  /** A delivery that is repeated is known for the same one. */
  readonly namesDeliveries: boolean;
  /** How a delivery proves who sent it: by a signature over its bytes, or by a secret that it carries. */
  readonly proof: 'signature' | 'secret';
  /** A delivery that somebody has recorded is refused after this many milliseconds; null: it bears no time. */
  readonly staleAfterMs: number | null;
}

/** Deliveries made by a test, since no embedded desk would send them so. */
interface Deliveries {
  /** About a ticket: something that is worth a look, of nobody in particular. */
  readonly about: (ticketId: string) => string;
  /** What proves that whoever has the secret has sent these bytes at that time. */
  readonly headers: (body: Buffer, secret: string, at: Date) => Readonly<Record<string, string>>;
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

/** Two brands of the account, whatever the desk calls them. */
interface Brands {
  readonly names: readonly [string, string];
  /** How a customer opens a ticket of one, or how it is then given to it. */
  readonly ticketOf: (people: PeopleAtTheDesk, name: string) => Promise<string>;
  /** Where they are listed. */
  readonly route: string;
}

interface OpenOptions {
  readonly companyAddresses?: readonly string[];
  readonly brandsAreNeeded?: boolean;
  readonly wrongCredentials?: boolean;
  /** How long an answer is waited for, in milliseconds. */
  readonly patienceMs?: number;
}

export interface RunningDesk {
  readonly abilities: Abilities;
  readonly routes: Routes;
  readonly brands: Brands;
  readonly url: string;
  readonly faults: Faults;
  /** The adapter; each call makes one of its own, as another process would. */
  open(options?: OpenOptions): Helpdesk;
  /** The value of a custom field, past the adapter. */
  fieldOf(ticketId: string, label: string): Promise<unknown>;
  /** An agent merges the first ticket into the second; absent: the desk merges none. */
  merge?(ticketId: string, into: string): Promise<void>;
  close(): Promise<void>;
}

export interface DeskUnderTest {
  readonly name: string;
  /** As in `/webhooks/{desk}` and in workflow ids. */
  readonly desk: string;
  readonly deliveries: Deliveries;
  /** @param given - whose clock it goes by, and who is told of what the desk's own webhooks tell of. */
  start(given: Pick<EmbeddedOptions, 'clock' | 'webhook'>): Promise<RunningDesk>;
}

/** What every adapter is opened with. */
export function adapterOptions({ companyAddresses = [], brandsAreNeeded = false, patienceMs }: OpenOptions) {
  return {
    ...{ account: 'demo', companyAddresses, brandsAreNeeded, ticketUrl: null },
    timeoutsMs: { ...defaultTimeoutsMs, ...(patienceMs === undefined ? {} : { total: patienceMs }) },
  };
}

/** What a lost request needs to be applied, in milliseconds: where nothing is late, as short as tests can wait. */
export function settlingMs({ patienceMs }: OpenOptions): number {
  return patienceMs === undefined ? 20 : 400;
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
  const found = entries.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
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
  private running: { readonly desk: RunningDesk; readonly people: PeopleAtTheDesk } | null = null;

  /**
   * @param ownClock - false: the real time.
   * @param webhook - asked when the desk starts.
   */
  constructor(
    tested: DeskUnderTest,
    {
      ownClock = false,
      webhook,
    }: { readonly ownClock?: boolean; readonly webhook?: () => Required<WebhookTarget> } = {},
  ) {
    beforeAll(async () => {
      const desk = await tested.start({
        ...(ownClock ? { clock: () => this.now } : {}),
        ...(webhook === undefined ? {} : { webhook: webhook() }),
      });
      const people = new PeopleAtTheDesk(desk.url);
      await people.come();
      this.running = { desk, people };
    });
    afterEach(() => this.desk.faults.clear());
    afterAll(() => this.desk.close());
  }

  get desk(): RunningDesk {
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
