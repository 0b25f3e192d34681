/**
 * The desk's tables. All of them are held in memory for reading; every write goes first, as one atomic batch,
 * to a LevelDB folder (the `classic-level` package) and only then becomes visible. So whatever was answered with
 * success is still there after a restart or a `kill -9`: the operating system has it, though a power cut may not
 * (nothing is fsynced: this desk is for trying out and testing).
 */
import type { ClassicLevel } from 'classic-level';
import { z } from 'zod';
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
import {
  DeskStoreError,
  damagedRecord,
  keyOf,
  openDatabase,
  unwritable,
  type Operation,
} from '../../common/levelFolder';

export interface Tables {
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
type TableName = keyof Tables;

/** `ticket`: 1, 2, 3 as people read them; `record`: everything else; `change`: the order of all changes. */
export type Counter = 'ticket' | 'record' | 'change';

/** The writes of one step. Nothing is visible to readers before all of it is stored. */
export interface Transaction {
  put<T extends Exclude<TableName, 'users'>>(table: T, record: Tables[T]): void;
  putUser(user: User): void;
  remove(table: TableName, id: number | string): void;
  next(counter: Counter): number;
  /** Also one that this step has just made. */
  user(id: number): User | undefined;
}

const firstRecordId = 900_000_000_001;

export class DeskStore {
  readonly users = new Map<number, User>();
  readonly groups = new Map<number, Group>();
  readonly brands = new Map<number, Brand>();
  readonly memberships = new Map<number, Membership>();
  readonly ticketFields = new Map<number, TicketField>();
  /** The one changed last comes last. */
  readonly tickets = new Map<number, Ticket>();
  readonly webhooks = new Map<string, Webhook>();
  readonly triggers = new Map<number, Trigger>();
  readonly views = new Map<number, View>();
  readonly keptAnswers = new Map<string, KeptAnswer>();
  /** Oldest first. */
  readonly outbox = new Map<number, OutgoingEvent>();
  /** Oldest first. */
  readonly suspendedTickets = new Map<number, SuspendedTicket>();
  /** By ticket, oldest first. */
  readonly comments = new Map<number, Comment[]>();
  /** By ticket, oldest first. */
  readonly audits = new Map<number, Audit[]>();

  private readonly usersByEmail = new Map<string, User>();
  private readonly folder: string;
  private database: ClassicLevel;
  /** A write has failed: LevelDB takes no more of them before it is opened anew. */
  private isBroken = false;
  private readonly counters = new Map<Counter, number>();
  private lastWrite: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, database: ClassicLevel) {
    this.folder = folder;
    this.database = database;
  }

  /**
   * @param folder - made when missing, readable by its owner only.
   * @throws DeskStoreError when another process has it open, it cannot be written, or a record is damaged.
   */
  static async open(folder: string): Promise<DeskStore> {
    const database = await openDatabase(folder);
    const store = new DeskStore(folder, database);
    try {
      await store.load();
    } catch (error) {
      await database.close();
      throw error;
    }
    return store;
  }

  userByEmail(email: string): User | undefined {
    return this.usersByEmail.get(email.toLowerCase());
  }

  /**
   * Runs one step at a time, in the order of the calls: `step` sees everything earlier steps wrote.
   * @throws DeskStoreError when it could not be stored; the next call tries anew.
   */
  write<T>(step: (tx: Transaction) => T): Promise<T> {
    const done = this.lastWrite.then(() => this.commit(step));
    this.lastWrite = done.catch(() => undefined);
    return done;
  }

  async close(): Promise<void> {
    await this.lastWrite;
    await this.database.close();
  }

  private async commit<T>(step: (tx: Transaction) => T): Promise<T> {
    if (this.isBroken) await this.reopen().catch((error: unknown) => this.failToWrite(error));
    const operations: Operation[] = [];
    const applied: (() => void)[] = [];
    const counters = new Map(this.counters);
    const madeUsers = new Map<number, User>();
    const put = <N extends TableName>(table: N, record: Tables[N]): void => {
      operations.push({ type: 'put', key: keyOf(table, record.id), value: JSON.stringify(record) });
      applied.push(() => this.hold(table, record));
    };
    const result = step({
      put,
      putUser: (user) => {
        put('users', user);
        madeUsers.set(user.id, user);
      },
      remove: (table, id) => {
        operations.push({ type: 'del', key: keyOf(table, id) });
        applied.push(() => this.forget(table, id));
      },
      next: (counter) => {
        const value = (counters.get(counter) ?? (counter === 'record' ? firstRecordId - 1 : 0)) + 1;
        counters.set(counter, value);
        return value;
      },
      user: (id) => madeUsers.get(id) ?? this.users.get(id),
    });
    if (applied.length === 0) return result;
    for (const [counter, value] of counters) {
      operations.push({ type: 'put', key: `counter!${counter}`, value: String(value) });
    }
    await this.database.batch(operations).catch((error: unknown) => this.failToWrite(error));
    for (const [counter, value] of counters) this.counters.set(counter, value);
    for (const apply of applied) apply();
    return result;
  }

  private failToWrite(error: unknown): never {
    this.isBroken = true;
    throw unwritable(this.folder, error);
  }

  /** What became of the write that failed, only the files tell: everything is read again, and shown at once. */
  private async reopen(): Promise<void> {
    await this.database.close();
    const found = await DeskStore.open(this.folder);
    this.database = found.database;
    refill(this.users, found.users);
    refill(this.usersByEmail, found.usersByEmail);
    refill(this.groups, found.groups);
    refill(this.brands, found.brands);
    refill(this.memberships, found.memberships);
    refill(this.ticketFields, found.ticketFields);
    refill(this.tickets, found.tickets);
    refill(this.webhooks, found.webhooks);
    refill(this.triggers, found.triggers);
    refill(this.views, found.views);
    refill(this.keptAnswers, found.keptAnswers);
    refill(this.outbox, found.outbox);
    refill(this.suspendedTickets, found.suspendedTickets);
    refill(this.comments, found.comments);
    refill(this.audits, found.audits);
    refill(this.counters, found.counters);
    this.isBroken = false;
  }

  private async load(): Promise<void> {
    const { folder } = this;
    for await (const [key, value] of this.database.iterator()) {
      const [table = ''] = key.split('!', 1);
      try {
        this.loadRecord(table, key, JSON.parse(value));
      } catch (error) {
        throw damagedRecord(folder, key, error);
      }
    }
    this.checkWhole();
    const tickets = [...this.tickets.values()].sort((a, b) => a.change - b.change);
    this.tickets.clear();
    for (const ticket of tickets) this.tickets.set(ticket.id, ticket);
  }

  /**
   * LevelDB leaves out what it finds damaged and goes on with what follows. Every change takes a number and leaves an
   * audit in one step, so a step that is missing before others is noticed; one torn off at the end is as if it never was.
   */
  private checkWhole(): void {
    const changes = this.counters.get('change') ?? 0;
    const audits = [...this.audits.values()].reduce((sum, list) => sum + list.length, 0);
    if (audits === changes) return;
    throw new DeskStoreError(
      `The embedded desk in ${this.folder} has ${audits} of ${changes} changes: its files were damaged. ` +
        'Move the folder away to start with an empty desk.',
    );
  }

  private loadRecord(table: string, key: string, value: unknown): void {
    switch (table) {
      case 'users': {
        this.hold('users', userSchema.parse(value));
        return;
      }
      case 'groups': {
        this.hold('groups', groupSchema.parse(value));
        return;
      }
      case 'brands': {
        this.hold('brands', brandSchema.parse(value));
        return;
      }
      case 'memberships': {
        this.hold('memberships', membershipSchema.parse(value));
        return;
      }
      case 'tickets': {
        this.hold('tickets', ticketSchema.parse(value));
        return;
      }
      case 'ticketFields': {
        this.hold('ticketFields', ticketFieldSchema.parse(value));
        return;
      }
      case 'comments': {
        this.hold('comments', commentSchema.parse(value));
        return;
      }
      case 'audits': {
        this.hold('audits', auditSchema.parse(value));
        return;
      }
      case 'webhooks': {
        this.hold('webhooks', webhookSchema.parse(value));
        return;
      }
      case 'triggers': {
        this.hold('triggers', triggerSchema.parse(value));
        return;
      }
      case 'views': {
        this.hold('views', viewSchema.parse(value));
        return;
      }
      case 'keptAnswers': {
        this.hold('keptAnswers', keptAnswerSchema.parse(value));
        return;
      }
      case 'outbox': {
        this.hold('outbox', outgoingEventSchema.parse(value));
        return;
      }
      case 'suspendedTickets': {
        this.hold('suspendedTickets', suspendedTicketSchema.parse(value));
        return;
      }
      case 'counter': {
        const counter = z.enum(['ticket', 'record', 'change']).parse(key.slice('counter!'.length));
        this.counters.set(counter, z.number().int().parse(value));
        return;
      }
      default:
        throw new Error('no such table');
    }
  }

  private hold<T extends TableName>(table: T, record: Tables[T]): void {
    const holders: { [N in TableName]: (record: Tables[N]) => void } = {
      users: (user) => {
        this.users.set(user.id, user);
        if (user.email !== null) this.usersByEmail.set(user.email.toLowerCase(), user);
      },
      groups: (group) => this.groups.set(group.id, group),
      brands: (brand) => this.brands.set(brand.id, brand),
      memberships: (membership) => this.memberships.set(membership.id, membership),
      tickets: (ticket) => {
        if (this.tickets.get(ticket.id)?.change !== ticket.change) this.tickets.delete(ticket.id);
        this.tickets.set(ticket.id, ticket);
      },
      ticketFields: (field) => this.ticketFields.set(field.id, field),
      webhooks: (webhook) => this.webhooks.set(webhook.id, webhook),
      triggers: (trigger) => this.triggers.set(trigger.id, trigger),
      views: (view) => this.views.set(view.id, view),
      keptAnswers: (answer) => this.keptAnswers.set(answer.id, answer),
      outbox: (event) => this.outbox.set(event.id, event),
      suspendedTickets: (ticket) => this.suspendedTickets.set(ticket.id, ticket),
      comments: (comment) => append(this.comments, comment),
      audits: (audit) => append(this.audits, audit),
    };
    holders[table](record);
  }

  private forget(table: TableName, id: number | string): void {
    if (table === 'webhooks' && typeof id === 'string') this.webhooks.delete(id);
    else if (table === 'keptAnswers' && typeof id === 'string') this.keptAnswers.delete(id);
    else if (table === 'triggers' && typeof id === 'number') this.triggers.delete(id);
    else if (table === 'views' && typeof id === 'number') this.views.delete(id);
    else if (table === 'outbox' && typeof id === 'number') this.outbox.delete(id);
    else if (table === 'suspendedTickets' && typeof id === 'number') this.suspendedTickets.delete(id);
    else throw new Error(`records of ${table} are never removed`);
  }
}

function refill<K, V>(map: Map<K, V>, entries: ReadonlyMap<K, V>): void {
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}

/** Comments and audits are written once and never changed, and their ids grow: appending keeps them in order. */
function append<T extends { id: number; ticket_id: number }>(byTicket: Map<number, T[]>, record: T): void {
  const list = byTicket.get(record.ticket_id);
  if (list === undefined) byTicket.set(record.ticket_id, [record]);
  else list.push(record);
}
