/** What `connect` and `disconnect` will do, as people read it before they agree. */
import type { Difference, Step } from '../../helpdesk/setup/plan';
import type { FoundPiece, WantedPiece } from '../../helpdesk/setup/pieces';

export function planLine(step: Step): string {
  switch (step.type) {
    case 'create':
      return `  create  ${wantedName(step.wanted)}`;
    case 'change': {
      const whose = step.isTakenOver === true ? ', which somebody else made and Deskhand takes over' : '';
      return `  change  ${wantedName(step.wanted)}${whose}: ${step.differences.map(differenceText).join('; ')}`;
    }
    case 'leave': {
      const whose = step.isTheirs === true ? ', which somebody else made and serves as well' : '';
      return `  leave   ${wantedName(step.wanted)}${whose}`;
    }
    case 'remove':
      return `  remove  ${foundName(step.found)}: ${step.why}`;
  }
}

/** What was done, in a few words. */
export function doneLine(step: Step): string {
  switch (step.type) {
    case 'create':
      return `created ${wantedName(step.wanted)}`;
    case 'change':
      return `changed ${wantedName(step.wanted)}`;
    case 'leave':
      return `left ${wantedName(step.wanted)}`;
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

function differenceText({ field, from, to }: Difference): string {
  if (Array.isArray(to) && to.every((one) => typeof one === 'string')) {
    const there: readonly unknown[] = Array.isArray(from) ? from : [];
    const missing = to.filter((one) => !there.includes(one)).length;
    const tooMany = there.filter((one) => !to.some((other) => other === one)).length;
    return `${field}: ${missing} missing, ${tooMany} too many`;
  }
  const isPlain = [from, to].every((value) => typeof value !== 'object');
  return isPlain ? `${field} is ${String(from)}, shall be ${String(to)}` : `${field} was changed`;
}
