/**
 * An account of what was given away, to one customer or on one day: it answers whether more may be, one request
 * after the other, whichever ticket and worker asks. It ends when nothing of it counts any more.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  defineUpdate,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import {
  giveBackSignal,
  takeUpdate,
  type AllowanceWorkflowInput,
  type TakeRequest,
} from '../src/contracts/messages';
import { giveBack, take } from '../src/core/moneyLimits';

export async function allowanceWorkflow(input: AllowanceWorkflowInput): Promise<void> {
  let { given, keptUntil } = input;
  setHandler(defineUpdate<string | null, [TakeRequest]>(takeUpdate), ({ key, amount, limit }) => {
    const at = Date.now();
    const taken = take(given, { key, at, amount }, limit);
    given = taken.given;
    keptUntil = Math.max(keptUntil, at + limit.withinMs);
    return taken.why;
  });
  setHandler(defineSignal<[string]>(giveBackSignal), (key) => {
    given = giveBack(given, key);
  });
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
