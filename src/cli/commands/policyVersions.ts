/** The commands around versions of a policy: published, listed, compared, moved to, tried on what has happened. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { WhichRuns } from '../../temporal/recordedDecisions';

export function addPolicyVersionCommands(policy: Command): void {
  policy
    .command('publish')
    .description(
      'check, test and store a policy, and bring it into force; an old version again is a rollback',
    )
    .argument('[source]', 'a folder, or a version such as p-3f2a91c07b4e; by default DESKHAND_POLICY')
    .option('--by <who>', 'who publishes; by default who is signed in')
    .option('--no-test', 'without running its scenarios')
    .action(async (source: string | undefined, { by, test }: { by?: string; test: boolean }) => {
      const { runPolicyPublish } = await import('../run/policyPublish.js');
      if (!(await runPolicyPublish({ source: source ?? null, by: by ?? null, test }))) process.exitCode = 1;
    });
  policy
    .command('list')
    .description('list the published versions, the one in force first')
    .option('--json', 'as JSON, for scripts')
    .action(async (options: { json?: boolean }) => {
      await (await import('../run/policyList.js')).runPolicyList(options);
    });
  policy
    .command('diff')
    .description('show what changed between two policies: in rules, templates, intents and settings')
    .argument('[from]', 'a version or folder; by default the version in force')
    .argument('[to]', 'a version or folder; by default DESKHAND_POLICY')
    .option('--json', 'as JSON, for scripts')
    .action(async (from: string | undefined, to: string | undefined, options: { json?: boolean }) => {
      const { runPolicyDiff } = await import('../run/policyDiff.js');
      await runPolicyDiff({ from: from ?? null, to: to ?? null, ...options });
    });
  policy
    .command('migrate')
    .description('move open conversations to another version, and show what that changes for each')
    .requiredOption('--to <version>', 'a published version')
    .option('--dry-run', 'show it, and move nothing')
    .option('--by <who>', 'who moves them; by default who is signed in')
    .action(async ({ by, ...options }: { to: string; dryRun?: boolean; by?: string }) => {
      const { runPolicyMigrate } = await import('../run/policyMigrate.js');
      if (!(await runPolicyMigrate({ by: by ?? null, ...options }))) process.exitCode = 1;
    });
}

interface ReplayCommandOptions {
  readonly policy?: string;
  readonly last: number;
  readonly which: WhichRuns;
  readonly file?: string;
  readonly export?: string;
  readonly words?: boolean;
  readonly json?: boolean;
}

const whichRuns = ['all', 'open', 'finished'] as const satisfies readonly WhichRuns[];

export function addReplayCommand(program: Command): void {
  program
    .command('replay')
    .description(
      'decide recorded tickets again under another policy, and show what would differ; nothing is sent',
    )
    .option('--policy <source>', 'a version or folder to decide by')
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
    .action(async ({ policy, ...options }: ReplayCommandOptions) => {
      await (await import('../run/replay.js')).runReplay({ policy: policy ?? null, ...options });
    });
}

function count(value: string): number {
  if (/^[1-9]\d{0,6}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a whole number from 1.');
}
