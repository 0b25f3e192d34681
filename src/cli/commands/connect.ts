import { Argument, type Command } from 'commander';
import type { ConnectingFrom, ConnectOptions } from '../connect/connectZendesk';

const connectable = ['zendesk'] as const;

export function addConnectCommands(program: Command): void {
  withCommon(program.command('connect'))
    .description(
      'set up the webhook on your desk; shows what it will do first, and a second run changes nothing',
    )
    .option('--public-url <url>', 'where the desk reaches this Deskhand, https://deskhand.acme.example')
    .action(async (_desk: string, options: ConnectOptions) => {
      const { connectZendesk } = await import('../connect/connectZendesk.js');
      await connectZendesk(options, fromHere());
    });
  withCommon(program.command('disconnect'))
    .description('take away what connect made on your desk, and nothing else')
    .action(async (_desk: string, options: ConnectOptions) => {
      const { disconnectZendesk } = await import('../connect/connectZendesk.js');
      await disconnectZendesk(options, fromHere());
    });
}

function withCommon(command: Command): Command {
  return command
    .addArgument(new Argument('<desk>', 'the desk').choices(connectable))
    .option('--url <url>', 'the account, https://acme.zendesk.com; else ZENDESK_API_URL')
    .option('--yes', 'what will be done is shown and not asked about')
    .option('--dry-run', 'only show what would be done');
}

function fromHere(): ConnectingFrom {
  let isStopped = false;
  // The step under way is finished, so that what is there is known; a second Ctrl-C ends the process at once.
  process.once('SIGINT', () => {
    isStopped = true;
  });
  return {
    env: process.env,
    terminal: { input: process.stdin, output: process.stdout },
    isStopped: () => isStopped,
  };
}
