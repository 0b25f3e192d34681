/** What is done while the customer stays silent after a reply: as its rule says, else as the policy does for all. */
import type { Wait } from '../../core/hours/wait';
import type { PlannedAction } from '../../core/policy/plan';
import type { DefaultFollowUp, LoadedPolicy } from '../policy';
import { speak, type ReplyOf, type SpokenPart } from '../templates/speak';
import { isLiquidError, templateView } from '../templates/templates';
import { firstLine } from './chooseRule';
import { listenerOf, type Answer } from './answerMatter';

interface Spoken extends Wait {
  readonly said: SpokenPart;
  readonly close: boolean;
}

/**
 * One matter's follow-ups are enough for one reply: the first one's. The longest wait counts. A rule that has either
 * says it all; the policy's own are for replies of rules that have neither.
 * @param done - all that the plan does beside its reply, which there is.
 * @param asks - a question is open after it, whether or not it is put again.
 */
export function waitingOf(
  policy: LoadedPolicy,
  replyOf: ReplyOf,
  answers: readonly [Answer, ...Answer[]],
  done: readonly PlannedAction[],
  asks: boolean,
): readonly PlannedAction[] {
  if (done.some(({ type }) => type === 'hand-off') || setsStatus(done, ['solved'])) return [];
  const waits = answers.map(({ waiting: { letGo } }) => letGo).filter((letGo) => letGo !== null);
  const longest = waits.toSorted((a, b) => b.afterMs - a.afterMs)[0];
  const own = answers.find(({ waiting }) => waiting.followUps.length > 0)?.waiting.followUps;
  if (own === undefined && longest === undefined) return asForAll(policy, replyOf, answers, done, asks);
  return [...(longest === undefined ? [] : [waitAction(longest)]), ...followUps(replyOf, own ?? [])];
}

/** Not where the rule leaves the ticket in the team's queues: then it is not the customer who is waited for. */
function asForAll(
  policy: LoadedPolicy,
  replyOf: ReplyOf,
  answers: readonly [Answer, ...Answer[]],
  done: readonly PlannedAction[],
  asks: boolean,
): readonly PlannedAction[] {
  if (setsStatus(done, ['open', 'hold'])) return [];
  const wanted = asks ? policy.silence.afterQuestion : policy.silence.afterAnswer;
  try {
    return followUps(
      replyOf,
      wanted.map((followUp) => spoken(policy, answers[0], followUp)),
    );
  } catch (error) {
    // A fact that is absent. The reply is sound, and goes out; anything else is a defect, and not to be passed over.
    if (!isLiquidError(error)) throw error;
    const text = `Nothing is written while the customer is silent: what policy.yaml says under "silence" could not be written (${firstLine(error)}).`;
    return [{ type: 'note', text }];
  }
}

function spoken(
  policy: LoadedPolicy,
  { facts, said }: Answer,
  { template, close, ...wait }: DefaultFollowUp,
): Spoken {
  const view = templateView(facts, policy.shop, null);
  const listener = listenerOf(facts);
  const heard = said === null ? listener : { ...listener, language: said.language };
  return { ...wait, close, said: speak(policy, heard, view, template) };
}

function followUps(replyOf: ReplyOf, wanted: readonly Spoken[]): readonly PlannedAction[] {
  return wanted.map(({ said, ...followUp }) => {
    const reply = replyOf([said]);
    return { ...reply, ...followUp, type: 'follow-up' } as const;
  });
}

function waitAction({ afterMs: ms, ...counted }: Wait): PlannedAction {
  return { type: 'wait', ms, ...counted };
}

function setsStatus(done: readonly PlannedAction[], statuses: readonly string[]): boolean {
  return done.some((action) => action.type === 'set-status' && statuses.includes(action.status));
}
