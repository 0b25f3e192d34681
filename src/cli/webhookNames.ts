/** How an account's webhook is called, by address and by the name of its secret. */
import path from 'node:path';
import { deskNameOf } from '../config/deskSettings';
import type { Settings } from '../config/settings';
import { deskKinds } from '../helpdesk/deskKinds';

type Named = Pick<Settings, 'desk' | 'account' | 'accountsFile'>;

/** `/webhooks/zendesk`; of one of several accounts `/webhooks/zendesk/acme` */
export function webhookPath({ desk, account, accountsFile }: Named): string {
  return `/webhooks/${deskNameOf(desk)}${accountsFile === null ? '' : `/${account}`}`;
}

/** What the secret is called where it is set; whoever posts here is told, so no folders are named. */
export function webhookSecretName({ desk, account, accountsFile }: Named): string {
  return accountsFile === null
    ? deskKinds[deskNameOf(desk)].keys.webhookSecret
    : `the webhookSecret of ${account} in ${path.basename(accountsFile)}`;
}
