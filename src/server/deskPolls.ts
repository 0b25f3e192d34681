/** Whether each account's poll looks for changed tickets. */
import type { Client } from '@temporalio/client';
import type { DeskAccount } from '../contracts/messages';
import { pollHealth } from '../temporal/pollHealth';
import type { ServedAccount } from './accounts';

export interface DeskPoll {
  readonly account: DeskAccount;
  readonly ok: boolean;
  /** Epoch milliseconds. */
  readonly lastLookAt: number | null;
}

const answersWithinMs = 1_000;

/** Those that are to look, and that Temporal tells of in time. */
export async function deskPolls(
  client: Client,
  accounts: readonly ServedAccount[],
): Promise<readonly DeskPoll[]> {
  const asked = await Promise.allSettled(
    accounts.map(async (account): Promise<readonly DeskPoll[]> => {
      const { pollSeconds = 0 } = account;
      if (pollSeconds === 0) return [];
      const { ok, lastLookAt } = await client.withDeadline(Date.now() + answersWithinMs, () =>
        pollHealth(client, account, pollSeconds),
      );
      return [{ account, ok, lastLookAt }];
    }),
  );
  return asked.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
}
