/** The adapter on an embedded Gorgias, for what only Gorgias does. */
import type { EmbeddedGorgiasOptions } from '../../../src/helpdesk/embedded/gorgias/startGorgias';
import type { TicketUpdate, UpdateGuard } from '../../../src/core/ticket/update';
import { createGorgiasDesk } from '../../../src/helpdesk/gorgias/createGorgiasDesk';
import { anyCall, whatever } from '../contract/deskUnderTest';
import { TestGorgias } from '../embedded/gorgias/testGorgias';

export class AdapterAtGorgias {
  readonly double: TestGorgias;

  private constructor(double: TestGorgias) {
    this.double = double;
  }

  static async start(options: Partial<EmbeddedGorgiasOptions> = {}): Promise<AdapterAtGorgias> {
    return new AdapterAtGorgias(await TestGorgias.start(options));
  }

  get people() {
    return this.double.people;
  }

  get faults() {
    return this.double.desk.faults;
  }

  open(companyAddresses: readonly string[] = []) {
    const { apiUrl, credentials } = this.double.desk;
    const { email, token: apiKey } = credentials;
    const common = { account: 'demo', companyAddresses, ticketUrl: null, settleMs: 0 };
    return createGorgiasDesk({ ...common, apiUrl, email, apiKey });
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
    companyAddresses: readonly string[] = [],
  ) {
    return this.open(companyAddresses).applyUpdates(ticketId, updates, guard, anyCall());
  }

  /** Past the adapter: as another program, or Gorgias itself, would write. */
  async says(ticketId: string, message: Record<string, unknown>): Promise<void> {
    const path = `/tickets/${ticketId}/messages`;
    const { status, body } = await this.double.call('POST', path, { body_text: 'Hello', ...message });
    if (status !== 201) throw new Error(JSON.stringify(body));
  }

  async lastMessage(ticketId: string): Promise<Readonly<Record<string, unknown>>> {
    return (await this.double.list(`/messages?ticket_id=${ticketId}&limit=1`)).data[0] ?? {};
  }

  /** How many requests `work` makes. */
  async requestsOf(work: () => Promise<unknown>): Promise<number> {
    const id = this.faults.add({ fault: { type: 'delay', ms: 0 } });
    await work();
    const struck = this.faults.list().find((fault) => fault.id === id)?.struck ?? 0;
    this.faults.clear(id);
    return struck;
  }
}
