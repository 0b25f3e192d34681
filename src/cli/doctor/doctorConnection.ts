/** What `deskhand doctor` says of how the desk tells Deskhand of messages: what connect has made, held against what is there. */
import { readDeskConnection, type DeskConnectionFile } from '../../config/deskConnection';
import type { Settings } from '../../config/settings';
import { deskKinds, type ConnectedDesk } from '../../helpdesk/deskKinds';
import { driftIn, type Told } from '../../helpdesk/setup/drift';
import { shownSecret, type DeskSetup } from '../../helpdesk/setup/deskSetup';
import type { NeededField } from '../../helpdesk/setup/neededFields';
import { piecesOn } from '../../helpdesk/setup/pieces';
import { planOf } from '../../helpdesk/setup/plan';
import { RemoteFailure } from '../../remote/failures';
import { watchedFields, withFields } from '../connect/fieldsOfPolicies';
import { openSetup } from '../connect/openSetup';
import { webhookPath } from '../webhookNames';
import { webhookSecret } from '../webhookSecret';
import { NotCheckedError } from './check';
import { describeZendeskConnection } from './doctorZendesk';

const withinMs = 15_000;

/**
 * @throws Error with everything that is wrong and its mend; NotCheckedError where it cannot be looked at; RemoteFailure
 *   where the account cannot be asked.
 */
export async function describeConnection(settings: Settings, desk: ConnectedDesk): Promise<string> {
  if (desk.kind === 'zendesk') return describeZendeskConnection(settings, desk);
  const kept = await connectionTo(settings, desk);
  const { title } = deskKinds[desk.kind];
  const again = `deskhand connect ${desk.kind}`;
  const secret = await webhookSecret(settings);
  if (kept === null) {
    if (secret === null)
      return `nobody calls, so that answers come with the poll, a minute late; "${again}" makes what calls`;
    throw new NotCheckedError(
      `whatever calls was made by hand, and is not looked at; "${again}" makes it and watches over it`,
    );
  }
  const where = `${title} posts to ${kept.publicUrl}${webhookPath(settings)}`;
  const fields = await watchedFields(settings, kept);
  const setup = withFields(openSetup(desk, settings.account, secret ?? kept.secret), fields, null);
  try {
    const told = { title, again, made: kept.pieces };
    const troubles = await troublesOf(settings, { setup, kept, secret, fields, told });
    if (troubles.length > 0) throw new Error(troubles.join('; '));
    return where;
  } catch (error) {
    // To answer, an agent is enough: what an admin has connected goes on.
    if (!(error instanceof RemoteFailure) || (error.status !== 401 && error.status !== 403)) throw error;
    const why = `${where}, as it was connected; whether that is so still is not shown: ${error.message}`;
    throw new NotCheckedError(`${why}. To have it looked at, give the doctor the key of an admin`, {
      cause: error,
    });
  }
}

interface Connected {
  readonly setup: DeskSetup;
  readonly kept: DeskConnectionFile;
  readonly secret: string | null;
  readonly fields: readonly NeededField[];
  readonly told: Told;
}

async function troublesOf(
  settings: Settings,
  { setup, kept, secret, fields, told }: Connected,
): Promise<readonly string[]> {
  const call = { signal: AbortSignal.timeout(withinMs) };
  const found = await piecesOn(setup.kinds, kept.pieces, call);
  const endpoint = `${kept.publicUrl}${webhookPath(settings)}`;
  const wishes = { endpoint, views: kept.views ?? false, fields, trigger: false, botUserId: '' };
  const steps = planOf(setup.wanted(wishes), found, setup.kinds);
  const shown = await shownSecret(setup, wishes, steps, call);
  const isKnown = shown === null || secret?.split(',').includes(shown) === true;
  const anew = `the secret was made anew there, so deliveries are refused: run "${told.again}", it takes up the new one`;
  return [...driftIn(steps, told), ...(isKnown ? [] : [anew])];
}

/** Of this very account; null: nothing was connected from here. */
async function connectionTo(
  settings: Settings,
  { apiUrl }: ConnectedDesk,
): Promise<DeskConnectionFile | null> {
  const kept = await readDeskConnection(settings);
  return kept?.apiUrl === apiUrl ? kept : null;
}
