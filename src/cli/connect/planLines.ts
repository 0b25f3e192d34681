/** What `connect` and `disconnect` will do, as people read it before they agree. */
import type { Difference, Step } from '../../helpdesk/zendesk/setup/plan';
import type { FoundPiece, WantedPiece } from '../../helpdesk/zendesk/setup/pieces';

export function planLine(step: Step): string {
  switch (step.type) {
    case 'create':
      return `  create  ${wantedName(step.wanted)}`;
    case 'change':
      return `  change  ${wantedName(step.wanted)}: ${step.differences.map(differenceText).join('; ')}`;
    case 'leave':
      return `  leave   ${wantedName(step.wanted)}`;
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

function wantedName({ kind, name, body }: WantedPiece): string {
  const to = typeof body['endpoint'] === 'string' ? ` to ${body['endpoint']}` : '';
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
