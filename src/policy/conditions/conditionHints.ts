/** What a text that is no condition was meant to be, told by how other languages write it. */

/** Each with what it means in a text without its quoted words. */
const hints: readonly (readonly [RegExp, string])[] = [
  [/(?<![=!<>])=(?![=])/, 'Equal is written "=="'],
  [/\b(?:and|or|not)\b/i, '"and" is written "&&", "or" is "||" and "not" is "!"'],
  [
    /[+-]\s*\d+\s*(?:d|h|m|w|days?|hours?|weeks?)\b|(?:today|On)\s*[+-]\s*\d/,
    'Nothing can be added to a date: compare it with another, or ask order.late',
  ],
  [
    /\b(?:signals|items|tags|can|notFound|thisOrder|anyOrder)\.(?:contains|startsWith|endsWith)\(/,
    'A list is asked with "in", as "vip" in ticket.tags, and its texts as order.items.exists(item, item.contains("Mug"))',
  ],
  [
    /[\w)]\s+(?:contains|startsWith|endsWith)\b/,
    'What a text holds is asked as message.text.contains("mug")',
  ],
];

/** @param source - what was written; @returns sentences without the last full stop. */
export function conditionHint(source: string): string {
  const unquoted = source.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
  const fitting = hints.flatMap(([pattern, hint]) => (pattern.test(unquoted) ? [hint] : []));
  return fitting.length === 0 ? 'Text stands in quotes, numbers do not' : fitting.join('. ');
}
