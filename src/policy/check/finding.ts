import type { Mistake } from '../policyError';

export type Severity = 'error' | 'warning';

/** Something that a policy can be loaded with, and should not be used with (error), or should be looked at (warning). */
export interface Finding extends Mistake {
  readonly severity: Severity;
  /** Stable, for scripts: `unreachable-rule`. */
  readonly kind:
    | 'mistake'
    | 'unreachable-rule'
    | 'intent-without-rule'
    | 'example-of-another-intent'
    | 'missing-translation'
    | 'unused-template'
    | 'unused-condition'
    | 'absent-fact'
    | 'unknown-group';
}
