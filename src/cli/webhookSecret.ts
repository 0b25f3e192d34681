/** What a desk's webhooks are signed with: as set, as `deskhand connect` has kept it, or as the embedded desk made it. */
import type { Settings } from '../config/settings';
import { readZendeskConnection } from '../config/zendeskConnection';
import { readEmbeddedDeskCredentials } from '../helpdesk/embedded/common/credentials';

type Served = Pick<Settings, 'desk' | 'account' | 'accountsFile' | 'stateDir' | 'webhookSecret'>;

/** Asked at every delivery, so that what was connected counts without a start. Null: none is known. */
export async function webhookSecret(served: Served): Promise<string | null> {
  const { desk, stateDir, webhookSecret: set } = served;
  if (set !== null) return set;
  if (desk.kind === 'embedded') {
    // The embedded desk may not have come up yet, or its file may be broken: its deliveries wait and repeat.
    return readEmbeddedDeskCredentials(stateDir, desk.desk).then(
      (credentials) => credentials.webhookSecret,
      () => null,
    );
  }
  if (desk.kind !== 'zendesk') return null;
  const kept = await readZendeskConnection(served).catch(() => null);
  return kept?.apiUrl === desk.apiUrl ? kept.signingSecret : null;
}
