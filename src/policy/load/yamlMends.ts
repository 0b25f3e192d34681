/** What is wrong with a text that is no YAML, in words for who wrote it, with the mend. */

interface Problem {
  readonly code: string;
  readonly message: string;
  /** Where it stands: from, to. */
  readonly pos: readonly [number, number];
}

/** Each of them stands for itself; of the others the first one explains those behind it. */
const independent: readonly string[] = ['TAB_AS_INDENT', 'DUPLICATE_KEY'];

/** @param problems - of one file, as the parser tells them, in their order. */
export function mendsOfYaml(
  problems: readonly Problem[],
): readonly { readonly offset: number; readonly message: string }[] {
  const first = problems.find(({ code }) => !independent.includes(code));
  return problems
    .filter((problem) => problem === first || independent.includes(problem.code))
    .map((problem) => ({ offset: problem.pos[0], message: mendOf(problem, problems) }));
}

const columns =
  'stands in another column than the lines it belongs to. Begin the lines of one group, and the entries of one list, in the same column.';

function mendOf(problem: Problem, all: readonly Problem[]): string {
  const { code, message } = problem;
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'is indented with a tab. YAML allows only spaces: replace the tab by two spaces.';
    case 'DUPLICATE_KEY':
      return 'is a key that stands here a second time. Keep one of them.';
    case 'BLOCK_AS_IMPLICIT_KEY': {
      const goesOn = all.some((other) => other.code === 'MULTILINE_IMPLICIT_KEY');
      return message.startsWith('Nested') && !goesOn
        ? 'is a text with a colon in it. Put the whole text in quotes, such as why: "Two things: this and that".'
        : columns;
    }
    case 'BAD_SCALAR_START':
      return `is a text that YAML reads as something else: ${message}. Put the whole text in quotes.`;
    case 'TAG_RESOLVE_FAILED':
      return signMend('!');
    case 'UNEXPECTED_TOKEN':
      if (message.startsWith('Block scalar header')) {
        return 'goes on in the same line behind "|" or ">", which begins a text in the lines below. Put the whole text in quotes.';
      }
      if (message === 'Unexpected scalar at node end') {
        return 'is a text that goes on behind its closing quotation mark. Put the whole text in single quotes, such as when: \'"safety" in signals\'.';
      }
      return otherMend(message);
    default:
      return otherMend(message);
  }
}

/** Not quoted: where a secret was written, it may be one. */
export function signMend(sign: '!' | '*'): string {
  return `begins with "${sign}", which means something else in YAML than itself. Put the whole text in quotes.`;
}

function otherMend(message: string): string {
  return /same column|- indicator|seq-item-ind/.test(message) ? columns : `is not valid YAML: ${message}`;
}
