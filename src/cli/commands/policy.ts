/** `deskhand policy`: what a support lead does with a policy before customers meet it. */
import type { Command } from 'commander';
import { addPolicyVersionCommands, addReplayCommand } from './policyVersions';

interface CheckOptions {
  readonly desk?: true;
  readonly examples: boolean;
  readonly json?: true;
}

interface TestOptions {
  readonly filter?: string;
  readonly junit?: string;
  readonly fresh?: true;
}

export function addPolicyCommands(program: Command): void {
  const policy = program.command('policy').description('try out a policy');
  addPolicyVersionCommands(policy);
  addReplayCommand(program);

  policy
    .command('check')
    .description('look for mistakes, with file, line and mend; exit code 1 when there are errors')
    .argument('[folder]', "the policy's folder; by default DESKHAND_POLICY")
    .option('--desk', 'ask the desk whether it has the groups that rules hand off to')
    .option('--no-examples', 'do not try the examples on the classifier (faster)')
    .option('--json', 'as JSON, for scripts')
    .action(async (folder: string | undefined, options: CheckOptions) => {
      const { runPolicyCheck } = await import('../run/policyCheck.js');
      if (!(await runPolicyCheck({ folder: folder ?? null, ...options }))) process.exitCode = 1;
    });

  policy
    .command('test')
    .description("run the policy's scenarios; exit code 1 when one fails")
    .argument('[folder]', "the policy's folder; by default DESKHAND_POLICY")
    .option('--filter <text>', 'only scenarios with this text in their name or file')
    .option('--junit <file>', 'write the results as JUnit XML, for CI')
    .option('--fresh', 'classify all messages anew, whatever is remembered of earlier runs')
    .action(async (folder: string | undefined, options: TestOptions) => {
      const { runPolicyTest } = await import('../run/policyTest.js');
      if (!(await runPolicyTest({ folder: folder ?? null, ...options }))) process.exitCode = 1;
    });
}
