/** `deskhand replay`: what another policy would have made of what has happened. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { WhichRuns } from '../../temporal/recordedDecisions';
import type { ReplayOptions } from '../replay/replay';

/** As commander reads them. */
type ReplayFlags = Omit<ReplayOptions, 'policy' | 'of'> & { readonly policy?: string; readonly of?: string };

const whichRuns = ['all', 'open', 'finished'] as const satisfies readonly WhichRuns[];

export function addReplayCommand(program: Command): void {
  program
    .command('replay')
    .description('decide recorded tickets again by another policy; sends nothing')
    .option('--policy <source>', 'a version or folder to decide by')
    .option('--of <policy>', 'which one that is for, by name, where brands have policies of their own')
    .option('--last <count>', 'at most so many tickets, open ones and newest first', count, 500)
    .addOption(new Option('--which <tickets>', 'which tickets').choices(whichRuns).default('all'))
    .addOption(
      new Option('--file <file>', 'tickets exported before, in place of Temporal’s').conflicts('which'),
    )
    .addOption(
      new Option(
        '--export <file>',
        'write the recorded tickets there, a line each, and decide nothing',
      ).conflicts(['policy', 'file']),
    )
    .option('--words', 'show replies whole, with what they say of customers')
    .option('--json', 'a line of JSON for each ticket that differs, and one with the totals')
    .action(async ({ policy, of, ...options }: ReplayFlags) => {
      const { runReplay } = await import('../replay/replay.js');
      await runReplay({ policy: policy ?? null, of: of ?? null, ...options });
    });
}

function count(value: string): number {
  if (/^[1-9]\d{0,6}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a whole number from 1.');
}
