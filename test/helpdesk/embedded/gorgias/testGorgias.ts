/** An embedded Gorgias for a test. */
import { z } from 'zod';
import {
  startEmbeddedGorgias,
  type EmbeddedGorgiasOptions,
} from '../../../../src/helpdesk/embedded/gorgias/startGorgias';
import { basicAuth, startDouble, TestDouble, type Answer } from '../common/testDouble';

const listSchema = z.object({
  object: z.literal('list'),
  data: z.array(z.looseObject({ id: z.int() })),
  meta: z.object({ next_cursor: z.string().nullable() }),
});
const refusalSchema = z.object({
  error: z.object({ msg: z.string(), data: z.record(z.string(), z.array(z.string())).optional() }),
});

export class TestGorgias extends TestDouble {
  static async start(options: Partial<EmbeddedGorgiasOptions> = {}): Promise<TestGorgias> {
    const roomy = { limits: { bucket: 100_000 } };
    const start = (where: EmbeddedGorgiasOptions) => startEmbeddedGorgias({ ...where, ...roomy, ...options });
    return new TestGorgias(await startDouble(start, options.stateDir));
  }

  /** Goes on with the same folder, as another process would. */
  async restart(options: Partial<EmbeddedGorgiasOptions> = {}): Promise<TestGorgias> {
    await this.desk.close();
    return TestGorgias.start({ stateDir: this.stateDir, ...options });
  }

  /** @param key - null sends no credentials. */
  call(method: string, address: string, body?: unknown, key: string | null = this.key): Promise<Answer> {
    return this.send(method, `${this.desk.apiUrl}${address}`, body, key === null ? {} : basicAuth(key));
  }

  /** `{email}:{key}` */
  get key(): string {
    const { email, token } = this.desk.credentials;
    return `${email}:${token}`;
  }

  async list(address: string) {
    return listSchema.parse((await this.call('GET', address)).body);
  }
}

/** The fields that a refusal names. */
export function mistakesIn({ body }: Answer): readonly string[] {
  return Object.keys(refusalSchema.parse(body).error.data ?? {});
}
