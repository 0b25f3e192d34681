import { Argument, type Command } from 'commander';
import { deskNames, type DeskName } from '../../helpdesk/deskNames';
import type { ConnectingFrom, ConnectOptions } from '../connect/connectDesk';
import type { DisconnectOptions } from '../connect/disconnectDesk';
import { stopByCtrlC } from '../stopByCtrlC';

export function addConnectCommands(program: Command): void {
  withCommon(program.command('connect'))
    .description('set up webhook, views and fields on your desk, shown before it is done')
    .option('--public-url <url>', 'where the desk reaches this Deskhand, https://deskhand.acme.example')
    .option('--no-views', 'without the views for the team')
    .option('--no-fields', 'without the custom fields that the policy sets')
    .option('--trigger', 'Zendesk: a trigger calls, where event subscriptions are not to be used')
    .option('--no-trigger', 'Zendesk: by event subscriptions again')
    .option('--by-hand', 'only tell what an admin makes by hand, filled in')
    .action(async (desk: DeskName, { byHand, ...options }: ConnectOptions & { byHand?: true }) => {
      if (byHand === true) {
        const { connectByHand } = await import('../connect/connectByHand.js');
        await connectByHand(desk, options, fromHere());
        return;
      }
      const { connectDesk } = await import('../connect/connectDesk.js');
      await connectDesk(desk, options, fromHere());
    });
  withCommon(program.command('disconnect'))
    .description('take away what connect made on your desk, and nothing else')
    .option('--delete-fields', 'the custom fields as well, with all that tickets have in them')
    .action(async (desk: DeskName, options: DisconnectOptions) => {
      const { disconnectDesk } = await import('../connect/disconnectDesk.js');
      await disconnectDesk(desk, options, fromHere());
    });
}

function withCommon(command: Command): Command {
  return command
    .addArgument(new Argument('<desk>', 'the desk').choices(deskNames))
    .option('--url <url>', "the account, https://acme.zendesk.com; else the desk's variable, ZENDESK_API_URL")
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
