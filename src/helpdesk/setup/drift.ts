/** What connecting again would do, told as what is wrong with the connection, each with its mend. */
import type { Step } from './plan';

interface Told {
  /** As people call the desk. */
  readonly title: string;
  /** The command that mends it. */
  readonly again: string;
  /** Fields that are told of elsewhere. */
  readonly passOver?: readonly string[];
}

/** One sentence each; none: all is as it should be. */
export function driftIn(steps: readonly Step[], told: Told): readonly string[] {
  return steps.flatMap((step) => driftOf(step, told));
}

function driftOf(step: Step, { title, again, passOver = [] }: Told): readonly string[] {
  const run = `run "${again}"`;
  switch (step.type) {
    case 'leave':
      return [];
    case 'create':
      return [
        `the ${step.wanted.kind} "${step.wanted.name}" is gone from ${title}: ${run}, it makes a new one`,
      ];
    case 'remove': {
      const { kind, name, id } = step.found;
      return [`the ${kind} "${name}" (${id}) is left over, since ${step.why}: ${run}, it takes it away`];
    }
    case 'change': {
      const { kind, name } = step.wanted;
      return step.differences
        .filter(({ field }) => !passOver.includes(field))
        .map(({ field, from, to }) => {
          if (field === 'active') return `the ${kind} "${name}" is switched off: ${run}`;
          return field === 'endpoint'
            ? `the ${kind} posts to ${String(from)}, and this Deskhand is at ${String(to)}: ${run}`
            : `the ${kind} "${name}" was changed (${field}): ${run}`;
        });
    }
  }
}
