import type { Command } from 'commander';
import { readSettings } from '../../config/settings';
import { runUp } from '../up/runUp';

export function addUpCommand(program: Command): void {
  program
    .command('up')
    .description('run everything on this machine: Temporal, desk, worker, API')
    .option('--once', 'end after a demo customer was answered; exit code 1 when that did not happen')
    .action(async ({ once = false }: { once?: boolean }) => {
      process.exitCode = await runUp(readSettings(process.env), { once });
    });
}
