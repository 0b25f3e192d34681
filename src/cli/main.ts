/** `deskhand`: reads the command line and hands over to a command. */
import { Command } from 'commander';
import { addDeskCommand } from './commands/desk';
import { addDoctorCommand } from './commands/doctor';
import { addServerCommand } from './commands/server';
import { addTicketCommands } from './commands/ticket';
import { addUpCommand } from './commands/up';
import { addWorkerCommand } from './commands/worker';
import { explainFailure } from './failure';

async function main(): Promise<void> {
  const program = new Command('deskhand')
    .description('Workflow-orchestrated conversation engine for help desks')
    .showSuggestionAfterError()
    .showHelpAfterError('(deskhand --help shows what there is)');
  addUpCommand(program);
  addWorkerCommand(program);
  addServerCommand(program);
  addDeskCommand(program);
  addTicketCommands(program);
  addDoctorCommand(program);
  await program.parseAsync();
}

main().catch(async (error: unknown) => {
  console.error(await explainFailure(error));
  process.exitCode = 1;
});
