/** The adapter on an embedded Freshdesk. */
import type { EmbeddedFreshdeskOptions } from '../../../src/helpdesk/embedded/freshdesk/startFreshdesk';
import { createFreshdeskDesk } from '../../../src/helpdesk/freshdesk/createFreshdeskDesk';
import { AdapterAtDouble } from '../adapterAtDouble';
import { TestFreshdesk } from '../embedded/freshdesk/testFreshdesk';

export type AdapterAtFreshdesk = AdapterAtDouble<TestFreshdesk>;

export async function adapterAtFreshdesk(
  options: Partial<EmbeddedFreshdeskOptions> = {},
): Promise<AdapterAtFreshdesk> {
  const double = await TestFreshdesk.start({ limits: { requestsPerMinute: 100_000 }, ...options });
  const { token: apiKey } = double.desk.credentials;
  return new AdapterAtDouble(double, (common) => createFreshdeskDesk({ ...common, apiKey }));
}
