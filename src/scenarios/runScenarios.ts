/** Runs scenarios one after the other. Nothing waits: only what the classifier needs takes time. */
import { assertNever } from '../core/failure';
import type { AgentActionName } from '../core/events';
import { ClassifierFailed, Conversation, type ScenarioParts } from './conversation';
import { framesOf } from '../policy/templates/speak';
import { touchedBy, type Touched } from './report/coverage';
import { mismatches, type Mismatch } from './expect/expectations';
import type { Happening } from './happenings';
import type { Scenario, ScenarioContent } from './load/loadScenarios';
import { durationOf } from './load/moments';
import { listOf, type StepContent } from './schema';

/** Where it took another course, and how. */
interface FailedStep {
  readonly line: number;
  readonly column: number;
  /** Empty when the scenario broke off. */
  readonly mismatches: readonly Mismatch[];
  /** What broke it off; null when it came to an expectation. */
  readonly broken: string | null;
}

export interface ScenarioResult {
  readonly scenario: Scenario;
  /** Null: it passed. */
  readonly failed: FailedStep | null;
  /** Up to its end, or to where it failed; of one that passed none, unless they are wanted. */
  readonly happenings: readonly Happening[];
  readonly touched: Touched;
  readonly milliseconds: number;
}

export interface PlayParts extends ScenarioParts {
  /** Of which scenarios it is kept what happened: most of what a run holds, and hardly ever shown. Absent: all. */
  readonly keeps?: 'all' | 'failed';
}

/** What came of one scenario, without its place in a file. */
export interface Played extends Omit<ScenarioResult, 'scenario' | 'failed'> {
  readonly failed: (Omit<FailedStep, 'line' | 'column'> & { readonly step: number }) | null;
}

export async function runScenarios(
  scenarios: readonly Scenario[],
  parts: PlayParts,
): Promise<readonly ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  for (const scenario of scenarios) results.push(await runScenario(scenario, parts));
  return results;
}

export async function runScenario(scenario: Scenario, parts: PlayParts): Promise<ScenarioResult> {
  return resultOf(scenario, await playScenario(scenario, parts));
}

export function resultOf(scenario: Scenario, played: Played): ScenarioResult {
  if (played.failed === null) return { ...played, scenario, failed: null };
  const { step, ...failed } = played.failed;
  const [first] = failed.mismatches;
  const place = first === undefined ? scenario.placeOf(step) : scenario.placeOf(step, 'expect', first.about);
  return { ...played, scenario, failed: { ...place, ...failed } };
}

/**
 * Ends at the first expectation that is not met: what follows a wrong turn tells nothing.
 * @throws ClassifierFailed; any other error is what the scenario broke off with.
 */
export async function playScenario(scenario: ScenarioContent, parts: PlayParts): Promise<Played> {
  const started = performance.now();
  const conversation = new Conversation(parts, scenario.given);
  const failed = await firstFailure(scenario, conversation, parts);
  const { happenings } = conversation;
  const { channel = 'email' } = scenario.given;
  return {
    failed,
    happenings: failed === null && parts.keeps === 'failed' ? [] : happenings,
    touched: touchedBy(happenings, (language) => framesOf(parts.policy, { language, channel })),
    milliseconds: performance.now() - started,
  };
}

async function firstFailure(
  { steps }: ScenarioContent,
  conversation: Conversation,
  { policy }: ScenarioParts,
): Promise<Played['failed']> {
  let seen = 0;
  for (const [index, step] of steps.entries()) {
    if ('expect' in step) {
      const since = conversation.happenings.slice(seen);
      const found = mismatches(step.expect, { since, conversation, policy });
      if (found.length > 0) return { step: index, mismatches: found, broken: null };
      seen = conversation.happenings.length;
      continue;
    }
    try {
      conversation.beginStep();
      await takeStep(step, conversation);
    } catch (error) {
      if (error instanceof ClassifierFailed) throw error;
      return { step: index, mismatches: [], broken: error instanceof Error ? error.message : String(error) };
    }
  }
  return null;
}

type Action = Exclude<StepContent, { expect: unknown }>;

async function takeStep(step: Action, conversation: Conversation): Promise<void> {
  if ('customer says' in step) {
    const said = step['customer says'];
    return typeof said === 'object' && 'files' in said
      ? conversation.customerSays([said.text], said.files)
      : conversation.customerSays(listOf(said));
  }
  if ('customer rates' in step) return conversation.customerRates(step['customer rates']);
  if ('agent says' in step) return conversation.agentWrites(step['agent says'], true);
  if ('agent notes' in step) return conversation.agentWrites(step['agent notes'], false);
  if ('agent assigns' in step) return conversation.agentAssigns(step['agent assigns']);
  if ('after' in step) return conversation.pass(durationOf(step.after) ?? 0, step.after);
  if ('shop becomes' in step) return conversation.shopBecomes(step['shop becomes']);
  if ('shop refuses' in step) {
    conversation.shopRefuses(step['shop refuses']);
    return;
  }
  if ('order changes' in step) {
    conversation.orderChanges(step['order changes']);
    return;
  }
  if ('mode becomes' in step) {
    conversation.modeBecomes(step['mode becomes']);
    return;
  }
  const { action, by } = agentAction(step);
  return conversation.agentActs(action, by);
}

type AgentStep = Exclude<
  Action,
  | { 'customer says': unknown }
  | { 'customer rates': unknown }
  | { 'agent says': unknown }
  | { 'agent notes': unknown }
  | { 'agent assigns': unknown }
  | { after: unknown }
  | { 'shop becomes': unknown }
  | { 'shop refuses': unknown }
  | { 'order changes': unknown }
  | { 'mode becomes': unknown }
>;

function agentAction(step: AgentStep): { readonly action: AgentActionName; readonly by: string } {
  if ('agent takes over' in step) return { action: 'take-over', by: step['agent takes over'] };
  if ('agent hands back' in step) return { action: 'hand-back', by: step['agent hands back'] };
  if ('agent approves' in step) return { action: 'approve', by: step['agent approves'] };
  if ('agent rejects' in step) return { action: 'reject', by: step['agent rejects'] };
  if ('agent escalates' in step) return { action: 'escalate', by: step['agent escalates'] };
  if ('agent asks for another reply' in step) {
    return { action: 'reply-again', by: step['agent asks for another reply'] };
  }
  if ('agent closes' in step) return { action: 'close', by: step['agent closes'] };
  return assertNever(step);
}
