/** A desk's adapter on its embedded desk, for what only that desk does: what every adapter does is in the contract. */
import type { TicketUpdate, UpdateGuard } from '../../src/core/ticket/update';
import type { Helpdesk } from '../../src/helpdesk/port';
import { anyCall, whatever } from './contract/deskUnderTest';
import type { TestDouble } from './embedded/common/testDouble';

interface OpenOptions {
  readonly companyAddresses?: readonly string[];
  /** What a lost request is given to be applied, in milliseconds. */
  readonly settleMs?: number;
}

type AdapterOptions = Required<OpenOptions> & {
  readonly account: string;
  readonly ticketUrl: null;
  readonly apiUrl: string;
};

export class AdapterAtDouble<D extends TestDouble> {
  readonly double: D;
  private readonly create: (options: AdapterOptions) => Helpdesk;

  constructor(double: D, create: (options: AdapterOptions) => Helpdesk) {
    this.double = double;
    this.create = create;
  }

  get people() {
    return this.double.people;
  }

  get faults() {
    return this.double.desk.faults;
  }

  /** Each call makes one of its own, as another process would. */
  open(options: OpenOptions = {}): Helpdesk {
    const { apiUrl } = this.double.desk;
    const nothing = { companyAddresses: [], settleMs: 0 };
    return this.create({ account: 'demo', ticketUrl: null, apiUrl, ...nothing, ...options });
  }

  async asks(more: Record<string, unknown> = {}): Promise<string> {
    return (await this.people.customerOpens('Where is my order?', more)).ticketId;
  }

  read(ticketId: string, want?: { past: boolean }) {
    return this.open().fetchTicket(ticketId, anyCall(), want);
  }

  apply(
    ticketId: string,
    updates: readonly TicketUpdate[],
    guard: UpdateGuard = whatever,
    options: OpenOptions = {},
  ) {
    return this.open(options).applyUpdates(ticketId, updates, guard, anyCall());
  }

  requestsOf(work: () => Promise<unknown>): Promise<number> {
    return this.double.requestsOf(work);
  }
}
