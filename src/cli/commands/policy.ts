/** `deskhand policy`: what a support lead does with a policy before customers meet it. */
import type { Command } from 'commander';

interface CheckOptions {
  readonly desk?: true;
  readonly examples: boolean;
  readonly json?: true;
}

interface TestOptions {
  readonly filter?: string;
  readonly junit?: string;
  readonly fresh?: true;
  readonly show?: true;
}

interface PublishOptions {
  readonly of?: string;
  readonly by?: string;
  readonly test: boolean;
  readonly desk?: true;
}

interface DiffOptions {
  readonly of?: string;
  readonly json?: true;
}

interface MigrateOptions {
  readonly to: string;
  readonly of?: string;
  readonly dryRun?: true;
  readonly by?: string;
}

const ofPolicy = ['--of <policy>', 'which one, by name, where brands have policies of their own'] as const;

export function addPolicyCommands(program: Command): void {
  const policy = program
    .command('policy')
    .description('check, test, publish, compare policies; move conversations');

  policy
    .command('check')
    .description('look for mistakes, with file, line and mend; exit code 1 when there are errors')
    .argument('[folder]', "the policy's folder; by default DESKHAND_POLICY")
    .option('--desk', 'ask the desk whether it has the groups and fields that rules name')
    .option('--no-examples', 'do not try the examples on the classifier (faster)')
    .option('--json', 'as JSON, for scripts')
    .action(async (folder: string | undefined, options: CheckOptions) => {
      const { runPolicyCheck } = await import('../policy/check.js');
      if ((await runPolicyCheck({ folder: folder ?? null, ...options })) === null) process.exitCode = 1;
    });

  policy
    .command('test')
    .description("run the policy's scenarios; exit code 1 when one fails")
    .argument('[folder]', "the policy's folder; by default DESKHAND_POLICY")
    .option('--filter <text>', 'only scenarios with this text in their name or file')
    .option('--show', 'show the conversations of those that pass, too')
    .option('--junit <file>', 'write the results as JUnit XML, for CI')
    .option('--fresh', 'classify all messages anew, whatever is remembered of earlier runs')
    .action(async (folder: string | undefined, options: TestOptions) => {
      const { runPolicyTest } = await import('../policy/test.js');
      if (!(await runPolicyTest({ folder: folder ?? null, ...options }))) process.exitCode = 1;
    });

  policy
    .command('publish')
    .description(
      'check, test and store a policy, and bring it into force; an old version again is a rollback',
    )
    .argument('[source]', 'a folder, or a version such as p-3f2a91c07b4e; by default DESKHAND_POLICY')
    .option(...ofPolicy)
    .option('--by <who>', 'who publishes; by default who is signed in')
    .option('--no-test', 'without running its scenarios')
    .option('--desk', 'ask the desk whether it has the groups and fields that rules name')
    .action(async (source: string | undefined, { of, by, ...options }: PublishOptions) => {
      const { runPolicyPublish } = await import('../policy/publish.js');
      const isInForce = await runPolicyPublish({
        ...{ source: source ?? null, of: of ?? null, by: by ?? null },
        ...options,
      });
      if (!isInForce) process.exitCode = 1;
    });
  policy
    .command('list')
    .description('list the published versions, the one in force first')
    .option(...ofPolicy)
    .option('--json', 'as JSON, for scripts')
    .action(async ({ of, ...options }: { of?: string; json?: boolean }) => {
      await (await import('../policy/list.js')).runPolicyList({ of: of ?? null, ...options });
    });
  policy
    .command('diff')
    .description('show what changed between two policies: in rules, templates, intents and settings')
    .argument('[from]', 'a version or folder; by default the version in force')
    .argument('[to]', 'a version or folder; by default DESKHAND_POLICY')
    .option(...ofPolicy)
    .option('--json', 'as JSON, for scripts')
    .action(async (from: string | undefined, to: string | undefined, { of, ...options }: DiffOptions) => {
      const { runPolicyDiff } = await import('../policy/diff.js');
      await runPolicyDiff({ ...{ from: from ?? null, to: to ?? null, of: of ?? null }, ...options });
    });
  policy
    .command('migrate')
    .description('move open conversations to another version, and show what that changes for each')
    .requiredOption('--to <version>', 'a published version')
    .option(...ofPolicy)
    .option('--dry-run', 'show it, and move nothing')
    .option('--by <who>', 'who moves them; by default who is signed in')
    .action(async ({ of, by, ...options }: MigrateOptions) => {
      const { runPolicyMigrate } = await import('../policy/migrate.js');
      if (!(await runPolicyMigrate({ of: of ?? null, by: by ?? null, ...options }))) process.exitCode = 1;
    });
}
