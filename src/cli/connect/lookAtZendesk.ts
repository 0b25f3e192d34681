/** What else of a Zendesk account is looked at before anything is done there: who we are, what we may do, the clock. */
import type { CallContext, DeskIdentity } from '../../helpdesk/port';
import type { ZendeskSetup } from '../../helpdesk/zendesk/setup/account';
import { clockOffMs } from '../../helpdesk/zendesk/setup/troubles';
import { CommandError } from '../failure';

/** @returns a line for each. @throws CommandError, RemoteFailure */
export async function lookAtZendesk(
  setup: ZendeskSetup,
  me: DeskIdentity,
  call: CallContext,
): Promise<readonly string[]> {
  if (me.role === 'end-user') {
    throw new CommandError(
      `${me.name || me.userId} is a customer there: Deskhand needs an agent of its own, an admin to be connected.`,
    );
  }
  await setup.webhooks.list(call);
  const audits = auditLines(await setup.mayReadAudits(call));
  const poll = (await setup.mayExport(call))
    ? '  may     ask which tickets changed (the poll)'
    : '  may not ask which tickets changed: the poll needs an admin; without it a lost webhook is not noticed';
  const ahead = setup.clockAheadMs();
  const isOff = ahead !== null && Math.abs(ahead) > clockOffMs;
  return [
    ...[...audits, poll],
    ...(isOff
      ? [
          `  clock   this machine is ${Math.round(Math.abs(ahead) / 1000)} s ${ahead > 0 ? 'behind' : 'ahead of'} Zendesk: ` +
            'set it right (NTP), or webhooks are refused as stale',
        ]
      : []),
  ];
}

function auditLines(mayReadAudits: boolean | null): readonly string[] {
  switch (mayReadAudits) {
    case true:
      return ['  may     read tickets and their audits, manage webhooks'];
    case null:
      return ['  may     manage webhooks; there is no ticket yet to try on whether it may read audits'];
    case false:
      return [
        '  may     manage webhooks',
        '  may not read the audits of tickets, and without them nothing is answered: give its role access to all tickets',
      ];
  }
}
