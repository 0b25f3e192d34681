/** What `deskhand doctor` tells of the desk itself: does it answer, does it take the credentials, what does it allow. */
import path from 'node:path';
import { deskNameOf } from '../../config/deskSettings';
import type { Settings } from '../../config/settings';
import type { DeskKind } from '../../helpdesk/deskKind';
import { deskKinds } from '../../helpdesk/deskKinds';
import { openHelpdesk } from '../../helpdesk/openHelpdesk';
import { budgetWords } from '../../remote/budget/budgetWords';
import { createRequestBudget } from '../../remote/budget/requestBudget';
import { RemoteFailure } from '../../remote/failures';
import { askingStep } from '../../temporal/budget/askingStep';

const withinMs = 5_000;

/** @throws RemoteFailure, Error with the mend where the credentials are refused, DeskCredentialsError. */
export async function deskWords(settings: Settings): Promise<string> {
  const budget = createRequestBudget({ perMinute: null, asking: askingStep });
  const desk = await openHelpdesk(settings, budget);
  const me = await withMend(settings, desk.whoAmI({ signal: AbortSignal.timeout(withinMs) }));
  const left = budgetWords(budget.state());
  const who = `${desk.desk} (${desk.account}), we are ${me.role} ${me.userId}`;
  return left === null ? who : `${who}; ${left}`;
}

/** Where the desk does not take the credentials: where new ones are made, and where they belong. */
export async function withMend<T>(settings: Settings, asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    if (!(error instanceof RemoteFailure) || error.status !== 401 || settings.desk.kind === 'embedded')
      throw error;
    throw new Error(`${error.message}; ${newCredentials(settings)}`, { cause: error });
  }
}

function newCredentials({ desk, account, accountsFile }: Settings): string {
  const { signIn, waysToSignIn, signInHelp }: DeskKind = deskKinds[deskNameOf(desk)];
  const way = desk.kind === 'zendesk' && desk.auth.type === 'oauth' ? waysToSignIn.at(-1) : waysToSignIn[0];
  const place =
    accountsFile === null
      ? `set ${signIn[way?.at(-1) ?? ''] ?? 'it'} to it`
      : `give it to ${account} in ${path.basename(accountsFile)}`;
  return `if it has expired or was withdrawn, make a new one (${signInHelp}) and ${place}`;
}
