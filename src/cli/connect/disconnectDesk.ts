/** `deskhand disconnect`: takes away what was made, and nothing else. */
import { deskConnectionFile, forgetDeskConnection } from '../../config/deskConnection';
import { deskKinds } from '../../helpdesk/deskKinds';
import type { DeskName } from '../../helpdesk/deskNames';
import { changesAnything, undoingPlan } from '../../helpdesk/setup/plan';
import { carryOut } from './carryOut';
import { agreedToNothing, look, type ConnectingFrom, type ConnectOptions, type Say } from './connectDesk';
import { deskTarget, type DeskTarget } from './deskTarget';
import { evenUnseen, withFields } from './fieldsOfPolicies';
import { keptFor, ownSecret } from './keptConnection';
import { oneAtATime } from './oneAtATime';
import { openSetup } from './openSetup';
import { planLine } from './planLines';

export interface DisconnectOptions extends ConnectOptions {
  /** Custom fields go as well, with all that tickets have in them. */
  readonly deleteFields?: true;
}

/** @throws SettingsError, CommandError, RemoteFailure, DeskConnectionError */
export async function disconnectDesk(
  name: DeskName,
  options: DisconnectOptions,
  from: ConnectingFrom,
): Promise<void> {
  const target = await deskTarget(name, options, from.env, from.terminal);
  const disconnect = (): Promise<void> => disconnectFrom(target, options, from);
  await (options.dryRun === true ? disconnect() : oneAtATime(target.settings.stateDir, disconnect));
}

async function disconnectFrom(
  target: DeskTarget,
  options: DisconnectOptions,
  { terminal, isStopped }: ConnectingFrom,
): Promise<void> {
  const say: Say = (line) => void terminal.output.write(`${line}\n`);
  const { settings, desk } = target;
  const kept = await keptFor(settings, desk);
  const opened = openSetup(desk, settings.account, ownSecret(settings, kept));
  const needed = kept === null ? opened : withFields(opened, [], kept);
  const setup = options.deleteFields === true ? needed : evenUnseen(needed, kept);
  const { found } = await look(target, setup, kept?.pieces ?? [], { say, isStopped });
  const steps = undoingPlan(found, setup.kinds, options.deleteFields === true);
  say('');
  for (const step of steps) say(planLine(step));
  const file = deskConnectionFile(settings);
  if (kept !== null) say(`  remove  ${file}`);
  const isKept = (name: string) => steps.some((step) => step.type === 'keep' && step.found.kind === name);
  if (steps.some(({ type }) => type === 'keep')) {
    const isLastChance = setup.kinds.some(({ name, unmarked }) => unmarked === true && isKept(name));
    say(
      '  note    --delete-fields takes the fields away as well, with all that tickets have in them' +
        (isLastChance ? ': now, since nobody knows them as made by Deskhand once the file is gone' : ''),
    );
  }
  if (!changesAnything(steps) && kept === null) {
    say('Deskhand has made nothing here that it would take away: nothing was done.');
    return;
  }
  if (await agreedToNothing(options, terminal, say)) return;
  say('');
  await carryOut(setup.kinds, steps, { say, isStopped, again: `deskhand disconnect ${desk.kind}` });
  if (kept !== null) {
    await forgetDeskConnection(settings);
    say(`  removed ${file}`);
  }
  const isServed =
    settings.accountsFile === null ? `${deskKinds[desk.kind].keys.address} is set` : 'the account is served';
  say(`\nDisconnected. The poll goes on as long as ${isServed}; tickets and their tags stay as they are.`);
}
