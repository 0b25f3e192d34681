import { Argument, type Command } from 'commander';
import { deskNames, type DeskName } from '../../helpdesk/deskNames';
import type { ConnectingFrom, ConnectOptions } from '../connect/connectZendesk';
import { stopByCtrlC } from '../stopByCtrlC';

export function addConnectCommands(program: Command): void {
  withCommon(program.command('connect'), deskNames)
    .description('set up the webhook on your desk, shown before it is done')
    .option('--public-url <url>', 'where the desk reaches this Deskhand, https://deskhand.acme.example')
    .option('--no-views', 'without the views for the team')
    .option('--trigger', 'Zendesk: a trigger calls, where event subscriptions are not to be used')
    .option('--no-trigger', 'Zendesk: by event subscriptions again')
    .action(async (desk: DeskName, options: ConnectOptions) => {
      if (desk !== 'zendesk') {
        const { connectByHand } = await import('../connect/connectByHand.js');
        await connectByHand(desk, options, fromHere());
        return;
      }
      const { connectZendesk } = await import('../connect/connectZendesk.js');
      await connectZendesk(options, fromHere());
    });
  withCommon(program.command('disconnect'), ['zendesk'])
    .description('take away what connect made on your desk, and nothing else')
    .action(async (_desk: string, options: ConnectOptions) => {
      const { disconnectZendesk } = await import('../connect/connectZendesk.js');
      await disconnectZendesk(options, fromHere());
    });
}

function withCommon(command: Command, desks: readonly DeskName[]): Command {
  return command
    .addArgument(new Argument('<desk>', 'the desk').choices(desks))
    .option('--url <url>', 'the account, https://acme.zendesk.com; else ZENDESK_API_URL')
    .option('--yes', 'what will be done is shown and not asked about')
    .option('--dry-run', 'only show what would be done');
}

function fromHere(): ConnectingFrom {
  return {
    env: process.env,
    terminal: { input: process.stdin, output: process.stdout },
    isStopped: stopByCtrlC(),
  };
}
