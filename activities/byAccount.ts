/** Where one queue is several accounts': each ticket is worked on by what is its account's own. */
import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { accountOfWorkflow } from '../src/contracts/messages';
import type { FailureKind } from '../src/core/failure';

type Activity = (...args: never[]) => Promise<unknown>;
type Activities = Readonly<Record<string, Activity>>;

/**
 * @param names - of the activities that every account has.
 * @param of - by `desk/account`; undefined: not served, or not yet. Another worker may serve it, so the attempt is
 *   repeated.
 * @param comesLateMs - for how long what an earlier attempt has sent to a desk may come late. Whoever does not serve the
 *   account cannot ask whether one died, and so waits as long, whichever desk it is.
 */
export function activitiesByAccount(
  names: readonly string[],
  of: (account: string) => Activities | undefined,
  comesLateMs: number | null = null,
): Activities {
  return Object.fromEntries(
    names.map((name) => [
      name,
      async (...args: never[]): Promise<unknown> => {
        const account = ownAccount();
        const activity = of(account)?.[name];
        if (activity === undefined) throw notServed(account, comesLateMs);
        return activity(...args);
      },
    ]),
  );
}

/** Of the workflow that asks: its id says it. */
function ownAccount(): string {
  const { workflowExecution } = activityInfo();
  const account = accountOfWorkflow(workflowExecution?.workflowId ?? '');
  return account === null ? 'no account' : `${account.desk}/${account.account}`;
}

function notServed(account: string, comesLateMs: number | null): ApplicationFailure {
  const { attempt } = activityInfo();
  return ApplicationFailure.create({
    message: `this worker does not serve ${account} (yet): see its log, and the accounts in its settings`,
    type: 'unavailable' satisfies FailureKind,
    details: [attempt],
    ...(comesLateMs === null || attempt === 1 ? {} : { nextRetryDelay: comesLateMs }),
  });
}
