/** `deskhand`: reads the command line and hands over to a command. */
import { Command, Option } from 'commander';
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
    // In every command; hidden, so that all commands fit on a screen.
    .addOption(new Option('--account <account>', 'which of several accounts is meant').hideHelp())
    .hook('preAction', (_program, acting) => {
      const { account } = acting.optsWithGlobals<{ account?: string }>();
      // The flag says what the variable says, and all settings come from the environment.
      if (account !== undefined) process.env['DESKHAND_ACCOUNT'] = account;
    })
    .showSuggestionAfterError()
    .showHelpAfterError('(deskhand --help shows what there is)');
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
  // Names alone, so that all commands fit on a screen; set last, since commands take over what is set before them.
  program.configureHelp({ subcommandTerm: (command) => command.name() });
  await program.parseAsync();
}

endWhenNobodyReads();
main().catch(async (error: unknown) => {
  const { explainFailure } = await import('./failure.js');
  console.error(await explainFailure(error));
  process.exitCode = 1;
});
