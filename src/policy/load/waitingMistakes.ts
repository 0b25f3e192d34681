/** `wait` and `follow-up` in a rule: which words to the customer each belongs to, and what makes no sense. */
import type { ActionContent } from '../schema';

export interface WaitingMistake {
  /** Of the action in its rule. */
  readonly index: number;
  /** For whoever wrote the rule: what is wrong, and the mend. */
  readonly message: string;
}

export function waitingMistakes(actions: readonly ActionContent[]): readonly WaitingMistake[] {
  return actions.flatMap((action, index): readonly WaitingMistake[] => {
    const name = 'follow-up' in action ? 'follow-up' : 'wait' in action ? 'wait' : null;
    if (name === null) return [];
    const words = wordsAt(actions, index);
    const message = name === 'wait' ? wrongWait(actions, index, words) : wrongFollowUp(actions, index, words);
    return message === null ? [] : [{ index, message }];
  });
}

/** The next ask, confirm or reply; behind the last of them, the reply before. -1: none. */
function wordsAt(actions: readonly ActionContent[], index: number): number {
  const next = actions.findIndex((action, other) => other > index && speaks(action));
  return next === -1 ? actions.findIndex((action) => 'reply' in action) : next;
}

function speaks(action: ActionContent): boolean {
  return 'ask' in action || 'confirm' in action || 'reply' in action;
}

function wrongWait(actions: readonly ActionContent[], index: number, words: number): string | null {
  const asks = words !== -1 && !isReply(actions, words);
  if (!asks && endsOtherwise(actions)) {
    return 'waits for the customer, and the rule hands the ticket over or solves it. Remove "wait"';
  }
  const isAnother = (action: ActionContent, other: number) =>
    other < index && 'wait' in action && wordsAt(actions, other) === words;
  return actions.some(isAnother) ? 'waits a second time. Keep one "wait"' : null;
}

function wrongFollowUp(actions: readonly ActionContent[], index: number, words: number): string | null {
  if (words === -1) {
    return 'follows up on nothing. Put "follow-up" before the ask, confirm or reply that it belongs to';
  }
  if (isReply(actions, words) && endsOtherwise(actions)) {
    return 'follows up on a reply, and the rule hands the ticket over or solves it. Remove "follow-up"';
  }
  const same = actions.filter((_, other) => wordsAt(actions, other) === words);
  const followUps = same.flatMap((action) => ('follow-up' in action ? [action['follow-up']] : []));
  const first = same.find((action) => 'follow-up' in action) === actions[index];
  if (followUps.length > mostFollowUps && first) {
    return `is followed up ${followUps.length} times. At most ${mostFollowUps}: more is a nuisance`;
  }
  if (followUps.slice(0, -1).some(({ then }) => then === 'close') && first) {
    return 'is followed up after the ticket was solved. Only the last "follow-up" may have then: close';
  }
  return null;
}

const mostFollowUps = 3;

function isReply(actions: readonly ActionContent[], index: number): boolean {
  const action = actions[index];
  return action !== undefined && 'reply' in action;
}

/** Once all was asked, the customer is not who is waited for. */
function endsOtherwise(actions: readonly ActionContent[]): boolean {
  return actions.some(
    (action) =>
      'hand-off' in action ||
      'close' in action ||
      ('set-status' in action && action['set-status'] === 'solved'),
  );
}
