/** Workflow histories as files: JSON, so that a reviewer can read what an open ticket looks like. */
import { temporal } from '@temporalio/proto';

const { History } = temporal.api.history.v1;
export type History = temporal.api.history.v1.IHistory;

export function historyToJson(history: History): string {
  const plain = History.toObject(History.fromObject(history), {
    longs: String,
    enums: String,
    bytes: String,
  });
  return `${JSON.stringify(plain, withoutMachine, 1)}\n`;
}

/** Stacks and identities tell of the machine that recorded, and nothing of the ticket. */
function withoutMachine(key: string, value: unknown): unknown {
  return key === 'stackTrace' || key === 'identity' ? '' : value;
}

export function historyFromJson(json: string): History {
  const plain: unknown = JSON.parse(json);
  if (typeof plain !== 'object' || plain === null) throw new Error('not a history');
  return History.fromObject(plain);
}
