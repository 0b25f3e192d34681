/** The switch of modes as the API shows and turns it. */
import type { Client } from '@temporalio/client';
import type { SetModeMessage } from '../contracts/messages';
import type { SwitchedModes } from '../core/modes/modeSwitch';
import { RemoteFailure } from '../remote/failures';
import { readSwitch, turnSwitch } from '../temporal/modeSwitch';
import type { ServedAccount } from './accounts';
import { invalid, Problem } from './problems';
import { problemOf } from './tickets';

export interface ModeRoutes {
  read(account: ServedAccount): Promise<SwitchedModes>;
  /** Resolves once it holds. */
  turn(account: ServedAccount, message: SetModeMessage): Promise<SwitchedModes>;
}

/** Every method throws `Problem` on what Temporal or the worker does. */
export function createModes(client: Client, answerWithinMs: number): ModeRoutes {
  async function ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await client.withDeadline(Date.now() + answerWithinMs, call);
    } catch (error) {
      if (error instanceof RemoteFailure) throw new Problem(503, 'temporal-unavailable', `${error.message}.`);
      throw problemOf(error, null);
    }
  }
  return {
    read: (account) => ask(() => readSwitch(client, account)),
    turn: async (account, message) => {
      const { intent, mode } = message;
      // One that only an older version of the policy has can still be set free.
      const refused =
        typeof intent === 'string' && mode !== 'auto'
          ? ((await account.intentRefusal?.(intent)) ?? null)
          : null;
      if (refused !== null) throw invalid([{ path: 'body.intent', message: refused, found: `"${intent}"` }]);
      return ask(() => turnSwitch(client, account, message));
    },
  };
}
