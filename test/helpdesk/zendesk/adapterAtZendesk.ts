/** The adapter on an embedded Zendesk. */
import axios, { type AxiosInstance } from 'axios';
import type { EmbeddedZendeskOptions } from '../../../src/helpdesk/embedded/zendesk/desk';
import { createZendeskDesk } from '../../../src/helpdesk/zendesk/createZendeskDesk';
import { AdapterAtDouble } from '../adapterAtDouble';
import { roomyLimits, TestDesk } from '../embedded/zendesk/harness';

export class AdapterAtZendesk extends AdapterAtDouble<TestDesk> {
  private readonly api: AxiosInstance;

  private constructor(double: TestDesk) {
    const { apiUrl, credentials } = double.desk;
    const { email, token } = credentials;
    super(double, (common) => createZendeskDesk({ ...common, auth: { type: 'api-token', email, token } }));
    this.api = axios.create({ baseURL: apiUrl, auth: { username: `${email}/token`, password: token } });
  }

  static async start(options: Partial<EmbeddedZendeskOptions> = {}): Promise<AdapterAtZendesk> {
    return new AdapterAtZendesk(await TestDesk.start({ limits: roomyLimits, ...options }));
  }

  /** What the desk's own API says, past the adapter. */
  async get<T>(path: string): Promise<T> {
    return (await this.api.get<T>(path)).data;
  }

  async put(path: string, body: unknown): Promise<void> {
    await this.api.put(path, body);
  }
}
