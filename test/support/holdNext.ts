import type { Faults } from '../../src/remote/faults';
import { until } from './until';

export interface Held {
  /** Resolves when it has been asked and waits. */
  readonly asked: () => Promise<void>;
  readonly goOn: () => void;
}

/** The next request to this route, `PUT /api/v2/tickets/*`: it waits until it is told to go on, and people act meanwhile. */
export function holdNext(faults: Faults, route: string): Held {
  const id = faults.add({ route, times: 1, fault: { type: 'delay', ms: 600_000 } });
  const isAsked = () => faults.list().some((rule) => rule.id === id && rule.struck === 1);
  return {
    asked: async () => {
      await until(`${route} to be asked`, () => Promise.resolve(isAsked() || null));
    },
    goOn: () => faults.clear(id),
  };
}
