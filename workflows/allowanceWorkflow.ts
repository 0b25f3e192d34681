/**
 * A ledger of what was given away, to one customer or on one day: it answers whether more may be, one request
 * after the other, whichever ticket and worker asks. It ends when nothing of it counts any more. Handlers are
 * synchronous and total: no message can stop the ledger.
 */
import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  log,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import {
  giveBackSignal,
  givenQuery,
  leftQuery,
  takeUpdate,
  type AllowanceWorkflowInput,
} from '../src/contracts/messages';
import type { Parsed } from '../src/contracts/parse';
import { parseAllowanceInput, parseGiveBack, parseLeft, parseTake } from '../src/contracts/parseAllowance';
import { giveBack, keysKeptMs, leftOf, take } from '../src/core/orders/moneyLimits';

export async function allowanceWorkflow(input?: unknown): Promise<void> {
  let { given, keptUntil } = readInput(input);
  setHandler(
    defineUpdate<string | null, [unknown]>(takeUpdate),
    (value) => {
      const { wanted, limit } = orRefusal(parseTake(value, Date.now()));
      const taken = take(given, wanted, limit);
      given = taken.given;
      keptUntil = Math.max(keptUntil, Date.now() + Math.max(limit.withinMs, keysKeptMs));
      return taken.why;
    },
    {
      description: 'Takes a gift out of the ledger: null, or why it may not be given',
      validator: (value) => {
        orRefusal(parseTake(value, Date.now()));
      },
    },
  );
  setHandler(
    defineSignal<[unknown]>(giveBackSignal),
    (value) => {
      const parsed = parseGiveBack(value);
      if (!parsed.ok) log.warn(`${giveBackSignal} was not understood: ${parsed.why}`);
      else given = giveBack(given, parsed.value.key, parsed.value.by);
    },
    { description: 'What was taken under this key was not given: {"key": "..."}' },
  );
  setHandler(
    defineQuery<number | null, [unknown]>(leftQuery),
    (value) => {
      const { limit, ...what } = orRefusal(parseLeft(value));
      return leftOf(given, what, limit);
    },
    { description: 'Minor units that may still be given within a limit; null: any' },
  );
  setHandler(defineQuery(givenQuery), () => given, { description: 'What was given, oldest first' });
  // Started together with its first request, which is heard once this waits.
  await condition(() => keptUntil > 0, '1 minute', { summary: 'the first request' });
  for (;;) {
    const until = keptUntil;
    const left = until - Date.now();
    if (left <= 0) return;
    const changed = () => keptUntil !== until || workflowInfo().continueAsNewSuggested;
    await condition(changed, left, { summary: 'until nothing of it counts any more' });
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof allowanceWorkflow>({ given, keptUntil });
    }
  }
}

/** @throws ApplicationFailure with a sentence for whoever sent it. */
function orRefusal<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  throw ApplicationFailure.nonRetryable(parsed.why, 'invalid-message');
}

/**
 * @throws ApplicationFailure: a ledger that was started by hand with something else can only end; the next gift
 *   opens it anew.
 * @throws Error when a run's own ledger was handed on and cannot be read: the task is repeated until a worker can.
 */
function readInput(value: unknown): AllowanceWorkflowInput {
  const parsed = parseAllowanceInput(value);
  if (!parsed.ok && workflowInfo().continuedFromExecutionRunId !== undefined) {
    throw new Error('The ledger was handed on in a form that this worker cannot read.');
  }
  return orRefusal(parsed);
}
