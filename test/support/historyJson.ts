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
  return `${JSON.stringify(plain, null, 1)}\n`;
}

export function historyFromJson(json: string): History {
  const plain: unknown = JSON.parse(json);
  if (typeof plain !== 'object' || plain === null) throw new Error('not a history');
  return History.fromObject(plain);
}
