/** What connecting again would do, told as what is wrong with the connection, each with its mend. */
import { fieldKind } from './fieldPieces';
import type { KeptPiece } from './pieces';
import type { Step } from './plan';

export interface Told {
  /** As people call the desk. */
  readonly title: string;
  /** The command that mends it. */
  readonly again: string;
  /** Fields that are told of elsewhere. */
  readonly passOver?: readonly string[];
  /** What was made before: a policy that was changed since may need more fields. */
  readonly made?: readonly KeptPiece[];
}

/** One sentence each; none: all is as it should be. */
export function driftIn(steps: readonly Step[], told: Told): readonly string[] {
  return steps.flatMap((step) => driftOf(step, told));
}

function driftOf(step: Step, { title, again, passOver = [], made = [] }: Told): readonly string[] {
  const run = `run "${again}"`;
  switch (step.type) {
    // What only people can mend is told where the policy is held against the desk.
    case 'leave':
    case 'keep':
      return [];
    case 'create': {
      const { kind, mark, name } = step.wanted;
      return kind !== fieldKind || made.some((one) => one.kind === kind && one.mark === mark)
        ? [`the ${kind} "${name}" is gone from ${title}: ${run}, it makes a new one`]
        : [`${title} lacks the ${kind} "${name}", which the policy needs: ${run}, it makes it`];
    }
    case 'remove': {
      const { kind, name, id } = step.found;
      return [`the ${kind} "${name}" (${id}) is left over, since ${step.why}: ${run}, it takes it away`];
    }
    case 'change': {
      const { kind, name } = step.wanted;
      return step.differences
        .filter(({ field }) => !passOver.includes(field))
        .map(({ field, from, to, words }) => {
          if (words !== undefined) return `the ${kind} "${name}" ${words}: ${run}`;
          if (field === 'active') return `the ${kind} "${name}" is switched off: ${run}`;
          return field === 'endpoint'
            ? `the ${kind} posts to ${String(from)}, and this Deskhand is at ${String(to)}: ${run}`
            : `the ${kind} "${name}" was changed (${field}): ${run}`;
        });
    }
  }
}
