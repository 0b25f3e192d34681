/** `deskhand`: reads the command line and hands over to a command. */
import { Command } from 'commander';
import { accountNames, addAccountOption } from './accountOption';
import { addConnectCommands } from './commands/connect';
import { addLongRunningCommands } from './commands/longRunning';
import { addModeCommands } from './commands/mode';
import { addPolicyCommands } from './commands/policy';
import { addReplayCommand } from './commands/replay';
import { addTicketCommands } from './commands/ticket';
import { endWhenNobodyReads } from './endWhenNobodyReads';
import { deskhandVersion } from './version';

async function main(): Promise<void> {
  const program = new Command('deskhand')
    .description('Workflow-orchestrated conversation engine for help desks')
    .version(deskhandVersion())
    .showSuggestionAfterError();
  addAccountOption(program, await accountNames(process.env));
  addLongRunningCommands(program);
  addConnectCommands(program);
  addTicketCommands(program);
  addModeCommands(program);
  addPolicyCommands(program);
  addReplayCommand(program);
  program
    .command('doctor')
    .description('check versions, settings and everything Deskhand talks to')
    .option('--notify', 'send a test to every channel of notices')
    .action(async ({ notify = false }: { notify?: boolean }) => {
      const { runDoctor } = await import('./doctor/doctor.js');
      if (!(await runDoctor({ notify }))) process.exitCode = 1;
    });
  pointToHelp(program);
  // Names alone, so that all commands fit on a screen; set last, since commands take over what is set before them.
  program.configureHelp({ subcommandTerm: (command) => command.name() });
  await program.parseAsync();
}

/** After a mistake each command points to its own help, once all of them are there. */
function pointToHelp(command: Command, above = ''): void {
  const name = `${above}${command.name()}`;
  command.showHelpAfterError(`(${name} --help shows what there is)`);
  for (const each of command.commands) pointToHelp(each, `${name} `);
}

endWhenNobodyReads();
main().catch(async (error: unknown) => {
  const { explainFailure } = await import('./failure.js');
  console.error(await explainFailure(error));
  process.exitCode = 1;
});
