/** The desk accounts that this server takes tickets of, and which of them a request means. */
import type { DeskAccount } from '../contracts/messages';
import { invalid, Problem } from './problems';

export interface ServedAccount extends DeskAccount {
  /** Asked at each delivery, since an embedded desk may come up after the server; null: none is set. */
  readonly webhookSecret: () => Promise<string | null>;
  /** What whoever sets it calls it: `ZENDESK_WEBHOOK_SECRET`. */
  readonly secretName: string;
  /** Deskhand's own user on the desk, asked at each delivery, so it should remember; null while that cannot be told. */
  readonly botUserId: () => Promise<string | null>;
  /** Why the policy in force allows an intent no mode, in sentences; null: it does. Absent: it cannot be read from here. */
  readonly intentRefusal?: (intent: string) => Promise<string | null>;
  /** Why the desk does not answer, as of a moment ago, in a sentence; null: it does. Absent: nobody asks. */
  readonly trouble?: () => Promise<string | null>;
  /** How often its poll is to look; 0: not at all. Absent: not known here. */
  readonly pollSeconds?: number;
}

export type ServedAccounts = readonly [ServedAccount, ...ServedAccount[]];

interface Asked {
  readonly desk?: string | undefined;
  readonly account?: string | undefined;
}

/**
 * The one that is meant. Its name may be left out where the desk has one account here, the desk where there is one in all.
 * @param place - where the account would be named: `querystring`.
 * @throws Problem 404 when there is none such, 422 when there are several.
 */
export function accountFor(accounts: ServedAccounts, asked: Asked, place: string): ServedAccount {
  const [found, ...more] = accountsNamed(accounts, asked);
  if (found === undefined) throw unknownAccount(accounts, asked);
  if (more.length === 0) return found;
  throw invalid([
    {
      path: `${place}.account`,
      message: `must say which account is meant: ${namesOf([found, ...more], asked.desk)}`,
      found: 'nothing',
    },
  ]);
}

/** Those that fit; none may. */
export function accountsNamed(
  accounts: readonly ServedAccount[],
  { desk, account }: Asked,
): readonly ServedAccount[] {
  return accounts.filter(
    (one) => (desk === undefined || one.desk === desk) && (account === undefined || one.account === account),
  );
}

function unknownAccount(accounts: ServedAccounts, { desk, account }: Asked): Problem {
  const ofDesk = accountsNamed(accounts, { desk });
  if (ofDesk.length > 0) {
    return new Problem(
      404,
      'account-unknown',
      `This server has no account ${account ?? ''}; it has ${namesOf(ofDesk, desk)}.`,
    );
  }
  const desks = [...new Set(accounts.map((one) => one.desk))].join(', ');
  return new Problem(404, 'desk-unknown', `This server has no desk ${desk ?? ''}; it has ${desks}.`);
}

function namesOf(accounts: readonly DeskAccount[], desk: string | undefined): string {
  return accounts.map((one) => (desk === undefined ? `${one.desk} ${one.account}` : one.account)).join(', ');
}
