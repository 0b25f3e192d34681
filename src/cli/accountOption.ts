/** `--account`: which of several accounts a command is about. Those that serve all of them do not ask. */
import { Option, type Command } from 'commander';

const servingAll: readonly string[] = ['up', 'worker', 'server', 'desk', 'shop'];
const whyNot =
  'it serves all accounts of DESKHAND_ACCOUNTS, or the one of the environment. Take out the flag, or name a file with fewer';

/**
 * To be called before commands are added, which take over how their help is written.
 * @param accounts - names in full, where there are several.
 */
export function addAccountOption(program: Command, accounts: readonly string[]): void {
  const which = accounts.length > 1 ? `: ${accounts.join(', ')}` : '';
  const option = new Option('--account <account>', `which of several accounts is meant${which}`);
  program
    // Hidden where all commands are listed, so that they fit on a screen.
    .addOption(option.hideHelp())
    .hook('preAction', (_program, acting) => {
      const { account } = acting.optsWithGlobals<{ account?: string }>();
      if (account !== undefined && servingAll.includes(acting.name()))
        acting.error(`error: option '--account' is not for '${acting.name()}': ${whyNot}`);
      // The flag says what the variable says, and all settings come from the environment.
      if (account !== undefined) process.env['DESKHAND_ACCOUNT'] = account;
    })
    .configureHelp({
      showGlobalOptions: true,
      visibleGlobalOptions: (command) => (servingAll.includes(command.name()) ? [] : [option]),
    });
}

/** Of the file of accounts; none where it cannot be read, of which the command itself tells. */
export async function accountNames(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  // Settings take a moment to load, which nobody with one account waits for.
  if ((env['DESKHAND_ACCOUNTS'] ?? '').trim() === '') return [];
  const { accountNameInFull, readEngineSettings } = await import('../config/settings.js');
  try {
    return readEngineSettings(env).accounts.map(accountNameInFull);
  } catch {
    return [];
  }
}
