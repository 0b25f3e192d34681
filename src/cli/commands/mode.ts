/** `deskhand mode`: how much Deskhand does by itself, for the company or for an intent, from this moment on. */
import { Argument, type Command } from 'commander';
import { modes } from '../../core/modes/mode';

interface SetOptions {
  readonly intent?: string;
  readonly by?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

export function addModeCommands(program: Command): void {
  const mode = program.command('mode').description('show and switch the mode: auto, draft, shadow or off');

  mode
    .command('show')
    .description("show what holds: the policy's modes and the switch; the strictest counts")
    .option('--json', 'as JSON, for scripts')
    .action(async (options: { json?: boolean }) => {
      await (await import('../mode/showModes.js')).runModeShow(options);
    });

  mode
    .command('set')
    .description('switch it for all tickets, those under way included; needs no publish')
    .addArgument(new Argument('<mode>').choices(modes))
    .option('--intent <intent>', 'only for messages about this')
    .option('--by <who>', 'who switches; by default who is signed in')
    .option('--reason <text>', 'why')
    .option('--json', 'as JSON, for scripts')
    .action(async (wanted: string, options: SetOptions) => {
      await (await import('../mode/setMode.js')).runModeSet(wanted, options);
    });
}
