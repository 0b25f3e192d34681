import type { Faults } from '../../src/remote/faults';
import { until } from './until';

export interface Held {
  /** Resolves when it has been asked and waits. */
  readonly asked: () => Promise<void>;
  readonly goOn: () => void;
}

/** The next request to this route, `PUT /api/v2/tickets/*`: it waits until it is told to go on, and people act meanwhile. */
export function holdNext(faults: Faults, route: string): Held {
  return hold(faults, route, { times: 1 });
}

/** The same for all to this route: also one that is repeated because the first got no answer in time. */
export function holdAll(faults: Faults, route: string): Held {
  return hold(faults, route, {});
}

function hold(faults: Faults, route: string, times: { readonly times?: number }): Held {
  const id = faults.add({ route, ...times, fault: { type: 'delay', ms: 600_000 } });
  const isAsked = () => faults.list().some((rule) => rule.id === id && rule.struck > 0);
  return {
    asked: async () => {
      await until(`${route} to be asked`, () => Promise.resolve(isAsked() || null));
    },
    goOn: () => faults.clear(id),
  };
}
