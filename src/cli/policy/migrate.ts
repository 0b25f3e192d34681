/** `deskhand policy migrate`: open conversations go on under another version, on purpose. */
import { WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import {
  decisionQuery,
  usePolicyMessage,
  type DecisionView,
  type TicketView,
  type UsePolicyMessage,
} from '../../contracts/messages';
import { accountNameInFull } from '../../config/settings';
import { servedDesk } from '../../helpdesk/openHelpdesk';
import type { LoadedPolicy } from '../../policy/policy';
import { readPlan } from '../../policy/compare/recordedPlan';
import { redecide } from '../../policy/compare/redecide';
import { connectTemporal } from '../../temporal/connection';
import { recordedDecisions, recordedRuns, type RecordedRun } from '../../temporal/recordedDecisions';
import { CommandError } from '../failure';
import { findPolicy, isVersion } from './findPolicy';
import { whoIsSignedIn } from './whoIsSignedIn';
import { differenceLines } from './differenceLines';
import { policiesOf } from './policiesOf';
import { policyBehind, policyWithBrands } from './whichPolicy';
import { readRunningSettings } from '../runningSettings';
import { temporalTarget } from '../temporalTarget';

export interface MigrateOptions {
  readonly to: string;
  /** Which of several policies, by name; null: the one that has published the version. */
  readonly of: string | null;
  readonly dryRun?: boolean;
  /** Null: whoever is signed in on this machine. */
  readonly by: string | null;
}

/** A turn lasts seconds; a ticket in the middle of one is asked again. */
const tries = 6;
const betweenTriesMs = 1_000;
const answerWithinMs = 10_000;

interface Totals {
  moved: number;
  there: number;
  between: number;
  /** Go by another of several policies. */
  ofOthers: number;
  /** Their policies, though of the same name, are others. */
  ofOtherAccounts: number;
  differ: number;
  failed: number;
}

/**
 * Of the one account that is meant, and of one of its policies: what others call by the same name is another.
 * @returns whether every ticket that was to move has moved.
 * @throws CommandError, TemporalConnectionError
 */
export async function runPolicyMigrate({ to, of, dryRun = false, by }: MigrateOptions): Promise<boolean> {
  const { settings } = await readRunningSettings(process.env);
  if (!isVersion(to)) {
    throw new CommandError(
      `${JSON.stringify(to)} is no version, such as p-3f2a91c07b4e. Publish its folder first: \`deskhand policy publish\` names it.`,
    );
  }
  const target = await policyBehind(settings, to, of);
  const policy = await findPolicy(target.store, to);
  const temporal = await connectTemporal(temporalTarget(settings));
  try {
    const totals: Totals = {
      moved: 0,
      there: 0,
      between: 0,
      ofOthers: 0,
      ofOtherAccounts: 0,
      differ: 0,
      failed: 0,
    };
    const message = { version: to, by: by ?? whoIsSignedIn() };
    const { desk, account } = servedDesk(settings);
    const which = policiesOf(settings).length > 1 ? `, policy ${policyWithBrands(target)}` : '';
    console.log(`${accountNameInFull(settings)}${which}:`);
    for await (const run of recordedRuns(temporal.client, 'open')) {
      if (run.ref.desk !== desk || run.ref.account !== account) {
        totals.ofOtherAccounts += 1;
        continue;
      }
      await migrateOne({ client: temporal.client, policy, name: target.name, run, message, dryRun }, totals);
    }
    console.log(summary(totals, dryRun));
    return totals.failed === 0;
  } finally {
    await temporal.close();
  }
}

interface Migration {
  readonly client: Client;
  readonly policy: LoadedPolicy;
  /** Whose conversations move; undefined: of the policy of all brands without their own. */
  readonly name: string | undefined;
  readonly run: RecordedRun;
  readonly message: UsePolicyMessage;
  readonly dryRun: boolean;
}

async function migrateOne(migration: Migration, totals: Totals): Promise<void> {
  const { client, policy, run, message, dryRun } = migration;
  const ticket = `${run.ref.desk} ${run.ref.ticketId}`;
  try {
    const handle = client.workflow.getHandle(run.workflowId);
    const { policyVersion: from, policy: name } = await client.withDeadline(Date.now() + answerWithinMs, () =>
      handle.query<DecisionView>(decisionQuery),
    );
    if (from === null) {
      totals.between += 1;
      return;
    }
    if (name !== migration.name) {
      totals.ofOthers += 1;
      return;
    }
    if (from === message.version) {
      totals.there += 1;
      return;
    }
    const changes = await whatWouldChange(client, run, policy);
    if (!dryRun) await move(client, run.workflowId, message);
    totals.moved += 1;
    if (changes.length > 0) totals.differ += 1;
    console.log(
      [`${ticket}  ${from} -> ${message.version}`, ...changes.map((line) => `  ${line}`)].join('\n'),
    );
  } catch (error) {
    totals.failed += 1;
    const why = error instanceof WorkflowUpdateFailedError ? error.cause?.message : undefined;
    console.log(`${ticket}  NOT MOVED: ${why ?? (error instanceof Error ? error.message : String(error))}`);
  }
}

/** What its last message would be answered with now; empty: the same. */
async function whatWouldChange(
  client: Client,
  run: RecordedRun,
  policy: LoadedPolicy,
): Promise<readonly string[]> {
  let last: unknown = null;
  for await (const { plan } of recordedDecisions(client, run)) last = plan;
  const plan = readPlan(last);
  if (plan === null) return ['what it would change is not known: its last decision is not in this run'];
  const again = redecide(policy, plan);
  return again.type === 'undecidable'
    ? [`what it would change is not known: ${again.why}`]
    : differenceLines(again.differences);
}

/** @throws WorkflowUpdateFailedError with the ticket's own words when it refuses to the last. */
async function move(client: Client, workflowId: string, message: UsePolicyMessage): Promise<void> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      await client.withDeadline(Date.now() + answerWithinMs, () =>
        client.workflow
          .getHandle(workflowId)
          .executeUpdate<TicketView, [UsePolicyMessage]>(usePolicyMessage, { args: [message] }),
      );
      return;
    } catch (error) {
      if (!(error instanceof WorkflowUpdateFailedError) || left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, betweenTriesMs));
    }
  }
}

function summary(totals: Totals, dryRun: boolean): string {
  const { moved, there, between, ofOthers, ofOtherAccounts, differ, failed } = totals;
  return [
    `${moved} ${dryRun ? 'would move' : 'moved'}`,
    `${differ} of them would have answered their last message otherwise`,
    `${there} there already`,
    `${between} between conversations`,
    ...(ofOthers === 0 ? [] : [`${ofOthers} under other policies`]),
    ...(ofOtherAccounts === 0 ? [] : [`${ofOtherAccounts} of other accounts`]),
    `${failed} failed`,
  ].join(', ');
}
