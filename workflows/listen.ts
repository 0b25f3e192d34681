/**
 * Takes messages in the order in which they came. What reaches a run before its first task waits in the SDK, and
 * `setHandler` would take it out name by name: a hand-back that came first after a take-over that came second. The
 * server tells no order between signals and updates of one task: signals are first, as in the SDK.
 */
import {
  ApplicationFailure,
  currentUpdateInfo,
  defineSignal,
  defineUpdate,
  log,
  patched,
  setDefaultSignalHandler,
  setDefaultUpdateHandler,
  setHandler,
} from '@temporalio/workflow';

/** A message by its name. Handlers change the state at once; what an update answers may come later. */
export interface Message {
  readonly name: string;
  readonly description: string;
  readonly onSignal: (value: unknown) => void;
  readonly onUpdate?: {
    /** @throws ApplicationFailure: it is refused. */
    readonly validate: (value: unknown, updateId: string) => void;
    readonly take: (value: unknown, updateId: string) => unknown;
  };
}

interface Waiting {
  readonly name: string;
  readonly kind: 'signal' | 'update';
  readonly take: () => void;
}

export function listen(messages: readonly Message[]): void {
  const waiting = gather(messages);
  messages.forEach(register);
  for (const { take } of inOrder(waiting, messages)) take();
}

function register({ name, description, onSignal, onUpdate }: Message): void {
  setHandler(defineSignal<[unknown]>(name), onSignal, { description });
  if (onUpdate === undefined) return;
  setHandler(defineUpdate<unknown, [unknown]>(name), (value) => onUpdate.take(value, updateId()), {
    description,
    validator: (value) => onUpdate.validate(value, updateId()),
  });
}

/** Handlers for any name take out what waits as it came. */
function gather(messages: readonly Message[]): readonly Waiting[] {
  const known = new Map(messages.map((message) => [message.name, message]));
  const waiting: Waiting[] = [];
  skippingReserved(() =>
    setDefaultSignalHandler((name, value) => {
      const message = known.get(name);
      if (message === undefined) log.warn('a signal of a name that is not known here was passed over');
      else waiting.push({ name, kind: 'signal', take: () => message.onSignal(value) });
    }),
  );
  skippingReserved(() =>
    setDefaultUpdateHandler((name, value) => {
      const onUpdate = known.get(name)?.onUpdate;
      if (onUpdate === undefined) {
        throw ApplicationFailure.nonRetryable(`update ${name} is not known here`, 'invalid-message');
      }
      const id = updateId();
      return new Promise((resolve) => {
        const answer = (): Promise<unknown> =>
          new Promise((taken) => {
            onUpdate.validate(value, id);
            taken(onUpdate.take(value, id));
          });
        waiting.push({ name, kind: 'update', take: () => resolve(answer()) });
      });
    }),
  );
  setDefaultSignalHandler(undefined);
  setDefaultUpdateHandler(undefined);
  return waiting;
}

/** A name with Temporal's own prefix makes the SDK throw, once it is out of the line: the others are still in it. */
function skippingReserved(takeAll: () => void): void {
  for (;;) {
    try {
      takeAll();
      return;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

function inOrder(waiting: readonly Waiting[], messages: readonly Message[]): readonly Waiting[] {
  const isOneKind = new Set(waiting.map(({ name, kind }) => `${kind} ${name}`)).size < 2;
  if (isOneKind || patched('in-order-of-arrival')) return waiting;
  // Until 0.2.0; open tickets go on as they began.
  const placeOf = ({ name, kind }: Waiting): number =>
    2 * messages.findIndex((message) => message.name === name) + (kind === 'signal' ? 0 : 1);
  return [...waiting].sort((one, other) => placeOf(one) - placeOf(other));
}

function updateId(): string {
  return currentUpdateInfo()?.id ?? '';
}
