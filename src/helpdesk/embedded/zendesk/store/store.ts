/** Zendesk's tables. How they are stored, step by step, is the same at every embedded desk. */
import { RecordStore, Table } from '../../common/recordStore';
import {
  auditSchema,
  brandSchema,
  commentSchema,
  groupSchema,
  keptAnswerSchema,
  membershipSchema,
  outgoingEventSchema,
  suspendedTicketSchema,
  ticketFieldSchema,
  ticketSchema,
  triggerSchema,
  userSchema,
  viewSchema,
  webhookSchema,
  type Audit,
  type Brand,
  type Comment,
  type Group,
  type KeptAnswer,
  type Membership,
  type OutgoingEvent,
  type SuspendedTicket,
  type Ticket,
  type TicketField,
  type Trigger,
  type User,
  type View,
  type Webhook,
} from './records';

interface Records {
  users: User;
  groups: Group;
  brands: Brand;
  memberships: Membership;
  tickets: Ticket;
  ticketFields: TicketField;
  comments: Comment;
  audits: Audit;
  webhooks: Webhook;
  triggers: Trigger;
  views: View;
  keptAnswers: KeptAnswer;
  outbox: OutgoingEvent;
  suspendedTickets: SuspendedTicket;
}
type TableName = keyof Records;

/** `ticket`: 1, 2, 3 as people read them; `record`: everything else; `change`: the order of all changes. */
const counters = ['ticket', 'record', 'change'] as const;
type Counter = (typeof counters)[number];
const firstRecordId = 900_000_000_001;

/** The writes of one step. Nothing is visible to readers before all of it is stored. */
export interface Transaction {
  put<N extends Exclude<TableName, 'users'>>(table: N, record: Records[N]): void;
  putUser(user: User): void;
  remove<N extends TableName>(table: N, id: Records[N]['id']): void;
  next(counter: Counter): number;
  /** Also one that this step has just made. */
  user(id: number): User | undefined;
}

class Users extends Table<User> {
  private readonly byEmail = new Map<string, User>();

  override hold(user: User): void {
    super.hold(user);
    if (user.email !== null) this.byEmail.set(user.email.toLowerCase(), user);
  }

  override clear(): void {
    super.clear();
    this.byEmail.clear();
  }

  withEmail(email: string): User | undefined {
    return this.byEmail.get(email.toLowerCase());
  }
}

/** The one changed last comes last. */
class Tickets extends Table<Ticket> {
  override hold(ticket: Ticket): void {
    if (this.records.get(ticket.id)?.change !== ticket.change) this.forget(ticket.id);
    super.hold(ticket);
  }

  override loaded(): void {
    const tickets = [...this.records.values()].sort((a, b) => a.change - b.change);
    this.clear();
    for (const ticket of tickets) this.hold(ticket);
  }
}

/** Comments and audits are written once and never changed, and their ids grow: appending keeps them in order. */
class OfTickets<T extends Comment | Audit> extends Table<T> {
  readonly byTicket = new Map<number, T[]>();

  override hold(record: T): void {
    super.hold(record);
    const list = this.byTicket.get(record.ticket_id);
    if (list === undefined) this.byTicket.set(record.ticket_id, [record]);
    else list.push(record);
  }

  override clear(): void {
    super.clear();
    this.byTicket.clear();
  }
}

const emptyTables = () => ({
  users: new Users('users', userSchema),
  groups: new Table('groups', groupSchema),
  brands: new Table('brands', brandSchema),
  memberships: new Table('memberships', membershipSchema),
  tickets: new Tickets('tickets', ticketSchema),
  ticketFields: new Table('ticketFields', ticketFieldSchema),
  comments: new OfTickets('comments', commentSchema),
  audits: new OfTickets('audits', auditSchema),
  webhooks: new Table('webhooks', webhookSchema),
  triggers: new Table('triggers', triggerSchema),
  views: new Table('views', viewSchema),
  keptAnswers: new Table('keptAnswers', keptAnswerSchema),
  outbox: new Table('outbox', outgoingEventSchema),
  suspendedTickets: new Table('suspendedTickets', suspendedTicketSchema),
});
type Tables = ReturnType<typeof emptyTables>;

export class DeskStore {
  readonly users: ReadonlyMap<number, User>;
  readonly groups: ReadonlyMap<number, Group>;
  readonly brands: ReadonlyMap<number, Brand>;
  readonly memberships: ReadonlyMap<number, Membership>;
  readonly ticketFields: ReadonlyMap<number, TicketField>;
  /** The one changed last comes last. */
  readonly tickets: ReadonlyMap<number, Ticket>;
  readonly webhooks: ReadonlyMap<string, Webhook>;
  readonly triggers: ReadonlyMap<number, Trigger>;
  readonly views: ReadonlyMap<number, View>;
  readonly keptAnswers: ReadonlyMap<string, KeptAnswer>;
  /** Oldest first. */
  readonly outbox: ReadonlyMap<number, OutgoingEvent>;
  /** Oldest first. */
  readonly suspendedTickets: ReadonlyMap<number, SuspendedTicket>;
  /** By ticket, oldest first. */
  readonly comments: ReadonlyMap<number, readonly Comment[]>;
  /** By ticket, oldest first. */
  readonly audits: ReadonlyMap<number, readonly Audit[]>;
  private readonly tables: Tables;
  private readonly store: RecordStore;

  private constructor(tables: Tables, store: RecordStore) {
    this.tables = tables;
    this.store = store;
    this.users = tables.users.records;
    this.groups = tables.groups.records;
    this.brands = tables.brands.records;
    this.memberships = tables.memberships.records;
    this.ticketFields = tables.ticketFields.records;
    this.tickets = tables.tickets.records;
    this.webhooks = tables.webhooks.records;
    this.triggers = tables.triggers.records;
    this.views = tables.views.records;
    this.keptAnswers = tables.keptAnswers.records;
    this.outbox = tables.outbox.records;
    this.suspendedTickets = tables.suspendedTickets.records;
    this.comments = tables.comments.byTicket;
    this.audits = tables.audits.byTicket;
  }

  /**
   * @param folder - made when missing, readable by its owner only.
   * @throws DeskStoreError when another process has it open, it cannot be written, or a record is damaged.
   */
  static async open(folder: string): Promise<DeskStore> {
    const tables = emptyTables();
    const store = await RecordStore.open(folder, Object.values(tables), {
      counters,
      // Every change takes a number and leaves an audit in one step.
      isWhole: (taken) => tables.audits.records.size === (taken.get('change') ?? 0),
    });
    return new DeskStore(tables, store);
  }

  userByEmail(email: string): User | undefined {
    return this.tables.users.withEmail(email);
  }

  /**
   * Runs one step at a time, in the order of the calls: `step` sees everything earlier steps wrote.
   * @throws DeskStoreError when it could not be stored; the next call tries anew.
   */
  write<T>(step: (tx: Transaction) => T): Promise<T> {
    const byName: { readonly [N in TableName]: Table<Records[N]> } = this.tables;
    return this.store.write((tx) =>
      step({
        put: (name, record) => tx.put(byName[name], record),
        putUser: (user) => tx.put(byName.users, user),
        remove: (name, id) => tx.remove(byName[name], id),
        next: (counter) => tx.next(counter, counter === 'record' ? firstRecordId : 1),
        user: (id) => tx.get(byName.users, id),
      }),
    );
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
