/** The switch of modes as the API shows and turns it. */
import type { Client } from '@temporalio/client';
import type { SetModeMessage } from '../contracts/messages';
import type { SwitchedModes } from '../core/modes/modeSwitch';
import type { TicketRef } from '../core/ticket/ticket';
import { RemoteFailure } from '../remote/failures';
import { readSwitch, turnSwitch } from '../temporal/modeSwitch';
import { invalid, Problem } from './problems';
import { problemOf } from './tickets';

export interface ModeRoutes {
  read(): Promise<SwitchedModes>;
  /** Resolves once it holds. */
  turn(message: SetModeMessage): Promise<SwitchedModes>;
}

/** Every method throws `Problem` on what Temporal or the worker does. */
export function createModes(
  client: Client,
  desk: Omit<TicketRef, 'ticketId'>,
  answerWithinMs: number,
  intentRefusal: (intent: string) => Promise<string | null> = () => Promise.resolve(null),
): ModeRoutes {
  async function ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await client.withDeadline(Date.now() + answerWithinMs, call);
    } catch (error) {
      if (error instanceof RemoteFailure) throw new Problem(503, 'temporal-unavailable', `${error.message}.`);
      throw problemOf(error, null);
    }
  }
  return {
    read: () => ask(() => readSwitch(client, desk)),
    turn: async (message) => {
      const { intent, mode } = message;
      // One that only an older version of the policy has can still be set free.
      const refused = typeof intent === 'string' && mode !== 'auto' ? await intentRefusal(intent) : null;
      if (refused !== null) throw invalid([{ path: 'body.intent', message: refused, found: `"${intent}"` }]);
      return ask(() => turnSwitch(client, desk, message));
    },
  };
}
