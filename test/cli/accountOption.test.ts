/** `--account` stands in the help of every command that is about one account, and in no other. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { addAccountOption } from '../../src/cli/accountOption';
import { addConnectCommands } from '../../src/cli/commands/connect';
import { addLongRunningCommands } from '../../src/cli/commands/longRunning';
import { addModeCommands } from '../../src/cli/commands/mode';
import { addPolicyCommands } from '../../src/cli/commands/policy';
import { addReplayCommand } from '../../src/cli/commands/replay';
import { addTicketCommands } from '../../src/cli/commands/ticket';
import { Command as Process } from './processes';

function programOf(accounts: readonly string[]): Command {
  const program = new Command('deskhand');
  addAccountOption(program, accounts);
  addLongRunningCommands(program);
  addConnectCommands(program);
  addTicketCommands(program);
  addModeCommands(program);
  addPolicyCommands(program);
  addReplayCommand(program);
  return program;
}

/** Every command without commands of its own, with its whole name. */
function leaves(command: Command, above = ''): readonly (readonly [string, string])[] {
  return command.commands.flatMap((each) => {
    const name = `${above}${each.name()}`;
    return each.commands.length === 0 ? [[name, each.helpInformation()] as const] : leaves(each, `${name} `);
  });
}

test('each command that is about one account says so, those that serve all do not', () => {
  const telling = leaves(programOf([])).map(([name, help]) => [name, help.includes('--account <account>')]);
  expect(telling.filter(([, tells]) => tells !== true).map(([name]) => name)).toEqual([
    ...['up', 'worker', 'server', 'desk', 'shop'],
  ]);
  expect(telling.length).toBeGreaterThan(15);
});

test.each(['up', 'worker', 'server', 'desk', 'shop'])(
  '%s, which serves all accounts, refuses the flag wherever it stands, and does nothing',
  async (name) => {
    for (const words of [
      [name, '--account', 'x'],
      ['--account=x', name],
    ]) {
      const program = programOf([]);
      const said: string[] = [];
      for (const each of [program, ...program.commands])
        each.exitOverride().configureOutput({ writeErr: (text) => said.push(text) });
      await expect(program.parseAsync(words, { from: 'user' })).rejects.toThrow(CommanderError);
      expect(said.join('')).toContain(
        `error: option '--account' is not for '${name}': it serves all accounts of DESKHAND_ACCOUNTS`,
      );
    }
  },
);

test.each(leaves(programOf([])).map(([name]) => name))(
  '%s refuses a flag that it does not know',
  async (name) => {
    const program = programOf([]);
    const said: string[] = [];
    const everywhere = (command: Command): void => {
      command.exitOverride().configureOutput({ writeErr: (text) => said.push(text) });
      command.commands.forEach(everywhere);
    };
    everywhere(program);
    const needed = { 'ticket act': ['--by', 'maria'], 'policy migrate': ['--to', 'p-3f2a91c07b4e'] };
    const given = Object.entries(needed).find(([command]) => command === name)?.[1] ?? [];
    const words = [...name.split(' '), ...given, '--no-such-flag'];
    await expect(program.parseAsync(words, { from: 'user' })).rejects.toThrow(CommanderError);
    expect(said.join('')).toContain("unknown option '--no-such-flag'");
  },
);

test('of several accounts it names them', () => {
  const help = (accounts: readonly string[]) => new Map(leaves(programOf(accounts))).get('policy diff') ?? '';
  expect(help(['zendesk/acme', 'freshdesk/bravo']).replace(/\s+/g, ' ')).toContain(
    'which of several accounts is meant: zendesk/acme, freshdesk/bravo',
  );
  expect(help(['zendesk/acme'])).not.toContain('zendesk/acme');
});

test('a process takes the names from the file of accounts; of one that cannot be read the command itself tells', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-accounts-'));
  const file = path.join(folder, 'accounts.yaml');
  const helpOf = async (text: string): Promise<string> => {
    writeFileSync(file, text);
    const { code, out } = await new Process(['mode', 'show', '--help'], { DESKHAND_ACCOUNTS: file, KEY: 'x' })
      .ended;
    expect(code).toBe(0);
    return out;
  };
  const account = (name: string): string =>
    `  - { name: ${name}, desk: freshdesk, address: https://${name}.freshdesk.com/api/v2, apiKey: { env: KEY } }\n`;
  expect(await helpOf(`accounts:\n${account('acme')}${account('bravo')}`)).toMatch(
    /which of several accounts is meant: freshdesk\/acme,\s+freshdesk\/bravo/,
  );
  expect(await helpOf('accounts: [half')).toMatch(/which of several accounts is meant\n/);
  rmSync(folder, { recursive: true });
});
