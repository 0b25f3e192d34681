/** What is not done since a stricter mode holds now than when it was decided. */
import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { FailureKind } from '../src/core/failure';
import type { Mode } from '../src/core/modes/mode';

export function modeForbids(mode: Mode): ApplicationFailure {
  return ApplicationFailure.create({
    message: `the mode is ${mode} now`,
    type: 'mode-forbids' satisfies FailureKind,
    nonRetryable: true,
    details: [activityInfo().attempt],
    category: ApplicationFailureCategory.BENIGN,
  });
}
