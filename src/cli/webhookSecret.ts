/** What a desk's webhooks are signed with: as set, as `deskhand connect` has kept it, or as the embedded desk made it. */
import type { Settings } from '../config/settings';
import { readDeskConnection } from '../config/deskConnection';
import { readEmbeddedDeskCredentials } from '../helpdesk/embedded/common/credentials';

type Served = Pick<Settings, 'desk' | 'account' | 'accountsFile' | 'stateDir' | 'webhookSecret'>;

/** Asked at every delivery, so that what was connected counts without a start. Null: none is known. */
export async function webhookSecret(served: Served): Promise<string | null> {
  const { desk, stateDir, webhookSecret: set } = served;
  if (set !== null && desk.kind !== 'chatwoot') return set;
  if (desk.kind === 'embedded') {
    // The embedded desk may not have come up yet, or its file may be broken: its deliveries wait and repeat.
    return readEmbeddedDeskCredentials(stateDir, desk.desk).then(
      (credentials) => credentials.webhookSecret,
      () => null,
    );
  }
  const kept = await readDeskConnection(served).catch(() => null);
  const ofWebhook = kept?.apiUrl === desk.apiUrl ? [kept.secret] : [];
  // Chatwoot's agent bot has a secret of its own, which is set beside the webhook's.
  const known = [...(set === null ? [] : [set]), ...ofWebhook];
  return known.length === 0 ? null : known.join(',');
}
