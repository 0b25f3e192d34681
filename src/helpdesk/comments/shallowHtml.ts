/**
 * HTML that is nested no deeper than people nest it, with all of its words. Parsers keep a stack of open tags, and
 * what walks their trees calls itself: at a thousand levels they fail, at a hundred thousand they take minutes.
 * Mail is written by strangers, so it goes through here first. Time and memory grow with the length alone.
 */
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** Newsletters nest tables to about fifty. */
const deepest = 100;
/** Each of these indents every line within, so that nested ones multiply the text. */
const indenting: ReadonlySet<string> = new Set(['blockquote', 'ul', 'ol']);
const deepestIndent = 10;

/**
 * What is between these tags is no markup, and without them it would become some. The tokenizer does not tell; these
 * are the names that it takes for `script`, `style`, `title`, `textarea` and `xmp`.
 */
const rawText = /^(?:script|style|[tx](?:itle|extarea|mp))$/;
/** Inside a line; every other tag parts words, and so does what takes its place. */
const inline = new Set(
  'a abbr b bdi bdo cite code em font i kbd mark q s small span strong sub sup u'.split(' '),
);
const alone = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

/** The same HTML where it is no deeper. Where it is, blocks become line breaks, and other tags go without a trace. */
export function shallowHtml(html: string): string {
  const kept = new OpenTags();
  const dropped = new OpenTags();
  const output = new Replacing(html);
  let tag = { name: '', start: 0 };

  const opened = (last: number, isRaw: boolean): void => {
    const { name, start } = tag;
    if (alone.has(name)) return;
    const tooDeep = kept.size >= deepest || (indenting.has(name) && kept.countOf(indenting) >= deepestIndent);
    if (!tooDeep || isRaw) {
      kept.open(name);
      return;
    }
    dropped.open(name);
    output.replace(start, last + 1, inline.has(name));
  };
  const tokenizer = new Tokenizer(
    { decodeEntities: false },
    {
      ...ignored,
      onopentagname: (from, to) => {
        tag = { name: html.slice(from, to).toLowerCase(), start: from - 1 };
      },
      onopentagend: (last) => opened(last, rawText.test(tag.name)),
      onselfclosingtag: (last) => opened(last, false),
      onclosetag: (from, to) => {
        const name = html.slice(from, to).toLowerCase();
        if (dropped.close(name)) {
          const last = html.indexOf('>', to);
          output.replace(html.lastIndexOf('<', from), last < 0 ? html.length : last + 1, inline.has(name));
        } else {
          kept.close(name);
        }
      },
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return output.whole();
}

class Replacing {
  private readonly source: string;
  private readonly parts: string[] = [];
  private copied = 0;
  private atBreak = false;

  constructor(source: string) {
    this.source = source;
  }

  /** A tag from `start` to before `end`; each behind the one before. */
  replace(start: number, end: number, isInline: boolean): void {
    const between = this.source.slice(this.copied, start);
    this.copied = end;
    if (between.trim() !== '') this.atBreak = false;
    // Never nothing: what stands around the tag may close up to a tag that was none.
    this.parts.push(between, isInline || this.atBreak ? '<!---->' : '<br>');
    if (!isInline) this.atBreak = true;
  }

  whole(): string {
    return this.parts.join('') + this.source.slice(this.copied);
  }
}

/**
 * How many of each name are open. Of wrongly nested tags each closes only its own name here, where a parser closes
 * all within: so never fewer are counted than a parser has open.
 */
class OpenTags {
  private readonly byName = new Map<string, number>();
  private all = 0;

  get size(): number {
    return this.all;
  }

  countOf(names: ReadonlySet<string>): number {
    let count = 0;
    for (const name of names) count += this.byName.get(name) ?? 0;
    return count;
  }

  open(name: string): void {
    this.byName.set(name, (this.byName.get(name) ?? 0) + 1);
    this.all += 1;
  }

  /** False when none of that name is open. */
  close(name: string): boolean {
    const count = this.byName.get(name) ?? 0;
    if (count === 0) return false;
    this.byName.set(name, count - 1);
    this.all -= 1;
    return true;
  }
}

const nothing = (): void => undefined;
const ignored: TokenizerCallbacks = {
  onattribdata: nothing,
  onattribentity: nothing,
  onattribend: nothing,
  onattribname: nothing,
  oncdata: nothing,
  onclosetag: nothing,
  oncomment: nothing,
  ondeclaration: nothing,
  onend: nothing,
  onopentagend: nothing,
  onopentagname: nothing,
  onprocessinginstruction: nothing,
  onselfclosingtag: nothing,
  ontext: nothing,
  ontextentity: nothing,
};
