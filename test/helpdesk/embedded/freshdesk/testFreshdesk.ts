/** An embedded Freshdesk for a test. */
import {
  startEmbeddedFreshdesk,
  type EmbeddedFreshdeskOptions,
} from '../../../../src/helpdesk/embedded/freshdesk/startFreshdesk';
import { basicAuth, startDouble, TestDouble, type Answer } from '../common/testDouble';

export class TestFreshdesk extends TestDouble {
  static async start(options: Partial<EmbeddedFreshdeskOptions> = {}): Promise<TestFreshdesk> {
    const start = (where: EmbeddedFreshdeskOptions) => startEmbeddedFreshdesk({ ...where, ...options });
    return new TestFreshdesk(await startDouble(start, options.stateDir));
  }

  /** Goes on with the same folder, as another process would. */
  async restart(options: Partial<EmbeddedFreshdeskOptions> = {}): Promise<TestFreshdesk> {
    await this.desk.close();
    return TestFreshdesk.start({ stateDir: this.stateDir, ...options });
  }

  /** @param key - null sends no credentials. */
  call(
    method: string,
    address: string,
    body?: unknown,
    { key = this.desk.credentials.token, type }: { key?: string | null; type?: string } = {},
  ): Promise<Answer> {
    return this.send(method, `${this.desk.apiUrl}${address}`, body, {
      ...(key === null ? {} : basicAuth(`${key}:X`)),
      ...(type === undefined ? {} : { 'content-type': type }),
    });
  }
}
