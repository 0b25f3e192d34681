/**
 * The commands that run until they are stopped. What carries a command out is loaded when it is called: all of it
 * together takes a second, which nobody should wait for who lists tickets.
 */
import type { Command } from 'commander';

export function addLongRunningCommands(program: Command): void {
  program
    .command('up')
    .description('run everything on this machine: Temporal, desk, worker, API')
    .option('--once', 'end after a demo customer was answered; exit code 1 when that did not happen')
    .action(async ({ once = false }: { once?: boolean }) => {
      const { runEverything } = await import('../run/everything.js');
      process.exitCode = await runEverything({ once });
    });
  program
    .command('worker')
    .description('run workflows and their activities; any number may run')
    .action(async () => (await import('../run/worker.js')).runWorker());
  program
    .command('server')
    .description('run the HTTP API; any number may run')
    .action(async () => (await import('../run/server.js')).runServer());
  program
    .command('desk')
    .description('run the embedded desk by itself')
    .action(async () => (await import('../run/desk.js')).runDesk());
  program
    .command('shop')
    .description('run the demo shop as an HTTP shop, at SHOP_API_URL')
    .action(async () => (await import('../run/shop.js')).runShop());
}
