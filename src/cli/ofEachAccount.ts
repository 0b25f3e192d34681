/** What a command prints that may be about one account or about several. */
import { accountNameInFull, type Settings } from '../config/settings';

export interface ShownAccount {
  readonly account: Pick<Settings, 'desk' | 'account'>;
  readonly data: unknown;
  readonly text: string;
}

/** Of one account as if there were no others; of several each below its name, in JSON by its name. */
export function ofEachAccount(shown: readonly ShownAccount[], json: boolean): string {
  const [first, ...others] = shown;
  if (others.length === 0) return json ? JSON.stringify(first?.data, null, 2) : (first?.text ?? '');
  const named = shown.map(({ account, ...one }) => ({ ...one, name: accountNameInFull(account) }));
  return json
    ? JSON.stringify(Object.fromEntries(named.map(({ name, data }) => [name, data])), null, 2)
    : named.map(({ name, text }) => `${name}\n${text}`).join('\n\n');
}
