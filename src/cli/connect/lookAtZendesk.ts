/** Looks at a Zendesk account before anything is done there, and says what is found: who we are, what we may do, the clock. */
import { openHelpdesk } from '../../helpdesk/openHelpdesk';
import type { DeskIdentity } from '../../helpdesk/port';
import { ownPieces, type SetupAccount } from '../../helpdesk/zendesk/setup/account';
import type { FoundPiece } from '../../helpdesk/zendesk/setup/pieces';
import { clockOffMs } from '../../helpdesk/zendesk/setup/troubles';
import { CommandError } from '../failure';
import type { ZendeskTarget } from './zendeskTarget';

type Say = (line: string) => void;

const withinMs = 30_000;
const call = (): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(withinMs) });

/** @returns who we are, and what is ours there. @throws CommandError, RemoteFailure */
export async function lookAtZendesk(
  { settings, connection }: ZendeskTarget,
  account: SetupAccount,
  say: Say,
): Promise<{ readonly me: DeskIdentity; readonly found: readonly FoundPiece[] }> {
  const me = await (await openHelpdesk(settings)).whoAmI(call());
  const site = connection.apiUrl.replace(/\/api\/v2$/, '');
  say(`${site}: we are ${me.name || me.userId} (${me.role}).`);
  if (me.role === 'end-user') {
    throw new CommandError(
      `${me.name || me.userId} is a customer there: Deskhand needs an agent of its own, an admin to be connected.`,
    );
  }
  const found = await ownPieces(account, call());
  sayAudits(await account.mayReadAudits(call()), say);
  const mayPoll = await account.mayExport(call());
  say(
    mayPoll
      ? '  may     ask which tickets changed (the poll)'
      : '  may not ask which tickets changed: the poll needs an admin; without it a lost webhook is not noticed',
  );
  const ahead = account.clockAheadMs();
  if (ahead !== null && Math.abs(ahead) > clockOffMs) {
    say(
      `  clock   this machine is ${Math.round(Math.abs(ahead) / 1000)} s ${ahead > 0 ? 'behind' : 'ahead of'} Zendesk: ` +
        'set it right (NTP), or webhooks are refused as stale',
    );
  }
  return { me, found };
}

function sayAudits(mayReadAudits: boolean | null, say: Say): void {
  switch (mayReadAudits) {
    case true:
      say('  may     read tickets and their audits, manage webhooks');
      return;
    case null:
      say('  may     manage webhooks; there is no ticket yet to try on whether it may read audits');
      return;
    case false:
      say('  may     manage webhooks');
      say(
        '  may not read the audits of tickets, and without them nothing is answered: give its role access to all tickets',
      );
  }
}

/** Webhooks that people made for Deskhand by hand stay: two deliveries of one event are answered once. */
export async function sayOthers(account: SetupAccount, say: Say): Promise<void> {
  for (const { mark, name, id, record } of await account.pieces('webhook', call())) {
    const { endpoint } = record;
    if (
      mark === null &&
      typeof endpoint === 'string' &&
      /\/webhooks\/zendesk(\/[a-z0-9.-]+)?$/.test(endpoint)
    ) {
      say(
        `  note    webhook "${name}" (${id}) posts to a Deskhand too, and was not made by connect: it stays`,
      );
    }
  }
}
