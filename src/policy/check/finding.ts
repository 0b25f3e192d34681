import type { Mistake } from '../policyError';

/** Something that a policy can be loaded with, and should not be used with (error), or should be looked at (warning). */
export interface Finding extends Mistake {
  readonly severity: 'error' | 'warning';
  /** Stable, for scripts: `unreachable-rule`. */
  readonly kind:
    | 'mistake'
    | 'unreachable-rule'
    | 'unreachable-tier'
    | 'intent-without-rule'
    | 'too-few-intents'
    | 'example-of-another-intent'
    | 'missing-translation'
    | 'missing-variant'
    | 'too-long'
    | 'unused-template'
    | 'unused-condition'
    | 'absent-fact'
    | 'proof-not-taken'
    | 'never-open'
    | 'small-amount'
    | 'plain-amount'
    | 'unasked-action'
    | 'deeds-not-together'
    | 'wrong-word'
    | 'unknown-group'
    | 'unknown-field';
}
