/** What `connect` and `disconnect` will do, as people read it before they agree. */
import type { Difference, FoundPiece, WantedPiece } from '../../helpdesk/setup/pieces';
import type { Step } from '../../helpdesk/setup/plan';

export function planLine(step: Step): string {
  switch (step.type) {
    case 'create': {
      const { what } = step.wanted;
      return `  create  ${wantedName(step.wanted)}${what === undefined ? '' : ` (${what})`}`;
    }
    case 'change': {
      const whose = step.isTakenOver === true ? ', which somebody else made and Deskhand takes over' : '';
      const changes = step.differences.map(differenceText).join('; ');
      return `  change  ${wantedName(step.wanted)}${whose}: ${changes}${lackLines(step)}`;
    }
    case 'leave': {
      const isLent = step.wanted.heldAgainst !== undefined;
      const how = isLent
        ? ', which somebody else made, as it is'
        : ', which somebody else made and serves as well';
      return `  leave   ${wantedName(step.wanted)}${step.isTheirs === true ? how : ''}${lackLines(step)}`;
    }
    case 'keep':
      return `  keep    ${foundName(step.found)}: ${step.why}`;
    case 'remove':
      return `  remove  ${foundName(step.found)}: ${step.why}`;
  }
}

/** What people have to mend themselves, below it. */
function lackLines({
  wanted,
  lacks = [],
}: Pick<Extract<Step, { type: 'leave' }>, 'wanted' | 'lacks'>): string {
  return lacks.map((lack) => `\n  note    ${wantedName(wanted)} ${lack}`).join('');
}

/** What was done, in a few words. */
export function doneLine(step: Exclude<Step, { type: 'leave' | 'keep' }>): string {
  switch (step.type) {
    case 'create':
      return `created ${wantedName(step.wanted)}`;
    case 'change':
      return `changed ${wantedName(step.wanted)}`;
    case 'remove':
      return `removed ${foundName(step.found)}`;
  }
}

function wantedName({ kind, name, shows }: WantedPiece): string {
  const to = typeof shows['endpoint'] === 'string' ? ` to ${shows['endpoint']}` : '';
  return `${kind} "${name}"${to}`;
}

function foundName({ kind, name, id }: FoundPiece): string {
  return `${kind} "${name}" (${id})`;
}

function differenceText({ field, from, to, words }: Difference): string {
  if (words !== undefined) return `it ${words}`;
  if (Array.isArray(to) && to.every((one) => typeof one === 'string')) {
    const there: readonly unknown[] = Array.isArray(from) ? from : [];
    const missing = to.filter((one) => !there.includes(one)).length;
    const tooMany = there.filter((one) => !to.some((other) => other === one)).length;
    return `${field}: ${missing} missing, ${tooMany} too many`;
  }
  const isPlain = [from, to].every((value) => typeof value !== 'object');
  return isPlain ? `${field} is ${String(from)}, shall be ${String(to)}` : `${field} was changed`;
}
