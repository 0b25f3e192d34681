/** How short a template's text can get: reads it tag by tag, as it is written. */

interface Block {
  readonly tag: string;
  /** Of the branches that have come to an end. */
  readonly branches: number[];
  length: number;
  /** One of its branches is said, whatever the facts are. */
  isWhole: boolean;
}

const tagOrPrint = /\{%-?\s*(\w*)[^]*?%\}|\{\{[^]*?\}\}/g;
const begin: readonly string[] = ['if', 'unless', 'case', 'for', 'comment'];

/** Characters, those that are written whatever the facts are: never more than it comes to. */
export function leastLength(source: string): number {
  const outermost = blockOf('');
  const open = [outermost];
  let read = 0;
  for (const { index, 0: whole, 1: tag } of source.matchAll(tagOrPrint)) {
    const block = open.at(-1) ?? outermost;
    block.length += lengthOf(source.slice(read, index));
    read = index + whole.length;
    if (tag === undefined) block.length += 1;
    else if (begin.includes(tag)) open.push(blockOf(tag));
    else if (tag === 'elsif' || tag === 'else' || tag === 'when') nextBranch(block, tag);
    else if (tag.startsWith('end') && open.length > 1) {
      open.pop();
      (open.at(-1) ?? outermost).length += shortestOf(block);
    }
  }
  return outermost.length + lengthOf(source.slice(read));
}

function blockOf(tag: string): Block {
  return { tag, branches: [], length: 0, isWhole: false };
}

function nextBranch(block: Block, tag: string): void {
  // What stands between a case and its first when is never said.
  const isSaid = !(block.tag === 'case' && block.branches.length === 0 && tag === 'when');
  block.branches.push(isSaid ? block.length : Infinity);
  block.length = 0;
  block.isWhole ||= tag === 'else';
}

function shortestOf({ tag, branches, length, isWhole }: Block): number {
  if (tag === 'for' || tag === 'comment') return 0;
  return isWhole ? Math.min(...branches, length) : 0;
}

/** Some of its white space may be gone in the end. */
function lengthOf(text: string): number {
  return Array.from(text.trim().replaceAll(/\s+/g, ' ')).length;
}
