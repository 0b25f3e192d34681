/** The adapter on an embedded Gorgias. */
import { createGorgiasDesk } from '../../../src/helpdesk/gorgias/createGorgiasDesk';
import { AdapterAtDouble } from '../adapterAtDouble';
import { TestGorgias } from '../embedded/gorgias/testGorgias';

export class AdapterAtGorgias extends AdapterAtDouble<TestGorgias> {
  static async start(): Promise<AdapterAtGorgias> {
    const double = await TestGorgias.start();
    const { email, token: apiKey } = double.desk.credentials;
    return new AdapterAtGorgias(double, (common) => createGorgiasDesk({ ...common, email, apiKey }));
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
}
