/** How an account's webhook is called, by address and by the name of its secret. */
import path from 'node:path';
import { deskNameOf } from '../config/deskSettings';
import type { Settings } from '../config/settings';
import { deskKinds } from '../helpdesk/deskKinds';

type Named = Pick<Settings, 'desk' | 'account' | 'accountsFile'>;

/** Part of the webhook's address; null: there is one account, and there will be no second. */
export function accountInPath({ account, accountsFile }: Named): string | null {
  return accountsFile === null ? null : account;
}

/** `/webhooks/zendesk`, `/webhooks/zendesk/acme` */
export function webhookPath(settings: Named): string {
  const account = accountInPath(settings);
  return `/webhooks/${deskNameOf(settings.desk)}${account === null ? '' : `/${account}`}`;
}

/** What the secret is called where it is set; whoever posts here is told, so no folders are named. */
export function webhookSecretName({ desk, account, accountsFile }: Named): string {
  return accountsFile === null
    ? deskKinds[deskNameOf(desk)].keys.webhookSecret
    : `the webhookSecret of ${account} in ${path.basename(accountsFile)}`;
}
