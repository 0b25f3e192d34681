/** An embedded Chatwoot for a test. */
import {
  startEmbeddedChatwoot,
  type EmbeddedChatwootOptions,
} from '../../../../src/helpdesk/embedded/chatwoot/startChatwoot';
import { startDouble, TestDouble, type Answer } from '../common/testDouble';

export class TestChatwoot extends TestDouble {
  static async start(options: Partial<EmbeddedChatwootOptions> = {}): Promise<TestChatwoot> {
    const start = (where: EmbeddedChatwootOptions) => startEmbeddedChatwoot({ ...where, ...options });
    return new TestChatwoot(await startDouble(start, options.stateDir));
  }

  /** Goes on with the same folder, as another process would. */
  async restart(options: Partial<EmbeddedChatwootOptions> = {}): Promise<TestChatwoot> {
    await this.desk.close();
    return TestChatwoot.start({ stateDir: this.stateDir, ...options });
  }

  /** @param address - below the account: `/conversations/1`. @param token - null sends none. */
  call(
    method: string,
    address: string,
    body?: unknown,
    { token = this.desk.credentials.token, type }: { token?: string | null; type?: string } = {},
  ): Promise<Answer> {
    return this.send(method, `${this.desk.apiUrl}${address}`, body, {
      ...(token === null ? {} : { api_access_token: token }),
      ...(type === undefined ? {} : { 'content-type': type }),
    });
  }
}
