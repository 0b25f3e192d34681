/** A difference between two versions, for people. */
import type { Change, Detail, PolicyDiff } from './diff';

const signs: Readonly<Record<Change['kind'], string>> = {
  added: '+',
  removed: '-',
  changed: '~',
  moved: '>',
  renamed: '=',
};

/** Lines; of two versions that say the same, one sentence. */
export function diffText(diff: PolicyDiff): readonly string[] {
  const groups = [
    group('Rules', diff.rules.flatMap(changeLines)),
    group('Templates', diff.templates.flatMap(changeLines)),
    group('Intents', diff.intents.flatMap(changeLines)),
    group(
      'Settings',
      diff.settings.flatMap((detail) => detailLines(detail, '  ')),
    ),
  ].flat();
  const head = `${diff.from} -> ${diff.to}`;
  if (groups.length > 0) return [head, ...groups];
  return [diff.from === diff.to ? `${head}: the same version` : `${head}: no difference in what they say`];
}

/** `2 rules changed, 1 template added`. */
export function diffSummary(diff: PolicyDiff): string {
  const parts = [
    ...counts('rule', diff.rules),
    ...counts('template', diff.templates),
    ...counts('intent', diff.intents),
    ...(diff.settings.length === 0 ? [] : [`${plural(diff.settings.length, 'setting')} changed`]),
  ];
  return parts.length === 0 ? 'nothing changed' : parts.join(', ');
}

function counts(noun: string, changes: readonly Change[]): readonly string[] {
  const kinds = Object.keys(signs).map((kind) => ({
    kind,
    count: changes.filter((change) => change.kind === kind).length,
  }));
  return kinds.filter(({ count }) => count > 0).map(({ kind, count }) => `${plural(count, noun)} ${kind}`);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function group(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function changeLines({ kind, name, where, details }: Change): readonly string[] {
  const place = where === '' ? '' : ` (${where})`;
  return [
    `  ${signs[kind]} ${name} ${kind}${place}`,
    ...details.flatMap((one) => detailLines(one, '      ')),
  ];
}

/** Short ones in a line; long ones one above the other. */
function detailLines({ part, before, after }: Detail, indent: string): readonly string[] {
  const [was = ''] = before;
  const [is = ''] = after;
  if (before.length <= 1 && after.length <= 1 && was.length + is.length <= 80) {
    if (before.length === 0) return [`${indent}${part}: ${is}`];
    return [`${indent}${part}: ${was} -> ${after.length === 0 ? '(nothing)' : is}`];
  }
  return [
    `${indent}${part}:`,
    ...before.map((line) => `${indent}  - ${line}`),
    ...after.map((line) => `${indent}  + ${line}`),
  ];
}
