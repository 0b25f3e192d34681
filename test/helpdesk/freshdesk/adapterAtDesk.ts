/** The adapter on an embedded Freshdesk, for what only Freshdesk does. */
import { createFreshdeskDesk } from '../../../src/helpdesk/freshdesk/createFreshdeskDesk';
import type { EmbeddedFreshdeskOptions } from '../../../src/helpdesk/embedded/freshdesk/startFreshdesk';
import type { TicketUpdate, UpdateGuard } from '../../../src/core/ticket/update';
import { anyCall, whatever } from '../contract/deskUnderTest';
import { TestFreshdesk } from '../embedded/freshdesk/testFreshdesk';

export class AdapterAtDesk {
  readonly double: TestFreshdesk;

  private constructor(double: TestFreshdesk) {
    this.double = double;
  }

  static async start(options: Partial<EmbeddedFreshdeskOptions> = {}): Promise<AdapterAtDesk> {
    const limits = { requestsPerMinute: 100_000 };
    return new AdapterAtDesk(await TestFreshdesk.start({ limits, ...options }));
  }

  get people() {
    return this.double.people;
  }

  get faults() {
    return this.double.desk.faults;
  }

  open(settleMs = 0) {
    const { apiUrl, credentials } = this.double.desk;
    const common = { account: 'demo', companyAddresses: [], ticketUrl: null };
    return createFreshdeskDesk({ ...common, apiUrl, apiKey: credentials.token, settleMs });
  }

  read(ticketId: string) {
    return this.open().fetchTicket(ticketId, anyCall());
  }

  apply(ticketId: string, updates: readonly TicketUpdate[], guard: UpdateGuard = whatever) {
    return this.open().applyUpdates(ticketId, updates, guard, anyCall());
  }

  /** Which requests `work` makes: `GET /tickets/1`. */
  async requestsOf(work: () => Promise<unknown>): Promise<number> {
    const id = this.faults.add({ fault: { type: 'delay', ms: 0 } });
    await work();
    const struck = this.faults.list().find((fault) => fault.id === id)?.struck ?? 0;
    this.faults.clear(id);
    return struck;
  }
}
