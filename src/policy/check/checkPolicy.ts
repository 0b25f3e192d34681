/** Everything that can be told of a policy before a customer meets it. */
import type { CustomField } from '../../core/ticket/customField';
import { readPolicy } from '../load/loadPolicy';
import { PolicyError } from '../policyError';
import { findAbsentFacts } from './absentFacts';
import { findSmallAmounts } from './amounts';
import { findChannelGaps } from './channels';
import { findDeedsNotTogether } from './deedsNeverTogether';
import { findStrayExamples, type ClassifierOf } from './examples';
import type { Finding } from './finding';
import {
  findIntentsWithoutRule,
  findTemplateGaps,
  findTooFewIntents,
  findUnknownGroups,
  findUnusedConditions,
} from './names';
import { findUnknownFields } from './fields';
import { findNeverOpen } from './hours';
import { findProofsNotTaken } from './proofs';
import { findUnreachableTiers } from './tiers';
import { findWrongWords } from './templateWords';
import { findPlainAmounts } from './plainAmounts';
import { findUnasked } from './unasked';
import { findUnreachable } from './unreachable';

export interface CheckOptions {
  /** Trains one on examples; null: the policy's are not tried. */
  readonly classifierOf: ClassifierOf | null;
  /** The desk's groups; null: not asked for. */
  readonly groups: readonly string[] | null;
  /** The desk's custom fields; absent: not asked for. */
  readonly fields?: readonly CustomField[];
}

export interface CheckedPolicy {
  /** Null: it cannot be loaded. */
  readonly version: string | null;
  /** In the order of the files and lines. */
  readonly findings: readonly Finding[];
}

export async function checkPolicy(folder: string, options: CheckOptions): Promise<CheckedPolicy> {
  try {
    const read = await readPolicy(folder);
    const { policy, files } = read;
    const findings = [
      ...findUnreachable(policy, files.rules),
      ...findTooFewIntents(read),
      ...findIntentsWithoutRule(read),
      ...findTemplateGaps(read),
      ...findChannelGaps(read),
      ...findUnusedConditions(read),
      ...findAbsentFacts(read),
      ...findProofsNotTaken(read),
      ...findNeverOpen(read, Date.now()),
      ...findUnreachableTiers(read),
      ...findSmallAmounts(read),
      ...findPlainAmounts(read),
      ...findUnasked(read),
      ...findDeedsNotTogether(read),
      ...findWrongWords(read),
      ...(options.groups === null ? [] : findUnknownGroups(read, options.groups)),
      ...(options.fields === undefined ? [] : findUnknownFields(read, options.fields)),
      ...(options.classifierOf === null ? [] : await findStrayExamples(read, options.classifierOf)),
    ];
    return { version: policy.version, findings: findings.toSorted(byPlace) };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const findings = error.mistakes.map((mistake): Finding => ({
      ...mistake,
      severity: 'error',
      kind: 'mistake',
    }));
    return { version: null, findings };
  }
}

function byPlace(a: Finding, b: Finding): number {
  return a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column;
}
