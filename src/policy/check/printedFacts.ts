/** Facts that a template prints without having asked for them first. Reads the template's text, tag by tag. */
export interface PrintedFact {
  /** `order.expectedOn`; of an entry of a list by its type, `Parcel.trackingUrl`. */
  readonly path: string;
  /** From 1, within the template. */
  readonly line: number;
  readonly column: number;
}

interface Block {
  readonly tag: string;
  /** Facts that are there within it, as the template names them. */
  readonly guards: readonly string[];
  /** The same for its `else`. */
  readonly elseGuards: readonly string[];
  /** `parcel` of `for parcel in order.parcels`, and what it is. */
  readonly entry: { readonly name: string; readonly type: string } | null;
}

const tagOrPrint = /\{%-?\s*(\w+)([\s\S]*?)-?%\}|\{\{-?([\s\S]*?)-?\}\}/g;
const quoted = /"[^"]*"|'[^']*'/g;
const paths = /(?<![\w.])[a-zA-Z]\w*(?:\.\w+)+/g;

/** @param entryType - `Parcel` for `order.parcels`; null for a list of plain text. */
export function printedUnasked(
  source: string,
  entryType: (listPath: string) => string | null,
): readonly PrintedFact[] {
  const printed: PrintedFact[] = [];
  let blocks: readonly Block[] = [];
  for (const { index, 1: tag, 2: rest = '', 3: print } of source.matchAll(tagOrPrint)) {
    if (print !== undefined && !blocks.some((block) => block.tag === 'comment')) {
      for (const path of print.replace(quoted, '').match(paths) ?? []) {
        if (blocks.some(({ guards }) => guards.includes(path))) continue;
        printed.push({ path: asFact(path, blocks), ...placeIn(source, index) });
      }
    }
    if (tag !== undefined) blocks = after(blocks, tag, rest, entryType);
  }
  return printed;
}

function after(
  blocks: readonly Block[],
  tag: string,
  rest: string,
  entryType: (listPath: string) => string | null,
): readonly Block[] {
  const outer = blocks.slice(0, -1);
  const block = blocks.at(-1);
  const opened = { tag, guards: [], elseGuards: [], entry: null };
  switch (tag) {
    case 'if':
      return [...blocks, { ...opened, guards: guardsOf(rest) }];
    case 'unless':
      return [...blocks, { ...opened, elseGuards: guardsOf(rest) }];
    case 'case':
      return [...blocks, { ...opened, elseGuards: [] }];
    case 'comment':
      return [...blocks, opened];
    case 'for': {
      const [, name = '', list = ''] = /^\s*(\w+)\s+in\s+([\w.]+)/.exec(rest) ?? [];
      const type = entryType(asFact(list, blocks));
      return [...blocks, { ...opened, entry: type === null ? null : { name, type } }];
    }
    case 'elsif':
      return block === undefined ? blocks : [...outer, { ...block, guards: guardsOf(rest) }];
    case 'else':
      return block === undefined ? blocks : [...outer, { ...block, guards: block.elseGuards }];
    default:
      return tag.startsWith('end') ? outer : blocks;
  }
}

/** Facts that come together: where one is there, so is the other. */
const companions: Readonly<Record<string, string>> = {
  'order.refundOn': 'order.refundCurrency',
  'order.refundCurrency': 'order.refundOn',
  'deed.amount': 'deed.currency',
  'deed.currency': 'deed.amount',
  'order.refund': 'order.refundCurrency',
};

export function withCompanions(path: string): readonly string[] {
  const companion = Object.hasOwn(companions, path) ? companions[path] : undefined;
  return companion === undefined ? [path] : [path, companion];
}

/** What is there when all of it holds: `a.b and c.d == "x"`. Of an `or`, what is there on each side. */
function guardsOf(condition: string): readonly string[] {
  const [first = [], ...others] = condition
    .split(/\sor\s/)
    .map((side) => side.split(/\sand\s/).flatMap(guardOf));
  return first.filter((path) => others.every((side) => side.includes(path)));
}

function guardOf(claim: string): readonly string[] {
  const [, path = '', operator = '', value = ''] = /^\s*([\w.]+)\s*(\S*)\s*([\s\S]*?)\s*$/.exec(claim) ?? [];
  const isEmpty = ['', '""', "''", 'nil', 'null', 'blank', 'empty', 'false'].includes(value);
  const isThere = operator === '' || (operator === '!=' ? isEmpty : !isEmpty);
  return isThere ? withCompanions(path) : [];
}

function asFact(path: string, blocks: readonly Block[]): string {
  const [root = '', ...fields] = path.split('.');
  const entry = blocks.findLast((block) => block.entry?.name === root)?.entry;
  return [entry?.type ?? root, ...fields].join('.');
}

function placeIn(source: string, index: number): { readonly line: number; readonly column: number } {
  const before = source.slice(0, index).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
