/**
 * The switch of modes of one desk account. Its positions stand in the workflow's memo, which Temporal tells without a
 * worker and without counting an Action: every worker asks there before it does something. Handlers are synchronous and
 * total; a cancel request turns nothing, and is not followed.
 */
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  defineQuery,
  defineUpdate,
  makeContinueAsNewFunc,
  setCurrentDetails,
  setHandler,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import { modesMemo, modesQuery, setModeUpdate, type ModesWorkflowInput } from '../src/contracts/messages';
import { isReadableObject, type Parsed } from '../src/contracts/parse';
import { parseSetMode, parseSwitchedModes } from '../src/contracts/parseModes';
import {
  switchMode,
  switchRefusal,
  type ModeChange,
  type SwitchedMode,
  type SwitchedModes,
} from '../src/core/modes/modeSwitch';

export async function modesWorkflow(input?: unknown): Promise<void> {
  let switched = readInput(input);
  keep(switched);
  setHandler(
    defineUpdate<SwitchedModes, [unknown]>(setModeUpdate),
    (value) => {
      switched = switchMode(switched, changeOf(switched, value), Date.now());
      keep(switched);
      return switched;
    },
    {
      description: 'Turns the switch: {"mode": "draft", "by": "maria", "intent": "refund"}',
      validator: (value) => {
        changeOf(switched, value);
      },
    },
  );
  setHandler(defineQuery(modesQuery), () => switched, { description: 'How the switch stands' });
  await CancellationScope.nonCancellable(async () => {
    await condition(() => workflowInfo().continueAsNewSuggested);
    await condition(allHandlersFinished);
    // Told along, so that there is no moment in which nobody could read it.
    const goOn = makeContinueAsNewFunc<typeof modesWorkflow>({ memo: { [modesMemo]: switched } });
    await goOn({ switched } satisfies ModesWorkflowInput);
  });
}

function keep(switched: SwitchedModes): void {
  upsertMemo({ [modesMemo]: switched });
  setCurrentDetails(details(switched));
}

function details({ company, intents }: SwitchedModes): string {
  const line = (what: string, { mode, by, reason, at }: SwitchedMode): string =>
    `- ${what}: **${mode}**, by ${by} at ${new Date(at).toISOString()}${reason === null ? '' : `: ${reason}`}`;
  return [
    company === null ? '- the company: not switched' : line('the company', company),
    ...Object.entries(intents).map(([intent, own]) => line(intent, own)),
  ].join('\n');
}

/** @throws ApplicationFailure with a sentence for whoever sent it. */
function changeOf(switched: SwitchedModes, value: unknown): ModeChange {
  const change = orRefusal(parseSetMode(value));
  const refused = switchRefusal(switched, change);
  if (refused !== null) throw ApplicationFailure.nonRetryable(refused, 'refused');
  return change;
}

function orRefusal<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  throw ApplicationFailure.nonRetryable(parsed.why, 'invalid-message');
}

/**
 * @throws ApplicationFailure: one that was started by hand with something else can only end; the next turn of the
 *   switch starts it anew.
 * @throws Error when a run's own switch was handed on and cannot be read: the task is repeated until a worker can.
 */
function readInput(input: unknown): SwitchedModes {
  const parsed = parseSwitchedModes(isReadableObject(input) ? input['switched'] : input);
  if (!parsed.ok && workflowInfo().continuedFromExecutionRunId !== undefined) {
    throw new Error('The switch was handed on in a form that this worker cannot read.');
  }
  return orRefusal(parsed);
}
