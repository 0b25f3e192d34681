import type { Settings } from '../config/settings';
import type { TemporalTarget } from '../temporal/connection';

/** Where a Temporal server usually is on this machine: its own default, and that of `temporal server start-dev`. */
const usualTemporalAddress = '127.0.0.1:7233';

export function temporalTarget({ temporal }: Pick<Settings, 'temporal'>): TemporalTarget {
  return { address: temporal.address ?? usualTemporalAddress, namespace: temporal.namespace };
}
